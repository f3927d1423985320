// `async for`, `async with`.

import Bytecode

extension Emitter {
  /// Asynchronous statements need a function that can wait.
  mutating func requireAsync(_ node: NodeIndex) throws(SyntaxFailure) {
    if options.allowsTopLevelAwait && scope.kind == .module { return }
    guard scope.flags & ScopeFlag.generator != 0 else { throw failure(.asyncOutsideFunction, node) }
  }

  /// Calls a method of the object on top and waits for the result.
  private mutating func awaitMethod(_ name: EmitterName) {
    emit(.loadMethod, name: name.index, 1)
    emit(.callMethod, unsigned: 0, -1)
    delegate()
  }

  /// From the iterable on top to its asynchronous iterator.
  mutating func loadAsyncIterator() {
    emit(.loadMethod, name: EmitterName.asyncIterate.index, 1)
    emit(.callMethod, unsigned: 0, -1)
  }

  /// Waits for the next item of the iterator on top and stores it; goes to `end` after the last. Falls through with the iterator on top.
  mutating func asyncNext(_ target: NodeIndex, end: Label) throws(SyntaxFailure) {
    let caught = newLabel()
    let stored = newLabel()
    let other = newLabel()
    setup(.setupExcept, caught)
    emit(.dupTop, 1)
    awaitMethod(.asyncNext)
    try store(target)
    jump(.popExceptJump, stored, 0, ends: true)
    assign(caught)
    adjust(4)
    emit(.dupTop, 1)
    emit(.loadGlobal, name: EmitterName.stopAsyncIteration.index, 1)
    emit(.binaryExceptionMatch, -1)
    popJump(if: false, other)
    emit(.popTop, -1)
    jump(.popExceptJump, end, 0, ends: true)
    assign(other)
    adjust(1)
    endFinally()
    adjust(-3)
    assign(stored)
  }

  mutating func asyncFor(_ node: NodeIndex, _ parts: LoopParts) throws(SyntaxFailure) {
    try requireAsync(node)
    let end = newLabel()
    try expression(parts.iterable)
    loadAsyncIterator()
    let outer = beginLoop(dropsIterator: false)
    guard let inner = loop else { return }
    assign(inner.continueLabel)
    try asyncNext(parts.target, end: end)
    try block(parts.body)
    jump(inner.continueLabel)
    loop = outer
    assign(end)
    try block(parts.otherwise)
    assign(inner.breakLabel)
    emit(.popTop, -1)
  }

  /// The stack holds the manager throughout; `__aexit__` is looked up when it is needed, as only three slots can be rotated.
  mutating func asyncWith(_ items: SyntaxList, _ index: Int, _ body: SyntaxList) throws(SyntaxFailure) {
    if index == items.count { return try block(body) }
    let item = tree[items[index]]
    let finally = newLabel()
    let noException = newLabel()
    let unwinding = newLabel()
    let end = newLabel()
    try expression(item.leftNode)
    emit(.dupTop, 1)
    awaitMethod(.asyncEnter)
    if item.right != 0 { try store(item.rightNode) } else { emit(.popTop, -1) }
    setup(.setupFinally, finally)
    adjust(3)
    try asyncWith(items, index + 1, body)
    adjust(-3)
    // No exception: manager -> None manager
    emit(.loadConstNone, 1)
    emit(.rotTwo, 0)
    jump(noException)
    assign(finally)
    emit(.dupTop, 1)
    emit(.loadGlobal, name: EmitterName.baseException.index, 1)
    emit(.binaryExceptionMatch, -1)
    popJump(if: false, unwinding)
    asyncExitWithException(end)
    // A return or a jump: manager x n -> x n manager
    assign(unwinding)
    emit(.rotThree, 0)
    emit(.rotThree, 0)
    assign(noException)
    emit(.loadMethod, name: EmitterName.asyncExit.index, 1)
    emit(.loadConstNone, 1)
    emit(.dupTop, 1)
    emit(.dupTop, 1)
    emit(.callMethod, unsigned: 3, -4)
    delegate()
    emit(.popTop, -1)
    adjust(-1)
    assign(end)
    endFinally()
  }

  /// manager exception -> exception, or None if `__aexit__` swallows it
  private mutating func asyncExitWithException(_ end: Label) {
    emit(.dupTop, 1)
    emit(.rotThree, 0)
    emit(.rotTwo, 0)
    emit(.loadMethod, name: EmitterName.asyncExit.index, 1)
    emit(.rotThree, 0)
    emit(.rotThree, 0)
    emit(.dupTop, 1)
    emit(.loadAttr, name: EmitterName.class.index, 0)
    emit(.rotTwo, 0)
    emit(.loadConstNone, 1)
    emit(.callMethod, unsigned: 3, -4)
    delegate()
    popJump(if: false, end)
    emit(.popTop, -1)
    emit(.loadConstNone, 1)
    jump(end)
    adjust(2)
  }
}
