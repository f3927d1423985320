// A Python value is one machine word. This file alone knows how the word is divided.
//
// On a 64-bit machine the low three bits tell:
//
//   ..1   small integer, 63 bits, the value shifted left by one
//   000   address of a heap object (an ObjectHeader), or all zero: `Value.null`, which is no Python value
//   010   a float whose top three exponent bits are 011, rotated left by 4 and lowered by one
//   100   a float whose top three exponent bits are 100, rotated left by 4
//   110   an immediate: bits 3...7 hold an `ImmediateKind`, the rest an index
//
// So every float of magnitude 1e-77 to 1e77 and small integers up to 62 bits need no memory. Zero is an immediate; other floats are
// `FloatObject`s. On a 32-bit machine small integers have 31 bits, floats are always `FloatObject`s of single precision, and an immediate's
// index has 24 bits.
//
// `null` stands for "nothing": the end of an iteration, an absent key, an unbound local, an argument that was not given. It never reaches a
// Python program.

#if _pointerBitWidth(_64)
  /// The machine's Python float: double precision on hosts, single on chips.
  public typealias PyFloat = Double
#else
  public typealias PyFloat = Float
#endif

/// What the index of an immediate value means.
@frozen public struct ImmediateKind: Equatable, Sendable {
  public let rawValue: UInt
  @_transparent @usableFromInline init(_ rawValue: UInt) { self.rawValue = rawValue }
  /// None, True, zero and the like.
  @_transparent public static var constant: ImmediateKind { ImmediateKind(0) }
  /// An interned string.
  @_transparent public static var name: ImmediateKind { ImmediateKind(1) }
  /// A built-in type; the index is its `TypeID`.
  @_transparent public static var type: ImmediateKind { ImmediateKind(2) }
  /// A built-in method: the index is `TypeID << 8 | row`.
  @_transparent public static var method: ImmediateKind { ImmediateKind(3) }
  /// A function of a built-in module: the index is `module << 8 | row`.
  @_transparent public static var function: ImmediateKind { ImmediateKind(4) }
  /// A built-in module.
  @_transparent public static var module: ImmediateKind { ImmediateKind(5) }
}

/// One Python value, or `null`.
@frozen public struct Value: Equatable, Sendable {
  public var bits: UInt

  @_transparent public init(bits: UInt) { self.bits = bits }
  @inlinable @inline(__always) public static func == (left: Value, right: Value) -> Bool { left.bits == right.bits }

  // MARK: Immediates

  @_transparent public init(_ kind: ImmediateKind, _ index: UInt) { bits = index &<< 8 | kind.rawValue &<< 3 | 0b110 }
  @_transparent public init(_ name: Qstr) { self.init(.name, UInt(name.number)) }
  @_transparent public init(type: TypeID) { self.init(.type, UInt(type.number)) }
  @_transparent public init(_ bool: Bool) { bits = bool ? Value.true.bits : Value.false.bits }

  /// No value at all.
  @_transparent public static var null: Value { Value(bits: 0) }
  @_transparent public static var none: Value { Value(.constant, 0) }
  @_transparent public static var `false`: Value { Value(.constant, 1) }
  @_transparent public static var `true`: Value { Value(.constant, 2) }
  @_transparent public static var ellipsis: Value { Value(.constant, 3) }
  @_transparent public static var notImplemented: Value { Value(.constant, 4) }
  #if _pointerBitWidth(_64)
    @_transparent public static var positiveZero: Value { Value(.constant, 5) }
    @_transparent public static var negativeZero: Value { Value(.constant, 6) }
  #endif
  /// Marks, in a slot of the Python stack, where a removed thing stood. Never seen by programs.
  @_transparent public static var marker: Value { Value(.constant, 7) }

  @inlinable @inline(__always) public var isNull: Bool { bits == 0 }
  @inlinable @inline(__always) public var isImmediate: Bool { bits & 7 == 0b110 }
  @inlinable @inline(__always) public func isImmediate(_ kind: ImmediateKind) -> Bool { bits & 0xff == kind.rawValue &<< 3 | 0b110 }
  /// The index of an immediate; meaningless for other values.
  @inlinable @inline(__always) public var index: UInt { bits &>> 8 }
  @inlinable @inline(__always) public var isName: Bool { isImmediate(.name) }
  @inlinable @inline(__always) public var uncheckedName: Qstr { Qstr(UInt32(truncatingIfNeeded: index)) }
  @inlinable @inline(__always) public var isBool: Bool { bits == Value.true.bits || bits == Value.false.bits }

  // MARK: Small integers

  @inlinable @inline(__always) public var isSmallInt: Bool { bits & 1 != 0 }
  /// The integer; meaningless unless `isSmallInt`.
  @inlinable @inline(__always) public var uncheckedSmallInt: Int { Int(bitPattern: bits) &>> 1 }
  /// `integer` must fit: see `fitsSmallInt`.
  @_transparent public init(smallInt integer: Int) { bits = UInt(bitPattern: integer) &<< 1 | 1 }
  @inlinable @inline(__always) public static func fitsSmallInt(_ integer: Int) -> Bool { (integer &<< 1) &>> 1 == integer }
  @inlinable public static var maximalSmallInt: Int { Int.max &>> 1 }
  @inlinable public static var minimalSmallInt: Int { Int.min &>> 1 }

  // MARK: Heap objects

  @inlinable @inline(__always) public var isObject: Bool { bits & Value.objectMask == 0 && bits != 0 }
  @inlinable @inline(__always) public init<Object>(_ object: Ref<Object>) { bits = UInt(bitPattern: object) }
  /// The header of a heap object; meaningless for other values.
  @inlinable @inline(__always) public var uncheckedHeader: UnsafeMutablePointer<ObjectHeader> {
    UnsafeMutablePointer(bitPattern: bits).unsafelyUnwrapped
  }
  @inlinable @inline(__always) public func unchecked<Object>(_ type: Object.Type = Object.self) -> Ref<Object> {
    UnsafeMutablePointer(bitPattern: bits).unsafelyUnwrapped
  }
  /// True for a heap object of exactly this built-in type.
  @inlinable @inline(__always) public func isObject(_ type: TypeID) -> Bool {
    bits & Value.objectMask == 0 && bits != 0 && uncheckedHeader.pointee.word == type.headerWord
  }

  #if _pointerBitWidth(_64)
    @inlinable static var objectMask: UInt { 7 }

    // MARK: Floats in the word

    /// True for a float that lies in the word itself, zeros excepted.
    @inlinable @inline(__always) public var isTaggedFloat: Bool {
      let tag = bits & 7
      return tag == 0b010 || tag == 0b100
    }
    @inlinable @inline(__always) public var uncheckedTaggedFloat: Double {
      let rotated = bits &+ ((bits &>> 1) & 1)
      return Double(bitPattern: UInt64(rotated &>> 4 | rotated &<< 60))
    }
    /// The word for a float, or `null` if it needs a heap object.
    @inlinable @inline(__always) public init(taggedFloat float: Double) {
      let pattern = UInt(float.bitPattern)
      let rotated = pattern &<< 4 | pattern &>> 60
      switch rotated & 7 {
      case 4: bits = rotated
      case 3: bits = rotated &- 1
      default: bits = float == 0 ? (pattern == 0 ? Value.positiveZero.bits : Value.negativeZero.bits) : 0
      }
    }
  #else
    @inlinable static var objectMask: UInt { 3 }

    // No float lies in a word of 32 bits: these let the machine's fast paths for floats read the same, and vanish.
    @_transparent public var isTaggedFloat: Bool { false }
    @_transparent public var uncheckedTaggedFloat: Float { 0 }
    @_transparent public init(taggedFloat float: Float) { bits = 0 }
  #endif
}

/// A heap object of a known layout. `pointee` is the object.
public typealias Ref<Object> = UnsafeMutablePointer<Object>

/// The first word of every heap object: for a built-in type `TypeID << 1 | 1`, for an instance of a Python class the address of its shape.
@frozen public struct ObjectHeader {
  public var word: UInt
  @inlinable @inline(__always) public init(_ type: TypeID) { word = type.headerWord }
  @inlinable @inline(__always) public init(shape: Ref<ShapeObject>) { word = UInt(bitPattern: shape) }
  @inlinable @inline(__always) public var isInstance: Bool { word & 1 == 0 }
  @inlinable @inline(__always) public var uncheckedType: TypeID { TypeID(UInt16(truncatingIfNeeded: word &>> 1)) }
  @inlinable @inline(__always) public var uncheckedShape: Ref<ShapeObject> { UnsafeMutablePointer(bitPattern: word).unsafelyUnwrapped }
}
