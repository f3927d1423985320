// random, second part: distributions of floats.

import Platform

extension VM {
  /// From above 0 to 1.
  fileprivate func randomPositive() -> PyFloat { 1 - randomUnit() }

  /// Normally distributed around 0 with deviation 1 (Box and Muller; the second number of each pair is not kept).
  fileprivate func randomNormal() -> PyFloat {
    (-2 * platform_log(randomPositive())).squareRoot() * platform_cos(2 * circleConstant * randomUnit())
  }

  /// Gamma distributed with scale 1 (Marsaglia and Tsang); `shape` is above 0.
  fileprivate func randomGamma(_ shape: PyFloat) throws(PyError) -> PyFloat {
    if shape < 1 { return try randomGamma(shape + 1) * platform_pow(randomPositive(), 1 / shape) }
    let d = shape - 1 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      try pollPending()
      let x = randomNormal()
      let v = 1 + c * x
      if v <= 0 { continue }
      let cube = v * v * v
      if platform_log(randomPositive()) < x * x / 2 + d - d * cube + d * platform_log(cube) { return d * cube }
    }
  }

  /// A float argument, or what it is if it was not given.
  fileprivate func argument(_ arguments: Arguments, _ index: Int, _ absent: PyFloat) throws(PyError) -> PyFloat {
    index < arguments.count ? try floatValue(arguments[index]) : absent
  }

  /// A parameter that must be positive and finite.
  fileprivate func positive(_ value: Value) throws(PyError) -> PyFloat {
    let float = try floatValue(value)
    if !(float > 0) || !float.isFinite { try raise(.valueError, "parameter must be positive") }
    return float
  }
}

/// `gauss(mu=0.0, sigma=1.0)`, `normalvariate(mu=0.0, sigma=1.0)`.
func randomNormal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(vm.argument(arguments, 0, 0) + vm.argument(arguments, 1, 1) * vm.randomNormal())
}

/// `lognormvariate(mu=0.0, sigma=1.0)`.
func randomLogNormal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(platform_exp(vm.argument(arguments, 0, 0) + vm.argument(arguments, 1, 1) * vm.randomNormal()))
}

/// `triangular(low=0.0, high=1.0, mode=None)`.
func randomTriangular(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var low = try vm.argument(arguments, 0, 0)
  var high = try vm.argument(arguments, 1, 1)
  if low == high { return try vm.newFloat(low) }
  let mode = arguments.optional(2)
  var peak = mode.isNull || mode == .none ? 0.5 : (try vm.floatValue(mode) - low) / (high - low)
  var unit = vm.randomUnit()
  if unit > peak {
    unit = 1 - unit
    peak = 1 - peak
    swap(&low, &high)
  }
  return try vm.newFloat(low + (high - low) * (unit * peak).squareRoot())
}

/// `expovariate(lambd=1.0)`.
func randomExponential(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let rate = try vm.argument(arguments, 0, 1)
  if rate == 0 { try vm.raise(.zeroDivisionError, "divide by zero") }
  return try vm.newFloat(-platform_log(vm.randomPositive()) / rate)
}

/// `paretovariate(alpha)`.
func randomPareto(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(platform_pow(vm.randomPositive(), -1 / vm.positive(arguments[0])))
}

/// `weibullvariate(alpha, beta)`.
func randomWeibull(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let scale = try vm.floatValue(arguments[0])
  return try vm.newFloat(scale * platform_pow(-platform_log(vm.randomPositive()), 1 / vm.positive(arguments[1])))
}

/// `gammavariate(alpha, beta)`.
func randomGamma(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(vm.randomGamma(vm.positive(arguments[0])) * vm.positive(arguments[1]))
}

/// `betavariate(alpha, beta)`.
func randomBeta(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let first = try vm.randomGamma(vm.positive(arguments[0]))
  let second = try vm.randomGamma(vm.positive(arguments[1]))
  return try vm.newFloat(first == 0 ? 0 : first / (first + second))
}
