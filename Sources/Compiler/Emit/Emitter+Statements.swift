// Simple statements, `if`, and the sequence of statements.

import Bytecode

extension Emitter {
  /// A body of statements.
  mutating func block(_ statements: SyntaxList) throws(SyntaxFailure) {
    if statements.count > 1 { mark(line: firstLine(statements[0])) }
    for statement in statements { try self.statement(statement) }
  }

  /// Line of a statement's first token: of its first decorator, if it has one.
  private mutating func firstLine(_ node: NodeIndex) -> UInt32 {
    switch tree.tag(node) {
    case .function:
      let decorators = tree.function(node).decorators
      return tree[decorators.isEmpty ? node : decorators[0]].line
    case .class:
      let decorators = tree.classDefinition(node).decorators
      return tree[decorators.isEmpty ? node : decorators[0]].line
    default: return tree[node].line
    }
  }

  mutating func statement(_ node: NodeIndex) throws(SyntaxFailure) {
    if folds.isDropped(node) { return }
    try check(node)
    let data = tree[node]
    mark(line: firstLine(node))
    switch data.tag {
    case .expressionStatement: try expressionStatement(data.leftNode)
    case .assign: try assign(data)
    case .augmentedAssign: try augmentedAssign(data)
    case .annotatedAssign: try annotatedAssign(node)
    case .return: try returnStatement(node, data)
    case .delete: for target in tree.list(data.left) { try delete(target) }
    case .pass: break
    case .break: try leaveLoop(node, isBreak: true)
    case .continue: try leaveLoop(node, isBreak: false)
    case .raise: try raise(data)
    case .global: try declare(node, isGlobal: true)
    case .nonlocal: try declare(node, isGlobal: false)
    case .import: for alias in tree.list(data.left) { importAlias(alias) }
    case .importFrom: importFrom(node)
    case .importStar: try importStar(node, data)
    case .assert: try assertion(data)
    case .if: try ifStatement(data)
    case .while: try whileStatement(node)
    case .for: try forStatement(node)
    case .try: try tryStatement(node)
    case .with: try withStatement(node, data)
    case .match: try matchStatement(data)
    case .function: try functionStatement(node)
    case .class: try classStatement(node)
    case .typeAlias: try typeAliasStatement(node)
    default: break
    }
  }

  private mutating func expressionStatement(_ value: NodeIndex) throws(SyntaxFailure) {
    if mode == .interactive && scope.kind == .module {
      loadName(EmitterName.replPrint.index)
      try expression(value)
      callFunction(1)
      emit(.popTop, -1)
      return
    }
    let resolved = folds.resolve(value)
    if folds.isConstant(resolved, tree) && !isEmptyTuple(resolved) { return }
    try expression(value)
    emit(.popTop, -1)
  }

  /// `()` is a constant that MicroPython nevertheless computes where it stands alone.
  private mutating func isEmptyTuple(_ node: NodeIndex) -> Bool { tree.tag(node) == .tuple && tree.list(tree[node].left).isEmpty }

  private mutating func returnStatement(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    guard scope.kind == .function else { throw failure(.returnOutsideFunction, node) }
    let value = folds.resolve(data.leftNode)
    if value.isNone {
      emit(.loadConstNone, 1)
    } else if tree.tag(value) == .conditional {
      // Both branches return at once instead of meeting.
      let parts = tree.conditional(value)
      let fail = newLabel()
      try condition(parts.test, jumpIf: false, fail)
      try expression(parts.then)
      emitReturn()
      assign(fail)
      try expression(parts.otherwise)
    } else {
      try expression(value)
    }
    emitReturn()
  }

  private mutating func raise(_ data: SyntaxNode) throws(SyntaxFailure) {
    if data.left == 0 { return emitRaise(.raiseLast, 0) }
    try expression(data.leftNode)
    if data.right == 0 { return emitRaise(.raiseObj, -1) }
    try expression(data.rightNode)
    emitRaise(.raiseFrom, -2)
  }

  private mutating func assertion(_ data: SyntaxNode) throws(SyntaxFailure) {
    if options.optimization > 0 { return }
    let end = newLabel()
    try condition(data.leftNode, jumpIf: true, end)
    emit(.loadGlobal, name: EmitterName.assertionError.index, 1)
    if data.right != 0 {
      try expression(data.rightNode)
      callFunction(1)
    }
    emitRaise(.raiseObj, -1)
    assign(end)
  }

  // MARK: Import

  private mutating func importAlias(_ node: NodeIndex) {
    let alias = tree.importAlias(node)
    emit(integer: 0)
    emit(.loadConstNone, 1)
    emit(.importName, name: alias.fullName, -1)
    if alias.alias.isNone {
      storeName(alias.components.name(0))
      return
    }
    for index in 1..<max(alias.components.count, 1) { emit(.loadAttr, name: alias.components.name(index), 0) }
    storeName(alias.alias)
  }

  private mutating func importFrom(_ node: NodeIndex) {
    let parts = tree.importFrom(node)
    emit(integer: parts.level)
    for alias in parts.aliases { emit(string: tree[alias].leftName) }
    emitBuild(.buildTuple, parts.aliases.count)
    emit(.importName, name: parts.module, -1)
    for alias in parts.aliases {
      let data = tree[alias]
      emit(.importFrom, name: data.leftName, 1)
      storeName(data.rightName.isNone ? data.leftName : data.rightName)
    }
    emit(.popTop, -1)
  }

  private mutating func importStar(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    guard scope.kind == .module else { throw failure(.importStarNotModule, node) }
    emit(integer: Int(data.right))
    emit(string: EmitterName.star.index)
    emitBuild(.buildTuple, 1)
    emit(.importName, name: data.leftName, -1)
    emit(.importStar, -1)
  }

  // MARK: if

  private mutating func ifStatement(_ data: SyntaxNode) throws(SyntaxFailure) {
    let end = newLabel()
    let pairs = tree.list(data.left)
    let otherwise = tree.list(data.right)
    var index = 0
    while index < pairs.count {
      let test = pairs[index]
      let truth = folds.truth(test, tree)
      if truth != false {
        let fail = newLabel()
        try condition(test, jumpIf: false, fail)
        try block(tree.list(pairs.word(index + 1)))
        if truth == true { return assign(end) }
        if index > 0 || pairs.count > 2 || !otherwise.isEmpty { jump(end) }
        assign(fail)
      }
      index += 2
    }
    try block(otherwise)
    assign(end)
  }

  /// Evaluates a test and jumps if it is `jumpIf`; falls through otherwise. Constant tests cost nothing.
  mutating func condition(_ node: NodeIndex, jumpIf: Bool, _ label: Label) throws(SyntaxFailure) {
    if let truth = folds.truth(node, tree) {
      if truth == jumpIf { jump(label) }
      return
    }
    let resolved = folds.resolve(node)
    let data = tree[resolved]
    switch data.tag {
    case .or, .and: try logicalCondition(data, jumpIf: jumpIf, label)
    case .unary where data.detail == UnaryOperator.not.rawValue: try condition(data.leftNode, jumpIf: !jumpIf, label)
    default:
      try expression(resolved)
      popJump(if: jumpIf, label)
    }
  }

  private mutating func logicalCondition(_ data: SyntaxNode, jumpIf: Bool, _ label: Label) throws(SyntaxFailure) {
    let operands = try logicalOperands(data)
    if (data.tag == .or) == jumpIf {
      for index in 0..<operands.count { try condition(operands[index], jumpIf: jumpIf, label) }
      return
    }
    let through = newLabel()
    for index in 0..<(operands.count - 1) { try condition(operands[index], jumpIf: !jumpIf, through) }
    try condition(operands[operands.count - 1], jumpIf: jumpIf, label)
    assign(through)
  }

  /// Operands of `and` and `or` that folding leaves: not those that cannot decide, none after one that does.
  mutating func logicalOperands(_ data: SyntaxNode) throws(SyntaxFailure) -> GrowableBuffer<NodeIndex> {
    let all = tree.list(data.left)
    let deciding = data.tag == .or
    var result = GrowableBuffer<NodeIndex>(space)
    for index in 0..<all.count {
      let truth = folds.truth(all[index], tree)
      if truth == !deciding && index + 1 < all.count { continue }
      try result.append(all[index])
      if truth == deciding { break }
    }
    return result
  }
}
