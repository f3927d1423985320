// Expressions: each leaves one value on the stack.

import Bytecode

extension Emitter {
  /// Deeper nesting than any parser lets through would mean native recursion without end.
  private static var maximumNesting: Int { 2500 }

  mutating func expression(_ node: NodeIndex) throws(SyntaxFailure) {
    let node = folds.resolve(node)
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < Emitter.maximumNesting else { throw failure(.tooDeep, node) }
    try check(node)
    if let value = folds.value(node) { return loadFolded(value, node) }
    let data = tree[node]
    switch data.tag {
    case .name: loadName(data.leftName)
    case .string: stringConstant(node)
    case .bytes:
      mark(node)
      emit(constant: .bytes, tree.stringBytes(node))
    case .noneConstant: emit(.loadConstNone, 1)
    case .trueConstant: emit(.loadConstTrue, 1)
    case .falseConstant: emit(.loadConstFalse, 1)
    case .ellipsis: emit(constant: .ellipsis)
    case .tuple, .list, .set: try display(node, data)
    case .dictionary: try dictionaryDisplay(node, data)
    case .joinedString: try joinedString(node)
    case .templateString: try templateString(node)
    case .call: try call(node, data)
    case .attribute:
      mark(node)
      try expression(data.leftNode)
      markPostfix(data)
      emit(.loadAttr, name: mangled(data.rightName), 0)
    case .subscript:
      mark(node)
      try expression(data.leftNode)
      markPostfix(data)
      try expression(data.rightNode)
      emit(.loadSubscr, -1)
    default: try operation(node, data)
    }
  }

  private mutating func operation(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    switch data.tag {
    case .unary:
      mark(node)
      try expression(data.leftNode)
      emit(Opcode.unaryPositive.rawValue + data.detail, 0)
    case .binary:
      mark(node)
      try expression(data.leftNode)
      try expression(data.rightNode)
      emit(binary: BinaryOperator(rawValue: data.detail) ?? .or)
    case .binaryChain: try binaryChain(node, data)
    case .and, .or: try logical(node, data)
    case .compare:
      mark(node)
      try expression(data.leftNode)
      try expression(data.rightNode)
      emit(compare: ComparisonOperator(rawValue: data.detail) ?? .equal)
    case .compareChain: try compareChain(node, data)
    case .conditional: try conditional(node)
    case .lambda: try lambda(node, data)
    case .namedExpression:
      mark(node)
      try namedExpression(data)
    case .listComprehension, .setComprehension, .dictionaryComprehension, .generator:
      mark(node)
      try comprehension(node, data)
    case .slice: try slice(node)
    case .yield, .yieldFrom: try yield(node, data)
    case .await: try awaitExpression(node, data)
    case .starred: throw failure(.starredHere, node)
    default: throw failure(.invalidSyntax, node)
    }
  }

  // MARK: Constants

  /// Loads a folded value. Values that folding computed belong to no line; literals too large for an instruction do.
  private mutating func loadFolded(_ value: Folded, _ node: NodeIndex) {
    let data = tree[node]
    if case .int(let word) = value, options.isSmall(word) { return emit(integer: word) }
    switch data.tag {
    case .integer, .float, .imaginary: mark(node)
    case .name:
      if folds.isObject(node) {
        mark(node)
      } else {
        return emit(value.isTrue ? .loadConstTrue : .loadConstFalse, 1)
      }
    case .tuple:
      let items = tree.list(data.left)
      mark(data.detail != 0 && items.count > 1 ? items[1] : items[0])
    case .unary where data.detail == UnaryOperator.not.rawValue: return emit(value.isTrue ? .loadConstTrue : .loadConstFalse, 1)
    default: break
    }
    emit(constant: value)
  }

  /// A string literal: a name if it is short or in use as one, else a constant.
  mutating func stringConstant(_ node: NodeIndex) {
    let text = tree.stringBytes(node)
    if text.count <= 10 || folds.isInterned(node) { return emit(string: names.intern(text)) }
    mark(node)
    emit(constant: .string, text)
  }

  // MARK: Operators

  private mutating func binaryChain(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    try expression(data.leftNode)
    let rest = tree.list(data.right)
    var index = 0
    while index < rest.count {
      try expression(rest[index + 1])
      emit(binary: BinaryOperator(rawValue: UInt8(truncatingIfNeeded: rest.word(index))) ?? .or)
      index += 2
    }
  }

  private mutating func logical(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let end = newLabel()
    let operands = try logicalOperands(data)
    for index in 0..<operands.count {
      try expression(operands[index])
      if index + 1 < operands.count { jump(data.tag == .or ? .jumpIfTrueOrPop : .jumpIfFalseOrPop, end, -1) }
    }
    assign(end)
  }

  private mutating func compareChain(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let fail = newLabel()
    try expression(data.leftNode)
    let rest = tree.list(data.right)
    var index = 0
    while index < rest.count {
      let isLast = index + 2 >= rest.count
      try expression(rest[index + 1])
      if !isLast {
        emit(.dupTop, 1)
        emit(.rotThree, 0)
      }
      emit(compare: ComparisonOperator(rawValue: UInt8(truncatingIfNeeded: rest.word(index))) ?? .equal)
      if !isLast { jump(.jumpIfFalseOrPop, fail, -1) }
      index += 2
    }
    let end = newLabel()
    jump(end)
    assign(fail)
    adjust(1)
    emit(.rotTwo, 0)
    emit(.popTop, -1)
    assign(end)
  }

  private mutating func conditional(_ node: NodeIndex) throws(SyntaxFailure) {
    mark(node)
    let parts = tree.conditional(node)
    let fail = newLabel()
    let end = newLabel()
    try condition(parts.test, jumpIf: false, fail)
    try expression(parts.then)
    jump(end)
    assign(fail)
    adjust(-1)
    try expression(parts.otherwise)
    assign(end)
  }

  /// `name := value`. In a comprehension the name belongs to the scope around it.
  mutating func namedExpression(_ data: SyntaxNode) throws(SyntaxFailure) {
    let target = data.leftNode
    guard tree.tag(target) == .name, folds.value(target) == nil else { throw failure(.cannotAssign, target) }
    let name = mangled(tree[target].leftName)
    try expression(data.rightNode)
    emit(.dupTop, 1)
    if isScoping && scope.kind.isComprehension { try bindOutside(name, target) }
    storeName(name)
  }

  private mutating func bindOutside(_ name: NameIndex, _ node: NodeIndex) throws(SyntaxFailure) {
    if options.cpythonExtensions, let place = place(name), scope.identifiers[place].kind == .local {
      throw failure(.walrusRebindsIteration, node)
    }
    var parent = scopes[scope.parent]
    let outer = parent.find(name) ?? parent.append(name, .globalImplicit)
    if parent.identifiers[outer].kind == .globalImplicit {
      parent.identifiers[outer].kind = parent.kind.isFunctionLike ? .local : .globalImplicitAssigned
    }
    let outerKind = parent.identifiers[outer].kind
    scopes[scope.parent] = parent
    if outerKind == .globalExplicit {
      _ = place(name, adding: .globalExplicit)
      return
    }
    let inner = place(name, adding: .undecided)
    if parent.parent < 0 {
      try declareGlobal(inner, node)
    } else {
      // It may have been used already, before anything showed that it belongs outside.
      if scope.identifiers[inner].kind == .globalImplicit { scope.identifiers[inner].kind = .undecided }
      try declareNonlocal(inner, node)
    }
  }

  private mutating func slice(_ node: NodeIndex) throws(SyntaxFailure) {
    mark(node)
    let parts = tree.slice(node)
    for bound in [parts.lower, parts.upper] {
      if bound.isNone { emit(.loadConstNone, 1) } else { try expression(bound) }
    }
    if parts.step.isNone { return emitBuild(.buildSlice, 2) }
    try expression(parts.step)
    emitBuild(.buildSlice, 3)
  }

  private mutating func yield(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    guard scope.kind == .function || scope.kind == .lambda else { throw failure(.yieldOutsideFunction, node) }
    if data.tag == .yieldFrom {
      try expression(data.leftNode)
      return delegate()
    }
    if data.left == 0 { emit(.loadConstNone, 1) } else { try expression(data.leftNode) }
    yieldValue()
  }

  /// `YIELD_VALUE`, marked as meant for the consumer in an asynchronous generator.
  mutating func yieldValue() {
    if options.cpythonExtensions && scope.flags & ScopeFlag.coroutine != 0 {
      scope.flags |= ScopeFlag.asynchronousGenerator
      emit(.wrapAsyncYield, 0)
    }
    emitYield(.yieldValue, 0)
  }

  /// Runs the iterable on top to its end, passing on what it yields; leaves its result.
  mutating func delegate() {
    emit(.getIter, 0)
    emit(.loadConstNone, 1)
    emitYield(.yieldFrom, -1)
  }

  private mutating func awaitExpression(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let isInside = scope.kind == .function || scope.kind == .lambda || scope.kind.isComprehension && isInsideAsync
    guard isInside || options.allowsTopLevelAwait && scope.kind == .module else { throw failure(.awaitOutsideFunction, node) }
    if scope.kind.isComprehension { markAsynchronous() }
    try expression(data.leftNode)
    delegate()
  }

  // MARK: Displays

  private mutating func display(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let items = tree.list(data.left)
    for item in items where tree.tag(item) == .starred { return try starredDisplay(data.tag, items) }
    for item in items { try expression(item) }
    emitBuild(data.tag == .tuple ? .buildTuple : data.tag == .list ? .buildList : .buildSet, items.count)
  }

  /// `[*a, b]`: the display up to the first `*`, then methods of the collection for the rest. A tuple is made of a list.
  private mutating func starredDisplay(_ tag: NodeTag, _ items: SyntaxList) throws(SyntaxFailure) {
    if tag == .tuple {
      // The type of a tuple, whatever the name `tuple` means to the program.
      emitBuild(.buildTuple, 0)
      emit(.loadAttr, name: EmitterName.class.index, 0)
    }
    var plain = 0
    while tree.tag(items[plain]) != .starred {
      try expression(items[plain])
      plain += 1
    }
    emitBuild(tag == .set ? .buildSet : .buildList, plain)
    for index in plain..<items.count { try extend(tag, items[index]) }
    if tag == .tuple { callFunction(1) }
  }

  private mutating func extend(_ tag: NodeTag, _ item: NodeIndex) throws(SyntaxFailure) {
    emit(.dupTop, 1)
    let isStarred = tree.tag(item) == .starred
    if isStarred {
      emit(.loadMethod, name: (tag == .set ? EmitterName.update : .extend).index, 1)
      try expression(tree[item].leftNode)
    } else {
      emit(.loadMethod, name: tag == .set ? EmitterName.add.index : names.intern("append"), 1)
      try expression(item)
    }
    emit(.callMethod, unsigned: 1, -2)
    emit(.popTop, -1)
  }

  private mutating func dictionaryDisplay(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let pairs = tree.list(data.left)
    emit(.buildMap, unsigned: pairs.count / 2, 1)
    var index = 0
    while index < pairs.count {
      if pairs[index].isNone {
        emit(.dupTop, 1)
        emit(.loadMethod, name: EmitterName.update.index, 1)
        try expression(pairs[index + 1])
        emit(.callMethod, unsigned: 1, -2)
        emit(.popTop, -1)
      } else {
        mark(pairs[index])
        try pair(key: pairs[index], value: pairs[index + 1])
        emit(.storeMap, -2)
      }
      index += 2
    }
  }

  /// Value and key, the key on top. CPython computes the key first; that matters only if computing either can have effects.
  mutating func pair(key: NodeIndex, value: NodeIndex) throws(SyntaxFailure) {
    if options.cpythonExtensions && !isPlain(key) && !isPlain(value) {
      try expression(key)
      try expression(value)
      emit(.rotTwo, 0)
    } else {
      try expression(value)
      try expression(key)
    }
  }

  private mutating func isPlain(_ node: NodeIndex) -> Bool {
    tree.tag(folds.resolve(node)) == .name || folds.isConstant(folds.resolve(node), tree)
  }
}
