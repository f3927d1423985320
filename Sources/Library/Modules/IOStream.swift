// io — what all streams share. A stream answers which unread bytes are at hand (`available`) and how many were used (`consume`); reading
// anything, text included, is built on these two. Memory streams have all their bytes at hand, files a buffer of some.

import Numerics

extension TypeID {
  static var stringIO: TypeID { TypeID(160) }
  static var bytesIO: TypeID { TypeID(161) }
  static var fileIO: TypeID { TypeID(162) }
  static var textIOWrapper: TypeID { TypeID(163) }
  static var ioBase: TypeID { TypeID(164) }
  static var bufferedWriter: TypeID { TypeID(165) }
}

/// The methods of StringIO, BytesIO, FileIO and TextIOWrapper.
enum StreamMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.read, 1...2, streamRead),
    Method(.readline, 1...2, streamReadLine),
    Method(.write, 2...4, streamWrite),
    Method(.readinto, 2...3, streamReadInto),
    Method(.readlines, 1...2, streamReadLines),
    Method(.writelines, 2...2, streamWriteLines),
    Method(.seek, 2...3, streamSeek),
    Method(.tell, 1...1, streamTell),
    Method(.flush, 1...1, streamFlush),
    Method(.close, 1...1, streamClose),
    Method(.truncate, 1...2, streamTruncate),
    Method(.readable, 1...1, streamReadable),
    Method(.writable, 1...1, streamWritable),
    Method(.seekable, 1...1, streamSeekable),
    Method(.isatty, 1...1, streamIsTerminal),
    Method(.closed, getter: streamClosed),
    Method(.__enter__, 1...1, streamEnter),
    Method(.__exit__, 1...4, streamClose),
    Method(.__next__, 1...1, streamNextMethod),
    Method(.__iter__, 1...1, streamEnter),
    // For memory streams these two, then for files the four below.
    Method(.getvalue, 1...1, memoryValue),
    Method(.getbuffer, 1...1, memoryBufferView),
  ]
  /// Rows that files have too.
  static var commonCount: Int { 20 }
}

func streamMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: StreamMethods.rows.span[index]) }

/// True for streams of text.
func isTextStream(_ value: Value) -> Bool { value.isObject(.stringIO) || value.isObject(.textIOWrapper) }

private func isMemory(_ value: Value) -> Bool { value.isObject(.stringIO) || value.isObject(.bytesIO) }

extension VM {
  // MARK: The two kinds

  /// The unread bytes at hand; a file reads more if there are none. Empty at the end; nil if a non-blocking file has none yet.
  func available(_ stream: Value) throws(PyError) -> Text? {
    isMemory(stream) ? try memoryAvailable(stream.unchecked()) : try fileAvailable(stream.unchecked())
  }

  func consume(_ stream: Value, _ count: Int) {
    if isMemory(stream) {
      stream.unchecked(MemoryStreamObject.self).pointee.position &+= count
    } else {
      stream.unchecked(FileObject.self).pointee.readStart &+= count
    }
  }

  func writeBytes(_ stream: Value, _ text: Text) throws(PyError) -> Int {
    isMemory(stream) ? try memoryWrite(stream.unchecked(), text) : try fileWrite(stream.unchecked(), text)
  }

  // MARK: Reading

  /// Up to `limit` bytes, or all.
  func readBytes(_ stream: Value, limit: Int?) throws(PyError) -> Value {
    if isMemory(stream) {
      let rest = try memoryAvailable(stream.unchecked())
      let count = min(limit ?? rest.count, rest.count)
      consume(stream, count)
      return try newBytes(rest.start, count)
    }
    var builder = StringBuilder(self)
    while builder.count < limit ?? Int.max {
      guard let bytes = try available(stream) else {
        if builder.count == 0 { return .none }
        break
      }
      if bytes.count == 0 { break }
      let count = min(bytes.count, (limit ?? Int.max) &- builder.count)
      try builder.append(Text(start: bytes.start, count: count, isASCII: true))
      consume(stream, count)
    }
    return try builder.finishBytes()
  }

  /// Up to `limit` characters, or all.
  func readText(_ stream: Value, limit: Int?) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    // Characters that may still begin, and bytes that the last one lacks.
    var characters = limit ?? Int.max
    var missing = 0
    while characters > 0 || missing > 0 {
      guard let bytes = try available(stream) else {
        if builder.count == 0 { return .none }
        break
      }
      if bytes.count == 0 { break }
      var used = limit == nil ? bytes.count : 0
      while used < bytes.count && (characters > 0 || missing > 0) {
        let byte = bytes[used]
        if missing > 0 {
          missing &-= 1
        } else {
          characters &-= 1
          missing = Utf8.length(lead: byte) &- 1
        }
        used &+= 1
      }
      try builder.append(Text(start: bytes.start, count: used, isASCII: false))
      consume(stream, used)
    }
    let text = builder.text
    return try newString(validating: text.start, text.count)
  }

  /// A line with its end, of at most `limit` bytes; `null` at the end.
  func readLine(_ stream: Value, limit: Int) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    var isDone = false
    while !isDone && builder.count < limit {
      guard let bytes = try available(stream), bytes.count > 0 else { break }
      let most = min(bytes.count, limit &- builder.count)
      var count = 0
      while count < most && bytes[count] != 10 { count &+= 1 }
      if count < most {
        count &+= 1
        isDone = true
      }
      try builder.append(Text(start: bytes.start, count: count, isASCII: true))
      consume(stream, count)
    }
    if builder.count == 0 { return .null }
    if !isTextStream(stream) { return try builder.finishBytes() }
    let text = builder.text
    return try newString(validating: text.start, text.count)
  }

  fileprivate func emptyData(_ stream: Value) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    return isTextStream(stream) ? try builder.finish() : try builder.finishBytes()
  }

  /// An optional size; nil for none, None and negative ones.
  func sizeArgument(_ value: Value) throws(PyError) -> Int? {
    if value.isNull || value == .none { return nil }
    let size = try indexValue(value)
    return size < 0 ? nil : size
  }
}

// MARK: Methods

private func streamRead(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let limit = try vm.sizeArgument(arguments.optional(1))
  return isTextStream(arguments[0]) ? try vm.readText(arguments[0], limit: limit) : try vm.readBytes(arguments[0], limit: limit)
}

private func streamReadLine(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let line = try vm.readLine(arguments[0], limit: vm.sizeArgument(arguments.optional(1)) ?? Int.max)
  if !line.isNull { return line }
  _ = try vm.available(arguments[0])
  return try vm.emptyData(arguments[0])
}

private func streamReadLines(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let hint = try vm.sizeArgument(arguments.optional(1)) ?? 0
  let list = try vm.newList()
  var total = 0
  while true {
    let line = try vm.readLine(arguments[0], limit: Int.max)
    if line.isNull { return Value(list) }
    try vm.listAppend(list, line)
    total &+= vm.uncheckedText(line).count
    if hint > 0 && total >= hint { return Value(list) }
    try vm.pollPending()
  }
}

private func streamReadInto(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let limit = try vm.sizeArgument(arguments.optional(2)) ?? Int.max
  var done = 0
  while true {
    // Reading may collect, and a signal handler may run: the buffer is looked up each time.
    let buffer = try vm.getBuffer(arguments[1], writable: true)
    let wanted = min(buffer.count, limit) &- done
    if wanted <= 0 { break }
    guard let bytes = try vm.available(arguments[0]) else {
      if done == 0 { return .none }
      break
    }
    if bytes.count == 0 { break }
    let count = min(bytes.count, wanted)
    (buffer.start + done).update(from: bytes.start, count: count)
    vm.consume(arguments[0], count)
    done &+= count
  }
  return Value(smallInt: done)
}

/// `write(data)`; MicroPython also has `write(data, count)` and `write(data, offset, count)`.
private func streamWrite(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let buffer = try vm.getBuffer(arguments[1], writable: false)
  var text = Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false)
  if arguments.count > 2 {
    let offset = arguments.count > 3 ? max(try vm.indexValue(arguments[2]), 0) : 0
    let count = max(try vm.indexValue(arguments[arguments.count &- 1]), 0)
    let from = min(offset, text.count)
    text = Text(start: text.start + from, count: min(count, text.count &- from), isASCII: false)
  }
  let isString = vm.isString(arguments[1])
  if arguments[0].isObject(.stringIO) && !isString && Utf8.validate(text.start, text.count) != text.count { try vm.raise(.unicodeError) }
  let written = try vm.writeBytes(arguments[0], text)
  if written < 0 { return .none }
  return Value(smallInt: isString ? Utf8.count(text.start, min(written, text.count)) : written)
}

private func streamWriteLines(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var iteration = try Iteration(vm, arguments[1])
  while true {
    let line = try iteration.next()
    if line.isNull { return .none }
    let buffer = try vm.getBuffer(line, writable: false)
    _ = try vm.writeBytes(arguments[0], Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false))
    try vm.pollPending()
  }
}

private func streamSeek(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let offset = try vm.intValue(arguments[1])
  let whence = arguments.count > 2 ? try vm.intValue(arguments[2]) : 0
  if isMemory(arguments[0]) { return try vm.newInt(vm.memorySeek(arguments[0].unchecked(), offset, whence)) }
  return try vm.newInt(vm.fileSeek(arguments[0].unchecked(), offset, whence))
}

private func streamTell(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if isMemory(arguments[0]) { return try vm.newInt(vm.memorySeek(arguments[0].unchecked(), 0, 1)) }
  return try vm.newInt(vm.fileSeek(arguments[0].unchecked(), 0, 1))
}

private func streamFlush(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if !isMemory(arguments[0]) { try vm.fileFlush(arguments[0].unchecked()) }
  return .none
}

private func streamClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if isMemory(arguments[0]) {
    arguments[0].unchecked(MemoryStreamObject.self).pointee.isClosed = true
  } else {
    try vm.fileClose(arguments[0].unchecked())
  }
  return .none
}

private func streamTruncate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard isMemory(arguments[0]) else {
    let file: Ref<FileObject> = arguments[0].unchecked()
    let given = try vm.sizeArgument(arguments.optional(1))
    let size = if let given { given } else { try vm.fileSeek(file, 0, 1) }
    try vm.fileTruncate(file, size)
    return try vm.newInt(size)
  }
  let stream = arguments[0].unchecked(MemoryStreamObject.self)
  let here = try vm.memorySeek(stream, 0, 1)
  let size = try vm.sizeArgument(arguments.optional(1)) ?? here
  stream.pointee.count = min(stream.pointee.count, size)
  return try vm.newInt(size)
}

/// Flags of what a stream can do; raises if it is closed.
private func access(_ vm: VM, _ stream: Value) throws(PyError) -> Int {
  if isMemory(stream) {
    _ = try vm.memorySeek(stream.unchecked(), 0, 1)
    return OpenFlags.read | OpenFlags.write
  }
  let file = stream.unchecked(FileObject.self)
  if file.pointee.descriptor < 0 { try vm.raise(.valueError, "I/O operation on closed file") }
  return file.pointee.flags
}

private func streamReadable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try access(vm, arguments[0]) & OpenFlags.read != 0)
}

private func streamWritable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try access(vm, arguments[0]) & OpenFlags.write != 0)
}

private func streamSeekable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = try access(vm, arguments[0])
  if isMemory(arguments[0]) { return .true }
  let file = arguments[0].unchecked(FileObject.self)
  return Value(!file.pointee.backing.isNull || vm.interpreter.pointee.port.files.seek(file.pointee.descriptor, 0, 1) >= 0)
}

private func streamIsTerminal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = try access(vm, arguments[0])
  return .false
}

private func streamClosed(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if isMemory(arguments[0]) { return Value(arguments[0].unchecked(MemoryStreamObject.self).pointee.isClosed) }
  return Value(arguments[0].unchecked(FileObject.self).pointee.descriptor < 0)
}

private func streamEnter(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = try access(vm, arguments[0])
  return arguments[0]
}

private func streamNextMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let line = try vm.readLine(arguments[0], limit: Int.max)
  if line.isNull { try vm.raise(.stopIteration) }
  return line
}

// MARK: Slots

func streamIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  _ = try access(vm, value)
  return value
}

func streamNext(_ vm: VM, _ value: Value) throws(PyError) -> Value { try vm.readLine(value, limit: Int.max) }
