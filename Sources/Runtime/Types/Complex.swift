// complex — a pair of floats (`ComplexObject`, Core/Objects.swift). Arithmetic is in Complex+Arithmetic.

import Numerics
import Platform

enum ComplexType {
  static let methods: InlineArray<_, Method> = [
    Method(.conjugate, 1...1, complexConjugate),
    Method(.from_number, classMethod: 2...2, complexFromNumber),
    Method(.imag, getter: complexImaginary),
    Method(.real, getter: complexReal),
  ]
}

private func complexMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ComplexType.methods.span[index]) }

extension TypeRow {
  static let complex = TypeRow(
    .complex, methodCount: UInt8(ComplexType.methods.count), method: complexMethod, make: complexMake, print: complexPrint,
    unary: complexUnary,
    binary: complexBinarySlot)
}

// MARK: Slots

/// `complex(real=0, imag=0)` or `complex(text)`. May run Python code.
private func complexMake(_ vm: VM, _ cls: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.keywordCount > 0 {
    let top = vm.state.pointee.stackTop
    defer { vm.state.pointee.stackTop = top }
    let bound = try vm.bind(Text("real=0, imag=?"), arguments)
    return try vm.complexOf(bound[0], bound[1])
  }
  try vm.checkArguments(arguments, 0, 2)
  if arguments.count == 0 { return try vm.newComplex(0, 0) }
  return try vm.complexOf(arguments[0], arguments.optional(1))
}

private func complexPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let complex = value.unchecked(ComplexObject.self).pointee
  if complex.real == 0 && complex.real.sign == .plus {
    try vm.appendPart(complex.imaginary, to: &builder)
    return try builder.append(byte: 106)
  }
  try builder.append(byte: 40)
  try vm.appendPart(complex.real, to: &builder)
  if complex.imaginary.sign == .plus || complex.imaginary.isNaN { try builder.append(byte: 43) }
  try vm.appendPart(complex.imaginary, to: &builder)
  try builder.append("j)")
}

private func complexUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let complex = value.unchecked(ComplexObject.self).pointee
  switch operation {
  case .positive, .complex: return value
  case .negative: return try vm.newComplex(-complex.real, -complex.imaginary)
  case .bool: return Value(complex.real != 0 || complex.imaginary != 0)
  case .not: return Value(complex.real == 0 && complex.imaginary == 0)
  case .hash: return Value(smallInt: vm.hashOfNumber(value))
  case .absolute:
    let length = platform_hypot(complex.real, complex.imaginary)
    if length.isInfinite && complex.real.isFinite && complex.imaginary.isFinite { try vm.raise(.overflowError, "absolute value too large") }
    return try vm.newFloat(length)
  case .invert, .length, .int, .float, .index: return .null
  }
}

private func complexBinarySlot(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  try vm.complexBinary(operation, left, right)
}

extension VM {
  /// A float as part of a complex number: `repr` without `.0`.
  fileprivate func appendPart(_ float: PyFloat, to builder: inout StringBuilder) throws(PyError) {
    let target = try builder.reserve(FloatText.reprCapacity)
    var count = FloatText.repr(float, into: target)
    if count > 2 && target[count &- 1] == 48 && target[count &- 2] == 46 { count &-= 2 }
    builder.advance(count)
  }

  /// `complex(real, imag)`; `imag` null if not given. May run Python code.
  fileprivate func complexOf(_ real: Value, _ imaginary: Value) throws(PyError) -> Value {
    let plain = unwrapped(real)
    if let text = isString(plain) ? uncheckedText(plain) : nil {
      if !imaginary.isNull { try raise(.typeError, "complex() can't take second arg if first is a string") }
      guard let parsed = parseComplex(text) else { try raise(.valueError, "invalid syntax for number") }
      return try newComplex(parsed.real, parsed.imaginary)
    }
    if imaginary.isNull && real.isObject(.complex) { return real }
    let first = try complexValue(real)
    if imaginary.isNull { return try newComplex(first.real, first.imaginary) }
    guard let second = try findComplex(imaginary, asksComplex: false) else {
      try raise(.typeError, "can't convert %t to complex", imaginary)
    }
    let hasImaginaryPart = unwrapped(imaginary).isObject(.complex)
    return try newComplex(
      hasImaginaryPart ? first.real - second.imaginary : first.real,
      unwrapped(real).isObject(.complex) ? first.imaginary + second.real : second.real)
  }

  /// The complex number that a value is or converts to (`__complex__`, `__float__`, `__index__`); TypeError for others. May run Python code.
  public func complexValue(_ value: Value) throws(PyError) -> Complex {
    guard let complex = try findComplex(value) else { try raise(.typeError, "can't convert %t to complex", value) }
    return complex
  }

  /// As `complexValue`, but nil for values that are no numbers. May run Python code.
  public func findComplex(_ value: Value, asksComplex: Bool = true) throws(PyError) -> Complex? {
    if value.isObject(.complex) { return Complex(value.unchecked(ComplexObject.self)) }
    if asksComplex, let owner = pythonClass(of: value) {
      let method = special(owner, Qstr.__complex__)
      if !method.isNull {
        let answer = unwrapped(try call(method, value))
        if !answer.isObject(.complex) { try raise(.typeError, "__complex__ returned non-complex (type %t)", answer) }
        return Complex(answer.unchecked(ComplexObject.self))
      }
    }
    let plain = unwrapped(value)
    if plain.isObject(.complex) { return Complex(plain.unchecked(ComplexObject.self)) }
    guard let float = try findFloat(value) else { return nil }
    return Complex(float, 0)
  }

  /// Reads `a`, `bj`, `a+bj`, in parentheses or not, white space around; nil for other texts.
  fileprivate func parseComplex(_ text: Text) -> Complex? {
    var (start, end) = Utf8.trim(text.start, text.count)
    if start < end && text[start] == 40 {
      if text[end &- 1] != 41 || end &- start < 2 { return nil }
      let inner = Utf8.trim(text.start + (start &+ 1), end &- start &- 2)
      end = start &+ 1 &+ inner.end
      start = start &+ 1 &+ inner.start
    }
    if start >= end { return nil }
    if text[end &- 1] | 32 != 106 {
      guard let real = FloatText.parsePyFloat(text.start + start, end &- start) else { return nil }
      return Complex(real, 0)
    }
    end &-= 1
    // The sign between the parts is the last one that belongs to no exponent.
    var split = end &- 1
    while split > start && !((text[split] == 43 || text[split] == 45) && text[split &- 1] | 32 != 101) { split &-= 1 }
    split = max(split, start)
    var real: PyFloat = 0
    if split > start {
      guard let parsed = FloatText.parsePyFloat(text.start + start, split &- start) else { return nil }
      real = parsed
    }
    let isSignOnly = end &- split == 1 && (text[split] == 43 || text[split] == 45)
    if split == end || isSignOnly { return Complex(real, split < end && text[split] == 45 ? -1 : 1) }
    guard let imaginary = FloatText.parsePyFloat(text.start + split, end &- split) else { return nil }
    return Complex(real, imaginary)
  }
}

// MARK: Methods

private func complexReal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(arguments[0].unchecked(ComplexObject.self).pointee.real)
}

private func complexImaginary(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(arguments[0].unchecked(ComplexObject.self).pointee.imaginary)
}

/// `complex.conjugate()`.
private func complexConjugate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let complex = arguments[0].unchecked(ComplexObject.self).pointee
  return try vm.newComplex(complex.real, -complex.imaginary)
}

/// `complex.from_number(x)`. May run Python code.
private func complexFromNumber(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let complex = try vm.complexValue(arguments[1])
  let result = try vm.newComplex(complex.real, complex.imaginary)
  return arguments[0] == Value(type: .complex) ? result : try vm.call(arguments[0], result)
}
