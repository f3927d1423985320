// micropython.RingIO — a first-in first-out buffer of bytes of fixed size, a stream for passing data out of an interrupt handler.
//
// One slot always stays free, so that equal positions mean "empty": then one side may write while the other reads, each moving its own
// position last. No method but `read` and `readline` needs memory.

extension TypeID {
  static var ringIO: TypeID { TypeID(173) }
}

struct RingObject {
  var header: ObjectHeader
  /// A memoryview of the bytes: while it lives their number can't change.
  var storage: Value
  /// Bytes of the storage that are in use as slots.
  var size: Int
  var readPosition: Int
  var writePosition: Int

  var count: Int { writePosition >= readPosition ? writePosition &- readPosition : writePosition &+ size &- readPosition }
}

private enum RingType {
  static let methods: InlineArray<_, Method> = [
    Method(.any, 1...1, ringAny),
    Method(.read, 1...2, ringRead),
    Method(.readline, 1...2, ringReadLine),
    Method(.readinto, 2...3, ringReadInto),
    Method(.write, 2...2, ringWrite),
    Method(.close, 1...1, ringClose),
  ]
}

private func ringMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: RingType.methods.span[index]) }

extension TypeRow {
  static let ringIO = TypeRow(.RingIO, methodCount: UInt8(RingType.methods.count), method: ringMethod, make: ringMake, print: ringPrint)
}

/// `RingIO(size)` holds so many bytes; `RingIO(buffer)` one less than the buffer.
private func ringMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 1)
  var source = vm.unwrapped(arguments[0])
  var size = 0
  if !vm.isString(source), let buffer = vm.findBuffer(source, writable: true) {
    size = buffer.count
  } else {
    let wanted = try vm.intValue(source)
    size = wanted >= 0 && wanted < 0xffff ? wanted &+ 1 : 0
    if size > 0 { source = Value(try vm.newBytearray(count: size)) }
  }
  if size < 2 || size > 0xffff { try vm.raise(.valueError, "RingIO needs room for 1 to 65534 bytes") }
  return try newRing(vm, source, size)
}

/// Which of the events asked for (1 there are bytes to read, 4 there is room to write) have come.
func ringEvents(_ ring: Value, _ events: Int) -> Int {
  let object = ring.unchecked(RingObject.self)
  let count = object.pointee.count
  return events & ((count > 0 ? 1 : 0) | (count < object.pointee.size &- 1 ? 4 : 0))
}

private func newRing(_ vm: VM, _ source: Value, _ size: Int) throws(PyError) -> Value {
  let storage = try vm.newMemoryview(source)
  let ring = try vm.allocate(RingObject.self)
  ring.initialize(to: RingObject(header: ObjectHeader(.ringIO), storage: storage, size: size, readPosition: 0, writePosition: 0))
  return Value(ring)
}

private func ringPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<RingIO>")
}

/// The slots.
private func slots(_ vm: VM, _ ring: Ref<RingObject>) throws(PyError) -> UnsafeMutablePointer<UInt8> {
  let buffer = try vm.getBuffer(ring.pointee.storage, writable: true)
  if buffer.count < ring.pointee.size { try vm.raise(.valueError, "the buffer of the RingIO has changed") }
  return buffer.start
}

/// Takes `count` bytes out, which are there.
private func take(_ ring: Ref<RingObject>, _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<UInt8>) {
  let position = ring.pointee.readPosition
  let first = min(count, ring.pointee.size &- position)
  target.update(from: bytes + position, count: first)
  (target + first).update(from: bytes, count: count &- first)
  ring.pointee.readPosition = (position &+ count) % ring.pointee.size
}

/// An optional count of bytes, at most those that are there.
private func limit(_ vm: VM, _ ring: Ref<RingObject>, _ value: Value) throws(PyError) -> Int {
  if value.isNull || value == .none { return ring.pointee.count }
  let wanted = try vm.indexValue(value)
  return wanted < 0 ? ring.pointee.count : min(wanted, ring.pointee.count)
}

private func taken(_ vm: VM, _ ring: Ref<RingObject>, _ count: Int) throws(PyError) -> Value {
  if count == 0 { return vm.interpreter.pointee.emptyBytes }
  let object = try vm.newTextObject(.bytes, count: count, isASCII: false)
  take(ring, try slots(vm, ring), count, into: TextObject.bytes(object))
  return Value(object)
}

/// `any()`: how many bytes can be read.
private func ringAny(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: arguments[0].unchecked(RingObject.self).pointee.count)
}

/// `read(nbytes=-1)`: what there is of so many bytes.
private func ringRead(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let ring = arguments[0].unchecked(RingObject.self)
  return try taken(vm, ring, limit(vm, ring, arguments.optional(1)))
}

/// `readline(nbytes=-1)`: up to and with the end of a line.
private func ringReadLine(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let ring = arguments[0].unchecked(RingObject.self)
  let most = try limit(vm, ring, arguments.optional(1))
  let bytes = try slots(vm, ring)
  var count = 0
  while count < most {
    count &+= 1
    if bytes[(ring.pointee.readPosition &+ count &- 1) % ring.pointee.size] == 10 { break }
  }
  return try taken(vm, ring, count)
}

/// `readinto(buffer, nbytes=-1)`.
private func ringReadInto(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let ring = arguments[0].unchecked(RingObject.self)
  let most = try limit(vm, ring, arguments.optional(2))
  let buffer = try vm.getBuffer(arguments[1], writable: true)
  let count = min(most, buffer.count)
  take(ring, try slots(vm, ring), count, into: buffer.start)
  return Value(smallInt: count)
}

/// `write(buffer)`: answers how many bytes there was room for.
private func ringWrite(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let ring = arguments[0].unchecked(RingObject.self)
  let buffer = try vm.getBuffer(arguments[1], writable: false)
  let bytes = try slots(vm, ring)
  let count = min(buffer.count, ring.pointee.size &- 1 &- ring.pointee.count)
  let position = ring.pointee.writePosition
  let first = min(count, ring.pointee.size &- position)
  (bytes + position).update(from: buffer.start, count: first)
  bytes.update(from: buffer.start + first, count: count &- first)
  ring.pointee.writePosition = (position &+ count) % ring.pointee.size
  return Value(smallInt: count)
}

/// `close()`: nothing to do, streams have it.
private func ringClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .none }
