// select — waiting for streams: descriptors of the port, and objects with an `ioctl` that answers what they are ready for.

extension TypeID {
  static var poll: TypeID { TypeID(178) }
  static var pollIterator: TypeID { TypeID(179) }
}

private enum SelectModule {
  static let rows: InlineArray<_, Method> = [
    Method(.poll, 0...0, selectPoll),
    Method(.select, 3...4, selectSelect),
    Method(.POLLIN, constant: Value(smallInt: 1)),
    Method(.POLLOUT, constant: Value(smallInt: 4)),
    Method(.POLLERR, constant: Value(smallInt: 8)),
    Method(.POLLHUP, constant: Value(smallInt: 16)),
  ]
}

private func selectRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: SelectModule.rows.span[index]) }

extension ModuleRow {
  static let select = ModuleRow(.select, isExtensible: true, rowCount: UInt8(SelectModule.rows.count), row: selectRow)
}

/// `select.poll()`: the streams in the order in which they were registered.
struct PollObject {
  var header: ObjectHeader
  /// Of each stream: itself, the events asked for, those that are ready.
  var entries: Ref<ListObject>
}

/// What `ipoll` answers: goes over the entries with something ready; one tuple serves for all.
struct PollIteratorObject {
  var header: ObjectHeader
  var poll: Ref<PollObject>
  var position: Int
  var isOneShot: Bool
  var pair: Ref<TupleObject>
}

private enum PollMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.register, 2...3, pollRegister), Method(.unregister, 2...2, pollUnregister), Method(.modify, 3...3, pollModify),
    Method(.poll, 1...2, pollPoll), Method(.ipoll, 1...3, pollIpoll),
  ]
}

private func pollMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: PollMethods.rows.span[index]) }

extension TypeRow {
  static let poll = TypeRow(.poll, isSubclassable: false, methodCount: UInt8(PollMethods.rows.count), method: pollMethod)
  static let pollIterator = TypeRow(.iterator, isSubclassable: false, iterate: pollIterate, next: pollNext)
}

private func selectPoll(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let entries = try vm.newList()
  let object = try vm.allocate(PollObject.self)
  object.initialize(to: PollObject(header: ObjectHeader(.poll), entries: entries))
  return Value(object)
}

private var defaultEvents: Int { 5 }

// MARK: Registering

private func find(_ poll: Ref<PollObject>, _ stream: Value) -> Int? {
  let entries = poll.pointee.entries
  var index = 0
  while index < entries.pointee.count {
    if entries.pointee.items[index] == stream { return index }
    index &+= 3
  }
  return nil
}

extension VM {
  /// The port's descriptor behind a stream or an integer; nil for an object that is asked through its `ioctl`.
  private func descriptor(_ stream: Value) throws(PyError) -> Int32? {
    if let number = standardStreamNumber(stream) { return Int32(number) }
    if stream.isSmallInt { return Int32(truncatingIfNeeded: stream.uncheckedSmallInt) }
    if stream.isObject(.fileIO) || stream.isObject(.textIOWrapper) {
      let file = stream.unchecked(FileObject.self)
      if file.pointee.descriptor < 0 { try raise(.valueError, "I/O operation on closed file") }
      return Int32(truncatingIfNeeded: file.pointee.descriptor)
    }
    return nil
  }

  fileprivate func checkStream(_ stream: Value) throws(PyError) {
    if stream.isObject(.ringIO) { return }
    if try descriptor(stream) != nil { return }
    if try findAttribute(stream, Qstr.ioctl).isNull { try raise(.typeError, "stream operation not supported") }
  }

  /// Fills in what each entry is ready for, waiting until one is or the time (in milliseconds; negative is for ever) is over. Answers how many.
  fileprivate func wait(_ entries: Ref<ListObject>, _ milliseconds: Int) throws(PyError) -> Int {
    let start = interpreter.pointee.port.monotonicNanoseconds()
    let count = entries.pointee.count / 3
    guard let memory = heap.allocate(byteCount: max(count, 1) &* MemoryLayout<PollEntry>.stride, atomic: true) else {
      throw outOfMemory(count &* MemoryLayout<PollEntry>.stride)
    }
    let asked = memory.assumingMemoryBound(to: PollEntry.self)
    while true {
      var ready = try askObjects(entries)
      let hasObjects = ready.objects > 0
      var descriptors = 0
      for index in 0..<count {
        guard let number = try descriptor(entries.pointee.items[3 &* index]) else { continue }
        let events = Int16(truncatingIfNeeded: entries.pointee.items[3 &* index &+ 1].uncheckedSmallInt)
        asked[descriptors] = PollEntry(descriptor: number, events: events)
        descriptors &+= 1
      }
      let elapsed = Int((interpreter.pointee.port.monotonicNanoseconds() &- start) / 1_000_000)
      let left = milliseconds < 0 ? 1000 : max(milliseconds &- elapsed, 0)
      // Objects can't wake anybody: they are asked again after a millisecond.
      let pause = ready.count > 0 ? 0 : hasObjects ? min(left, 1) : left
      let result = interpreter.pointee.port.poll(self, asked, descriptors, pause)
      try pollPending()
      if result < 0 && result != StreamError.interrupted { try raiseOSError(0 &- result) }
      if result > 0 { ready.count &+= try takeReady(entries, asked) }
      if ready.count > 0 || milliseconds >= 0 && elapsed >= milliseconds { return ready.count }
      if descriptors == 0 && pause > 0 { interpreter.pointee.port.sleepNanoseconds(self, UInt64(pause) &* 1_000_000) }
    }
  }

  /// Asks each object with an `ioctl` (3 is the question); entries of descriptors are set to nothing.
  private func askObjects(_ entries: Ref<ListObject>) throws(PyError) -> (count: Int, objects: Int) {
    var result = (count: 0, objects: 0)
    var index = 0
    while index &+ 2 < entries.pointee.count {
      let stream = entries.pointee.items[index]
      var ready = Value(smallInt: 0)
      if try descriptor(stream) == nil {
        result.objects &+= 1
        let events = entries.pointee.items[index &+ 1]
        ready =
          stream.isObject(.ringIO)
          ? Value(smallInt: ringEvents(stream, events.uncheckedSmallInt)) : try callMethod(stream, Qstr.ioctl, Value(smallInt: 3), events)
        if !ready.isSmallInt { try raise(.typeError, "can't convert %t to int", ready) }
        if ready.uncheckedSmallInt < 0 { try raiseOSError(0 &- ready.uncheckedSmallInt) }
        if ready.uncheckedSmallInt > 0 { result.count &+= 1 }
      }
      // The object may have changed the list.
      if index &+ 2 < entries.pointee.count { entries.pointee.items[index &+ 2] = ready }
      index &+= 3
    }
    return result
  }

  private func takeReady(_ entries: Ref<ListObject>, _ asked: UnsafeMutablePointer<PollEntry>) throws(PyError) -> Int {
    var ready = 0
    var position = 0
    var index = 0
    while index &+ 2 < entries.pointee.count {
      if try descriptor(entries.pointee.items[index]) != nil {
        let events = asked[position].ready
        position &+= 1
        if events & PollEntry.invalid != 0 { try raiseOSError(9) }
        entries.pointee.items[index &+ 2] = Value(smallInt: Int(events))
        if events != 0 { ready &+= 1 }
      }
      index &+= 3
    }
    return ready
  }
}

private func pollRegister(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let poll = arguments[0].unchecked(PollObject.self)
  let events = arguments.count > 2 ? try vm.intValue(arguments[2]) : defaultEvents
  try vm.checkStream(arguments[1])
  if let index = find(poll, arguments[1]) {
    poll.pointee.entries.pointee.items[index &+ 1] = Value(smallInt: events)
    return .none
  }
  try vm.listReserve(poll.pointee.entries, poll.pointee.entries.pointee.count &+ 3)
  try vm.listAppend(poll.pointee.entries, arguments[1])
  try vm.listAppend(poll.pointee.entries, Value(smallInt: events))
  try vm.listAppend(poll.pointee.entries, Value(smallInt: 0))
  return .none
}

private func pollUnregister(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let entries = arguments[0].unchecked(PollObject.self).pointee.entries
  guard let index = find(arguments[0].unchecked(PollObject.self), arguments[1]) else { try vm.raise(.keyError, argument: arguments[1]) }
  entries.pointee.count &-= 3
  for later in index..<entries.pointee.count { entries.pointee.items[later] = entries.pointee.items[later &+ 3] }
  return .none
}

private func pollModify(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let poll = arguments[0].unchecked(PollObject.self)
  guard let index = find(poll, arguments[1]) else { try vm.raiseOSError(2) }
  poll.pointee.entries.pointee.items[index &+ 1] = Value(smallInt: try vm.intValue(arguments[2]))
  return .none
}

// MARK: Waiting

/// A number of milliseconds, whole or not; negative for None and without one.
private func timeout(_ vm: VM, _ value: Value) throws(PyError) -> Int {
  if value.isNull || value == .none { return -1 }
  return try vm.intValue(value)
}

/// `poll(timeout=-1)`: a list of pairs of stream and events.
private func pollPoll(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let entries = arguments[0].unchecked(PollObject.self).pointee.entries
  _ = try vm.wait(entries, timeout(vm, arguments.optional(1)))
  let list = try vm.newList()
  var index = 0
  while index &+ 2 < entries.pointee.count {
    if entries.pointee.items[index &+ 2] != Value(smallInt: 0) {
      try vm.listAppend(list, vm.newTuple(entries.pointee.items[index], entries.pointee.items[index &+ 2]))
    }
    index &+= 3
  }
  return Value(list)
}

/// `ipoll(timeout=-1, flags=0)`: flag 1 asks no longer for the events that came.
private func pollIpoll(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let poll = arguments[0].unchecked(PollObject.self)
  _ = try vm.wait(poll.pointee.entries, timeout(vm, arguments.optional(1)))
  let flags = arguments.count > 2 ? try vm.intValue(arguments[2]) : 0
  let pair = try vm.newTupleObject(2)
  let object = try vm.allocate(PollIteratorObject.self)
  object.initialize(
    to: PollIteratorObject(header: ObjectHeader(.pollIterator), poll: poll, position: 0, isOneShot: flags & 1 != 0, pair: pair))
  return Value(object)
}

private func pollIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }

private func pollNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let iterator = value.unchecked(PollIteratorObject.self)
  let entries = iterator.pointee.poll.pointee.entries
  while iterator.pointee.position &+ 2 < entries.pointee.count {
    let index = iterator.pointee.position
    iterator.pointee.position &+= 3
    if entries.pointee.items[index &+ 2] == Value(smallInt: 0) { continue }
    TupleObject.items(iterator.pointee.pair)[0] = entries.pointee.items[index]
    TupleObject.items(iterator.pointee.pair)[1] = entries.pointee.items[index &+ 2]
    if iterator.pointee.isOneShot { entries.pointee.items[index &+ 1] = Value(smallInt: 0) }
    return Value(iterator.pointee.pair)
  }
  return .null
}

/// `select(readable, writable, failed[, timeout in seconds])`: three lists of those that are ready.
private func selectSelect(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let events = [1, 4, 8] as InlineArray<3, Int>
  let entries = try vm.newList()
  for kind in 0..<3 {
    var iteration = try Iteration(vm, arguments[kind])
    while true {
      let stream = try iteration.next()
      if stream.isNull { break }
      try vm.checkStream(stream)
      try vm.listAppend(entries, stream)
      try vm.listAppend(entries, Value(smallInt: events[kind]))
      try vm.listAppend(entries, Value(smallInt: 0))
    }
  }
  var milliseconds = -1
  if arguments.count > 3 && arguments[3] != .none { milliseconds = max(Int(try vm.floatValue(arguments[3]) * 1000), 0) }
  _ = try vm.wait(entries, milliseconds)
  let results = try vm.newTuple(Value(vm.newList()), Value(vm.newList()), Value(vm.newList()))
  var index = 0
  while index &+ 2 < entries.pointee.count {
    if entries.pointee.items[index &+ 2] != Value(smallInt: 0) {
      let kind = entries.pointee.items[index &+ 1].uncheckedSmallInt
      let list = TupleObject.items(results.unchecked(TupleObject.self))[kind == 1 ? 0 : kind == 4 ? 1 : 2]
      try vm.listAppend(list.unchecked(ListObject.self), entries.pointee.items[index])
    }
    index &+= 3
  }
  return results
}
