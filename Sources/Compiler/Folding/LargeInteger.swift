// Integers of constant expressions that may leave the machine's word: an owned magnitude over Numerics' algorithms.

import Numerics

/// A signed integer of any size.
struct LargeInteger {
  /// Least significant first, no leading zeros; zero is empty and never negative.
  private(set) var limbs: [UInt]
  private(set) var isNegative: Bool

  init(_ value: Int) {
    limbs = value == 0 ? [] : [value.magnitude]
    isNegative = value < 0
  }

  /// Room for `capacity` limbs, filled by `body`, which returns what it wrote; nil if it gave up.
  private init?(capacity: Int, _ body: (BigInteger.MutableLimbs) -> BigInteger.SignedCount) {
    var extent = BigInteger.SignedCount(0)
    limbs = [UInt](unsafeUninitializedCapacity: max(capacity, 1)) { buffer, count in
      extent = body(buffer.baseAddress.unsafelyUnwrapped)
      count = max(extent.count, 0)
    }
    if extent.isInterrupted { return nil }
    isNegative = extent.isNegative
  }

  /// The value, if it fits.
  var word: Int? { withOperand { BigInteger.int($0) } }
  var double: Double { withOperand { BigInteger.double($0) } }
  var isZero: Bool { limbs.isEmpty }
  /// Bits of the magnitude.
  var bitCount: Int { limbs.isEmpty ? 0 : limbs.count * UInt.bitWidth - limbs[limbs.count - 1].leadingZeroBitCount }

  /// The magnitude in words of 32 bits, without leading zeros.
  var magnitude32: [UInt32] {
    var result: [UInt32] = []
    for limb in limbs {
      var rest = UInt64(limb)
      for _ in 0..<(UInt.bitWidth / 32) {
        result.append(UInt32(truncatingIfNeeded: rest))
        rest >>= 32
      }
    }
    while result.last == 0 { result.removeLast() }
    return result
  }

  private func withOperand<Result>(_ body: (BigInteger.Operand) -> Result) -> Result {
    limbs.withUnsafeBufferPointer { buffer in
      // An empty array has no address; zero has no limbs that could be read.
      var none: UInt = 0
      return withUnsafePointer(to: &none) { pointer in
        body(BigInteger.Operand(buffer.baseAddress ?? pointer, buffer.count, isNegative: isNegative))
      }
    }
  }

  private static func combine(
    _ a: LargeInteger, _ b: LargeInteger, capacity: Int,
    _ body: (BigInteger.Operand, BigInteger.Operand, BigInteger.MutableLimbs) -> BigInteger.SignedCount
  ) -> LargeInteger? {
    a.withOperand { x in b.withOperand { y in LargeInteger(capacity: capacity) { body(x, y, $0) } } }
  }

  private static func withScratch<Result>(_ count: Int, _ body: (BigInteger.MutableLimbs) -> Result) -> Result {
    let scratch = BigInteger.MutableLimbs.allocate(capacity: max(count, 1))
    defer { scratch.deallocate() }
    return body(scratch)
  }

  /// The number written in `digits` (no underscores, no prefix).
  init?(digits: [UInt8], radix: Int) {
    let parsed: LargeInteger? = digits.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return nil }
      let count = BigInteger.digitCount(base, text.count, radix: radix)
      if count < 0 { return nil }
      return LargeInteger.withScratch(BigInteger.parseScratchCapacity(digits: count, radix: radix)) { scratch in
        LargeInteger(capacity: BigInteger.parseCapacity(digits: count, radix: radix)) { result in
          var never = Interruption.never
          let written = BigInteger.parse(
            base, text.count, digits: count, radix: radix, into: result, scratch: scratch, interruption: &never)
          return BigInteger.SignedCount(written)
        }
      }
    }
    guard let parsed else { return nil }
    self = parsed
  }

  static func + (a: LargeInteger, b: LargeInteger) -> LargeInteger? {
    combine(a, b, capacity: BigInteger.addCapacity(a.limbs.count, b.limbs.count)) { BigInteger.add($0, $1, into: $2) }
  }

  static func - (a: LargeInteger, b: LargeInteger) -> LargeInteger? {
    combine(a, b, capacity: BigInteger.addCapacity(a.limbs.count, b.limbs.count)) { BigInteger.subtract($0, $1, into: $2) }
  }

  static func * (a: LargeInteger, b: LargeInteger) -> LargeInteger? {
    withScratch(BigInteger.multiplyScratchCapacity(a.limbs.count, b.limbs.count)) { scratch in
      combine(a, b, capacity: BigInteger.multiplyCapacity(a.limbs.count, b.limbs.count)) {
        var never = Interruption.never
        return BigInteger.multiply($0, $1, into: $2, scratch: scratch, interruption: &never)
      }
    }
  }

  /// Floor division with remainder; `b` is not zero.
  static func divide(_ a: LargeInteger, _ b: LargeInteger) -> (quotient: LargeInteger, remainder: LargeInteger)? {
    let (x, y) = (a.limbs.count, b.limbs.count)
    var quotient: LargeInteger?
    let remainder = withScratch(BigInteger.divideScratchCapacity(x, y)) { scratch in
      combine(a, b, capacity: BigInteger.remainderCapacity(x, y)) { left, right, result in
        var sign = BigInteger.SignedCount(0)
        quotient = LargeInteger(capacity: BigInteger.quotientCapacity(x, y)) { target in
          var never = Interruption.never
          let division = BigInteger.divideFloor(
            left, right, quotient: target, remainder: result, scratch: scratch, interruption: &never)
          sign = division.remainder
          return division.quotient
        }
        return sign
      }
    }
    guard let quotient, let remainder else { return nil }
    return (quotient, remainder)
  }

  static func trueDivide(_ a: LargeInteger, _ b: LargeInteger) -> Double {
    withScratch(BigInteger.trueDivideScratchCapacity(a.limbs.count, b.limbs.count)) { scratch in
      a.withOperand { x in
        b.withOperand { y in
          var never = Interruption.never
          return BigInteger.trueDivide(x, y, scratch: scratch, interruption: &never)
        }
      }
    }
  }

  static func & (a: LargeInteger, b: LargeInteger) -> LargeInteger? {
    combine(a, b, capacity: BigInteger.bitwiseCapacity(a.limbs.count, b.limbs.count)) { BigInteger.and($0, $1, into: $2) }
  }

  static func | (a: LargeInteger, b: LargeInteger) -> LargeInteger? {
    combine(a, b, capacity: BigInteger.bitwiseCapacity(a.limbs.count, b.limbs.count)) { BigInteger.or($0, $1, into: $2) }
  }

  static func ^ (a: LargeInteger, b: LargeInteger) -> LargeInteger? {
    combine(a, b, capacity: BigInteger.bitwiseCapacity(a.limbs.count, b.limbs.count)) { BigInteger.xor($0, $1, into: $2) }
  }

  func shiftedLeft(_ bits: Int) -> LargeInteger? {
    withOperand { operand in
      LargeInteger(capacity: BigInteger.shiftLeftCapacity(operand.count, bits)) { result in
        let count = BigInteger.shiftLeft(operand.limbs, operand.count, by: bits, into: result)
        return BigInteger.SignedCount(count, isNegative: operand.isNegative)
      }
    }
  }

  func shiftedRight(_ bits: Int) -> LargeInteger? {
    withOperand { operand in
      LargeInteger(capacity: BigInteger.shiftRightCapacity(operand.count, bits)) { BigInteger.shiftRight(operand, by: bits, into: $0) }
    }
  }

  func power(_ exponent: UInt) -> LargeInteger? {
    withOperand { operand in
      guard let capacity = BigInteger.powerCapacity(operand.limbs, operand.count, exponent: exponent) else { return nil }
      return LargeInteger.withScratch(BigInteger.powerScratchCapacity(operand.count, capacity: capacity)) { scratch in
        LargeInteger(capacity: capacity) { result in
          var never = Interruption.never
          let count = BigInteger.power(
            operand.limbs, operand.count, exponent: exponent, into: result, scratch: scratch, interruption: &never)
          return BigInteger.SignedCount(count, isNegative: operand.isNegative && exponent & 1 == 1)
        }
      }
    }
  }

  static func == (a: LargeInteger, b: LargeInteger) -> Bool { a.isNegative == b.isNegative && a.limbs == b.limbs }
}
