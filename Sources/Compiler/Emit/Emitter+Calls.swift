// Calls: of functions, of methods without a bound method in between, and of `super()`.

import Bytecode

extension Emitter {
  mutating func call(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let callee = data.leftNode
    let arguments = tree.list(data.right)
    if isPlainSuper(node, data) {
      try loadSuperArguments(node)
      callFunction(2)
      return
    }
    if tree.tag(callee) == .attribute && tree[callee].detail & 1 == 0 && folds.value(callee) == nil {
      return try methodCall(tree[callee], arguments)
    }
    try expression(callee)
    markPostfix(data)
    try self.arguments(arguments, extra: 0, isMethod: false)
  }

  private mutating func methodCall(_ attribute: SyntaxNode, _ arguments: SyntaxList) throws(SyntaxFailure) {
    let object = attribute.leftNode
    if tree.tag(object) == .call && isPlainSuper(object, tree[object]) {
      mark(object)
      // `super` stays unmade: the method is looked up past the class right away.
      try loadSuperArguments(object)
      emit(.loadSuperMethod, name: mangled(attribute.rightName), -1)
    } else {
      try expression(object)
      emit(.loadMethod, name: mangled(attribute.rightName), 1)
    }
    try self.arguments(arguments, extra: 0, isMethod: true)
  }

  /// `super()` within a function.
  private mutating func isPlainSuper(_ node: NodeIndex, _ data: SyntaxNode) -> Bool {
    scope.kind == .function && tree.tag(data.leftNode) == .name && tree[data.leftNode].leftName == EmitterName.super.index
      && tree.list(data.right).isEmpty
  }

  /// Loads `super`, the class whose method this is, and the method's first parameter.
  private mutating func loadSuperArguments(_ node: NodeIndex) throws(SyntaxFailure) {
    loadName(EmitterName.super.index)
    loadName(EmitterName.class.index)
    for place in 0..<scope.identifierCount where scope.identifiers[place].flags & Identifier.parameter != 0 {
      return loadName(scope.identifiers[place].name)
    }
    throw failure(.superWithoutSelf, node)
  }

  // MARK: Arguments

  /// What has been loaded for a call.
  private struct Loaded {
    var positional: Int
    var keyword = 0
    /// Bit i: positional argument i is starred.
    var bits = 0
    var isStarred = false
  }

  /// Loads the arguments and calls what lies below them (a function, or a function and self) with `extra` more already loaded.
  mutating func arguments(_ list: SyntaxList, extra: Int, isMethod: Bool) throws(SyntaxFailure) {
    var loaded = Loaded(positional: extra)
    try positional(list, &loaded)
    for argument in list { try keyword(argument, &loaded) }
    let count = loaded.positional + 2 * loaded.keyword + (isMethod ? 1 : 0)
    let operand = loaded.keyword << 8 | loaded.positional
    guard loaded.positional < 256 && loaded.keyword < 256 else { throw failure(.codeTooLarge, list[0]) }
    if loaded.isStarred {
      emit(integer: loaded.bits)
      emit(isMethod ? .callMethodVarKw : .callFunctionVarKw, unsigned: operand, -count - 1)
    } else {
      emit(isMethod ? .callMethod : .callFunction, unsigned: operand, -count)
    }
  }

  /// Positional and starred arguments; as in CPython they are computed before keywords, even those written behind one.
  private mutating func positional(_ list: SyntaxList, _ loaded: inout Loaded) throws(SyntaxFailure) {
    // A star beyond the bits of the smallest targets' integers, or many arguments: all go into one list, which is then starred.
    var count = 0
    var hasStar = false
    for argument in list {
      let tag = tree.tag(argument)
      if tag == .keywordArgument || tag == .doubleStarred { continue }
      count += 1
      if tag == .starred { hasStar = true }
    }
    if (hasStar && count >= 29) || count + loaded.positional > 255 { return try gathered(list, &loaded) }
    for argument in list {
      switch tree.tag(argument) {
      case .keywordArgument, .doubleStarred: continue
      case .starred:
        loaded.isStarred = true
        loaded.bits |= 1 << (loaded.positional)
        try expression(tree[argument].leftNode)
      default: try argumentValue(argument)
      }
      loaded.positional += 1
    }
  }

  private mutating func gathered(_ list: SyntaxList, _ loaded: inout Loaded) throws(SyntaxFailure) {
    emitBuild(.buildList, 0)
    for argument in list {
      let tag = tree.tag(argument)
      if tag == .keywordArgument || tag == .doubleStarred { continue }
      emit(.dupTop, 1)
      if tag == .starred {
        emit(.loadMethod, name: EmitterName.extend.index, 1)
        try expression(tree[argument].leftNode)
      } else {
        emit(.loadMethod, name: names.intern("append"), 1)
        try argumentValue(argument)
      }
      emit(.callMethod, unsigned: 1, -2)
      emit(.popTop, -1)
    }
    loaded.isStarred = true
    loaded.bits |= 1 << loaded.positional
    loaded.positional += 1
  }

  /// A positional argument; constructs that have no parentheses of their own belong to the call's line.
  private mutating func argumentValue(_ node: NodeIndex) throws(SyntaxFailure) {
    let data = tree[node]
    switch data.tag {
    case .generator where data.detail == 0: try comprehension(node, data)
    case .namedExpression: try namedExpression(data)
    default: try expression(node)
    }
  }

  private mutating func keyword(_ node: NodeIndex, _ loaded: inout Loaded) throws(SyntaxFailure) {
    let data = tree[node]
    switch data.tag {
    case .keywordArgument:
      emit(string: mangled(data.leftName))
      try expression(data.rightNode)
    case .doubleStarred:
      loaded.isStarred = true
      emit(.loadNull, 1)
      try expression(data.leftNode)
    default: return
    }
    loaded.keyword += 1
  }
}
