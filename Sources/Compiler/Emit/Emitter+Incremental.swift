// Statement by statement: for machines with little memory. Each top-level statement is parsed, analysed and written together with the functions
// in it, and its tree and scopes are given up before the next one is read, so that the peak follows the largest statement, not the file.
//
// The module's own code grows across statements in a buffer of its own, which is the current one only while a statement's outermost code is
// written. Names and constants are numbered in another order than for whole files; nothing else differs, except that a module's annotations of
// its own names are not kept.

import Bytecode

extension Emitter {
  /// Compiles what `parser` reads.
  mutating func compile(statementsOf parser: inout Parser, fileName: NameIndex) throws(SyntaxFailure) -> CompiledModule {
    _ = operand(fileName)
    var moduleCode = CodeBuffer(space)
    var moduleChildren = GrowableBuffer<UInt32>(space)
    enter(0)
    var isFirst = true
    while true {
      let root = try parser.nextStatement()
      if root.isNone { break }
      tree = parser.tree
      try folds.fold(tree)
      try topLevel(root, isFirst: isFirst, &moduleCode, &moduleChildren)
      isFirst = false
    }
    current = 0
    scope = scopes[0]
    isScoping = false
    swap(&code, &moduleCode)
    swap(&childOrder, &moduleChildren)
    emit(.loadConstNone, 1)
    emitReturn()
    try finish()
    return try module()
  }

  /// One statement (or a line of them).
  private mutating func topLevel(
    _ root: NodeIndex, isFirst: Bool, _ moduleCode: inout CodeBuffer, _ moduleChildren: inout GrowableBuffer<UInt32>
  ) throws(SyntaxFailure) {
    let firstInner = scopes.count
    isScoping = true
    try statements(root, isFirst: isFirst, firstInner)
    try analyse(from: firstInner)
    isScoping = false
    swap(&code, &moduleCode)
    swap(&childOrder, &moduleChildren)
    try statements(root, isFirst: isFirst, firstInner)
    swap(&code, &moduleCode)
    swap(&childOrder, &moduleChildren)
    for index in firstInner..<scopes.count {
      try write(index)
      try finish()
    }
    // Their parents and numbers are no longer asked for; their identifiers are the bulk of them.
    current = 0
    scope = scopes[0]
    for index in firstInner..<scopes.count { scopes.update(index) { $0.deallocate() } }
  }

  private mutating func statements(_ root: NodeIndex, isFirst: Bool, _ firstInner: Int) throws(SyntaxFailure) {
    current = 0
    scope = scopes[0]
    scope.firstChild = firstInner
    scope.hasAnnotations = false
    childrenMet = 0
    exceptionLevel = 0
    loop = nil
    indexIdentifiers()
    let list = tree.list(tree[root].left)
    if isFirst { try documentation(list) }
    for statement in list { try self.statement(statement) }
    scopes[0] = scope
  }
}
