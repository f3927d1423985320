// Arithmetic on the numbers that programs are full of: small integers, floats and mixtures of them, without allocation where the result needs
// none. Everything bigger goes on to Int+Big.swift and Float+Arithmetic.swift.

import Numerics

/// What sort of number a value is.
enum NumberKind: UInt8 {
  case none, bool, small, big, float
}

/// What a comparison, `less` to `notEqual`, answers for operands that have an order: each operator has three bits in the table, its answers where
/// the left one is less, equal and more. (Floats that may be NaN have none.)
@inline(__always) func comparison(_ operation: BinaryOperator, isLess: Bool, isEqual: Bool) -> Bool {
  let answers: UInt32 = 0b101_110_011_010_100_001
  let order: UInt32 = isLess ? 0 : isEqual ? 1 : 2
  return answers &>> (UInt32(operation.rawValue) &* 3 &+ order) & 1 != 0
}

/// A comparison of two small integers.
@inline(__always) func quickCompare(_ operation: BinaryOperator, _ x: Value, _ y: Value) -> Bool {
  let left = Int(bitPattern: x.bits), right = Int(bitPattern: y.bits)
  return comparison(operation, isLess: left < right, isEqual: left == right)
}

extension VM {
  /// What sort of number a value is; `.none` for everything else, instances of Python subclasses included.
  @inline(__always) func numberKind(_ value: Value) -> NumberKind {
    if value.isSmallInt { return .small }
    #if _pointerBitWidth(_64)
      if value.isTaggedFloat { return .float }
    #endif
    if value.isObject {
      let word = value.uncheckedHeader.pointee.word
      return word == TypeID.float.headerWord ? .float : word == TypeID.int.headerWord ? .big : .none
    }
    if value.isBool { return .bool }
    #if _pointerBitWidth(_64)
      if value == .positiveZero || value == .negativeZero { return .float }
    #endif
    return .none
  }

  /// The float in a value of kind `.float`.
  @inline(__always) func uncheckedFloat(_ value: Value) -> PyFloat {
    #if _pointerBitWidth(_64)
      if value.isTaggedFloat { return value.uncheckedTaggedFloat }
      if value.isImmediate { return value == .negativeZero ? -0.0 : 0.0 }
    #endif
    return value.unchecked(FloatObject.self).pointee.float
  }

  /// Operators that the dispatch loop has no inline case for: quick for small integers and floats, general otherwise. The quick part calls
  /// nothing, so that it needs no frame. `operatorNumber` is the raw value of a `BinaryOperator`.
  @inline(never) func smallIntegerBinary(_ operatorNumber: UInt8, _ a: Value, _ b: Value) throws(PyError) -> Value {
    let operation = unsafeBitCast(operatorNumber, to: BinaryOperator.self)
    if a.bits & b.bits & 1 != 0 {
      if operation.isComparison { return Value(quickCompare(operation, a, b)) }
      let result = quickBinary(operation, a.uncheckedSmallInt, b.uncheckedSmallInt)
      if !result.isNull { return result }
    }
    #if _pointerBitWidth(_64)
      if a.isTaggedFloat || b.isTaggedFloat, let x = quickFloat(a), let y = quickFloat(b) {
        if operation.isComparison { return Value(comparison(operation, isLess: x < y, isEqual: x == y)) }
        let result = quickBinary(operation, x, y)
        if !result.isNull { return result }
      }
    #endif
    if operation == .is { return Value(isSame(a, b)) }
    return try generalBinary(operatorNumber, a, b)
  }

  @inline(never) private func generalBinary(_ operatorNumber: UInt8, _ a: Value, _ b: Value) throws(PyError) -> Value {
    let operation = unsafeBitCast(operatorNumber, to: BinaryOperator.self)
    if operation == .in { return Value(try contains(b, a)) }
    return try binary(operation, a, b)
  }

  /// The usual operators on small integers with small results; `null` for others.
  @inline(__always) private func quickBinary(_ operation: BinaryOperator, _ x: Int, _ y: Int) -> Value {
    switch operation {
    case .floorDivide, .inPlaceFloorDivide:
      if y == 0 || y == -1 { return .null }
      return Value(smallInt: smallDivide(x, y).quotient)
    case .modulo, .inPlaceModulo:
      if y == 0 || y == -1 { return .null }
      return Value(smallInt: smallDivide(x, y).remainder)
    case .shiftLeft, .inPlaceShiftLeft:
      if UInt(bitPattern: y) >= UInt(Int.bitWidth &- 1) { return .null }
      let shifted = x &<< y
      return shifted &>> y == x && Value.fitsSmallInt(shifted) ? Value(smallInt: shifted) : .null
    case .shiftRight, .inPlaceShiftRight:
      if UInt(bitPattern: y) >= UInt(Int.bitWidth) { return .null }
      return Value(smallInt: x &>> y)
    case .or, .inPlaceOr: return Value(smallInt: x | y)
    case .and, .inPlaceAnd: return Value(smallInt: x & y)
    case .xor, .inPlaceXor: return Value(smallInt: x ^ y)
    #if _pointerBitWidth(_64)
      case .trueDivide, .inPlaceTrueDivide:
        let limit = UInt(PyFloat.exactIntegerLimit)
        if y == 0 || x.magnitude > limit || y.magnitude > limit { return .null }
        return Value(taggedFloat: PyFloat(x) / PyFloat(y))
    #endif
    default: return .null
    }
  }

  #if _pointerBitWidth(_64)
    /// The float that a number stands for in an operation with a float; nil where that takes more than a look.
    @inline(__always) private func quickFloat(_ value: Value) -> PyFloat? {
      if value.isTaggedFloat { return value.uncheckedTaggedFloat }
      if value.isSmallInt && value.uncheckedSmallInt.magnitude <= UInt(PyFloat.exactIntegerLimit) {
        return PyFloat(value.uncheckedSmallInt)
      }
      return value == .positiveZero ? 0 : nil
    }

    /// The usual operators on floats with results that need no memory; `null` for others. No operand is a NaN.
    @inline(__always) private func quickBinary(_ operation: BinaryOperator, _ x: PyFloat, _ y: PyFloat) -> Value {
      switch operation {
      case .add, .inPlaceAdd: return Value(taggedFloat: x + y)
      case .subtract, .inPlaceSubtract: return Value(taggedFloat: x - y)
      case .multiply, .inPlaceMultiply: return Value(taggedFloat: x * y)
      case .trueDivide, .inPlaceTrueDivide: return y == 0 ? .null : Value(taggedFloat: x / y)
      default: return .null
      }
    }
  #endif

  /// Any operator on two integers, booleans or floats, comparisons and in-place forms included; `null` if an operand is no number or the
  /// operator not theirs.
  public func numericBinary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
    let leftKind = numberKind(left)
    if leftKind == .none { return .null }
    let rightKind = numberKind(right)
    if rightKind == .none { return .null }
    if leftKind == .float || rightKind == .float { return try mixedBinary(operation, left, leftKind, right, rightKind) }
    if leftKind == .small && rightKind == .small { return try smallBinary(operation, left.uncheckedSmallInt, right.uncheckedSmallInt) }
    if leftKind == .bool && rightKind == .bool {
      let result = boolBinary(operation, left == .true, right == .true)
      if !result.isNull { return result }
    }
    let a = withoutBool(left), b = withoutBool(right)
    if a.isSmallInt && b.isSmallInt { return try smallBinary(operation, a.uncheckedSmallInt, b.uncheckedSmallInt) }
    return try bigBinary(operation, a, b)
  }

  /// The same number, `0` and `1` for booleans.
  @inline(__always) func withoutBool(_ value: Value) -> Value {
    value == .true ? Value(smallInt: 1) : value == .false ? Value(smallInt: 0) : value
  }

  /// `&`, `|` and `^` of two booleans are booleans.
  private func boolBinary(_ operation: BinaryOperator, _ a: Bool, _ b: Bool) -> Value {
    switch operation {
    case .and, .inPlaceAnd: return Value(a && b)
    case .or, .inPlaceOr: return Value(a || b)
    case .xor, .inPlaceXor: return Value(a != b)
    default: return .null
    }
  }

  /// At least one operand is a float.
  @inline(__always)
  private func mixedBinary(
    _ operation: BinaryOperator, _ left: Value, _ leftKind: NumberKind, _ right: Value, _ rightKind: NumberKind
  ) throws(PyError) -> Value {
    if leftKind == .float && rightKind == .float { return try floatBinary(operation, uncheckedFloat(left), uncheckedFloat(right)) }
    if leftKind == .float {
      let other = withoutBool(right)
      if other.isSmallInt && other.uncheckedSmallInt.magnitude <= UInt(PyFloat.exactIntegerLimit) {
        return try floatBinary(operation, uncheckedFloat(left), PyFloat(other.uncheckedSmallInt))
      }
      if operation.isComparison { return compared(operation, intWithFloat: other, uncheckedFloat(left), swapped: true) }
      return try floatBinary(operation, uncheckedFloat(left), floatOfInt(other))
    }
    let other = withoutBool(left)
    if other.isSmallInt && other.uncheckedSmallInt.magnitude <= UInt(PyFloat.exactIntegerLimit) {
      return try floatBinary(operation, PyFloat(other.uncheckedSmallInt), uncheckedFloat(right))
    }
    if operation.isComparison { return compared(operation, intWithFloat: other, uncheckedFloat(right), swapped: false) }
    return try floatBinary(operation, floatOfInt(other), uncheckedFloat(right))
  }

  /// Compares an integer that need not be a float exactly with a float, exactly. `swapped`: the float is the left operand.
  @inline(never)
  private func compared(_ operation: BinaryOperator, intWithFloat integer: Value, _ float: PyFloat, swapped: Bool) -> Value {
    let order = withOperand(integer) { (operand) -> Int? in BigInteger.compare(operand, float) }
    guard let order else { return Value(operation == .notEqual) }
    return orderAsResult(operation, swapped ? 0 &- order : order)
  }

  /// What a comparison answers for operands of which the first is below (-1), equal to (0) or above (1) the second.
  func orderAsResult(_ operation: BinaryOperator, _ order: Int) -> Value {
    operation.isComparison ? Value(comparison(operation, isLess: order < 0, isEqual: order == 0)) : .null
  }

  // MARK: Small integers

  /// Any operator on two small integers; `null` if it is not theirs.
  func smallBinary(_ operation: BinaryOperator, _ x: Int, _ y: Int) throws(PyError) -> Value {
    switch operation {
    case .less, .more, .equal, .lessEqual, .moreEqual, .notEqual: return Value(comparison(operation, isLess: x < y, isEqual: x == y))
    case .add, .inPlaceAdd: return try newInt(x &+ y)
    case .subtract, .inPlaceSubtract: return try newInt(x &- y)
    case .multiply, .inPlaceMultiply: return try smallMultiply(x, y)
    case .and, .inPlaceAnd: return Value(smallInt: x & y)
    case .or, .inPlaceOr: return Value(smallInt: x | y)
    case .xor, .inPlaceXor: return Value(smallInt: x ^ y)
    case .shiftLeft, .inPlaceShiftLeft: return try smallShiftLeft(x, y)
    case .shiftRight, .inPlaceShiftRight:
      if y < 0 { try raiseNegativeShift() }
      return Value(smallInt: y < Int.bitWidth ? x &>> y : x &>> (Int.bitWidth &- 1))
    case .floorDivide, .inPlaceFloorDivide:
      if y == 0 { try raiseDivideByZero() }
      return try newInt(smallDivide(x, y).quotient)
    case .modulo, .inPlaceModulo:
      if y == 0 { try raiseDivideByZero() }
      return Value(smallInt: smallDivide(x, y).remainder)
    case .divmod:
      if y == 0 { try raiseDivideByZero() }
      let (quotient, remainder) = smallDivide(x, y)
      return try newTuple(newInt(quotient), Value(smallInt: remainder))
    case .trueDivide, .inPlaceTrueDivide: return try smallTrueDivide(x, y)
    case .power, .inPlacePower: return try smallPower(x, y)
    default: return .null
    }
  }

  /// Division rounded to minus infinity; `y` is not zero. Most programs divide numbers of 32 bits, for which processors have a faster
  /// instruction.
  @inline(__always) func smallDivide(_ x: Int, _ y: Int) -> (quotient: Int, remainder: Int) {
    #if _pointerBitWidth(_64)
      if UInt(bitPattern: x | y) &>> 32 == 0 {
        let (quotient, remainder) = UInt32(truncatingIfNeeded: x).quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: y))
        return (Int(quotient), Int(remainder))
      }
    #endif
    let quotient = x / y
    let remainder = x &- quotient &* y
    return remainder != 0 && (remainder ^ y) < 0 ? (quotient &- 1, remainder &+ y) : (quotient, remainder)
  }

  @inline(__always) private func smallMultiply(_ x: Int, _ y: Int) throws(PyError) -> Value {
    let (product, overflow) = x.multipliedReportingOverflow(by: y)
    return overflow ? try wideMultiply(x, y) : try newInt(product)
  }

  @inline(never) private func wideMultiply(_ x: Int, _ y: Int) throws(PyError) -> Value {
    let (high, low) = x.magnitude.multipliedFullWidth(by: y.magnitude)
    let object = try newIntObject(limbs: 2)
    IntObject.limbs(object)[0] = low
    IntObject.limbs(object)[1] = high
    object.pointee.signedCount = (x < 0) != (y < 0) ? -2 : 2
    return normalised(object)
  }

  @inline(__always) private func smallShiftLeft(_ x: Int, _ y: Int) throws(PyError) -> Value {
    if y < 0 { try raiseNegativeShift() }
    if y < Int.bitWidth &- 1 {
      let shifted = x &<< y
      if shifted &>> y == x { return try newInt(shifted) }
    }
    return x == 0 ? Value(smallInt: 0) : try bigShiftLeft(Value(smallInt: x), y)
  }

  private func smallTrueDivide(_ x: Int, _ y: Int) throws(PyError) -> Value {
    if y == 0 { try raiseDivideByZero() }
    if x.magnitude <= UInt(PyFloat.exactIntegerLimit) && y.magnitude <= UInt(PyFloat.exactIntegerLimit) {
      return try newFloat(PyFloat(x) / PyFloat(y))
    }
    return try bigTrueDivide(Value(smallInt: x), Value(smallInt: y))
  }

  private func smallPower(_ x: Int, _ y: Int) throws(PyError) -> Value {
    if y < 0 { return try floatPower(PyFloat(x), PyFloat(y)) }
    var result = 1
    var base = x
    var exponent = y
    while exponent != 0 {
      if exponent & 1 != 0 {
        let (product, overflow) = result.multipliedReportingOverflow(by: base)
        if overflow { return try bigPower(Value(smallInt: x), Value(smallInt: y)) }
        result = product
      }
      exponent &>>= 1
      if exponent == 0 { break }
      let (square, overflow) = base.multipliedReportingOverflow(by: base)
      if overflow { return try bigPower(Value(smallInt: x), Value(smallInt: y)) }
      base = square
    }
    return try newInt(result)
  }

  // MARK: Errors

  @inline(never) func raiseDivideByZero() throws(PyError) -> Never { try raise(.zeroDivisionError, "divide by zero") }
  @inline(never) func raiseNegativeShift() throws(PyError) -> Never { try raise(.valueError, "negative shift count") }
}
