// IntegerText.swift — machine integers to text.

/// Fast conversions of machine integers.
public enum IntegerText {
  /// Bytes that any decimal machine integer with its sign fits.
  @inlinable public static var decimalCapacity: Int { @inline(__always) get { 24 } }
  /// Bytes that any machine integer in any radix with its sign fits.
  @inlinable public static var capacity: Int { @inline(__always) get { UInt.bitWidth + 1 } }

  /// Writes a decimal integer; `text` needs ``decimalCapacity`` bytes. Returns the count written.
  public static func writeDecimal(_ value: Int, into text: UnsafeMutablePointer<UInt8>) -> Int {
    text[0] = 45
    let start = value < 0 ? 1 : 0
    return start &+ writeDecimal(value.magnitude, into: text + start)
  }

  /// Writes an unsigned decimal integer; `text` needs ``decimalCapacity`` bytes. Returns the count written.
  public static func writeDecimal(_ value: UInt, into text: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 10 {
      text[0] = 48 &+ UInt8(truncatingIfNeeded: value)
      return 1
    }
    let count = decimalDigitCount(UInt64(value))
    writePadded(UInt64(value), count, text)
    return count
  }

  /// Writes an integer in radix 2 to 36 without prefix; `text` needs ``capacity`` bytes. Returns the count written.
  public static func write(
    _ value: Int, radix: Int, uppercase: Bool = false, into text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if radix == 10 { return writeDecimal(value, into: text) }
    text[0] = 45
    let start = value < 0 ? 1 : 0
    return start &+ write(value.magnitude, radix: radix, uppercase: uppercase, into: text + start)
  }

  /// Writes an unsigned integer in radix 2 to 36; `text` needs ``capacity`` bytes. Returns the count written.
  public static func write(
    _ value: UInt, radix: Int, uppercase: Bool = false, into text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let letters: UInt8 = uppercase ? 55 : 87
    let radix = UInt(truncatingIfNeeded: radix)
    let isBinary = radix & (radix &- 1) == 0
    let bits = UInt(truncatingIfNeeded: radix.trailingZeroBitCount)
    var count = 0
    var rest = value
    repeat {
      rest = isBinary ? rest &>> bits : rest / radix
      count &+= 1
    } while rest != 0
    rest = value
    var index = count
    while index > 0 {
      index &-= 1
      let quotient = isBinary ? rest &>> bits : rest / radix
      let digit = UInt8(truncatingIfNeeded: rest &- quotient &* radix)
      text[index] = digit &+ (digit < 10 ? 48 : letters)
      rest = quotient
    }
    return count
  }

  /// Decimal digits of a number; 1 for zero.
  @inline(__always)
  static func decimalDigitCount(_ value: UInt64) -> Int {
    let guess = ((64 &- (value | 1).leadingZeroBitCount) &* 1233) >> 12
    return guess &+ (value >= smallPowerOfTen(guess) ? 1 : 0) | (value == 0 ? 1 : 0)
  }

  /// Writes exactly `count` digits, leading zeros included; the value has no more.
  static func writePadded(_ value: UInt64, _ count: Int, _ text: UnsafeMutablePointer<UInt8>) {
    var value = value
    var end = count
    // Eight digits at a time, so that the inner loop divides 32-bit words.
    while end > 8 {
      let quotient = value / 100_000_000
      end &-= 8
      writeWord(UInt32(truncatingIfNeeded: value &- quotient &* 100_000_000), 8, text + end)
      value = quotient
    }
    writeWord(UInt32(truncatingIfNeeded: value), end, text)
  }

  @inline(__always)
  private static func writeWord(_ value: UInt32, _ count: Int, _ text: UnsafeMutablePointer<UInt8>) {
    var value = value
    var end = count
    while end >= 2 {
      let quotient = value / 100
      let pair = value &- quotient &* 100
      let tens = (pair &* 103) &>> 10
      end &-= 2
      text[end] = UInt8(truncatingIfNeeded: 48 &+ tens)
      text[end &+ 1] = UInt8(truncatingIfNeeded: 48 &+ pair &- tens &* 10)
      value = quotient
    }
    if end > 0 { text[0] = UInt8(truncatingIfNeeded: 48 &+ value % 10) }
  }
}
