// FloatText+Parse.swift — decimal text to floats, correctly rounded.
//
// Up to 19 digits and a power of ten: exact in hardware when both are small, else one 64 x 128 bit product as a lower bound and
// an upper one beside it (Eisel and Lemire's idea). Where both round alike, done. The rest, about never for short input, compares
// all digits with the half-way point between the two candidates in big integers.

extension FloatText {
  /// Reads Python's `float()` grammar without surrounding white space: sign, digits with single underscores between them,
  /// point, exponent, `inf`, `infinity`, `nan` in any case. Nil when the text is no number.
  public static func parseDouble(_ text: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    parse(text, count)
  }

  /// The same to single precision, rounded once.
  public static func parseFloat(_ text: UnsafePointer<UInt8>, _ count: Int) -> Float? {
    parse(text, count)
  }

  /// As ``parseDouble(_:_:)``, with white space around the number.
  public static func parseDoubleTrimmed(_ text: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    let (start, end) = Utf8.trim(text, count)
    return parse(text + start, end - start)
  }

  /// As ``parseFloat(_:_:)``, with white space around the number.
  public static func parseFloatTrimmed(_ text: UnsafePointer<UInt8>, _ count: Int) -> Float? {
    let (start, end) = Utf8.trim(text, count)
    return parse(text + start, end - start)
  }

  @inline(__always)
  private static func parse<F: BinaryFormat>(_ text: UnsafePointer<UInt8>, _ count: Int) -> F? {
    var start = 0
    var sign: UInt64 = 0
    if count > 0 && (text[0] == 45 || text[0] == 43) {
      if text[0] == 45 { sign = (F.layout.infinity &>> UInt64(F.layout.significandBits) &+ 1) &<< UInt64(F.layout.significandBits) }
      start = 1
    }
    let digits = text + start
    let length = count - start
    if length > 0 && Ascii.isAlpha(digits[0]) {
      guard let special = special(digits, length, F.layout) else { return nil }
      return F(layoutBits: special | sign)
    }
    guard let scan = DecimalScan(digits, length) else { return nil }
    return F(layoutBits: convert(scan, F.self) | sign)
  }

  /// The bits of `inf`, `infinity` or `nan`.
  private static func special(_ text: UnsafePointer<UInt8>, _ count: Int, _ layout: FloatLayout) -> UInt64? {
    if Ascii.equalsIgnoringCase(text, count, "inf") || Ascii.equalsIgnoringCase(text, count, "infinity") {
      return layout.infinity
    }
    if Ascii.equalsIgnoringCase(text, count, "nan") { return layout.infinity | 1 << UInt64(layout.significandBits - 1) }
    return nil
  }

  @inline(__always)
  private static func convert<F: BinaryFormat>(_ scan: DecimalScan, _ format: F.Type) -> UInt64 {
    let power = scan.exponent
    if scan.mantissa == 0 { return 0 }
    if !scan.isCut && scan.mantissa >> UInt64(F.layout.significandBits + 1) == 0 && abs(power) <= F.exactPower {
      return F.scaled(scan.mantissa, power)
    }
    return convert(scan, power, F.layout)
  }

  /// The general case.
  private static func convert(_ scan: DecimalScan, _ power: Int, _ layout: FloatLayout) -> UInt64 {
    if power > 309 { return layout.infinity }
    if power < -345 { return 0 }
    let ten = PowerOfTen(power)
    let shift = scan.mantissa.leadingZeroBitCount
    let mantissa = scan.mantissa << UInt64(shift)
    let upper = multiplyWide(mantissa, ten.high)
    let lower = multiplyWide(mantissa, ten.low)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    let top = upper.high &+ (carry ? 1 : 0)
    let exponent = ten.exponent &+ 128 &- shift
    let isExact = ten.isExact && !scan.isCut
    let low = encode(top, middle, exponent, sticky: lower.low != 0 || !isExact, layout)
    if isExact { return low }
    // Above by two units of `middle` for the power's rounding, and by one digit when digits were cut off.
    var (highMiddle, overflow) = middle.addingReportingOverflow(2)
    var highTop = top &+ (overflow ? 1 : 0)
    if scan.isCut {
      highMiddle = UInt64.max
      (highTop, overflow) = highTop.addingReportingOverflow((1 << UInt64(shift)) &+ 1)
    } else {
      overflow = highTop < top
    }
    if !overflow && encode(highTop, highMiddle, exponent, sticky: true, layout) == low { return low }
    if !scan.isCut, let exact = divideExactly(scan.mantissa, power, layout) { return exact }
    return scan.resolve(low, layout)
  }

  /// Numbers such as 1.25e-3: where the power of five divides the digits, the value is exact in binary.
  private static func divideExactly(_ mantissa: UInt64, _ power: Int, _ layout: FloatLayout) -> UInt64? {
    if power >= 0 || power < -27 { return nil }
    let five = smallPowerOfFive(-power)
    let quotient = mantissa / five
    if quotient &* five != mantissa { return nil }
    let shift = quotient.leadingZeroBitCount
    return layout.encode(quotient << UInt64(shift), exponent: power - shift, sticky: false)
  }

  @inline(__always)
  private static func encode(
    _ top: UInt64, _ middle: UInt64, _ exponent: Int, sticky: Bool, _ layout: FloatLayout
  ) -> UInt64 {
    if top >> 63 != 0 { return layout.encode(top, exponent: exponent, sticky: sticky || middle != 0) }
    return layout.encode(
      top &<< 1 | middle &>> 63, exponent: exponent &- 1, sticky: sticky || middle &<< 1 != 0)
  }
}

/// A decimal number taken apart: `mantissa * 10^exponent`, more digits following when `isCut`.
private struct DecimalScan {
  private(set) var mantissa: UInt64 = 0
  private(set) var exponent = 0
  /// True when nonzero digits did not fit the mantissa.
  private(set) var isCut = false

  private let text: UnsafePointer<UInt8>
  /// Where the digits and the point end.
  private var end = 0
  private var kept = 0

  /// Scans all of the text; nil when it is not a number.
  @inline(__always)
  init?(_ text: UnsafePointer<UInt8>, _ count: Int) {
    self.text = text
    var index = 0
    var digits = 0
    var hasPoint = false
    while index < count {
      let byte = text[index]
      let digit = byte &- 48
      if digit < 10 {
        take(digit, afterPoint: hasPoint)
        digits &+= 1
      } else if byte == 46 && !hasPoint {
        hasPoint = true
      } else if byte != 95 || !DecimalScan.isBetweenDigits(text, index, count) {
        break
      }
      index &+= 1
    }
    if digits == 0 { return nil }
    end = index
    if index == count { return }
    if text[index] | 32 != 101 { return nil }
    guard let power = DecimalScan.scanExponent(text, index &+ 1, count) else { return nil }
    exponent &+= power
  }

  @inline(__always)
  private mutating func take(_ digit: UInt8, afterPoint: Bool) {
    if kept < 19 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      if mantissa != 0 { kept &+= 1 }
      if afterPoint { exponent &-= 1 }
    } else {
      if digit != 0 { isCut = true }
      if !afterPoint { exponent &+= 1 }
    }
  }

  private static func isBetweenDigits(_ text: UnsafePointer<UInt8>, _ index: Int, _ count: Int) -> Bool {
    index > 0 && index + 1 < count && Ascii.isDigit(text[index - 1]) && Ascii.isDigit(text[index + 1])
  }

  /// The exponent's digits up to the end; huge ones saturate.
  private static func scanExponent(_ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
    var index = start
    var isNegative = false
    if index < count && (text[index] == 43 || text[index] == 45) {
      isNegative = text[index] == 45
      index += 1
    }
    if index >= count { return nil }
    var value = 0
    while index < count {
      let digit = text[index] &- 48
      if digit < 10 {
        if value < 100_000_000 { value = value &* 10 &+ Int(digit) }
      } else if text[index] != 95 || !isBetweenDigits(text, index, count) {
        return nil
      }
      index += 1
    }
    return isNegative ? -value : value
  }

  // MARK: The exact comparison

  /// Digits that can matter: a half-way point between Doubles has at most 768.
  private static var significant: Int { 800 }
  /// Limbs for each side.
  private static var capacity: Int { 3200 / UInt.bitWidth }

  /// Chooses between the number with the bits `low` and its successor by comparing all digits with the point half-way.
  @inline(never)
  func resolve(_ low: UInt64, _ layout: FloatLayout) -> UInt64 {
    if low >= layout.infinity { return low }
    var order = 0
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * DecimalScan.capacity) { memory in
      guard let base = memory.baseAddress else { return }
      order = compareHalfway(low, layout, base, base + DecimalScan.capacity)
    }
    if order == 0 { return low + (low & 1) }
    return order < 0 ? low : low + 1
  }

  /// Compares the decimal (left) with the half-way point (right), both scaled to integers.
  private func compareHalfway(
    _ low: UInt64, _ layout: FloatLayout, _ left: UnsafeMutablePointer<UInt>, _ right: UnsafeMutablePointer<UInt>
  ) -> Int {
    let parts = layout.decode(low)
    var (leftCount, power) = readDigits(left)
    var rightCount = BigInteger.store(parts.mantissa &* 2 &+ 1, into: right)
    if power >= 0 {
      leftCount = multiplyByFives(left, leftCount, power)
    } else {
      rightCount = multiplyByFives(right, rightCount, -power)
    }
    // Both sides lack their powers of two: `power` on the left, the exponent less one on the right.
    let shift = power - (parts.exponent - 1)
    if shift > 0 {
      leftCount = shiftClamped(left, leftCount, shift)
    } else {
      rightCount = shiftClamped(right, rightCount, -shift)
    }
    return BigInteger.compareMagnitudes(left, leftCount, right, rightCount)
  }

  /// All digits as an integer, and the power of ten it is to be multiplied by.
  private func readDigits(_ result: UnsafeMutablePointer<UInt>) -> (count: Int, power: Int) {
    var count = 0
    var taken = 0
    var power = exponent
    var hasMore = false
    var index = 0
    while index < end {
      let digit = text[index] &- 48
      index += 1
      if digit >= 10 || (taken == 0 && digit == 0) { continue }
      if taken < DecimalScan.significant {
        count = BigInteger.multiplySmall(result, count, by: 10, adding: UInt(digit), into: result)
        // `exponent` belongs to the mantissa's digits; each one beyond them lowers it.
        if taken >= kept { power -= 1 }
        taken += 1
      } else if digit != 0 {
        hasMore = true
      }
    }
    if hasMore {
      count = BigInteger.multiplySmall(result, count, by: 10, adding: 1, into: result)
      power -= 1
    }
    return (count, power)
  }

  private func multiplyByFives(_ limbs: UnsafeMutablePointer<UInt>, _ count: Int, _ power: Int) -> Int {
    let step = UInt.bitWidth == 64 ? 27 : 13
    var count = count
    var left = power
    while left > 0 {
      let now = min(left, step)
      count = BigInteger.multiplySmall(limbs, count, by: UInt(truncatingIfNeeded: smallPowerOfFive(now)), into: limbs)
      left -= now
    }
    return count
  }

  /// Both sides are within a factor of two of each other, so the shifted one fits the memory as the other does.
  private func shiftClamped(_ limbs: UnsafeMutablePointer<UInt>, _ count: Int, _ bits: Int) -> Int {
    if BigInteger.shiftLeftCapacity(count, bits) > DecimalScan.capacity { return DecimalScan.capacity + 1 }
    return BigInteger.shiftLeft(limbs, count, by: bits, into: limbs)
  }
}
