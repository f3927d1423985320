// What the loop for prepared code does with frames, and the parts of its instructions that are not on the quick path.

import Bytecode

extension VM {
  /// Notes where a frame goes on.
  @inline(__always) func save(_ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafeMutablePointer<PreparedWord>) {
    profileSlowPath()
    frame.pointee.ip = address(pc)
  }

  @inline(__always) func address(_ pc: UnsafeMutablePointer<PreparedWord>) -> UnsafePointer<UInt8> {
    UnsafeRawPointer(pc).assumingMemoryBound(to: UInt8.self)
  }

  /// Leaves a dispatch loop for the one that runs the other form of code.
  @inline(__always) func switchForm(_ frame: UnsafeMutablePointer<Frame>) throws(PyError) -> Value {
    state.pointee.frame = frame
    return .marker
  }

  @inline(never) func poll(_ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafeMutablePointer<PreparedWord>) throws(PyError) {
    save(frame, pc)
    try handlePending()
  }

  /// Gives a frame that runs as bytecode the value that it waits for.
  @inline(__always) func push(_ value: Value, _ frame: UnsafeMutablePointer<Frame>) {
    frame.pointee.sp.pointee = value
    frame.pointee.sp += 1
  }

  /// The frame of a call with exactly as many arguments as the function has parameters, which are all plain. The stack has been checked.
  @inline(__always) func enterSimple(
    _ function: Ref<FunctionObject>, _ code: Ref<CodeObject>, _ base: UnsafeMutablePointer<Value>, _ count: Int,
    _ limit: UnsafeMutablePointer<Value>,
    previous: UnsafeMutablePointer<Frame>
  ) -> UnsafeMutablePointer<Frame> {
    var local = count
    while local < Int(code.pointee.localCount) {
      base[local] = .null
      local &+= 1
    }
    let frame = UnsafeMutableRawPointer(base + Int(code.pointee.localCount)).assumingMemoryBound(to: Frame.self)
    frame.pointee.previous = previous
    frame.pointee.function = function
    frame.pointee.code = code
    frame.pointee.locals = base
    frame.pointee.limit = limit
    frame.pointee.exceptionTop = frame.firstBlock
    frame.pointee.kind = FrameKind(rawValue: FrameKind.preparedBit)
    frame.pointee.ip = address(PreparedObject.words(code.pointee.prepared.unsafelyUnwrapped))
    state.pointee.frame = frame
    state.pointee.stackTop = limit
    return frame
  }

  /// As `enterSimple`, for closures and for calls that leave defaults out. Nil: the general way must be taken.
  @inline(never) func enterPlain(
    _ function: Ref<FunctionObject>, _ code: Ref<CodeObject>, _ base: UnsafeMutablePointer<Value>, _ count: Int,
    previous: UnsafeMutablePointer<Frame>
  ) -> UnsafeMutablePointer<Frame>? {
    let closed = closureCount(function)
    let positional = Int(code.pointee.positionalCount) &- closed
    let limit = base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize))
    let defaults = function.pointee.defaults
    let available = defaults.isNull ? 0 : defaults.unchecked(TupleObject.self).pointee.count
    guard count <= positional && count &+ available >= positional && limit < state.pointee.stackLimit else { return nil }
    if closed > 0 {
      var index = count &- 1
      while index >= 0 {
        base[closed &+ index] = base[index]
        index &-= 1
      }
      let cells = TupleObject.items(function.pointee.closure.unchecked(TupleObject.self))
      for index in 0..<closed { base[index] = cells[index] }
    }
    var index = count
    while index < positional {
      base[closed &+ index] = TupleObject.items(defaults.unchecked(TupleObject.self))[index &- positional &+ available]
      index &+= 1
    }
    return enterSimple(function, code, base, closed &+ positional, limit, previous: previous)
  }

  // MARK: Names

  @inline(never) func loadGlobal(_ here: UnsafeMutablePointer<PreparedWord>, _ globals: Ref<DictObject>) throws(PyError) -> Value {
    let site = here.globalSite
    let name = Qstr(site.pointee.name)
    let value = try loadGlobal(globals, name)
    let line = globalCacheEntry(globals.pointee.stamp, name).pointee
    if line.stamp == globals.pointee.stamp && line.name == name.number && line.stamp != 0 {
      site.pointee.stamp = line.stamp
      site.pointee.position = line.position
      site.pointee.value = line.value
      here.pointee.opcode = line.position == UInt32.max ? .loadGlobalBuiltin : .loadGlobalEntry
    }
    return value
  }

  @inline(never) func storeGlobal(_ here: UnsafeMutablePointer<PreparedWord>, _ globals: Ref<DictObject>, _ value: Value) throws(PyError) {
    let site = here.globalSite
    let name = Qstr(site.pointee.name)
    try dictSet(globals, name, value)
    let position = dictFind(globals, name)
    if position < 0 { return }
    if globals.pointee.stamp == 0 { globals.pointee.stamp = freshStamp() }
    site.pointee.stamp = globals.pointee.stamp
    site.pointee.position = UInt32(truncatingIfNeeded: position)
  }

  // MARK: Attributes

  /// Copies what the attribute cache has learnt about (object, name) to a site. Answers its kind, 0 if there is nothing.
  private func learn(_ site: UnsafeMutablePointer<AttributeSite>, _ key: UInt, _ name: UInt32) -> UInt16 {
    let line = cacheEntry(key, name).pointee
    guard key != 0 && line.stamp == key && line.name == name else { return 0 }
    site.pointee.stamp = key
    site.pointee.slot = UInt32(line.slot)
    site.pointee.value = line.value
    return line.kind
  }

  /// GET_ATTRIBUTE where the site does not know: the attribute goes to `target`; or answers the frame of a property's getter.
  @inline(never) func getAttribute(
    _ here: UnsafeMutablePointer<PreparedWord>, _ object: Value, _ target: UnsafeMutablePointer<Value>, _ frame: UnsafeMutablePointer<Frame>
  ) throws(PyError) -> UnsafeMutablePointer<Frame>? {
    let site = here.attributeSite
    let name = site.pointee.name
    let key = attributeKey(object)
    let line = cacheEntry(key, name)
    if key != 0 && line.pointee.stamp == key && line.pointee.name == name {
      switch line.pointee.kind {
      case CacheKind.inline:
        specialise(here, .getAttributeInline, key, name)
        target.pointee = InstanceObject.slots(object.unchecked(InstanceObject.self))[Int(line.pointee.slot)]
        return nil
      case CacheKind.overflow:
        target.pointee =
          UnsafeMutablePointer<Value>(bitPattern: object.unchecked(InstanceObject.self).pointee.overflow)
          .unsafelyUnwrapped[Int(line.pointee.slot)]
        return nil
      case CacheKind.constant:
        specialise(here, .getAttributeConstant, key, name)
        target.pointee = line.pointee.value
        return nil
      case CacheKind.classEntry:
        specialise(here, .getAttributeOfClass, key, name)
        target.pointee = line.pointee.value.address.pointee
        return nil
      case CacheKind.global:
        target.pointee = object.unchecked(ModuleObject.self).pointee.globals.pointee.entries.unsafelyUnwrapped[Int(line.pointee.slot)].value
        return nil
      case CacheKind.property:
        frame.pointee.sp = target
        let top = state.pointee.stackTop
        try checkStack(top + 1)
        top[0] = object
        state.pointee.stackTop = top + 1
        defer { state.pointee.stackTop = top }
        return try enterFunction(line.pointee.value.unchecked(FunctionObject.self), top, 1, 0, result: target, from: frame)
      default: break
      }
    }
    target.pointee = try getAttribute(object, Qstr(name))
    return nil
  }

  private func specialise(_ here: UnsafeMutablePointer<PreparedWord>, _ opcode: PreparedOpcode, _ key: UInt, _ name: UInt32) {
    if learn(here.attributeSite, key, name) != 0 { here.pointee.opcode = opcode }
  }

  /// LOAD_METHOD where the site does not know.
  @inline(never) func loadMethod(
    _ here: UnsafeMutablePointer<PreparedWord>, _ object: Value, _ target: UnsafeMutablePointer<Value>
  ) throws(PyError) {
    let site = here.attributeSite
    let name = site.pointee.name
    let pair = try getPairCached(object, Qstr(name))
    target[0] = pair.function
    target[1] = pair.receiver
    if pair.receiver == object && learn(site, attributeKey(object), name) == CacheKind.method && site.pointee.value == pair.function {
      here.pointee.opcode = .loadMethodOfClass
    } else {
      site.pointee.stamp = 0
      here.pointee.opcode = .loadMethod
    }
  }

  /// As `getPair`, asking the attribute cache first.
  private func getPairCached(_ object: Value, _ name: Qstr) throws(PyError) -> BoundPair {
    let key = attributeKey(object)
    let line = cacheEntry(key, name.number)
    if key != 0 && line.pointee.stamp == key && line.pointee.name == name.number {
      switch line.pointee.kind {
      case CacheKind.method: return BoundPair(function: line.pointee.value, receiver: object)
      case CacheKind.nativeMethod:
        return BoundPair(function: line.pointee.value, receiver: InstanceObject.slots(object.unchecked(InstanceObject.self))[0])
      case CacheKind.constant: return BoundPair(function: line.pointee.value, receiver: .null)
      case CacheKind.classMethod: return BoundPair(function: line.pointee.value, receiver: isClass(object) ? object : type(of: object))
      case CacheKind.classEntry: return BoundPair(function: line.pointee.value.address.pointee, receiver: .null)
      case CacheKind.global:
        let entries = object.unchecked(ModuleObject.self).pointee.globals.pointee.entries.unsafelyUnwrapped
        return BoundPair(function: entries[Int(line.pointee.slot)].value, receiver: .null)
      case CacheKind.inline:
        return BoundPair(function: InstanceObject.slots(object.unchecked(InstanceObject.self))[Int(line.pointee.slot)], receiver: .null)
      default: break
      }
    }
    return try getPair(object, name)
  }

  /// SET_ATTRIBUTE where the site does not know.
  @inline(never) func setAttribute(_ here: UnsafeMutablePointer<PreparedWord>, _ object: Value, _ value: Value) throws(PyError) {
    let site = here.attributeSite
    let name = site.pointee.name
    let key = attributeKey(object)
    try setAttribute(object, Qstr(name), value)
    if value.isNull || !object.isObject || !object.uncheckedHeader.pointee.isInstance { return }
    switch learn(site, key, name | CacheKind.storeBit) {
    case CacheKind.inline:
      site.pointee.value = .null
      here.pointee.opcode = .setAttributeInline
    case CacheKind.transition: here.pointee.opcode = .setAttributeInline
    default: site.pointee.stamp = 0
    }
  }

  // MARK: Operators

  /// Writes the result of an operator: the quick one, or if that is `null` the general one.
  @inline(__always) func settle(
    _ quick: Value, _ x: Value, _ y: Value, _ here: UnsafeMutablePointer<PreparedWord>, _ pc: UnsafeMutablePointer<PreparedWord>,
    _ frame: UnsafeMutablePointer<Frame>, _ slots: UnsafeMutablePointer<Value>
  ) throws(PyError) {
    if quick.isNull {
      save(frame, pc)
      slots[here.pointee.a] = try smallIntegerBinary(here.pointee.flag, x, y)
    } else {
      slots[here.pointee.a] = quick
    }
  }

  /// Jumps by `c` words if the answer is what `flag` says. `pc` is behind the instruction.
  @inline(__always) func branch(
    _ answer: Bool, _ here: UnsafeMutablePointer<PreparedWord>, _ pc: inout UnsafeMutablePointer<PreparedWord>,
    _ frame: UnsafeMutablePointer<Frame>,
    _ pending: UnsafeMutablePointer<UInt32>
  ) throws(PyError) {
    guard answer == (here.pointee.flag != 0) else { return }
    pc += here.pointee.distance
    if here.pointee.distance < 0 && pending.pointee != 0 { try poll(frame, pc) }
  }

  @inline(never) func slowCompare(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Bool {
    let result = try binary(operation, left, right)
    return result == .true ? true : result == .false ? false : try isTrue(result)
  }

  // MARK: Exceptions

  /// A return leaves the frame: the innermost `finally` that is not running yet, with its cause in place, if there is one.
  @inline(never) func unwindReturn(
    _ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafeMutablePointer<PreparedWord>, _ result: Value
  ) -> UnsafeMutablePointer<PreparedWord>? {
    while frame.pointee.exceptionTop != frame.firstBlock {
      let block = frame.pointee.exceptionTop - 1
      if block.pointee.stackAndKind & 1 != 0 && block.pointee.handler >= address(pc) {
        block.stack[0] = result
        block.stack[1] = Value(smallInt: -1)
        return preparedWord(block.pointee.handler)
      }
      popBlock(frame)
    }
    return nil
  }

  /// A jump to `destination` leaves `count` blocks. Answers where to go on: there, or in the innermost `finally` on the way.
  @inline(never) func unwindJump(
    _ frame: UnsafeMutablePointer<Frame>, _ pc: UnsafeMutablePointer<PreparedWord>, _ destination: Value, count: Int
  ) -> UnsafeMutablePointer<PreparedWord> {
    var remaining = count
    while remaining & 0x7f > 0 {
      remaining &-= 1
      let block = frame.pointee.exceptionTop - 1
      if block.pointee.stackAndKind & 1 != 0 && block.pointee.handler >= address(pc) {
        block.stack[0] = destination
        block.stack[1] = Value(smallInt: remaining)
        return preparedWord(block.pointee.handler)
      }
      popBlock(frame)
    }
    return UnsafeMutablePointer(bitPattern: destination.bits).unsafelyUnwrapped
  }

  @inline(__always) private func preparedWord(_ address: UnsafePointer<UInt8>) -> UnsafeMutablePointer<PreparedWord> {
    UnsafeMutableRawPointer(mutating: address).assumingMemoryBound(to: PreparedWord.self)
  }

  /// Calls `__exit__`, which lies at `slot` with its receiver; the two words of the cause move down to where they were.
  @inline(never) func leaveContextPrepared(_ slot: UnsafeMutablePointer<Value>) throws(PyError) {
    let cause = slot[3]
    if cause == .none || cause.isSmallInt {
      _ = try callExit(slot, .none, .none, .none)
    } else if try isTrue(callExit(slot, type(of: cause), cause, .none)) {
      slot[3] = .none
    }
    let first = slot[2]
    let second = slot[3]
    slot[0] = first
    slot[1] = second
  }
}

extension UnsafeMutablePointer where Pointee == Frame {
  /// The frame runs prepared code.
  @inline(__always) var isPrepared: Bool { Preparation.isAvailable && pointee.kind.rawValue & FrameKind.preparedBit != 0 }
  /// The frame may lie in a generator, whose prepared code runs there.
  @inline(__always) var isInHeap: Bool { isPrepared && pointee.kind.rawValue & FrameKind.generatorBit != 0 }
  /// Where a frame that runs prepared code goes on.
  @inline(__always) var preparedAddress: UnsafeMutablePointer<PreparedWord> {
    UnsafeMutableRawPointer(mutating: pointee.ip).assumingMemoryBound(to: PreparedWord.self)
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  /// The slot that a field of an instruction names, or one at a distance from it.
  @inline(__always) subscript(slot: UInt16, distance: Int = 0) -> Value {
    get { (self + (Int(slot) &+ distance)).pointee }
    nonmutating set { (self + (Int(slot) &+ distance)).pointee = newValue }
  }
}

// MARK: Quick paths: `null` where they do not apply

@inline(__always) func quickAdd(_ x: Value, _ y: Value) -> Value {
  if x.bits & y.bits & 1 != 0 {
    let (sum, overflow) = Int(bitPattern: x.bits).addingReportingOverflow(Int(bitPattern: y.bits &- 1))
    return overflow ? .null : Value(bits: UInt(bitPattern: sum))
  }
  return x.isTaggedFloat && y.isTaggedFloat ? Value(taggedFloat: x.uncheckedTaggedFloat + y.uncheckedTaggedFloat) : .null
}

@inline(__always) func quickSubtract(_ x: Value, _ y: Value) -> Value {
  if x.bits & y.bits & 1 != 0 {
    let (difference, overflow) = Int(bitPattern: x.bits).subtractingReportingOverflow(Int(bitPattern: y.bits &- 1))
    return overflow ? .null : Value(bits: UInt(bitPattern: difference))
  }
  return x.isTaggedFloat && y.isTaggedFloat ? Value(taggedFloat: x.uncheckedTaggedFloat - y.uncheckedTaggedFloat) : .null
}

@inline(__always) func quickMultiply(_ x: Value, _ y: Value) -> Value {
  if x.bits & y.bits & 1 != 0 {
    let (product, overflow) = x.uncheckedSmallInt.multipliedReportingOverflow(by: Int(bitPattern: y.bits &- 1))
    return overflow ? .null : Value(bits: UInt(bitPattern: product) | 1)
  }
  return x.isTaggedFloat && y.isTaggedFloat ? Value(taggedFloat: x.uncheckedTaggedFloat * y.uncheckedTaggedFloat) : .null
}

@inline(__always) func quickAnd(_ x: Value, _ y: Value) -> Value { x.bits & y.bits & 1 != 0 ? Value(bits: x.bits & y.bits) : .null }

@inline(__always) func quickTrueDivide(_ x: Value, _ y: Value) -> Value {
  x.isTaggedFloat && y.isTaggedFloat ? Value(taggedFloat: x.uncheckedTaggedFloat / y.uncheckedTaggedFloat) : .null
}

@inline(__always) func quickShiftRight(_ x: Value, _ y: Value) -> Value {
  guard x.bits & y.bits & 1 != 0, UInt(bitPattern: y.uncheckedSmallInt) < UInt(Int.bitWidth) else { return .null }
  return Value(smallInt: x.uncheckedSmallInt &>> y.uncheckedSmallInt)
}

@inline(__always) func quickShiftLeft(_ x: Value, _ y: Value) -> Value {
  guard x.bits & y.bits & 1 != 0, UInt(bitPattern: y.uncheckedSmallInt) < UInt(Int.bitWidth &- 1) else { return .null }
  let shifted = x.uncheckedSmallInt &<< y.uncheckedSmallInt
  return shifted &>> y.uncheckedSmallInt == x.uncheckedSmallInt && Value.fitsSmallInt(shifted) ? Value(smallInt: shifted) : .null
}

@inline(__always) func quickFloorDivide(_ x: Value, _ y: Value) -> Value {
  // Up to 32 bits a division takes a third of the time.
  guard x.bits & y.bits & 1 != 0, y.uncheckedSmallInt > 0 else { return .null }
  let dividend = x.uncheckedSmallInt, divisor = y.uncheckedSmallInt
  if dividend >= 0 && (dividend | divisor) >> 32 == 0 {
    return Value(smallInt: Int(UInt32(truncatingIfNeeded: dividend) / UInt32(truncatingIfNeeded: divisor)))
  }
  let quotient = dividend / divisor
  return Value(smallInt: dividend < 0 && quotient &* divisor != dividend ? quotient &- 1 : quotient)
}

@inline(__always) func quickModulo(_ x: Value, _ y: Value) -> Value {
  guard x.bits & y.bits & 1 != 0, y.uncheckedSmallInt > 0 else { return .null }
  let dividend = x.uncheckedSmallInt, divisor = y.uncheckedSmallInt
  if dividend >= 0 && (dividend | divisor) >> 32 == 0 {
    return Value(smallInt: Int(UInt32(truncatingIfNeeded: dividend) % UInt32(truncatingIfNeeded: divisor)))
  }
  let remainder = dividend % divisor
  return Value(smallInt: remainder < 0 ? remainder &+ divisor : remainder)
}

/// `object[index]` for lists and tuples.
@inline(__always) func quickItem(_ object: Value, _ index: Value) -> Value {
  guard index.isSmallInt && object.isObject else { return .null }
  var position = index.uncheckedSmallInt
  if object.uncheckedHeader.pointee.word == TypeID.list.headerWord {
    let list = object.unchecked(ListObject.self)
    if position < 0 { position &+= list.pointee.count }
    if UInt(bitPattern: position) < UInt(bitPattern: list.pointee.count) { return list.pointee.items[position] }
  } else if object.uncheckedHeader.pointee.word == TypeID.tuple.headerWord {
    let tuple = object.unchecked(TupleObject.self)
    if position < 0 { position &+= tuple.pointee.count }
    if UInt(bitPattern: position) < UInt(bitPattern: tuple.pointee.count) { return TupleObject.items(tuple)[position] }
  }
  return .null
}

extension Value {
  /// The place that a line of the cache of kind `classEntry` leads to.
  @inline(__always) var address: UnsafeMutablePointer<Value> { UnsafeMutablePointer(bitPattern: bits).unsafelyUnwrapped }

  /// An instance of a Python class whose shape has that version (not 0).
  @inline(__always) func isInstance(stamp: UInt) -> Bool {
    guard isObject else { return false }
    let word = uncheckedHeader.pointee.word
    return word & 1 == 0 && uncheckedHeader.pointee.uncheckedShape.pointee.stamp == stamp && stamp != 0
  }
}
