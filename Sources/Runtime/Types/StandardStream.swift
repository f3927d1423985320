// sys.stdin, sys.stdout and sys.stderr, and the streams of bytes below them: immediates whose bytes go through the port.

import Numerics

enum StandardStreamType {
  static let methods: InlineArray<_, Method> = [
    Method(.write, 2...4, standardStreamWrite),
    Method(.read, 1...2, standardStreamRead),
    Method(.readinto, 2...3, streamReadinto),
    Method(.readline, 1...2, streamReadline),
    Method(.readlines, 1...1, streamReadlines),
    Method(.flush, 1...1, streamNothing),
    Method(.close, 1...1, streamNothing),
    Method(.fileno, 1...1, streamFileno),
    Method(.buffer, getter: streamBuffer),
    Method(.__enter__, 1...1, streamSelf),
    Method(.__exit__, 4...4, streamNothing),
  ]
}
private func standardStreamMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  row.initialize(to: StandardStreamType.methods.span[index])
}

extension TypeRow {
  static let standardStream = TypeRow(
    .TextIOWrapper, isSubclassable: false, methodCount: UInt8(StandardStreamType.methods.count), method: standardStreamMethod,
    print: streamPrint,
    iterate: standardStreamIterate, next: standardStreamNext)
  static let standardByteStream = TypeRow(
    .FileIO, isSubclassable: false, methodCount: UInt8(StandardStreamType.methods.count), method: standardStreamMethod,
    print: streamPrint,
    iterate: standardStreamIterate, next: standardStreamNext)
}

/// 0, 1, 2 for the streams of text, 3, 4, 5 for those of bytes.
private func number(_ value: Value) -> Int { Int(value.index) &- 16 }
private func isBinary(_ value: Value) -> Bool { number(value) >= 3 }

extension VM {
  /// True for `sys.stdin` (0), `sys.stdout` (1) and `sys.stderr` (2) themselves.
  @inline(__always) public func isStandardStream(_ value: Value, _ number: Int) -> Bool { value == Value(.constant, 16 &+ UInt(number)) }

  /// The descriptor (0, 1, 2) of a standard stream, be it of text or bytes; nil for anything else.
  public func standardStreamNumber(_ value: Value) -> Int? {
    guard value.isImmediate(.constant), value.index >= 16, value.index < 22 else { return nil }
    return number(value) % 3
  }

  /// The type of a standard stream; nil for anything else.
  func standardStreamType(_ value: Value) -> TypeID? {
    guard standardStreamNumber(value) != nil else { return nil }
    return isBinary(value) ? .standardByteStream : .standardStream
  }

  /// Reads from the port, at least one byte unless the input is at its end. May run Python code (callbacks).
  func readInput(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PyError) -> Int {
    while true {
      let got = interpreter.pointee.port.read(self, target, count)
      if got >= 0 { return got }
      try pollPending()
      if got != StreamError.interrupted { try raiseOSError(0 &- got) }
    }
  }
}

private func streamPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append(isBinary(value) ? "<io.FileIO " : "<io.TextIOWrapper ")
  try builder.append(decimal: number(value) % 3)
  try builder.append(byte: 62)
}

private func standardStreamIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }

private func standardStreamNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let line = try readLine(vm, value, Int.max)
  return vm.uncheckedText(line).count == 0 ? .null : line
}

/// `write(data)`, `write(data, count)`, `write(data, offset, count)`.
private func standardStreamWrite(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let stream = (number(arguments[0]) % 3 == 2 ? StreamNumber.error : StreamNumber.output) | (isBinary(arguments[0]) ? StreamNumber.raw : 0)
  let value = vm.unwrapped(arguments[1])
  if vm.isString(value) && arguments.count == 2 {
    let text = vm.uncheckedText(value)
    vm.write(text, to: stream)
    return Value(smallInt: isBinary(arguments[0]) ? text.count : try vm.length(value))
  }
  let buffer = try vm.getBuffer(value, writable: false)
  let offset = arguments.count > 3 ? min(max(try vm.intValue(arguments[2]), 0), buffer.count) : 0
  let most = arguments.count > 2 ? max(try vm.intValue(arguments[arguments.count &- 1]), 0) : buffer.count
  let count = min(most, buffer.count &- offset)
  vm.write(Text(start: UnsafePointer(buffer.start + offset), count: count, isASCII: false), to: stream)
  return Value(smallInt: count)
}

/// Up to so many bytes, or of text so many characters; all without a limit.
private func standardStreamRead(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let given = arguments.optional(1)
  let limit = given.isNull || given == .none ? -1 : try vm.intValue(given)
  var builder = StringBuilder(vm)
  let isText = !isBinary(arguments[0])
  // Bytes that are wanted at least: of characters that have begun, the rest.
  var wanted = limit < 0 ? 512 : limit
  while wanted > 0 {
    let most = min(wanted, 512)
    let target = try builder.reserve(most)
    let count = try vm.readInput(target, most)
    if count == 0 { break }
    builder.advance(count)
    if limit < 0 { continue }
    wanted = isText ? missingBytes(builder.text, characters: limit) : limit &- builder.count
  }
  return isText ? try vm.newString(validating: builder.text) : try builder.finishBytes()
}

/// How many bytes, at least, are missing until the text has so many whole characters.
private func missingBytes(_ text: Text, characters: Int) -> Int {
  var index = 0
  var left = characters
  while index < text.count && left > 0 {
    index &+= Utf8.length(lead: text[index])
    left &-= 1
  }
  return left &+ max(index &- text.count, 0)
}

/// `readinto(buffer)`, `readinto(buffer, count)`.
private func streamReadinto(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let limit = arguments.count > 2 ? max(try vm.intValue(arguments[2]), 0) : Int.max
  while true {
    // A callback may run between two tries: the buffer is looked up each time.
    let buffer = try vm.getBuffer(arguments[1], writable: true)
    let count = min(buffer.count, limit)
    if count == 0 { return Value(smallInt: 0) }
    let got = vm.interpreter.pointee.port.read(vm, buffer.start, count)
    if got >= 0 { return Value(smallInt: got) }
    try vm.pollPending()
    if got != StreamError.interrupted { try vm.raiseOSError(0 &- got) }
  }
}

private func readLine(_ vm: VM, _ stream: Value, _ limit: Int) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  while builder.count < limit {
    var byte: UInt8 = 0
    if try vm.readInput(&byte, 1) == 0 { break }
    if byte >= 0x80 { builder.markNonASCII() }
    try builder.append(byte: byte)
    if byte == 10 { break }
  }
  return isBinary(stream) ? try builder.finishBytes() : try vm.newString(validating: builder.text)
}

private func streamReadline(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let given = arguments.optional(1)
  let limit = given.isNull || given == .none ? Int.max : try vm.intValue(given)
  return try readLine(vm, arguments[0], limit < 0 ? Int.max : limit)
}

private func streamReadlines(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try vm.newList()
  while true {
    let line = try readLine(vm, arguments[0], Int.max)
    if vm.uncheckedText(line).count == 0 { return Value(list) }
    try vm.listAppend(list, line)
  }
}

private func streamNothing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .none }
private func streamSelf(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }
private func streamFileno(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: number(arguments[0]) % 3) }

/// The stream of bytes below the text.
private func streamBuffer(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(.constant, 16 &+ UInt(3 &+ number(arguments[0]) % 3))
}
