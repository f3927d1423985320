// FloatLayout.swift — IEEE 754 binary formats as bits, so that one body serves Double and Float and needs no floating point.

/// A non-negative number as `mantissa * 2^exponent`.
struct FloatParts {
  let mantissa: UInt64
  let exponent: Int
}

/// A binary interchange format.
struct FloatLayout {
  /// Stored significand bits.
  let significandBits: Int
  /// The exponent's bias.
  let bias: Int

  @inline(__always) static var double: FloatLayout { FloatLayout(significandBits: 52, bias: 1023) }
  @inline(__always) static var float: FloatLayout { FloatLayout(significandBits: 23, bias: 127) }

  /// The bits of infinity.
  @inline(__always) var infinity: UInt64 { UInt64(2 &* bias &+ 1) &<< UInt64(significandBits) }

  /// The finite number behind `bits`; a sign bit is ignored.
  @inline(__always)
  func decode(_ bits: UInt64) -> FloatParts {
    let fraction = bits & ((1 &<< UInt64(significandBits)) &- 1)
    let biased = Int(bits &>> UInt64(significandBits)) & (2 &* bias &+ 1)
    if biased == 0 { return FloatParts(mantissa: fraction, exponent: 1 &- bias &- significandBits) }
    return FloatParts(mantissa: fraction | 1 &<< UInt64(significandBits), exponent: biased &- bias &- significandBits)
  }

  /// The bits of `mantissa * 2^exponent` rounded half to even, where the mantissa's top bit is set and `sticky` tells that the
  /// exact value lies a little above (by less than the mantissa's lowest bit). Infinity when too large.
  func encode(_ mantissa: UInt64, exponent: Int, sticky: Bool) -> UInt64 {
    let top = exponent + 63
    if top > bias { return infinity }
    let lowest = 1 - bias
    let shift = 63 - significandBits + max(lowest - top, 0)
    if shift > 64 { return 0 }
    let kept = shift == 64 ? 0 : mantissa >> UInt64(shift)
    let half: UInt64 = 1 << UInt64(shift - 1)
    let rest = mantissa & ((half &<< 1) &- 1)
    let restOrAll = shift == 64 ? mantissa : rest
    let roundsUp = restOrAll > half || (restOrAll == half && (sticky || kept & 1 != 0))
    // A carry out of the significand moves into the exponent field by itself.
    let biased = UInt64(max(top - lowest, 0))
    return biased << UInt64(significandBits) + kept + (roundsUp ? 1 : 0)
  }
}

/// What the two supported formats have in common for the generic bodies.
protocol BinaryFormat {
  static var layout: FloatLayout { get }
  /// Largest n for which 10^n and every integer below 2^(significandBits + 1) are exact.
  static var exactPower: Int { get }
  init(layoutBits: UInt64)
  /// `mantissa * 10^power` for operands that are exact, so that one rounding happens.
  static func scaled(_ mantissa: UInt64, _ power: Int) -> UInt64
}

extension Double: BinaryFormat {
  @inline(__always) static var layout: FloatLayout { .double }
  @inline(__always) static var exactPower: Int { 22 }
  @inline(__always) init(layoutBits: UInt64) { self.init(bitPattern: layoutBits) }
  @inline(__always)
  static func scaled(_ mantissa: UInt64, _ power: Int) -> UInt64 {
    let value = Double(Int64(bitPattern: mantissa))
    let scale = Double(Int64(bitPattern: smallPowerOfFive(abs(power)))) * Double(Int32(1) &<< Int32(truncatingIfNeeded: abs(power)))
    return (power < 0 ? value / scale : value * scale).bitPattern
  }
}

extension Float: BinaryFormat {
  @inline(__always) static var layout: FloatLayout { .float }
  @inline(__always) static var exactPower: Int { 10 }
  @inline(__always) init(layoutBits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: layoutBits)) }
  @inline(__always)
  static func scaled(_ mantissa: UInt64, _ power: Int) -> UInt64 {
    let value = Float(Int32(truncatingIfNeeded: mantissa))
    let scale =
      Float(Int32(truncatingIfNeeded: smallPowerOfFive(abs(power)))) * Float(Int32(1) &<< Int32(truncatingIfNeeded: abs(power)))
    return UInt64((power < 0 ? value / scale : value * scale).bitPattern)
  }
}
