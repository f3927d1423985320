// BigInteger+Multiply.swift — schoolbook below `karatsubaThreshold` limbs, Karatsuba above, squares apart.
// Karatsuba uses |a0 - a1| * |b0 - b1|, so that no half grows by a carry limb.

extension BigInteger {
  /// Limbs of the shorter operand from which Karatsuba pays.
  @inlinable static var karatsubaThreshold: Int { @inline(__always) get { 36 } }

  /// Limbs for a product.
  @inlinable @inline(__always)
  public static func multiplyCapacity(_ aCount: Int, _ bCount: Int) -> Int { aCount &+ bCount }

  /// Scratch limbs for a product: none for short operands.
  @inlinable @inline(__always)
  public static func multiplyScratchCapacity(_ aCount: Int, _ bCount: Int) -> Int {
    let short = min(aCount, bCount)
    if short < karatsubaThreshold { return 0 }
    return aCount == bCount ? 4 &* short &+ 64 : 12 &* short &+ 64
  }

  /// `a * b` with sign; see the magnitudes' function.
  @inlinable @inline(__always)
  public static func multiply(
    _ a: Operand, _ b: Operand, into result: MutableLimbs, scratch: MutableLimbs, interruption: inout Interruption
  ) -> SignedCount {
    SignedCount(
      multiply(a.limbs, a.count, b.limbs, b.count, into: result, scratch: scratch, interruption: &interruption),
      isNegative: a.isNegative != b.isNegative)
  }

  /// `|a| * |b|`, a square when both are the same memory. `result` needs ``multiplyCapacity(_:_:)`` limbs, `scratch`
  /// ``multiplyScratchCapacity(_:_:)`` (any pointer when that is 0). O(n^1.585) for large operands.
  public static func multiply(
    _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, into result: MutableLimbs, scratch: MutableLimbs,
    interruption: inout Interruption
  ) -> Int {
    if aCount < bCount {
      return multiply(b, bCount, a, aCount, into: result, scratch: scratch, interruption: &interruption)
    }
    if bCount == 0 { return 0 }
    let finished: Bool
    if aCount <= directLimbs { return multiplyDirect(result, a, aCount, b, bCount) }
    if aCount == bCount {
      finished = multiplyBalanced(result, a, b, aCount, scratch, &interruption)
    } else if bCount < karatsubaThreshold {
      finished = multiplySchoolbook(result, a, aCount, b, bCount, &interruption)
    } else {
      finished = multiplyUnbalanced(result, a, aCount, b, bCount, scratch, &interruption)
    }
    if !finished { return interrupted }
    let count = aCount &+ bCount
    return result[count &- 1] == 0 ? count &- 1 : count
  }

  /// `|a| * factor + addend`, in place allowed. `result` needs `count + 1` limbs.
  public static func multiplySmall(
    _ a: Limbs, _ count: Int, by factor: UInt, adding addend: UInt = 0, into result: MutableLimbs
  ) -> Int {
    let carry = multiplyRow(result, a, count, factor, addend)
    if carry == 0 { return normalized(result, count) }
    result[count] = carry
    return count &+ 1
  }

  // MARK: Rows

  /// `x * y + a + b` never overflows two limbs.
  @inlinable @inline(__always)
  static func multiplyAdd(_ x: UInt, _ y: UInt, _ a: UInt, _ b: UInt) -> (high: UInt, low: UInt) {
    let product = x.multipliedFullWidth(by: y)
    let (partial, first) = product.low.addingReportingOverflow(a)
    let (low, second) = partial.addingReportingOverflow(b)
    return (product.high &+ carryBit(first) &+ carryBit(second), low)
  }

  /// `result[0..<count] = a * factor + addend`; returns the carry limb.
  @inline(__always)
  static func multiplyRow(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ factor: UInt, _ addend: UInt) -> UInt {
    var carry = addend
    var index = 0
    while index < count {
      let (high, low) = multiplyAdd(a[index], factor, carry, 0)
      result[index] = low
      carry = high
      index &+= 1
    }
    return carry
  }

  /// `result[0..<count] += a * factor`; returns the carry limb.
  @inline(__always)
  static func addMultiplyRow(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ factor: UInt) -> UInt {
    var carry: UInt = 0
    var index = 0
    while index < count {
      let (high, low) = multiplyAdd(a[index], factor, result[index], carry)
      result[index] = low
      carry = high
      index &+= 1
    }
    return carry
  }

  /// `result[0..<count] -= a * factor`; returns the borrow limb.
  @inline(__always)
  static func subtractMultiplyRow(_ result: MutableLimbs, _ a: Limbs, _ count: Int, _ factor: UInt) -> UInt {
    var borrow: UInt = 0
    var index = 0
    while index < count {
      let (high, low) = multiplyAdd(a[index], factor, borrow, 0)
      let (difference, overflow) = result[index].subtractingReportingOverflow(low)
      result[index] = difference
      borrow = high &+ carryBit(overflow)
      index &+= 1
    }
    return borrow
  }

  // MARK: Schoolbook

  /// Operands that are multiplied without further questions.
  private static var directLimbs: Int { @inline(__always) get { 6 } }

  /// Short products, the common case: rows inline, nothing polled.
  @inline(__always)
  private static func multiplyDirect(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int
  ) -> Int {
    result[aCount] = multiplyRow(result, a, aCount, b[0], 0)
    var row = 1
    while row < bCount {
      result[aCount &+ row] = addMultiplyRow(result + row, a, aCount, b[row])
      row &+= 1
    }
    let count = aCount &+ bCount
    return result[count &- 1] == 0 ? count &- 1 : count
  }

  /// `result = a * b`, aCount + bCount limbs; aCount >= bCount >= 1.
  static func multiplySchoolbook(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ interruption: inout Interruption
  ) -> Bool {
    result[aCount] = multiplyRow(result, a, aCount, b[0], 0)
    var row = 1
    while row < bCount {
      if interruption.spend(aCount) { return false }
      result[aCount &+ row] = addMultiplyRow(result + row, a, aCount, b[row])
      row &+= 1
    }
    return true
  }

  /// `result = a * a`, 2 * count limbs; count >= 1. Half the products of a general multiplication.
  static func squareSchoolbook(_ result: MutableLimbs, _ a: Limbs, _ count: Int) {
    result[0] = 0
    result[2 &* count &- 1] = 0
    if count > 1 {
      result[count] = multiplyRow(result + 1, a + 1, count &- 1, a[0], 0)
      var row = 1
      while row < count &- 1 {
        result[count &+ row] = addMultiplyRow(result + (2 &* row &+ 1), a + (row &+ 1), count &- 1 &- row, a[row])
        row &+= 1
      }
    }
    // Double what is there and add the squares of the limbs.
    var carry: UInt = 0
    var shiftedOut: UInt = 0
    var index = 0
    while index < count {
      let low = result[2 &* index]
      let high = result[2 &* index &+ 1]
      let (squareHigh, squareLow) = multiplyAdd(a[index], a[index], low &<< 1 | shiftedOut, carry)
      let (sum, overflow) = squareHigh.addingReportingOverflow(high &<< 1 | low &>> UInt(limbBits &- 1))
      result[2 &* index] = squareLow
      result[2 &* index &+ 1] = sum
      shiftedOut = high &>> UInt(limbBits &- 1)
      carry = carryBit(overflow)
      index &+= 1
    }
  }

  // MARK: Karatsuba

  /// `result = a * b`, both of `count` limbs.
  static func multiplyBalanced(
    _ result: MutableLimbs, _ a: Limbs, _ b: Limbs, _ count: Int, _ scratch: MutableLimbs, _ interruption: inout Interruption
  ) -> Bool {
    if count < karatsubaThreshold {
      if a == b {
        squareSchoolbook(result, a, count)
        return true
      }
      return multiplySchoolbook(result, a, count, b, count, &interruption)
    }
    if interruption.spend(count &* karatsubaThreshold) { return false }
    let low = (count &+ 1) / 2
    let high = count &- low
    // The halves' differences wait in the result; their product goes to scratch.
    let signA = differenceOfHalves(result, a, low, high)
    var signB = signA
    if a != b { signB = differenceOfHalves(result + low, b, low, high) }
    let middle = scratch
    let rest = scratch + 2 &* low
    if !multiplyBalanced(middle, result, a == b ? result : result + low, low, rest, &interruption) { return false }
    if !multiplyBalanced(result, a, b, low, rest, &interruption) { return false }
    if !multiplyBalanced(result + 2 &* low, a + low, b + low, high, rest, &interruption) { return false }
    combine(result, middle, rest, low, high, subtracting: signA == signB)
    return true
  }

  /// `result[0..<low] = |a0 - a1|`; true when a0 < a1. `high` is `low` or one less.
  private static func differenceOfHalves(_ result: MutableLimbs, _ a: Limbs, _ low: Int, _ high: Int) -> Bool {
    let upper = a + low
    let lowCount = normalized(a, low)
    let highCount = normalized(upper, high)
    let isNegative = compareMagnitudes(a, lowCount, upper, highCount) < 0
    if isNegative {
      _ = subtractRows(result, upper, highCount, a, lowCount)
    } else {
      _ = subtractRows(result, a, lowCount, upper, highCount)
    }
    let written = max(lowCount, highCount)
    clear(result + written, low &- written)
    return isNegative
  }

  /// Adds `a0 b0 + a1 b1 -/+ middle` to the result at limb `low`; `sum` is scratch of 2 * low + 1 limbs.
  private static func combine(
    _ result: MutableLimbs, _ middle: Limbs, _ sum: MutableLimbs, _ low: Int, _ high: Int, subtracting: Bool
  ) {
    let size = 2 &* low
    var top = addRows(sum, result, size, result + size, 2 &* high)
    if subtracting {
      top &-= subtractRows(sum, sum, size, middle, size)
    } else {
      top &+= addRows(sum, sum, size, middle, size)
    }
    sum[size] = top
    // The product is exact, so whatever does not fit is zero.
    let room = low &+ 2 &* high
    let target = result + low
    let used = min(size &+ 1, room)
    _ = addRows(target, target, room, sum, used)
  }

  /// `result = a * b` for aCount > bCount >= threshold: one balanced product for each slice of a.
  private static func multiplyUnbalanced(
    _ result: MutableLimbs, _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ scratch: MutableLimbs,
    _ interruption: inout Interruption
  ) -> Bool {
    let product = scratch
    let rest = scratch + 2 &* bCount
    if !multiplyBalanced(result, a, b, bCount, rest, &interruption) { return false }
    clear(result + 2 &* bCount, aCount &- bCount)
    var offset = bCount
    while offset < aCount {
      let slice = min(bCount, aCount &- offset)
      if slice == bCount {
        if !multiplyBalanced(product, a + offset, b, bCount, rest, &interruption) { return false }
      } else if slice < karatsubaThreshold {
        if !multiplySchoolbook(product, b, bCount, a + offset, slice, &interruption) { return false }
      } else if !multiplyUnbalanced(product, b, bCount, a + offset, slice, rest, &interruption) {
        return false
      }
      let target = result + offset
      _ = addRows(target, target, aCount &+ bCount &- offset, product, slice &+ bCount)
      offset &+= slice
    }
    return true
  }
}
