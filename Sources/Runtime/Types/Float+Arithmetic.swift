// Operators on floats. Remainders have the sign of the divisor; a power of a negative base that is no real number is a complex one.

import Platform

extension VM {
  /// Any operator on two floats, comparisons and in-place forms included; `null` if it is not theirs.
  func floatBinary(_ operation: BinaryOperator, _ x: PyFloat, _ y: PyFloat) throws(PyError) -> Value {
    switch operation {
    case .less: return Value(x < y)
    case .more: return Value(x > y)
    case .equal: return Value(x == y)
    case .lessEqual: return Value(x <= y)
    case .moreEqual: return Value(x >= y)
    case .notEqual: return Value(x != y)
    case .add, .inPlaceAdd: return try newFloat(x + y)
    case .subtract, .inPlaceSubtract: return try newFloat(x - y)
    case .multiply, .inPlaceMultiply: return try newFloat(x * y)
    case .trueDivide, .inPlaceTrueDivide:
      if y == 0 { try raiseDivideByZero() }
      return try newFloat(x / y)
    case .floorDivide, .inPlaceFloorDivide:
      if y == 0 { try raiseDivideByZero() }
      return try newFloat(floatDivide(x, y).quotient)
    case .modulo, .inPlaceModulo:
      if y == 0 { try raiseDivideByZero() }
      return try newFloat(floatModulo(x, y))
    case .divmod:
      if y == 0 { try raiseDivideByZero() }
      let (quotient, remainder) = floatDivide(x, y)
      return try newTuple(newFloat(quotient), newFloat(remainder))
    case .power, .inPlacePower: return try floatPower(x, y)
    default: return .null
    }
  }

  /// `x % y` for y not zero.
  func floatModulo(_ x: PyFloat, _ y: PyFloat) -> PyFloat {
    let remainder = platform_fmod(x, y)
    if remainder == 0 { return PyFloat(signOf: y, magnitudeOf: 0) }
    return (remainder < 0) != (y < 0) ? remainder + y : remainder
  }

  /// `divmod(x, y)` for y not zero.
  func floatDivide(_ x: PyFloat, _ y: PyFloat) -> (quotient: PyFloat, remainder: PyFloat) {
    var remainder = platform_fmod(x, y)
    var quotient = (x - remainder) / y
    if remainder == 0 {
      remainder = PyFloat(signOf: y, magnitudeOf: 0)
    } else if (remainder < 0) != (y < 0) {
      remainder += y
      quotient -= 1
    }
    if quotient == 0 { return (PyFloat(signOf: x / y, magnitudeOf: 0), remainder) }
    // The division is nearly exact; rounding puts right what it is off.
    let floor = quotient.rounded(.down)
    return (quotient - floor > 0.5 ? floor + 1 : floor, remainder)
  }

  /// `x ** y`. ZeroDivisionError for a negative power of zero, OverflowError if the result is out of range.
  @inline(never) func floatPower(_ x: PyFloat, _ y: PyFloat) throws(PyError) -> Value {
    if x == 0 && y < 0 && y.isFinite { try raiseDivideByZero() }
    if x < 0 && x.isFinite && y.isFinite && y != y.rounded(.down) { return try complexPower(Complex(x, 0), Complex(y, 0)) }
    let result = platform_pow(x, y)
    if result.isInfinite && x.isFinite && y.isFinite { try raise(.overflowError, "Numerical result out of range") }
    return try newFloat(result)
  }
}
