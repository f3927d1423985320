// io.StringIO and io.BytesIO — streams over a growing block of memory. Positions count bytes; text is UTF-8.

import Numerics

struct MemoryStreamObject {
  var header: ObjectHeader
  /// A pointer-free block with room for `capacity` bytes. Old blocks are left to the collector: views may still look at them. While the
  /// capacity is 0 the bytes are those of the immutable object that the stream was made from.
  var bytes: UnsafeMutablePointer<UInt8>
  var count: Int
  var capacity: Int
  /// May lie behind the end; writing there fills the gap with zeros.
  var position: Int
  var isClosed: Bool
}

extension TypeRow {
  static let stringIO = TypeRow(
    .StringIO, methodCount: UInt8(StreamMethods.rows.count), method: streamMethod, make: stringIOMake, print: memoryPrint,
    iterate: streamIterate, next: streamNext)
  static let bytesIO = TypeRow(
    .BytesIO, methodCount: UInt8(StreamMethods.rows.count), method: streamMethod, make: bytesIOMake, print: memoryPrint,
    iterate: streamIterate, next: streamNext, buffer: memoryBuffer)
}

// MARK: Making

private func newMemoryStream(_ vm: VM, _ type: TypeID, _ initial: Text, capacity: Int) throws(PyError) -> Value {
  let room = max(capacity, initial.count, 16)
  let bytes = try vm.allocateBytes(room)
  bytes.update(from: initial.start, count: initial.count)
  let object = try vm.allocate(MemoryStreamObject.self)
  object.initialize(
    to: MemoryStreamObject(header: ObjectHeader(type), bytes: bytes, count: initial.count, capacity: room, position: 0, isClosed: false))
  return Value(object)
}

/// A stream that reads an immutable object's bytes, and copies them only when something is written.
private func newBorrowingStream(_ vm: VM, _ type: TypeID, _ initial: Text) throws(PyError) -> Value {
  let object = try vm.allocate(MemoryStreamObject.self)
  object.initialize(
    to: MemoryStreamObject(
      header: ObjectHeader(type), bytes: UnsafeMutablePointer(mutating: initial.start), count: initial.count, capacity: 0, position: 0,
      isClosed: false))
  return Value(object)
}

/// `StringIO(initial_value='', newline='\n')`; MicroPython also takes a size to reserve.
private func stringIOMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try memoryMake(vm, .stringIO, "initial_value=?, newline=?", arguments)
}

/// `BytesIO(initial_bytes=b'')`; MicroPython also takes a size to reserve.
private func bytesIOMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try memoryMake(vm, .bytesIO, "initial_bytes=?", arguments)
}

private func memoryMake(_ vm: VM, _ type: TypeID, _ parameters: StaticString, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let initial = try vm.bind(Text(parameters), arguments)[0]
  if initial.isNull || initial == .none { return try newMemoryStream(vm, type, Text(""), capacity: 16) }
  if initial.isSmallInt { return try newMemoryStream(vm, type, Text(""), capacity: min(max(initial.uncheckedSmallInt, 16), 0x4000_0000)) }
  if type == .stringIO && !vm.isString(initial) { try vm.raise(.typeError, "initial_value must be str or None, not %t", initial) }
  if type == .bytesIO && vm.isString(initial) { try vm.raise(.typeError, "a bytes-like object is required, not '%t'", initial) }
  if vm.isString(initial) || vm.isBytes(initial) {
    let text = vm.uncheckedText(vm.unwrapped(initial))
    if text.count > 64 { return try newBorrowingStream(vm, type, text) }
  }
  let buffer = try vm.getBuffer(initial, writable: false)
  return try newMemoryStream(
    vm, type, Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false), capacity: buffer.count)
}

private func memoryPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<io.")
  try builder.append(vm.typeName(of: value))
  try builder.append(" 0x")
  try builder.append(hexadecimal: value.bits)
  try builder.append(byte: 62)
}

private func memoryBuffer(_ vm: VM, _ value: Value, _ writable: Bool) -> Buffer? {
  let stream = value.unchecked(MemoryStreamObject.self)
  if stream.pointee.capacity == 0 && !ownBytes(vm, stream) { return nil }
  return stream.pointee.isClosed ? nil : Buffer(start: stream.pointee.bytes, count: stream.pointee.count)
}

/// Copies borrowed bytes; false if there is no memory. Allocates.
private func ownBytes(_ vm: VM, _ stream: Ref<MemoryStreamObject>) -> Bool {
  let capacity = max(stream.pointee.count, 16)
  guard let memory = vm.heap.allocate(byteCount: capacity, atomic: true) else { return false }
  let bytes = memory.assumingMemoryBound(to: UInt8.self)
  bytes.update(from: stream.pointee.bytes, count: stream.pointee.count)
  stream.pointee.bytes = bytes
  stream.pointee.capacity = capacity
  return true
}

// MARK: The stream

extension VM {
  private func checkOpen(_ stream: Ref<MemoryStreamObject>) throws(PyError) {
    if stream.pointee.isClosed { try raise(.valueError, "I/O operation on closed file") }
  }

  func memoryAvailable(_ stream: Ref<MemoryStreamObject>) throws(PyError) -> Text {
    try checkOpen(stream)
    let start = min(stream.pointee.position, stream.pointee.count)
    return Text(start: UnsafePointer(stream.pointee.bytes + start), count: stream.pointee.count &- start, isASCII: false)
  }

  func memoryWrite(_ stream: Ref<MemoryStreamObject>, _ text: Text) throws(PyError) -> Int {
    try checkOpen(stream)
    let position = stream.pointee.position
    guard position < 0x4000_0000 &- text.count else { throw outOfMemory(position) }
    let end = position &+ text.count
    if end > stream.pointee.capacity {
      let capacity = max(end, stream.pointee.count, stream.pointee.capacity &* 2)
      let old = stream.pointee.bytes
      let bytes = try allocateBytes(capacity)
      bytes.update(from: old, count: stream.pointee.count)
      stream.pointee.bytes = bytes
      stream.pointee.capacity = capacity
    }
    let bytes = stream.pointee.bytes
    if position > stream.pointee.count { (bytes + stream.pointee.count).update(repeating: 0, count: position &- stream.pointee.count) }
    (bytes + position).update(from: text.start, count: text.count)
    stream.pointee.position = end
    stream.pointee.count = max(stream.pointee.count, end)
    return text.count
  }

  func memorySeek(_ stream: Ref<MemoryStreamObject>, _ offset: Int, _ whence: Int) throws(PyError) -> Int {
    try checkOpen(stream)
    let base = whence == 0 ? 0 : whence == 1 ? stream.pointee.position : stream.pointee.count
    let (position, overflow) = base.addingReportingOverflow(offset)
    if whence < 0 || whence > 2 || overflow || position < 0 && whence == 0 { try raiseOSError(22) }
    stream.pointee.position = max(position, 0)
    return stream.pointee.position
  }
}

// MARK: Methods

/// `getvalue()`.
func memoryValue(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let stream = arguments[0].unchecked(MemoryStreamObject.self)
  if stream.pointee.isClosed { try vm.raise(.valueError, "I/O operation on closed file") }
  if arguments[0].isObject(.stringIO) { return try vm.newString(validating: stream.pointee.bytes, stream.pointee.count) }
  return try vm.newBytes(stream.pointee.bytes, stream.pointee.count)
}

/// `BytesIO.getbuffer()`.
func memoryBufferView(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0].isObject(.stringIO) { try vm.raiseNoAttribute(arguments[0], Qstr.getbuffer) }
  return try vm.newMemoryview(arguments[0])
}
