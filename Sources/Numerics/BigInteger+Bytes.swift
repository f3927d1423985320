// BigInteger+Bytes.swift — magnitudes to and from bytes, two's complement where signed.

extension BigInteger {
  /// Bytes that hold the value, with a sign bit if `signed`; a negative value needs `signed`.
  public static func byteCount(_ a: Operand, signed: Bool) -> Int {
    let bits = bitLength(a.limbs, a.count)
    if !signed { return (bits + 7) / 8 }
    if !a.isNegative { return bits / 8 + 1 }
    // -2^k fits k bits and a sign.
    let isPower = trailingZeroBits(a.limbs, a.count) == bits - 1
    return (isPower ? bits - 1 : bits) / 8 + 1
  }

  /// True when the value fits so many bytes: Python raises OverflowError otherwise.
  public static func fits(_ a: Operand, bytes: Int, signed: Bool) -> Bool {
    if a.count == 0 { return true }
    if a.isNegative && !signed { return false }
    return byteCount(a, signed: signed) <= bytes
  }

  /// Writes the lowest `count` bytes of the value in two's complement, sign-extended.
  public static func writeBytes(_ a: Operand, count: Int, bigEndian: Bool, into bytes: UnsafeMutablePointer<UInt8>) {
    let sign: UInt = a.isNegative ? UInt.max : 0
    var carry = sign & 1
    var position = bigEndian ? count &- 1 : 0
    let step = bigEndian ? -1 : 1
    var left = count
    var index = 0
    while left > 0 {
      let limb = index < a.count ? a.limbs[index] : 0
      let (sum, overflow) = (limb ^ sign).addingReportingOverflow(carry)
      var word = sum
      carry = carryBit(overflow)
      index &+= 1
      var inLimb = min(left, limbBits / 8)
      left &-= inLimb
      while inLimb > 0 {
        bytes[position] = UInt8(truncatingIfNeeded: word)
        word &>>= 8
        position &+= step
        inLimb &-= 1
      }
    }
  }

  /// Limbs for a number read from so many bytes.
  public static func bytesCapacity(_ count: Int) -> Int { count / (limbBits / 8) + 2 }

  /// Reads `count` bytes; `result` needs ``bytesCapacity(_:)`` limbs.
  public static func readBytes(
    _ bytes: UnsafePointer<UInt8>, count: Int, bigEndian: Bool, signed: Bool, into result: MutableLimbs
  ) -> SignedCount {
    if count == 0 { return SignedCount(0) }
    let isNegative = signed && bytes[bigEndian ? 0 : count &- 1] >= 0x80
    let sign: UInt8 = isNegative ? 0xff : 0
    var word: UInt = 0
    var filled: UInt = 0
    var size = 0
    var index = 0
    while index < count {
      let byte = bytes[bigEndian ? count &- 1 &- index : index] ^ sign
      word |= UInt(byte) &<< filled
      filled &+= 8
      if filled == UInt(limbBits) {
        result[size] = word
        size &+= 1
        word = 0
        filled = 0
      }
      index &+= 1
    }
    result[size] = word
    size &+= 1
    if isNegative {
      // The bytes were complemented; two's complement wants one more.
      result[size] = increment(result, size, by: 1)
      size &+= 1
    }
    return SignedCount(normalized(result, size), isNegative: isNegative)
  }
}
