// Assignment, deletion, and the targets of both.

import Bytecode

extension Emitter {
  mutating func assign(_ data: SyntaxNode) throws(SyntaxFailure) {
    let targets = tree.list(data.right)
    if targets.count == 1 { return try assign(data.leftNode, to: targets[0]) }
    try expression(data.leftNode)
    for index in 0..<targets.count {
      if index + 1 < targets.count { emit(.dupTop, 1) }
      try store(targets[index])
    }
  }

  private mutating func assign(_ value: NodeIndex, to target: NodeIndex) throws(SyntaxFailure) {
    if try swapWithoutTuple(value, target) { return }
    try expression(value)
    try store(target)
  }

  /// `a, b = c, d` and the like with three need no tuple.
  private mutating func swapWithoutTuple(_ value: NodeIndex, _ target: NodeIndex) throws(SyntaxFailure) -> Bool {
    let resolved = folds.resolve(value)
    guard folds.value(resolved) == nil else { return false }
    let (source, goal) = (tree[resolved], tree[target])
    guard source.tag == .tuple && goal.tag == .tuple && source.detail == 0 && goal.detail == 0 else { return false }
    let values = tree.list(source.left)
    let targets = tree.list(goal.left)
    guard values.count == targets.count && (values.count == 2 || values.count == 3) else { return false }
    for index in 0..<values.count where tree.tag(targets[index]) == .starred || tree.tag(values[index]) == .starred { return false }
    for value in values { try expression(value) }
    if values.count == 3 { emit(.rotThree, 0) }
    emit(.rotTwo, 0)
    for target in targets { try store(target) }
    return true
  }

  mutating func augmentedAssign(_ data: SyntaxNode) throws(SyntaxFailure) {
    guard let operation = BinaryOperator(rawValue: data.detail) else { return }
    let target = tree[data.leftNode]
    switch target.tag {
    case .attribute:
      try object(target.leftNode)
      emit(.dupTop, 1)
      emit(.loadAttr, name: mangled(target.rightName), 0)
    case .subscript:
      try object(target.leftNode)
      try expression(target.rightNode)
      emit(.dupTopTwo, 2)
      emit(.loadSubscr, -1)
    default:
      guard target.tag == .name, folds.value(data.leftNode) == nil else { throw failure(.cannotAssign, data.leftNode) }
      loadName(target.leftName)
    }
    try expression(data.rightNode)
    emit(inPlace: operation)
    switch target.tag {
    case .attribute:
      emit(.rotTwo, 0)
      emit(.storeAttr, name: mangled(target.rightName), -2)
    case .subscript:
      emit(.rotThree, 0)
      emit(.storeSubscr, -3)
    default: storeName(target.leftName)
    }
  }

  mutating func annotatedAssign(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.annotatedAssign(node)
    if isScoping && parts.isSimple && options.storesAnnotations && !scope.kind.isFunctionLike { scope.hasAnnotations = true }
    if !parts.value.isNone { return try assign(parts.value, to: parts.target) }
    // Without a value it still makes the name a local.
    if isScoping && scope.kind == .function && tree.tag(parts.target) == .name {
      _ = place(mangled(tree[parts.target].leftName), adding: .local)
    }
  }

  /// Stores the top of the stack.
  mutating func store(_ target: NodeIndex) throws(SyntaxFailure) {
    let data = tree[target]
    switch data.tag {
    case .name:
      guard folds.value(target) == nil else { throw failure(.cannotAssign, target) }
      storeName(data.leftName)
    case .attribute:
      guard folds.value(target) == nil else { throw failure(.cannotAssign, target) }
      try object(data.leftNode)
      emit(.storeAttr, name: mangled(data.rightName), -2)
    case .subscript:
      try object(data.leftNode)
      try expression(data.rightNode)
      emit(.storeSubscr, -3)
    case .tuple, .list: try unpack(tree.list(data.left))
    case .starred: try store(data.leftNode)
    default: throw failure(.cannotAssign, target)
    }
  }

  private mutating func unpack(_ targets: SyntaxList) throws(SyntaxFailure) {
    var starred: Int?
    for index in 0..<targets.count where tree.tag(targets[index]) == .starred {
      guard starred == nil else { throw failure(.multipleStars, targets[index]) }
      starred = index
    }
    if let starred {
      emit(.unpackEx, unsigned: starred | (targets.count - starred - 1) << 8, targets.count - 1)
    } else {
      emit(.unpackSequence, unsigned: targets.count, targets.count - 1)
    }
    for target in targets { try store(target) }
  }

  /// The object of an attribute or subscript that is stored or deleted. Calls of methods in it go the long way, as in MicroPython.
  private mutating func object(_ node: NodeIndex) throws(SyntaxFailure) {
    let data = tree[node]
    guard !options.cpythonExtensions, folds.value(node) == nil else { return try expression(node) }
    switch data.tag {
    case .attribute where data.detail & 1 == 0:
      mark(node)
      try object(data.leftNode)
      markPostfix(data)
      emit(.loadAttr, name: mangled(data.rightName), 0)
    case .subscript where data.detail & 1 == 0:
      mark(node)
      try object(data.leftNode)
      markPostfix(data)
      try expression(data.rightNode)
      emit(.loadSubscr, -1)
    case .call:
      mark(node)
      try object(data.leftNode)
      markPostfix(data)
      try arguments(tree.list(data.right), extra: 0, isMethod: false)
    default: try expression(node)
    }
  }

  mutating func delete(_ target: NodeIndex) throws(SyntaxFailure) {
    let data = tree[target]
    switch data.tag {
    case .name:
      guard folds.value(target) == nil else { throw failure(.cannotDelete, target) }
      deleteName(data.leftName)
    case .attribute:
      try object(data.leftNode)
      emit(.loadNull, 1)
      emit(.rotTwo, 0)
      emit(.storeAttr, name: mangled(data.rightName), -2)
    case .subscript:
      try object(data.leftNode)
      try expression(data.rightNode)
      emit(.loadNull, 1)
      emit(.rotThree, 0)
      emit(.storeSubscr, -3)
    case .tuple, .list: for item in tree.list(data.left) { try delete(item) }
    default: throw failure(.cannotDelete, target)
    }
  }
}
