// round() — to an integer, or to so many decimal places, always to the nearest, ties to even, of the exact value.

import Numerics
import Platform

extension VM {
  /// `round(value)` or `round(value, digits)`; `digits` null or None for an integer. May run Python code (`__round__`).
  public func roundValue(_ value: Value, _ digits: Value = .null) throws(PyError) -> Value {
    let hasDigits = !digits.isNull && digits != .none
    if let owner = pythonClass(of: value) {
      let method = special(owner, Qstr.__round__)
      if !method.isNull { return digits.isNull ? try call(method, value) : try call(method, value, digits) }
    }
    let plain = withoutBool(unwrapped(value))
    if isPlainInt(plain) { return hasDigits ? try roundInt(plain, indexValue(digits)) : plain }
    guard numberKind(plain) == .float else { try raise(.typeError, "can't convert %t to float", value) }
    let float = uncheckedFloat(plain)
    if !hasDigits { return try intOfFloat(float.rounded(.toNearestOrEven)) }
    return try newFloat(roundFloat(float, indexValue(digits)))
  }

  /// An integer rounded to a multiple of 10 to the `-digits`th.
  private func roundInt(_ value: Value, _ digits: Int) throws(PyError) -> Value {
    if digits >= 0 { return value }
    // Far more digits than the number has: nothing is left of it, and the power need not be computed.
    if bitLength(value) < (digits == Int.min ? Int.max : 0 &- digits) { return Value(smallInt: 0) }
    return try roundInt(value, to: power(ofTen: 0 &- digits), isAbove: false)
  }

  private func power(ofTen exponent: Int) throws(PyError) -> Value {
    try intBinary(.power, Value(smallInt: 10), Value(smallInt: exponent))
  }

  /// The multiple of `unit` nearest to an integer; `isAbove`: the number to be rounded lies a fraction above it.
  private func roundInt(_ value: Value, to unit: Value, isAbove: Bool) throws(PyError) -> Value {
    let rest = try intBinary(.modulo, value, unit)
    let down = try intBinary(.subtract, value, rest)
    let order = compareInts(try intBinary(.add, rest, rest), unit)
    if order < 0 { return down }
    if order == 0 && !isAbove {
      let quotient = try intBinary(.floorDivide, down, unit)
      if try intBinary(.and, quotient, Value(smallInt: 1)) == Value(smallInt: 0) { return down }
    }
    return try intBinary(.add, down, unit)
  }

  /// A float rounded to so many decimal places.
  private func roundFloat(_ float: PyFloat, _ digits: Int) throws(PyError) -> PyFloat {
    if !float.isFinite || float == 0 { return float }
    if digits < 0 { return try roundFloatToTens(float, digits) }
    // More places than the least denormal number has change nothing.
    if digits > (Int.bitWidth == 64 ? 1074 : 149) { return float }
    if let quick = roundQuickly(float, digits) { return quick }
    if float.magnitude >= PyFloat(PyFloat.exactIntegerLimit) { return float }
    return try roundThroughText(float, digits)
  }

  /// Scales up by an exact power of ten, with the error of the product, so that ties are seen; nil where that is not exact.
  private func roundQuickly(_ float: PyFloat, _ digits: Int) -> PyFloat? {
    let limit = Int.bitWidth == 64 ? 22 : 10
    if digits > limit { return nil }
    var scale: PyFloat = 1
    for _ in 0..<digits { scale *= 10 }
    let product = float * scale
    if product.magnitude >= PyFloat(PyFloat.exactIntegerLimit / 4) { return nil }
    let error = platform_fma(float, scale, -product)
    var nearest = product.rounded(.toNearestOrEven)
    // Only where the product seems to be a tie can its error decide; a true tie has gone to the even neighbour already.
    let difference = product - nearest
    if difference == 0.5 && error > 0 { nearest += 1 }
    if difference == -0.5 && error < 0 { nearest -= 1 }
    return PyFloat(signOf: float, magnitudeOf: nearest / scale)
  }

  /// Correctly rounded decimal digits, read back. Slow and always right.
  private func roundThroughText(_ float: PyFloat, _ digits: Int) throws(PyError) -> PyFloat {
    let capacity = FloatText.formatCapacity(float, code: 102, precision: digits)
    let text = try allocateBytes(capacity)
    let count = FloatText.formatFloat(float, code: 102, precision: digits, alternate: false, into: text)
    let magnitude = FloatText.parsePyFloat(text, count) ?? float.magnitude
    heap.free(UnsafeMutableRawPointer(text))
    return PyFloat(signOf: float, magnitudeOf: magnitude)
  }

  /// To a multiple of 10 to the `-digits`th, by way of exact integers. OverflowError if the result is out of range.
  private func roundFloatToTens(_ float: PyFloat, _ digits: Int) throws(PyError) -> PyFloat {
    if digits < (Int.bitWidth == 64 ? -308 : -38) { return PyFloat(signOf: float, magnitudeOf: 0) }
    let magnitude = float.magnitude
    let whole = magnitude.rounded(.towardZero)
    let rounded = try roundInt(intOfFloat(whole), to: power(ofTen: 0 &- digits), isAbove: magnitude != whole)
    return PyFloat(signOf: float, magnitudeOf: try floatOfInt(rounded))
  }
}
