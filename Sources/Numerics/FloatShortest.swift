// FloatShortest.swift — the shortest decimal that reads back as the same number, and of those the closest.
// The method is Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2020): scale the number and its rounding
// interval by a power of ten, rounded to odd, so that two candidate digits strings can be tested with integers.

/// A positive decimal `digits * 10^exponent` without trailing zeros (except for 0).
struct ShortestDecimal {
  var digits: UInt64
  var exponent: Int

  /// The shortest decimal for the positive finite Double with these bits.
  init(doubleBits bits: UInt64) {
    let parts = FloatLayout.double.decode(bits)
    if let small = ShortestDecimal(integer: parts) {
      self = small
      return
    }
    let isNarrow = parts.mantissa == 1 &<< 52 && bits >> 52 > 1
    let k = ShortestDecimal.scale(parts.exponent, isNarrow)
    let power = PowerOfTen(-k)
    let shift = UInt64(truncatingIfNeeded: parts.exponent &+ power.exponent &+ 128)
    // Rounded up, unlike the table.
    let (low, carry) = power.low.addingReportingOverflow(power.isExact ? 0 : 1)
    let high = power.high &+ (carry ? 1 : 0)
    let quad = parts.mantissa &<< 2
    self.init(
      lower: ShortestDecimal.roundToOdd(high, low, (quad &- (isNarrow ? 1 : 2)) &<< shift),
      value: ShortestDecimal.roundToOdd(high, low, quad &<< shift),
      upper: ShortestDecimal.roundToOdd(high, low, (quad &+ 2) &<< shift), isEven: parts.mantissa & 1 == 0, exponent: k)
  }

  /// The shortest decimal for the positive finite Float with these bits.
  init(floatBits bits: UInt32) {
    let parts = FloatLayout.float.decode(UInt64(bits))
    if let small = ShortestDecimal(integer: parts) {
      self = small
      return
    }
    let isNarrow = parts.mantissa == 1 &<< 23 && bits >> 23 > 1
    let k = ShortestDecimal.scale(parts.exponent, isNarrow)
    let power = PowerOfTen(-k)
    let shift = UInt64(truncatingIfNeeded: parts.exponent &+ power.exponent &+ 128)
    let high = power.high &+ (power.low == 0 && power.isExact ? 0 : 1)
    let quad = parts.mantissa &<< 2
    self.init(
      lower: ShortestDecimal.roundToOdd(high, (quad &- (isNarrow ? 1 : 2)) &<< shift),
      value: ShortestDecimal.roundToOdd(high, quad &<< shift),
      upper: ShortestDecimal.roundToOdd(high, (quad &+ 2) &<< shift), isEven: parts.mantissa & 1 == 0, exponent: k)
  }

  /// Integers below 2^53 (2^24) are their own shortest decimals.
  @inline(__always)
  private init?(integer parts: FloatParts) {
    if parts.exponent > 0 || parts.exponent <= -53 { return nil }
    let shift = UInt64(truncatingIfNeeded: 0 &- parts.exponent)
    if parts.mantissa & ((1 &<< shift) &- 1) != 0 { return nil }
    self.digits = parts.mantissa &>> shift
    self.exponent = 0
    stripZeros()
  }

  /// floor(log10(2^exponent)), or of 3/4 of that where the interval below is half as wide.
  @inline(__always)
  private static func scale(_ exponent: Int, _ isNarrow: Bool) -> Int {
    (exponent &* 1_262_611 &- (isNarrow ? 524_031 : 0)) >> 22
  }

  /// The upper 64 bits of `(high, low) * factor`, the last bit set when bits below were.
  @inline(__always)
  private static func roundToOdd(_ high: UInt64, _ low: UInt64, _ factor: UInt64) -> UInt64 {
    let lower = multiplyWide(low, factor)
    let upper = multiplyWide(high, factor)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    return (upper.high &+ (carry ? 1 : 0)) | (middle > 1 ? 1 : 0)
  }

  @inline(__always)
  private static func roundToOdd(_ high: UInt64, _ factor: UInt64) -> UInt64 {
    let product = multiplyWide(high, factor)
    return product.high | (product.low >> 32 > 1 ? 1 : 0)
  }

  /// Chooses among the candidates; all bounds are in quarters of 10^exponent.
  @inline(__always)
  private init(lower: UInt64, value: UInt64, upper: UInt64, isEven: Bool, exponent: Int) {
    let lower = isEven ? lower : lower &+ 1
    let upper = isEven ? upper : upper &- 1
    let whole = value / 4
    self.exponent = exponent
    if whole >= 10 {
      let short = whole / 10
      let isLowInside = lower <= 40 &* short
      let isHighInside = 40 &* short &+ 40 <= upper
      if isLowInside != isHighInside {
        self.digits = short &+ (isHighInside ? 1 : 0)
        self.exponent = exponent &+ 1
        stripZeros()
        return
      }
    }
    let isLowInside = lower <= 4 &* whole
    let isHighInside = 4 &* whole &+ 4 <= upper
    if isLowInside != isHighInside {
      self.digits = whole &+ (isHighInside ? 1 : 0)
    } else {
      let middle = 4 &* whole &+ 2
      self.digits = whole &+ (value > middle || (value == middle && whole & 1 != 0) ? 1 : 0)
    }
    stripZeros()
  }

  @inline(__always)
  private mutating func stripZeros() {
    if digits == 0 { return }
    while digits >= 100_000_000 {
      let quotient = digits / 100_000_000
      if quotient &* 100_000_000 != digits { break }
      digits = quotient
      exponent &+= 8
    }
    while true {
      let quotient = digits / 10
      if quotient &* 10 != digits { return }
      digits = quotient
      exponent &+= 1
    }
  }
}
