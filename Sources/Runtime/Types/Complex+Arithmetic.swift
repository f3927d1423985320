// Operators on complex numbers. A real operand stays real: it is not widened, so that infinities and signs of zeros survive (annex G of C99).

import Numerics
import Platform

/// A complex number in registers.
@frozen public struct Complex {
  public var real: PyFloat
  public var imaginary: PyFloat
  @inlinable @inline(__always) public init(_ real: PyFloat, _ imaginary: PyFloat) {
    self.real = real
    self.imaginary = imaginary
  }
  /// That of a `complex` object.
  @inline(__always) public init(_ object: Ref<ComplexObject>) { self.init(object.pointee.real, object.pointee.imaginary) }

  /// True if either part is infinite.
  @inlinable public var isInfinite: Bool { real.isInfinite || imaginary.isInfinite }
  /// True if both parts are finite.
  @inlinable public var isFinite: Bool { real.isFinite && imaginary.isFinite }
}

extension VM {
  /// Any operator of which one operand is complex and the other a number; `null` for others.
  func complexBinary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
    let leftIsReal = !left.isObject(.complex), rightIsReal = !right.isObject(.complex)
    if leftIsReal && numberKind(left) == .none || rightIsReal && numberKind(right) == .none { return .null }
    if operation == .equal || operation == .notEqual {
      return Value(complexEquals(left, right, leftIsReal, rightIsReal) == (operation == .equal))
    }
    if operation.isComparison { return .null }
    guard let a = try findComplex(left), let b = try findComplex(right) else { return .null }
    let result: Complex
    switch operation {
    case .add, .inPlaceAdd:
      result = Complex(a.real + b.real, leftIsReal ? b.imaginary : rightIsReal ? a.imaginary : a.imaginary + b.imaginary)
    case .subtract, .inPlaceSubtract:
      result = Complex(a.real - b.real, leftIsReal ? -b.imaginary : rightIsReal ? a.imaginary : a.imaginary - b.imaginary)
    case .multiply, .inPlaceMultiply:
      if leftIsReal {
        result = Complex(a.real * b.real, a.real * b.imaginary)
      } else if rightIsReal {
        result = Complex(a.real * b.real, a.imaginary * b.real)
      } else {
        result = complexProduct(a, b)
      }
    case .trueDivide, .inPlaceTrueDivide:
      if b.real == 0 && b.imaginary == 0 { try raise(.zeroDivisionError, "complex divide by zero") }
      result = rightIsReal ? Complex(a.real / b.real, a.imaginary / b.real) : complexQuotient(a, b)
    case .floorDivide, .inPlaceFloorDivide: try raise(.typeError, "can't truncate-divide a complex number")
    case .power, .inPlacePower: return try complexPower(a, b)
    default: return .null
    }
    return try newComplex(result.real, result.imaginary)
  }

  /// Integers are compared exactly.
  private func complexEquals(_ left: Value, _ right: Value, _ leftIsReal: Bool, _ rightIsReal: Bool) -> Bool {
    if leftIsReal || rightIsReal {
      let complex = Complex((leftIsReal ? right : left).unchecked(ComplexObject.self))
      let other = withoutBool(leftIsReal ? left : right)
      if complex.imaginary != 0 { return false }
      if numberKind(other) == .float { return uncheckedFloat(other) == complex.real }
      return withOperand(other) { (x) -> Int? in BigInteger.compare(x, complex.real) } == Optional(0)
    }
    let a = Complex(left.unchecked(ComplexObject.self)), b = Complex(right.unchecked(ComplexObject.self))
    return a.real == b.real && a.imaginary == b.imaginary
  }

  /// `a * b`; infinite if a factor is, even where the formula says NaN.
  func complexProduct(_ a: Complex, _ b: Complex) -> Complex {
    let real = a.real * b.real - a.imaginary * b.imaginary
    let imaginary = a.real * b.imaginary + a.imaginary * b.real
    if !real.isNaN || !imaginary.isNaN || !a.isInfinite && !b.isInfinite { return Complex(real, imaginary) }
    let x = a.isInfinite ? infinityToOne(a) : nanToZero(a)
    let y = b.isInfinite ? infinityToOne(b) : nanToZero(b)
    return Complex(
      PyFloat.infinity * (x.real * y.real - x.imaginary * y.imaginary), PyFloat.infinity * (x.real * y.imaginary + x.imaginary * y.real))
  }

  private func infinityToOne(_ a: Complex) -> Complex {
    Complex(
      PyFloat(signOf: a.real, magnitudeOf: a.real.isInfinite ? 1 : 0),
      PyFloat(signOf: a.imaginary, magnitudeOf: a.imaginary.isInfinite ? 1 : 0))
  }

  private func nanToZero(_ a: Complex) -> Complex {
    Complex(
      a.real.isNaN ? PyFloat(signOf: a.real, magnitudeOf: 0) : a.real,
      a.imaginary.isNaN ? PyFloat(signOf: a.imaginary, magnitudeOf: 0) : a.imaginary)
  }

  /// `a / b` for b not zero, scaled by the greater part of b so that nothing overflows on the way (Smith's method).
  public func complexQuotient(_ a: Complex, _ b: Complex) -> Complex {
    if b.real.magnitude >= b.imaginary.magnitude {
      let ratio = b.imaginary / b.real
      let divisor = b.real + b.imaginary * ratio
      return Complex((a.real + a.imaginary * ratio) / divisor, (a.imaginary - a.real * ratio) / divisor)
    }
    if b.imaginary.magnitude >= b.real.magnitude {
      let ratio = b.real / b.imaginary
      let divisor = b.real * ratio + b.imaginary
      return Complex((a.real * ratio + a.imaginary) / divisor, (a.imaginary * ratio - a.real) / divisor)
    }
    return Complex(.nan, .nan)
  }

  /// `a ** b`. ZeroDivisionError for a power of zero whose exponent is negative or complex; OverflowError beyond the range.
  @inline(never) func complexPower(_ a: Complex, _ b: Complex) throws(PyError) -> Value {
    let result: Complex
    if b.real == 0 && b.imaginary == 0 {
      result = Complex(1, 0)
    } else if a.real == 0 && a.imaginary == 0 {
      if b.imaginary != 0 || b.real < 0 { try raise(.zeroDivisionError, "0.0 to a complex power") }
      result = Complex(0, 0)
    } else if b.imaginary == 0 && b.real == b.real.rounded(.towardZero) && b.real.magnitude <= 100 {
      result = complexPower(a, Int(b.real))
    } else {
      let length = platform_hypot(a.real, a.imaginary)
      let angle = platform_atan2(a.imaginary, a.real)
      var magnitude = platform_pow(length, b.real)
      var phase = angle * b.real
      if b.imaginary != 0 {
        magnitude *= platform_exp(-angle * b.imaginary)
        phase += b.imaginary * platform_log(length)
      }
      result = Complex(magnitude * platform_cos(phase), magnitude * platform_sin(phase))
    }
    if !result.isFinite && a.isFinite && b.isFinite { try raise(.overflowError, "complex exponentiation") }
    return try newComplex(result.real, result.imaginary)
  }

  /// A power with a small integer exponent, by squaring: exact where the parts are small integers.
  private func complexPower(_ a: Complex, _ exponent: Int) -> Complex {
    var result = Complex(1, 0)
    var factor = a
    var rest = exponent.magnitude
    while rest != 0 {
      if rest & 1 != 0 { result = complexProduct(result, factor) }
      rest &>>= 1
      if rest != 0 { factor = complexProduct(factor, factor) }
    }
    return exponent < 0 ? complexQuotient(Complex(1, 0), result) : result
  }
}
