// Values of number literals. The lexer has checked their form; underscores may still be in them.

import Numerics

enum NumberLiteral {
  /// The value of an `integer` node's text; none if there was no memory for it.
  static func integer(_ text: UnsafeBufferPointer<UInt8>, _ memory: inout FoldMemory) -> Folded {
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
      if overflow || carry { return large(text[start...], radix: radix, &memory) }
      value = sum
    }
    return .int(value)
  }

  private static func large(_ text: Slice<UnsafeBufferPointer<UInt8>>, radix: Int, _ memory: inout FoldMemory) -> Folded {
    guard let digits = withoutUnderscores(text, &memory) else { return .none }
    let value = LargeInteger.parse(UnsafeBufferPointer(digits), radix: radix, &memory)
    if let start = digits.baseAddress { memory.free(start) }
    return value.map { Folded($0, &memory) } ?? .none
  }

  private static func withoutUnderscores(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ memory: inout FoldMemory)
    -> UnsafeMutableBufferPointer<UInt8>?
  {
    guard let copy = memory.allocate(UInt8.self, count: text.count) else { return nil }
    var count = 0
    for byte in text where byte != 0x5f {
      copy[count] = byte
      count += 1
    }
    return UnsafeMutableBufferPointer(start: copy, count: count)
  }

  /// The value of a `float` node's text, or of an `imaginary` node's without its suffix.
  static func float(_ text: UnsafeBufferPointer<UInt8>, _ memory: inout FoldMemory) -> Double {
    guard let digits = withoutUnderscores(text[...], &memory), let start = digits.baseAddress else { return 0 }
    let value = FloatText.parseDouble(start, digits.count) ?? 0
    memory.free(start)
    return value
  }
}
