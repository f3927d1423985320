// float — double precision on hosts, single on chips (`PyFloat`). Most doubles lie in the value's word (Core/Value.swift), the others in a
// `FloatObject`. Arithmetic is in Float+Arithmetic, hexadecimal text and ratios in Float+Exact, `round` in Float+Round.

import Numerics
import Platform

enum FloatType {
  static let methods: InlineArray<_, Method> = [
    Method(.as_integer_ratio, 1...1, floatAsIntegerRatio),
    Method(.conjugate, 1...1, floatItself),
    Method(.from_number, classMethod: 2...2, floatFromNumber),
    Method(.fromhex, classMethod: 2...2, floatFromHex),
    Method(.hex, 1...1, floatHex),
    Method(.imag, getter: floatZero),
    Method(.is_integer, 1...1, floatIsInteger),
    Method(.real, getter: floatItself),
  ]
}

private func floatMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: FloatType.methods.span[index]) }

extension TypeRow {
  static let float = TypeRow(
    .float, methodCount: UInt8(FloatType.methods.count), method: floatMethod, make: floatMake, print: floatPrint, unary: floatUnary,
    binary: floatBinarySlot)
}

// MARK: Slots

/// `float(x=0.0)`. May run Python code.
private func floatMake(_ vm: VM, _ cls: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  if arguments.count == 0 { return try vm.newFloat(0) }
  let value = arguments[0]
  if vm.numberKind(value) == .float { return value }
  if let float = try vm.findFloat(value) { return try vm.newFloat(float) }
  guard let text = vm.numberText(vm.unwrapped(value)) else { try vm.raise(.typeError, "can't convert %t to float", value) }
  return try vm.newFloat(vm.parseFloat(text))
}

private func floatPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try vm.appendFloat(vm.uncheckedFloat(value), to: &builder)
}

private func floatUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let float = vm.uncheckedFloat(value)
  switch operation {
  case .positive, .float: return value
  case .negative: return try vm.newFloat(-float)
  case .bool: return Value(float != 0)
  case .not: return Value(float == 0)
  case .hash: return Value(smallInt: vm.hashOfNumber(value))
  case .absolute: return try vm.newFloat(float.magnitude)
  case .int: return try vm.intOfFloat(float)
  case .complex: return try vm.newComplex(float, 0)
  case .invert, .length, .index: return .null
  }
}

private func floatBinarySlot(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  try vm.numericBinary(operation, left, right)
}

extension VM {
  /// `float(text)`: white space around is allowed. ValueError if it is no number.
  public func parseFloat(_ text: Text) throws(PyError) -> PyFloat {
    guard let float = FloatText.parsePyFloatTrimmed(text.start, text.count) else { try raise(.valueError, "invalid syntax for number") }
    return float
  }

  /// Appends `repr(float)`.
  public func appendFloat(_ float: PyFloat, to builder: inout StringBuilder) throws(PyError) {
    builder.advance(FloatText.repr(float, into: try builder.reserve(FloatText.reprCapacity)))
  }
}

// MARK: Methods

/// `float.conjugate()`, `float.real`.
private func floatItself(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }

/// `float.imag`.
private func floatZero(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(0) }

/// `float.is_integer()`.
private func floatIsInteger(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let float = vm.uncheckedFloat(arguments[0])
  return Value(float.isFinite && float == float.rounded(.towardZero))
}

/// `float.from_number(x)`. May run Python code.
private func floatFromNumber(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let float = try vm.newFloat(vm.floatValue(arguments[1]))
  return arguments[0] == Value(type: .float) ? float : try vm.call(arguments[0], float)
}

/// `float.as_integer_ratio()`.
private func floatAsIntegerRatio(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.integerRatio(vm.uncheckedFloat(arguments[0]))
}

/// `float.hex()`.
private func floatHex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.hexadecimalText(vm.uncheckedFloat(arguments[0])) }

/// `float.fromhex(string)`.
private func floatFromHex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isString(arguments[1]) else { try vm.raise(.typeError, "can't convert %t to str implicitly", arguments[1]) }
  let float = try vm.newFloat(vm.parseHexadecimal(vm.uncheckedText(vm.unwrapped(arguments[1]))))
  return arguments[0] == Value(type: .float) ? float : try vm.call(arguments[0], float)
}
