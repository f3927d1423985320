// cmath, second part: the functions. Formulas are Kahan's ("Branch cuts for complex elementary functions"), special values those of annex G
// of the C standard: each function treats infinities, NaNs and zeros first where the formula would lose them.

import Platform

@inline(__always) private var naturalLogarithmOf2: PyFloat { 0.693147180559945309 }
@inline(__always) private var half: PyFloat { 0.5 }
/// From here on formulas work with halves or logarithms, so that squares do not overflow.
@inline(__always) private var large: PyFloat { PyFloat.greatestFiniteMagnitude / 4 }

/// A float with the magnitude of the first and the sign of the second.
@inline(__always) private func signed(_ magnitude: PyFloat, like sign: PyFloat) -> PyFloat { PyFloat(signOf: sign, magnitudeOf: magnitude) }

func complexSquareRoot(_ z: Complex) -> Complex {
  if z.real == 0 && z.imaginary == 0 { return Complex(0, z.imaginary) }
  if z.imaginary.isInfinite { return Complex(.infinity, z.imaginary) }
  if z.real.isInfinite {
    if z.real > 0 { return Complex(z.real, z.imaginary.isNaN ? .nan : signed(0, like: z.imaginary)) }
    return Complex(z.imaginary.isNaN ? .nan : 0, signed(.infinity, like: z.imaginary))
  }
  if z.real.isNaN || z.imaginary.isNaN { return Complex(.nan, .nan) }
  var x = z.real.magnitude
  var y = z.imaginary.magnitude
  // Scaled by a power of four, for which the root scales exactly.
  var scale: PyFloat = 1
  if x > large || y > large {
    x /= 16
    y /= 16
    scale = 4
  } else if x < PyFloat.leastNormalMagnitude * 4 && y < PyFloat.leastNormalMagnitude * 4 {
    let up = platform_ldexp(1, Int32(PyFloat.significandBitCount &+ 3) & ~1)
    x *= up
    y *= up
    scale = platform_ldexp(1, 0 &- (Int32(PyFloat.significandBitCount &+ 3) & ~1) / 2)
  }
  let s = ((x + platform_hypot(x, y)) / 2).squareRoot()
  let major = s * scale
  let minor = y / (2 * s) * scale
  return z.real >= 0 ? Complex(major, signed(minor, like: z.imaginary)) : Complex(minor, signed(major, like: z.imaginary))
}

func complexExponential(_ z: Complex) -> Complex {
  if z.imaginary == 0 { return Complex(platform_exp(z.real), z.imaginary) }
  if z.imaginary.isFinite {
    if z.real == -.infinity { return Complex(signed(0, like: platform_cos(z.imaginary)), signed(0, like: platform_sin(z.imaginary))) }
    if z.real.isNaN { return Complex(.nan, .nan) }
    let length = platform_exp(z.real)
    if length.isFinite || z.real.isInfinite { return Complex(length * platform_cos(z.imaginary), length * platform_sin(z.imaginary)) }
    // Two factors, so that a result in range is reached although the exponential is not.
    let root = platform_exp(z.real / 2)
    return Complex(root * platform_cos(z.imaginary) * root, root * platform_sin(z.imaginary) * root)
  }
  if z.real == -.infinity { return Complex(0, 0) }
  return z.real == .infinity ? Complex(.infinity, .nan) : Complex(.nan, .nan)
}

func complexCosh(_ z: Complex) -> Complex {
  let x = z.real, y = z.imaginary
  if y == 0 { return Complex(platform_cosh(x), x.isNaN ? y : y * signed(1, like: x)) }
  if y.isFinite {
    if x.isInfinite {
      return Complex(signed(.infinity, like: platform_cos(y)), signed(.infinity, like: platform_sin(y)) * signed(1, like: x))
    }
    if x.isNaN { return Complex(.nan, .nan) }
    if x.magnitude > 80 {
      let root = platform_exp(x.magnitude / 2)
      return Complex(half * root * platform_cos(y) * root, half * root * platform_sin(y) * root * signed(1, like: x))
    }
    return Complex(platform_cosh(x) * platform_cos(y), platform_sinh(x) * platform_sin(y))
  }
  if x.isInfinite { return Complex(.infinity, .nan) }
  return Complex(.nan, x == 0 ? 0 : .nan)
}

func complexSinh(_ z: Complex) -> Complex {
  let x = z.real, y = z.imaginary
  if y == 0 { return Complex(platform_sinh(x), y) }
  if y.isFinite {
    if x.isInfinite {
      return Complex(signed(.infinity, like: platform_cos(y)) * signed(1, like: x), signed(.infinity, like: platform_sin(y)))
    }
    if x.isNaN { return Complex(.nan, .nan) }
    if x.magnitude > 80 {
      let root = platform_exp(x.magnitude / 2)
      return Complex(half * root * platform_cos(y) * root * signed(1, like: x), half * root * platform_sin(y) * root)
    }
    return Complex(platform_sinh(x) * platform_cos(y), platform_cosh(x) * platform_sin(y))
  }
  if x == 0 || x.isInfinite { return Complex(x, .nan) }
  return Complex(.nan, .nan)
}

func complexTanh(_ z: Complex) -> Complex {
  let x = z.real, y = z.imaginary
  if x.isInfinite { return Complex(signed(1, like: x), y.isFinite ? signed(0, like: platform_sin(2 * y)) : 0) }
  if x.isNaN { return Complex(.nan, y == 0 ? y : .nan) }
  if !y.isFinite { return Complex(.nan, .nan) }
  if x.magnitude > 40 {
    return Complex(signed(1, like: x), 4 * platform_sin(y) * platform_cos(y) * platform_exp(-2 * x.magnitude))
  }
  let hyperbolic = platform_tanh(x), tangent = platform_tan(y)
  let secant = 1 / platform_cosh(x)
  let product = hyperbolic * tangent
  let divisor = 1 + product * product
  return Complex(hyperbolic * (1 + tangent * tangent) / divisor, tangent / divisor * secant * secant)
}

func complexLogarithm(_ z: Complex) -> Complex {
  let x = z.real.magnitude, y = z.imaginary.magnitude
  let angle = platform_atan2(z.imaginary, z.real)
  if x.isFinite && y.isFinite {
    if x > large || y > large { return Complex(platform_log(platform_hypot(x / 2, y / 2)) + naturalLogarithmOf2, angle) }
    if x < PyFloat.leastNormalMagnitude && y < PyFloat.leastNormalMagnitude {
      let bits = Int32(PyFloat.significandBitCount &+ 1)
      let length = platform_hypot(platform_ldexp(x, bits), platform_ldexp(y, bits))
      return Complex(platform_log(length) - PyFloat(bits) * naturalLogarithmOf2, angle)
    }
  }
  let length = platform_hypot(x, y)
  if length > 0.71 && length < 1.73 {
    let major = x > y ? x : y, minor = x > y ? y : x
    return Complex(platform_log1p((major - 1) * (major + 1) + minor * minor) / 2, angle)
  }
  return Complex(platform_log(length), angle)
}

/// The logarithm of twice the length of a long vector.
private func logarithmOfLong(_ z: Complex) -> PyFloat {
  platform_log(platform_hypot(z.real / 2, z.imaginary / 2)) + 2 * naturalLogarithmOf2
}

@inline(__always) private func isLong(_ z: Complex) -> Bool { z.real.magnitude > large || z.imaginary.magnitude > large }

func complexArcCos(_ z: Complex) -> Complex {
  if isLong(z) {
    let imaginary = signed(logarithmOfLong(z), like: z.imaginary)
    return Complex(platform_atan2(z.imaginary.magnitude, z.real), -imaginary)
  }
  if z.real == 0 && z.imaginary.isNaN { return Complex(platform_atan2(1, 0), .nan) }
  let a = complexSquareRoot(Complex(1 - z.real, -z.imaginary))
  let b = complexSquareRoot(Complex(1 + z.real, z.imaginary))
  return Complex(2 * platform_atan2(a.real, b.real), platform_asinh(b.real * a.imaginary - b.imaginary * a.real))
}

func complexArcCosh(_ z: Complex) -> Complex {
  if isLong(z) { return Complex(logarithmOfLong(z), platform_atan2(z.imaginary, z.real)) }
  let a = complexSquareRoot(Complex(z.real - 1, z.imaginary))
  let b = complexSquareRoot(Complex(z.real + 1, z.imaginary))
  return Complex(platform_asinh(a.real * b.real + a.imaginary * b.imaginary), 2 * platform_atan2(a.imaginary, b.real))
}

func complexArcSinh(_ z: Complex) -> Complex {
  if isLong(z) { return Complex(signed(logarithmOfLong(z), like: z.real), platform_atan2(z.imaginary, z.real.magnitude)) }
  if z.real.isNaN && z.imaginary == 0 { return z }
  let a = complexSquareRoot(Complex(1 + z.imaginary, -z.real))
  let b = complexSquareRoot(Complex(1 - z.imaginary, z.real))
  return Complex(
    platform_asinh(a.real * b.imaginary - b.real * a.imaginary),
    platform_atan2(z.imaginary, a.real * b.real - a.imaginary * b.imaginary))
}

func complexArcTanh(_ z: Complex) -> Complex {
  // The function is odd: work on the right half of the plane.
  if z.real < 0 || z.real == 0 && z.real.sign == .minus {
    let opposite = complexArcTanh(Complex(-z.real, -z.imaginary))
    return Complex(-opposite.real, -opposite.imaginary)
  }
  let x = z.real, y = z.imaginary.magnitude
  let quarterTurn = platform_atan2(1, 0)
  if x.isInfinite || y.isInfinite { return Complex(signed(0, like: x), z.imaginary.isNaN ? .nan : signed(quarterTurn, like: z.imaginary)) }
  if x.isNaN || y.isNaN { return x == 0 ? z : Complex(.nan, .nan) }
  let root = (large / 4).squareRoot()
  if x > root || y > root {
    let length = platform_hypot(x / 2, y / 2)
    return Complex(x / 4 / length / length, signed(quarterTurn, like: z.imaginary))
  }
  if x == 1 && y < PyFloat.leastNormalMagnitude.squareRoot() {
    let real = -platform_log(y.squareRoot() / platform_hypot(y, 2).squareRoot())
    return Complex(real, signed(platform_atan2(2, -y) / 2, like: z.imaginary))
  }
  let rest = 1 - x
  return Complex(
    platform_log1p(4 * x / (rest * rest + y * y)) / 4,
    -platform_atan2(-2 * z.imaginary, rest * (1 + x) - y * y) / 2)
}
