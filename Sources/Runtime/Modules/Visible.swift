// What a console shows and completes: prompts, names that a program sees, keywords.

extension VM {
  /// `sys.ps1` or `sys.ps2`, as a program may have set it.
  public func prompt(first: Bool) throws(PyError) -> Value { try getAttribute(builtinModule(.sys), first ? .ps1 : .ps2) }

  /// The names of an object's attributes, sorted. May run Python code.
  public func attributeNames(of value: Value) throws(PyError) -> Ref<ListObject> { try directory(of: value).unchecked(ListObject.self) }

  /// What a name means in `__main__`, or `null`.
  public func visibleValue(_ name: Qstr) -> Value {
    let own = dictGet(interpreter.pointee.main.pointee.globals, name)
    if !own.isNull { return own }
    do throws(PyError) { return try builtin(name) } catch { return .null }
  }

  /// The names that `__main__` sees, and the keywords, sorted.
  public func visibleNames() throws(PyError) -> Ref<ListObject> {
    let names = try newList()
    try listExtend(names, Value(interpreter.pointee.main.pointee.globals))
    try listExtend(names, directory(of: builtinsModule))
    for index in 0..<keywordCount { try listAppend(names, newString(keyword(index))) }
    return try sortedList(Value(names), key: .none, reverse: false).unchecked(ListObject.self)
  }

  /// The names of the modules that are built in or loaded, sorted.
  public func moduleNames() throws(PyError) -> Ref<ListObject> {
    let names = try newList()
    for index in 0..<interpreter.pointee.moduleCount { try listAppend(names, Value(moduleRow(index).name)) }
    try listExtend(names, Value(interpreter.pointee.loadedModules))
    return try sortedList(Value(names), key: .none, reverse: false).unchecked(ListObject.self)
  }
}

private var keywordCount: Int { 35 }

/// The language's keywords in the order of the alphabet. (One text, because an array would be made at run time.)
private func keyword(_ index: Int) -> Text {
  let all = Text(
    """
    False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda \
    nonlocal not or pass raise return try while with yield
    """)
  var start = 0
  var left = index
  while left > 0 {
    if all[start] == 32 { left &-= 1 }
    start &+= 1
  }
  var end = start
  while end < all.count && all[end] != 32 { end &+= 1 }
  return Text(start: all.start + start, count: end &- start, isASCII: true)
}
