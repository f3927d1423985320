// BaseExceptionGroup and ExceptionGroup (PEP 654): exceptions whose second argument holds exceptions. `exceptions` is kept as a tuple in the
// object's attributes.

enum ExceptionGroupType {
  static let methods: InlineArray<_, Method> = [
    Method(.split, 2...2, groupSplit),
    Method(.subgroup, 2...2, groupSubgroup),
    Method(.derive, 2...2, groupDerive),
    Method(.message, getter: groupMessage),
  ]
}

/// Rows of both group types.
func exceptionGroupMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ExceptionGroupType.methods.span[index]) }

extension VM {
  func isExceptionGroup(_ value: Value) -> Bool { isInstance(value, Value(type: .baseExceptionGroup)) }

  /// Checks the arguments of a new group and keeps the exceptions as a tuple. Answers the type that it gets.
  func fillExceptionGroup(_ exception: Ref<ExceptionObject>) throws(PyError) {
    let arguments = exception.pointee.arguments.unchecked(TupleObject.self)
    guard arguments.pointee.count == 2 else {
      try raise(.typeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%s given)", Value(smallInt: arguments.pointee.count))
    }
    guard isString(TupleObject.items(arguments)[0]) else {
      try raise(.typeError, "argument 1 must be str, not %t", TupleObject.items(arguments)[0])
    }
    let given = unwrapped(TupleObject.items(arguments)[1])
    guard given.isObject(.list) || given.isObject(.tuple) else { try raise(.typeError, "second argument (exceptions) must be a sequence") }
    let view = ItemsView(unchecked: given)
    if view.count == 0 { try raise(.valueError, "second argument (exceptions) must be a non-empty sequence") }
    var areAllExceptions = true
    for index in 0..<view.count {
      guard exceptionObject(view.items[index]) != nil else {
        try raise(.valueError, "Item %s of second argument (exceptions) is not an exception", Value(smallInt: index))
      }
      if !isInstance(view.items[index], Value(type: .exception)) { areAllExceptions = false }
    }
    if areAllExceptions {
      if exception.pointee.header.uncheckedType == .baseExceptionGroup { exception.pointee.header = ObjectHeader(.exceptionGroup) }
    } else if exception.pointee.header.uncheckedType == .exceptionGroup {
      try raise(.typeError, "Cannot nest BaseExceptions in an ExceptionGroup")
    }
    let attributes = try newDict()
    exception.pointee.attributes = Value(attributes)
    try dictSet(attributes, Qstr.exceptions, given.isObject(.tuple) ? given : newTuple(view.items, view.count))
  }

  /// A group of exceptions: an ExceptionGroup if it can be one. Allocates.
  func newExceptionGroup(_ message: Value, _ exceptions: Value) throws(PyError) -> Value {
    let group = try newException(.baseExceptionGroup, arguments: newTuple(message, exceptions))
    try fillExceptionGroup(group.unchecked(ExceptionObject.self))
    return group
  }

  /// The exceptions in a group.
  private func groupMembers(_ group: Value) throws(PyError) -> Value {
    let members = try getAttribute(group, Qstr.exceptions)
    guard members.isObject(.tuple) else { try raise(.typeError, "exceptions must be a tuple") }
    return members
  }

  /// What `except*` accepts: exception types that are no groups.
  func checkGroupHandlerType(_ type: Value) throws(PyError) {
    if type.isObject(.tuple) {
      let view = ItemsView(unchecked: type)
      for index in 0..<view.count { try checkGroupHandlerType(view.items[index]) }
      return
    }
    guard isClass(type), isSubclass(type, Value(type: .baseException)) else {
      try raise(.typeError, "catching classes that do not inherit from BaseException is not allowed")
    }
    if isSubclass(type, Value(type: .baseExceptionGroup)) {
      try raise(.typeError, "catching ExceptionGroup with except* is not allowed. Use except instead.")
    }
  }

  /// Parts of a group; null for an empty part.
  struct GroupParts {
    var matching: Value
    var rest: Value
  }

  /// Splits by a type, a tuple of types or a function. May run Python code.
  func splitGroup(_ value: Value, _ condition: Value) throws(PyError) -> GroupParts {
    try checkNativeStack()
    if try groupMatches(value, condition) { return GroupParts(matching: value, rest: .null) }
    guard isExceptionGroup(value) else { return GroupParts(matching: .null, rest: value) }
    let members = try groupMembers(value).unchecked(TupleObject.self)
    let matching = try newList()
    let rest = try newList()
    for index in 0..<members.pointee.count {
      let parts = try splitGroup(TupleObject.items(members)[index], condition)
      if !parts.matching.isNull { try listAppend(matching, parts.matching) }
      if !parts.rest.isNull { try listAppend(rest, parts.rest) }
    }
    if matching.pointee.count == 0 { return GroupParts(matching: .null, rest: value) }
    return GroupParts(matching: try derived(value, matching), rest: rest.pointee.count == 0 ? .null : try derived(value, rest))
  }

  private func groupMatches(_ value: Value, _ condition: Value) throws(PyError) -> Bool {
    if isClass(condition) || condition.isObject(.tuple) { return try isInstanceOfAny(value, condition) }
    return try isTrue(call(condition, value))
  }

  private func isInstanceOfAny(_ value: Value, _ types: Value) throws(PyError) -> Bool {
    if !types.isObject(.tuple) { return isClass(types) && (isInstance(value, types) || errnoMatches(value, types)) }
    let view = ItemsView(unchecked: types)
    for index in 0..<view.count where try isInstanceOfAny(value, view.items[index]) { return true }
    return false
  }

  /// A group like `group` of other members, through its `derive`.
  private func derived(_ group: Value, _ members: Ref<ListObject>) throws(PyError) -> Value {
    let new = try callMethod(group, .derive, Value(members))
    guard let from = exceptionObject(group), let to = exceptionObject(new) else {
      try raise(.typeError, "derive must return an instance of BaseExceptionGroup")
    }
    to.pointee.traceback = from.pointee.traceback
    to.pointee.cause = from.pointee.cause
    to.pointee.context = from.pointee.context
    to.pointee.suppressesContext = from.pointee.suppressesContext
    let notes = try findAttribute(group, .__notes__)
    if notes.isObject(.list) {
      let list = notes.unchecked(ListObject.self)
      try setAttribute(new, .__notes__, newList(list.pointee.items, list.pointee.count))
    }
    return new
  }

  /// The part of a group whose leaves are those of the groups in `parts`, in the shape of the whole; null if there are none.
  func projectGroup(_ group: Value, onto parts: Ref<ListObject>) throws(PyError) -> Value {
    let leaves = try newList()
    for index in 0..<parts.pointee.count { try collectLeaves(parts.pointee.items[index], leaves) }
    return try project(group, leaves)
  }

  private func collectLeaves(_ value: Value, _ leaves: Ref<ListObject>) throws(PyError) {
    try checkNativeStack()
    guard isExceptionGroup(value) else { return try listAppend(leaves, value) }
    let members = try groupMembers(value).unchecked(TupleObject.self)
    for index in 0..<members.pointee.count { try collectLeaves(TupleObject.items(members)[index], leaves) }
  }

  private func project(_ value: Value, _ leaves: Ref<ListObject>) throws(PyError) -> Value {
    try checkNativeStack()
    guard isExceptionGroup(value) else {
      for index in 0..<leaves.pointee.count where leaves.pointee.items[index] == value { return value }
      return .null
    }
    let members = try groupMembers(value).unchecked(TupleObject.self)
    let kept = try newList()
    var isWhole = true
    for index in 0..<members.pointee.count {
      let part = try project(TupleObject.items(members)[index], leaves)
      if part != TupleObject.items(members)[index] { isWhole = false }
      if !part.isNull { try listAppend(kept, part) }
    }
    if isWhole { return value }
    return kept.pointee.count == 0 ? .null : try derived(value, kept)
  }
}

private func groupSplit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let parts = try vm.splitGroup(arguments[0], arguments[1])
  return try vm.newTuple(parts.matching.isNull ? .none : parts.matching, parts.rest.isNull ? .none : parts.rest)
}

private func groupSubgroup(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let parts = try vm.splitGroup(arguments[0], arguments[1])
  return parts.matching.isNull ? .none : parts.matching
}

private func groupDerive(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newExceptionGroup(vm.getAttribute(arguments[0], .message), arguments[1])
}

private func groupMessage(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard let group = vm.exceptionObject(arguments[0]) else { return .none }
  let items = group.pointee.arguments.unchecked(TupleObject.self)
  return items.pointee.count > 0 ? TupleObject.items(items)[0] : .none
}
