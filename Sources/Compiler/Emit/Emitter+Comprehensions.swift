// Comprehensions: functions of one argument, the iterator of their first clause.

import Bytecode

extension Emitter {
  /// Calls the comprehension's function with the first iterable, computed out here.
  mutating func comprehension(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    let clauses = clauses(data)
    let kind: ScopeKind
    let name: EmitterName
    switch data.tag {
    case .listComprehension: (kind, name) = (.listComprehension, .listScope)
    case .setComprehension: (kind, name) = (.setComprehension, .setScope)
    case .dictionaryComprehension: (kind, name) = (.dictionaryComprehension, .dictionaryScope)
    default: (kind, name) = (.generator, .generatorScope)
    }
    let first = tree.clause(clauses[0])
    if isScoping && kind != .generator && hasAsyncClause(clauses) && !canWait { throw failure(.asyncOutsideFunction, node) }
    let inner = try child(kind, node, name: name.index)
    makeFunction(inner)
    try expression(first.iterable)
    if kind == .generator && !first.isAsync { emit(.getIter, 0) }
    callFunction(1)
    // Only the first walk over the inner scope shows whether it awaits; that walk is over when this one writes.
    if kind != .generator && (isScoping ? hasAsyncClause(clauses) : scopes[inner].flags & ScopeFlag.coroutine != 0) { delegate() }
  }

  private mutating func hasAsyncClause(_ clauses: SyntaxList) -> Bool {
    for clause in clauses where tree.clause(clause).isAsync { return true }
    return false
  }

  private mutating func clauses(_ data: SyntaxNode) -> SyntaxList {
    data.tag == .dictionaryComprehension ? tree.list(tree.word(data.right, 1)) : tree.list(data.right)
  }

  mutating func comprehensionBody(_ node: NodeIndex) throws(SyntaxFailure) {
    let data = tree[node]
    let clauses = clauses(data)
    if isScoping {
      _ = place(.none, adding: .local)
      scope.positionalCount = 1
      if hasAsyncClause(clauses) { markAsynchronous() }
    }
    // The line of the element, not that of the bracket before it.
    mark(data.leftNode)
    switch scope.kind {
    case .listComprehension: emitBuild(.buildList, 0)
    case .dictionaryComprehension: emit(.buildMap, unsigned: 0, 1)
    case .setComprehension: emitBuild(.buildSet, 0)
    default: break
    }
    let isAsync = tree.clause(clauses[0]).isAsync
    if scope.kind == .generator && !isAsync {
      // The four slots of an iterator: NULL first says that the second is the iterator itself.
      emit(.loadNull, 1)
      loadName(.none)
      emit(.loadNull, 1)
      emit(.loadNull, 1)
    } else {
      loadName(.none)
      if !isAsync { emit(.getIterStack, 3) }
    }
    try clause(clauses, 0, data, slots: 0)
    if scope.kind == .generator { emit(.loadConstNone, 1) }
    emitReturn()
  }

  /// The current comprehension waits, and so does every one that computes its elements out of it.
  mutating func markAsynchronous() {
    let flags = ScopeFlag.coroutine | ScopeFlag.generator
    scope.flags |= flags
    var kind = scope.kind
    var outer = scope.parent
    while outer >= 0 && kind != .generator && scopes[outer].kind.isComprehension {
      scopes.update(outer) { $0.flags |= flags }
      kind = scopes[outer].kind
      outer = scopes[outer].parent
    }
  }

  /// May the current scope wait?
  private var canWait: Bool {
    if scope.kind.isComprehension { return isInsideAsync }
    return scope.kind == .module ? options.allowsTopLevelAwait : scope.flags & ScopeFlag.generator != 0
  }

  /// May the scope that holds the current comprehension wait? Comprehensions and generators pass the question on.
  var isInsideAsync: Bool {
    if scope.kind == .generator { return true }
    var outer = scope.parent
    while outer >= 0 {
      let enclosing = scopes[outer]
      if enclosing.kind == .module && options.allowsTopLevelAwait { return true }
      if !enclosing.kind.isComprehension { return enclosing.flags & ScopeFlag.generator != 0 }
      if enclosing.kind == .generator { return true }
      outer = enclosing.parent
    }
    return false
  }

  /// One `for` of a comprehension, whose iterable is on the stack. `slots`: what outer clauses hold above the collection.
  private mutating func clause(_ clauses: SyntaxList, _ index: Int, _ data: SyntaxNode, slots: Int) throws(SyntaxFailure) {
    let parts = tree.clause(clauses[index])
    let top = newLabel()
    let end = newLabel()
    if parts.isAsync {
      loadAsyncIterator()
      assign(top)
      try asyncNext(parts.target, end: end)
    } else {
      assign(top)
      jump(.forIter, end, 1)
      try store(parts.target)
    }
    let held = slots + (parts.isAsync ? 1 : 4)
    for condition in parts.conditions { try self.condition(condition, jumpIf: false, top) }
    if index + 1 < clauses.count {
      let next = tree.clause(clauses[index + 1])
      try expression(next.iterable)
      if !next.isAsync { emit(.getIterStack, 3) }
      try clause(clauses, index + 1, data, slots: held)
    } else {
      try element(data, slots: held)
    }
    jump(top)
    assign(end)
    if parts.isAsync { emit(.popTop, -1) } else { adjust(-4) }
  }

  private mutating func element(_ data: SyntaxNode, slots: Int) throws(SyntaxFailure) {
    switch scope.kind {
    case .generator:
      try expression(data.leftNode)
      yieldValue()
      emit(.popTop, -1)
    case .dictionaryComprehension:
      // CPython computes the key first, MicroPython the value; the key must be on top.
      mark(line: tree[data.leftNode].line)
      try pair(key: data.leftNode, value: tree.child(data.right, 0))
      emit(.storeComp, unsigned: (slots + 2) << 2 | 1, -2)
    default:
      try expression(data.leftNode)
      emit(.storeComp, unsigned: (slots + 1) << 2 | (scope.kind == .setComprehension ? 2 : 0), -1)
    }
  }
}
