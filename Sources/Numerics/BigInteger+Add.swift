// BigInteger+Add.swift — addition and subtraction. Both are one pass and may write over an operand.

extension BigInteger {
  /// Limbs for the sum or difference of numbers of these sizes.
  @inlinable @inline(__always)
  public static func addCapacity(_ aCount: Int, _ bCount: Int) -> Int { max(aCount, bCount) &+ 1 }

  /// `a + b`. `result` needs ``addCapacity(_:_:)`` limbs and may be either operand's memory.
  public static func add(_ a: Operand, _ b: Operand, into result: MutableLimbs) -> SignedCount {
    addSigned(a, b, b.isNegative, result)
  }

  /// `a - b`. `result` needs ``addCapacity(_:_:)`` limbs and may be either operand's memory.
  public static func subtract(_ a: Operand, _ b: Operand, into result: MutableLimbs) -> SignedCount {
    addSigned(a, b, !b.isNegative, result)
  }

  @inline(__always)
  private static func addSigned(_ a: Operand, _ b: Operand, _ bNegative: Bool, _ result: MutableLimbs) -> SignedCount {
    if a.isNegative == bNegative {
      return SignedCount(addMagnitudes(a.limbs, a.count, b.limbs, b.count, into: result), isNegative: bNegative)
    }
    if compareMagnitudes(a.limbs, a.count, b.limbs, b.count) >= 0 {
      return SignedCount(subtractMagnitudes(a.limbs, a.count, b.limbs, b.count, into: result), isNegative: a.isNegative)
    }
    return SignedCount(subtractMagnitudes(b.limbs, b.count, a.limbs, a.count, into: result), isNegative: bNegative)
  }

  /// `|a| + |b|`. `result` needs ``addCapacity(_:_:)`` limbs and may be either operand's memory.
  public static func addMagnitudes(_ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, into result: MutableLimbs) -> Int {
    if aCount < bCount { return addMagnitudes(b, bCount, a, aCount, into: result) }
    let carry = addRows(result, a, aCount, b, bCount)
    if carry == 0 { return aCount }
    result[aCount] = carry
    return aCount &+ 1
  }

  /// `|a| - |b|`, where |a| >= |b|. `result` needs `aCount` limbs and may be either operand's memory.
  public static func subtractMagnitudes(_ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, into result: MutableLimbs) -> Int {
    _ = subtractRows(result, a, aCount, b, bCount)
    return normalized(result, aCount)
  }

  // MARK: Rows: fixed counts, carry in and out

  /// `result[0..<aCount] = a + b` for aCount >= bCount; returns the carry.
  @inline(__always)
  static func addRows(_ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int) -> UInt {
    var carry: UInt = 0
    var index = 0
    while index < bCount {
      let (partial, first) = a[index].addingReportingOverflow(b[index])
      let (sum, second) = partial.addingReportingOverflow(carry)
      result[index] = sum
      carry = carryBit(first) | carryBit(second)
      index &+= 1
    }
    while index < aCount {
      let (sum, overflow) = a[index].addingReportingOverflow(carry)
      result[index] = sum
      carry = carryBit(overflow)
      index &+= 1
    }
    return carry
  }

  /// `result[0..<aCount] = a - b` for aCount >= bCount; returns the borrow.
  @inline(__always)
  static func subtractRows(_ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int) -> UInt {
    var borrow: UInt = 0
    var index = 0
    while index < bCount {
      let (partial, first) = a[index].subtractingReportingOverflow(b[index])
      let (difference, second) = partial.subtractingReportingOverflow(borrow)
      result[index] = difference
      borrow = carryBit(first) | carryBit(second)
      index &+= 1
    }
    while index < aCount {
      let (difference, overflow) = a[index].subtractingReportingOverflow(borrow)
      result[index] = difference
      borrow = carryBit(overflow)
      index &+= 1
    }
    return borrow
  }

  /// `limbs += addend` in place; returns the carry.
  @inline(__always)
  static func increment(_ limbs: MutableLimbs, _ count: Int, by addend: UInt) -> UInt {
    var carry = addend
    var index = 0
    while carry != 0 && index < count {
      let (sum, overflow) = limbs[index].addingReportingOverflow(carry)
      limbs[index] = sum
      carry = carryBit(overflow)
      index &+= 1
    }
    return carry
  }

  /// `limbs -= subtrahend` in place; returns the borrow.
  @inline(__always)
  static func decrement(_ limbs: MutableLimbs, _ count: Int, by subtrahend: UInt) -> UInt {
    var borrow = subtrahend
    var index = 0
    while borrow != 0 && index < count {
      let (difference, overflow) = limbs[index].subtractingReportingOverflow(borrow)
      limbs[index] = difference
      borrow = carryBit(overflow)
      index &+= 1
    }
    return borrow
  }
}
