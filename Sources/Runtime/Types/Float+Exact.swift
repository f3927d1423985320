// The exact value of a float: as a ratio of integers, and as hexadecimal text.

import Numerics
import Platform

/// A finite float as `significand * 2 ** exponent`, without sign.
private struct ExactFloat {
  var significand: UInt64
  var exponent: Int
  init(_ float: PyFloat) {
    let fraction = UInt64(float.significandBitPattern)
    let bits = PyFloat.significandBitCount
    let field = Int(float.exponentBitPattern)
    let bias = (1 &<< (PyFloat.exponentBitCount &- 1)) &- 1
    significand = field == 0 ? fraction : fraction | 1 &<< UInt64(bits)
    exponent = (field == 0 ? 1 : field) &- bias &- bits
  }
}

extension VM {
  /// `float.as_integer_ratio()`: a tuple of numerator and denominator in lowest terms.
  func integerRatio(_ float: PyFloat) throws(PyError) -> Value {
    if float.isNaN { try raise(.valueError, "cannot convert NaN to integer ratio") }
    if float.isInfinite { try raise(.overflowError, "cannot convert Infinity to integer ratio") }
    if float == 0 { return try newTuple(Value(smallInt: 0), Value(smallInt: 1)) }
    var exact = ExactFloat(float)
    let zeros = exact.significand.trailingZeroBitCount
    exact.significand &>>= UInt64(zeros)
    exact.exponent &+= zeros
    var numerator = try newInt(exact.significand)
    var denominator = Value(smallInt: 1)
    if exact.exponent > 0 {
      numerator = try intBinary(.shiftLeft, numerator, Value(smallInt: exact.exponent))
    } else {
      denominator = try intBinary(.shiftLeft, denominator, Value(smallInt: 0 &- exact.exponent))
    }
    if float < 0 { numerator = try negatedInt(numerator) }
    return try newTuple(numerator, denominator)
  }

  /// `float.hex()`.
  func hexadecimalText(_ float: PyFloat) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    if !float.isFinite {
      try appendFloat(float, to: &builder)
      return try builder.finish()
    }
    if float.sign == .minus { try builder.append(byte: 45) }
    if float == 0 {
      try builder.append("0x0.0p+0")
      return try builder.finish()
    }
    let exact = ExactFloat(float)
    let bits = PyFloat.significandBitCount
    // Whole hexadecimal digits after the point.
    let digits = (bits &+ 3) / 4
    var fraction = exact.significand &<< UInt64(digits &* 4 &- bits)
    try builder.append(fraction &>> UInt64(digits &* 4) == 0 ? "0x0." : "0x1.")
    for _ in 0..<digits {
      let digit = UInt8(truncatingIfNeeded: fraction &>> UInt64(digits &* 4 &- 4)) & 15
      try builder.append(byte: digit < 10 ? 48 &+ digit : 87 &+ digit)
      fraction &<<= 4
    }
    let exponent = exact.exponent &+ bits
    try builder.append(exponent < 0 ? "p" : "p+")
    try builder.append(decimal: exponent)
    return try builder.finish()
  }

  /// `float.fromhex(text)`, correctly rounded. ValueError for malformed text, OverflowError beyond the range.
  func parseHexadecimal(_ text: Text) throws(PyError) -> PyFloat {
    let (start, end) = Utf8.trim(text.start, text.count)
    var reader = HexadecimalReader(Text(start: text.start + start, count: end &- start, isASCII: text.isASCII))
    guard let float = reader.read() else { try raise(.valueError, "invalid hexadecimal floating-point string") }
    if float.isInfinite && !reader.isNamed { try raise(.overflowError, "hexadecimal value too large to represent as a float") }
    return float
  }
}

/// Reads `[sign] [0x] digits [. digits] [p exponent]`, `inf` and `nan`.
private struct HexadecimalReader {
  let text: Text
  var position = 0
  /// True after `inf` and `nan`.
  var isNamed = false
  private var significand: UInt64 = 0
  /// Bits were lost below the significand.
  private var isCut = false
  private var exponent = 0

  init(_ text: Text) { self.text = text }

  private var byte: UInt8 { position < text.count ? text[position] : 0 }

  mutating func read() -> PyFloat? {
    let isNegative = byte == 45
    if byte == 45 || byte == 43 { position &+= 1 }
    let magnitude: PyFloat
    if Ascii.toLower(byte) == 105 || Ascii.toLower(byte) == 110 {
      isNamed = true
      guard let named = FloatText.parsePyFloat(text.start + position, text.count &- position) else { return nil }
      magnitude = named
    } else {
      guard readNumber() else { return nil }
      magnitude = assembled()
    }
    return isNegative ? -magnitude : magnitude
  }

  private mutating func readNumber() -> Bool {
    if byte == 48 && position &+ 1 < text.count && text[position &+ 1] | 32 == 120 { position &+= 2 }
    var digits = readDigits(isFraction: false)
    if byte == 46 {
      position &+= 1
      digits &+= readDigits(isFraction: true)
    }
    if digits == 0 { return false }
    if byte | 32 == 112 {
      position &+= 1
      guard readExponent() else { return false }
    }
    return position == text.count
  }

  private mutating func readDigits(isFraction: Bool) -> Int {
    let start = position
    while position < text.count && Ascii.isHexDigit(text[position]) {
      let digit = UInt64(Ascii.digitValue(text[position]))
      if significand &>> 59 == 0 {
        significand = significand &<< 4 | digit
        if isFraction { exponent &-= 4 }
      } else {
        if digit != 0 { isCut = true }
        if !isFraction { exponent &+= 4 }
      }
      position &+= 1
    }
    return position &- start
  }

  private mutating func readExponent() -> Bool {
    let isNegative = byte == 45
    if byte == 45 || byte == 43 { position &+= 1 }
    let start = position
    var value = 0
    while Ascii.isDigit(byte) {
      // Far beyond any float; more digits change nothing.
      if value < 100_000_000 { value = value &* 10 &+ Int(byte &- 48) }
      position &+= 1
    }
    exponent &+= isNegative ? 0 &- value : value
    return position > start
  }

  /// `significand * 2 ** exponent`, rounded half to even.
  private func assembled() -> PyFloat {
    if significand == 0 { return 0 }
    let length = 64 &- significand.leadingZeroBitCount
    let bias = (1 &<< (PyFloat.exponentBitCount &- 1)) &- 1
    let top = exponent &+ length &- 1
    if top > bias { return .infinity }
    // Denormal numbers have fewer bits.
    let precision = min(PyFloat.significandBitCount &+ 1, top &+ bias &+ PyFloat.significandBitCount)
    if precision < 0 { return 0 }
    let drop = length &- precision
    if drop <= 0 { return platform_ldexp(PyFloat(significand), Int32(truncatingIfNeeded: exponent)) }
    var kept = drop >= 64 ? 0 : significand &>> UInt64(drop)
    let half: UInt64 = 1 &<< UInt64(drop &- 1)
    let rest = drop >= 64 ? significand : significand & (half &<< 1 &- 1)
    if rest > half || rest == half && (isCut || kept & 1 != 0) { kept &+= 1 }
    return platform_ldexp(PyFloat(kept), Int32(truncatingIfNeeded: exponent &+ drop))
  }
}
