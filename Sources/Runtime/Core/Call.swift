// Calling any value from Swift, and giving a built-in function its arguments.

import Platform

extension VM {
  /// RecursionError if the Python stack has no room up to `limit`.
  @inline(__always) func checkStack(_ limit: UnsafeMutablePointer<Value>) throws(PyError) {
    if limit >= state.pointee.stackLimit { try raiseRecursion() }
  }

  @inline(never) func raiseRecursion() throws(PyError) -> Never { try raise(.recursionError, "maximum recursion depth exceeded") }

  /// RecursionError if the native stack nears its end. Every native that may call itself through Python or through nested data asks this. Nested data
  /// can be shared so that a walk takes for ever, hence Ctrl-C is noticed here too.
  @inline(__always) public func checkNativeStack() throws(PyError) {
    if platform_stack_pointer() < state.pointee.nativeStackLimit { try raiseRecursion() }
    try pollInterrupt()
  }

  /// The row behind a built-in method or function.
  func methodRow(_ value: Value) -> Method {
    let position = Int(value.index & 0xff)
    let owner = Int(value.index &>> 8)
    if value.isImmediate(.method) { return row(TypeID(UInt16(truncatingIfNeeded: owner))).methodRow(position) }
    return moduleRow(owner).row(position)
  }

  /// The name of a built-in method or function. (A slot must not hold a `Method` itself: the compiler, 6.3.1, crashes on slots that do.)
  @inline(never) func methodName(_ value: Value) -> Qstr { methodRow(value).name }

  // MARK: Calls with few arguments

  public func call(_ callee: Value) throws(PyError) -> Value { try call(callee, Arguments(base: state.pointee.stackTop, count: 0)) }

  public func call(_ callee: Value, _ a: Value) throws(PyError) -> Value {
    let top = state.pointee.stackTop
    try checkStack(top + 1)
    top[0] = a
    return try callPushed(callee, top, 1)
  }

  public func call(_ callee: Value, _ a: Value, _ b: Value) throws(PyError) -> Value {
    let top = state.pointee.stackTop
    try checkStack(top + 2)
    top[0] = a
    top[1] = b
    return try callPushed(callee, top, 2)
  }

  public func call(_ callee: Value, _ a: Value, _ b: Value, _ c: Value) throws(PyError) -> Value {
    let top = state.pointee.stackTop
    try checkStack(top + 3)
    top[0] = a
    top[1] = b
    top[2] = c
    return try callPushed(callee, top, 3)
  }

  /// Calls with arguments that lie at the top of the Python stack, and drops them.
  func callPushed(_ callee: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int, keywords: Int = 0) throws(PyError) -> Value {
    state.pointee.stackTop = base + (count &+ 2 &* keywords)
    defer { state.pointee.stackTop = base }
    return try call(callee, Arguments(base: base, count: count, keywordCount: keywords))
  }

  /// Calls a method by name.
  public func callMethod(_ object: Value, _ name: Qstr, _ a: Value = .null, _ b: Value = .null) throws(PyError) -> Value {
    let pair = try getPair(object, name)
    let top = state.pointee.stackTop
    try checkStack(top + 3)
    var count = 0
    if !pair.receiver.isNull {
      top[0] = pair.receiver
      count = 1
    }
    if !a.isNull {
      top[count] = a
      count &+= 1
    }
    if !b.isNull {
      top[count] = b
      count &+= 1
    }
    return try callPushed(pair.function, top, count)
  }

  // MARK: The general call

  /// Calls any value. The arguments may lie anywhere that the collector sees. May run Python code.
  public func call(_ callee: Value, _ arguments: Arguments) throws(PyError) -> Value {
    try checkNativeStack()
    if callee.isObject {
      let header = callee.uncheckedHeader.pointee
      if header.isInstance { return try callInstance(callee, arguments) }
      switch header.uncheckedType {
      case .function: return try callFunction(callee.unchecked(FunctionObject.self), arguments)
      case .boundMethod:
        let method = callee.unchecked(BoundMethodObject.self).pointee
        return try call(method.function, prepending: method.receiver, arguments)
      case .type: return try callClass(callee.unchecked(ClassObject.self), arguments)
      default: break
      }
    } else if callee.isImmediate(.method) || callee.isImmediate(.function) {
      return try callBuiltin(callee, arguments)
    } else if callee.isImmediate(.type) {
      return try makeBuiltin(uncheckedTypeID(callee), callee, arguments)
    }
    if let slot = row(typeID(of: callee)).call { return try slot(self, callee, arguments) }
    try raise(.typeError, "'%t' object isn't callable", callee)
  }

  /// Calls with one more argument in front.
  func call(_ callee: Value, prepending first: Value, _ arguments: Arguments) throws(PyError) -> Value {
    let total = arguments.count &+ 2 &* arguments.keywordCount
    let top = state.pointee.stackTop
    try checkStack(top + (total &+ 1))
    top[0] = first
    (top + 1).copy(from: arguments.base, count: total)
    return try callPushed(callee, top, arguments.count &+ 1, keywords: arguments.keywordCount)
  }

  private func callInstance(_ callee: Value, _ arguments: Arguments) throws(PyError) -> Value {
    let owner = callee.uncheckedHeader.pointee.uncheckedShape.pointee.owner
    let hook = special(owner, .__call__)
    if hook.isNull {
      let native = nativeValue(callee)
      if !native.isNull, row(typeID(of: native)).call != nil { return try call(native, arguments) }
      try raise(.typeError, "'%t' object isn't callable", callee)
    }
    return try call(hook, prepending: callee, arguments)
  }

  /// Makes an object of a built-in type.
  func makeBuiltin(_ type: TypeID, _ value: Value, _ arguments: Arguments) throws(PyError) -> Value {
    if isException(type) { return try exceptionMake(self, value, arguments) }
    guard let make = row(type).make else { try raise(.typeError, "can't create '%s' instances", Value(row(type).name)) }
    return try make(self, value, arguments)
  }

  // MARK: Natives

  @inline(never) public func raiseArgumentCount(_ minimum: Int, _ maximum: Int, _ given: Int) throws(PyError) -> Never {
    if minimum == maximum {
      try raise(.typeError, "function takes %s positional arguments but %s were given", Value(smallInt: minimum), Value(smallInt: given))
    }
    if given < minimum {
      try raise(.typeError, "function missing %s required positional arguments", Value(smallInt: minimum &- given))
    }
    try raise(.typeError, "function expected at most %s arguments, got %s", Value(smallInt: maximum), Value(smallInt: given))
  }

  /// Arguments for a `make` slot that takes no keywords.
  @inline(__always) public func checkArguments(_ arguments: Arguments, _ minimum: Int, _ maximum: Int) throws(PyError) {
    if arguments.keywordCount > 0 { try raise(.typeError, "function doesn't take keyword arguments") }
    if arguments.count < minimum || arguments.count > maximum { try raiseArgumentCount(minimum, maximum, arguments.count) }
  }
}
