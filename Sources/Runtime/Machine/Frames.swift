// Entering Python functions: arguments become the callee's locals where they lie on the Python stack, then comes the frame, then its exception
// blocks, then its operands.

extension VM {
  /// Makes the frame above `locals`, whose arguments are in place, in the form that the code runs in. The stack must have been checked.
  @inline(never) func makeFrame(
    _ function: Ref<FunctionObject>, _ code: Ref<CodeObject>, _ locals: UnsafeMutablePointer<Value>, previous: UnsafeMutablePointer<Frame>?,
    kind: UInt
  ) -> UnsafeMutablePointer<Frame> {
    let frame = makeBytecodeFrame(function, code, locals, previous: previous, kind: kind)
    if Preparation.isAvailable && kind & FrameKind.namespaceBit == 0, let prepared = code.pointee.prepared {
      frame.pointee.kind.rawValue |= FrameKind.preparedBit
      frame.pointee.ip = address(PreparedObject.words(prepared))
    }
    if let previous { frame.pointee.kind = frame.pointee.kind.following(previous.pointee.kind) }
    return frame
  }

  /// Makes a frame that runs as bytecode.
  @inline(__always) func makeBytecodeFrame(
    _ function: Ref<FunctionObject>, _ code: Ref<CodeObject>, _ locals: UnsafeMutablePointer<Value>, previous: UnsafeMutablePointer<Frame>?,
    kind: UInt
  ) -> UnsafeMutablePointer<Frame> {
    let frame = UnsafeMutableRawPointer(locals + Int(code.pointee.localCount)).assumingMemoryBound(to: Frame.self)
    frame.pointee.previous = previous
    frame.pointee.function = function
    frame.pointee.code = code
    frame.pointee.locals = locals
    frame.pointee.limit = locals + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize))
    frame.pointee.exceptionTop = frame.firstBlock
    frame.pointee.kind = FrameKind(rawValue: kind)
    frame.pointee.ip = code.pointee.instructions
    frame.pointee.sp = frame.operands(code)
    return frame
  }

  /// Puts the arguments of any call into the places of the callee's locals, which begin at `base`: defaults, `*args`, `**kwargs`, keyword-only
  /// parameters, closed-over cells. Arguments lie at `source`, which may overlap. Allocates.
  @inline(never) func arrangeArguments(
    _ function: Ref<FunctionObject>, _ base: UnsafeMutablePointer<Value>, _ source: UnsafeMutablePointer<Value>, _ count: Int,
    _ keywordCount: Int
  ) throws(PyError) {
    let code = function.pointee.code
    let localCount = Int(code.pointee.localCount)
    let total = count &+ 2 &* keywordCount
    try checkStack(base + (localCount &+ Int(code.pointee.frameSize) &+ total))
    let closed = closureCount(function)
    // The prelude counts closed-over cells as positional parameters.
    let positional = Int(code.pointee.positionalCount) &- closed
    let flags = code.pointee.flags
    if keywordCount == 0 && code.pointee.keywordOnlyCount == 0 && !flags.hasVariableArguments && !flags.hasVariableKeywords
      && count <= positional
    {
      move(source, to: base + closed, count)
      var index = closed &+ positional
      while index < localCount {
        base[index] = .null
        index &+= 1
      }
      if count < positional { try fillDefaults(function, base + closed, count) }
    } else {
      // Out of the way first: places are filled from a copy above the frame.
      let copy = base + (localCount &+ Int(code.pointee.frameSize))
      copy.copy(from: source, count: total)
      let top = state.pointee.stackTop
      state.pointee.stackTop = copy + total
      defer { state.pointee.stackTop = top }
      (base + closed).update(repeating: .null, count: localCount &- closed)
      try fillParameters(function, base + closed, Arguments(base: copy, count: count, keywordCount: keywordCount))
    }
    if closed > 0 { move(TupleObject.items(function.pointee.closure.unchecked(TupleObject.self)), to: base, closed) }
    if code.pointee.cellCount > 0 { try makeCells(code, base) }
  }

  /// Copies a few values, from the last to the first: the places may overlap if `target` is the higher one.
  @inline(__always) private func move(_ source: UnsafeMutablePointer<Value>, to target: UnsafeMutablePointer<Value>, _ count: Int) {
    if target == source { return }
    if target < source { return target.copy(from: source, count: count) }
    var index = count &- 1
    while index >= 0 {
      target[index] = source[index]
      index &-= 1
    }
  }

  @inline(__always) func closureCount(_ function: Ref<FunctionObject>) -> Int {
    function.pointee.closure.isNull ? 0 : function.pointee.closure.unchecked(TupleObject.self).pointee.count
  }

  private func fillDefaults(_ function: Ref<FunctionObject>, _ parameters: UnsafeMutablePointer<Value>, _ given: Int) throws(PyError) {
    let positional = Int(function.pointee.code.pointee.positionalCount) &- closureCount(function)
    let defaults = function.pointee.defaults
    let available = defaults.isNull ? 0 : defaults.unchecked(TupleObject.self).pointee.count
    if given &+ available < positional { try raiseWrongCount(function, given) }
    let items = TupleObject.items(defaults.unchecked(TupleObject.self))
    for index in given..<positional { parameters[index] = items[index &- positional &+ available] }
  }

  @inline(never) private func raiseWrongCount(_ function: Ref<FunctionObject>, _ given: Int) throws(PyError) -> Never {
    try raise(
      .typeError, "function takes %s positional arguments but %s were given",
      Value(smallInt: Int(function.pointee.code.pointee.positionalCount) &- closureCount(function)), Value(smallInt: given))
  }

  private func fillParameters(_ function: Ref<FunctionObject>, _ parameters: UnsafeMutablePointer<Value>, _ arguments: Arguments)
    throws(PyError)
  {
    let code = function.pointee.code
    let positional = Int(code.pointee.positionalCount) &- closureCount(function)
    let keywordOnly = Int(code.pointee.keywordOnlyCount)
    parameters.copy(from: arguments.base, count: min(arguments.count, positional))
    var next = positional &+ keywordOnly
    if code.pointee.flags.hasVariableArguments {
      parameters[next] = try newTuple(arguments.base + min(positional, arguments.count), max(arguments.count &- positional, 0))
      next &+= 1
    } else if arguments.count > positional {
      try raiseWrongCount(function, arguments.count)
    }
    var extra: Ref<DictObject>?
    if code.pointee.flags.hasVariableKeywords {
      let dict = try newDict()
      parameters[next] = Value(dict)
      extra = dict
    }
    for index in 0..<arguments.keywordCount {
      let pair = arguments.base + (arguments.count &+ 2 &* index)
      try fillKeyword(function, parameters, pair[0], pair[1], extra)
    }
    try fillMissing(function, parameters)
  }

  private func fillKeyword(
    _ function: Ref<FunctionObject>, _ parameters: UnsafeMutablePointer<Value>, _ name: Value, _ value: Value, _ extra: Ref<DictObject>?
  ) throws(PyError) {
    guard name.isName || isString(name) else { try raise(.typeError, "keywords must be strings") }
    let key = try intern(name)
    let code = function.pointee.code
    let closed = closureCount(function)
    var names = CodeNames(code, skipping: closed)
    for index in 0..<(Int(code.pointee.positionalCount &+ code.pointee.keywordOnlyCount) &- closed) where names.next() == key {
      if !parameters[index].isNull { try raise(.typeError, "function got multiple values for argument '%s'", Value(key)) }
      parameters[index] = value
      return
    }
    guard let extra else { try raise(.typeError, "unexpected keyword argument '%s'", Value(key)) }
    if dictFind(extra, key) >= 0 { try raise(.typeError, "function got multiple values for argument '%s'", Value(key)) }
    try dictSet(extra, key, value)
  }

  private func fillMissing(_ function: Ref<FunctionObject>, _ parameters: UnsafeMutablePointer<Value>) throws(PyError) {
    let code = function.pointee.code
    let closed = closureCount(function)
    let positional = Int(code.pointee.positionalCount) &- closed
    let defaults = function.pointee.defaults
    let available = defaults.isNull ? 0 : defaults.unchecked(TupleObject.self).pointee.count
    var names = CodeNames(code, skipping: closed)
    for index in 0..<positional {
      let name = names.next()
      if !parameters[index].isNull { continue }
      let position = index &- positional &+ available
      if position < 0 { try raise(.typeError, "function missing required positional argument #%s", Value(smallInt: index &+ 1)) }
      _ = name
      parameters[index] = TupleObject.items(defaults.unchecked(TupleObject.self))[position]
    }
    for index in positional..<(positional &+ Int(code.pointee.keywordOnlyCount)) {
      let name = names.next()
      if !parameters[index].isNull { continue }
      let keywordDefaults = function.pointee.keywordDefaults
      let value = keywordDefaults.isNull ? .null : dictGet(keywordDefaults.unchecked(DictObject.self), name)
      if value.isNull { try raise(.typeError, "function missing required keyword argument '%s'", Value(name)) }
      parameters[index] = value
    }
  }

  /// Wraps the locals that inner functions share in cells.
  private func makeCells(_ code: Ref<CodeObject>, _ base: UnsafeMutablePointer<Value>) throws(PyError) {
    let numbers = code.pointee.instructions - Int(code.pointee.cellCount)
    for index in 0..<Int(code.pointee.cellCount) {
      let local = Int(numbers[index])
      base[local] = try newCell(base[local])
    }
  }

  /// Calls a Python function from Swift.
  func callFunction(_ function: Ref<FunctionObject>, _ arguments: Arguments, namespace: Value = .null) throws(PyError) -> Value {
    let base = state.pointee.stackTop
    let code = function.pointee.code
    noteCall(code)
    try checkStack(base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize) &+ arguments.count))
    if code.pointee.isSimple && arguments.count == Int(code.pointee.positionalCount) && arguments.keywordCount == 0 {
      base.copy(from: arguments.base, count: arguments.count)
      (base + arguments.count).update(repeating: .null, count: Int(code.pointee.localCount) &- arguments.count)
    } else {
      try arrangeArguments(function, base, arguments.base, arguments.count, arguments.keywordCount)
    }
    if code.pointee.flags.isGenerator { return try newGenerator(function, base) }
    let isPlain = namespace.isNull || namespace == Value(function.pointee.globals)
    let kind = FrameKind.entryBit | (isPlain ? 0 : FrameKind.namespaceBit)
    let outer = state.pointee.frame
    let frame = makeFrame(function, code, base, previous: outer, kind: kind)
    frame.pointee.extra = namespace
    defer {
      state.pointee.stackTop = base
      state.pointee.frame = outer
    }
    return try execute(frame)
  }
}

extension UnsafeMutablePointer where Pointee == Frame {
  /// What lies above on the Python stack is free while the frame does not run.
  @inline(__always) var end: UnsafeMutablePointer<Value> { isPrepared ? pointee.limit : pointee.sp }
  /// Where the exception blocks begin.
  @inline(__always) var firstBlock: UnsafeMutablePointer<ExceptionBlock> {
    UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: ExceptionBlock.self)
  }
  /// Where the operands begin.
  @inline(__always) func operands(_ code: Ref<CodeObject>) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(firstBlock + Int(code.pointee.exceptionDepth)).assumingMemoryBound(to: Value.self)
  }
}

/// Walks over a code object's argument names.
struct CodeNames {
  var pointer: UnsafePointer<UInt8>
  let names: UnsafeMutablePointer<Qstr>
  /// Stands before the first argument's name.
  init(_ code: Ref<CodeObject>, skipping count: Int = 0) {
    pointer = code.pointee.bytes + Int(code.pointee.infoOffset)
    names = code.pointee.context.pointee.names
    for _ in 0...count { _ = readVarUInt(&pointer) }
  }
  mutating func next() -> Qstr { names[readVarUInt(&pointer)] }
}

/// Reads a variable-length unsigned integer of the bytecode.
@inline(__always) func readVarUInt(_ pointer: inout UnsafePointer<UInt8>) -> Int {
  var byte = pointer.pointee
  pointer += 1
  if byte < 0x80 { return Int(byte) }
  var value = Int(byte & 0x7f)
  repeat {
    byte = pointer.pointee
    pointer += 1
    value = value &<< 7 | Int(byte & 0x7f)
  } while byte >= 0x80
  return value
}

/// Reads a variable-length signed integer of the bytecode.
@inline(__always) func readVarInt(_ pointer: inout UnsafePointer<UInt8>) -> Int {
  var value = pointer.pointee & 0x40 != 0 ? -1 : 0
  var byte: UInt8
  repeat {
    byte = pointer.pointee
    pointer += 1
    value = value &<< 7 | Int(byte & 0x7f)
  } while byte >= 0x80
  return value
}

/// Reads the distance of a forward jump; the distance counts from the end of the instruction.
@inline(__always) func readForwardLabel(_ pointer: inout UnsafePointer<UInt8>) -> Int {
  let low = Int(pointer.pointee)
  if low & 0x80 == 0 {
    pointer += 1
    return low
  }
  let distance = low & 0x7f | Int(pointer[1]) &<< 7
  pointer += 2
  return distance
}

/// Reads the distance of a jump either way.
@inline(__always) func readLabel(_ pointer: inout UnsafePointer<UInt8>) -> Int {
  let low = Int(pointer.pointee)
  if low & 0x80 == 0 {
    pointer += 1
    return low &- 0x40
  }
  let distance = (low & 0x7f | Int(pointer[1]) &<< 7) &- 0x4000
  pointer += 2
  return distance
}
