// BigInteger+Divide.swift — division with remainder.
// One limb: multiplication by a reciprocal (Möller and Granlund, "Improved division by invariant integers", 2011).
// Short divisors: Knuth's algorithm D with a two-limb reciprocal, whose estimate is off by one at most and almost never.
// Long ones: recursive division (Burnikel and Ziegler 1998), which costs a few multiplications.

extension BigInteger {
  /// Quotient limbs from which recursive division pays.
  static var recursiveDivisionThreshold: Int { @inline(__always) get { 64 } }

  /// Limbs for a quotient (one more than its size, for floor division's correction).
  @inlinable @inline(__always)
  public static func quotientCapacity(_ aCount: Int, _ bCount: Int) -> Int { max(aCount &- bCount &+ 2, 1) }

  /// Limbs for a remainder.
  @inlinable @inline(__always)
  public static func remainderCapacity(_ aCount: Int, _ bCount: Int) -> Int { max(bCount, aCount < bCount ? aCount : 0) }

  /// Scratch limbs for a division.
  public static func divideScratchCapacity(_ aCount: Int, _ bCount: Int) -> Int {
    if aCount < bCount || bCount < 2 { return 0 }
    let base = aCount &+ 1 &+ bCount
    return bCount < recursiveDivisionThreshold ? base : base &+ 7 &* bCount &+ 192
  }

  /// What a division wrote.
  public struct Division {
    /// The quotient's limbs and sign, or an interrupted count.
    public let quotient: SignedCount
    /// The remainder's limbs and sign.
    public let remainder: SignedCount
    /// True when the division was abandoned.
    public var isInterrupted: Bool { quotient.count < 0 }
  }

  /// Python's `divmod(a, b)`: the quotient is rounded to minus infinity, the remainder has the divisor's sign. `b` is not zero.
  /// `quotient` needs ``quotientCapacity(_:_:)`` limbs, `remainder` ``remainderCapacity(_:_:)``, `scratch`
  /// ``divideScratchCapacity(_:_:)``. None may overlap another or an operand.
  public static func divideFloor(
    _ a: Operand, _ b: Operand, quotient: MutableLimbs, remainder: MutableLimbs, scratch: MutableLimbs,
    interruption: inout Interruption
  ) -> Division {
    let counts = divide(
      a.limbs, a.count, b.limbs, b.count, quotient: quotient, remainder: remainder, scratch: scratch, interruption: &interruption)
    var (quotientCount, remainderCount) = counts
    let differs = a.isNegative != b.isNegative
    if differs && remainderCount > 0 {
      quotient[quotientCount] = 0
      _ = increment(quotient, quotientCount &+ 1, by: 1)
      quotientCount = normalized(quotient, quotientCount &+ 1)
      remainderCount = subtractMagnitudes(b.limbs, b.count, remainder, remainderCount, into: remainder)
    }
    return Division(
      quotient: SignedCount(quotientCount, isNegative: differs), remainder: SignedCount(remainderCount, isNegative: b.isNegative))
  }

  /// `|a|` divided by `|b|`, which is not zero: counts of quotient and remainder, or (interrupted, 0). Memory as for
  /// ``divideFloor(_:_:quotient:remainder:scratch:interruption:)``.
  public static func divide(
    _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, quotient: MutableLimbs, remainder: MutableLimbs,
    scratch: MutableLimbs, interruption: inout Interruption
  ) -> (quotient: Int, remainder: Int) {
    if compareMagnitudes(a, aCount, b, bCount) < 0 {
      copy(a, aCount, to: remainder)
      return (0, aCount)
    }
    if bCount == 1 {
      let rest = divideSmall(a, aCount, by: b[0], quotient: quotient)
      remainder[0] = rest
      return (normalized(quotient, aCount), rest == 0 ? 0 : 1)
    }
    let shift = b[bCount &- 1].leadingZeroBitCount
    let dividend = scratch
    dividend[aCount] = shiftRowLeft(dividend, a, aCount, shift)
    var divisor = b
    if shift != 0 {
      _ = shiftRowLeft(scratch + (aCount &+ 1), b, bCount, shift)
      divisor = Limbs(scratch + (aCount &+ 1))
    }
    let size = aCount &- bCount &+ 1
    let rest = scratch + (aCount &+ 1 &+ bCount)
    if !divideRows(quotient, dividend, size, divisor, bCount, rest, &interruption) { return (interrupted, 0) }
    shiftRowRight(remainder, dividend, bCount, shift)
    return (normalized(quotient, size), normalized(remainder, bCount))
  }

  /// Divides by one limb that is not zero; returns the remainder. `quotient` needs `count` limbs and may be `a`. Not normalised.
  public static func divideSmall(_ a: Limbs, _ count: Int, by divisor: UInt, quotient: MutableLimbs) -> UInt {
    var remainder: UInt = 0
    var index = count &- 1
    if count <= 2 {
      while index >= 0 {
        (quotient[index], remainder) = divideWide(remainder, a[index], by: divisor)
        index &-= 1
      }
      return remainder
    }
    let shift = UInt(truncatingIfNeeded: divisor.leadingZeroBitCount)
    let normal = divisor &<< shift
    let inverse = reciprocal(normal)
    // `carried` holds the bits of the next limb that the shift moves up; shifting by a whole limb gives 0.
    remainder = a[index] >> (UInt(limbBits) &- shift)
    while index > 0 {
      let low = a[index] &<< shift | (a[index &- 1] >> (UInt(limbBits) &- shift))
      (quotient[index], remainder) = divideStep(remainder, low, normal, inverse)
      index &-= 1
    }
    (quotient[0], remainder) = divideStep(remainder, a[0] &<< shift, normal, inverse)
    return remainder &>> shift
  }

  /// `|a|` modulo one limb that is not zero.
  public static func remainderSmall(_ a: Limbs, _ count: Int, by divisor: UInt) -> UInt {
    var remainder: UInt = 0
    var index = count &- 1
    while index >= 0 {
      remainder = divideWide(remainder, a[index], by: divisor).remainder
      index &-= 1
    }
    return remainder
  }

  // MARK: Word steps

  /// Two limbs by one, where high < divisor.
  @inline(__always)
  static func divideWide(_ high: UInt, _ low: UInt, by divisor: UInt) -> (quotient: UInt, remainder: UInt) {
    if high == 0 {
      let quotient = low / divisor
      return (quotient, low &- quotient &* divisor)
    }
    return divisor.dividingFullWidth((high, low))
  }

  /// `(2^(2w) - 1) / divisor - 2^w` for a divisor with its top bit set.
  @inline(__always)
  static func reciprocal(_ divisor: UInt) -> UInt {
    divisor.dividingFullWidth((~divisor, UInt.max)).quotient
  }

  /// Two limbs by a normalised one with its reciprocal; high < divisor.
  @inline(__always)
  static func divideStep(_ high: UInt, _ low: UInt, _ divisor: UInt, _ inverse: UInt) -> (UInt, UInt) {
    let product = inverse.multipliedFullWidth(by: high)
    let (fraction, overflow) = product.low.addingReportingOverflow(low)
    var quotient = product.high &+ high &+ carryBit(overflow) &+ 1
    var remainder = low &- quotient &* divisor
    if remainder > fraction {
      quotient &-= 1
      remainder &+= divisor
    }
    if remainder >= divisor {
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }

  /// The reciprocal of two limbs, the upper with its top bit set.
  private static func reciprocal(_ high: UInt, _ low: UInt) -> UInt {
    var inverse = reciprocal(high)
    var product = high &* inverse &+ low
    if product < low {
      inverse &-= 1
      if product >= high {
        inverse &-= 1
        product &-= high
      }
      product &-= high
    }
    let (top, bottom) = inverse.multipliedFullWidth(by: low)
    product &+= top
    if product < top {
      inverse &-= 1
      if product > high || (product == high && bottom >= low) { inverse &-= 1 }
    }
    return inverse
  }

  /// Three limbs by two with their reciprocal; the quotient only. The upper two limbs are below the divisor.
  @inline(__always)
  private static func divideStep(
    _ u2: UInt, _ u1: UInt, _ u0: UInt, _ d1: UInt, _ d0: UInt, _ inverse: UInt
  ) -> UInt {
    let product = inverse.multipliedFullWidth(by: u2)
    let (fraction, overflow) = product.low.addingReportingOverflow(u1)
    var quotient = product.high &+ u2 &+ carryBit(overflow)
    let (t1, t0) = d0.multipliedFullWidth(by: quotient)
    // (r1, r0) = (u1 - quotient * d1, u0) - (t1, t0) - (d1, d0), modulo two limbs.
    let (partial, borrow0) = u0.subtractingReportingOverflow(t0)
    var r1 = u1 &- quotient &* d1 &- t1 &- carryBit(borrow0)
    let (r0Start, borrow1) = partial.subtractingReportingOverflow(d0)
    var r0 = r0Start
    r1 = r1 &- d1 &- carryBit(borrow1)
    quotient &+= 1
    if r1 >= fraction {
      quotient &-= 1
      let (sum, carry) = r0.addingReportingOverflow(d0)
      r0 = sum
      r1 = r1 &+ d1 &+ carryBit(carry)
    }
    if r1 > d1 || (r1 == d1 && r0 >= d0) { quotient &+= 1 }
    return quotient
  }

  // MARK: Rows: normalised divisor, dividend replaced by the remainder

  /// Divides `a` (size + bCount limbs, the top bCount of them below b) in place: `quotient` gets `size` limbs, the low bCount
  /// limbs of `a` the remainder.
  private static func divideRows(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ size: Int, _ b: Limbs, _ bCount: Int, _ scratch: MutableLimbs,
    _ interruption: inout Interruption
  ) -> Bool {
    if bCount < recursiveDivisionThreshold || size < recursiveDivisionThreshold {
      _ = divideSchoolbook(quotient, a, size, b, bCount, &interruption)
      return !interruption.isTripped
    }
    // Slices of at most bCount quotient limbs, the odd one first.
    var offset = size - 1 - (size - 1) % bCount
    var slice = size - offset
    while true {
      _ = divideRecursive(quotient + offset, a + offset, slice, b, bCount, scratch, &interruption)
      if interruption.isTripped { return false }
      if offset == 0 { return true }
      offset -= bCount
      slice = bCount
    }
  }

  /// Knuth's algorithm D. Returns the quotient's limb above `size`: 0 or 1.
  private static func divideSchoolbook(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ size: Int, _ b: Limbs, _ bCount: Int, _ interruption: inout Interruption
  ) -> UInt {
    var top: UInt = 0
    let upper = a + size
    if compareRows(upper, b, bCount) >= 0 {
      _ = subtractRows(upper, upper, bCount, b, bCount)
      top = 1
    }
    let d1 = b[bCount &- 1]
    let d0 = b[bCount &- 2]
    let inverse = reciprocal(d1, d0)
    var index = size &- 1
    while index >= 0 {
      if interruption.spend(bCount) { return 0 }
      let row = a + index
      let u2 = row[bCount]
      let u1 = row[bCount &- 1]
      var digit = UInt.max
      if u2 != d1 || u1 != d0 { digit = divideStep(u2, u1, row[bCount &- 2], d1, d0, inverse) }
      let borrow = subtractMultiplyRow(row, b, bCount, digit)
      if borrow > u2 {
        digit &-= 1
        _ = addRows(row, row, bCount, b, bCount)
      }
      row[bCount] = 0
      quotient[index] = digit
      index &-= 1
    }
    return top
  }

  /// Recursive division: halves the quotient, dividing by the divisor's upper part and correcting by the lower part's product.
  /// Returns the quotient's limb above `size`. Needs size <= bCount.
  private static func divideRecursive(
    _ quotient: MutableLimbs, _ a: MutableLimbs, _ size: Int, _ b: Limbs, _ bCount: Int, _ scratch: MutableLimbs,
    _ interruption: inout Interruption
  ) -> UInt {
    if size < recursiveDivisionThreshold { return divideSchoolbook(quotient, a, size, b, bCount, &interruption) }
    let half = size / 2
    let upperSize = size - half
    let upperQuotient = quotient + half
    var top = divideRecursive(upperQuotient, a + 2 * half, upperSize, b + half, bCount - half, scratch, &interruption)
    if interruption.isTripped { return 0 }
    var debt = subtractProduct(
      a + half, bCount, upperQuotient, upperSize, b, half, extra: top, scratch, &interruption)
    while debt > 0 {
      top &-= decrement(upperQuotient, upperSize, by: 1)
      debt &-= addRows(a + half, a + half, bCount, b, bCount)
    }
    if interruption.isTripped { return 0 }
    var lowerTop = divideRecursive(quotient, a + half, half, b + half, bCount - half, scratch, &interruption)
    if interruption.isTripped { return 0 }
    debt = subtractProduct(a, bCount, quotient, half, b, half, extra: lowerTop, scratch, &interruption)
    while debt > 0 {
      lowerTop &-= decrement(quotient, half, by: 1)
      debt &-= addRows(a, a, bCount, b, bCount)
    }
    return top
  }

  /// `a[0..<count] -= (q + extra * 2^(w qCount)) * b[0..<bCount]`; returns what could not be borrowed, at most 2.
  private static func subtractProduct(
    _ a: MutableLimbs, _ count: Int, _ q: Limbs, _ qCount: Int, _ b: Limbs, _ bCount: Int, extra: UInt,
    _ scratch: MutableLimbs, _ interruption: inout Interruption
  ) -> UInt {
    let qSize = normalized(q, qCount)
    let bSize = normalized(b, bCount)
    let product = multiply(
      q, qSize, b, bSize, into: scratch, scratch: scratch + (qCount + bCount), interruption: &interruption)
    if product < 0 { return 0 }
    var debt = subtractRows(a, a, count, scratch, product)
    if extra != 0 { debt &+= subtractRows(a + qCount, a + qCount, count - qCount, b, bCount) }
    return debt
  }

  /// Compares equally long rows.
  @inline(__always)
  private static func compareRows(_ a: Limbs, _ b: Limbs, _ count: Int) -> Int {
    compareMagnitudes(a, count, b, count)
  }
}
