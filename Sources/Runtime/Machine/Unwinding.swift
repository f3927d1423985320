// Exceptions and `finally`: setting handlers up, finding them, and leaving `try` and `with` blocks by return, break and continue. The operand
// protocol is MicroPython's: a handler finds the exception on top; END_FINALLY finds None (nothing happened), an exception (raise it
// again), -1 above a value (a return is under way) or a count above an address (a jump out of so many blocks is under way).

extension VM {
  @inline(__always) func pushBlock(
    _ frame: UnsafeMutablePointer<Frame>, _ handler: UnsafePointer<UInt8>, _ sp: UnsafeMutablePointer<Value>, isFinally: Bool
  ) {
    let block = frame.pointee.exceptionTop
    block.pointee.handler = handler
    block.pointee.stackAndKind = UInt(bitPattern: sp) | (isFinally ? 1 : 0)
    block.pointee.active = .null
    frame.pointee.exceptionTop = block + 1
  }

  /// Drops the innermost block; if its handler was running, the exception before it is the handled one again.
  @inline(__always) func popBlock(_ frame: UnsafeMutablePointer<Frame>) {
    let block = frame.pointee.exceptionTop - 1
    frame.pointee.exceptionTop = block
    if !block.pointee.active.isNull { state.pointee.handled = block.pointee.outerHandled }
  }

  /// A return leaves the frame: runs the innermost `finally` that is not running yet, if any: answers its address, with the stack prepared.
  @inline(never) func unwindReturn(
    _ frame: UnsafeMutablePointer<Frame>, _ ip: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var sp = frame.pointee.sp
    defer { frame.pointee.sp = sp }
    while frame.pointee.exceptionTop != frame.firstBlock {
      let block = frame.pointee.exceptionTop - 1
      if block.pointee.stackAndKind & 1 != 0 {
        if block.pointee.handler >= ip {
          let bottom = block.stack
          bottom[0] = sp[-1]
          bottom[1] = Value(smallInt: -1)
          sp = bottom + 2
          return block.pointee.handler
        }
        cancelFinally(&sp)
      }
      popBlock(frame)
    }
    return nil
  }

  /// A jump leaves `count` blocks (bit 7: and a `for` loop). On top of the stack lies the destination. Answers where to go on.
  @inline(never) func unwindJump(
    _ frame: UnsafeMutablePointer<Frame>, _ ip: UnsafePointer<UInt8>, count: Int
  ) -> UnsafePointer<UInt8> {
    var sp = frame.pointee.sp
    defer { frame.pointee.sp = sp }
    var remaining = count
    while remaining & 0x7f > 0 {
      remaining &-= 1
      let block = frame.pointee.exceptionTop - 1
      if block.pointee.stackAndKind & 1 != 0 {
        if block.pointee.handler >= ip {
          sp.pointee = Value(smallInt: remaining)
          sp += 1
          return block.pointee.handler
        }
        cancelFinally(&sp)
      }
      popBlock(frame)
    }
    sp -= 1
    let destination = UnsafePointer<UInt8>(bitPattern: sp.pointee.bits).unsafelyUnwrapped
    if remaining != 0 { sp -= 4 }
    return destination
  }

  /// A `finally` that is running is left for good: its unfinished business goes, what lies above stays.
  private func cancelFinally(_ sp: inout UnsafeMutablePointer<Value>) {
    if sp[-2].isSmallInt {
      sp[-3] = sp[-1]
      sp -= 2
    } else {
      sp[-2] = sp[-1]
      sp -= 1
    }
  }

  /// Finds the handler for an error raised in `frame`, leaving frames on the way. Answers the frame to go on in, its `ip` and `sp` set; throws
  /// when the entry frame has none.
  @inline(never) func unwind(_ start: UnsafeMutablePointer<Frame>, _ error: PyError, _ reraised: Bool) throws(PyError)
    -> UnsafeMutablePointer<Frame>
  {
    var frame = start
    var isReraise = reraised
    var error = error
    noteContext(error.value)
    if error.value == interpreter.pointee.memoryError { interpreter.pointee.memoryNotes.insert(.reported) }
    while true {
      if !isReraise { addTraceback(error.value, frame) }
      isReraise = false
      while frame.pointee.exceptionTop != frame.firstBlock {
        let block = frame.pointee.exceptionTop - 1
        if block.pointee.handler > frame.pointee.ip - 1 && block.pointee.active.isNull {
          block.pointee.active = error.value
          block.pointee.outerHandled = state.pointee.handled
          state.pointee.handled = error.value
          var sp = block.stack
          if frame.isPrepared && block.pointee.stackAndKind & 1 != 0 {
            // The first word of the cause is empty.
            sp.pointee = .null
            sp += 1
          }
          sp.pointee = error.value
          frame.pointee.sp = sp + 1
          frame.pointee.ip = block.pointee.handler
          state.pointee.stackTop = frame.end
          return frame
        }
        popBlock(frame)
      }
      let kind = frame.pointee.kind.rawValue
      if kind & FrameKind.generatorBit != 0 {
        let isAsynchronous = frame.pointee.code.pointee.flags.isAsynchronousGenerator
        finishGenerator(frame)
        error = try generatorError(error, isAsynchronous)
      }
      if kind & FrameKind.entryBit != 0 {
        state.pointee.frame = frame.pointee.previous
        throw error
      }
      frame = frame.pointee.previous.unsafelyUnwrapped
      state.pointee.frame = frame
      state.pointee.stackTop = frame.end
    }
  }

  /// StopIteration must not leak out of a generator (PEP 479), nor StopAsyncIteration out of an asynchronous one.
  private func generatorError(_ error: PyError, _ isAsynchronous: Bool) throws(PyError) -> PyError {
    let stopsAsynchronously = isAsynchronous && matches(error, .stopAsyncIteration)
    guard matches(error, .stopIteration) || stopsAsynchronously else { return error }
    let replacement = self.error(
      .runtimeError, stopsAsynchronously ? "async generator raised StopAsyncIteration" : "generator raised StopIteration")
    exceptionObject(replacement.value)?.pointee.cause = error.value
    exceptionObject(replacement.value)?.pointee.context = error.value
    return replacement
  }

  /// `__context__`: the exception that was being handled.
  private func noteContext(_ value: Value) {
    let handled = state.pointee.handled
    guard !handled.isNull, handled != value, let exception = exceptionObject(value), exception.pointee.context.isNull,
      value != interpreter.pointee.memoryError
    else { return }
    // Never close a circle, nor go round one that a program has closed: `slow` takes every other step.
    var ancestor = handled
    var slow = handled
    var isOdd = false
    while let object = exceptionObject(ancestor) {
      if object.pointee.context == value { return }
      ancestor = object.pointee.context
      if isOdd, let next = exceptionObject(slow) { slow = next.pointee.context }
      isOdd.toggle()
      if ancestor == slow { break }
    }
    exception.pointee.context = handled
  }

  private func addTraceback(_ value: Value, _ frame: UnsafeMutablePointer<Frame>) {
    guard let exception = exceptionObject(value), !exception.pointee.isTracebackFull else { return }
    if heap.lockDepth > 0 {
      // Only a traceback that has room left can grow.
      guard exception.pointee.traceback.isObject(.list) else { return }
      let list = exception.pointee.traceback.unchecked(ListObject.self)
      if list.pointee.count &+ 3 > list.pointee.capacity { return }
    }
    do throws(PyError) {
      if exception.pointee.traceback.isNull { exception.pointee.traceback = Value(try newList(capacity: 3)) }
      let list = exception.pointee.traceback.unchecked(ListObject.self)
      let code = frame.pointee.code
      // After very deep recursion the innermost frames and the outermost one are enough.
      if list.pointee.count >= 3 &* Self.longestTraceback { list.pointee.count &-= 3 }
      // The line is looked up when somebody asks: see `tracebackPlace`.
      try listAppend(list, Value(code))
      try listAppend(list, Value(smallInt: bytecodeAddress(frame) - code.pointee.instructions))
      try listAppend(list, Value(code.pointee.name))
    } catch {
      // No memory for the traceback: the exception goes on without it. To try again in every frame could take very long.
      exception.pointee.isTracebackFull = true
      interpreter.pointee.memoryNotes.insert(.shortened)
      if let list = exception.pointee.traceback.isObject(.list) ? exception.pointee.traceback.unchecked(ListObject.self) : nil {
        list.pointee.count = list.pointee.count / 3 &* 3
      }
    }
  }

  /// File and line of the place whose three entries begin at `index`: either they stand there, or a code object and an offset in it.
  func tracebackPlace(_ list: Ref<ListObject>, _ index: Int) -> (file: Value, line: Value) {
    let file = list.pointee.items[index]
    let line = list.pointee.items[index &+ 1]
    guard file.isObject(.code), line.isSmallInt else { return (file, line) }
    let code = file.unchecked(CodeObject.self)
    return (
      Value(code.pointee.context.pointee.names[0]),
      Value(smallInt: self.line(of: code, at: code.pointee.instructions + line.uncheckedSmallInt))
    )
  }

  /// Frames that a traceback shows at most.
  private static var longestTraceback: Int { UInt.bitWidth == 64 ? 2000 : 100 }

  /// The source line of an instruction, from the line table: each entry skips so many bytes of code and lines.
  public func line(of code: Ref<CodeObject>, at instruction: UnsafePointer<UInt8>) -> Int {
    var offset = instruction - code.pointee.instructions
    var line = 1
    var entry = code.pointee.bytes + Int(code.pointee.lineTableOffset)
    let end = code.pointee.instructions - Int(code.pointee.cellCount)
    while entry < end {
      let byte = entry[0]
      var codeBytes = 0
      var lines = 0
      if byte & 0x80 == 0 {
        codeBytes = Int(byte & 0x1f)
        lines = Int(byte &>> 5)
        entry += 1
      } else {
        codeBytes = Int(byte & 0x0f)
        lines = Int(byte &<< 4) & 0x700 | Int(entry[1])
        entry += 2
      }
      if offset >= codeBytes {
        line &+= lines
        offset &-= codeBytes
      } else {
        break
      }
    }
    return line
  }

  // MARK: raise

  /// `raise` alone.
  @inline(never) func raiseLast() throws(PyError) -> Never {
    if state.pointee.handled.isNull { try raise(.runtimeError, "no active exception to reraise") }
    throw PyError(state.pointee.handled)
  }

  /// The exception instance that `raise value` raises. May run Python code.
  @inline(never) func exceptionToRaise(_ value: Value) throws(PyError) -> Value {
    var exception = value
    if isClass(value) && isSubclass(value, Value(type: .baseException)) { exception = try call(value) }
    if exceptionObject(exception) == nil { try raise(.typeError, "exceptions must derive from BaseException") }
    return exception
  }

  /// `raise value from cause`.
  @inline(never) func exceptionToRaise(_ value: Value, from cause: Value) throws(PyError) -> Value {
    let exception = try exceptionToRaise(value)
    let object = exceptionObject(exception).unsafelyUnwrapped
    object.pointee.suppressesContext = true
    if cause == .none {
      object.pointee.cause = .null
    } else {
      if !isClass(cause) && exceptionObject(cause) == nil { try raise(.typeError, "exception causes must derive from BaseException") }
      object.pointee.cause = try exceptionToRaise(cause)
    }
    return exception
  }

  // MARK: with

  /// SETUP_WITH: replaces the manager at `slot` by its `__exit__` and the receiver, and answers what `__enter__` returned. The word behind `slot` must
  /// be below the top of the stack, or in a frame that lies in the heap.
  @inline(never) func enterContext(_ slot: UnsafeMutablePointer<Value>) throws(PyError) -> Value {
    let manager = slot.pointee
    let exit = try getPair(manager, .__exit__)
    let enter = try getPair(manager, .__enter__)
    slot[0] = exit.function
    slot[1] = exit.receiver
    return enter.receiver.isNull ? try call(enter.function) : try call(enter.function, enter.receiver)
  }

  /// WITH_CLEANUP: calls `__exit__` and answers the new stack top.
  @inline(never) func leaveContext(_ sp: UnsafeMutablePointer<Value>) throws(PyError) -> UnsafeMutablePointer<Value> {
    let top = sp[-1]
    if top == .none {
      _ = try callExit(sp - 3, .none, .none, .none)
      sp[-3] = .none
      return sp - 2
    }
    if top.isSmallInt {
      let data = sp[-2]
      _ = try callExit(sp - 4, .none, .none, .none)
      sp[-4] = data
      sp[-3] = top
      return sp - 2
    }
    let traceback = exceptionObject(top).map { $0.pointee.traceback.isNull ? .none : $0.pointee.traceback } ?? .none
    _ = traceback
    let swallowed = try callExit(sp - 3, type(of: top), top, .none)
    sp[-3] = try isTrue(swallowed) ? .none : top
    return sp - 2
  }

  func callExit(_ pair: UnsafeMutablePointer<Value>, _ type: Value, _ value: Value, _ traceback: Value) throws(PyError) -> Value {
    let top = state.pointee.stackTop
    try checkStack(top + 4)
    var count = 0
    if !pair[1].isNull {
      top[0] = pair[1]
      count = 1
    }
    top[count] = type
    top[count &+ 1] = value
    top[count &+ 2] = traceback
    return try callPushed(pair[0], top, count &+ 3)
  }
}

extension UnsafeMutablePointer where Pointee == ExceptionBlock {
  /// Operand stack to cut back to.
  @inline(__always) var stack: UnsafeMutablePointer<Value> {
    UnsafeMutablePointer<Value>(bitPattern: pointee.stackAndKind & ~1).unsafelyUnwrapped
  }
}
