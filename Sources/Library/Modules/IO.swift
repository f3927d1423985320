// io — the module: open(), and the base class and buffer for streams written in Python. Memory streams are in IOMemory.swift, files in
// IOFile.swift; read IOStream.swift first.

private enum IOModule {
  static let rows: InlineArray<_, Method> = [
    Method(.open, "file, mode=?, buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None", ioOpen),
    Method(.StringIO, constant: Value(type: .stringIO)),
    Method(.BytesIO, constant: Value(type: .bytesIO)),
    Method(.FileIO, constant: Value(type: .fileIO)),
    Method(.TextIOWrapper, constant: Value(type: .textIOWrapper)),
    Method(.IOBase, constant: Value(type: .ioBase)),
    Method(.BufferedWriter, constant: Value(type: .bufferedWriter)),
    Method(.SEEK_SET, constant: Value(smallInt: 0)),
    Method(.SEEK_CUR, constant: Value(smallInt: 1)),
    Method(.SEEK_END, constant: Value(smallInt: 2)),
    Method(.DEFAULT_BUFFER_SIZE, constant: Value(smallInt: 8192)),
  ]
}

private func ioRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: IOModule.rows.span[index]) }

extension ModuleRow {
  static let io = ModuleRow(.io, isExtensible: true, rowCount: UInt8(IOModule.rows.count), row: ioRow)
}

private func ioOpen(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = arguments[1].isNull ? Text("r") : try vm.text(ofString: arguments[1])
  return try vm.openFile(arguments[0], mode: mode)
}

extension VM {
  /// Writes to an object with a `write` method. A stream class derived from `IOBase` may take a part at a time, but not more than it was given
  /// (EIO). Allocates; may run Python code.
  func writeText(_ text: Text, toObject file: Value) throws(PyError) {
    let isStream = pythonClass(of: file).map { $0.pointee.nativeBase == .ioBase } ?? false
    var rest = text
    while true {
      let answer = try callMethod(file, .write, newString(rest))
      guard isStream, answer.isSmallInt else { return }
      let count = answer.uncheckedSmallInt
      if count < 0 || count > rest.count { try raiseOSError(5) }
      // Of other text the stream may have counted the characters.
      if count == 0 || count == rest.count || !rest.isASCII { return }
      rest = rest.part(count, rest.count &- count)
    }
  }
}

// MARK: IOBase

extension TypeRow {
  /// The base of stream classes written in Python; it has nothing but its name.
  static let ioBase = TypeRow(.IOBase, make: ioBaseMake)
}

private func ioBaseMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let object = try vm.allocate(ObjectHeader.self)
  object.initialize(to: ObjectHeader(.ioBase))
  return Value(object)
}

// MARK: BufferedWriter

struct BufferedWriterObject {
  var header: ObjectHeader
  var stream: Value
  /// A bytearray with room for all.
  var buffer: Ref<BytearrayObject>
  var used: Int
  var isClosed: Bool
}

private enum BufferedWriterMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.write, 2...2, bufferedWrite), Method(.flush, 1...1, bufferedFlush), Method(.close, 1...1, bufferedClose),
    Method(.__enter__, 1...1, bufferedEnter), Method(.__exit__, 1...4, bufferedClose),
  ]
}

private func bufferedWriterMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  row.initialize(to: BufferedWriterMethods.rows.span[index])
}

extension TypeRow {
  static let bufferedWriter = TypeRow(
    .BufferedWriter, methodCount: UInt8(BufferedWriterMethods.rows.count), method: bufferedWriterMethod, make: bufferedWriterMake)
}

/// `BufferedWriter(raw, buffer_size=8192)`.
private func bufferedWriterMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 2)
  let size = arguments.count > 1 ? try vm.intValue(arguments[1]) : 8192
  if size <= 0 { try vm.raise(.valueError, "invalid buffer size") }
  let buffer = try vm.newBytearray(count: size)
  let object = try vm.allocate(BufferedWriterObject.self)
  object.initialize(
    to: BufferedWriterObject(header: ObjectHeader(.bufferedWriter), stream: arguments[0], buffer: buffer, used: 0, isClosed: false))
  return Value(object)
}

private func writer(_ vm: VM, _ value: Value) throws(PyError) -> Ref<BufferedWriterObject> {
  let writer = value.unchecked(BufferedWriterObject.self)
  if writer.pointee.isClosed { try vm.raise(.valueError, "I/O operation on closed file") }
  return writer
}

/// Hands what is buffered to the stream; OSError (EAGAIN) if that takes nothing.
private func flush(_ vm: VM, _ writer: Ref<BufferedWriterObject>) throws(PyError) {
  while writer.pointee.used > 0 {
    let chunk = try vm.newBytearray(UnsafePointer(writer.pointee.buffer.pointee.bytes), writer.pointee.used)
    let answer = try vm.callMethod(writer.pointee.stream, .write, Value(chunk))
    if answer == .none { try vm.raiseOSError(11) }
    let written = min(max(try vm.intValue(answer), 0), writer.pointee.used)
    if written == 0 { try vm.raiseOSError(5) }
    let bytes = writer.pointee.buffer.pointee.bytes
    bytes.update(from: bytes + written, count: writer.pointee.used &- written)
    writer.pointee.used &-= written
  }
}

private func bufferedWrite(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let writer = try writer(vm, arguments[0])
  let total = try vm.getBuffer(arguments[1], writable: false).count
  var done = 0
  while done < total {
    let capacity = writer.pointee.buffer.pointee.count
    if writer.pointee.used == capacity { try flush(vm, writer) }
    let source = try vm.getBuffer(arguments[1], writable: false)
    let count = min(capacity &- writer.pointee.used, source.count &- done)
    if count <= 0 { break }
    (writer.pointee.buffer.pointee.bytes + writer.pointee.used).update(from: source.start + done, count: count)
    writer.pointee.used &+= count
    done &+= count
    if writer.pointee.used == capacity { try flush(vm, writer) }
  }
  return Value(smallInt: done)
}

private func bufferedFlush(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try flush(vm, writer(vm, arguments[0]))
  return .none
}

private func bufferedClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let writer = arguments[0].unchecked(BufferedWriterObject.self)
  if writer.pointee.isClosed { return .none }
  try flush(vm, writer)
  writer.pointee.isClosed = true
  _ = try vm.callMethod(writer.pointee.stream, .close)
  return .none
}

private func bufferedEnter(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = try writer(vm, arguments[0])
  return arguments[0]
}
