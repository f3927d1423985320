// BigInteger.swift — integers of any size, over memory that the caller owns.
//
// A *magnitude* is a pointer and a count of limbs, least significant first, without leading zero limbs; zero has count 0.
// A limb is a machine word, so a chip works with 32-bit limbs. Nothing here allocates: the caller gives memory for the result
// (how much: the `…Capacity` function of the same name) and, where needed, scratch memory (`…ScratchCapacity`), both in limbs.
// Functions return the count of limbs of the normalised result; those that can run for long take an `Interruption` and return
// `BigInteger.interrupted` when it trips, whereupon the result memory holds garbage.
// Results may not overlap operands unless a function says so.

/// Algorithms for big integers. Sign and magnitude are kept apart: see ``Operand`` and ``SignedCount``.
public enum BigInteger {
  /// One digit of a magnitude.
  public typealias Limb = UInt
  /// A magnitude that is read.
  public typealias Limbs = UnsafePointer<UInt>
  /// A magnitude that is written.
  public typealias MutableLimbs = UnsafeMutablePointer<UInt>

  /// What an operation returns in place of a count when its `Interruption` tripped.
  @inlinable public static var interrupted: Int { @inline(__always) get { -1 } }

  /// Bits in a limb.
  @inlinable static var limbBits: Int { @inline(__always) get { UInt.bitWidth } }
  @inlinable static var limbShift: Int { @inline(__always) get { UInt.bitWidth == 64 ? 6 : 5 } }

  /// A signed number to read: a magnitude and a sign. Zero is never negative.
  public struct Operand {
    /// The limbs, least significant first.
    public let limbs: Limbs
    /// How many limbs; the last is not zero.
    public let count: Int
    /// True below zero.
    public let isNegative: Bool

    /// A view of `count` limbs.
    @inlinable @inline(__always)
    public init(_ limbs: Limbs, _ count: Int, isNegative: Bool = false) {
      self.limbs = limbs
      self.count = count
      self.isNegative = isNegative
    }
  }

  /// The extent of a signed result that was written to the caller's memory.
  public struct SignedCount: Equatable {
    /// Limbs written, without leading zeros, or ``BigInteger/interrupted``.
    public let count: Int
    /// True below zero.
    public let isNegative: Bool

    /// A result of `count` limbs; zero loses its sign.
    @inlinable @inline(__always)
    public init(_ count: Int, isNegative: Bool = false) {
      self.count = count
      self.isNegative = isNegative && count > 0
    }

    /// True when the operation was abandoned.
    @inlinable public var isInterrupted: Bool { @inline(__always) get { count < 0 } }
  }

  // MARK: Small helpers

  /// `count` without leading zero limbs.
  @inlinable @inline(__always)
  public static func normalized(_ limbs: Limbs, _ count: Int) -> Int {
    var count = count
    while count > 0 && limbs[count &- 1] == 0 { count &-= 1 }
    return count
  }

  /// Writes a machine integer; needs one limb.
  @inlinable @inline(__always)
  public static func store(_ value: Int, into result: MutableLimbs) -> SignedCount {
    result[0] = value.magnitude
    return SignedCount(value == 0 ? 0 : 1, isNegative: value < 0)
  }

  /// Writes a 64-bit magnitude; needs ``doubleWordCapacity`` limbs.
  @inlinable
  public static func store(_ value: UInt64, into result: MutableLimbs) -> Int {
    result[0] = UInt(truncatingIfNeeded: value)
    #if _pointerBitWidth(_64)
      return value == 0 ? 0 : 1
    #else
      result[1] = UInt(truncatingIfNeeded: value >> 32)
      return normalized(result, 2)
    #endif
  }

  /// Limbs of a 64-bit magnitude.
  @inlinable public static var doubleWordCapacity: Int { @inline(__always) get { 64 / UInt.bitWidth } }

  /// The value as a machine integer, or nil when it does not fit.
  @inlinable
  public static func int(_ value: Operand) -> Int? {
    if value.count == 0 { return 0 }
    if value.count > 1 { return nil }
    let limb = value.limbs[0]
    if value.isNegative { return limb <= Int.min.magnitude ? Int(truncatingIfNeeded: 0 &- limb) : nil }
    return limb <= UInt(Int.max) ? Int(limb) : nil
  }

  /// The value modulo 2^64, as two's complement: what C's cast would give.
  public static func truncatedUInt64(_ value: Operand) -> UInt64 {
    var magnitude: UInt64 = 0
    if value.count > 0 { magnitude = UInt64(value.limbs[0]) }
    if UInt.bitWidth == 32 && value.count > 1 { magnitude |= UInt64(value.limbs[1]) << 32 }
    return value.isNegative ? 0 &- magnitude : magnitude
  }

  // MARK: Comparison

  /// -1, 0 or 1 as |a| is below, equal to or above |b|.
  @inlinable
  public static func compareMagnitudes(_ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int) -> Int {
    if aCount != bCount { return aCount < bCount ? -1 : 1 }
    var index = aCount &- 1
    while index >= 0 {
      if a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
      index &-= 1
    }
    return 0
  }

  /// -1, 0 or 1 as a is below, equal to or above b.
  @inlinable
  public static func compare(_ a: Operand, _ b: Operand) -> Int {
    if a.isNegative != b.isNegative { return a.isNegative ? -1 : 1 }
    let order = compareMagnitudes(a.limbs, a.count, b.limbs, b.count)
    return a.isNegative ? 0 &- order : order
  }

  // MARK: Measures

  /// Bits of the magnitude: Python's `int.bit_length`.
  @inlinable
  public static func bitLength(_ a: Limbs, _ count: Int) -> Int {
    count == 0 ? 0 : count &* limbBits &- a[count &- 1].leadingZeroBitCount
  }

  /// One-bits of the magnitude: Python's `int.bit_count`.
  public static func bitCount(_ a: Limbs, _ count: Int) -> Int {
    var total = 0
    var index = 0
    while index < count {
      total &+= a[index].nonzeroBitCount
      index &+= 1
    }
    return total
  }

  /// Zero bits below the lowest one-bit; 0 for zero.
  public static func trailingZeroBits(_ a: Limbs, _ count: Int) -> Int {
    var index = 0
    while index < count && a[index] == 0 { index &+= 1 }
    return index == count ? 0 : index &* limbBits &+ a[index].trailingZeroBitCount
  }

  /// True when some bit below position `bits` is set.
  static func hasBits(below bits: Int, _ a: Limbs, _ count: Int) -> Bool {
    let whole = bits >> limbShift
    var index = 0
    while index < min(whole, count) {
      if a[index] != 0 { return true }
      index &+= 1
    }
    if whole >= count { return false }
    return a[whole] & ((1 << UInt(bits & (limbBits &- 1))) &- 1) != 0
  }

  /// Copies limbs; the ranges may overlap.
  @inline(__always)
  static func copy(_ a: Limbs, _ count: Int, to result: MutableLimbs) {
    result.update(from: a, count: count)
  }

  /// Clears limbs.
  @inline(__always)
  static func clear(_ limbs: MutableLimbs, _ count: Int) {
    var index = 0
    while index < count {
      limbs[index] = 0
      index &+= 1
    }
  }
}

/// One for true: arithmetic on carries.
@inlinable @inline(__always)
func carryBit(_ flag: Bool) -> UInt { flag ? 1 : 0 }
