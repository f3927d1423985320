// Constant folding over a whole tree. Nodes are numbered so that operands come before operators and statements in source order, which makes one
// loop over the numbers visit everything in the order in which MicroPython's parser folds, and `const()` take effect from its line on.

import Bytecode

/// What folding found out about each node of a tree.
struct FoldTable: ~Copyable {
  /// Constants that `const()` has named so far, by name number: 0 none, else 1 + index in `namedValues`. Grows on demand.
  private var named: GrowableBuffer<UInt32>
  /// Values that `const()` has named; they outlive the trees they came from.
  private var namedValues: GrowableBuffer<Folded>
  private var fates: GrowableBuffer<UInt32>
  private(set) var values: GrowableBuffer<Folded>
  /// Of what values lead to.
  private var memory: FoldMemory
  /// The highest name that the source has mentioned before the node at hand.
  private var highestName: UInt32 = 0

  let options: CompileOptions
  let names: NameTable
  private let constName: NameIndex
  private let mathName: NameIndex
  private let debugName: NameIndex

  /// Fates are: 0 nothing known; 1 a statement without code; 2 a long string that is interned; bit 31: stands for another node;
  /// bit 30: a value that came from elsewhere and is loaded as an object unless it is a small integer; the rest: value number + 16.
  private static var dropped: UInt32 { 1 }
  private static var interned: UInt32 { 2 }
  private static var alias: UInt32 { 1 << 31 }
  private static var object: UInt32 { 1 << 30 }
  private static var firstValue: UInt32 { 16 }

  /// The name of the source file, which is in use as a name.
  var fileName = NameIndex.none

  init(options: CompileOptions, names: NameTable) {
    let space = names.space
    named = GrowableBuffer(space)
    namedValues = GrowableBuffer(space)
    fates = GrowableBuffer(space)
    values = GrowableBuffer(space)
    memory = FoldMemory(space)
    self.options = options
    self.names = names
    constName = names.intern("const")
    mathName = names.intern("math")
    debugName = names.intern("__debug__")
  }

  // MARK: Questions

  /// The node whose code stands for `node`'s.
  func resolve(_ node: NodeIndex) -> NodeIndex {
    var node = node
    while true {
      let fate = fates[Int(node.rawValue)]
      if fate & FoldTable.alias == 0 { return node }
      node = NodeIndex(fate & ~FoldTable.alias)
    }
  }

  func isDropped(_ node: NodeIndex) -> Bool { fates[Int(node.rawValue)] == FoldTable.dropped }
  func isInterned(_ node: NodeIndex) -> Bool { fates[Int(node.rawValue)] == FoldTable.interned }

  /// The number of the value of a resolved node that is a number or has been folded.
  private func valueNumber(_ node: NodeIndex) -> Int? {
    let fate = fates[Int(node.rawValue)] & ~FoldTable.object
    return fate & FoldTable.alias == 0 && fate >= FoldTable.firstValue ? Int(fate - FoldTable.firstValue) : nil
  }

  func value(_ node: NodeIndex) -> Folded? { valueNumber(node).map { values[$0] } }
  func isObject(_ node: NodeIndex) -> Bool { fates[Int(node.rawValue)] & (FoldTable.object | FoldTable.alias) == FoldTable.object }

  /// Is the resolved node a constant?
  func isConstant(_ node: NodeIndex, _ tree: SyntaxTree) -> Bool {
    if valueNumber(node) != nil { return true }
    switch tree.tag(node) {
    case .string, .bytes, .noneConstant, .trueConstant, .falseConstant, .ellipsis: return true
    case .tuple: return tree.list(tree[node].left).isEmpty
    default: return false
    }
  }

  /// The value of any constant, or nil.
  func constant(_ node: NodeIndex, _ tree: SyntaxTree) -> Folded? {
    let node = resolve(node)
    if let value = value(node) { return value }
    switch tree.tag(node) {
    case .string: return .string(tree.stringBytes(node))
    case .bytes: return .bytes(tree.stringBytes(node))
    case .noneConstant: return Folded.none
    case .trueConstant: return .true
    case .falseConstant: return .false
    case .ellipsis: return .ellipsis
    case .tuple: return tree.list(tree[node].left).isEmpty ? .tuple(UnsafeBufferPointer(start: nil, count: 0)) : nil
    default: return nil
    }
  }

  /// The truth value of a constant, or nil.
  func truth(_ node: NodeIndex, _ tree: SyntaxTree) -> Bool? {
    let node = resolve(node)
    if let number = valueNumber(node) { return values[number].isTrue }
    switch tree.tag(node) {
    case .string, .bytes: return tree[node].right != 0
    case .noneConstant, .falseConstant: return false
    case .trueConstant, .ellipsis: return true
    case .tuple: return tree.list(tree[node].left).isEmpty ? false : nil
    default: return nil
    }
  }

  // MARK: Folding

  /// Folds a whole tree; what a previous tree taught (named constants) is kept.
  mutating func fold(_ tree: SyntaxTree) throws(SyntaxFailure) {
    fates.truncate(to: 0)
    values.truncate(to: 0)
    if namedValues.count == 0 { memory.reset() }
    try fates.append(0)
    var number: UInt32 = 1
    while number < tree.nodeCount {
      if names.space.pointee.mustStop { throw .stopped(names.space) }
      try fates.append(0)
      try visit(NodeIndex(number), tree)
      number += 1
    }
  }

  private mutating func set(_ node: NodeIndex, _ value: Folded) throws(SyntaxFailure) {
    try values.append(value)
    fates[Int(node.rawValue)] = FoldTable.firstValue + UInt32(truncatingIfNeeded: values.count - 1)
  }

  private mutating func visit(_ node: NodeIndex, _ tree: SyntaxTree) throws(SyntaxFailure) {
    let data = tree[node]
    switch data.tag {
    case .integer: try set(node, NumberLiteral.integer(tree.numberText(node), &memory))
    case .float: try set(node, .float(NumberLiteral.float(tree.numberText(node), &memory)))
    case .imaginary:
      let digits = UnsafeBufferPointer(rebasing: tree.numberText(node).dropLast())
      try set(node, .imaginary(NumberLiteral.float(digits, &memory)))
    case .string: if data.right > 10 { noteLongString(node, tree) }
    case .name:
      mention(data.left)
      try useName(node, data.leftName)
    case .attribute:
      mention(data.right)
      try foldMath(node, data, tree)
    case .unary: try foldUnary(node, data, tree)
    case .binary: try foldBinary(node, data, tree)
    case .binaryChain: try foldChain(node, data, tree)
    case .and, .or: foldLogical(node, data, tree)
    case .tuple: try foldTuple(node, data, tree)
    case .assign:
      let targets = tree.list(data.right)
      if targets.count == 1 { try nameConstant(node, target: targets[0], value: data.leftNode, tree) }
    case .annotatedAssign: try nameConstant(node, target: data.leftNode, value: tree.child(data.right, 1), tree)
    case .function, .class, .keywordArgument, .parameter, .fromAlias, .patternCapture: mention(data.left)
    default: break
    }
  }

  private mutating func mention(_ name: UInt32) { highestName = max(highestName, name) }

  /// Long strings are constants of their own unless their text is in use as a name.
  private mutating func noteLongString(_ node: NodeIndex, _ tree: SyntaxTree) {
    let text = tree.stringBytes(node)
    let isFileName = !fileName.isNone && names[fileName].elementsEqual(text)
    if StaticNamePool.contains(text) || !options.cpythonExtensions && (isFileName || isMentioned(text, before: node, tree)) {
      fates[Int(node.rawValue)] = FoldTable.interned
    }
  }

  /// Has the source used `text` as a name before this node? Names are numbered as the source mentions them; only those of the functions and
  /// classes around a node come to the loop after it.
  private func isMentioned(_ text: UnsafeBufferPointer<UInt8>, before node: NodeIndex, _ tree: SyntaxTree) -> Bool {
    let name = names.find(text)
    if name.isNone { return false }
    if name.rawValue <= highestName { return true }
    let (line, column) = (tree.line(node), tree.column(node))
    for number in node.rawValue..<UInt32(truncatingIfNeeded: tree.nodeCount) {
      let other = NodeIndex(number)
      let tag = tree.tag(other)
      guard (tag == .function || tag == .class) && tree[other].leftName == name else { continue }
      if tree.line(other) < line || tree.line(other) == line && tree.column(other) < column { return true }
    }
    return false
  }

  private mutating func useName(_ node: NodeIndex, _ name: NameIndex) throws(SyntaxFailure) {
    if name == debugName {
      try set(node, options.optimization == 0 ? .true : .false)
      return
    }
    let index = Int(name.rawValue)
    guard index < named.count, named[index] != 0 else { return }
    try set(node, namedValues[Int(named[index]) - 1])
    fates[Int(node.rawValue)] |= FoldTable.object
  }

  /// `math.pi` and its kin: upstream's cross compiler knows them.
  private mutating func foldMath(_ node: NodeIndex, _ data: SyntaxNode, _ tree: SyntaxTree, inConstant: Bool = false) throws(SyntaxFailure)
  {
    guard inConstant || !options.cpythonExtensions, tree.tag(data.leftNode) == .name, tree[data.leftNode].leftName == mathName,
      value(data.leftNode) == nil, let value = StaticNamePool.mathConstant(names[data.rightName])
    else { return }
    try set(node, .float(value))
  }

  /// Folds the argument of `const()` once more, now with the constants of `math`: elsewhere a program may give that name another meaning.
  private mutating func foldConstantArgument(_ node: NodeIndex, _ tree: SyntaxTree) throws(SyntaxFailure) {
    let data = tree[node]
    switch data.tag {
    case .attribute: try foldMath(node, data, tree, inConstant: true)
    case .unary:
      try foldConstantArgument(data.leftNode, tree)
      try foldUnary(node, data, tree)
    case .binary:
      try foldConstantArgument(data.leftNode, tree)
      try foldConstantArgument(data.rightNode, tree)
      try foldBinary(node, data, tree)
    case .binaryChain:
      try foldConstantArgument(data.leftNode, tree)
      let rest = tree.list(data.right)
      var index = 1
      while index < rest.count {
        try foldConstantArgument(rest[index], tree)
        index += 2
      }
      try foldChain(node, data, tree)
    default: break
    }
  }

  private mutating func foldUnary(_ node: NodeIndex, _ data: SyntaxNode, _ tree: SyntaxTree) throws(SyntaxFailure) {
    guard let operation = UnaryOperator(rawValue: data.detail) else { return }
    let operand = resolve(data.leftNode)
    if operation == .not {
      if let truth = truth(operand, tree) { try set(node, truth ? .false : .true) }
    } else if let value = value(operand), let result = Folded.unary(operation, value, &memory) {
      try set(node, result)
    }
  }

  private mutating func foldBinary(_ node: NodeIndex, _ data: SyntaxNode, _ tree: SyntaxTree) throws(SyntaxFailure) {
    guard let operation = BinaryOperator(rawValue: data.detail), let a = value(resolve(data.leftNode)),
      let b = value(resolve(data.rightNode)), let result = Folded.binary(operation, a, b, &memory)
    else { return }
    try set(node, result)
  }

  private mutating func foldChain(_ node: NodeIndex, _ data: SyntaxNode, _ tree: SyntaxTree) throws(SyntaxFailure) {
    guard var result = value(resolve(data.leftNode)) else { return }
    let rest = tree.list(data.right)
    var index = 0
    while index < rest.count {
      guard let operation = BinaryOperator(rawValue: UInt8(truncatingIfNeeded: rest.word(index))),
        let operand = value(resolve(rest[index + 1])), let next = Folded.binary(operation, result, operand, &memory)
      else { return }
      // What an inner step gave is of no further use.
      if index > 0, case .large(let integer) = result { integer.free(&memory) }
      result = next
      index += 2
    }
    try set(node, result)
  }

  /// `False or x` is `x`; what remains of longer lists the emitter asks operand by operand.
  private mutating func foldLogical(_ node: NodeIndex, _ data: SyntaxNode, _ tree: SyntaxTree) {
    let operands = tree.list(data.left)
    let deciding = data.tag == .or
    var only = NodeIndex.none
    for index in 0..<operands.count {
      let truth = truth(operands[index], tree)
      if truth == !deciding && index + 1 < operands.count { continue }
      if !only.isNone { return }
      only = operands[index]
      if truth == deciding { break }
    }
    fates[Int(node.rawValue)] = FoldTable.alias | only.rawValue
  }

  private mutating func foldTuple(_ node: NodeIndex, _ data: SyntaxNode, _ tree: SyntaxTree) throws(SyntaxFailure) {
    let items = tree.list(data.left)
    if items.isEmpty { return }
    for item in items where !isConstant(resolve(item), tree) { return }
    guard let folded = memory.allocate(Folded.self, count: items.count) else { throw .outOfMemory }
    for index in 0..<items.count { folded[index] = constant(items[index], tree) ?? .none }
    try set(node, .tuple(UnsafeBufferPointer(start: folded, count: items.count)))
  }

  /// The value, with all of its text in the folding's memory: the tree may go before it.
  private mutating func keep(_ value: Folded) throws(SyntaxFailure) -> Folded {
    switch value {
    case .string(let text): return .string(try keep(text))
    case .bytes(let text): return .bytes(try keep(text))
    case .tuple(let items):
      guard let copy = memory.allocate(Folded.self, count: items.count) else { throw .outOfMemory }
      for index in 0..<items.count { copy[index] = try keep(items[index]) }
      return .tuple(UnsafeBufferPointer(start: copy, count: items.count))
    default: return value
    }
  }

  private mutating func keep(_ text: UnsafeBufferPointer<UInt8>) throws(SyntaxFailure) -> UnsafeBufferPointer<UInt8> {
    guard let copy = memory.allocate(UInt8.self, count: text.count) else { throw .outOfMemory }
    for index in 0..<text.count { copy[index] = text[index] }
    return UnsafeBufferPointer(start: copy, count: text.count)
  }

  /// `X = const(value)`: the name stands for the value from here on; a private one gets no code.
  private mutating func nameConstant(_ node: NodeIndex, target: NodeIndex, value: NodeIndex, _ tree: SyntaxTree) throws(SyntaxFailure) {
    guard !value.isNone, tree.tag(target) == .name, fates[Int(target.rawValue)] == 0, tree.tag(value) == .call else { return }
    let callee = tree[value].leftNode
    guard tree.tag(callee) == .name, tree[callee].leftName == constName else { return }
    let arguments = tree.list(tree[value].right)
    if arguments.count == 1 && !isConstant(resolve(arguments[0]), tree) { try foldConstantArgument(arguments[0], tree) }
    guard arguments.count == 1, isConstant(resolve(arguments[0]), tree) else {
      throw SyntaxFailure(.notAConstant, line: tree[value].line, column: UInt32(tree[value].column))
    }
    let source = resolve(arguments[0])
    let name = tree[target].leftName
    let text = names[name]
    fates[Int(value.rawValue)] = FoldTable.alias | source.rawValue
    if let folded = constant(source, tree) {
      try namedValues.append(try keep(folded))
      while named.count <= Int(name.rawValue) { try named.append(0) }
      named[Int(name.rawValue)] = UInt32(truncatingIfNeeded: namedValues.count)
    }
    if text.first == 0x5f { fates[Int(node.rawValue)] = FoldTable.dropped }
  }
}
