// Type parameters (`TypeVar`, `TypeVarTuple`, `ParamSpec`) and type aliases of PEP 695: light objects that know their names. Bounds, defaults and
// the values of aliases are functions without parameters, called when somebody asks and then replaced by what they answered.

struct TypeParameterObject {
  var header: ObjectHeader
  var name: Value
  /// A function until it is first asked for (then `isBoundKnown`), or null.
  var bound: Value
  /// As `bound`.
  var standard: Value
  var isBoundKnown: Bool
  var isStandardKnown: Bool
}

struct TypeAliasObject {
  var header: ObjectHeader
  var name: Value
  /// Tuple.
  var parameters: Value
  /// A function until it is first asked for.
  var value: Value
  var isKnown: Bool
}

private enum TypeAliasType {
  static let methods: InlineArray<_, Method> = [
    Method(.__name__, getter: aliasName),
    Method(.__type_params__, getter: aliasParameters),
    Method(.__value__, getter: aliasValue),
  ]
}
private func aliasMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: TypeAliasType.methods.span[index]) }

extension TypeRow {
  static let typeVariable = TypeRow(.TypeVar, isSubclassable: false, print: parameterPrint, getAttribute: parameterGetAttribute)
  static let typeVariableTuple = TypeRow(
    .TypeVarTuple, isSubclassable: false, print: parameterPrint, getAttribute: parameterGetAttribute, iterate: parameterIterate)
  static let parameterSpecification = TypeRow(.ParamSpec, isSubclassable: false, print: parameterPrint, getAttribute: parameterGetAttribute)
  static let typeAlias = TypeRow(
    .TypeAliasType, isSubclassable: false, methodCount: UInt8(TypeAliasType.methods.count), method: aliasMethod, print: aliasPrint,
    binary: typeUnion, getItem: aliasGetItem)
}

private func parameterPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try vm.print(value.unchecked(TypeParameterObject.self).pointee.name, &builder, .str)
}

private func parameterGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let parameter = value.unchecked(TypeParameterObject.self)
  switch name {
  case Qstr.__name__: return parameter.pointee.name
  case Qstr.__bound__:
    let bound = try parameterBound(vm, parameter)
    return bound.isObject(.tuple) ? .none : bound
  case Qstr.__constraints__:
    let bound = try parameterBound(vm, parameter)
    return bound.isObject(.tuple) ? bound : vm.interpreter.pointee.emptyTuple
  case Qstr.__default__:
    if parameter.pointee.standard.isNull { return .none }
    if !parameter.pointee.isStandardKnown {
      parameter.pointee.standard = try vm.call(parameter.pointee.standard)
      parameter.pointee.isStandardKnown = true
    }
    return parameter.pointee.standard
  default: return .null
  }
}

private func parameterBound(_ vm: VM, _ parameter: Ref<TypeParameterObject>) throws(PyError) -> Value {
  if parameter.pointee.bound.isNull { return .none }
  if !parameter.pointee.isBoundKnown {
    parameter.pointee.bound = try vm.call(parameter.pointee.bound)
    parameter.pointee.isBoundKnown = true
  }
  return parameter.pointee.bound
}

/// `*Ts`: a type variable tuple unpacks to itself.
private func parameterIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { try vm.getIterator(vm.newTuple(value)) }

private func aliasPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try vm.print(value.unchecked(TypeAliasObject.self).pointee.name, &builder, .str)
}

private func aliasGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value { try vm.newGenericAlias(value, index) }
private func typeUnion(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  op == .or ? try vm.newTuple(left, right) : .null
}
private func aliasName(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(TypeAliasObject.self).pointee.name
}
private func aliasParameters(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(TypeAliasObject.self).pointee.parameters
}

private func aliasValue(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let alias = arguments[0].unchecked(TypeAliasObject.self)
  if !alias.pointee.isKnown {
    alias.pointee.value = try vm.call(alias.pointee.value)
    alias.pointee.isKnown = true
  }
  return alias.pointee.value
}

extension VM {
  /// A type parameter of one of the three kinds. Allocates.
  func newTypeParameter(_ type: TypeID, _ name: Value, bound: Value) throws(PyError) -> Value {
    let object = try allocate(TypeParameterObject.self)
    object.initialize(
      to: TypeParameterObject(
        header: ObjectHeader(type), name: name, bound: bound, standard: .null, isBoundKnown: false, isStandardKnown: false))
    return Value(object)
  }

  /// What `type Name = …` makes. Allocates.
  func newTypeAlias(_ name: Value, _ parameters: Value, _ function: Value) throws(PyError) -> Value {
    let object = try allocate(TypeAliasObject.self)
    object.initialize(
      to: TypeAliasObject(header: ObjectHeader(.typeAlias), name: name, parameters: parameters, value: function, isKnown: false))
    return Value(object)
  }
}
