// string.templatelib: Template, what a t-string makes, and Interpolation, one of its replacement fields with the value.

public struct TemplateObject {
  public var header: ObjectHeader
  /// Tuple of text parts, one more than interpolations.
  public var strings: Value
  /// Tuple.
  public var interpolations: Value
}

private enum TemplateType {
  static let methods: InlineArray<_, Method> = [
    Method(.strings, getter: templateStrings),
    Method(.interpolations, getter: templateInterpolations),
    Method(.values, getter: templateValues),
    Method(.__add__, 2...2, templateAdd),
    Method(.__iter__, 1...1, nativeIterator),
  ]
}

private func templateMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: TemplateType.methods.span[index]) }

extension TypeRow {
  static let template = TypeRow(
    .Template, isSubclassable: false, methodCount: UInt8(TemplateType.methods.count), method: templateMethod, make: templateMake,
    print: templatePrint, binary: templateBinary, iterate: templateIterate)
}

extension VM {
  public func newTemplate(_ strings: Value, _ interpolations: Value) throws(PyError) -> Value {
    let object = try allocate(TemplateObject.self)
    object.initialize(to: TemplateObject(header: ObjectHeader(.template), strings: strings, interpolations: interpolations))
    return Value(object)
  }
}

/// The built-in `__template__` that t-strings are compiled to: the tuple of texts, then value, expression, conversion and format
/// specification of each interpolation; or, in place of these, one tuple of them.
func makeTemplate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard arguments[0].isObject(.tuple) else { try vm.raise(.typeError, "expected tuple/list") }
  var fields = arguments.base + 1
  var count = arguments.count &- 1
  if count == 1 {
    guard arguments[1].isObject(.tuple) else { try vm.raise(.typeError, "object '%t' isn't a tuple or list", arguments[1]) }
    let tuple = arguments[1].unchecked(TupleObject.self)
    fields = TupleObject.items(tuple)
    count = tuple.pointee.count
  }
  let interpolations = try vm.newTupleObject(count / 4)
  for index in 0..<(count / 4) {
    let field = fields + 4 &* index
    TupleObject.items(interpolations)[index] = try vm.newInterpolation(field[0], field[1], field[2], field[3])
  }
  return try vm.newTemplate(arguments[0], count < 4 ? vm.interpreter.pointee.emptyTuple : Value(interpolations))
}

// MARK: Slots

/// `Template(*args)`: adjacent texts are joined.
private func templateMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, Int.max)
  let strings = try vm.newList(capacity: 4)
  let interpolations = try vm.newList(capacity: 4)
  var text = Value(Qstr.empty)
  for index in 0..<arguments.count {
    let argument = arguments[index]
    if argument.isObject(.interpolation) {
      try vm.listAppend(strings, text)
      try vm.listAppend(interpolations, argument)
      text = Value(Qstr.empty)
    } else {
      guard vm.isString(argument) else { try vm.raise(.typeError, "expected str or Interpolation") }
      text = try vm.concatenate(text, vm.unwrapped(argument))
    }
  }
  try vm.listAppend(strings, text)
  return try vm.newTemplate(
    vm.newTuple(strings.pointee.items, strings.pointee.count), vm.newTuple(interpolations.pointee.items, interpolations.pointee.count))
}

private func templatePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let template = value.unchecked(TemplateObject.self)
  try builder.append("Template(strings=")
  try vm.print(template.pointee.strings, &builder, .repr)
  try builder.append(", interpolations=")
  try vm.print(template.pointee.interpolations, &builder, .repr)
  try builder.append(byte: 41)
}

private func templateBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard operation == .add || operation == .inPlaceAdd, left.isObject(.template), right.isObject(.template) else { return .null }
  let a = left.unchecked(TemplateObject.self)
  let b = right.unchecked(TemplateObject.self)
  let first = a.pointee.strings.unchecked(TupleObject.self)
  let second = b.pointee.strings.unchecked(TupleObject.self)
  let seam = first.pointee.count &- 1
  let strings = try vm.newTupleObject(seam &+ second.pointee.count)
  let items = TupleObject.items(strings)
  items.update(from: TupleObject.items(first), count: seam)
  (items + seam).update(from: TupleObject.items(second), count: second.pointee.count)
  items[seam] = try vm.concatenate(vm.unwrapped(TupleObject.items(first)[seam]), vm.unwrapped(TupleObject.items(second)[0]))
  let interpolations = try vm.binary(.add, a.pointee.interpolations, b.pointee.interpolations)
  return try vm.newTemplate(Value(strings), interpolations)
}

/// Over the parts in order, without empty texts.
private func templateIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let template = value.unchecked(TemplateObject.self)
  let strings = template.pointee.strings.unchecked(TupleObject.self)
  let interpolations = template.pointee.interpolations.unchecked(TupleObject.self)
  let parts = try vm.newList(capacity: strings.pointee.count &* 2)
  for index in 0..<strings.pointee.count {
    let text = TupleObject.items(strings)[index]
    if vm.uncheckedText(text).count > 0 { try vm.listAppend(parts, text) }
    if index < interpolations.pointee.count { try vm.listAppend(parts, TupleObject.items(interpolations)[index]) }
  }
  return try vm.getIterator(Value(parts))
}

// MARK: Attributes

private func templateStrings(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(TemplateObject.self).pointee.strings
}

private func templateInterpolations(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(TemplateObject.self).pointee.interpolations
}

private func templateValues(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let interpolations = arguments[0].unchecked(TemplateObject.self).pointee.interpolations.unchecked(TupleObject.self)
  let count = interpolations.pointee.count
  if count == 0 { return vm.interpreter.pointee.emptyTuple }
  let values = try vm.newTupleObject(count)
  for index in 0..<count {
    TupleObject.items(values)[index] = TupleObject.items(interpolations)[index].unchecked(InterpolationObject.self).pointee.value
  }
  return Value(values)
}

private func templateAdd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let sum = try templateBinary(vm, .add, arguments[0], arguments[1])
  if sum.isNull { try vm.raise(.typeError, "unsupported types for %s: '%t', '%t'", Value(Qstr.__add__), arguments[0], arguments[1]) }
  return sum
}
