// Types with parameters: `list[int]`. Calling one makes an object of the type without parameters; its attributes are that type's.

struct GenericAliasObject {
  var header: ObjectHeader
  var origin: Value
  /// Tuple.
  var arguments: Value
}

private enum GenericAliasType {
  static let methods: InlineArray<_, Method> = [
    Method(.__origin__, getter: aliasOrigin), Method(.__args__, getter: aliasArguments), Method(.__parameters__, getter: aliasParameters),
    Method(.__mro_entries__, 2...2, aliasBases),
  ]
}

private func aliasMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: GenericAliasType.methods.span[index]) }

extension TypeRow {
  static let genericAlias = TypeRow(
    .GenericAlias, isSubclassable: false, methodCount: UInt8(GenericAliasType.methods.count), method: aliasMethod, make: aliasMake,
    print: aliasPrint, unary: aliasUnary, binary: aliasBinary, getAttribute: aliasGetAttribute, iterate: nil, call: aliasCall)
}

extension VM {
  /// `origin[arguments]` of a type; one argument need not be a tuple. Allocates.
  public func newGenericAlias(_ origin: Value, _ arguments: Value) throws(PyError) -> Value {
    let all = arguments.isObject(.tuple) ? arguments : try newTuple(arguments)
    let object = try allocate(GenericAliasObject.self)
    object.initialize(to: GenericAliasObject(header: ObjectHeader(.genericAlias), origin: origin, arguments: all))
    return Value(object)
  }
}

private func aliasMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 2, 2)
  return try vm.newGenericAlias(arguments[0], arguments[1])
}

private func aliasPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let alias = value.unchecked(GenericAliasObject.self)
  try vm.checkNativeStack()
  try printParameter(vm, alias.pointee.origin, &builder)
  try builder.append(byte: 91)
  let items = ItemsView(unchecked: alias.pointee.arguments)
  if items.count == 0 { try builder.append("()") }
  for index in 0..<items.count {
    if index > 0 { try builder.append(", ") }
    try printParameter(vm, items.items[index], &builder)
  }
  try builder.append(byte: 93)
}

/// Types print as their names.
private func printParameter(_ vm: VM, _ value: Value, _ builder: inout StringBuilder) throws(PyError) {
  if vm.isClass(value) { return try builder.append(vm.className(value)) }
  if value == .ellipsis { return try builder.append("...") }
  try vm.print(value, &builder, .repr)
}

private func aliasUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  guard op == .hash else { return .null }
  let alias = value.unchecked(GenericAliasObject.self)
  return Value(
    smallInt: Int(bitPattern: combineHash(UInt(try vm.hash32(alias.pointee.origin)), try vm.hash32(alias.pointee.arguments)) &>> 2))
}

private func aliasBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard op == .equal || op == .notEqual, left.isObject(.genericAlias), right.isObject(.genericAlias) else { return .null }
  let a = left.unchecked(GenericAliasObject.self)
  let b = right.unchecked(GenericAliasObject.self)
  let same = a.pointee.origin == b.pointee.origin ? try vm.sameOrEqual(a.pointee.arguments, b.pointee.arguments) : false
  return Value(same == (op == .equal))
}

private func aliasGetAttribute(_ vm: VM, _ object: Value, _ name: Qstr) throws(PyError) -> Value {
  for index in 0..<GenericAliasType.methods.count where GenericAliasType.methods.span[index].name == name { return .null }
  if name == .__class__ { return .null }
  try vm.checkNativeStack()
  return try vm.findAttribute(object.unchecked(GenericAliasObject.self).pointee.origin, name)
}

private func aliasCall(_ vm: VM, _ callee: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.call(callee.unchecked(GenericAliasObject.self).pointee.origin, arguments)
}

private func aliasOrigin(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(GenericAliasObject.self).pointee.origin
}

private func aliasArguments(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(GenericAliasObject.self).pointee.arguments
}

private func aliasParameters(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { vm.interpreter.pointee.emptyTuple }

/// A class derived from `list[int]` is derived from `list`.
private func aliasBases(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTuple(arguments[0].unchecked(GenericAliasObject.self).pointee.origin)
}
