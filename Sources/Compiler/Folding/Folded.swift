// Values of constant expressions and the arithmetic on them: what MicroPython folds, no more, so that code comes out the same.

import Bytecode

/// The value of a constant expression. A trivial value: large integers, text and items belong to the folding's memory or to the tree.
enum Folded {
  case none, `true`, `false`, ellipsis
  case int(Int)
  /// Does not fit `Int`.
  case large(LargeInteger)
  case float(Double)
  /// An imaginary literal.
  case imaginary(Double)
  case string(UnsafeBufferPointer<UInt8>)
  case bytes(UnsafeBufferPointer<UInt8>)
  case tuple(UnsafeBufferPointer<Folded>)

  /// An integer in its shortest form.
  init(_ value: LargeInteger, _ memory: inout FoldMemory) {
    guard let word = value.word else {
      self = .large(value)
      return
    }
    self = .int(word)
    value.free(&memory)
  }

  /// Python's truth value.
  var isTrue: Bool {
    switch self {
    case .none, .false: false
    case .true, .ellipsis, .large: true
    case .int(let value): value != 0
    case .float(let value), .imaginary(let value): value != 0
    case .string(let bytes), .bytes(let bytes): !bytes.isEmpty
    case .tuple(let items): !items.isEmpty
    }
  }

  var isNumber: Bool {
    switch self {
    case .int, .large, .float: true
    default: false
    }
  }

  /// Appends the value as a constant.
  func encode(into bytes: inout GrowableBuffer<UInt8>) {
    switch self {
    case .none: bytes.write(.none)
    case .true: bytes.write(.true)
    case .false: bytes.write(.false)
    case .ellipsis: bytes.write(.ellipsis)
    case .int(let value): Folded.encode(LargeInteger(value), into: &bytes)
    case .large(let value): Folded.encode(value, into: &bytes)
    case .float(let value):
      bytes.write(.float)
      bytes.write(value)
    case .imaginary(let value):
      bytes.write(.complex)
      bytes.write(0.0)
      bytes.write(value)
    case .string(let text): bytes.write(.string, text)
    case .bytes(let text): bytes.write(.bytes, text)
    case .tuple(let items):
      bytes.write(.tuple, count: items.count)
      for item in items { item.encode(into: &bytes) }
    }
  }

  private static func encode(_ value: LargeInteger, into bytes: inout GrowableBuffer<UInt8>) {
    bytes.write(value.isNegative ? .negative : .positive, count: value.wordCount)
    for index in 0..<value.wordCount { bytes.write(word: value.word(index)) }
  }

  private var large: LargeInteger? {
    switch self {
    case .int(let value): LargeInteger(value)
    case .large(let value): value
    default: nil
    }
  }

  private var double: Double {
    switch self {
    case .int(let value): Double(value)
    case .large(let value): value.double
    case .float(let value): value
    default: 0
    }
  }

  // MARK: Operators

  /// The result of an operator on numbers, or nil if it is left to run time (because it raises, or is not folded).
  static func binary(_ operation: BinaryOperator, _ a: Folded, _ b: Folded, _ memory: inout FoldMemory) -> Folded? {
    guard a.isNumber && b.isNumber else { return nil }
    if case .int(let x) = a, case .int(let y) = b, let result = small(operation, x, y) { return .int(result) }
    if let x = a.large, let y = b.large { return integers(operation, x, y, &memory) }
    return floats(operation, a.double, b.double).map { .float($0) }
  }

  /// The common cases without overflow.
  private static func small(_ operation: BinaryOperator, _ a: Int, _ b: Int) -> Int? {
    switch operation {
    case .or: return a | b
    case .xor: return a ^ b
    case .and: return a & b
    case .add: return checked(a.addingReportingOverflow(b))
    case .subtract: return checked(a.subtractingReportingOverflow(b))
    case .multiply: return checked(a.multipliedReportingOverflow(by: b))
    case .rightShift: return b < 0 ? nil : a >> b
    default: return nil
    }
  }

  private static func checked(_ result: (partialValue: Int, overflow: Bool)) -> Int? { result.overflow ? nil : result.partialValue }

  private static func integers(_ operation: BinaryOperator, _ a: LargeInteger, _ b: LargeInteger, _ memory: inout FoldMemory) -> Folded? {
    let result: LargeInteger?
    switch operation {
    case .or, .xor, .and: result = LargeInteger.bitwise(operation, a, b, &memory)
    case .add: result = LargeInteger.add(a, b, &memory)
    case .subtract: result = LargeInteger.subtract(a, b, &memory)
    case .multiply: result = a.bitCount + b.bitCount > largestBitCount ? nil : LargeInteger.multiply(a, b, &memory)
    case .leftShift, .rightShift:
      guard let bits = b.word, bits >= 0 else { return nil }
      if operation == .rightShift {
        result = a.shiftedRight(bits, &memory)
      } else {
        result = bits + a.bitCount > largestBitCount ? nil : a.shiftedLeft(bits, &memory)
      }
    case .floorDivide: result = b.isZero ? nil : LargeInteger.divide(a, b, wantsRemainder: false, &memory)
    case .modulo: result = b.isZero ? nil : LargeInteger.divide(a, b, wantsRemainder: true, &memory)
    case .trueDivide:
      if b.isZero { return nil }
      guard let quotient = LargeInteger.trueDivide(a, b, &memory), quotient.isFinite else { return nil }
      return .float(quotient)
    case .power:
      guard let exponent = b.word else { return nil }
      if exponent < 0 { return floats(.power, a.double, Double(exponent)).map { .float($0) } }
      let (bits, overflow) = a.bitCount.multipliedReportingOverflow(by: exponent)
      result = overflow || bits > largestBitCount ? nil : a.power(UInt(exponent), &memory)
    case .matrixMultiply: return nil
    }
    guard let result else { return nil }
    return Folded(result, &memory)
  }

  /// Larger results are computed by the program, if it gets that far.
  private static var largestBitCount: Int { 1 << 16 }

  private static func floats(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Double? {
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .trueDivide: return b == 0 ? nil : a / b
    case .floorDivide: return b == 0 ? nil : floorDivide(a, b).quotient
    case .modulo: return b == 0 ? nil : floorDivide(a, b).remainder
    case .power: return exactPower(a, b)
    default: return nil
    }
  }

  private static func floorDivide(_ a: Double, _ b: Double) -> (quotient: Double, remainder: Double) {
    var remainder = a.truncatingRemainder(dividingBy: b)
    var quotient = (a - remainder) / b
    if remainder == 0 {
      remainder = b < 0 ? -0.0 : 0.0
    } else if (remainder < 0) != (b < 0) {
      remainder += b
      quotient -= 1
    }
    if quotient == 0 { return (a / b < 0 ? -0.0 : 0.0, remainder) }
    var floored = quotient.rounded(.down)
    if quotient - floored > 0.5 { floored += 1 }
    return (floored, remainder)
  }

  /// Powers whose value is exact or correctly rounded without a mathematical library.
  private static func exactPower(_ a: Double, _ b: Double) -> Double? {
    if b == 0.5 && a >= 0 { return a.squareRoot() }
    if b == 2 && (a * a).isFinite { return a * a }
    guard b == b.rounded(), b.magnitude <= 1100 else { return nil }
    var result = 1.0
    var steps = Int(b.magnitude)
    while steps > 0 {
      let next = result * a
      // The product is exact as long as dividing gives the factors back without rounding.
      if !next.isFinite || next.significandWidth > 52 || (-result * a).addingProduct(result, a) != 0 { return nil }
      result = next
      steps -= 1
    }
    if b >= 0 { return result }
    return result == 0 ? nil : 1 / result
  }

  private static func difference(_ a: Int, _ b: Folded, _ memory: inout FoldMemory) -> Folded? {
    guard let b = b.large, let result = LargeInteger.subtract(LargeInteger(a), b, &memory) else { return nil }
    return Folded(result, &memory)
  }

  /// The result of a unary operator, or nil. `not` works on every constant, the others on numbers.
  static func unary(_ operation: UnaryOperator, _ value: Folded, _ memory: inout FoldMemory) -> Folded? {
    switch (operation, value) {
    case (.not, _): return value.isTrue ? .false : .true
    case (.positive, _): return value.isNumber ? value : nil
    case (.negative, .float(let number)): return .float(-number)
    case (.negative, .int(let number)) where number != .min: return .int(-number)
    case (.negative, _): return difference(0, value, &memory)
    case (.invert, .int(let number)): return .int(~number)
    case (.invert, _): return difference(-1, value, &memory)
    }
  }
}
