// json — writing. Values become text in one builder; reading stands in JsonReader.swift.

import Numerics

private enum JsonModule {
  static let rows: InlineArray<_, Method> = [
    Method(
      .dumps,
      """
      obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, \
      default=None, sort_keys=False
      """, jsonDumps),
    Method(
      .dump,
      """
      obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, \
      default=None, sort_keys=False
      """, jsonDump),
    Method(
      .loads, "s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None", jsonLoads),
    Method(
      .load, "fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None", jsonLoad),
    Method(.JSONDecodeError, constant: Value(type: .valueError)),
  ]
}

private func jsonRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: JsonModule.rows.span[index]) }

extension ModuleRow {
  static let json = ModuleRow(.json, isExtensible: true, rowCount: UInt8(JsonModule.rows.count), row: jsonRow)
}

/// How to write, and where to.
private struct JsonWriter {
  let vm: VM
  var builder: StringBuilder
  var skipsKeys = false
  var isASCII = true
  var allowsNaN = true
  var itemSeparator = Text(", ")
  var keySeparator = Text(": ")
  /// What a level of nesting is indented by; nil: all on one line.
  var indent: Text?
  var fallback = Value.none
  var sortsKeys = false

  /// The arguments from `skipkeys` on lie at `first`.
  init(_ vm: VM, _ arguments: Arguments, _ first: Int) throws(PyError) {
    self.vm = vm
    builder = StringBuilder(vm)
    skipsKeys = try vm.isTrue(arguments[first])
    isASCII = try vm.isTrue(arguments[first &+ 1])
    allowsNaN = try vm.isTrue(arguments[first &+ 3])
    fallback = arguments[first &+ 7]
    sortsKeys = try vm.isTrue(arguments[first &+ 8])
    let given = arguments[first &+ 5]
    if given != .none {
      itemSeparator = Text(",")
      if vm.isString(given) {
        indent = vm.uncheckedText(given)
      } else {
        let width = try vm.indexValue(given)
        var blanks = StringBuilder(vm)
        try blanks.append(repeating: 32, min(width, 1024))
        indent = vm.uncheckedText(try blanks.finish())
      }
    }
    if arguments[first &+ 6] != .none { try setSeparators(arguments[first &+ 6]) }
  }

  private mutating func setSeparators(_ value: Value) throws(PyError) {
    let pair = vm.unwrapped(value)
    guard pair.isObject(.tuple) || pair.isObject(.list) else { try vm.raise(.typeError, "object '%t' isn't a tuple or list", value) }
    if try vm.length(pair) != 2 {
      try vm.raise(.valueError, "requested length 2 but object has length %s", Value(smallInt: vm.length(pair)))
    }
    itemSeparator = try vm.text(ofString: vm.getItem(pair, Value(smallInt: 0)))
    keySeparator = try vm.text(ofString: vm.getItem(pair, Value(smallInt: 1)))
  }

  // MARK: Values

  mutating func write(_ value: Value, _ depth: Int) throws(PyError) {
    if value == .none { return try builder.append("null") }
    if value == .true { return try builder.append("true") }
    if value == .false { return try builder.append("false") }
    if value.isSmallInt { return try builder.append(decimal: value.uncheckedSmallInt) }
    if value.isName { return try writeString(vm.uncheckedText(value)) }
    try vm.checkNativeStack()
    let plain = vm.unwrapped(value)
    if vm.isString(plain) { return try writeString(vm.uncheckedText(plain)) }
    if let float = vm.plainFloat(plain) { return try writeFloat(float) }
    if vm.isInt(plain) { return try vm.appendInteger(plain, to: &builder) }
    if plain.isObject {
      let type = vm.typeID(of: plain)
      if plain.isObject(.list) || plain.isObject(.tuple) || vm.row(type).base == .tuple { return try writeList(plain, depth) }
      if plain.isObject(.dict) || vm.row(type).base == .dict { return try writeDict(plain.unchecked(DictObject.self), depth) }
      // MicroPython writes bytes as text.
      if plain.isObject(.bytes) { return try writeString(vm.uncheckedText(vm.newString(validating: vm.uncheckedText(plain)))) }
    }
    if fallback == .none { try vm.raise(.typeError, "Object of type %t is not JSON serializable", value) }
    try write(vm.call(fallback, value), depth)
  }

  private mutating func writeFloat(_ float: PyFloat) throws(PyError) {
    if float.isFinite {
      let written = FloatText.repr(float, into: try builder.reserve(FloatText.reprCapacity))
      return builder.advance(written)
    }
    if !allowsNaN { try vm.raise(.valueError, "Out of range float values are not JSON compliant") }
    try builder.append(float.isNaN ? "NaN" : float > 0 ? "Infinity" : "-Infinity")
  }

  private mutating func writeString(_ text: Text) throws(PyError) {
    try builder.append(byte: 34)
    var from = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 32 && byte != 34 && byte != 92 && (byte < 0x7f || !isASCII) {
        index &+= 1
        continue
      }
      try builder.append(Text(start: text.start + from, count: index &- from, isASCII: text.isASCII))
      let (codePoint, length) = Utf8.decode(text.start + index)
      try writeEscape(codePoint)
      index &+= length
      from = index
    }
    try builder.append(Text(start: text.start + from, count: text.count &- from, isASCII: text.isASCII || isASCII))
    try builder.append(byte: 34)
  }

  private mutating func writeEscape(_ codePoint: UInt32) throws(PyError) {
    let letter: UInt8
    switch codePoint {
    case 34, 92: letter = UInt8(truncatingIfNeeded: codePoint)
    case 8: letter = 98
    case 9: letter = 116
    case 10: letter = 110
    case 12: letter = 102
    case 13: letter = 114
    default: letter = 0
    }
    if letter != 0 {
      try builder.append(byte: 92)
      return try builder.append(byte: letter)
    }
    if codePoint >= 0x10000 {
      try writeUnit((codePoint &- 0x10000) &>> 10 | 0xd800)
      return try writeUnit(codePoint & 0x3ff | 0xdc00)
    }
    try writeUnit(codePoint)
  }

  /// `\u` and four digits.
  private mutating func writeUnit(_ unit: UInt32) throws(PyError) {
    try builder.append("\\u")
    var shift: UInt32 = 16
    while shift > 0 {
      shift &-= 4
      let digit = UInt8(truncatingIfNeeded: unit &>> shift & 15)
      try builder.append(byte: digit < 10 ? 48 &+ digit : 87 &+ digit)
    }
  }

  // MARK: Containers

  private mutating func breakLine(_ depth: Int) throws(PyError) {
    guard let indent else { return }
    try builder.append(byte: 10)
    for _ in 0..<depth { try builder.append(indent) }
  }

  private mutating func writeList(_ list: Value, _ depth: Int) throws(PyError) {
    try builder.append(byte: 91)
    var iteration = try Iteration(vm, list)
    var index = 0
    while true {
      let item = try iteration.next()
      if item.isNull { break }
      if index > 0 { try builder.append(itemSeparator) }
      try breakLine(depth &+ 1)
      try write(item, depth &+ 1)
      index &+= 1
      if index & 1023 == 0 { try vm.pollPending() }
    }
    if index > 0 { try breakLine(depth) }
    try builder.append(byte: 93)
  }

  private mutating func writeDict(_ dict: Ref<DictObject>, _ depth: Int) throws(PyError) {
    try builder.append(byte: 123)
    var isFirst = true
    if sortsKeys {
      let keys = try vm.newList(from: Value(dict))
      _ = try vm.callMethod(Value(keys), .sort)
      for index in 0..<keys.pointee.count {
        let key = keys.pointee.items[index]
        let value = try vm.dictGet(dict, key)
        if !value.isNull { try writeEntry(key, value, &isFirst, depth) }
      }
    } else {
      var position = vm.dictNext(dict, 0)
      while position >= 0 {
        let entry = dict.pointee.entries.unsafelyUnwrapped[position]
        try writeEntry(entry.key, entry.value, &isFirst, depth)
        if position & 1023 == 1023 { try vm.pollPending() }
        position = vm.dictNext(dict, position &+ 1)
      }
    }
    if !isFirst { try breakLine(depth) }
    try builder.append(byte: 125)
  }

  private mutating func writeEntry(_ key: Value, _ value: Value, _ isFirst: inout Bool, _ depth: Int) throws(PyError) {
    let plain = vm.unwrapped(key)
    let isText = vm.isString(plain)
    guard isText || plain == .none || plain.isBool || vm.isInt(plain) || vm.plainFloat(plain) != nil else {
      if skipsKeys { return }
      try vm.raise(.typeError, "keys must be str, int, float, bool or None, not %t", key)
    }
    if !isFirst { try builder.append(itemSeparator) }
    isFirst = false
    try breakLine(depth &+ 1)
    if isText {
      try writeString(vm.uncheckedText(plain))
    } else {
      try builder.append(byte: 34)
      try write(plain, depth)
      try builder.append(byte: 34)
    }
    try builder.append(keySeparator)
    try write(value, depth &+ 1)
  }
}

// MARK: Functions

private func jsonDumps(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var writer = try JsonWriter(vm, arguments, 1)
  try writer.write(arguments[0], 0)
  return try writer.builder.finish()
}

private func jsonDump(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let write = try vm.getAttribute(arguments[1], .write)
  var writer = try JsonWriter(vm, arguments, 2)
  try writer.write(arguments[0], 0)
  _ = try vm.call(write, writer.builder.finish())
  return .none
}

private func jsonLoads(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let source = arguments[0]
  let isText = vm.isString(source)
  var text = Text("")
  if isText {
    text = vm.uncheckedText(source)
  } else {
    let buffer = try vm.getBuffer(source, writable: false)
    let start = UnsafePointer(buffer.start)
    text = Text(start: start, count: buffer.count, isASCII: Utf8.isAscii(start, buffer.count))
    if Utf8.validate(start, buffer.count) != buffer.count { try vm.raise(.unicodeError) }
  }
  var reader = JsonReader(vm, text, arguments)
  return try reader.readDocument()
}

private func jsonLoad(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments.base[0] = try readAll(vm, arguments[0])
  return try jsonLoads(vm, arguments)
}

/// All that a stream has left: through `read`, or else `readinto`.
private func readAll(_ vm: VM, _ stream: Value) throws(PyError) -> Value {
  let read = try vm.findAttribute(stream, .read)
  if !read.isNull { return try vm.call(read) }
  let readInto = try vm.getAttribute(stream, .readinto)
  var builder = StringBuilder(vm)
  // A byte at a time: a stream may wait for more than the rest of the document.
  let chunk = try vm.newBytearray(count: 1)
  while true {
    let count = try vm.call(readInto, Value(chunk))
    if count == .none || count == Value(smallInt: 0) { return try builder.finishBytes() }
    let read = max(0, try vm.intValue(count))
    if read > chunk.pointee.count { try vm.raiseOSError(5) }
    if read == 0 { return try builder.finishBytes() }
    try builder.append(Text(start: UnsafePointer(chunk.pointee.bytes), count: read, isASCII: false))
  }
}
