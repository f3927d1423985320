// Built-in functions, methods, types and modules are rows of constant tables. A table has no stable address, so whoever must find it later
// holds a thin accessor that answers one row.

/// The arguments of a call: `count` positional ones, then `keywordCount` pairs of name and value, in memory that the collector scans.
@frozen public struct Arguments {
  public var base: UnsafeMutablePointer<Value>
  public var count: Int
  public var keywordCount: Int
  @inlinable @inline(__always) public init(base: UnsafeMutablePointer<Value>, count: Int, keywordCount: Int = 0) {
    self.base = base
    self.count = count
    self.keywordCount = keywordCount
  }
  /// The positional argument, or for a function with a parameter list the value of the parameter (`null` if not given and without default).
  @inlinable @inline(__always) public subscript(index: Int) -> Value { base[index] }
  /// The positional argument, or `null`.
  @inlinable @inline(__always) public func optional(_ index: Int) -> Value { index < count ? base[index] : .null }
  /// All but the first positional argument.
  @inlinable public var dropFirst: Arguments { Arguments(base: base + 1, count: count &- 1, keywordCount: keywordCount) }
}

/// A Python exception on its way. Trivial, so that a `throws` costs one register test.
@frozen public struct PyError: Error {
  /// The exception instance.
  public var value: Value
  @inlinable public init(_ value: Value) { self.value = value }
}

/// A built-in function. Methods get the receiver as argument 0.
public typealias Native = @convention(thin) (VM, Arguments) throws(PyError) -> Value

/// What a row of a table is.
@frozen public struct RowKind: Equatable, Sendable {
  public let rawValue: UInt8
  @_transparent @usableFromInline init(_ rawValue: UInt8) { self.rawValue = rawValue }
  /// A function or method: called with as many arguments as `arity` allows.
  @_transparent public static var function: RowKind { RowKind(0) }
  /// A constant that needs no memory.
  @_transparent public static var constant: RowKind { RowKind(1) }
  /// A value made by calling `native` (with the receiver, or with nothing for a module).
  @_transparent public static var getter: RowKind { RowKind(2) }
  /// A method that gets the class instead of the receiver.
  @_transparent public static var classMethod: RowKind { RowKind(3) }
  /// A method that gets no receiver.
  @_transparent public static var staticMethod: RowKind { RowKind(4) }
}

/// One row of a type's or module's table: a built-in method, function or constant.
public struct Method: Sendable {
  public var name: Qstr
  public var kind: RowKind
  /// Least and greatest number of positional arguments, the receiver included; 255 means any number.
  public var minimum: UInt8
  public var maximum: UInt8
  /// A spare number that lets several rows share one body: `vm.rowData`.
  public var data: Int16
  public var constant: Value
  public var native: Native?
  /// Parameter list in Python's syntax, without the receiver; a shared binder fills one slot a parameter (`*args` a tuple, `**kwargs` a dict).
  public var parameters: StaticString?

  /// A function that takes positional arguments only.
  public init(_ name: Qstr, _ arity: ClosedRange<UInt8>, _ native: @escaping Native, data: Int16 = 0) {
    self.init(name, .function, arity.lowerBound, arity.upperBound, data, .null, native, nil)
  }
  /// A function with named parameters, such as `"iterable, /, *, key=None, reverse=False"`. For a method the receiver comes first and is not listed.
  public init(_ name: Qstr, _ parameters: StaticString, _ native: @escaping Native, data: Int16 = 0) {
    self.init(name, .function, 0, 255, data, .null, native, parameters)
  }
  public init(_ name: Qstr, constant: Value) { self.init(name, .constant, 0, 0, 0, constant, nil, nil) }
  public init(_ name: Qstr, getter: @escaping Native) { self.init(name, .getter, 0, 1, 0, .null, getter, nil) }
  public init(_ name: Qstr, classMethod arity: ClosedRange<UInt8>, _ native: @escaping Native, data: Int16 = 0) {
    self.init(name, .classMethod, arity.lowerBound, arity.upperBound, data, .null, native, nil)
  }
  public init(_ name: Qstr, classMethod parameters: StaticString, _ native: @escaping Native) {
    self.init(name, .classMethod, 0, 255, 0, .null, native, parameters)
  }
  public init(_ name: Qstr, staticMethod arity: ClosedRange<UInt8>, _ native: @escaping Native) {
    self.init(name, .staticMethod, arity.lowerBound, arity.upperBound, 0, .null, native, nil)
  }
  init(
    _ name: Qstr, _ kind: RowKind, _ minimum: UInt8, _ maximum: UInt8, _ data: Int16, _ constant: Value, _ native: Native?,
    _ parameters: StaticString?
  ) {
    self.name = name
    self.kind = kind
    self.minimum = minimum
    self.maximum = maximum
    self.data = data
    self.constant = constant
    self.native = native
    self.parameters = parameters
  }
}

/// Writes a row of a table to the address given. (A thin function that returns a struct as large as `Method`, stored in one as large as
/// `TypeRow`, crashes the compiler: 6.3.1, pass LoadableByAddress.)
public typealias RowAccess = @convention(thin) (Int, UnsafeMutablePointer<Method>) -> Void

/// Reads one row through an accessor.
@inline(__always) public func readRow(_ access: RowAccess, _ index: Int) -> Method {
  var row = Method(.empty, constant: .none)
  access(index, &row)
  return row
}

extension TypeRow {
  @inline(__always) public func methodRow(_ index: Int) -> Method { readRow(method, index) }
}
extension ModuleRow {
  @inline(__always) public func row(_ index: Int) -> Method { readRow(access, index) }
}

/// How a value is to be printed.
@frozen public struct PrintKind: Equatable, Sendable {
  @usableFromInline let rawValue: UInt8
  @inlinable public static func == (left: PrintKind, right: PrintKind) -> Bool { left.rawValue == right.rawValue }
  @usableFromInline init(_ rawValue: UInt8) { self.rawValue = rawValue }
  public static var str: PrintKind { PrintKind(0) }
  public static var repr: PrintKind { PrintKind(1) }
}

/// What is asked of a type's `unary` slot.
public enum UnaryOperator: UInt8, Sendable {
  // In the order of the bytecode's unary opcodes.
  case positive, negative, invert, not
  /// Truth: answers `True` or `False`.
  case bool
  case length, hash, absolute, int, float, complex, index
}

/// Binary operators in the order of the bytecode's opcodes, then those that only the engine asks for.
public enum BinaryOperator: UInt8, Sendable {
  case less, more, equal, lessEqual, moreEqual, notEqual, `in`, `is`, exceptionMatch
  case inPlaceOr, inPlaceXor, inPlaceAnd, inPlaceShiftLeft, inPlaceShiftRight, inPlaceAdd, inPlaceSubtract, inPlaceMultiply
  case inPlaceMatrixMultiply, inPlaceFloorDivide, inPlaceTrueDivide, inPlaceModulo, inPlacePower
  case or, xor, and, shiftLeft, shiftRight, add, subtract, multiply, matrixMultiply, floorDivide, trueDivide, modulo, power
  case divmod
  /// `right in left`, asked of the container: the left operand is the container.
  case contains

  /// The operator without assignment; itself for others.
  @inlinable public var withoutAssignment: BinaryOperator {
    let raw = rawValue
    return raw >= BinaryOperator.inPlaceOr.rawValue && raw <= BinaryOperator.inPlacePower.rawValue
      ? BinaryOperator(rawValue: raw &+ 13).unsafelyUnwrapped : self
  }
  @inlinable public var isInPlace: Bool {
    rawValue >= BinaryOperator.inPlaceOr.rawValue && rawValue <= BinaryOperator.inPlacePower.rawValue
  }
  @inlinable public var isComparison: Bool { rawValue <= BinaryOperator.notEqual.rawValue }
}

/// Bytes of an object that has the buffer protocol.
public struct Buffer {
  public var start: UnsafeMutablePointer<UInt8>
  /// Length in bytes.
  public var count: Int
  /// Element type as in the module `struct`; `B` for plain bytes.
  public var typecode: UInt8
  public init(start: UnsafeMutablePointer<UInt8>, count: Int, typecode: UInt8 = 66) {
    self.start = start
    self.count = count
    self.typecode = typecode
  }
}

/// The receiver's side of a built-in type. Absent slots mean "not supported". Unless said otherwise a slot may run Python code and collect.
public struct TypeRow: Sendable {
  public typealias Print = @convention(thin) (VM, Value, inout StringBuilder, PrintKind) throws(PyError) -> Void
  /// `type(arguments)`: the value is the class asked for (a Python subclass gets the native part made by its base's `make`).
  public typealias Make = @convention(thin) (VM, Value, Arguments) throws(PyError) -> Value
  /// Answers `null` if the operator is not supported.
  public typealias Unary = @convention(thin) (VM, UnaryOperator, Value) throws(PyError) -> Value
  /// Answers `null` if the operator is not supported for these operands. The left operand is of this type; for the reflected try, the right.
  public typealias Binary = @convention(thin) (VM, BinaryOperator, Value, Value) throws(PyError) -> Value
  /// Answers `null` if there is no such attribute (methods of the table are looked up by the caller).
  public typealias GetAttribute = @convention(thin) (VM, Value, Qstr) throws(PyError) -> Value
  /// Stores, or deletes if the value is `null`. Answers false if there is no such attribute.
  public typealias SetAttribute = @convention(thin) (VM, Value, Qstr, Value) throws(PyError) -> Bool
  public typealias GetItem = @convention(thin) (VM, Value, Value) throws(PyError) -> Value
  /// Stores, or deletes if the last value is `null`.
  public typealias SetItem = @convention(thin) (VM, Value, Value, Value) throws(PyError) -> Void
  public typealias Iterate = @convention(thin) (VM, Value) throws(PyError) -> Value
  /// The next element, or `null` at the end.
  public typealias Next = @convention(thin) (VM, Value) throws(PyError) -> Value
  public typealias Call = @convention(thin) (VM, Value, Arguments) throws(PyError) -> Value
  /// Gives the bytes; nil if they can't be given that way (not writable).
  public typealias GetBuffer = @convention(thin) (VM, Value, _ writable: Bool) -> Buffer?

  public let name: Qstr
  /// Base, number of methods and whether it can be a base, in one field: structs of more than 15 fields crash the compiler (6.3.1, pass
  /// LoadableByAddress). Not wider than 32 bits: rows with wider ones are not laid out at compile time where words have 32.
  @usableFromInline let summary: UInt32
  public var base: TypeID { TypeID(UInt16(truncatingIfNeeded: summary)) }
  public var methodCount: UInt8 { UInt8(truncatingIfNeeded: summary &>> 16) }
  /// Whether Python classes may derive from it.
  public var isSubclassable: Bool { summary &>> 24 != 0 }
  /// Gives a row of the type's table.
  public var method: RowAccess
  public var make: Make?
  public var print: Print?
  public var unary: Unary?
  public var binary: Binary?
  public var getAttribute: GetAttribute?
  public var setAttribute: SetAttribute?
  public var getItem: GetItem?
  public var setItem: SetItem?
  public var iterate: Iterate?
  public var next: Next?
  public var call: Call?
  public var buffer: GetBuffer?

  // Inlined so that a row is laid out at compile time also where the compiler optimises for size.
  @inline(__always) public init(
    _ name: Qstr, base: TypeID = .object, isSubclassable: Bool = true, methodCount: UInt8 = 0,
    method: @escaping RowAccess = noMethod,
    make: Make? = nil, print: Print? = nil, unary: Unary? = nil, binary: Binary? = nil, getAttribute: GetAttribute? = nil,
    setAttribute: SetAttribute? = nil, getItem: GetItem? = nil, setItem: SetItem? = nil, iterate: Iterate? = nil, next: Next? = nil,
    call: Call? = nil, buffer: GetBuffer? = nil
  ) {
    self.name = name
    summary = UInt32(base.number) | UInt32(methodCount) &<< 16 | (isSubclassable ? 1 &<< 24 : 0)
    self.method = method
    self.make = make
    self.print = print
    self.unary = unary
    self.binary = binary
    self.getAttribute = getAttribute
    self.setAttribute = setAttribute
    self.getItem = getItem
    self.setItem = setItem
    self.iterate = iterate
    self.next = next
    self.call = call
    self.buffer = buffer
  }
}

/// The accessor of a type without methods; never called.
public func noMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: Method(.empty, constant: .none)) }

/// A built-in module.
public struct ModuleRow: Sendable {
  public var name: Qstr
  /// A file of the same name on `sys.path` goes before this module.
  public var isExtensible: Bool
  public var rowCount: UInt8
  public var access: RowAccess
  public init(_ name: Qstr, isExtensible: Bool = false, rowCount: UInt8, row: @escaping RowAccess) {
    self.name = name
    self.isExtensible = isExtensible
    self.rowCount = rowCount
    access = row
  }
}
