// Names: globals, builtins and the namespaces of class and module bodies; making functions; unpacking.

extension VM {
  @inline(never) func raiseUnbound(_ frame: UnsafeMutablePointer<Frame>, _ local: Int) throws(PyError) -> Never {
    try raise(.nameError, "local variable referenced before assignment")
  }

  /// A global, else a builtin; NameError if there is none. Fills the cache.
  @inline(never) func loadGlobal(_ globals: Ref<DictObject>, _ name: Qstr) throws(PyError) -> Value {
    let position = dictFind(globals, name)
    if position >= 0 {
      if globals.pointee.stamp == 0 { globals.pointee.stamp = freshStamp() }
      globalCacheEntry(globals.pointee.stamp, name).pointee = GlobalCacheEntry(
        stamp: globals.pointee.stamp, name: name.number, position: UInt32(truncatingIfNeeded: position), value: .null)
      return globals.pointee.entries.unsafelyUnwrapped[position].value
    }
    let value = try builtin(name)
    if value.isNull { try raise(.nameError, "name '%s' isn't defined", Value(name)) }
    if !interpreter.pointee.hasBuiltinOverrides && name != .underscore {
      if globals.pointee.stamp == 0 { globals.pointee.stamp = freshStamp() }
      globalCacheEntry(globals.pointee.stamp, name).pointee = GlobalCacheEntry(
        stamp: globals.pointee.stamp, name: name.number, position: UInt32.max, value: value)
    }
    return value
  }

  /// A name of the module `builtins`, or `null`.
  func builtin(_ name: Qstr) throws(PyError) -> Value {
    if name == .underscore && !interpreter.pointee.lastRepresentation.isNull { return interpreter.pointee.lastRepresentation }
    let key = builtinsModule.bits
    let line = cacheEntry(key, name.number)
    if line.pointee.stamp == key && line.pointee.name == name.number { return line.pointee.value }
    return try findModuleAttribute(builtinsModule, name)
  }

  /// The namespace dict of a class or module body.
  private func namespace(_ frame: UnsafeMutablePointer<Frame>) -> Value {
    frame.pointee.kind.rawValue & FrameKind.namespaceBit != 0 ? frame.pointee.extra : Value(frame.pointee.function.pointee.globals)
  }

  @inline(never) func loadName(_ frame: UnsafeMutablePointer<Frame>, _ name: Qstr) throws(PyError) -> Value {
    if frame.pointee.kind.rawValue & FrameKind.namespaceBit == 0 {
      let globals = frame.pointee.function.pointee.globals
      let line = globalCacheEntry(globals.pointee.stamp, name)
      if line.pointee.stamp == globals.pointee.stamp && line.pointee.name == name.number && globals.pointee.stamp != 0 {
        let position = line.pointee.position
        return position == UInt32.max ? line.pointee.value : globals.pointee.entries.unsafelyUnwrapped[Int(position)].value
      }
      return try loadGlobal(globals, name)
    }
    let space = namespace(frame)
    if space.isObject(.dict) {
      let found = dictGet(space.unchecked(DictObject.self), name)
      if !found.isNull { return found }
    } else {
      let found = try mappingGet(space, Value(name))
      if !found.isNull { return found }
    }
    return try loadGlobal(frame.pointee.function.pointee.globals, name)
  }

  /// An item of any mapping, or `null` for KeyError.
  private func mappingGet(_ mapping: Value, _ key: Value) throws(PyError) -> Value {
    do throws(PyError) { return try getItem(mapping, key) } catch {
      if matches(error, .keyError) { return .null }
      throw error
    }
  }

  @inline(never) func storeName(_ frame: UnsafeMutablePointer<Frame>, _ name: Qstr, _ value: Value) throws(PyError) {
    let space = namespace(frame)
    if space.isObject(.dict) { return try dictSet(space.unchecked(DictObject.self), name, value) }
    try setItem(space, Value(name), value)
  }

  @inline(never) func deleteName(_ frame: UnsafeMutablePointer<Frame>, _ name: Qstr) throws(PyError) {
    let space = namespace(frame)
    guard space.isObject(.dict) else { return try setItem(space, Value(name), .null) }
    try deleteGlobal(space.unchecked(DictObject.self), name)
  }

  @inline(never) func deleteGlobal(_ globals: Ref<DictObject>, _ name: Qstr) throws(PyError) {
    let position = dictFind(globals, name)
    if position < 0 { try raise(.nameError, "name '%s' isn't defined", Value(name)) }
    dictRemove(globals, at: position)
  }

  // MARK: Functions

  func newFunction(_ code: Ref<CodeObject>, _ globals: Ref<DictObject>) throws(PyError) -> Ref<FunctionObject> {
    let function = try allocate(FunctionObject.self)
    function.initialize(
      to: FunctionObject(
        header: ObjectHeader(.function), code: code, globals: globals, defaults: .null, keywordDefaults: .null, closure: .null,
        attributes: .null))
    return function
  }

  /// LOAD_SUPER_METHOD: at `slot` lie `super`, the class and the receiver; they are replaced by the method and its receiver.
  @inline(never) func loadSuperMethod(_ slot: UnsafeMutablePointer<Value>, _ name: Qstr) throws(PyError) {
    if slot[0] != Value(type: .super) {
      // Somebody gave the name `super` another meaning.
      let object = try call(slot[0], slot[1], slot[2])
      let pair = try getPair(object, name)
      slot[0] = pair.function
      slot[1] = pair.receiver
      return
    }
    let receiver = slot[2]
    let key = superKey(slot[1], receiver)
    let line = cacheEntry(key, name.number | CacheKind.rawBit)
    if key != 0 && line.pointee.stamp == key && line.pointee.name == name.number | CacheKind.rawBit {
      slot[0] = line.pointee.value
      slot[1] = receiver
      return
    }
    let proxy = SuperObject(header: ObjectHeader(.super), type: slot[1], receiver: receiver)
    let pair = try findSuperPair(proxy, name)
    if pair.receiver == receiver && pair.function.isObject(.function) {
      cache(key, name.number | CacheKind.rawBit, CacheKind.method, 0, pair.function)
    }
    if pair.function.isNull { try raise(.attributeError, "'super' object has no attribute '%s'", Value(name)) }
    slot[0] = pair.function
    slot[1] = pair.receiver
  }

  /// What the attribute cache knows `super(type, receiver)` by: the versions of both classes, if they fit; else 0. Other keys are smaller.
  private func superKey(_ type: Value, _ receiver: Value) -> UInt {
    #if _pointerBitWidth(_64)
      guard type.isObject(.type), let owner = pythonClass(of: receiver) else { return 0 }
      let start = type.unchecked(ClassObject.self)
      if owner.pointee.stamp == 0 { owner.pointee.stamp = freshStamp() }
      if start.pointee.stamp == 0 { start.pointee.stamp = freshStamp() }
      if (owner.pointee.stamp | start.pointee.stamp) &>> 31 != 0 { return 0 }
      return owner.pointee.stamp &<< 32 | start.pointee.stamp
    #else
      return 0
    #endif
  }

  // MARK: Unpacking

  /// UNPACK_SEQUENCE: puts exactly `count` items from `slot` on, the first one topmost.
  @inline(never) func unpackSequence(_ sequence: Value, _ count: Int, _ slot: UnsafeMutablePointer<Value>) throws(PyError) {
    if sequence.isObject(.tuple) || sequence.isObject(.list) {
      let isTuple = sequence.isObject(.tuple)
      let actual = isTuple ? sequence.unchecked(TupleObject.self).pointee.count : sequence.unchecked(ListObject.self).pointee.count
      let items = isTuple ? TupleObject.items(sequence.unchecked(TupleObject.self)) : sequence.unchecked(ListObject.self).pointee.items
      if actual != count { try raiseUnpack(actual, count) }
      var index = 0
      while index < count {
        slot[count &- 1 &- index] = items[index]
        index &+= 1
      }
      return
    }
    let list = try newList(capacity: count)
    let iterator = try getIterator(sequence)
    while true {
      let item = try next(iterator)
      if item.isNull { break }
      if list.pointee.count == count { try raise(.valueError, "too many values to unpack (expected %s)", Value(smallInt: count)) }
      try listAppend(list, item)
    }
    if list.pointee.count != count { try raiseUnpack(list.pointee.count, count) }
    for index in 0..<count { slot[count &- 1 &- index] = list.pointee.items[index] }
  }

  /// `first, second = sequence`. Nothing is stored if it fails.
  @inline(never) func unpackPair(
    _ sequence: Value, _ first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) throws(PyError) {
    let top = state.pointee.stackTop
    try checkStack(top + 2)
    top.update(repeating: .null, count: 2)
    state.pointee.stackTop = top + 2
    defer { state.pointee.stackTop = top }
    try unpackSequence(sequence, 2, top)
    first.pointee = top[1]
    second.pointee = top[0]
  }

  @inline(never) private func raiseUnpack(_ actual: Int, _ count: Int) throws(PyError) -> Never {
    if actual > count { try raise(.valueError, "too many values to unpack (expected %s)", Value(smallInt: count)) }
    try raise(.valueError, "need more than %s values to unpack", Value(smallInt: actual))
  }

  /// UNPACK_EX: like `a, b, *c, d = sequence`, the first target topmost.
  @inline(never) func unpackStarred(_ sequence: Value, before: Int, after: Int, _ slot: UnsafeMutablePointer<Value>) throws(PyError) {
    let list = try newList()
    try listExtend(list, sequence)
    let total = list.pointee.count
    if total < before &+ after { try raise(.valueError, "need more than %s values to unpack", Value(smallInt: total)) }
    let middle = try newList(list.pointee.items + before, total &- before &- after)
    var index = 0
    while index < after {
      slot[index] = list.pointee.items[total &- 1 &- index]
      index &+= 1
    }
    slot[after] = middle
    index = 0
    while index < before {
      slot[after &+ before &- index] = list.pointee.items[index]
      index &+= 1
    }
  }
}
