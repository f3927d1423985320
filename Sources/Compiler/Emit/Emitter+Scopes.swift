// Order of work, and what crosses scopes: closures, `global`, `nonlocal`, the making of functions.

import Bytecode

extension Emitter {
  // MARK: Whole compilations

  /// Compiles the tree. Scopes are first all analysed, then all written, outer before inner.
  mutating func compile(fileName: NameIndex) throws(SyntaxFailure) -> CompiledModule {
    _ = operand(fileName)
    folds.fileName = fileName
    try folds.fold(tree)
    try analyse(from: 0)
    isScoping = false
    for index in 0..<scopes.count {
      try write(index)
      try finish()
    }
    return try module()
  }

  /// Walks over the scopes from `first` on and the ones in them, then computes where their locals are.
  mutating func analyse(from first: Int) throws(SyntaxFailure) {
    isScoping = true
    var index = first
    while index < scopes.count {
      try walk(index)
      index += 1
    }
    for index in first..<scopes.count {
      let parent = scopes[index].parent
      let enclosing: Scope? = parent < 0 ? nil : scopes[parent]
      scopes.update(index) { $0.assignSlots(parent: enclosing) }
    }
  }

  /// The result, once all scopes are finished.
  mutating func module() throws(SyntaxFailure) -> CompiledModule {
    if space.pointee.mustStop { throw .stopped(space) }
    let parts = CompiledModule.Parts(
      nameCount: nameOrder.count, constants: constants.bytes.all, constantEnds: constants.ends.all, codes: finished.all,
      bytes: finishedBytes.all,
      children: finishedChildren.all)
    let (names, order) = (names, nameOrder.base)
    guard let module = CompiledModule(parts, memory: space.pointee.memory, name: { names[order[$0]] }) else { throw .outOfMemory }
    return module
  }

  mutating func enter(_ index: Int) {
    current = index
    scope = scopes[index]
    code.reset()
    childrenMet = 0
    childOrder.truncate(to: 0)
    exceptionLevel = 0
    loop = nil
    indexIdentifiers()
    _ = operand(scope.name)
  }

  /// First walk over a scope.
  private mutating func walk(_ index: Int) throws(SyntaxFailure) {
    enter(index)
    scope.firstChild = scopes.count
    try body()
    for place in 0..<scope.identifierCount where scope.identifiers[place].kind == .globalImplicit { closeOver(place) }
    scopes[index] = scope
  }

  /// Second walk over a scope.
  mutating func write(_ index: Int) throws(SyntaxFailure) {
    enter(index)
    for argument in 0..<(scope.positionalCount + scope.keywordOnlyCount) { _ = operand(argumentName(argument)) }
    try body()
  }

  /// Files the code object of what has been written.
  mutating func finish() throws(SyntaxFailure) {
    let start = finishedBytes.count
    try check(scope.node)
    try appendCode()
    let place = CodePlace(
      firstByte: start, byteCount: finishedBytes.count - start, firstChild: finishedChildren.count, childCount: childOrder.count)
    try finishedChildren.append(childOrder.base, count: childOrder.count)
    while finished.count <= current { try finished.append(CodePlace(firstByte: 0, byteCount: 0, firstChild: 0, childCount: 0)) }
    finished[current] = place
    scopes[current] = scope
  }

  private mutating func appendCode() throws(SyntaxFailure) {
    var instructions = GrowableBuffer<UInt8>(space)
    var info = GrowableBuffer<UInt8>(space)
    info.appendUnsigned(operand(scope.name))
    for argument in 0..<(scope.positionalCount + scope.keywordOnlyCount) { info.appendUnsigned(operand(argumentName(argument))) }
    guard try code.finish(&instructions, lines: &info) else { throw failure(.codeTooLarge, scope.node) }
    var cells = GrowableBuffer<UInt8>(space)
    for place in 0..<scope.identifierCount where scope.identifiers[place].kind == .cell {
      cells.write(UInt8(truncatingIfNeeded: scope.identifiers[place].slot))
    }
    try signature().encode(into: &finishedBytes)
    PreludeSize(infoCount: info.count, cellCount: cells.count).encode(into: &finishedBytes)
    try finishedBytes.append(info.base, count: info.count)
    try finishedBytes.append(cells.base, count: cells.count)
    try finishedBytes.append(instructions.base, count: instructions.count)
    if space.pointee.isExhausted { throw .outOfMemory }
  }

  private mutating func signature() throws(SyntaxFailure) -> PreludeSignature {
    var signature = PreludeSignature()
    signature.stateCount = max(scope.localCount + code.largestDepth, 1)
    signature.exceptionCount = scope.exceptionSize
    signature.flags = scope.flags
    signature.positionalCount = scope.positionalCount
    signature.keywordOnlyCount = scope.keywordOnlyCount
    signature.defaultCount = scope.defaultCount
    guard signature.stateCount < 0xffff, !hasDistantCell else { throw failure(.codeTooLarge, scope.node) }
    return signature
  }

  /// Whether a cell's number does not fit the byte that names it.
  private var hasDistantCell: Bool {
    if scope.localCount <= 256 { return false }
    return (0..<scope.identifierCount).contains { scope.identifiers[$0].kind == .cell && scope.identifiers[$0].slot > 255 }
  }

  /// The name by which argument `slot` can be passed: `*` for a cell of an outer scope, `/name` if only by position.
  private mutating func argumentName(_ slot: Int) -> NameIndex {
    for place in 0..<scope.identifierCount {
      let identifier = scope.identifiers[place]
      guard identifier.flags & Identifier.parameter != 0 && Int(identifier.slot) == slot else { continue }
      return identifier.flags & Identifier.positionalOnly != 0 ? slashed(identifier.name) : identifier.name
    }
    return EmitterName.star.index
  }

  private mutating func slashed(_ name: NameIndex) -> NameIndex {
    var text = GrowableBuffer<UInt8>(space)
    text.write(0x2f)
    text.offer(names[name])
    return names.intern(text.all)
  }

  // MARK: Inner scopes

  /// The scope of the construct at hand: a new one on the first walk, the same one on the second. Constructs meet in the same order.
  mutating func child(_ kind: ScopeKind, _ node: NodeIndex, name: NameIndex) throws(SyntaxFailure) -> Int {
    let index: Int
    if isScoping {
      index = scopes.count
      var inner = try Scope(space, kind: kind, parent: current, node: node, name: name)
      inner.privateClass = kind == .class && options.cpythonExtensions ? tree[node].leftName : scope.privateClass
      if !scopes.offer(inner) {
        inner.deallocate()
        throw .outOfMemory
      }
      scope.childCount += 1
    } else {
      index = scope.firstChild + childrenMet
    }
    childrenMet += 1
    return index
  }

  /// Makes a function of a scope's code; the stack holds its defaults, if any: a tuple (or NULL) and a dict (or NULL).
  mutating func makeFunction(_ index: Int, defaults: Int = 0, keywordDefaults: Int = 0) {
    var inner = scopes[index]
    if keywordDefaults > 0 { inner.flags |= ScopeFlag.keywordDefaults }
    inner.defaultCount = defaults
    scopes[index] = inner
    let cells = loadCells(of: inner)
    let number = childOrder.count
    childOrder.offer(UInt32(truncatingIfNeeded: index))
    let hasDefaults = defaults > 0 || keywordDefaults > 0
    if cells == 0 {
      emit(hasDefaults ? .makeFunctionDefargs : .makeFunction, unsigned: number, hasDefaults ? -1 : 1)
    } else {
      emit(hasDefaults ? .makeClosureDefargs : .makeClosure, unsigned: number, (hasDefaults ? -1 : 1) - cells)
      if !isScoping { code.byte(UInt8(truncatingIfNeeded: cells)) }
    }
  }

  private mutating func loadCells(of inner: Scope) -> Int {
    if isScoping || scope.kind == .module { return 0 }
    var count = 0
    for place in 0..<scope.identifierCount {
      let identifier = scope.identifiers[place]
      guard identifier.kind == .cell || identifier.kind == .free, let other = inner.find(identifier.name),
        inner.identifiers[other].kind == .free
      else { continue }
      loadLocal(Int(identifier.slot))
      count += 1
    }
    return count
  }

  // MARK: Closures

  /// An identifier of the current scope that is only used: is it a local of an enclosing function?
  mutating func closeOver(_ place: Int) {
    let name = scope.identifiers[place].name
    var outer = scope.parent
    while outer >= 0 && scopes[outer].parent >= 0 {
      if let found = scopes[outer].find(name) {
        switch scopes[outer].identifiers[found].kind {
        case .local, .cell, .free:
          scope.identifiers[place].kind = .free
          markParents(name)
        default: break
        }
        return
      }
      outer = scopes[outer].parent
    }
  }

  /// Passes a free name down from the scope that has it.
  private mutating func markParents(_ name: NameIndex) {
    var outer = scope.parent
    while outer > 0 {
      var parent = scopes[outer]
      let place = parent.find(name) ?? parent.append(name, .undecided)
      let kind = parent.identifiers[place].kind
      if kind == .undecided { parent.identifiers[place].kind = .free }
      if kind == .local { parent.identifiers[place].kind = .cell }
      scopes[outer] = parent
      if kind != .undecided { return }
      outer = parent.parent
    }
  }

  // MARK: Declarations

  mutating func declare(_ node: NodeIndex, isGlobal: Bool) throws(SyntaxFailure) {
    if !isScoping { return }
    if !isGlobal && scope.kind == .module { throw failure(.nonlocalInOuterCode, node) }
    let list = tree.list(tree[node].left)
    for index in 0..<list.count {
      let place = place(mangled(list.name(index)), adding: .undecided)
      if isGlobal { try declareGlobal(place, node) } else { try declareNonlocal(place, node) }
    }
  }

  mutating func declareGlobal(_ place: Int, _ node: NodeIndex) throws(SyntaxFailure) {
    let kind = scope.identifiers[place].kind
    guard kind == .undecided || kind == .globalExplicit else { throw failure(.redefinedAsGlobal, node) }
    scope.identifiers[place].kind = .globalExplicit
    // The module's own code then finds it the same way.
    if current == 0 { return }
    let module = scopes[0]
    if let found = module.find(scope.identifiers[place].name) { module.identifiers[found].kind = .globalExplicit }
  }

  mutating func declareNonlocal(_ place: Int, _ node: NodeIndex) throws(SyntaxFailure) {
    let kind = scope.identifiers[place].kind
    if kind == .undecided {
      scope.identifiers[place].kind = .globalImplicit
      closeOver(place)
      if scope.identifiers[place].kind == .globalImplicit { throw failure(.noBindingForNonlocal, node) }
    } else if kind != .free {
      throw failure(.redefinedAsNonlocal, node)
    }
  }

  // MARK: Bodies

  /// Emits the current scope's code.
  private mutating func body() throws(SyntaxFailure) {
    let node = scope.node
    switch scope.kind {
    case .module: try moduleBody(node)
    case .function: try functionBody(node)
    case .lambda: try lambdaBody(node)
    case .class: try classBody(node)
    case .listComprehension, .dictionaryComprehension, .setComprehension, .generator: try comprehensionBody(node)
    case .annotations: try annotationsBody(node)
    case .typeParameters: try typeParametersBody(node)
    case .thunk:
      try expression(node)
      emitReturn()
    }
  }

  private mutating func moduleBody(_ node: NodeIndex) throws(SyntaxFailure) {
    if tree.tag(node) == .expressionInput {
      try expression(tree[node].leftNode)
      return emitReturn()
    }
    let statements = tree.list(tree[node].left)
    if mode == .file { try documentation(statements) }
    let startsBelow = !statements.isEmpty && tree.line(node) != tree.line(statements[0])
    if statements.count > 1 || startsBelow { mark(node) }
    for statement in statements { try self.statement(statement) }
    try storeAnnotations(node)
    emit(.loadConstNone, 1)
    emitReturn()
  }

  /// Loads the documentation string that a body begins with, if it is to be kept.
  mutating func loadDocumentation(_ statements: SyntaxList) -> Bool {
    guard options.storesDocumentation, options.optimization < 2, !statements.isEmpty,
      tree.tag(statements[0]) == .expressionStatement, tree.tag(tree[statements[0]].leftNode) == .string
    else { return false }
    stringConstant(tree[statements[0]].leftNode)
    return true
  }

  /// Stores `__doc__` in a module's or class's namespace.
  mutating func documentation(_ statements: SyntaxList) throws(SyntaxFailure) {
    if loadDocumentation(statements) { storeName(EmitterName.documentation.index) }
  }
}
