// `while`, `for`, and leaving them.

import Bytecode

extension Emitter {
  mutating func leaveLoop(_ node: NodeIndex, isBreak: Bool) throws(SyntaxFailure) {
    guard let loop else { throw failure(.breakOutsideLoop, node) }
    let label = isBreak ? loop.breakLabel : loop.continueLabel
    let drops = isBreak && loop.dropsIterator
    let handlers = exceptionLevel - loop.exceptionLevel
    if isScoping { return }
    if handlers == 0 {
      // The depth does not change: what comes next is reached from elsewhere.
      if drops { for _ in 0..<4 { code.byte(Opcode.popTop.rawValue) } }
      jump(label)
    } else {
      code.jump(Opcode.unwindJump.rawValue, label, 0)
      code.byte((drops ? 0x80 : 0) | UInt8(truncatingIfNeeded: handlers))
      code.die()
    }
  }

  /// Enters a loop; the caller restores `loop` with what this returns.
  mutating func beginLoop(dropsIterator: Bool) -> Loop? {
    let outer = loop
    let breakLabel = newLabel()
    loop = Loop(breakLabel: breakLabel, continueLabel: newLabel(), dropsIterator: dropsIterator, exceptionLevel: exceptionLevel)
    return outer
  }

  mutating func whileStatement(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.whileLoop(node)
    let outer = beginLoop(dropsIterator: false)
    guard let inner = loop else { return }
    let truth = folds.truth(parts.test, tree)
    if truth != false {
      let top = newLabel()
      if truth != true { jump(inner.continueLabel) }
      assign(top)
      try block(parts.body)
      assign(inner.continueLabel)
      try condition(parts.test, jumpIf: true, top)
    }
    loop = outer
    try block(parts.otherwise)
    assign(inner.breakLabel)
  }

  mutating func forStatement(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.forLoop(node)
    if parts.isAsync { return try asyncFor(node, parts) }
    if let range = countingRange(parts), !isRangeRebound() { return try countingLoop(parts, range) }
    let outer = beginLoop(dropsIterator: true)
    guard let inner = loop else { return }
    let end = newLabel()
    try expression(parts.iterable)
    emit(.getIterStack, 3)
    assign(inner.continueLabel)
    jump(.forIter, end, 1)
    try store(parts.target)
    try block(parts.body)
    jump(inner.continueLabel)
    assign(end)
    adjust(-4)
    loop = outer
    try block(parts.otherwise)
    assign(inner.breakLabel)
  }

  // MARK: for x in range(...)

  /// Bounds of a loop that counts without an iterator. `start` and `step` none: 0 and 1.
  private struct CountingRange {
    var start = NodeIndex.none
    var end = NodeIndex.none
    var step = NodeIndex.none
    var isDownward = false
  }

  /// A loop over a call of `range` with a constant step and a plain name as its variable.
  private mutating func countingRange(_ parts: LoopParts) -> CountingRange? {
    guard tree.tag(parts.target) == .name, tree.tag(parts.iterable) == .call else { return nil }
    let call = tree[parts.iterable]
    guard tree.tag(call.leftNode) == .name, tree[call.leftNode].leftName == EmitterName.range.index, folds.value(call.leftNode) == nil
    else { return nil }
    let arguments = tree.list(call.right)
    guard arguments.count >= 1 && arguments.count <= 3 else { return nil }
    for index in 0..<min(arguments.count, 2) {
      switch tree.tag(arguments[index]) {
      case .starred, .doubleStarred, .keywordArgument: return nil
      case .generator where tree[arguments[index]].detail == 0: return nil
      case .namedExpression where arguments.count < 3 || index < 2: if !options.cpythonExtensions { return nil }
      default: break
      }
    }
    if arguments.count == 1 { return CountingRange(end: arguments[0]) }
    if arguments.count == 2 { return CountingRange(start: arguments[0], end: arguments[1]) }
    guard case .int(let step)? = folds.value(folds.resolve(arguments[2])), step != 0, options.isSmall(step) else { return nil }
    return CountingRange(start: arguments[0], end: arguments[1], step: arguments[2], isDownward: step < 0)
  }

  /// Does the program give the name `range` another meaning? Upstream does not ask.
  private mutating func isRangeRebound() -> Bool {
    guard options.cpythonExtensions else { return false }
    if isScoping {
      // The second walk may need it.
      _ = place(EmitterName.range.index, adding: .globalImplicit)
      return false
    }
    guard let place = place(EmitterName.range.index) else { return false }
    switch scope.identifiers[place].kind {
    case .local, .cell, .free, .globalImplicitAssigned: return true
    default: break
    }
    guard let global = scopes[0].find(EmitterName.range.index) else { return false }
    let kind = scopes[0].identifiers[global].kind
    return kind == .globalImplicitAssigned || kind == .globalExplicit
  }

  private mutating func isSmallConstant(_ node: NodeIndex) -> Bool {
    if case .int(let value)? = folds.value(folds.resolve(node)) { return options.isSmall(value) }
    return false
  }

  /// The stack holds the end, unless it is constant, and the next value; the variable is a copy, so that the body may change it.
  private mutating func countingLoop(_ parts: LoopParts, _ range: CountingRange) throws(SyntaxFailure) {
    let outer = beginLoop(dropsIterator: false)
    guard let inner = loop else { return }
    let top = newLabel()
    let entry = newLabel()
    let endOnStack = !isSmallConstant(range.end)
    if endOnStack { try expression(range.end) }
    if range.start.isNone { emit(integer: 0) } else { try expression(range.start) }
    jump(entry)
    assign(top)
    emit(.dupTop, 1)
    try store(parts.target)
    try block(parts.body)
    assign(inner.continueLabel)
    if range.step.isNone { emit(integer: 1) } else { try expression(range.step) }
    emit(inPlace: .add)
    assign(entry)
    if endOnStack {
      emit(.dupTopTwo, 2)
      emit(.rotTwo, 0)
    } else {
      emit(.dupTop, 1)
      try expression(range.end)
    }
    emit(compare: range.isDownward ? .more : .less)
    popJump(if: true, top)
    loop = outer
    try endCountingLoop(parts, inner, endOnStack: endOnStack)
  }

  private mutating func endCountingLoop(_ parts: LoopParts, _ inner: Loop, endOnStack: Bool) throws(SyntaxFailure) {
    var end: Label?
    if !parts.otherwise.isEmpty {
      // The else block may leave an outer loop, so the stack must be clean before it.
      emit(.popTop, -1)
      if endOnStack { emit(.popTop, -1) }
      try block(parts.otherwise)
      let label = newLabel()
      jump(label)
      adjust(endOnStack ? 2 : 1)
      end = label
    }
    assign(inner.breakLabel)
    emit(.popTop, -1)
    if endOnStack { emit(.popTop, -1) }
    if let end { assign(end) }
  }
}
