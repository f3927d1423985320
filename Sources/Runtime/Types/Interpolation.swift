// string.templatelib.Interpolation: one replacement field of a t-string.

public struct InterpolationObject {
  public var header: ObjectHeader
  public var value: Value
  /// The source text of the expression.
  public var expression: Value
  /// `'r'`, `'s'`, `'a'` or None.
  public var conversion: Value
  public var formatSpec: Value
}

private enum InterpolationType {
  static let methods: InlineArray<_, Method> = [
    Method(.value, getter: interpolationValue),
    Method(.expression, getter: interpolationExpression),
    Method(.conversion, getter: interpolationConversion),
    Method(.format_spec, getter: interpolationFormatSpec),
  ]
}

private func interpolationMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  row.initialize(to: InterpolationType.methods.span[index])
}

extension TypeRow {
  static let interpolation = TypeRow(
    .Interpolation, isSubclassable: false, methodCount: UInt8(InterpolationType.methods.count), method: interpolationMethod,
    make: interpolationMake, print: interpolationPrint)
}

extension VM {
  public func newInterpolation(_ value: Value, _ expression: Value, _ conversion: Value, _ formatSpec: Value) throws(PyError) -> Value {
    let object = try allocate(InterpolationObject.self)
    object.initialize(
      to: InterpolationObject(
        header: ObjectHeader(.interpolation), value: value, expression: expression, conversion: conversion, formatSpec: formatSpec))
    return Value(object)
  }
}

private func interpolationMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("value, expression='', conversion=None, format_spec=''", arguments)
  return try vm.newInterpolation(bound[0], bound[1], bound[2], bound[3])
}

private func interpolationPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let object = value.unchecked(InterpolationObject.self)
  try builder.append("Interpolation(")
  try vm.print(object.pointee.value, &builder, .repr)
  try builder.append(", ")
  try vm.print(object.pointee.expression, &builder, .repr)
  try builder.append(", ")
  try vm.print(object.pointee.conversion, &builder, .repr)
  try builder.append(", ")
  try vm.print(object.pointee.formatSpec, &builder, .repr)
  try builder.append(byte: 41)
}

private func interpolationValue(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(InterpolationObject.self).pointee.value
}

private func interpolationExpression(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(InterpolationObject.self).pointee.expression
}

private func interpolationConversion(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(InterpolationObject.self).pointee.conversion
}

private func interpolationFormatSpec(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(InterpolationObject.self).pointee.formatSpec
}
