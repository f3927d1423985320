// Functions that emitted code calls (Bytecode's `Intrinsic`), as the rows of a type that no program sees; the rows stand in the enumeration's order.

private enum IntrinsicType {
  static let methods: InlineArray<_, Method> = [
    Method(.TypeVar, staticMethod: 1...2, intrinsicTypeVariable),
    Method(.TypeVarTuple, staticMethod: 1...1, intrinsicTypeVariableTuple),
    Method(.ParamSpec, staticMethod: 1...1, intrinsicParameterSpecification),
    Method(.__default__, staticMethod: 2...2, intrinsicParameterDefault),
    Method(.TypeAliasType, staticMethod: 3...3, intrinsicTypeAlias),
    Method(.__orig_bases__, staticMethod: 1...1, intrinsicGenericBase),
    Method(.ExceptionGroup, staticMethod: 1...1, intrinsicGroupBegin),
    Method(.split, staticMethod: 2...2, intrinsicGroupMatch),
    Method(.subgroup, staticMethod: 2...2, intrinsicGroupRaised),
    Method(.derive, staticMethod: 1...1, intrinsicGroupEnd),
    Method(.tuple, staticMethod: 1...1, intrinsicTuple),
  ]
}
private func intrinsicMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: IntrinsicType.methods.span[index]) }

extension TypeRow {
  static let intrinsic = TypeRow(.function, isSubclassable: false, methodCount: UInt8(IntrinsicType.methods.count), method: intrinsicMethod)
}

// MARK: Type parameters

private func intrinsicTypeVariable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTypeParameter(.typeVariable, arguments[0], bound: arguments.optional(1))
}
private func intrinsicTypeVariableTuple(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTypeParameter(.typeVariableTuple, arguments[0], bound: .null)
}
private func intrinsicParameterSpecification(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTypeParameter(.parameterSpecification, arguments[0], bound: .null)
}
private func intrinsicParameterDefault(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard arguments[0].isObject(.typeVariable) || arguments[0].isObject(.typeVariableTuple) || arguments[0].isObject(.parameterSpecification)
  else {
    try raiseMisuse(vm)
  }
  arguments[0].unchecked(TypeParameterObject.self).pointee.standard = arguments[1]
  return arguments[0]
}
private func intrinsicTypeAlias(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTypeAlias(arguments[0], arguments[1], arguments[2])
}

/// A class with type parameters knows them by its `__type_params__`, which make it subscriptable: it needs no base of its own.
private func intrinsicGenericBase(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(type: .object) }

private func intrinsicTuple(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0].isObject(.tuple) { return arguments[0] }
  let list = try vm.newList()
  try vm.listExtend(list, arguments[0])
  return try vm.newTuple(list.pointee.items, list.pointee.count)
}

/// Code from a file may call an intrinsic with what the compiler never would.
@inline(never) private func raiseMisuse(_ vm: VM) throws(PyError) -> Never { try vm.raise(.systemError, "misused intrinsic") }

// MARK: except*

/// What an `except*` statement knows while it runs.
private struct GroupState {
  var header: ObjectHeader
  /// What was caught.
  var caught: Value
  /// The group of what no handler took yet; null if nothing is left.
  var rest: Value
  /// What the running handler took.
  var matched: Value
  /// What handlers raised of their own, in order.
  var raised: Ref<ListObject>
  /// Parts that handlers raised again.
  var reraised: Ref<ListObject>
}

private func groupState(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Ref<GroupState> {
  guard arguments[0].isObject(.groupState) else { try raiseMisuse(vm) }
  return arguments[0].unchecked(GroupState.self)
}

private func intrinsicGroupBegin(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let caught = arguments[0]
  var group = caught
  if !vm.isExceptionGroup(caught) { group = try vm.newExceptionGroup(Value(Qstr.empty), vm.newTuple(caught)) }
  let raised = try vm.newList()
  let reraised = try vm.newList()
  let state = try vm.allocate(GroupState.self)
  state.initialize(
    to: GroupState(header: ObjectHeader(.groupState), caught: caught, rest: group, matched: .null, raised: raised, reraised: reraised))
  return Value(state)
}

private func intrinsicGroupMatch(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let state = try groupState(vm, arguments)
  let type = arguments[1]
  try vm.checkGroupHandlerType(type)
  state.pointee.matched = .null
  if state.pointee.rest.isNull { return .none }
  let parts = try vm.splitGroup(state.pointee.rest, type)
  state.pointee.rest = parts.rest
  state.pointee.matched = parts.matching
  return parts.matching.isNull ? .none : parts.matching
}

private func intrinsicGroupRaised(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let state = try groupState(vm, arguments)
  if arguments[1] == state.pointee.caught && !state.pointee.matched.isNull {
    try vm.listAppend(state.pointee.reraised, state.pointee.matched)
  } else if arguments[1] == state.pointee.matched {
    try vm.listAppend(state.pointee.reraised, arguments[1])
  } else {
    try vm.listAppend(state.pointee.raised, arguments[1])
  }
  return .none
}

private func intrinsicGroupEnd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let state = try groupState(vm, arguments)
  let caught = state.pointee.caught
  let raised = state.pointee.raised
  let left = state.pointee.reraised
  if !vm.isExceptionGroup(caught) {
    // A plain exception: one handler at most has run.
    if raised.pointee.count > 0 { return raised.pointee.items[0] }
    if left.pointee.count > 0 { return left.pointee.items[0] }
    return state.pointee.rest.isNull ? .none : caught
  }
  if !state.pointee.rest.isNull { try vm.listAppend(left, state.pointee.rest) }
  let unhandled = left.pointee.count == 0 ? Value.null : try vm.projectGroup(caught, onto: left)
  if raised.pointee.count == 0 { return unhandled.isNull ? .none : unhandled }
  if !unhandled.isNull { try vm.listAppend(raised, unhandled) }
  return try vm.newExceptionGroup(Value(Qstr.empty), Value(raised))
}
