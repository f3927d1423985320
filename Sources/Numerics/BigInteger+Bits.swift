// BigInteger+Bits.swift — shifts, and the bit operations as if on infinitely long two's complement.

extension BigInteger {
  // MARK: Shifts

  /// Limbs for `a << bits`.
  @inlinable
  public static func shiftLeftCapacity(_ count: Int, _ bits: Int) -> Int { count &+ (bits >> limbShift) &+ 1 }

  /// `|a| << bits`, bits >= 0; the sign stays. `result` needs ``shiftLeftCapacity(_:_:)`` limbs and may be `a`.
  public static func shiftLeft(_ a: Limbs, _ count: Int, by bits: Int, into result: MutableLimbs) -> Int {
    if count == 0 { return 0 }
    let whole = bits >> limbShift
    let part = UInt(truncatingIfNeeded: bits & (limbBits &- 1))
    let back = UInt(limbBits) &- part
    var index = count &- 1
    // Downwards, so that the result may be the operand's memory.
    var above = a[index]
    let top = above >> back
    while index > 0 {
      let below = a[index &- 1]
      result[index &+ whole] = above &<< part | below >> back
      above = below
      index &-= 1
    }
    result[whole] = above &<< part
    clear(result, whole)
    let size = count &+ whole
    if top == 0 { return size }
    result[size] = top
    return size &+ 1
  }

  /// Limbs for `a >> bits`.
  @inlinable
  public static func shiftRightCapacity(_ count: Int, _ bits: Int) -> Int { max(count &- (bits >> limbShift), 0) &+ 1 }

  /// `a >> bits` rounded to minus infinity, bits >= 0. `result` needs ``shiftRightCapacity(_:_:)`` limbs and may be `a`.
  public static func shiftRight(_ a: Operand, by bits: Int, into result: MutableLimbs) -> SignedCount {
    let roundsUp = a.isNegative && hasBits(below: bits, a.limbs, a.count)
    var count = shiftRightMagnitude(a.limbs, a.count, by: bits, into: result)
    if roundsUp {
      result[count] = 0
      _ = increment(result, count &+ 1, by: 1)
      count = normalized(result, count &+ 1)
    }
    return SignedCount(count, isNegative: a.isNegative)
  }

  /// `|a| >> bits`. Memory as for ``shiftRight(_:by:into:)``.
  public static func shiftRightMagnitude(_ a: Limbs, _ count: Int, by bits: Int, into result: MutableLimbs) -> Int {
    let whole = bits >> limbShift
    if whole >= count { return 0 }
    let size = count &- whole
    shiftRowRight(result, a + whole, size, bits & (limbBits &- 1))
    return normalized(result, size)
  }

  /// `result[0..<count] = a << shift` for shift below a limb's width; returns the bits shifted out.
  @inline(__always)
  static func shiftRowLeft(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ shift: Int) -> UInt {
    let part = UInt(truncatingIfNeeded: shift)
    let back = UInt(limbBits) &- part
    var carried: UInt = 0
    var index = 0
    while index < count {
      let limb = a[index]
      result[index] = limb &<< part | carried
      carried = limb >> back
      index &+= 1
    }
    return carried
  }

  /// `result[0..<count] = a >> shift` for shift below a limb's width.
  @inline(__always)
  static func shiftRowRight(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ shift: Int) {
    let part = UInt(truncatingIfNeeded: shift)
    let back = UInt(limbBits) &- part
    var index = 0
    while index &+ 1 < count {
      result[index] = a[index] &>> part | a[index &+ 1] << back
      index &+= 1
    }
    if index < count { result[index] = a[index] &>> part }
  }

  // MARK: Bit operations

  /// Limbs for `a & b`, `a | b`, `a ^ b`; for `~a` the sizes are that of `a` and 0.
  @inlinable @inline(__always)
  public static func bitwiseCapacity(_ aCount: Int, _ bCount: Int) -> Int { max(aCount, bCount) &+ 1 }

  /// `a & b`. `result` needs ``bitwiseCapacity(_:_:)`` limbs and may be either operand's memory.
  public static func and(_ a: Operand, _ b: Operand, into result: MutableLimbs) -> SignedCount {
    bitwise(a, b, result) { $0 & $1 }
  }

  /// `a | b`. Memory as for ``and(_:_:into:)``.
  public static func or(_ a: Operand, _ b: Operand, into result: MutableLimbs) -> SignedCount {
    bitwise(a, b, result) { $0 | $1 }
  }

  /// `a ^ b`. Memory as for ``and(_:_:into:)``.
  public static func xor(_ a: Operand, _ b: Operand, into result: MutableLimbs) -> SignedCount {
    bitwise(a, b, result) { $0 ^ $1 }
  }

  /// `~a`, that is `-a - 1`. `result` needs `a.count + 1` limbs and may be `a`.
  public static func not(_ a: Operand, into result: MutableLimbs) -> SignedCount {
    copy(a.limbs, a.count, to: result)
    if a.isNegative {
      _ = decrement(result, a.count, by: 1)
      return SignedCount(normalized(result, a.count))
    }
    result[a.count] = 0
    _ = increment(result, a.count &+ 1, by: 1)
    return SignedCount(normalized(result, a.count &+ 1), isNegative: true)
  }

  /// One pass: negative operands are negated on the way in, a negative result on the way out.
  @inline(__always)
  private static func bitwise(
    _ a: Operand, _ b: Operand, _ result: MutableLimbs, _ operation: (UInt, UInt) -> UInt
  ) -> SignedCount {
    let size = max(a.count, b.count)
    let signA: UInt = a.isNegative ? UInt.max : 0
    let signB: UInt = b.isNegative ? UInt.max : 0
    let sign = operation(signA, signB)
    var carryA = signA & 1
    var carryB = signB & 1
    var carry = sign & 1
    var index = 0
    while index < size {
      let limbA = index < a.count ? a.limbs[index] : 0
      let limbB = index < b.count ? b.limbs[index] : 0
      let (wordA, overflowA) = (limbA ^ signA).addingReportingOverflow(carryA)
      let (wordB, overflowB) = (limbB ^ signB).addingReportingOverflow(carryB)
      let (word, overflow) = (operation(wordA, wordB) ^ sign).addingReportingOverflow(carry)
      result[index] = word
      carryA = carryBit(overflowA)
      carryB = carryBit(overflowB)
      carry = carryBit(overflow)
      index &+= 1
    }
    result[size] = carry
    return SignedCount(normalized(result, size &+ 1), isNegative: sign != 0)
  }
}
