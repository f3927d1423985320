// cmath — functions on complex numbers. The functions themselves, with their special values, are in CmathFunctions.swift; here are the rows,
// the arguments and the errors.
//
// ValueError ("domain") for infinite arguments where no value makes sense and at poles, OverflowError ("range") for finite arguments whose
// result is not finite.

import Platform

enum CmathModule {
  static let rows: InlineArray<_, Method> = [
    Method(.pi, getter: cmathPi),
    Method(.e, getter: cmathE),
    Method(.tau, getter: cmathTau),
    Method(.inf, getter: cmathInfinity),
    Method(.nan, getter: cmathNaN),
    Method(.infj, getter: cmathInfinityJ),
    Method(.nanj, getter: cmathNaNJ),
    Method(.sqrt, 1...1, cmathFunction, data: 0),
    Method(.exp, 1...1, cmathFunction, data: 1),
    Method(.cos, 1...1, cmathFunction, data: 2),
    Method(.sin, 1...1, cmathFunction, data: 3),
    Method(.tan, 1...1, cmathFunction, data: 4),
    Method(.cosh, 1...1, cmathFunction, data: 5),
    Method(.sinh, 1...1, cmathFunction, data: 6),
    Method(.tanh, 1...1, cmathFunction, data: 7),
    Method(.acos, 1...1, cmathFunction, data: 8),
    Method(.asin, 1...1, cmathFunction, data: 9),
    Method(.atan, 1...1, cmathFunction, data: 10),
    Method(.acosh, 1...1, cmathFunction, data: 11),
    Method(.asinh, 1...1, cmathFunction, data: 12),
    Method(.atanh, 1...1, cmathFunction, data: 13),
    Method(.log10, 1...1, cmathFunction, data: 14),
    Method(.log, 1...2, cmathLog),
    Method(.phase, 1...1, cmathPhase),
    Method(.polar, 1...1, cmathPolar),
    Method(.rect, 2...2, cmathRect),
    Method(.isfinite, 1...1, cmathTest, data: 0),
    Method(.isinf, 1...1, cmathTest, data: 1),
    Method(.isnan, 1...1, cmathTest, data: 2),
    Method(.isclose, "a, b, *, rel_tol=?, abs_tol=?", cmathIsClose),
  ]
}

private func cmathRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: CmathModule.rows.span[index]) }

extension ModuleRow {
  static let cmath = ModuleRow(.cmath, rowCount: UInt8(CmathModule.rows.count), row: cmathRow)
}

// MARK: Constants

private func cmathPi(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(circleConstant) }
private func cmathE(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(2.718281828459045235) }
private func cmathTau(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(6.283185307179586477) }
private func cmathInfinity(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(PyFloat.infinity) }
private func cmathNaN(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(PyFloat.nan) }
private func cmathInfinityJ(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newComplex(0, PyFloat.infinity) }
private func cmathNaNJ(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newComplex(0, PyFloat.nan) }

// MARK: Functions

/// The functions of one complex number. May run Python code.
private func cmathFunction(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let function = vm.state.pointee.rowData
  let z = try vm.complexValue(arguments[0])
  if isOutsideDomain(function, z) { try vm.raiseDomain() }
  let result: Complex
  switch function {
  case 0: result = complexSquareRoot(z)
  case 1: result = complexExponential(z)
  case 2: result = complexCosh(Complex(-z.imaginary, z.real))
  case 3: result = rotatedBack(complexSinh(rotated(z)))
  case 4: result = rotatedBack(complexTanh(rotated(z)))
  case 5: result = complexCosh(z)
  case 6: result = complexSinh(z)
  case 7: result = complexTanh(z)
  case 8: result = complexArcCos(z)
  case 9: result = rotatedBack(complexArcSinh(rotated(z)))
  case 10: result = rotatedBack(complexArcTanh(rotated(z)))
  case 11: result = complexArcCosh(z)
  case 12: result = complexArcSinh(z)
  case 13: result = complexArcTanh(z)
  default:
    let logarithm = complexLogarithm(z)
    result = Complex(logarithm.real / 2.302585092994045684, logarithm.imaginary / 2.302585092994045684)
  }
  if z.isFinite && result.isInfinite { try vm.raiseRange() }
  return try vm.newComplex(result.real, result.imaginary)
}

/// `i z`.
private func rotated(_ z: Complex) -> Complex { Complex(-z.imaginary, z.real) }
/// `-i z`.
private func rotatedBack(_ z: Complex) -> Complex { Complex(z.imaginary, -z.real) }

/// Arguments for which a function raises ValueError.
private func isOutsideDomain(_ function: Int, _ z: Complex) -> Bool {
  switch function {
  case 1: return z.imaginary.isInfinite && (z.real.isFinite || z.real == .infinity)
  case 2, 3: return z.real.isInfinite && !z.imaginary.isNaN
  case 4: return z.real.isInfinite && z.imaginary.isFinite
  case 5, 6: return z.imaginary.isInfinite && !z.real.isNaN
  case 7: return z.imaginary.isInfinite && z.real.isFinite
  case 10: return z.real == 0 && z.imaginary.magnitude == 1
  case 13: return z.imaginary == 0 && z.real.magnitude == 1
  case 14: return z.real == 0 && z.imaginary == 0
  default: return false
  }
}

/// `log(z[, base])`. May run Python code.
private func cmathLog(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let z = try vm.complexValue(arguments[0])
  if z.real == 0 && z.imaginary == 0 { try vm.raiseDomain() }
  var result = complexLogarithm(z)
  if arguments.count == 2 {
    let base = try vm.complexValue(arguments[1])
    if base.real == 0 && base.imaginary == 0 { try vm.raiseDomain() }
    let divisor = complexLogarithm(base)
    if divisor.real == 0 && divisor.imaginary == 0 { try vm.raise(.zeroDivisionError, "complex divide by zero") }
    result = vm.complexQuotient(result, divisor)
  }
  return try vm.newComplex(result.real, result.imaginary)
}

/// `phase(z)`.
private func cmathPhase(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let z = try vm.complexValue(arguments[0])
  return try vm.newFloat(platform_atan2(z.imaginary, z.real))
}

/// `polar(z)`: length and angle.
private func cmathPolar(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let z = try vm.complexValue(arguments[0])
  let length = platform_hypot(z.real, z.imaginary)
  if length.isInfinite && z.isFinite { try vm.raiseRange() }
  return try vm.newTuple(vm.newFloat(length), vm.newFloat(platform_atan2(z.imaginary, z.real)))
}

/// `rect(r, phi)`.
private func cmathRect(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let length = try vm.floatValue(arguments[0])
  let angle = try vm.floatValue(arguments[1])
  if angle.isInfinite && length != 0 && !length.isNaN { try vm.raiseDomain() }
  if length == 0 && !angle.isFinite { return try vm.newComplex(0, 0) }
  if angle == 0 { return try vm.newComplex(length, length.isNaN ? angle : angle * PyFloat(signOf: length, magnitudeOf: 1)) }
  if length.isInfinite && !angle.isFinite { return try vm.newComplex(.infinity, .nan) }
  return try vm.newComplex(length * platform_cos(angle), length * platform_sin(angle))
}

/// `isfinite`, `isinf`, `isnan`.
private func cmathTest(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let function = vm.state.pointee.rowData
  let z = try vm.complexValue(arguments[0])
  return Value(function == 0 ? z.isFinite : function == 1 ? z.isInfinite : z.real.isNaN || z.imaginary.isNaN)
}

/// `isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`.
private func cmathIsClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let a = try vm.complexValue(arguments[0])
  let b = try vm.complexValue(arguments[1])
  let relative = arguments[2].isNull ? 1e-9 : try vm.floatValue(arguments[2])
  let absolute = arguments[3].isNull ? 0 : try vm.floatValue(arguments[3])
  if relative < 0 || absolute < 0 { try vm.raise(.valueError, "tolerances must be non-negative") }
  if a.real == b.real && a.imaginary == b.imaginary { return .true }
  if a.isInfinite || b.isInfinite { return .false }
  let difference = platform_hypot(a.real - b.real, a.imaginary - b.imaginary)
  let largest = max(platform_hypot(a.real, a.imaginary), platform_hypot(b.real, b.imaginary))
  return Value(difference <= relative * largest || difference <= absolute)
}
