// bytes — an immutable sequence of bytes. The object is Core's TextObject; most method bodies are str's (Str+*.swift).

import Numerics

private enum BytesType {
  static let methods: InlineArray<_, Method> = [
    Method(.decode, 0...255, bytesDecode),
    Method(.hex, 0...255, bytesHex),
    Method(.fromhex, classMethod: 2...2, bytesFromHex),
    Method(.join, 2...2, textJoin),
    Method(.split, 0...255, textSplit),
    Method(.strip, 1...2, textStrip, data: 3),
    Method(.replace, 0...255, textReplace),
    Method(.startswith, 2...4, textStartsWith, data: 0),
    Method(.endswith, 2...4, textStartsWith, data: 1),
    Method(.find, 2...4, textFind, data: 0),
    Method(.rfind, 2...4, textFind, data: 1),
    Method(.index, 2...4, textFind, data: 2),
    Method(.rindex, 2...4, textFind, data: 3),
    Method(.count, 2...4, textCount),
    Method(.lower, 1...1, textChangeCase, data: 0),
    Method(.upper, 1...1, textChangeCase, data: 1),
    Method(.capitalize, 1...1, textChangeCase, data: 2),
    Method(.title, 1...1, textChangeCase, data: 3),
    Method(.swapcase, 1...1, textChangeCase, data: 4),
    Method(.lstrip, 1...2, textStrip, data: 1),
    Method(.rstrip, 1...2, textStrip, data: 2),
    Method(.rsplit, 0...255, textSplitBackward),
    Method(.splitlines, "keepends=False", textSplitLines),
    Method(.partition, 2...2, textPartition, data: 0),
    Method(.rpartition, 2...2, textPartition, data: 1),
    Method(.ljust, 2...3, textAlign, data: 0),
    Method(.rjust, 2...3, textAlign, data: 1),
    Method(.center, 2...3, textAlign, data: 2),
    Method(.zfill, 2...2, textZeroFill),
    Method(.expandtabs, "tabsize=8", textExpandTabs),
    Method(.removeprefix, 2...2, textRemoveAffix, data: 0),
    Method(.removesuffix, 2...2, textRemoveAffix, data: 1),
    Method(.isalpha, 1...1, textIs, data: 0),
    Method(.isdigit, 1...1, textIs, data: 1),
    Method(.isalnum, 1...1, textIs, data: 2),
    Method(.isspace, 1...1, textIs, data: 3),
    Method(.isupper, 1...1, textIs, data: 4),
    Method(.islower, 1...1, textIs, data: 5),
    Method(.istitle, 1...1, textIs, data: 6),
    Method(.isascii, 1...1, textIs, data: 7),
    Method(.translate, "table, /, delete=?", bytesTranslate),
    Method(.maketrans, staticMethod: 2...2, bytesMakeTranslation),
    Method(.__len__, 1...1, nativeLength),
    Method(.__iter__, 1...1, nativeIterator),
    Method(.__contains__, 2...2, nativeContains),
    Method(.__getitem__, 2...2, nativeGetItem),
  ]
}

private func bytesMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: BytesType.methods.span[index]) }

extension TypeRow {
  static let bytes = TypeRow(
    .bytes, methodCount: UInt8(BytesType.methods.count), method: bytesMethod, make: bytesMake, print: bytesPrint, unary: textUnary,
    binary: bytesBinary, getItem: bytesGetItem, iterate: iterateSequence, buffer: bytesBuffer)
}

// MARK: Slots

/// `bytes(source=b'', encoding, errors)`.
private func bytesMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 1 && arguments.keywordCount == 0 && arguments[0].isObject(.bytes) { return arguments[0] }
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("source=?, encoding=?, errors=?", arguments)
  if let owner = vm.pythonClass(of: bound[0]) {
    let hook = vm.special(owner, .__bytes__)
    if !hook.isNull {
      let result = try vm.call(hook, bound[0])
      guard vm.isBytes(result) else { try vm.raise(.typeError, "__bytes__ returned non-bytes (type %t)", result) }
      return result
    }
  }
  var builder = StringBuilder(vm)
  try vm.appendBytes(from: bound, &builder)
  return try builder.finishBytes()
}

private func bytesPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append(byte: 98)
  try vm.appendRepr(bytes: vm.uncheckedText(value), &builder)
}

/// For `bytes` and `bytearray`.
func bytesBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  switch operation {
  case .add, .inPlaceAdd:
    guard let a = vm.bytesLike(left), let b = vm.bytesLike(right) else { return .null }
    if a.count == 0 && left.isObject(.bytes) && right.isObject(.bytes) { return right }
    return try concatenateBytes(vm, left, a, b)
  case .multiply, .inPlaceMultiply:
    let isLeft = isBytesObject(left)
    guard let times = try vm.repeatCount(isLeft ? right : left) else { return .null }
    return try vm.repeated(isLeft ? left : right, times)
  case .modulo, .inPlaceModulo: return isBytesObject(left) ? try vm.percentFormat(vm.textReceiver(left), right) : .null
  case .contains:
    guard isBytesObject(left) else { return .null }
    return try bytesContains(vm, left, right)
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual:
    guard let a = vm.bytesLike(left), let b = vm.bytesLike(right), comparesWithBytes(vm, left), comparesWithBytes(vm, right) else {
      return .null
    }
    return vm.textOrder(operation, a, b)
  default: return .null
  }
}

/// Elements of an array may be no bytes, so it is never equal to bytes.
private func comparesWithBytes(_ vm: VM, _ value: Value) -> Bool { !vm.unwrapped(value).isObject(.array) }

private func isBytesObject(_ value: Value) -> Bool { value.isObject(.bytes) || value.isObject(.bytearray) }

/// The sum is of the left operand's type, if that is `bytes` or `bytearray`.
private func concatenateBytes(_ vm: VM, _ left: Value, _ a: Text, _ b: Text) throws(PyError) -> Value {
  guard isBytesObject(left) else { return .null }
  guard a.count < 0x7fff_ffff &- b.count else { throw vm.outOfMemory(Int.max) }
  if left.isObject(.bytearray) {
    let array = try vm.newBytearray(count: a.count &+ b.count)
    array.pointee.bytes.copy(from: a.start, count: a.count)
    (array.pointee.bytes + a.count).copy(from: b.start, count: b.count)
    return Value(array)
  }
  if b.count == 0 { return left }
  let object = try vm.newTextObject(.bytes, count: a.count &+ b.count, isASCII: false)
  TextObject.bytes(object).copy(from: a.start, count: a.count)
  (TextObject.bytes(object) + a.count).copy(from: b.start, count: b.count)
  return Value(object)
}

/// `item in container`: a byte, or bytes that occur in it.
private func bytesContains(_ vm: VM, _ container: Value, _ item: Value) throws(PyError) -> Value {
  if let needle = vm.bytesLike(item) { return Value(TextSearch.find(vm.uncheckedText(container), needle) >= 0) }
  guard vm.isIndex(item) else { try vm.raise(.typeError, "a bytes-like object is required, not '%t'", item) }
  let byte = try vm.byteValue(item)
  let text = vm.uncheckedText(container)
  return Value(TextSearch.first(byte, text.start, text.count) >= 0)
}

private func bytesGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value {
  let text = TextObject.text(value.unchecked())
  if index.isObject(.slice) {
    let range = try vm.sliceIndices(index, text.count)
    if range.count == 0 { return vm.interpreter.pointee.emptyBytes }
    if range.step == 1 {
      if range.count == text.count { return value }
      return try vm.newBytes(text.start + range.start, range.count)
    }
    let object = try vm.newTextObject(.bytes, count: range.count, isASCII: false)
    vm.copyStepped(text.start, range, TextObject.bytes(object))
    return Value(object)
  }
  let position = try vm.checkedPosition(vm.subscriptInteger(index, Qstr.bytes), text.count, Qstr.bytes)
  return Value(smallInt: Int(text.start[position]))
}

private func bytesBuffer(_ vm: VM, _ value: Value, _ writable: Bool) -> Buffer? {
  if writable { return nil }
  let text = TextObject.text(value.unchecked())
  return Buffer(start: UnsafeMutablePointer(mutating: text.start), count: text.count)
}

// MARK: Making

extension VM {
  /// An integer from 0 to 255, or ValueError.
  @inline(__always) func byteValue(_ value: Value) throws(PyError) -> UInt8 {
    let integer = value.isSmallInt ? value.uncheckedSmallInt : try indexValue(value)
    if UInt(bitPattern: integer) > 255 { try raise(.valueError, "bytes value out of range") }
    return UInt8(truncatingIfNeeded: integer)
  }

  /// Appends what `bytes(source, encoding, errors)` consists of. `bound` has one slot a parameter, null if absent.
  func appendBytes(from bound: Arguments, _ builder: inout StringBuilder) throws(PyError) {
    let source = bound[0]
    if source.isNull { return }
    if isString(source) {
      if bound[1].isNull { try raise(.typeError, "string argument without an encoding") }
      let encoded = try encodeText(uncheckedText(source), codec(bound[1]), codecErrors(bound[2]))
      return try builder.append(uncheckedText(encoded))
    }
    if !bound[1].isNull || !bound[2].isNull { try raise(.typeError, "encoding without a string argument") }
    if let text = bytesLike(source) { return try builder.append(text) }
    let plain = unwrapped(source)
    if plain.isSmallInt || plain.isBool || plain.isObject(.int) || pythonClass(of: source).map({ !special($0, .__index__).isNull }) == true
    {
      let count = try intValue(source)
      if count < 0 { try raise(.valueError, "negative count") }
      return try builder.append(repeating: 0, count)
    }
    var iteration = try Iteration(self, source)
    while true {
      let item = try iteration.next()
      if item.isNull { return }
      try builder.append(byte: byteValue(item))
    }
  }
}

// MARK: Methods

/// `hex([sep[, bytes_per_sep]])` of bytes, bytearray and memoryview.
func bytesHex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "sep=?, bytes_per_sep=?", 1, 3)
  let every = arguments.optional(2).isNull ? 1 : try vm.intValue(arguments[2])
  var separator = Text.none
  if !arguments.optional(1).isNull {
    separator = vm.isString(arguments[1]) ? vm.uncheckedText(arguments[1]) : try vm.textArgument(.bytes, arguments[1])
    if separator.count != 1 { try vm.raise(.valueError, "sep must be length 1.") }
  }
  guard let text = vm.bytesLike(arguments[0]) else { try vm.raise(.typeError, "object with buffer protocol required") }
  return try vm.hexText(text, separator, every)
}

extension VM {
  /// Hexadecimal digits, with a separator after every so many bytes counted from the right (from the left if negative).
  public func hexText(_ text: Text, _ separator: Text, _ every: Int) throws(PyError) -> Value {
    if text.count == 0 { return Value(Qstr.empty) }
    let size = Int(min(every.magnitude, UInt(Int.max)))
    let hasSeparators = separator.count > 0 && size > 0
    let total = text.count &* 2 &+ (hasSeparators ? (text.count &- 1) / size : 0)
    if text.count >= 0x2000_0000 { throw outOfMemory(total) }
    let object = try newTextObject(.str, count: total, isASCII: true)
    let target = TextObject.bytes(object)
    var position = 0
    for index in 0..<text.count {
      if index & 0xffff == 0xffff { try pollInterrupt() }
      let distance = every > 0 ? text.count &- index : index
      if hasSeparators && index > 0 && distance % size == 0 {
        target[position] = separator.start[0]
        position &+= 1
      }
      let byte = text.start[index]
      target[position] = TextDigits.hex(byte &>> 4)
      target[position &+ 1] = TextDigits.hex(byte & 15)
      position &+= 2
    }
    return Value(object)
  }

  /// Appends the bytes that hexadecimal digits mean; white space between bytes is skipped if allowed.
  public func appendHex(_ text: Text, allowsSpace: Bool, _ builder: inout StringBuilder) throws(PyError) {
    var index = 0
    while index < text.count {
      if allowsSpace && Ascii.isSpace(text.start[index]) {
        index &+= 1
        continue
      }
      let high = Ascii.digitValue(text.start[index])
      let low = index &+ 1 < text.count ? Ascii.digitValue(text.start[index &+ 1]) : 255
      if high > 15 || low > 15 {
        try raise(.valueError, "non-hex digit")
      }
      try builder.append(byte: UInt8(truncatingIfNeeded: high &* 16 &+ low))
      index &+= 2
    }
  }
}

/// `bytes.fromhex(text)` and `bytearray.fromhex`.
func bytesFromHex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  let source = arguments[1]
  try vm.appendHex(vm.isString(source) ? vm.uncheckedText(source) : vm.textArgument(.bytes, source), allowsSpace: true, &builder)
  let type = arguments[0]
  if type == Value(type: .bytearray) { return try vm.finishText(.bytearray, &builder) }
  let result = try builder.finishBytes()
  return type == Value(type: .bytes) || !type.isObject ? result : try vm.call(type, result)
}
