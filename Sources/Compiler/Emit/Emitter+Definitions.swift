// Functions, lambdas and classes: the statements that make them, and their bodies.

import Bytecode

extension Emitter {
  // MARK: Decorators

  /// Loads decorators; answers how many must be called. Those of `micropython` are instructions to the compiler.
  private mutating func loadDecorators(_ decorators: SyntaxList) throws(SyntaxFailure) -> Int {
    var count = 0
    for decorator in decorators {
      if try isBuiltIn(decorator) { continue }
      try self.decorator(decorator)
      count += 1
    }
    return count
  }

  /// Upstream knows only dotted names and a call of them, gives neither the usual shortcuts, and counts the name to the line before.
  private mutating func decorator(_ node: NodeIndex) throws(SyntaxFailure) {
    let data = tree[node]
    if options.cpythonExtensions { return try expression(node) }
    switch data.tag {
    case .attribute:
      try decorator(data.leftNode)
      emit(.loadAttr, name: mangled(data.rightName), 0)
    case .call:
      try decorator(data.leftNode)
      mark(node)
      try arguments(tree.list(data.right), extra: 0, isMethod: false)
    default: try expression(node)
    }
  }

  /// `@micropython.bytecode`. Its kin ask for machine code, which there is no emitter for: as upstream without one they are errors.
  private mutating func isBuiltIn(_ decorator: NodeIndex) throws(SyntaxFailure) -> Bool {
    var root = decorator
    var depth = 0
    while tree.tag(root) == .attribute {
      root = tree[root].leftNode
      depth += 1
    }
    guard tree.tag(root) == .name, tree[root].leftName == EmitterName.micropython.index else { return false }
    if depth == 1 && names.intern("bytecode") == tree[decorator].rightName { return true }
    throw failure(.invalidDecorator, decorator)
  }

  // MARK: Functions

  mutating func functionStatement(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.function(node)
    let decorators = try loadDecorators(parts.decorators)
    try withTypeParameters(node, parts.typeParameters) { emitter throws(SyntaxFailure) in try emitter.functionObject(node) }
    for _ in 0..<decorators { callFunction(1) }
    storeName(parts.name)
  }

  /// Leaves the function.
  mutating func functionObject(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.function(node)
    let inner = try child(.function, node, name: mangled(parts.name))
    if parts.isAsync {
      scopes.update(inner) { $0.flags |= ScopeFlag.generator | (options.cpythonExtensions ? ScopeFlag.coroutine : 0) }
    }
    try defaultsAndFunction(inner, parts.parameters)
    if loadDocumentation(parts.body) { setAttribute(.documentation) }
    if options.storesQualifiedNames && current != 0 {
      emit(qualified: parts.name)
      setAttribute(.qualifiedName)
    }
    if options.storesAnnotations && hasAnnotations(parts) {
      makeFunction(try child(.annotations, node, name: EmitterName.annotateScope.index))
      setAttribute(.annotate)
    }
  }

  private mutating func hasAnnotations(_ parts: FunctionParts) -> Bool {
    if !parts.returns.isNone { return true }
    for parameter in parts.parameters where !tree.parameter(parameter).annotation.isNone { return true }
    return false
  }

  mutating func setAttribute(_ attribute: FunctionAttribute) {
    emit(.setFunctionAttribute, unsigned: Int(attribute.rawValue), -1)
  }

  /// Loads the dotted path of a name in the current scope.
  mutating func emit(qualified name: NameIndex) {
    // From the end to the beginning: every part backwards, then all of it turned round.
    var text = GrowableBuffer<UInt8>(space)
    for byte in names[name].reversed() { text.write(byte) }
    var outer = current
    while outer > 0 {
      let enclosing = outer == current ? scope : scopes[outer]
      if enclosing.kind != .typeParameters {
        let middle: StaticString = enclosing.kind == .class ? "." : ".<locals>."
        for index in (0..<middle.utf8CodeUnitCount).reversed() { text.write(middle.utf8Start[index]) }
        for byte in names[enclosing.name].reversed() { text.write(byte) }
      }
      outer = enclosing.parent
    }
    let all = UnsafeMutableBufferPointer(start: text.base, count: text.count)
    for index in 0..<(all.count / 2) { all.swapAt(index, all.count - 1 - index) }
    emit(constant: .string, text.all)
  }

  /// Computes defaults in the present scope, then makes the function.
  private mutating func defaultsAndFunction(_ inner: Int, _ parameters: SyntaxList) throws(SyntaxFailure) {
    var positional = 0
    var keyword = 0
    for parameter in parameters {
      let parts = tree.parameter(parameter)
      guard !parts.defaultValue.isNone else { continue }
      if parts.kind == .keywordOnly {
        keyword += 1
        if keyword == 1 {
          if positional > 0 { emitBuild(.buildTuple, positional) } else { emit(.loadNull, 1) }
          emit(.buildMap, unsigned: 0, 1)
        }
        try expression(parts.defaultValue)
        emit(string: mangled(parts.name))
        emit(.storeMap, -2)
      } else {
        positional += 1
        try expression(parts.defaultValue)
      }
    }
    if positional > 0 && keyword == 0 {
      emitBuild(.buildTuple, positional)
      emit(.loadNull, 1)
    }
    makeFunction(inner, defaults: positional, keywordDefaults: keyword)
  }

  /// Declares the parameters of the current scope, before anything else so that they get the first slots.
  private mutating func declare(_ parameters: SyntaxList) throws(SyntaxFailure) {
    for parameter in parameters {
      let parts = tree.parameter(parameter)
      var flags = Identifier.parameter
      switch parts.kind {
      case .positionalOnly:
        scope.positionalCount += 1
        flags |= Identifier.positionalOnly
      case .normal: scope.positionalCount += 1
      case .keywordOnly: scope.keywordOnlyCount += 1
      case .variadic:
        scope.flags |= ScopeFlag.variadicArguments
        flags |= Identifier.variadic
      case .variadicKeyword:
        scope.flags |= ScopeFlag.variadicKeywords
        flags |= Identifier.variadicKeywords
      }
      let place = place(mangled(parts.name), adding: .undecided)
      guard scope.identifiers[place].kind == .undecided else { throw failure(.parameterReused, parameter) }
      scope.identifiers[place].kind = .local
      scope.identifiers[place].flags = flags
    }
  }

  mutating func functionBody(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.function(node)
    if isScoping { try declare(parts.parameters) }
    try block(parts.body)
    emit(.loadConstNone, 1)
    emitReturn()
  }

  // MARK: Lambdas

  mutating func lambda(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    mark(node)
    let inner = try child(.lambda, node, name: EmitterName.lambdaScope.index)
    try defaultsAndFunction(inner, tree.list(data.left))
  }

  mutating func lambdaBody(_ node: NodeIndex) throws(SyntaxFailure) {
    let data = tree[node]
    mark(node)
    if isScoping { try declare(tree.list(data.left)) }
    try expression(data.rightNode)
    if scope.flags & ScopeFlag.generator != 0 {
      emit(.popTop, -1)
      emit(.loadConstNone, 1)
    }
    emitReturn()
  }

  // MARK: Classes

  mutating func classStatement(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.classDefinition(node)
    let decorators = try loadDecorators(parts.decorators)
    try withTypeParameters(node, parts.typeParameters) { emitter throws(SyntaxFailure) in try emitter.classObject(node) }
    for _ in 0..<decorators { callFunction(1) }
    storeName(parts.name)
  }

  /// Leaves the class.
  mutating func classObject(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.classDefinition(node)
    let inner = try child(.class, node, name: mangled(parts.name))
    emit(.loadBuildClass, 1)
    makeFunction(inner)
    emit(string: parts.name)
    if parts.typeParameters.isEmpty { return try arguments(parts.arguments, extra: 2, isMethod: false) }
    loadIntrinsic(.genericBase)
    loadTypeParameters(parts.typeParameters)
    callFunction(1)
    try arguments(parts.arguments, extra: 3, isMethod: false)
  }

  mutating func classBody(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.classDefinition(node)
    if isScoping { _ = place(EmitterName.class.index, adding: .local) }
    loadName(EmitterName.name.index)
    storeName(EmitterName.module.index)
    if options.storesQualifiedNames && scope.parent != 0 {
      emitOwnQualifiedName(parts.name)
    } else {
      emit(string: parts.name)
    }
    storeName(EmitterName.qualifiedName.index)
    if !parts.typeParameters.isEmpty {
      loadTypeParameters(parts.typeParameters)
      storeName(EmitterName.typeParameters.index)
    }
    try documentation(parts.body)
    try block(parts.body)
    try storeAnnotations(node)
    if let place = place(EmitterName.class.index), scope.identifiers[place].kind != .local {
      loadLocal(Int(scope.identifiers[place].slot))
    } else {
      emit(.loadConstNone, 1)
    }
    emitReturn()
  }

  private mutating func emitOwnQualifiedName(_ name: NameIndex) {
    let (inner, innerScope) = (current, scope)
    current = scope.parent
    scope = scopes[current]
    emit(qualified: name)
    (current, scope) = (inner, innerScope)
  }

  // MARK: Annotations

  /// Stores `__annotate__` in the namespace of a module or class that annotates names.
  mutating func storeAnnotations(_ node: NodeIndex) throws(SyntaxFailure) {
    guard scope.hasAnnotations else { return }
    makeFunction(try child(.annotations, node, name: EmitterName.annotateScope.index))
    storeName(EmitterName.annotate.index)
  }

  /// Builds the dict of annotations of the function, class or module that `node` is.
  mutating func annotationsBody(_ node: NodeIndex) throws(SyntaxFailure) {
    switch tree.tag(node) {
    case .function:
      emit(.buildMap, unsigned: 0, 1)
      try functionAnnotations(tree.function(node))
    case .class:
      if isScoping {
        scope.positionalCount = 1
        let place = place(EmitterName.dot.index, adding: .local)
        scope.identifiers[place].flags = Identifier.parameter | Identifier.positionalOnly
      }
      emit(.buildMap, unsigned: 0, 1)
      try annotations(in: tree.classDefinition(node).body)
    default:
      emit(.buildMap, unsigned: 0, 1)
      try annotations(in: tree.list(tree[node].left))
    }
    emitReturn()
  }

  private mutating func annotation(_ node: NodeIndex, of name: NameIndex) throws(SyntaxFailure) {
    if tree.tag(node) == .starred {
      // `*args: *Ts` is the one item of the unpacked type.
      try expression(tree[node].leftNode)
      emit(.unpackSequence, unsigned: 1, 0)
    } else {
      try expression(node)
    }
    emit(string: mangled(name))
    emit(.storeMap, -2)
  }

  private mutating func functionAnnotations(_ parts: FunctionParts) throws(SyntaxFailure) {
    for parameter in parts.parameters {
      let parameter = tree.parameter(parameter)
      if !parameter.annotation.isNone { try annotation(parameter.annotation, of: parameter.name) }
    }
    if !parts.returns.isNone { try annotation(parts.returns, of: names.intern("return")) }
  }

  /// Annotations of names in statements and in the blocks of compound statements, but not of inner scopes.
  private mutating func annotations(in statements: SyntaxList) throws(SyntaxFailure) {
    for statement in statements {
      let data = tree[statement]
      switch data.tag {
      case .annotatedAssign:
        let parts = tree.annotatedAssign(statement)
        if parts.isSimple { try annotation(parts.annotation, of: tree[parts.target].leftName) }
      case .if:
        let pairs = tree.list(data.left)
        var index = 1
        while index < pairs.count {
          try annotations(in: tree.list(pairs.word(index)))
          index += 2
        }
        try annotations(in: tree.list(data.right))
      case .try:
        let parts = tree.tryStatement(statement)
        for body in [parts.body, parts.otherwise, parts.finally] { try annotations(in: body) }
        for handler in parts.handlers { try annotations(in: tree.handler(handler).body) }
      case .for:
        let parts = tree.forLoop(statement)
        for body in [parts.body, parts.otherwise] { try annotations(in: body) }
      case .while:
        let parts = tree.whileLoop(statement)
        for body in [parts.body, parts.otherwise] { try annotations(in: body) }
      case .with: try annotations(in: tree.list(data.right))
      default: break
      }
    }
  }
}

extension GrowableBuffer where Element == Scope {
  /// Changes a scope in place.
  func update(_ index: Int, _ change: (inout Scope) -> Void) {
    var scope = self[index]
    change(&scope)
    self[index] = scope
  }
}
