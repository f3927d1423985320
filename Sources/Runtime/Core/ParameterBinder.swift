// Binds the arguments of a call to a parameter list, one slot a parameter, so that natives never parse keywords. See `ParameterPlan`.

extension VM {
  /// Fills one slot a parameter at the top of the Python stack (the first `skipping` arguments are copied as they are) and moves the top past
  /// them; the caller puts it back. The text of the list must be a constant of the program.
  @inline(never) public func bind(_ parameters: Text, _ arguments: Arguments, skipping: Int = 0) throws(PyError)
    -> Arguments
  {
    let plan = try parameterPlan(parameters)
    let base = state.pointee.stackTop
    let slotCount = Int(plan.pointee.slotCount)
    try checkStack(base + (skipping &+ slotCount))
    for index in 0..<skipping { base[index] = arguments.base[index] }
    let values = base + skipping
    let source = arguments.base + skipping
    let count = arguments.count &- skipping
    let given = min(count, Int(plan.pointee.positional))
    let slots = ParameterPlan.slots(plan)
    for index in 0..<given { values[index] = source[index] }
    for index in given..<max(given, slotCount) { values[index] = slots[index].initial }
    state.pointee.stackTop = values + slotCount
    if Int(plan.pointee.rest) < slotCount {
      values[Int(plan.pointee.rest)] = try newTuple(source + given, count &- given)
    } else if given < count {
      try raiseArgumentCount(0, given, count)
    }
    if Int(plan.pointee.keywords) < slotCount { values[Int(plan.pointee.keywords)] = Value(try newDict()) }
    if arguments.keywordCount > 0 { try bindKeywords(arguments, plan, values, given) }
    for index in given..<max(given, slotCount) where values[index] == .marker {
      try raise(.typeError, "function missing required positional argument '%s'", slots[index].name)
    }
    return Arguments(base: base, count: skipping &+ slotCount)
  }

  @inline(never) private func bindKeywords(
    _ arguments: Arguments, _ plan: UnsafeMutablePointer<ParameterPlan>, _ values: UnsafeMutablePointer<Value>, _ given: Int
  ) throws(PyError) {
    for index in 0..<arguments.keywordCount {
      let pair = arguments.base + (arguments.count &+ 2 &* index)
      let slot = keywordSlot(plan, pair[0])
      if slot >= 0 {
        if slot < given { try raise(.typeError, "function got multiple values for argument '%s'", pair[0]) }
        values[slot] = pair[1]
      } else if plan.pointee.keywords < plan.pointee.slotCount {
        try dictSet(values[Int(plan.pointee.keywords)].unchecked(DictObject.self), pair[0], pair[1])
      } else {
        try raise(.typeError, "unexpected keyword argument '%s'", pair[0])
      }
    }
  }

  /// The slot of the parameter that may be given by this keyword, or -1.
  private func keywordSlot(_ plan: UnsafeMutablePointer<ParameterPlan>, _ name: Value) -> Int {
    let slots = ParameterPlan.slots(plan)
    for slot in Int(plan.pointee.positionalOnly)..<Int(plan.pointee.slotCount)
    where slot != plan.pointee.rest && slot != plan.pointee.keywords {
      if slots[slot].name == name || !name.isName && uncheckedText(slots[slot].name) == uncheckedText(name) { return slot }
    }
    return -1
  }
}
