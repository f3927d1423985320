// Values of number literals. The lexer has checked their form; underscores may still be in them.

import Numerics

enum NumberLiteral {
  /// The value of an `integer` node's text.
  static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Folded {
    var radix = 10
    var start = 0
    if text.count > 2 && text[0] == 0x30 {
      switch text[1] | 0x20 {
      case 0x78: radix = 16
      case 0x6f: radix = 8
      case 0x62: radix = 2
      default: break
      }
      if radix != 10 { start = 2 }
    }
    var value = 0
    for byte in text[start...] where byte != 0x5f {
      let digit = byte <= 0x39 ? Int(byte) - 0x30 : Int(byte | 0x20) - 0x57
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(digit)
      if overflow || carry { return large(text[start...], radix: radix) }
      value = sum
    }
    return .int(value)
  }

  private static func large(_ text: Slice<UnsafeBufferPointer<UInt8>>, radix: Int) -> Folded {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    for byte in text where byte != 0x5f { digits.append(byte) }
    return LargeInteger(digits: digits, radix: radix).map { Folded($0) } ?? .int(0)
  }

  /// The value of a `float` node's text, or of an `imaginary` node's without its suffix.
  static func float(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    for byte in text where byte != 0x5f { digits.append(byte) }
    return digits.withUnsafeBufferPointer { $0.baseAddress.flatMap { FloatText.parseDouble($0, digits.count) } ?? 0 }
  }
}
