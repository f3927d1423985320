// `try` in all its forms, and `with`.
//
// A handler for exceptions keeps three more slots than it seems to need: leaving it by `break` or `return` through a `finally` puts up to
// three values on the stack. The adjustments below account for them where MicroPython's compiler does.

import Bytecode

extension Emitter {
  /// Opens a handler.
  mutating func setup(_ opcode: Opcode, _ label: Label, _ change: Int = 0) {
    jump(opcode, label, change)
    exceptionLevel += 1
    if exceptionLevel > scope.exceptionSize { scope.exceptionSize = exceptionLevel }
  }

  /// Closes it.
  mutating func endFinally() {
    exceptionLevel -= 1
    emit(.endFinally, -1)
  }

  mutating func tryStatement(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.tryStatement(node)
    if parts.finally.isEmpty { return try handlers(parts) }
    let finally = newLabel()
    setup(.setupFinally, finally)
    if parts.handlers.isEmpty {
      adjust(3)
      try block(parts.body)
      adjust(-3)
    } else {
      try handlers(parts)
    }
    emit(.loadConstNone, 1)
    assign(finally)
    adjust(1)
    try block(parts.finally)
    adjust(-1)
    endFinally()
  }

  private mutating func handlers(_ parts: TryParts) throws(SyntaxFailure) {
    if parts.isGroup { return try groupHandlers(parts) }
    let caught = newLabel()
    let success = newLabel()
    let end = newLabel()
    setup(.setupExcept, caught)
    try block(parts.body)
    jump(.popExceptJump, success, 0, ends: true)
    assign(caught)
    adjust(4)
    for index in 0..<parts.handlers.count {
      let handler = tree.handler(parts.handlers[index])
      let next = newLabel()
      if !handler.type.isNone {
        emit(.dupTop, 1)
        try expression(handler.type)
        emit(.binaryExceptionMatch, -1)
        popJump(if: false, next)
      } else if index + 1 < parts.handlers.count {
        throw failure(.defaultExceptNotLast, parts.handlers[index])
      }
      if handler.name.isNone { emit(.popTop, -1) } else { storeName(handler.name) }
      try handlerBody(handler.body, name: handler.name)
      jump(.popExceptJump, end, 0, ends: true)
      assign(next)
      adjust(1)
    }
    endFinally()
    adjust(-3)
    assign(success)
    try block(parts.otherwise)
    assign(end)
  }

  /// A handler's body. The name of the exception goes away afterwards, whatever happens.
  private mutating func handlerBody(_ body: SyntaxList, name: NameIndex) throws(SyntaxFailure) {
    if name.isNone { return try block(body) }
    let finally = newLabel()
    setup(.setupFinally, finally)
    try block(body)
    emit(.loadConstNone, 1)
    assign(finally)
    adjust(1)
    emit(.loadConstNone, 1)
    storeName(name)
    deleteName(name)
    adjust(-1)
    endFinally()
  }

  // MARK: except*

  /// `except*`: the exception is replaced by a state that knows which part of the group is left and what the handlers raised.
  private mutating func groupHandlers(_ parts: TryParts) throws(SyntaxFailure) {
    let caught = newLabel()
    let success = newLabel()
    let end = newLabel()
    setup(.setupExcept, caught)
    try block(parts.body)
    jump(.popExceptJump, success, 0, ends: true)
    assign(caught)
    adjust(4)
    loadIntrinsic(.groupBegin)
    emit(.rotTwo, 0)
    callFunction(1)
    for handler in parts.handlers { try groupHandler(handler) }
    loadIntrinsic(.groupEnd)
    emit(.rotTwo, 0)
    callFunction(1)
    endFinally()
    adjust(-3)
    jump(end)
    assign(success)
    try block(parts.otherwise)
    assign(end)
  }

  private mutating func groupHandler(_ node: NodeIndex) throws(SyntaxFailure) {
    let handler = tree.handler(node)
    let noMatch = newLabel()
    let raised = newLabel()
    let next = newLabel()
    emit(.dupTop, 1)
    loadIntrinsic(.groupMatch)
    emit(.rotTwo, 0)
    try expression(handler.type)
    callFunction(2)
    emit(.dupTop, 1)
    emit(.loadConstNone, 1)
    emit(.binaryIs, -1)
    popJump(if: true, noMatch)
    if handler.name.isNone { emit(.popTop, -1) } else { storeName(handler.name) }
    setup(.setupExcept, raised)
    try handlerBody(handler.body, name: handler.name)
    jump(.popExceptJump, next, 0, ends: true)
    assign(raised)
    adjust(4)
    emit(.dupTopTwo, 2)
    loadIntrinsic(.groupRaised)
    emit(.rotThree, 0)
    callFunction(2)
    emit(.popTop, -1)
    emit(.popTop, -1)
    // The handler's own handler is left here; nothing is raised again.
    exceptionLevel -= 1
    jump(.popExceptJump, next, 0, ends: true)
    adjust(-3)
    assign(noMatch)
    adjust(1)
    emit(.popTop, -1)
    assign(next)
  }

  // MARK: with

  mutating func withStatement(_ node: NodeIndex, _ data: SyntaxNode) throws(SyntaxFailure) {
    let items = tree.list(data.left)
    if data.detail != 0 {
      try requireAsync(node)
      return try asyncWith(items, 0, tree.list(data.right))
    }
    try with(items, 0, tree.list(data.right))
  }

  private mutating func with(_ items: SyntaxList, _ index: Int, _ body: SyntaxList) throws(SyntaxFailure) {
    if index == items.count { return try block(body) }
    let item = tree[items[index]]
    let end = newLabel()
    try expression(item.leftNode)
    setup(.setupWith, end, 2)
    if item.right != 0 { try store(item.rightNode) } else { emit(.popTop, -1) }
    try with(items, index + 1, body)
    emit(.loadConstNone, 1)
    assign(end)
    // Room to call `__exit__`.
    emit(.withCleanup, 2)
    adjust(-4)
    endFinally()
  }
}
