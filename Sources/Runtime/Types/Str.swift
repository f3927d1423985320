// str — text. The object is Core's TextObject, or an interned name. Method bodies that bytes and bytearray share stand in Str+*.swift;
// read Str+Text.swift first.

import Numerics

private enum StrType {
  static let methods: InlineArray<_, Method> = [
    // In the order of how often programs call them: the first look-up of a method scans this table.
    Method(.format, 0...255, strFormat),
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
    Method(.encode, 0...255, strEncode),
    Method(.lower, 1...1, textChangeCase, data: 0),
    Method(.upper, 1...1, textChangeCase, data: 1),
    Method(.capitalize, 1...1, textChangeCase, data: 2),
    Method(.title, 1...1, textChangeCase, data: 3),
    Method(.swapcase, 1...1, textChangeCase, data: 4),
    Method(.casefold, 1...1, textChangeCase, data: 0),
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
    Method(.isdecimal, 1...1, textIs, data: 1),
    Method(.isnumeric, 1...1, textIs, data: 1),
    Method(.isalnum, 1...1, textIs, data: 2),
    Method(.isspace, 1...1, textIs, data: 3),
    Method(.isupper, 1...1, textIs, data: 4),
    Method(.islower, 1...1, textIs, data: 5),
    Method(.istitle, 1...1, textIs, data: 6),
    Method(.isascii, 1...1, textIs, data: 7),
    Method(.isprintable, 1...1, textIs, data: 8),
    Method(.isidentifier, 1...1, textIs, data: 9),
    Method(.format_map, 2...2, strFormatMap),
    Method(.translate, 2...2, strTranslate),
    Method(.maketrans, staticMethod: 1...3, strMakeTranslation),
    Method(.__len__, 1...1, nativeLength),
    Method(.__iter__, 1...1, nativeIterator),
    Method(.__contains__, 2...2, nativeContains),
    Method(.__getitem__, 2...2, nativeGetItem),
  ]
}

private func strMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: StrType.methods.span[index]) }

extension TypeRow {
  static let str = TypeRow(
    .str, methodCount: UInt8(StrType.methods.count), method: strMethod, make: strMake, print: strPrint, unary: textUnary,
    binary: strBinary, getItem: strGetItem, iterate: iterateSequence, buffer: strBuffer)
}

// MARK: Slots

/// `str(object='')` or `str(bytes, encoding, errors)`.
private func strMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 1 && arguments.keywordCount == 0 { return try vm.str(arguments[0]) }
  if arguments.count == 0 && arguments.keywordCount == 0 { return Value(Qstr.empty) }
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("object=?, encoding=?, errors=?", arguments)
  if bound[1].isNull && bound[2].isNull { return bound[0].isNull ? Value(Qstr.empty) : try vm.str(bound[0]) }
  if bound[0].isNull { return Value(Qstr.empty) }
  if vm.isString(bound[0]) { try vm.raise(.typeError, "decoding str is not supported") }
  let codec = try vm.codec(bound[1])
  let errors = try vm.codecErrors(bound[2])
  return try vm.decodeText(vm.textArgument(.bytes, bound[0]), codec, errors)
}

private func strPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let text = vm.uncheckedText(value)
  if kind == .str { return try builder.append(text) }
  try vm.appendRepr(string: text, &builder)
}

/// Length, truth and hash of `str` and `bytes`.
func textUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  switch operation {
  case .length: return Value(smallInt: vm.textReceiver(value).text.length)
  case .bool: return Value(vm.uncheckedText(value).count > 0)
  case .hash: return Value(smallInt: Int(truncatingIfNeeded: vm.textHash(value)))
  default: return .null
  }
}

private func isPlainString(_ value: Value) -> Bool { value.isName || value.isObject(.str) }

private func strBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  switch operation {
  case .add, .inPlaceAdd:
    guard isPlainString(left), isPlainString(right) else { return .null }
    return try vm.concatenate(left, right)
  case .multiply, .inPlaceMultiply:
    let isLeft = isPlainString(left)
    guard let times = try vm.repeatCount(isLeft ? right : left) else { return .null }
    return try vm.repeated(isLeft ? left : right, times)
  case .modulo, .inPlaceModulo:
    return isPlainString(left) ? try vm.percentFormat(vm.textReceiver(left), right) : .null
  case .contains:
    guard isPlainString(left) else { return .null }
    guard isPlainString(vm.unwrapped(right)) else {
      try vm.raise(.typeError, "'in <string>' requires string as left operand, not %t", right)
    }
    return Value(TextSearch.find(vm.uncheckedText(left), vm.uncheckedText(right)) >= 0)
  case .equal, .notEqual:
    guard isPlainString(left), isPlainString(right) else { return .null }
    return Value(vm.stringEquals(left, right) == (operation == .equal))
  case .less, .more, .lessEqual, .moreEqual:
    guard isPlainString(left), isPlainString(right) else { return .null }
    return vm.textOrder(operation, vm.uncheckedText(left), vm.uncheckedText(right))
  default: return .null
  }
}

private func strGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value {
  let text = vm.uncheckedText(value)
  if index.isSmallInt && text.isASCII {
    var position = index.uncheckedSmallInt
    if position < 0 { position &+= text.count }
    if UInt(bitPattern: position) < UInt(bitPattern: text.count) { return Value(Qstr.character(text.start[position])) }
  }
  if index.isObject(.slice) { return try vm.stringSlice(value, text, index) }
  return try vm.stringItem(text, index: vm.subscriptInteger(index, Qstr.string))
}

private func strBuffer(_ vm: VM, _ value: Value, _ writable: Bool) -> Buffer? {
  if writable { return nil }
  let text = vm.uncheckedText(value)
  return Buffer(start: UnsafeMutablePointer(mutating: text.start), count: text.count)
}

// MARK: Shared by str, bytes and bytearray

extension VM {
  /// `left + right` for two strings.
  public func concatenate(_ left: Value, _ right: Value) throws(PyError) -> Value {
    let a = uncheckedText(left)
    let b = uncheckedText(right)
    if a.count == 0 { return right }
    if b.count == 0 { return left }
    let object = try newTextObject(.str, count: a.count &+ b.count, isASCII: a.isASCII && b.isASCII)
    let target = TextObject.bytes(object)
    copyText(target, a.start, a.count)
    copyText(target + a.count, b.start, b.count)
    return Value(object)
  }

  /// `value * times` for a string or bytes.
  func repeated(_ value: Value, _ times: Int) throws(PyError) -> Value {
    let receiver = textReceiver(value)
    let text = receiver.text
    let (total, overflow) = text.count.multipliedReportingOverflow(by: times)
    if overflow || total >= 0x7fff_ffff { throw outOfMemory(Int.max) }
    if total == 0 { return try newText(receiver.kind, .none) }
    if times == 1 { return try unchangedText(receiver, value) }
    if receiver.kind == .bytearray {
      let array = try newBytearray(count: total)
      try fillRepeated(text, array.pointee.bytes, total)
      return Value(array)
    }
    let object = try newTextObject(receiver.kind == .str ? .str : .bytes, count: total, isASCII: receiver.kind == .str && text.isASCII)
    try fillRepeated(text, TextObject.bytes(object), total)
    return Value(object)
  }

  /// Doubles what is there until it is enough; beyond a megabyte it grows by that much at a time, so that Ctrl-C is noticed.
  private func fillRepeated(_ text: Text, _ target: UnsafeMutablePointer<UInt8>, _ total: Int) throws(PyError) {
    target.copy(from: text.start, count: text.count)
    var done = text.count
    while done < total {
      let whole = done < 1 &<< 20 ? done : max(1 &<< 20 / text.count, 1) &* text.count
      let more = min(whole, total &- done)
      try pollInterrupt()
      (target + done).copy(from: target, count: more)
      done &+= more
    }
  }

  /// The result of an order comparison.
  func textOrder(_ operation: BinaryOperator, _ left: Text, _ right: Text) -> Value {
    let order = compareText(left, right)
    switch operation {
    case .less: return Value(order < 0)
    case .more: return Value(order > 0)
    case .lessEqual: return Value(order <= 0)
    case .moreEqual: return Value(order >= 0)
    case .equal: return Value(order == 0)
    default: return Value(order != 0)
    }
  }
}
