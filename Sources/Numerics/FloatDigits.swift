// FloatDigits.swift — the leading decimal digits of a binary floating-point number, correctly rounded half to even.

/// Digits written to memory: the first has the weight 10^exponent and is not zero. No digits at all stand for zero. Fewer than
/// asked for means that the rest are zeros.
struct FloatDigits {
  private(set) var count: Int
  private(set) var exponent: Int

  /// At most this many digits come from one multiplication.
  private static var fastDigits: Int { 17 }

  /// Rounds to `wanted` significant digits (1 or more). `text` needs `wanted + 20` bytes.
  init(_ parts: FloatParts, significant wanted: Int, into text: UnsafeMutablePointer<UInt8>) {
    self.count = 0
    self.exponent = 0
    if parts.mantissa == 0 { return }
    if wanted <= FloatDigits.fastDigits && writeFast(parts, wanted, text) { return }
    writeExact(parts, wanted: wanted, decimals: nil, text)
  }

  /// Rounds to `decimals` digits after the point. `text` needs the number's integer digits and `decimals + 20` bytes.
  init(_ parts: FloatParts, decimals: Int, into text: UnsafeMutablePointer<UInt8>) {
    self.count = 0
    self.exponent = 0
    if parts.mantissa == 0 { return }
    let digits = FloatDigits.estimateExponent(parts) + 2 + decimals
    if digits <= FloatDigits.fastDigits && decimals <= 340 {
      if digits < -2 { return }
      if writeFast(parts, decimals: decimals, text) { return }
    }
    writeExact(parts, wanted: 0, decimals: decimals, text)
  }

  /// Removes trailing zeros.
  mutating func stripZeros(_ text: UnsafeMutablePointer<UInt8>) {
    while count > 1 && text[count &- 1] == 48 { count &-= 1 }
  }

  // MARK: One multiplication

  /// floor(log10(value)) or one less.
  private static func estimateExponent(_ parts: FloatParts) -> Int {
    ((63 &- parts.mantissa.leadingZeroBitCount &+ parts.exponent) &* 1_262_611) >> 22
  }

  private mutating func writeFast(_ parts: FloatParts, _ wanted: Int, _ text: UnsafeMutablePointer<UInt8>) -> Bool {
    var estimate = FloatDigits.estimateExponent(parts)
    let limit = smallPowerOfTen(wanted)
    while true {
      guard let scaled = FloatDigits.scale(parts, wanted &- 1 &- estimate) else { return false }
      if scaled.floor >= limit {
        estimate &+= 1
        continue
      }
      var digits = scaled.rounded
      if digits == limit {
        digits = limit / 10
        estimate &+= 1
      }
      IntegerText.writePadded(digits, wanted, text)
      count = wanted
      exponent = estimate
      return true
    }
  }

  private mutating func writeFast(_ parts: FloatParts, decimals: Int, _ text: UnsafeMutablePointer<UInt8>) -> Bool {
    guard let scaled = FloatDigits.scale(parts, decimals) else { return false }
    if scaled.rounded == 0 { return true }
    count = IntegerText.decimalDigitCount(scaled.rounded)
    exponent = count &- 1 &- decimals
    IntegerText.writePadded(scaled.rounded, count, text)
    return true
  }

  /// `value * 10^power`, below 2^62: its floor and its rounding; nil when 128 bits do not decide.
  private static func scale(_ parts: FloatParts, _ power: Int) -> (floor: UInt64, rounded: UInt64)? {
    let shift = UInt64(truncatingIfNeeded: parts.mantissa.leadingZeroBitCount)
    let mantissa = parts.mantissa &<< shift
    let ten = PowerOfTen(power)
    let upper = multiplyWide(mantissa, ten.high)
    let lower = multiplyWide(mantissa, ten.low)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    let top = upper.high &+ (carry ? 1 : 0)
    // The product is (top, middle, lower.low) with the point `cut` bits from top's lowest bit.
    let cut = 0 &- (parts.exponent &- Int(shift) &+ ten.exponent &+ 128)
    if cut < 1 || cut > 126 { return nil }
    var floor: UInt64 = 0
    var fraction = top
    var isRestZero = middle == 0 && lower.low == 0
    if cut < 64 {
      floor = top &>> UInt64(cut)
      fraction = top &<< UInt64(64 &- cut) | middle &>> UInt64(cut)
      isRestZero = middle &<< UInt64(64 &- cut) == 0 && lower.low == 0
    } else if cut > 64 {
      isRestZero = isRestZero && top &<< UInt64(128 &- cut) == 0
      fraction = top &>> UInt64(cut &- 64)
    }
    let half: UInt64 = 1 << 63
    if ten.isExact {
      let isTie = fraction == half && isRestZero
      return (floor, floor &+ (isTie ? floor & 1 : fraction >= half ? 1 : 0))
    }
    // The true product is above this one by less than two units of `middle`.
    if fraction < half && fraction >= half &- 3 { return nil }
    if fraction >= UInt64.max &- 3 { return nil }
    if fraction == half && cut > 64 { return nil }
    return (floor, floor &+ (fraction >= half ? 1 : 0))
  }

  // MARK: Exact

  private mutating func writeExact(
    _ parts: FloatParts, wanted: Int, decimals: Int?, _ text: UnsafeMutablePointer<UInt8>
  ) {
    let size = 1024 / UInt.bitWidth + 4
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: 3 * size + 4) { memory in
      guard let base = memory.baseAddress else { return }
      var source = DecimalSource(parts, whole: base, fraction: base + size, chunks: base + (2 * size + 4))
      collect(&source, wanted: wanted, decimals: decimals, text)
    }
  }

  /// Takes chunks of digits from the source until there is one more than wanted, then rounds.
  private mutating func collect(
    _ source: inout DecimalSource, wanted: Int, decimals: Int?, _ text: UnsafeMutablePointer<UInt8>
  ) {
    var wanted = wanted
    var isStarted = false
    while !source.isExhausted {
      let weight = source.exponent
      let chunk = source.next()
      if !isStarted {
        if chunk == 0 {
          // Only fractions start with zeros: stop when the digits wanted have passed.
          if let decimals, weight < -decimals - 20 { return }
          continue
        }
        isStarted = true
        count = IntegerText.decimalDigitCount(UInt64(chunk))
        exponent = weight - (DecimalSource.digits - count)
        if let decimals { wanted = exponent + 1 + decimals }
        if wanted < 0 {
          count = 0
          return
        }
        IntegerText.writePadded(UInt64(chunk), count, text)
      } else {
        IntegerText.writePadded(UInt64(chunk), DecimalSource.digits, text + count)
        count += DecimalSource.digits
      }
      if count > wanted { break }
    }
    if count > wanted { round(to: wanted, hasMore: !source.isExhausted, keepsCount: decimals == nil, text) }
  }

  /// Cuts to `wanted` digits; `hasMore` tells of nonzero digits beyond those in memory.
  private mutating func round(to wanted: Int, hasMore: Bool, keepsCount: Bool, _ text: UnsafeMutablePointer<UInt8>) {
    let digit = text[wanted]
    var isAboveHalf = digit > 53 || hasMore
    var index = wanted + 1
    while !isAboveHalf && index < count {
      isAboveHalf = text[index] != 48
      index += 1
    }
    let isOdd = wanted > 0 && text[wanted - 1] & 1 != 0
    let roundsUp = digit >= 53 && (isAboveHalf || isOdd)
    count = wanted
    if !roundsUp { return }
    index = wanted
    while index > 0 {
      index -= 1
      if text[index] != 57 {
        text[index] += 1
        return
      }
      text[index] = 48
    }
    // All nines: a one and zeros.
    exponent += 1
    if !keepsCount || wanted == 0 {
      text[wanted] = 48
      count = wanted + 1
    }
    text[0] = 49
  }
}

/// All decimal digits of a number, a limb's worth at a time from the top.
private struct DecimalSource {
  /// Digits in a chunk.
  static var digits: Int { @inline(__always) get { UInt.bitWidth == 64 ? 19 : 9 } }
  private static var base: UInt { @inline(__always) get { UInt(truncatingIfNeeded: smallPowerOfTen(digits)) } }

  private let chunks: UnsafeMutablePointer<UInt>
  private var chunkCount = 0
  private var fraction: UnsafeMutablePointer<UInt>
  private var fractionCount = 0
  /// The weight of the next chunk's first digit.
  private(set) var exponent = 0

  /// Splits a number; the memories hold 1024, 1074 and 1024 bits with some room.
  init(
    _ parts: FloatParts, whole: UnsafeMutablePointer<UInt>, fraction: UnsafeMutablePointer<UInt>,
    chunks: UnsafeMutablePointer<UInt>
  ) {
    self.chunks = chunks
    self.fraction = fraction
    var count = BigInteger.store(parts.mantissa, into: whole)
    if parts.exponent >= 0 {
      count = BigInteger.shiftLeft(whole, count, by: parts.exponent, into: whole)
    } else {
      splitFraction(parts.mantissa, -parts.exponent)
      let low = UInt64(truncatingIfNeeded: -parts.exponent)
      count = BigInteger.store(low < 64 ? parts.mantissa >> low : 0, into: whole)
    }
    while count > 0 {
      chunks[chunkCount] = BigInteger.divideSmall(whole, count, by: DecimalSource.base, quotient: whole)
      chunkCount += 1
      count = BigInteger.normalized(whole, count)
    }
    exponent = chunkCount * DecimalSource.digits - 1
  }

  /// Sets the fraction to the low `bits` bits of the mantissa over 2^bits, the point above the top limb.
  private mutating func splitFraction(_ mantissa: UInt64, _ bits: Int) {
    fractionCount = (bits + UInt.bitWidth - 1) / UInt.bitWidth
    BigInteger.clear(fraction, fractionCount + 3)
    let low = bits < 64 ? mantissa & ((1 << UInt64(bits)) - 1) : mantissa
    let count = BigInteger.store(low, into: fraction)
    _ = BigInteger.shiftLeft(fraction, count, by: fractionCount * UInt.bitWidth - bits, into: fraction)
    trim()
  }

  /// Drops low zero limbs.
  private mutating func trim() {
    while fractionCount > 0 && fraction[0] == 0 {
      fraction += 1
      fractionCount -= 1
    }
  }

  /// True when all that follows are zeros.
  var isExhausted: Bool {
    if fractionCount > 0 { return false }
    var index = 0
    while index < chunkCount {
      if chunks[index] != 0 { return false }
      index += 1
    }
    return true
  }

  /// The next chunk of digits.
  mutating func next() -> UInt {
    exponent -= DecimalSource.digits
    if chunkCount > 0 {
      chunkCount -= 1
      return chunks[chunkCount]
    }
    let chunk = BigInteger.multiplyRow(fraction, fraction, fractionCount, DecimalSource.base, 0)
    trim()
    return chunk
  }
}
