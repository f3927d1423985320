// math — functions on floats by the C library, with Python's errors, and functions on integers of any size.
//
// Rows of one shape share a body that tells them apart by the row's number (`rowData`, read before anything runs Python code). A result that
// is not a number where the arguments are raises ValueError, an infinite one OverflowError where the function grows beyond the range.

import Platform

enum MathModule {
  static let rows: InlineArray<_, Method> = [
    Method(.pi, getter: mathPi),
    Method(.e, getter: mathE),
    Method(.tau, getter: mathTau),
    Method(.inf, getter: mathInfinity),
    Method(.nan, getter: mathNaN),
    Method(.sqrt, 1...1, mathReal, data: 0),
    Method(.sin, 1...1, mathReal, data: 1),
    Method(.cos, 1...1, mathReal, data: 2),
    Method(.tan, 1...1, mathReal, data: 3),
    Method(.asin, 1...1, mathReal, data: 4),
    Method(.acos, 1...1, mathReal, data: 5),
    Method(.atan, 1...1, mathReal, data: 6),
    Method(.sinh, 1...1, mathReal, data: 7),
    Method(.cosh, 1...1, mathReal, data: 8),
    Method(.tanh, 1...1, mathReal, data: 9),
    Method(.asinh, 1...1, mathReal, data: 10),
    Method(.acosh, 1...1, mathReal, data: 11),
    Method(.atanh, 1...1, mathReal, data: 12),
    Method(.exp, 1...1, mathReal, data: 13),
    Method(.exp2, 1...1, mathReal, data: 14),
    Method(.expm1, 1...1, mathReal, data: 15),
    Method(.log1p, 1...1, mathReal, data: 16),
    Method(.cbrt, 1...1, mathReal, data: 17),
    Method(.erf, 1...1, mathReal, data: 18),
    Method(.erfc, 1...1, mathReal, data: 19),
    Method(.gamma, 1...1, mathReal, data: 20),
    Method(.lgamma, 1...1, mathReal, data: 21),
    Method(.fabs, 1...1, mathReal, data: 22),
    Method(.degrees, 1...1, mathReal, data: 23),
    Method(.radians, 1...1, mathReal, data: 24),
    Method(.ulp, 1...1, mathReal, data: 25),
    Method(.log, 1...2, mathLog),
    Method(.log2, 1...1, mathLogarithm, data: 2),
    Method(.log10, 1...1, mathLogarithm, data: 10),
    Method(.pow, 2...2, mathPair, data: 0),
    Method(.atan2, 2...2, mathPair, data: 1),
    Method(.copysign, 2...2, mathPair, data: 2),
    Method(.fmod, 2...2, mathPair, data: 3),
    Method(.remainder, 2...2, mathPair, data: 4),
    Method(.floor, 1...1, mathWhole, data: 0),
    Method(.ceil, 1...1, mathWhole, data: 1),
    Method(.trunc, 1...1, mathWhole, data: 2),
    Method(.isfinite, 1...1, mathTest, data: 0),
    Method(.isinf, 1...1, mathTest, data: 1),
    Method(.isnan, 1...1, mathTest, data: 2),
    Method(.isclose, "a, b, *, rel_tol=?, abs_tol=?", mathIsClose),
    Method(.frexp, 1...1, mathFrexp),
    Method(.ldexp, 2...2, mathLdexp),
    Method(.modf, 1...1, mathModf),
    Method(.fma, 3...3, mathFma),
    Method(.nextafter, "x, y, /, *, steps=None", mathNextAfter),
    Method(.factorial, 1...1, mathFactorial),
    Method(.comb, 2...2, mathComb),
    Method(.perm, 1...2, mathPerm),
    Method(.gcd, 0...255, mathGcd),
    Method(.lcm, 0...255, mathLcm),
    Method(.isqrt, 1...1, mathIsqrt),
    Method(.fsum, 1...1, mathFsum),
    Method(.prod, "iterable, /, *, start=1", mathProd),
    Method(.sumprod, 2...2, mathSumprod),
    Method(.hypot, 0...255, mathHypot),
    Method(.dist, 2...2, mathDist),
  ]
}

private func mathRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: MathModule.rows.span[index]) }

extension ModuleRow {
  static let math = ModuleRow(.math, rowCount: UInt8(MathModule.rows.count), row: mathRow)
}

// MARK: Constants

/// Pi, rounded to nearest at any width (the standard library's is rounded down).
@inline(__always) var circleConstant: PyFloat { 3.14159265358979323846 }

private func mathPi(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(circleConstant) }
private func mathE(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(2.718281828459045235) }
private func mathTau(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(6.283185307179586477) }
private func mathInfinity(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(PyFloat.infinity) }
private func mathNaN(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(PyFloat.nan) }

// MARK: Errors

extension VM {
  @inline(never) func raiseDomain() throws(PyError) -> Never { try raise(.valueError, "math domain error") }
  @inline(never) func raiseRange() throws(PyError) -> Never { try raise(.overflowError, "math range error") }
}

// MARK: Real functions

/// The functions of one float.
private func mathReal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let function = vm.state.pointee.rowData
  let x = try vm.floatValue(arguments[0])
  let result = realFunction(function, x)
  if result.isFinite { return try vm.newFloat(result) }
  if result.isNaN && !x.isNaN { try vm.raiseDomain() }
  if result.isInfinite && x.isFinite { try raiseInfinite(vm, function, x) }
  return try vm.newFloat(result)
}

private func realFunction(_ function: Int, _ x: PyFloat) -> PyFloat {
  switch function {
  case 0: return x.squareRoot()
  case 1: return platform_sin(x)
  case 2: return platform_cos(x)
  case 3: return platform_tan(x)
  case 4: return platform_asin(x)
  case 5: return platform_acos(x)
  case 6: return platform_atan(x)
  case 7: return platform_sinh(x)
  case 8: return platform_cosh(x)
  case 9: return platform_tanh(x)
  case 10: return platform_asinh(x)
  case 11: return platform_acosh(x)
  case 12: return platform_atanh(x)
  case 13: return platform_exp(x)
  case 14: return platform_exp2(x)
  case 15: return platform_expm1(x)
  case 16: return platform_log1p(x)
  case 17: return platform_cbrt(x)
  case 18: return platform_erf(x)
  case 19: return platform_erfc(x)
  case 20: return platform_tgamma(x)
  case 21: return platform_lgamma(x)
  case 22: return x.magnitude
  case 23: return x * (180 / circleConstant)
  case 24: return x * (circleConstant / 180)
  default: return x.isInfinite ? .infinity : x.magnitude.ulp
  }
}

/// An infinite result of a finite argument: a pole or a result out of range.
private func raiseInfinite(_ vm: VM, _ function: Int, _ x: PyFloat) throws(PyError) {
  switch function {
  case 7, 8, 13, 14, 15: try vm.raiseRange()
  case 20, 21:
    if x > 0 || x != x.rounded(.down) { try vm.raiseRange() }
    try vm.raiseDomain()
  case 23: return
  default: try vm.raiseDomain()
  }
}

/// The functions of two floats.
private func mathPair(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let function = vm.state.pointee.rowData
  let x = try vm.floatValue(arguments[0])
  let y = try vm.floatValue(arguments[1])
  let result: PyFloat
  switch function {
  case 0: result = x == 1 || y == 0 ? 1 : platform_pow(x, y)
  case 1: result = platform_atan2(x, y)
  case 2: result = PyFloat(signOf: y, magnitudeOf: x)
  case 3: result = y.isInfinite && x.isFinite ? x : platform_fmod(x, y)
  default: result = y.isInfinite && x.isFinite ? x : platform_remainder(x, y)
  }
  if result.isNaN && !x.isNaN && !y.isNaN { try vm.raiseDomain() }
  if result.isInfinite && x.isFinite && y.isFinite {
    if x == 0 { try vm.raiseDomain() }
    try vm.raiseRange()
  }
  return try vm.newFloat(result)
}

/// `floor`, `ceil`, `trunc`. May run Python code.
private func mathWhole(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let function = vm.state.pointee.rowData
  let value = arguments[0]
  if value.isSmallInt { return value }
  if vm.typeID(of: value) == .float { return try wholePart(vm, vm.floatValue(value), function) }
  if vm.pythonClass(of: value) != nil {
    let method = try vm.findAttribute(value, function == 0 ? Qstr.__floor__ : function == 1 ? Qstr.__ceil__ : Qstr.__trunc__)
    if !method.isNull { return try vm.call(method) }
  }
  if vm.isInt(value) { return try vm.index(value) }
  return try wholePart(vm, vm.floatValue(value), function)
}

private func wholePart(_ vm: VM, _ x: PyFloat, _ function: Int) throws(PyError) -> Value {
  try vm.intOfFloat(x.rounded(function == 0 ? .down : function == 1 ? .up : .towardZero))
}

/// `isfinite`, `isinf`, `isnan`.
private func mathTest(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let function = vm.state.pointee.rowData
  let x = try vm.floatValue(arguments[0])
  return Value(function == 0 ? x.isFinite : function == 1 ? x.isInfinite : x.isNaN)
}

// MARK: Logarithms

/// The logarithm to base e (0), 2 or 10 of an integer of any size or a float. ValueError unless it is positive.
private func logarithm(_ vm: VM, _ value: Value, base: Int) throws(PyError) -> PyFloat {
  var x: PyFloat
  // The power of two taken out of an integer beyond the range of floats.
  var shift = 0
  let integer = vm.isInt(value) ? try vm.index(value) : .null
  if !integer.isNull && !integer.isSmallInt {
    let length = vm.bitLength(integer)
    if length < Int(PyFloat.greatestFiniteMagnitude.exponent) {
      x = try vm.floatOfInt(integer)
    } else if try vm.isLess(integer, Value(smallInt: 0)) {
      x = -1
    } else {
      shift = length &- PyFloat.significandBitCount &- 10
      x = try vm.floatOfInt(vm.intBinary(.shiftRight, integer, Value(smallInt: shift)))
    }
  } else {
    x = try vm.floatValue(value)
  }
  if x <= 0 { try vm.raiseDomain() }
  switch base {
  case 2: return platform_log2(x) + PyFloat(shift)
  case 10: return platform_log10(x) + PyFloat(shift) * 0.301029995663981195
  default: return platform_log(x) + PyFloat(shift) * 0.693147180559945309
  }
}

/// `log(x[, base])`.
private func mathLog(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = try logarithm(vm, arguments[0], base: 0)
  if arguments.count == 1 { return try vm.newFloat(top) }
  let bottom = try logarithm(vm, arguments[1], base: 0)
  if bottom == 0 { try vm.raise(.zeroDivisionError, "divide by zero") }
  return try vm.newFloat(top / bottom)
}

/// `log2(x)`, `log10(x)`.
private func mathLogarithm(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(logarithm(vm, arguments[0], base: vm.state.pointee.rowData))
}

// MARK: Parts of floats

/// `isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`.
private func mathIsClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let a = try vm.floatValue(arguments[0])
  let b = try vm.floatValue(arguments[1])
  let relative = arguments[2].isNull ? 1e-9 : try vm.floatValue(arguments[2])
  let absolute = arguments[3].isNull ? 0 : try vm.floatValue(arguments[3])
  if relative < 0 || absolute < 0 { try vm.raiseDomain() }
  if a == b { return .true }
  if a.isInfinite || b.isInfinite { return .false }
  let difference = (a - b).magnitude
  return Value(difference <= absolute || difference <= (relative * a).magnitude || difference <= (relative * b).magnitude)
}

/// `frexp(x)`: mantissa and exponent.
private func mathFrexp(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let x = try vm.floatValue(arguments[0])
  if !x.isFinite || x == 0 { return try vm.newTuple(vm.newFloat(x), Value(smallInt: 0)) }
  var exponent: Int32 = 0
  let mantissa = platform_frexp(x, &exponent)
  return try vm.newTuple(vm.newFloat(mantissa), Value(smallInt: Int(exponent)))
}

/// `ldexp(x, exponent)`.
private func mathLdexp(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let x = try vm.floatValue(arguments[0])
  let exponent = try vm.indexValue(arguments[1])
  if !x.isFinite || x == 0 { return try vm.newFloat(x) }
  // Beyond these every float is out of range or zero.
  let result = platform_ldexp(x, Int32(truncatingIfNeeded: max(-10000, min(10000, exponent))))
  if result.isInfinite { try vm.raiseRange() }
  return try vm.newFloat(result)
}

/// `modf(x)`: fraction and integer part, both with the sign of x.
private func mathModf(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let x = try vm.floatValue(arguments[0])
  let whole = x.rounded(.towardZero)
  let fraction = x.isInfinite ? 0 : x - whole
  return try vm.newTuple(vm.newFloat(PyFloat(signOf: x, magnitudeOf: fraction)), vm.newFloat(whole))
}

/// `fma(x, y, z)`.
private func mathFma(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let x = try vm.floatValue(arguments[0])
  let y = try vm.floatValue(arguments[1])
  let z = try vm.floatValue(arguments[2])
  let result = platform_fma(x, y, z)
  if result.isNaN && !x.isNaN && !y.isNaN && !z.isNaN { try vm.raiseDomain() }
  if result.isInfinite && x.isFinite && y.isFinite && z.isFinite { try vm.raiseRange() }
  return try vm.newFloat(result)
}

/// `nextafter(x, y, /, *, steps=None)`.
private func mathNextAfter(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let x = try vm.floatValue(arguments[0])
  let y = try vm.floatValue(arguments[1])
  if arguments[2] == .none || x.isNaN || y.isNaN || x == y { return try vm.newFloat(platform_nextafter(x, y)) }
  let steps = try vm.indexValue(arguments[2])
  if steps < 0 { try vm.raise(.valueError, "steps must be a non-negative integer") }
  // Bit patterns as integers are in the order of the floats.
  let from = orderedBits(x), to = orderedBits(y)
  let (distance, overflow) = to.subtractingReportingOverflow(from)
  if !overflow && distance.magnitude <= UInt64(steps) { return try vm.newFloat(y) }
  let target = x < y ? from &+ Int64(steps) : from &- Int64(steps)
  return try vm.newFloat(floatOfOrderedBits(target))
}

private func orderedBits(_ x: PyFloat) -> Int64 {
  let magnitude = Int64(x.magnitude.bitPattern)
  return x.sign == .minus ? 0 &- magnitude : magnitude
}

private func floatOfOrderedBits(_ bits: Int64) -> PyFloat {
  let magnitude = PyFloat(bitPattern: .init(truncatingIfNeeded: bits.magnitude))
  return bits < 0 ? -magnitude : magnitude
}
