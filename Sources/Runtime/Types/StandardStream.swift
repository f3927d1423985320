// sys.stdin, sys.stdout and sys.stderr: immediates whose bytes go through the port.

enum StandardStreamType {
  static let methods: InlineArray<_, Method> = [
    Method(.write, 2...2, standardStreamWrite),
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
private func standardStreamMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: StandardStreamType.methods.span[index]) }

extension TypeRow {
  static let standardStream = TypeRow(
    .TextIOWrapper, isSubclassable: false, methodCount: UInt8(StandardStreamType.methods.count), method: standardStreamMethod, print: streamPrint,
    iterate: standardStreamIterate, next: standardStreamNext)
}

private func number(_ value: Value) -> Int { Int(value.index) &- 16 }

private func streamPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<io.TextIOWrapper ")
  try builder.append(decimal: number(value))
  try builder.append(byte: 62)
}

private func standardStreamIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }

private func standardStreamNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let line = try readLine(vm, Int.max)
  return vm.uncheckedText(line).count == 0 ? .null : line
}

private func standardStreamWrite(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let stream = number(arguments[0]) == 2 ? 2 : 1
  let value = vm.unwrapped(arguments[1])
  if vm.isString(value) {
    let text = vm.uncheckedText(value)
    vm.write(text, to: stream)
    return Value(smallInt: try vm.length(value))
  }
  let buffer = try vm.getBuffer(value, writable: false)
  vm.write(Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false), to: stream)
  return Value(smallInt: buffer.count)
}

private func standardStreamRead(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let given = arguments.optional(1)
  let limit = given.isNull || given == .none ? -1 : try vm.intValue(given)
  var builder = StringBuilder(vm)
  while limit < 0 || builder.count < limit {
    let wanted = limit < 0 ? 512 : min(512, limit &- builder.count)
    let target = try builder.reserve(wanted)
    let count = vm.interpreter.pointee.port.read(vm, target, wanted)
    try vm.pollPending()
    if count < 0 { try vm.raiseOSError(-count) }
    if count == 0 { break }
    builder.advance(count)
  }
  return try vm.newString(validating: builder.text)
}

private func streamReadinto(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let buffer = try vm.getBuffer(arguments[1], writable: true)
  let count = vm.interpreter.pointee.port.read(vm, buffer.start, buffer.count)
  try vm.pollPending()
  if count < 0 { try vm.raiseOSError(-count) }
  return Value(smallInt: count)
}

private func readLine(_ vm: VM, _ limit: Int) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  while builder.count < limit {
    var byte: UInt8 = 0
    let count = vm.interpreter.pointee.port.read(vm, &byte, 1)
    try vm.pollPending()
    if count < 0 { try vm.raiseOSError(-count) }
    if count == 0 { break }
    if byte >= 0x80 { builder.markNonASCII() }
    try builder.append(byte: byte)
    if byte == 10 { break }
  }
  return try vm.newString(validating: builder.text)
}

private func streamReadline(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let given = arguments.optional(1)
  let limit = given.isNull || given == .none ? Int.max : try vm.intValue(given)
  return try readLine(vm, limit < 0 ? Int.max : limit)
}

private func streamReadlines(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try vm.newList()
  while true {
    let line = try readLine(vm, Int.max)
    if vm.uncheckedText(line).count == 0 { return Value(list) }
    try vm.listAppend(list, line)
  }
}

private func streamNothing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .none }
private func streamSelf(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }
private func streamFileno(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: number(arguments[0])) }

/// The bytes below the text: a file over the same descriptor, where there is a module `io`.
private func streamBuffer(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let io = vm.builtinModule(.io)
  if io.isNull { return arguments[0] }
  let mode = try vm.newString(number(arguments[0]) == 0 ? "rb" : "wb")
  return try vm.call(vm.getAttribute(io, .open), Value(smallInt: number(arguments[0])), mode)
}
