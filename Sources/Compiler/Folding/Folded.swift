// Values of constant expressions and the arithmetic on them: what MicroPython folds, no more, so that code comes out the same.

import Bytecode

/// The value of a constant expression.
indirect enum Folded {
  case none, `true`, `false`, ellipsis
  case int(Int)
  /// Does not fit `Int`.
  case large(LargeInteger)
  case float(Double)
  /// An imaginary literal.
  case imaginary(Double)
  case string([UInt8])
  case bytes([UInt8])
  case tuple([Folded])

  init(_ value: LargeInteger) {
    if let word = value.word { self = .int(word) } else { self = .large(value) }
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

  /// As an entry of the constants table.
  var constant: Constant {
    switch self {
    case .none: .none
    case .true: .true
    case .false: .false
    case .ellipsis: .ellipsis
    case .int(let value): Folded.constant(LargeInteger(value))
    case .large(let value): Folded.constant(value)
    case .float(let value): .float(value)
    case .imaginary(let value): .complex(real: 0, imaginary: value)
    case .string(let bytes): .string(bytes)
    case .bytes(let bytes): .bytes(bytes)
    case .tuple(let items): .tuple(items.map { $0.constant })
    }
  }

  private static func constant(_ value: LargeInteger) -> Constant {
    .integer(negative: value.isNegative, magnitude: value.magnitude32)
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
  static func binary(_ operation: BinaryOperator, _ a: Folded, _ b: Folded) -> Folded? {
    guard a.isNumber && b.isNumber else { return nil }
    if case .int(let x) = a, case .int(let y) = b, let result = small(operation, x, y) { return .int(result) }
    if let x = a.large, let y = b.large { return integers(operation, x, y) }
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

  private static func integers(_ operation: BinaryOperator, _ a: LargeInteger, _ b: LargeInteger) -> Folded? {
    let result: LargeInteger?
    switch operation {
    case .or: result = a | b
    case .xor: result = a ^ b
    case .and: result = a & b
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply: result = a.bitCount + b.bitCount > largestBitCount ? nil : a * b
    case .leftShift, .rightShift:
      guard let bits = b.word, bits >= 0 else { return nil }
      if operation == .rightShift {
        result = a.shiftedRight(bits)
      } else {
        result = bits + a.bitCount > largestBitCount ? nil : a.shiftedLeft(bits)
      }
    case .floorDivide: result = b.isZero ? nil : LargeInteger.divide(a, b)?.quotient
    case .modulo: result = b.isZero ? nil : LargeInteger.divide(a, b)?.remainder
    case .trueDivide:
      if b.isZero { return nil }
      let quotient = LargeInteger.trueDivide(a, b)
      return quotient.isFinite ? .float(quotient) : nil
    case .power:
      guard let exponent = b.word else { return nil }
      if exponent < 0 { return floats(.power, a.double, Double(exponent)).map { .float($0) } }
      let (bits, overflow) = a.bitCount.multipliedReportingOverflow(by: exponent)
      result = overflow || bits > largestBitCount ? nil : a.power(UInt(exponent))
    case .matrixMultiply: return nil
    }
    return result.map { Folded($0) }
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

  /// The result of a unary operator, or nil. `not` works on every constant, the others on numbers.
  static func unary(_ operation: UnaryOperator, _ value: Folded) -> Folded? {
    switch (operation, value) {
    case (.not, _): return value.isTrue ? .false : .true
    case (.positive, _): return value.isNumber ? value : nil
    case (.negative, .float(let number)): return .float(-number)
    case (.negative, _): return value.large.flatMap { LargeInteger(0) - $0 }.map { Folded($0) }
    case (.invert, _): return value.large.flatMap { LargeInteger(-1) - $0 }.map { Folded($0) }
    }
  }
}
