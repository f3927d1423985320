// Integers of constant expressions that may leave the machine's word: magnitudes in a folding's memory over Numerics' algorithms. No result means
// that the computation was interrupted or that there was no memory; the workspace knows which.

import Numerics

/// A signed integer of any size. A trivial value: its limbs belong to the folding's memory.
struct LargeInteger {
  /// Least significant first, no leading zeros; nil where the magnitude is one word or zero.
  private let limbs: UnsafeMutablePointer<UInt>?
  private let single: UInt
  let count: Int
  let isNegative: Bool

  init(_ value: Int) {
    limbs = nil
    single = value.magnitude
    count = value == 0 ? 0 : 1
    isNegative = value < 0
  }

  private init(_ limbs: UnsafeMutablePointer<UInt>, _ extent: BigInteger.SignedCount) {
    self.limbs = limbs
    single = 0
    count = extent.count
    isNegative = extent.isNegative
  }

  /// Room for `capacity` limbs, filled by `body`, which returns what it wrote.
  private static func make(
    _ memory: inout FoldMemory, capacity: Int, _ body: (BigInteger.MutableLimbs, inout Interruption) -> BigInteger.SignedCount
  ) -> LargeInteger? {
    guard let limbs = memory.allocate(UInt.self, count: capacity) else { return nil }
    var interruption = memory.interruption
    let extent = body(limbs, &interruption)
    if extent.isInterrupted {
      memory.free(limbs)
      return nil
    }
    return LargeInteger(limbs, extent)
  }

  /// As `make`, with room for intermediate results.
  private static func make(
    _ memory: inout FoldMemory, capacity: Int, scratch scratchCapacity: Int,
    _ body: (BigInteger.MutableLimbs, BigInteger.MutableLimbs, inout Interruption) -> BigInteger.SignedCount
  ) -> LargeInteger? {
    guard let scratch = memory.allocate(UInt.self, count: scratchCapacity) else { return nil }
    let result = make(&memory, capacity: capacity) { body($0, scratch, &$1) }
    memory.free(scratch)
    return result
  }

  /// Gives the limbs back: nobody will use the value any more.
  func free(_ memory: inout FoldMemory) { if let limbs { memory.free(limbs) } }

  // MARK: Questions

  /// The value, if it fits.
  var word: Int? { withOperand { BigInteger.int($0) } }
  var double: Double { withOperand { BigInteger.double($0) } }
  var isZero: Bool { count == 0 }
  /// Bits of the magnitude.
  var bitCount: Int { count == 0 ? 0 : count * UInt.bitWidth - limb(count - 1).leadingZeroBitCount }
  /// Words of 32 bits of the magnitude, without leading zeros.
  var wordCount: Int { (bitCount + 31) / 32 }

  /// A word of 32 bits of the magnitude.
  func word(_ index: Int) -> UInt32 {
    let perLimb = UInt.bitWidth / 32
    return UInt32(truncatingIfNeeded: limb(index / perLimb) &>> UInt(truncatingIfNeeded: index % perLimb &* 32))
  }

  private func limb(_ index: Int) -> UInt { limbs.map { $0[index] } ?? single }

  private func withOperand<Result>(_ body: (BigInteger.Operand) -> Result) -> Result {
    if let limbs { return body(BigInteger.Operand(limbs, count, isNegative: isNegative)) }
    return withUnsafePointer(to: single) { body(BigInteger.Operand($0, count, isNegative: isNegative)) }
  }

  private static func withOperands<Result>(
    _ a: LargeInteger, _ b: LargeInteger, _ body: (BigInteger.Operand, BigInteger.Operand) -> Result
  ) -> Result { a.withOperand { x in b.withOperand { y in body(x, y) } } }

  // MARK: Text

  /// The number written in `digits` (no underscores, no prefix).
  static func parse(_ digits: UnsafeBufferPointer<UInt8>, radix: Int, _ memory: inout FoldMemory) -> LargeInteger? {
    guard let base = digits.baseAddress else { return nil }
    let count = BigInteger.digitCount(base, digits.count, radix: radix)
    if count < 0 { return nil }
    let capacity = BigInteger.parseCapacity(digits: count, radix: radix)
    return make(&memory, capacity: capacity, scratch: BigInteger.parseScratchCapacity(digits: count, radix: radix)) {
      BigInteger.SignedCount(BigInteger.parse(base, digits.count, digits: count, radix: radix, into: $0, scratch: $1, interruption: &$2))
    }
  }

  // MARK: Operators

  static func add(_ a: LargeInteger, _ b: LargeInteger, _ memory: inout FoldMemory) -> LargeInteger? {
    withOperands(a, b) { x, y in
      make(&memory, capacity: BigInteger.addCapacity(x.count, y.count)) { result, _ in BigInteger.add(x, y, into: result) }
    }
  }

  static func subtract(_ a: LargeInteger, _ b: LargeInteger, _ memory: inout FoldMemory) -> LargeInteger? {
    withOperands(a, b) { x, y in
      make(&memory, capacity: BigInteger.addCapacity(x.count, y.count)) { result, _ in BigInteger.subtract(x, y, into: result) }
    }
  }

  static func multiply(_ a: LargeInteger, _ b: LargeInteger, _ memory: inout FoldMemory) -> LargeInteger? {
    let capacity = BigInteger.multiplyCapacity(a.count, b.count)
    return withOperands(a, b) { x, y in
      make(&memory, capacity: capacity, scratch: BigInteger.multiplyScratchCapacity(x.count, y.count)) {
        BigInteger.multiply(x, y, into: $0, scratch: $1, interruption: &$2)
      }
    }
  }

  /// Floor division: the quotient, or the remainder; `b` is not zero.
  static func divide(_ a: LargeInteger, _ b: LargeInteger, wantsRemainder: Bool, _ memory: inout FoldMemory) -> LargeInteger? {
    let other = wantsRemainder ? BigInteger.quotientCapacity(a.count, b.count) : BigInteger.remainderCapacity(a.count, b.count)
    let capacity = wantsRemainder ? BigInteger.remainderCapacity(a.count, b.count) : BigInteger.quotientCapacity(a.count, b.count)
    guard let unwanted = memory.allocate(UInt.self, count: other) else { return nil }
    let result = withOperands(a, b) { x, y in
      make(&memory, capacity: capacity, scratch: BigInteger.divideScratchCapacity(x.count, y.count)) { wanted, scratch, interruption in
        let division = BigInteger.divideFloor(
          x, y, quotient: wantsRemainder ? unwanted : wanted, remainder: wantsRemainder ? wanted : unwanted, scratch: scratch,
          interruption: &interruption)
        return division.quotient.isInterrupted || !wantsRemainder ? division.quotient : division.remainder
      }
    }
    memory.free(unwanted)
    return result
  }

  static func trueDivide(_ a: LargeInteger, _ b: LargeInteger, _ memory: inout FoldMemory) -> Double? {
    guard let scratch = memory.allocate(UInt.self, count: BigInteger.trueDivideScratchCapacity(a.count, b.count)) else { return nil }
    var interruption = memory.interruption
    let result = withOperands(a, b) { x, y in BigInteger.trueDivide(x, y, scratch: scratch, interruption: &interruption) }
    memory.free(scratch)
    return interruption.isTripped ? nil : result
  }

  static func bitwise(_ operation: BinaryOperator, _ a: LargeInteger, _ b: LargeInteger, _ memory: inout FoldMemory) -> LargeInteger? {
    withOperands(a, b) { x, y in
      make(&memory, capacity: BigInteger.bitwiseCapacity(x.count, y.count)) { result, _ in
        switch operation {
        case .and: BigInteger.and(x, y, into: result)
        case .or: BigInteger.or(x, y, into: result)
        default: BigInteger.xor(x, y, into: result)
        }
      }
    }
  }

  func shiftedLeft(_ bits: Int, _ memory: inout FoldMemory) -> LargeInteger? {
    withOperand { operand in
      LargeInteger.make(&memory, capacity: BigInteger.shiftLeftCapacity(operand.count, bits)) { result, _ in
        let count = BigInteger.shiftLeft(operand.limbs, operand.count, by: bits, into: result)
        return BigInteger.SignedCount(count, isNegative: operand.isNegative)
      }
    }
  }

  func shiftedRight(_ bits: Int, _ memory: inout FoldMemory) -> LargeInteger? {
    withOperand { operand in
      LargeInteger.make(&memory, capacity: BigInteger.shiftRightCapacity(operand.count, bits)) { result, _ in
        BigInteger.shiftRight(operand, by: bits, into: result)
      }
    }
  }

  func power(_ exponent: UInt, _ memory: inout FoldMemory) -> LargeInteger? {
    withOperand { operand in
      guard let capacity = BigInteger.powerCapacity(operand.limbs, operand.count, exponent: exponent) else { return nil }
      let scratch = BigInteger.powerScratchCapacity(operand.count, capacity: capacity)
      return LargeInteger.make(&memory, capacity: capacity, scratch: scratch) {
        let count = BigInteger.power(operand.limbs, operand.count, exponent: exponent, into: $0, scratch: $1, interruption: &$2)
        return BigInteger.SignedCount(count, isNegative: operand.isNegative && exponent & 1 == 1)
      }
    }
  }
}
