// Numbers of the built-in types. Runtime's own have fixed numbers here; each higher target owns a range; numbers past the last range are
// given out per interpreter to types that an embedder registers.

/// A built-in type.
@frozen public struct TypeID: Equatable, Sendable {
  public let number: UInt16
  @_transparent public init(_ number: UInt16) { self.number = number }
  @inlinable @inline(__always) public var headerWord: UInt { UInt(number) &<< 1 | 1 }
  @inlinable @inline(__always) public static func == (left: TypeID, right: TypeID) -> Bool { left.number == right.number }

  @_transparent public static var object: TypeID { TypeID(0) }
  @_transparent public static var type: TypeID { TypeID(1) }
  @_transparent public static var noneType: TypeID { TypeID(2) }
  @_transparent public static var bool: TypeID { TypeID(3) }
  @_transparent public static var int: TypeID { TypeID(4) }
  @_transparent public static var float: TypeID { TypeID(5) }
  @_transparent public static var complex: TypeID { TypeID(6) }
  @_transparent public static var str: TypeID { TypeID(7) }
  @_transparent public static var bytes: TypeID { TypeID(8) }
  @_transparent public static var bytearray: TypeID { TypeID(9) }
  @_transparent public static var memoryview: TypeID { TypeID(10) }
  @_transparent public static var list: TypeID { TypeID(11) }
  @_transparent public static var tuple: TypeID { TypeID(12) }
  @_transparent public static var dict: TypeID { TypeID(13) }
  @_transparent public static var set: TypeID { TypeID(14) }
  @_transparent public static var frozenset: TypeID { TypeID(15) }
  @_transparent public static var range: TypeID { TypeID(16) }
  @_transparent public static var slice: TypeID { TypeID(17) }
  @_transparent public static var function: TypeID { TypeID(18) }
  @_transparent public static var builtinFunction: TypeID { TypeID(19) }
  @_transparent public static var boundMethod: TypeID { TypeID(20) }
  @_transparent public static var generator: TypeID { TypeID(21) }
  @_transparent public static var module: TypeID { TypeID(22) }
  @_transparent public static var property: TypeID { TypeID(23) }
  @_transparent public static var staticmethod: TypeID { TypeID(24) }
  @_transparent public static var classmethod: TypeID { TypeID(25) }
  @_transparent public static var `super`: TypeID { TypeID(26) }
  @_transparent public static var ellipsis: TypeID { TypeID(27) }
  @_transparent public static var notImplementedType: TypeID { TypeID(28) }
  @_transparent public static var enumerate: TypeID { TypeID(29) }
  @_transparent public static var zip: TypeID { TypeID(30) }
  @_transparent public static var map: TypeID { TypeID(31) }
  @_transparent public static var filter: TypeID { TypeID(32) }
  @_transparent public static var reversed: TypeID { TypeID(33) }
  /// The iterator over anything with `__getitem__`, and over list, tuple, str, bytes, bytearray, memoryview, array and range.
  @_transparent public static var iterator: TypeID { TypeID(34) }
  @_transparent public static var dictKeys: TypeID { TypeID(35) }
  @_transparent public static var dictValues: TypeID { TypeID(36) }
  @_transparent public static var dictItems: TypeID { TypeID(37) }
  @_transparent public static var dictIterator: TypeID { TypeID(38) }
  @_transparent public static var setIterator: TypeID { TypeID(39) }
  /// `iter(callable, sentinel)`.
  @_transparent public static var callableIterator: TypeID { TypeID(40) }
  @_transparent public static var coroutine: TypeID { TypeID(41) }
  @_transparent public static var asyncGenerator: TypeID { TypeID(42) }
  @_transparent public static var code: TypeID { TypeID(43) }
  @_transparent public static var traceback: TypeID { TypeID(44) }
  @_transparent public static var template: TypeID { TypeID(45) }
  @_transparent public static var interpolation: TypeID { TypeID(46) }
  @_transparent public static var genericAlias: TypeID { TypeID(47) }
  @_transparent public static var mappingProxy: TypeID { TypeID(48) }
  /// The awaitable that `__anext__`, `asend` and their kin of an asynchronous generator answer.
  @_transparent public static var asyncGeneratorStep: TypeID { TypeID(49) }
  @_transparent public static var typeAlias: TypeID { TypeID(50) }

  /// `sys.implementation`.
  @_transparent public static var attributeTuple: TypeID { TypeID(51) }
  /// Functions that emitted code calls (Bytecode's `Intrinsic`).
  @_transparent public static var intrinsic: TypeID { TypeID(52) }
  /// `sys.stdin`, `sys.stdout`, `sys.stderr`.
  @_transparent public static var standardStream: TypeID { TypeID(53) }

  @_transparent public static var typeVariable: TypeID { TypeID(54) }
  @_transparent public static var typeVariableTuple: TypeID { TypeID(55) }
  @_transparent public static var parameterSpecification: TypeID { TypeID(60) }

  // Objects of the engine that no program sees.
  @_transparent public static var cell: TypeID { TypeID(56) }
  @_transparent public static var shape: TypeID { TypeID(57) }
  @_transparent public static var codeContext: TypeID { TypeID(58) }
  @_transparent public static var storage: TypeID { TypeID(59) }
  /// What an `except*` statement knows while it runs.
  @_transparent public static var groupState: TypeID { TypeID(61) }
  /// How operators call a special method that is a static or a class method.
  @_transparent public static var specialWrapper: TypeID { TypeID(62) }
  /// Holds the methods that stand for the operators of built-in types.
  @_transparent public static var operatorMethods: TypeID { TypeID(63) }

  /// Exceptions: `ExceptionRow`s begin here (Types/Exceptions.swift).
  @_transparent public static var firstException: TypeID { TypeID(64) }
  @_transparent public static var exceptionLimit: UInt16 { 158 }
  /// `sys.stdin.buffer`, `sys.stdout.buffer`, `sys.stderr.buffer`.
  @_transparent public static var standardByteStream: TypeID { TypeID(158) }
  /// A function that the embedder registered.
  @_transparent public static var embedderFunction: TypeID { TypeID(159) }
  /// The Library target's range.
  @_transparent public static var firstOfLibrary: UInt16 { 160 }
  @_transparent public static var firstOfHardware: UInt16 { 288 }
  @_transparent public static var firstOfFilesystem: UInt16 { 384 }
  /// Types registered by an embedder begin here.
  @_transparent public static var firstRegistered: UInt16 { 416 }
}
