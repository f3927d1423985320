// Generators and coroutines. A suspended one keeps its locals, frame and operands in the generator object. Prepared code runs there too: its calls
// copy their arguments to the Python stack, on which callees and natives go on. Bytecode, whose calls begin frames among its operands, runs
// on the Python stack: everything is moved there, and at a yield moves back. A `for` loop in Python enters a generator without recursion.

import Bytecode

/// States of a generator.
enum GeneratorState {
  static var fresh: UInt8 { 0 }
  static var suspended: UInt8 { 1 }
  static var running: UInt8 { 2 }
  static var finished: UInt8 { 3 }
}

extension VM {
  /// A generator over a function whose arranged locals are at `locals`. Allocates.
  func newGenerator(_ function: Ref<FunctionObject>, _ locals: UnsafeMutablePointer<Value>) throws(PyError) -> Value {
    let code = function.pointee.code
    let slots = Int(code.pointee.localCount) &+ Int(code.pointee.frameSize)
    let generator = try allocate(GeneratorObject.self, extra: slots &* MemoryLayout<Value>.size &+ MemoryLayout<Value>.size)
    generator.initialize(
      to: GeneratorObject(
        header: ObjectHeader(generatorType(code)), frame: nil, state: GeneratorState.fresh, exhausted: nil, injected: .null))
    let own = UnsafeMutableRawPointer(generator).assumingMemoryBound(to: Value.self) + GeneratorObject.slots
    own.copy(from: locals, count: Int(code.pointee.localCount))
    let frame = makeFrame(function, code, own, previous: nil, kind: FrameKind.generatorBit)
    frame.pointee.extra = Value(generator)
    generator.pointee.frame = frame
    return Value(generator)
  }

  /// Generators, coroutines and asynchronous generators share one layout. Coroutines are MicroPython's generators.
  private func generatorType(_ code: Ref<CodeObject>) -> TypeID {
    code.pointee.flags.isAsynchronousGenerator ? .asyncGenerator : .generator
  }

  /// Words of the Python stack that a generator takes which runs in the heap: they bound the depth of recursion through generators.
  private static var generatorGap: Int { 32 }

  /// Makes a suspended generator's frame ready to run over the Python stack from `base` on.
  private func mount(
    _ generator: Ref<GeneratorObject>, _ stored: UnsafeMutablePointer<Frame>, at base: UnsafeMutablePointer<Value>
  ) throws(PyError) -> UnsafeMutablePointer<Frame> {
    if stored.isPrepared {
      let limit = base + VM.generatorGap
      try checkStack(limit)
      base.update(repeating: .null, count: VM.generatorGap)
      stored.pointee.limit = limit
      return stored
    }
    let code = stored.pointee.code
    try checkStack(base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize)))
    let frame = move(stored, to: base)
    generator.pointee.frame = frame
    return frame
  }

  /// Moves a frame with its locals, blocks and operands; pointers into itself follow.
  private func move(_ frame: UnsafeMutablePointer<Frame>, to base: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Frame> {
    let start = frame.pointee.locals
    base.copy(from: start, count: frame.pointee.sp - start)
    let distance = base - start
    let moved = UnsafeMutableRawPointer(base + (UnsafeMutableRawPointer(frame).assumingMemoryBound(to: Value.self) - start))
      .assumingMemoryBound(to: Frame.self)
    moved.pointee.locals = base
    moved.pointee.limit += distance
    moved.pointee.sp += distance
    let offset = distance &* MemoryLayout<Value>.size
    moved.pointee.exceptionTop = (UnsafeMutableRawPointer(moved.pointee.exceptionTop) + offset).assumingMemoryBound(to: ExceptionBlock.self)
    var block = moved.firstBlock
    while block != moved.pointee.exceptionTop {
      block.pointee.stackAndKind &+= UInt(bitPattern: offset)
      block += 1
    }
    return moved
  }

  /// Enters a generator's frame from a `for` loop. Nil: it can't be entered so (running, finished or with an exception to inject).
  @inline(__always) func enterGenerator(
    _ value: Value, from frame: UnsafeMutablePointer<Frame>, exhausted: UnsafePointer<UInt8>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    let generator = value.unchecked(GeneratorObject.self)
    guard generator.pointee.state <= GeneratorState.suspended, generator.pointee.injected.isNull, let stored = generator.pointee.frame,
      stored.pointee.exceptionTop == stored.firstBlock
    else { return nil }
    let own = try mount(generator, stored, at: state.pointee.stackTop)
    if generator.pointee.state == GeneratorState.suspended { own.pointee.sp[-1] = .none }
    generator.pointee.state = GeneratorState.running
    generator.pointee.exhausted = exhausted
    if !frame.isPrepared { frame.pointee.sp = state.pointee.stackTop }
    own.pointee.previous = frame
    own.pointee.kind.rawValue = FrameKind.generatorBit | FrameKind.forLoopBit | own.pointee.kind.rawValue & FrameKind.preparedBit
    return own
  }

  /// Leaves a generator's frame at a yield. Answers the frame to go on with (where the resumption was an entry, the one below it).
  @inline(__always) func suspendGenerator(_ frame: UnsafeMutablePointer<Frame>) -> UnsafeMutablePointer<Frame> {
    let generator = frame.pointee.extra.unchecked(GeneratorObject.self)
    generator.pointee.state = GeneratorState.suspended
    if frame.pointee.exceptionTop != frame.firstBlock { hideHandled(frame) }
    let previous = frame.pointee.previous
    frame.pointee.previous = nil
    state.pointee.frame = previous
    let home = UnsafeMutableRawPointer(generator).assumingMemoryBound(to: Value.self) + GeneratorObject.slots
    if frame.pointee.locals != home { generator.pointee.frame = move(frame, to: home) }
    return previous ?? frame
  }

  /// A generator that yields inside `except` takes the handled exception with it.
  @inline(never) private func hideHandled(_ frame: UnsafeMutablePointer<Frame>) {
    var block = frame.firstBlock
    while block != frame.pointee.exceptionTop {
      if !block.pointee.active.isNull {
        state.pointee.handled = block.pointee.outerHandled
        return
      }
      block += 1
    }
  }

  /// A generator resumed inside `except` handles its exception again.
  private func showHandled(_ frame: UnsafeMutablePointer<Frame>) {
    var outer = state.pointee.handled
    var block = frame.firstBlock
    while block != frame.pointee.exceptionTop {
      if !block.pointee.active.isNull {
        block.pointee.outerHandled = outer
        outer = block.pointee.active
      }
      block += 1
    }
    state.pointee.handled = outer
  }

  /// A generator's frame has ended.
  func finishGenerator(_ frame: UnsafeMutablePointer<Frame>) {
    let generator = frame.pointee.extra.unchecked(GeneratorObject.self)
    generator.pointee.state = GeneratorState.finished
    generator.pointee.frame = nil
  }

  /// Runs a generator to its next yield. `sent` is the value of the yield expression, `thrown` an exception to raise there instead (or null).
  /// Answers the yielded value, or `null` at its end, with the returned value in `state.generatorResult`.
  func resumeGenerator(_ value: Value, _ sent: Value, thrown: Value = .null) throws(PyError) -> Value {
    let generator = value.unchecked(GeneratorObject.self)
    try checkNativeStack()
    var thrown = thrown
    if thrown.isNull && !generator.pointee.injected.isNull {
      thrown = generator.pointee.injected
      generator.pointee.injected = .null
    }
    switch generator.pointee.state {
    case GeneratorState.running: try raise(.valueError, "generator already executing")
    case GeneratorState.finished:
      state.pointee.generatorResult = .none
      if !thrown.isNull { throw PyError(try exceptionToRaise(thrown)) }
      return .null
    case GeneratorState.fresh:
      if thrown.isNull && sent != .none { try raise(.typeError, "can't send non-None value to a just-started generator") }
    default: generator.pointee.frame.unsafelyUnwrapped.pointee.sp[-1] = sent
    }
    let outer = state.pointee.frame
    let top = state.pointee.stackTop
    let frame = try mount(generator, generator.pointee.frame.unsafelyUnwrapped, at: top)
    generator.pointee.state = GeneratorState.running
    frame.pointee.previous = outer
    frame.pointee.kind.rawValue = FrameKind.generatorBit | FrameKind.entryBit | frame.pointee.kind.rawValue & FrameKind.preparedBit
    state.pointee.stackTop = frame.end
    if frame.pointee.exceptionTop != frame.firstBlock { showHandled(frame) }
    defer {
      state.pointee.frame = outer
      state.pointee.stackTop = top
    }
    if thrown.isNull { return try execute(frame) }
    return try throwInto(frame, thrown)
  }

  /// Raises an exception at the place where a generator waits and goes on from there.
  private func throwInto(_ frame: UnsafeMutablePointer<Frame>, _ thrown: Value) throws(PyError) -> Value {
    // Waiting in `yield from`: the inner one gets the exception first.
    if let width = delegationWidth(frame) {
      state.pointee.frame = frame
      let inner = frame.pointee.sp[-2]
      var result = Value.null
      do throws(PyError) {
        result = try throwIntoInner(inner, thrown)
      } catch {
        frame.pointee.ip += width
        return try execute(unwind(frame, error, false))
      }
      if result.isNull {
        frame.pointee.ip += width
        frame.pointee.sp -= 1
        frame.pointee.sp[-1] = state.pointee.generatorResult
        return try execute(frame)
      }
      frame.pointee.sp[-1] = result
      _ = suspendGenerator(frame)
      return result
    }
    state.pointee.frame = frame
    var raised = PyError(.null)
    do throws(PyError) { raised = PyError(try exceptionToRaise(thrown)) } catch { raised = error }
    if frame.pointee.ip == firstInstruction(frame) { frame.pointee.ip += 1 }
    return try execute(unwind(frame, raised, false))
  }

  private func firstInstruction(_ frame: UnsafeMutablePointer<Frame>) -> UnsafePointer<UInt8> {
    let code = frame.pointee.code
    guard frame.isPrepared, let prepared = code.pointee.prepared else { return code.pointee.instructions }
    return address(PreparedObject.words(prepared))
  }

  /// The bytes of the YIELD_FROM at which a frame waits, or nil if it waits elsewhere.
  private func delegationWidth(_ frame: UnsafeMutablePointer<Frame>) -> Int? {
    if frame.pointee.ip == firstInstruction(frame) { return nil }
    if frame.isPrepared { return frame.preparedAddress.pointee.opcode == .yieldFrom ? MemoryLayout<PreparedWord>.stride : nil }
    return frame.pointee.ip.pointee == Opcode.yieldFrom.rawValue ? 1 : nil
  }

  private func throwIntoInner(_ inner: Value, _ thrown: Value) throws(PyError) -> Value {
    if inner.isObject(.generator) {
      if isGeneratorExit(thrown) {
        try closeGenerator(inner)
        throw PyError(try exceptionToRaise(thrown))
      }
      return try resumeGenerator(inner, .none, thrown: thrown)
    }
    if isGeneratorExit(thrown) {
      let close = try findAttribute(inner, .close)
      if !close.isNull { _ = try call(close) }
    } else {
      let method = try findAttribute(inner, .throw)
      if !method.isNull { return try resultOrEnd(method, thrown) }
    }
    throw PyError(try exceptionToRaise(thrown))
  }

  private func isGeneratorExit(_ thrown: Value) -> Bool {
    isSubclass(isClass(thrown) ? thrown : type(of: thrown), Value(type: .generatorExit))
  }

  /// Calls a method of an iterator: `null` for StopIteration, its value in `generatorResult`.
  private func resultOrEnd(_ method: Value, _ argument: Value) throws(PyError) -> Value {
    do throws(PyError) {
      return try call(method, argument)
    } catch {
      guard matches(error, .stopIteration) else { throw error }
      state.pointee.generatorResult = exceptionValue(error.value)
      return .null
    }
  }

  /// The first argument of an exception (`StopIteration.value`), or None.
  func exceptionValue(_ value: Value) -> Value {
    guard let object = exceptionObject(value), object.pointee.arguments.isObject(.tuple) else { return .none }
    let arguments = object.pointee.arguments.unchecked(TupleObject.self)
    return arguments.pointee.count > 0 ? TupleObject.items(arguments)[0] : .none
  }

  /// YIELD_FROM: the operands are the inner iterator and the value sent. Answers what the inner one yields; or `null` when it has finished, its
  /// value in place of the inner iterator.
  @inline(never) func delegate(_ frame: UnsafeMutablePointer<Frame>, _ sp: UnsafeMutablePointer<Value>) throws(PyError) -> Value {
    let inner = sp[-2]
    let sent = sp[-1]
    var result = Value.null
    if inner.isObject(.generator) {
      result = try resumeGenerator(inner, sent)
    } else if sent == .none {
      state.pointee.generatorResult = .none
      result = try nextKeepingValue(inner)
    } else {
      result = try resultOrEnd(getAttribute(inner, .send), sent)
    }
    if result.isNull { sp[-2] = state.pointee.generatorResult }
    return result
  }

  /// As `next`, but the value that a Python iterator's StopIteration carries goes to `generatorResult`.
  func nextKeepingValue(_ iterator: Value) throws(PyError) -> Value {
    guard pythonClass(of: iterator) != nil else {
      state.pointee.generatorResult = .none
      return try next(iterator)
    }
    do throws(PyError) {
      return try callMethod(iterator, .__next__)
    } catch {
      guard matches(error, .stopIteration) else { throw error }
      state.pointee.generatorResult = exceptionValue(error.value)
      return .null
    }
  }

  /// `generator.close()`.
  func closeGenerator(_ value: Value) throws(PyError) {
    let generator = value.unchecked(GeneratorObject.self)
    if generator.pointee.state == GeneratorState.fresh, let frame = generator.pointee.frame { finishGenerator(frame) }
    if generator.pointee.state == GeneratorState.finished { return }
    do throws(PyError) {
      let yielded = try resumeGenerator(value, .none, thrown: Value(type: .generatorExit))
      if yielded.isNull { return }
    } catch {
      if matches(error, .generatorExit) || matches(error, .stopIteration) { return }
      throw error
    }
    try raise(.runtimeError, "generator ignored GeneratorExit")
  }
}
