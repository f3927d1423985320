// BigInteger+Power.swift — powers, powers modulo a number, greatest common divisors, integer square roots.

extension BigInteger {
  // MARK: Power

  /// Limbs for `|a| ** exponent`, or nil when that is beyond any memory.
  public static func powerCapacity(_ a: Limbs, _ count: Int, exponent: UInt) -> Int? {
    if count == 0 || (count == 1 && a[0] == 1) { return 2 }
    let (bits, overflow) = UInt(bitLength(a, count)).multipliedReportingOverflow(by: exponent)
    if overflow || bits > UInt(Int.max) { return nil }
    return Int(bits) / limbBits + 2
  }

  /// Scratch limbs for ``power(_:_:exponent:into:scratch:interruption:)``, where `capacity` is ``powerCapacity(_:_:exponent:)``.
  public static func powerScratchCapacity(_ count: Int, capacity: Int) -> Int {
    let half = capacity / 2 + 2
    return capacity + max(multiplyScratchCapacity(half, half), multiplyScratchCapacity(count + 1, count)) + 1
  }

  /// `|a| ** exponent` by squaring; the sign is the caller's (negative when a is and the exponent is odd).
  public static func power(
    _ a: Limbs, _ count: Int, exponent: UInt, into result: MutableLimbs, scratch: MutableLimbs,
    interruption: inout Interruption
  ) -> Int {
    if exponent == 0 {
      result[0] = 1
      return 1
    }
    if count == 0 { return 0 }
    if count == 1 && a[0] & (a[0] &- 1) == 0 {
      let bits = a[0].trailingZeroBitCount &* Int(truncatingIfNeeded: exponent)
      result[0] = 1
      return shiftLeft(result, 1, by: bits, into: result)
    }
    let capacity = powerCapacity(a, count, exponent: exponent) ?? 0
    var current = result
    var other = scratch
    let rest = scratch + capacity
    copy(a, count, to: current)
    var size = count
    var bit = UInt.bitWidth - 2 - exponent.leadingZeroBitCount
    while bit >= 0 {
      size = multiply(current, size, current, size, into: other, scratch: rest, interruption: &interruption)
      if size < 0 { return interrupted }
      swap(&current, &other)
      if exponent >> UInt(bit) & 1 != 0 {
        if count == 1 {
          size = multiplySmall(current, size, by: a[0], into: current)
        } else {
          size = multiply(current, size, a, count, into: other, scratch: rest, interruption: &interruption)
          if size < 0 { return interrupted }
          swap(&current, &other)
        }
      }
      bit -= 1
    }
    if current != result { copy(current, size, to: result) }
    return size
  }

  // MARK: Modular power

  /// Scratch limbs for ``moduloPower(_:_:_:into:scratch:interruption:)``.
  public static func moduloPowerScratchCapacity(_ baseCount: Int, _ modulusCount: Int) -> Int {
    let wide = max(2 * modulusCount, baseCount)
    return modulusCount + wide + (wide + 2) + modulusCount
      + max(
        divideScratchCapacity(wide, modulusCount), multiplyScratchCapacity(modulusCount, modulusCount),
        12 * modulusCount + 64)
  }

  /// Python's `pow(base, exponent, modulus)` for exponent >= 0 and a modulus that is not zero. `result` needs `modulus.count`
  /// limbs, `scratch` ``moduloPowerScratchCapacity(_:_:)``.
  public static func moduloPower(
    _ base: Operand, _ exponent: Operand, _ modulus: Operand, into result: MutableLimbs, scratch: MutableLimbs,
    interruption: inout Interruption
  ) -> SignedCount {
    let size = modulus.count
    let wide = max(2 * size, base.count)
    let factor = scratch
    let product = factor + size
    let quotient = product + wide
    let rest = quotient + (wide + 2 + size)
    var factorCount = divide(
      base.limbs, base.count, modulus.limbs, size, quotient: quotient, remainder: product, scratch: rest,
      interruption: &interruption
    ).remainder
    if base.isNegative && factorCount > 0 {
      factorCount = subtractMagnitudes(modulus.limbs, size, product, factorCount, into: product)
    }
    copy(product, factorCount, to: factor)
    var count = reduceOne(modulus.limbs, size, result)
    var bit = bitLength(exponent.limbs, exponent.count) - 1
    while bit >= 0 {
      count = multiplyModulo(result, count, result, count, modulus, result, product, quotient, rest, &interruption)
      if count >= 0 && exponent.limbs[bit >> limbShift] >> UInt(bit & (limbBits - 1)) & 1 != 0 {
        count = multiplyModulo(result, count, factor, factorCount, modulus, result, product, quotient, rest, &interruption)
      }
      if count < 0 || interruption.isTripped { return SignedCount(interrupted) }
      bit -= 1
    }
    if modulus.isNegative && count > 0 {
      count = subtractMagnitudes(modulus.limbs, size, result, count, into: result)
    }
    return SignedCount(count, isNegative: modulus.isNegative)
  }

  /// `1 % modulus`.
  private static func reduceOne(_ modulus: Limbs, _ size: Int, _ result: MutableLimbs) -> Int {
    if size == 1 && modulus[0] == 1 { return 0 }
    result[0] = 1
    return 1
  }

  private static func multiplyModulo(
    _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, _ modulus: Operand, _ result: MutableLimbs,
    _ product: MutableLimbs, _ quotient: MutableLimbs, _ rest: MutableLimbs, _ interruption: inout Interruption
  ) -> Int {
    if aCount == 0 || bCount == 0 { return 0 }
    if modulus.count == 1 {
      let (high, low) = a[0].multipliedFullWidth(by: b[0])
      result[0] = divideWide(high, low, by: modulus.limbs[0]).remainder
      return result[0] == 0 ? 0 : 1
    }
    let size = multiply(a, aCount, b, bCount, into: product, scratch: rest, interruption: &interruption)
    if size < 0 { return interrupted }
    let counts = divide(
      product, size, modulus.limbs, modulus.count, quotient: quotient, remainder: result, scratch: rest,
      interruption: &interruption)
    return counts.quotient < 0 ? interrupted : counts.remainder
  }

  // MARK: Greatest common divisor

  /// Limbs for a greatest common divisor.
  public static func gcdCapacity(_ aCount: Int, _ bCount: Int) -> Int { max(aCount, bCount, 1) }

  /// Scratch limbs for ``gcd(_:_:_:_:into:scratch:interruption:)``.
  public static func gcdScratchCapacity(_ aCount: Int, _ bCount: Int) -> Int {
    let size = max(aCount, bCount)
    return 3 * size + 8 + divideScratchCapacity(size, size) + 8 * size
  }

  /// The greatest common divisor of |a| and |b|, by Euclid's algorithm: quadratic.
  public static func gcd(
    _ a: Limbs, _ aCount: Int, _ b: Limbs, _ bCount: Int, into result: MutableLimbs, scratch: MutableLimbs,
    interruption: inout Interruption
  ) -> Int {
    let size = max(aCount, bCount) + 1
    var large = scratch
    var small = scratch + size
    let quotient = scratch + 2 * size
    let rest = quotient + (size + 2)
    var largeCount = aCount
    var smallCount = bCount
    copy(a, aCount, to: large)
    copy(b, bCount, to: small)
    while smallCount > 1 || (smallCount == 1 && largeCount > 1) {
      // The remainder replaces the dividend, which the division has copied.
      let counts = divide(
        large, largeCount, small, smallCount, quotient: quotient, remainder: result, scratch: rest,
        interruption: &interruption)
      if counts.quotient < 0 { return interrupted }
      copy(result, counts.remainder, to: large)
      largeCount = counts.remainder
      swap(&large, &small)
      swap(&largeCount, &smallCount)
    }
    if smallCount == 1 {
      result[0] = gcd(largeCount == 0 ? 0 : large[0], small[0])
      return 1
    }
    copy(large, largeCount, to: result)
    return largeCount
  }

  /// The greatest common divisor of two words.
  public static func gcd(_ a: UInt, _ b: UInt) -> UInt {
    var (a, b) = (a, b)
    if a == 0 || b == 0 { return a | b }
    let shift = min(a.trailingZeroBitCount, b.trailingZeroBitCount)
    a >>= UInt(a.trailingZeroBitCount)
    while b != 0 {
      b >>= UInt(b.trailingZeroBitCount)
      if a > b { swap(&a, &b) }
      b &-= a
    }
    return a << UInt(shift)
  }

  // MARK: Square root

  /// Limbs for an integer square root, and for each of the two temporaries of ``squareRoot(_:_:into:scratch:interruption:)``.
  public static func squareRootCapacity(_ count: Int) -> Int { count / 2 + 3 }

  /// Scratch limbs for ``squareRoot(_:_:into:scratch:interruption:)``.
  public static func squareRootScratchCapacity(_ count: Int) -> Int {
    let half = squareRootCapacity(count)
    return 2 * half + count + 4 + divideScratchCapacity(count + 1, 2) + 9 * half + 192
  }

  /// The largest integer whose square is at most |a|, by Newton's iteration from above.
  public static func squareRoot(
    _ a: Limbs, _ count: Int, into result: MutableLimbs, scratch: MutableLimbs, interruption: inout Interruption
  ) -> Int {
    if count == 0 { return 0 }
    let half = squareRootCapacity(count)
    let remainder = scratch
    let quotient = scratch + half
    let rest = quotient + (count + 4)
    result[0] = 1
    var size = shiftLeft(result, 1, by: (bitLength(a, count) + 1) / 2, into: result)
    while true {
      let counts = divide(
        a, count, result, size, quotient: quotient, remainder: remainder, scratch: rest, interruption: &interruption)
      if counts.quotient < 0 { return interrupted }
      if compareMagnitudes(quotient, counts.quotient, result, size) >= 0 { return size }
      let sum = addMagnitudes(quotient, counts.quotient, result, size, into: quotient)
      size = shiftRightMagnitude(quotient, sum, by: 1, into: result)
    }
  }
}
