// FloatText.swift — floats to text as Python's repr does. Formatting with a precision: FloatText+Format. Reading: FloatText+Parse.

/// Conversions between floating-point numbers and text; all correctly rounded.
public enum FloatText {
  /// Bytes that any `repr` fits.
  @inlinable public static var reprCapacity: Int { @inline(__always) get { 48 } }

  /// Python's `repr(value)`: `0.1`, `1e+16`, `-0.0`, `inf`. `text` needs ``reprCapacity`` bytes; returns the count written.
  public static func repr(_ value: Double, into text: UnsafeMutablePointer<UInt8>) -> Int {
    let bits = value.bitPattern
    let magnitude = bits & ~(1 << 63)
    let start = writeSign(bits >> 63 != 0 && value == value, text)
    if magnitude >= FloatLayout.double.infinity || magnitude == 0 {
      return start &+ writeSpecial(isNaN: value != value, isZero: magnitude == 0, text + start)
    }
    return start &+ writeRepr(ShortestDecimal(doubleBits: magnitude), text + start)
  }

  /// The same for single precision: the shortest text that reads back as the same Float.
  public static func repr(_ value: Float, into text: UnsafeMutablePointer<UInt8>) -> Int {
    let bits = value.bitPattern
    let magnitude = bits & ~(1 << 31)
    let start = writeSign(bits >> 31 != 0 && value == value, text)
    if magnitude >= UInt32(FloatLayout.float.infinity) || magnitude == 0 {
      return start &+ writeSpecial(isNaN: value != value, isZero: magnitude == 0, text + start)
    }
    return start &+ writeRepr(ShortestDecimal(floatBits: magnitude), text + start)
  }

  @inline(__always)
  private static func writeSign(_ isNegative: Bool, _ text: UnsafeMutablePointer<UInt8>) -> Int {
    text[0] = 45
    return isNegative ? 1 : 0
  }

  /// `0.0`, `inf` or `nan`.
  static func writeSpecial(isNaN: Bool, isZero: Bool, uppercase: Bool = false, _ text: UnsafeMutablePointer<UInt8>) -> Int {
    if isZero {
      text[0] = 48
      text[1] = 46
      text[2] = 48
      return 3
    }
    let lower: UInt8 = uppercase ? 0 : 32
    text[0] = (isNaN ? 78 : 73) | lower
    text[1] = (isNaN ? 65 : 78) | lower
    text[2] = (isNaN ? 78 : 70) | lower
    return 3
  }

  /// Python's layout: positional for exponents from -4 to 15, else scientific with two exponent digits at least.
  private static func writeRepr(_ decimal: ShortestDecimal, _ text: UnsafeMutablePointer<UInt8>) -> Int {
    let count = IntegerText.decimalDigitCount(decimal.digits)
    let exponent = decimal.exponent &+ count &- 1
    // The digits go one byte to the right of where they end up, so that the point can be opened in front of them.
    if exponent < -4 || exponent >= 16 {
      IntegerText.writePadded(decimal.digits, count, text + 1)
      text[0] = text[1]
      text[1] = 46
      let length = count > 1 ? count &+ 1 : 1
      return length &+ writeExponent(exponent, 101, text + length)
    }
    if exponent < 0 {
      let zeros = 1 &- exponent
      IntegerText.writePadded(decimal.digits, count, text + zeros)
      fill(text, zeros)
      text[1] = 46
      return zeros &+ count
    }
    if count <= exponent &+ 1 {
      IntegerText.writePadded(decimal.digits, count, text)
      fill(text + count, exponent &+ 3 &- count)
      text[exponent &+ 1] = 46
      return exponent &+ 3
    }
    IntegerText.writePadded(decimal.digits, count, text + 1)
    var index = 0
    while index <= exponent {
      text[index] = text[index &+ 1]
      index &+= 1
    }
    text[index] = 46
    return count &+ 1
  }

  /// Writes `e+05` and the like.
  static func writeExponent(_ exponent: Int, _ letter: UInt8, _ text: UnsafeMutablePointer<UInt8>) -> Int {
    text[0] = letter
    text[1] = exponent < 0 ? 45 : 43
    let magnitude = UInt64(abs(exponent))
    let digits = magnitude < 100 ? 2 : 3
    IntegerText.writePadded(magnitude, digits, text + 2)
    return 2 &+ digits
  }

  /// Writes zeros (the digit).
  @inline(__always)
  static func fill(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) {
    var index = 0
    while index < count {
      text[index] = 48
      index &+= 1
    }
  }
}
