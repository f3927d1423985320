// Calls from the dispatch loop. A Python function gets a frame and the loop goes on in it; everything else runs to its end here.

extension VM {
  /// Begins a call whose arguments lie at `base`, with `room` words before them that may be overwritten. Answers the frame to go on with, or nil
  /// if the call is over and its result is at `result`.
  @inline(never) func beginCall(
    _ callee: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Int, room: Int, result: UnsafeMutablePointer<Value>,
    from frame: UnsafeMutablePointer<Frame>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    if callee.isImmediate(.method) || callee.isImmediate(.function) {
      result.pointee = try callBuiltin(callee, Arguments(base: base, count: count, keywordCount: keywords))
      return nil
    }
    if callee.isObject {
      switch callee.uncheckedHeader.pointee.word {
      case TypeID.function.headerWord:
        return try enterFunction(callee.unchecked(FunctionObject.self), base, count, keywords, result: result, from: frame)
      case TypeID.boundMethod.headerWord:
        // The word before the arguments held the callee or a null receiver: the receiver goes there.
        let method = callee.unchecked(BoundMethodObject.self).pointee
        if room > 0 {
          base[-1] = method.receiver
          return try beginCall(method.function, base - 1, count &+ 1, keywords, room: room &- 1, result: result, from: frame)
        }
      case TypeID.type.headerWord:
        let owner = callee.unchecked(ClassObject.self)
        if owner.pointee.nativeBase == .object && owner.pointee.metaclass.isNull && !owner.pointee.flags.contains(ClassFlags.new) {
          let initialiser = initFunction(owner)
          if initialiser.isObject(.function) {
            if room > 0, let next = try beginConstruction(owner, initialiser, base, count, keywords, result: result, from: frame) {
              return next
            }
          } else if count == 0 && keywords == 0 && (initialiser.isNull || initialiser.isImmediate(.method)) {
            result.pointee = Value(try newInstance(owner))
            return nil
          }
        }
      default: break
      }
    }
    result.pointee = try call(callee, Arguments(base: base, count: count, keywordCount: keywords))
    return nil
  }

  /// Enters a Python function in the loop; for a generator function makes the generator and answers nil.
  @inline(never) func enterFunction(
    _ function: Ref<FunctionObject>, _ base: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Int,
    result: UnsafeMutablePointer<Value>,
    from frame: UnsafeMutablePointer<Frame>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    let code = function.pointee.code
    noteCall(code)
    try checkStack(base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize) &+ count &+ 2 &* keywords))
    if code.pointee.isSimple && Int(code.pointee.positionalCount) == count && keywords == 0 {
      var local = count
      while local < Int(code.pointee.localCount) {
        base[local] = .null
        local &+= 1
      }
    } else {
      // The arguments move over themselves: cells go first.
      try arrangeArguments(function, base, base, count, keywords)
    }
    if code.pointee.flags.isGenerator {
      result.pointee = try newGenerator(function, base)
      return nil
    }
    let next = makeFrame(function, code, base, previous: frame, kind: 0)
    state.pointee.frame = next
    return next
  }

  /// Makes an instance of a plain Python class and enters its `__init__`. Nil: the general way must be taken.
  private func beginConstruction(
    _ owner: Ref<ClassObject>, _ initialiser: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Int,
    result: UnsafeMutablePointer<Value>, from frame: UnsafeMutablePointer<Frame>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    let function = initialiser.unchecked(FunctionObject.self)
    if function.pointee.code.pointee.flags.isGenerator { return nil }
    noteCall(function.pointee.code)
    let instance = try newInstance(owner)
    base[-1] = Value(instance)
    let code = function.pointee.code
    if code.pointee.isSimple && Int(code.pointee.positionalCount) == count &+ 1 && keywords == 0 {
      try checkStack(base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize)))
      var local = count
      while local < Int(code.pointee.localCount) &- 1 {
        base[local] = .null
        local &+= 1
      }
    } else {
      try checkStack(base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize) &+ count &+ 2 &* keywords))
      try arrangeArguments(function, base - 1, base - 1, count &+ 1, keywords)
    }
    let next = makeFrame(function, code, base - 1, previous: frame, kind: FrameKind.constructorBit)
    next.pointee.extra = Value(instance)
    state.pointee.frame = next
    return next
  }

  /// `__init__` of a class, cached in the class.
  @inline(__always) func initFunction(_ owner: Ref<ClassObject>) -> Value {
    if owner.pointee.initStamp != 0 { return owner.pointee.initFunction }
    owner.pointee.initStamp = 1
    owner.pointee.initFunction = classLookUp(owner, .__init__)
    return owner.pointee.initFunction
  }

  /// A call with `*` and `**`. From `bottom`: the callee, for a method the receiver or null, `count` positional and `keywords` pairs, and a small
  /// integer whose bits tell which positional arguments are to be unpacked; a pair whose name is null is a mapping to be unpacked.
  @inline(never) func beginStarCall(
    _ bottom: UnsafeMutablePointer<Value>, isMethod: Bool, _ count: Int, _ keywords: Int, from frame: UnsafeMutablePointer<Frame>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    let callee = bottom[0]
    let source = bottom + (isMethod ? 2 : 1)
    let stars = source[count &+ 2 &* keywords]
    let positional = try newList(capacity: count &+ 4)
    if isMethod && !bottom[1].isNull { try listAppend(positional, bottom[1]) }
    for index in 0..<count {
      if index < Int.bitWidth && stars.uncheckedSmallInt &>> index & 1 != 0 {
        try listExtend(positional, source[index])
      } else {
        try listAppend(positional, source[index])
      }
    }
    let named = try newList(capacity: 2 &* keywords)
    for index in 0..<keywords {
      let pair = source + (count &+ 2 &* index)
      if pair[0].isNull {
        try unpackKeywords(pair[1], into: named)
      } else {
        try appendKeyword(pair[0], pair[1], to: named)
      }
    }
    // The arguments replace the operands of the call; the callee's word stays in front for a receiver.
    let base = bottom + 1
    let total = positional.pointee.count &+ named.pointee.count
    let end = frame.pointee.limit
    if frame.isInHeap || base + (total &+ 8) > end {
      // Too many for the caller's operand stack, or that is not on the Python stack: call from above it.
      let top = end
      try checkStack(top + (total &+ 8))
      top.copy(from: positional.pointee.items, count: positional.pointee.count)
      (top + positional.pointee.count).copy(from: named.pointee.items, count: named.pointee.count)
      bottom.pointee = try callPushed(callee, top, positional.pointee.count, keywords: named.pointee.count / 2)
      return nil
    }
    base.copy(from: positional.pointee.items, count: positional.pointee.count)
    (base + positional.pointee.count).copy(from: named.pointee.items, count: named.pointee.count)
    state.pointee.stackTop = base + total
    return try beginCall(callee, base, positional.pointee.count, named.pointee.count / 2, room: 1, result: bottom, from: frame)
  }

  private func appendKeyword(_ name: Value, _ value: Value, to named: Ref<ListObject>) throws(PyError) {
    guard isString(name) else { try raise(.typeError, "keywords must be strings") }
    let key = Value(try intern(unwrapped(name)))
    var index = 0
    while index < named.pointee.count {
      if named.pointee.items[index] == key { try raise(.typeError, "function got multiple values for argument '%s'", key) }
      index &+= 2
    }
    try listAppend(named, key)
    try listAppend(named, value)
  }

  private func unpackKeywords(_ mapping: Value, into named: Ref<ListObject>) throws(PyError) {
    let plain = unwrapped(mapping)
    if plain.isObject(.dict) {
      let dict = plain.unchecked(DictObject.self)
      var position = dictNext(dict, 0)
      while position >= 0 {
        let entry = dict.pointee.entries.unsafelyUnwrapped[position]
        try appendKeyword(entry.key, entry.value, to: named)
        position = dictNext(dict, position &+ 1)
      }
      return
    }
    let keysMethod = try findAttribute(mapping, .keys)
    if keysMethod.isNull { try raise(.typeError, "argument after ** must be a mapping, not %t", mapping) }
    let keys = try getIterator(call(keysMethod))
    while true {
      let key = try next(keys)
      if key.isNull { return }
      try appendKeyword(key, getItem(mapping, key), to: named)
    }
  }

  /// A call from a frame that lies in the heap (or might). From `source`: the callee, for a method the receiver or null, the arguments. They are
  /// copied to the top of the Python stack. Answers as `beginCall` does.
  @inline(never) func beginCallFromHeap(
    _ source: UnsafeMutablePointer<Value>, isMethod: Bool, _ count: Int, _ keywords: Int, result: UnsafeMutablePointer<Value>,
    from frame: UnsafeMutablePointer<Frame>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    let callee = source[0]
    let hasReceiver = isMethod && !source[1].isNull
    let arguments = source + (isMethod && !hasReceiver ? 2 : 1)
    let positional = count &+ (hasReceiver ? 1 : 0)
    if callee.isImmediate {
      result.pointee = try call(callee, Arguments(base: arguments, count: positional, keywordCount: keywords))
      return nil
    }
    let base = frame.pointee.limit
    let total = positional &+ 2 &* keywords
    try checkStack(base + (total &+ 2))
    base[0] = .null
    base[1] = .null
    (base + 2).update(from: arguments, count: total)
    state.pointee.stackTop = base + (total &+ 2)
    let next = try beginCall(callee, base + 2, positional, keywords, room: 2, result: result, from: frame)
    if next == nil { state.pointee.stackTop = base }
    return next
  }

  // MARK: Leaving

  /// Ends an entry frame with a result: what `execute` returns.
  func finishEntry(_ frame: UnsafeMutablePointer<Frame>, _ result: Value) throws(PyError) -> Value {
    if frame.pointee.kind.rawValue & FrameKind.generatorBit != 0 {
      finishGenerator(frame)
      state.pointee.generatorResult = result
      return .null
    }
    return result
  }

  /// Leaves a frame that is neither plain nor an entry: pushes the result where its kind wants it and answers the frame to go on with.
  func leaveFrame(_ frame: UnsafeMutablePointer<Frame>, _ result: Value) throws(PyError) -> UnsafeMutablePointer<Frame> {
    let previous = frame.pointee.previous.unsafelyUnwrapped
    if frame.pointee.kind.rawValue & FrameKind.constructorBit != 0 && result != .none {
      try raise(.typeError, "__init__() should return None, not '%t'", result)
    }
    state.pointee.frame = previous
    if frame.pointee.kind.rawValue & FrameKind.generatorBit != 0 {
      // The `for` loop is over.
      let generator = frame.pointee.extra.unchecked(GeneratorObject.self)
      finishGenerator(frame)
      previous.pointee.ip = generator.pointee.exhausted.unsafelyUnwrapped
      previous.pointee.sp -= 4
      return previous
    }
    previous.pointee.sp.pointee = frame.pointee.kind.rawValue & FrameKind.constructorBit != 0 ? frame.pointee.extra : result
    previous.pointee.sp += 1
    return previous
  }
}
