// BigInteger+Float.swift — big integers and floating point, all correctly rounded (half to even) or exact.

extension BigInteger {
  // MARK: To floating point

  /// The nearest Double; infinite when the value is out of range.
  public static func double(_ a: Operand) -> Double {
    let bits = floatBits(a, FloatLayout.double)
    return Double(bitPattern: a.isNegative ? bits | 1 << 63 : bits)
  }

  /// The nearest Float; infinite when the value is out of range.
  public static func float(_ a: Operand) -> Float {
    let bits = UInt32(truncatingIfNeeded: floatBits(a, FloatLayout.float))
    return Float(bitPattern: a.isNegative ? bits | 1 << 31 : bits)
  }

  private static func floatBits(_ a: Operand, _ layout: FloatLayout) -> UInt64 {
    if a.count == 0 { return 0 }
    let (mantissa, exponent, isExact) = topBits(a.limbs, a.count)
    return layout.encode(mantissa, exponent: exponent, sticky: !isExact)
  }

  /// The top 64 bits, normalised, with the weight of their lowest bit, and whether nothing was cut off.
  static func topBits(_ a: Limbs, _ count: Int) -> (mantissa: UInt64, exponent: Int, isExact: Bool) {
    let cut = bitLength(a, count) &- 64
    if cut <= 0 {
      var mantissa = UInt64(a[0])
      if UInt.bitWidth == 32 && count > 1 { mantissa |= UInt64(a[1]) << 32 }
      return (mantissa << UInt64(-cut), cut, true)
    }
    let whole = cut >> limbShift
    let part = UInt64(cut & (limbBits - 1))
    var mantissa = UInt64(a[whole]) &>> part
    var filled = limbBits - Int(part)
    var index = whole + 1
    while filled < 64 {
      mantissa |= UInt64(a[index]) << UInt64(filled)
      filled += limbBits
      index += 1
    }
    return (mantissa, cut, !hasBits(below: cut, a, count))
  }

  // MARK: From floating point

  /// Limbs for the largest Double.
  public static var doubleCapacity: Int { 1024 / UInt.bitWidth + 1 }
  /// Limbs for the largest Float.
  public static var floatCapacity: Int { 128 / UInt.bitWidth + 2 }

  /// The value truncated to an integer, exactly; it must be finite. `result` needs ``doubleCapacity`` limbs.
  public static func truncate(_ value: Double, into result: MutableLimbs) -> SignedCount {
    let parts = FloatLayout.double.decode(value.bitPattern)
    return SignedCount(store(parts, result), isNegative: value < 0)
  }

  /// The value truncated to an integer, exactly; it must be finite. `result` needs ``floatCapacity`` limbs.
  public static func truncate(_ value: Float, into result: MutableLimbs) -> SignedCount {
    let parts = FloatLayout.float.decode(UInt64(value.bitPattern))
    return SignedCount(store(parts, result), isNegative: value < 0)
  }

  private static func store(_ parts: FloatParts, _ result: MutableLimbs) -> Int {
    if parts.exponent <= -64 { return 0 }
    if parts.exponent <= 0 { return store(parts.mantissa >> UInt64(-parts.exponent), into: result) }
    return shiftLeft(result, store(parts.mantissa, into: result), by: parts.exponent, into: result)
  }

  // MARK: Comparison

  /// -1, 0 or 1 as the integer is below, equal to or above the number, exactly; nil for NaN.
  public static func compare(_ a: Operand, _ value: Double) -> Int? {
    if value != value { return nil }
    let isNegative = value < 0
    let parts = FloatLayout.double.decode(value.bitPattern & ~(1 << 63))
    return compare(a, parts, isNegative, isInfinite: value - value != 0)
  }

  /// As for Double.
  public static func compare(_ a: Operand, _ value: Float) -> Int? {
    if value != value { return nil }
    let isNegative = value < 0
    let parts = FloatLayout.float.decode(UInt64(value.bitPattern & ~(1 << 31)))
    return compare(a, parts, isNegative, isInfinite: value - value != 0)
  }

  private static func compare(_ a: Operand, _ parts: FloatParts, _ isNegative: Bool, isInfinite: Bool) -> Int {
    if isInfinite { return isNegative ? 1 : -1 }
    if a.count == 0 { return parts.mantissa == 0 ? 0 : isNegative ? 1 : -1 }
    if parts.mantissa == 0 || a.isNegative != isNegative { return a.isNegative ? -1 : 1 }
    let order = compareMagnitude(a, parts)
    return isNegative ? -order : order
  }

  /// Compares |a|, which is not zero, with a positive number: first the highest bits' places, then the bits.
  private static func compareMagnitude(_ a: Operand, _ parts: FloatParts) -> Int {
    let shift = parts.mantissa.leadingZeroBitCount
    let length = 64 - shift + parts.exponent
    let bits = bitLength(a.limbs, a.count)
    if bits != length { return bits < length ? -1 : 1 }
    let (mantissa, _, isExact) = topBits(a.limbs, a.count)
    let other = parts.mantissa << UInt64(shift)
    if mantissa != other { return mantissa < other ? -1 : 1 }
    return isExact ? 0 : 1
  }

  // MARK: True division

  /// Scratch limbs for true division.
  public static func trueDivideScratchCapacity(_ aCount: Int, _ bCount: Int) -> Int {
    let size = max(aCount, bCount) + 128 / UInt.bitWidth + 2
    return 3 * size + 8 + divideScratchCapacity(size, bCount) + bCount
  }

  /// `a / b` as the nearest Double, for b not zero; infinite when out of range. `scratch` needs
  /// ``trueDivideScratchCapacity(_:_:)`` limbs.
  public static func trueDivide(_ a: Operand, _ b: Operand, scratch: MutableLimbs, interruption: inout Interruption) -> Double {
    let bits = trueDivide(a, b, .double, scratch, &interruption)
    return Double(bitPattern: a.isNegative != b.isNegative ? bits | 1 << 63 : bits)
  }

  /// `a / b` as the nearest Float; as for Double.
  public static func trueDivideFloat(
    _ a: Operand, _ b: Operand, scratch: MutableLimbs, interruption: inout Interruption
  ) -> Float {
    let bits = UInt32(truncatingIfNeeded: trueDivide(a, b, .float, scratch, &interruption))
    return Float(bitPattern: a.isNegative != b.isNegative ? bits | 1 << 31 : bits)
  }

  /// Shifts a so that the quotient has 65 or 66 bits; the remainder only tells whether the division was exact.
  private static func trueDivide(
    _ a: Operand, _ b: Operand, _ layout: FloatLayout, _ scratch: MutableLimbs, _ interruption: inout Interruption
  ) -> UInt64 {
    if a.count == 0 { return 0 }
    let shift = bitLength(b.limbs, b.count) - bitLength(a.limbs, a.count) + 65
    let size = max(a.count, b.count) + 128 / UInt.bitWidth + 2
    let dividend = scratch
    let quotient = dividend + size
    let remainder = quotient + (size + 4)
    let rest = remainder + size
    var isCut = false
    var count = 0
    if shift >= 0 {
      count = shiftLeft(a.limbs, a.count, by: shift, into: dividend)
    } else {
      isCut = hasBits(below: -shift, a.limbs, a.count)
      count = shiftRightMagnitude(a.limbs, a.count, by: -shift, into: dividend)
    }
    let counts = divide(
      dividend, count, b.limbs, b.count, quotient: quotient, remainder: remainder, scratch: rest, interruption: &interruption)
    if counts.quotient <= 0 { return 0 }
    let (mantissa, exponent, isExact) = topBits(quotient, counts.quotient)
    return layout.encode(mantissa, exponent: exponent - shift, sticky: !isExact || isCut || counts.remainder > 0)
  }

  // MARK: Hash

  /// Bits of the Mersenne prime that numeric hashes are taken modulo, as in CPython.
  static var hashBits: Int { @inline(__always) get { UInt.bitWidth == 64 ? 61 : 31 } }
  private static var hashModulus: UInt { @inline(__always) get { (1 << UInt(hashBits)) - 1 } }

  /// CPython's hash of an integer: the value modulo 2^61 - 1 (2^31 - 1 on 32 bits), with the value's sign, never -1.
  public static func hash(_ a: Operand) -> Int {
    let turn = UInt(limbBits - hashBits)
    var hash: UInt = 0
    var index = a.count &- 1
    while index >= 0 {
      hash = (hash &<< turn & hashModulus) | hash &>> (UInt(hashBits) &- turn)
      hash &+= a.limbs[index] & hashModulus
      hash &+= a.limbs[index] &>> UInt(hashBits)
      while hash >= hashModulus { hash &-= hashModulus }
      index &-= 1
    }
    return signedHash(hash, a.isNegative)
  }

  /// CPython's hash of a finite or infinite Double: equal to that of an equal integer. NaN hashes to 0.
  public static func hash(_ value: Double) -> Int {
    if value != value { return 0 }
    if value - value != 0 { return value > 0 ? 314_159 : -314_159 }
    let parts = FloatLayout.double.decode(value.bitPattern & ~(1 << 63))
    return hash(parts, isNegative: value < 0)
  }

  /// As for Double.
  public static func hash(_ value: Float) -> Int {
    if value != value { return 0 }
    if value - value != 0 { return value > 0 ? 314_159 : -314_159 }
    return hash(FloatLayout.float.decode(UInt64(value.bitPattern & ~(1 << 31))), isNegative: value < 0)
  }

  private static func hash(_ parts: FloatParts, isNegative: Bool) -> Int {
    let residue = UInt(truncatingIfNeeded: parts.mantissa % UInt64(hashModulus))
    var turn = parts.exponent % hashBits
    if turn < 0 { turn += hashBits }
    let hash = (residue << UInt(turn) & hashModulus) | residue >> UInt(hashBits - turn)
    return signedHash(hash, isNegative)
  }

  @inline(__always)
  private static func signedHash(_ hash: UInt, _ isNegative: Bool) -> Int {
    let signed = isNegative ? 0 &- Int(bitPattern: hash) : Int(bitPattern: hash)
    return signed == -1 ? -2 : signed
  }
}
