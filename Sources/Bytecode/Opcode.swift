// The instruction set: MicroPython's bytecode v6 (py/bc0.h) plus Taipan's extensions in the range 0x01...0x0f, which upstream never uses.
//
// An opcode is one case below (its byte, and what it does to the stack, top on the right) and one row in OpcodeTable.swift (operand format and
// stack effect). The cases stand in byte order without gaps, so that a byte *is* its case and a `switch` over all of them is one jump.

/// What an instruction does. Every byte is a case; those named `reserved…` are in no valid code.
@frozen public enum Opcode: UInt8, Sendable {
  // MARK: Reserved upstream; Taipan's extensions
  /// Never emitted: upstream takes it for the end of the code.
  case reserved00 = 0x00
  /// `function value -> function`. Taipan. Stores `value` as attribute `FunctionAttribute(operand)` of the function just made.
  case setFunctionAttribute = 0x01
  /// `value [spec] -> str`. Taipan. Operand: conversion (0 none, 1 str, 2 repr, 3 ascii), plus 4 if a specification string lies above the
  /// value. Converts, then calls `format(value, spec)`; with neither a specification nor a need for one the result is `format(value,
  /// "")`.
  case formatValue = 0x02
  /// `s1 … sn -> str`. Taipan. Joins operand strings.
  case buildString = 0x03
  /// `-> callable`. Taipan. Pushes the runtime function `Intrinsic(operand)`, which no name can shadow.
  case loadIntrinsic = 0x04
  /// Taipan. Operand selects the test of a `match` pattern: see `MatchOperation`.
  case matchValue = 0x05
  /// `value -> wrapped`. Taipan. Marks a value that an asynchronous generator yields to its consumer, before `YIELD_VALUE`; unmarked
  /// values that it yields go on to the event loop.
  case wrapAsyncYield = 0x06
  /// `class -> value`. Taipan. The value of the name in the class's own namespace, else in globals, else in builtins; else NameError.
  case loadClassName = 0x07
  case reserved08 = 0x08, reserved09, reserved0a, reserved0b, reserved0c, reserved0d, reserved0e, reserved0f

  // MARK: Names
  /// `-> str`
  case loadConstString = 0x10
  /// `-> value`. Looks in locals (of a class or module body), globals, builtins.
  case loadName = 0x11
  /// `-> value`. Looks in globals, builtins.
  case loadGlobal = 0x12
  /// `object -> value`
  case loadAttr = 0x13
  /// `object -> function self`, or `value NULL` if it is not a method.
  case loadMethod = 0x14
  /// `super class self -> function self`: `super().name` without a super object.
  case loadSuperMethod = 0x15
  /// `value ->`
  case storeName = 0x16
  /// `value ->`
  case storeGlobal = 0x17
  /// `value object ->`. A NULL value deletes.
  case storeAttr = 0x18
  /// `->`
  case deleteName = 0x19
  /// `->`
  case deleteGlobal = 0x1a
  /// `level fromlist -> module`
  case importName = 0x1b
  /// `module -> module value`
  case importFrom = 0x1c
  case reserved1d = 0x1d, reserved1e, reserved1f

  // MARK: Variable-length operand
  /// `cell1 … celln -> function`. Operands: child, n.
  case makeClosure = 0x20
  /// `defaults keywordDefaults cell1 … celln -> function`
  case makeClosureDefargs = 0x21
  /// `-> int`
  case loadConstSmallInt = 0x22
  /// `-> object`. Operand: index in the constants table.
  case loadConstObj = 0x23
  /// `-> value`. NameError if the local is NULL.
  case loadFastN = 0x24
  /// `-> value`, through the cell in the local.
  case loadDeref = 0x25
  /// `value ->`
  case storeFastN = 0x26
  /// `value ->`
  case storeDeref = 0x27
  /// `->`
  case deleteFast = 0x28
  /// `->`
  case deleteDeref = 0x29
  /// `v1 … vn -> tuple`
  case buildTuple = 0x2a
  /// `v1 … vn -> list`
  case buildList = 0x2b
  /// `-> dict`. Operand: expected size.
  case buildMap = 0x2c
  /// `v1 … vn -> set`
  case buildSet = 0x2d
  /// `start stop [step] -> slice`. Operand: 2 or 3.
  case buildSlice = 0x2e
  /// `value ->`, or `value key ->` for a dict. Low two bits of the operand: 0 list, 1 dict, 2 set; the rest: the collection's distance,
  /// so that it is at `sp[1 - (operand >> 2)]`.
  case storeComp = 0x2f
  /// `sequence -> vn … v1`: the first item ends on top.
  case unpackSequence = 0x30
  /// `sequence -> right… list left…`, first item on top. Operand: left | right << 8.
  case unpackEx = 0x31
  /// `-> function`
  case makeFunction = 0x32
  /// `defaults keywordDefaults -> function`: a tuple and a dict, or NULL.
  case makeFunctionDefargs = 0x33
  /// `f p1 … pn k1 v1 … -> result`. Operand: positional | keyword << 8.
  case callFunction = 0x34
  /// `f p… (k v)… bits -> result`. Bit i of the integer on top: positional argument i is `*iterable`; a NULL key: `**mapping`.
  case callFunctionVarKw = 0x35
  /// `f self p… (k v)… -> result`; `self` may be NULL.
  case callMethod = 0x36
  /// `f self p… (k v)… bits -> result`
  case callMethodVarKw = 0x37
  case reserved38 = 0x38, reserved39, reserved3a, reserved3b, reserved3c, reserved3d, reserved3e, reserved3f

  // MARK: Jumps, with an offset from the end of the offset bytes
  /// `->`. Jumps out of as many exception handlers as the low seven bits of the byte say, running `finally` and `with` blocks; bit 7:
  /// also drops the four slots of a `for`.
  case unwindJump = 0x40
  case reserved41 = 0x41
  /// `->`
  case jump = 0x42
  /// `condition ->`
  case popJumpIfTrue = 0x43
  /// `condition ->`
  case popJumpIfFalse = 0x44
  /// `value -> [value]`: stays when it jumps.
  case jumpIfTrueOrPop = 0x45
  /// `value -> [value]`: stays when it jumps.
  case jumpIfFalseOrPop = 0x46
  /// `manager -> exit self value`. The handler finds `exit self exception`.
  case setupWith = 0x47
  /// `->`. The handler finds the exception on top of the present stack.
  case setupExcept = 0x48
  /// `->`. The handler finds an exception; or, on `return`, the value and -1; or, on an unwinding jump, the target and a count.
  case setupFinally = 0x49
  /// `->`. Leaves the innermost handler and jumps.
  case popExceptJump = 0x4a
  /// `iterator(4) -> iterator(4) value`; at the end `iterator(4) ->` and it jumps.
  case forIter = 0x4b
  case reserved4c = 0x4c, reserved4d, reserved4e, reserved4f

  // MARK: No operand
  /// `-> False`
  case loadConstFalse = 0x50
  /// `-> None`
  case loadConstNone = 0x51
  /// `-> True`
  case loadConstTrue = 0x52
  /// `-> NULL`
  case loadNull = 0x53
  /// `-> __build_class__`
  case loadBuildClass = 0x54
  /// `object index -> value`
  case loadSubscr = 0x55
  /// `value object index ->`. A NULL value deletes.
  case storeSubscr = 0x56
  /// `a -> a a`
  case dupTop = 0x57
  /// `a b -> a b a b`
  case dupTopTwo = 0x58
  /// `a ->`
  case popTop = 0x59
  /// `a b -> b a`
  case rotTwo = 0x5a
  /// `a b c -> c a b`
  case rotThree = 0x5b
  /// `exit self cause -> cause`. Calls `exit`; if that swallows the exception, the cause becomes None. May use two slots above.
  case withCleanup = 0x5c
  /// `cause ->`. None: goes on; an exception: raises it again; otherwise resumes a return or an unwinding jump.
  case endFinally = 0x5d
  /// `iterable -> iterator`
  case getIter = 0x5e
  /// `iterable -> iterator(4)`: an iterator that may lie in its four slots.
  case getIterStack = 0x5f
  case reserved60 = 0x60, reserved61
  /// `dict value key -> dict`
  case storeMap = 0x62
  /// `value ->`. Ends the frame.
  case returnValue = 0x63
  /// `->`. Raises the exception being handled.
  case raiseLast = 0x64
  /// `exception ->`
  case raiseObj = 0x65
  /// `exception cause ->`
  case raiseFrom = 0x66
  /// `value -> sent`
  case yieldValue = 0x67
  /// `iterator sent -> result`
  case yieldFrom = 0x68
  /// `module ->`
  case importStar = 0x69
  case reserved6a = 0x6a, reserved6b, reserved6c, reserved6d, reserved6e, reserved6f

  // MARK: Small integers -16...47: `-> int`
  case loadSmallIntMinus16 = 0x70, loadSmallIntMinus15, loadSmallIntMinus14, loadSmallIntMinus13, loadSmallIntMinus12, loadSmallIntMinus11
  case loadSmallIntMinus10, loadSmallIntMinus9, loadSmallIntMinus8, loadSmallIntMinus7, loadSmallIntMinus6, loadSmallIntMinus5
  case loadSmallIntMinus4, loadSmallIntMinus3, loadSmallIntMinus2, loadSmallIntMinus1, loadSmallInt0, loadSmallInt1, loadSmallInt2
  case loadSmallInt3, loadSmallInt4, loadSmallInt5, loadSmallInt6, loadSmallInt7, loadSmallInt8, loadSmallInt9, loadSmallInt10
  case loadSmallInt11, loadSmallInt12, loadSmallInt13, loadSmallInt14, loadSmallInt15, loadSmallInt16, loadSmallInt17, loadSmallInt18
  case loadSmallInt19, loadSmallInt20, loadSmallInt21, loadSmallInt22, loadSmallInt23, loadSmallInt24, loadSmallInt25, loadSmallInt26
  case loadSmallInt27, loadSmallInt28, loadSmallInt29, loadSmallInt30, loadSmallInt31, loadSmallInt32, loadSmallInt33, loadSmallInt34
  case loadSmallInt35, loadSmallInt36, loadSmallInt37, loadSmallInt38, loadSmallInt39, loadSmallInt40, loadSmallInt41, loadSmallInt42
  case loadSmallInt43, loadSmallInt44, loadSmallInt45, loadSmallInt46, loadSmallInt47

  // MARK: Locals 0...15: `-> value`
  case loadFast0 = 0xb0, loadFast1, loadFast2, loadFast3, loadFast4, loadFast5, loadFast6, loadFast7, loadFast8, loadFast9, loadFast10
  case loadFast11, loadFast12, loadFast13, loadFast14, loadFast15

  // MARK: Locals 0...15: `value ->`
  case storeFast0 = 0xc0, storeFast1, storeFast2, storeFast3, storeFast4, storeFast5, storeFast6, storeFast7, storeFast8, storeFast9
  case storeFast10, storeFast11, storeFast12, storeFast13, storeFast14, storeFast15

  // MARK: Unary operators: `a -> result`
  case unaryPositive = 0xd0, unaryNegative, unaryInvert, unaryNot, reservedd4, reservedd5, reservedd6

  // MARK: Binary operators: `a b -> result`
  case binaryLess = 0xd7, binaryMore, binaryEqual, binaryLessEqual, binaryMoreEqual, binaryNotEqual, binaryIn, binaryIs
  case binaryExceptionMatch, inPlaceOr, inPlaceXor, inPlaceAnd, inPlaceLeftShift, inPlaceRightShift, inPlaceAdd, inPlaceSubtract
  case inPlaceMultiply, inPlaceMatrixMultiply, inPlaceFloorDivide, inPlaceTrueDivide, inPlaceModulo, inPlacePower, binaryOr, binaryXor
  case binaryAnd, binaryLeftShift, binaryRightShift, binaryAdd, binarySubtract, binaryMultiply, binaryMatrixMultiply, binaryFloorDivide
  case binaryTrueDivide, binaryModulo, binaryPower, reservedfa, reservedfb, reservedfc, reservedfd, reservedfe, reservedff

  /// The opcode of a byte: no test, no table.
  @inlinable @inline(__always) public init(byte: UInt8) { self = unsafeBitCast(byte, to: Opcode.self) }
}
