// FloatText+Format.swift — %e, %f and %g with any precision, rounded half to even on the exact decimal value.
//
// Digits come from FloatDigits (one multiplication for up to 17 of them, exact arithmetic otherwise) and are written one byte
// to the right of the output's start; the layouts below then open the gaps in place.

extension FloatText {
  /// Bytes that ``formatFloat(_:code:precision:alternate:into:)-(Double,_,_,_,_)`` may write for this value.
  public static func formatCapacity(_ value: Double, code: UInt8, precision: Int) -> Int {
    capacity(FloatLayout.double, value.bitPattern, code, precision)
  }

  /// Bytes that ``formatFloat(_:code:precision:alternate:into:)-(Float,_,_,_,_)`` may write for this value.
  public static func formatCapacity(_ value: Float, code: UInt8, precision: Int) -> Int {
    capacity(FloatLayout.float, UInt64(value.bitPattern), code, precision)
  }

  /// Writes |value| as C's printf does for `%.<precision><code>`: code is `e`, `f`, `g` or upper-case; `alternate` is the `#`
  /// flag. The sign is the caller's. `text` needs ``formatCapacity(_:code:precision:)-(Double,_,_)`` bytes; returns the count.
  public static func formatFloat(
    _ value: Double, code: UInt8, precision: Int, alternate: Bool, into text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    format(FloatLayout.double, value.bitPattern & ~(1 << 63), code, precision, alternate, text)
  }

  /// As for Double: the exact value of the Float is formatted.
  public static func formatFloat(
    _ value: Float, code: UInt8, precision: Int, alternate: Bool, into text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    format(FloatLayout.float, UInt64(value.bitPattern & ~(1 << 31)), code, precision, alternate, text)
  }

  private static func capacity(_ layout: FloatLayout, _ bits: UInt64, _ code: UInt8, _ precision: Int) -> Int {
    var integerDigits = 1
    if code | 32 == 102 {
      let parts = layout.decode(bits)
      integerDigits = max((parts.exponent + 64) / 3, 1)
    }
    return precision + integerDigits + 48
  }

  private static func format(
    _ layout: FloatLayout, _ bits: UInt64, _ code: UInt8, _ precision: Int, _ alternate: Bool,
    _ text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let uppercase = code & 32 == 0
    if bits >= layout.infinity { return writeSpecial(isNaN: bits > layout.infinity, isZero: false, uppercase: uppercase, text) }
    let parts = layout.decode(bits)
    let letter: UInt8 = uppercase ? 69 : 101
    switch code | 32 {
    case 101:
      let digits = FloatDigits(parts, significant: precision + 1, into: text + 1)
      return writeScientific(digits, precision, alternate, letter, text)
    case 102:
      let digits = FloatDigits(parts, decimals: precision, into: text + 1)
      return writePositional(digits, precision, alternate, text)
    default:
      return formatGeneral(parts, max(precision, 1), alternate, letter, text)
    }
  }

  /// %g: the exponent after rounding chooses the layout; trailing zeros go unless `alternate`.
  private static func formatGeneral(
    _ parts: FloatParts, _ precision: Int, _ alternate: Bool, _ letter: UInt8, _ text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var digits = FloatDigits(parts, significant: precision, into: text + 1)
    if !alternate { digits.stripZeros(text + 1) }
    if digits.exponent < -4 || digits.exponent >= precision {
      let decimals = alternate ? precision - 1 : max(digits.count - 1, 0)
      return writeScientific(digits, decimals, alternate, letter, text)
    }
    let decimals = alternate ? precision - 1 - digits.exponent : max(digits.count - 1 - digits.exponent, 0)
    return writePositional(digits, decimals, alternate, text)
  }

  /// Lays out digits at `text + 1` as `d.ddde+XX`.
  private static func writeScientific(
    _ digits: FloatDigits, _ decimals: Int, _ alternate: Bool, _ letter: UInt8, _ text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let missing = decimals + 1 - digits.count
    if missing > 0 { fill(text + (1 + digits.count), missing) }
    text[0] = text[1]
    text[1] = 46
    let length = decimals > 0 || alternate ? decimals + 2 : 1
    return length + writeExponent(digits.exponent, letter, text + length)
  }

  /// Lays out digits at `text + 1` as `ddd.ddd`.
  private static func writePositional(
    _ digits: FloatDigits, _ decimals: Int, _ alternate: Bool, _ text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let hasPoint = decimals > 0 || alternate
    if digits.count == 0 || digits.exponent < 0 {
      // 0.000ddd
      let zeros = digits.count == 0 ? decimals : min(-digits.exponent - 1, decimals)
      let kept = min(digits.count, decimals - zeros)
      (text + (2 + zeros)).update(from: text + 1, count: kept)
      text[0] = 48
      text[1] = 46
      fill(text + 2, zeros)
      fill(text + (2 + zeros + kept), decimals - zeros - kept)
      return hasPoint ? decimals + 2 : 1
    }
    let integers = digits.exponent + 1
    let missing = integers + decimals - digits.count
    if missing > 0 { fill(text + (1 + digits.count), missing) }
    text.update(from: text + 1, count: integers)
    text[integers] = 46
    return hasPoint ? integers + 1 + decimals : integers
  }
}
