// Case, classes of characters, alignment, tabs and translation. Letters beyond ASCII have no case here and stay as they are.

import Numerics

/// `Method.data` of the methods that change case.
enum CaseMode {
  static var lower: Int { 0 }
  static var upper: Int { 1 }
  static var capitalize: Int { 2 }
  static var title: Int { 3 }
  static var swapcase: Int { 4 }
}

/// `lower`, `upper`, `capitalize`, `title`, `swapcase`, `casefold`.
func textChangeCase(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = vm.state.pointee.rowData
  let receiver = vm.textReceiver(arguments[0])
  let text = receiver.text
  if mode <= CaseMode.upper && receiver.kind != .bytearray && !changes(text, mode) { return arguments[0] }
  if text.count == 1 && receiver.kind == .str && text.isASCII {
    let byte = text.start[0]
    let isUp = mode == CaseMode.lower ? false : mode == CaseMode.swapcase ? Ascii.isLower(byte) : true
    return Value(Qstr.character(isUp ? Ascii.toUpper(byte) : Ascii.toLower(byte)))
  }
  if text.count == 0 { return try vm.unchangedText(receiver, arguments[0]) }
  if receiver.kind == .bytearray {
    let array = try vm.newBytearray(count: text.count)
    fillCase(text, mode, array.pointee.bytes)
    return Value(array)
  }
  let object = try vm.newTextObject(
    receiver.kind == .str ? .str : .bytes, count: text.count, isASCII: receiver.kind == .str && text.isASCII)
  fillCase(text, mode, TextObject.bytes(object))
  return Value(object)
}

/// Whether `lower` or `upper` would change anything.
private func changes(_ text: Text, _ mode: Int) -> Bool {
  var index = 0
  if mode == CaseMode.lower {
    while index < text.count && !Ascii.isUpper(text.start[index]) { index &+= 1 }
  } else {
    while index < text.count && !Ascii.isLower(text.start[index]) { index &+= 1 }
  }
  return index < text.count
}

private func fillCase(_ text: Text, _ mode: Int, _ target: UnsafeMutablePointer<UInt8>) {
  let source = text.start
  var index = 0
  switch mode {
  case CaseMode.lower:
    while index < text.count {
      target[index] = Ascii.toLower(source[index])
      index &+= 1
    }
  case CaseMode.upper:
    while index < text.count {
      target[index] = Ascii.toUpper(source[index])
      index &+= 1
    }
  case CaseMode.swapcase:
    while index < text.count {
      target[index] = Ascii.isAlpha(source[index]) ? source[index] ^ 32 : source[index]
      index &+= 1
    }
  default:
    // A word begins after anything that is no letter; `capitalize` knows one word only.
    var inWord = false
    while index < text.count {
      let byte = source[index]
      target[index] = inWord ? Ascii.toLower(byte) : Ascii.toUpper(byte)
      // Beyond ASCII, letters are taken to be those up to Cyrillic and Armenian: two-byte sequences from U+00C0 on.
      inWord =
        mode == CaseMode.capitalize || Ascii.isAlpha(byte)
        || byte >= 0x80 && (byte < 0xc0 ? inWord : byte >= 0xc3 && byte < 0xd7) && !text.isASCII
      index &+= 1
    }
  }
}

// MARK: Classes

/// `Method.data` of the `is…` methods.
enum ClassMode {
  static var alpha: Int { 0 }
  static var digit: Int { 1 }
  static var alphanumeric: Int { 2 }
  static var space: Int { 3 }
  static var upper: Int { 4 }
  static var lower: Int { 5 }
  static var title: Int { 6 }
  static var ascii: Int { 7 }
  static var printable: Int { 8 }
  static var identifier: Int { 9 }
}

/// `isalpha` and its kin.
func textIs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = vm.state.pointee.rowData
  let receiver = vm.textReceiver(arguments[0])
  let text = receiver.text
  switch mode {
  case ClassMode.ascii: return Value(Utf8.isAscii(text.start, text.count))
  case ClassMode.upper, ClassMode.lower: return Value(isCased(text, upper: mode == ClassMode.upper))
  case ClassMode.title: return Value(isTitle(text))
  case ClassMode.printable: return Value(allPrintable(text))
  case ClassMode.identifier: return Value(isIdentifier(text))
  default: break
  }
  var index = 0
  while index < text.count {
    let byte = text.start[index]
    var length = 1
    switch mode {
    case ClassMode.alpha: length = Ascii.isAlpha(byte) ? 1 : 0
    case ClassMode.digit: length = Ascii.isDigit(byte) ? 1 : 0
    case ClassMode.alphanumeric: length = Ascii.isAlphanumeric(byte) ? 1 : 0
    default:
      if byte >= 0x80 && !text.isASCII {
        let (codePoint, count) = Utf8.decode(text.start + index)
        length = Utf8.Unicode.isSpace(codePoint) ? count : 0
      } else {
        length = Ascii.isSpace(byte) || receiver.kind == .str && byte &- 0x1c < 4 ? 1 : 0
      }
    }
    if length == 0 { return .false }
    index &+= length
  }
  return Value(text.count > 0)
}

private func isCased(_ text: Text, upper: Bool) -> Bool {
  var found = false
  for index in 0..<text.count {
    let byte = text.start[index]
    if Ascii.isAlpha(byte) {
      if Ascii.isUpper(byte) != upper { return false }
      found = true
    }
  }
  return found
}

private func isTitle(_ text: Text) -> Bool {
  var found = false
  var inWord = false
  for index in 0..<text.count {
    let byte = text.start[index]
    if Ascii.isAlpha(byte) {
      if Ascii.isUpper(byte) == inWord { return false }
      found = true
      inWord = true
    } else {
      inWord = false
    }
  }
  return found
}

private func allPrintable(_ text: Text) -> Bool {
  var index = 0
  while index < text.count {
    let (codePoint, length) = Utf8.decode(text.start + index)
    if !Utf8.Unicode.isPrintable(codePoint) { return false }
    index &+= length
  }
  return true
}

private func isIdentifier(_ text: Text) -> Bool {
  if text.count == 0 || !Ascii.isIdentifierStart(text.start[0]) { return false }
  for index in 1..<max(text.count, 1) where !Ascii.isIdentifierPart(text.start[index]) { return false }
  return true
}

// MARK: Alignment

/// `Method.data` of `ljust`, `rjust` and `center`.
enum AlignMode {
  static var left: Int { 0 }
  static var right: Int { 1 }
  static var center: Int { 2 }
}

/// `ljust(width[, fill])`, `rjust`, `center`.
func textAlign(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = vm.state.pointee.rowData
  let width = try vm.textInteger(arguments[1], clamped: true)
  let receiver = vm.textReceiver(arguments[0])
  var fill = Text(" ")
  if arguments.count > 2 {
    fill = try vm.textArgument(receiver.kind, arguments[2])
    if fill.length != 1 { try vm.raise(.typeError, "the fill character must be exactly one character long") }
  }
  let padding = width &- receiver.text.length
  if width <= 0 || padding <= 0 { return try vm.unchangedText(receiver, arguments[0]) }
  if padding >= 0x1000_0000 { throw vm.outOfMemory(padding) }
  let left = mode == AlignMode.left ? 0 : mode == AlignMode.right ? padding : padding / 2 &+ padding & width & 1
  var builder = try StringBuilder(vm, capacity: receiver.text.count &+ padding &* fill.count)
  try appendFill(&builder, fill, left)
  try builder.append(receiver.text)
  try appendFill(&builder, fill, padding &- left)
  return try vm.finishText(receiver.kind, &builder)
}

/// Appends a character so many times.
func appendFill(_ builder: inout StringBuilder, _ fill: Text, _ times: Int) throws(PyError) {
  if fill.count == 1 { return try builder.append(repeating: fill.start[0], times) }
  var left = times
  while left > 0 {
    try builder.append(fill)
    left &-= 1
  }
}

/// `zfill(width)`: zeros between sign and digits.
func textZeroFill(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let width = try vm.textInteger(arguments[1], clamped: true)
  let receiver = vm.textReceiver(arguments[0])
  let text = receiver.text
  let padding = width &- text.length
  if width <= 0 || padding <= 0 { return try vm.unchangedText(receiver, arguments[0]) }
  if padding >= 0x4000_0000 { throw vm.outOfMemory(padding) }
  var builder = try StringBuilder(vm, capacity: text.count &+ padding)
  let hasSign = text.count > 0 && (text.start[0] == 43 || text.start[0] == 45)
  if hasSign { try builder.append(byte: text.start[0]) }
  try builder.append(repeating: 48, padding)
  try builder.append(Text(start: text.start + (hasSign ? 1 : 0), count: text.count &- (hasSign ? 1 : 0), isASCII: text.isASCII))
  return try vm.finishText(receiver.kind, &builder)
}

/// `expandtabs(tabsize=8)`.
func textExpandTabs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let size = try vm.textInteger(arguments[1], clamped: true)
  if size > 0xff_ffff { try vm.raise(.overflowError, "tab size too large") }
  let receiver = vm.textReceiver(arguments[0])
  let text = receiver.text
  var builder = try StringBuilder(vm, capacity: max(text.count, 1))
  var column = 0
  var index = 0
  while index < text.count {
    let byte = text.start[index]
    index &+= 1
    if byte == 9 {
      if size > 0 {
        try builder.append(repeating: 32, size &- column % size)
        column = 0
      }
      continue
    }
    try builder.append(byte: byte)
    if byte == 10 || byte == 13 {
      column = 0
    } else if text.isASCII || byte & 0xc0 != 0x80 {
      column &+= 1
      if column == size { column = 0 }
    }
  }
  if !text.isASCII { builder.markNonASCII() }
  return try vm.finishText(receiver.kind, &builder)
}

// MARK: Translation

/// `str.maketrans(x[, y[, z]])`: a dict from code points.
func strMakeTranslation(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let table = try vm.newDict()
  if arguments.count == 1 {
    let source = vm.unwrapped(arguments[0])
    guard source.isObject(.dict) else { try vm.raise(.typeError, "if you give only one argument to maketrans it must be a dict") }
    let dict = source.unchecked(DictObject.self)
    var position = vm.dictNext(dict, 0)
    while position >= 0 {
      let entry = dict.pointee.entries.unsafelyUnwrapped[position]
      try vm.dictSet(table, try translationKey(vm, entry.key), entry.value)
      position = vm.dictNext(dict, position &+ 1)
    }
    return Value(table)
  }
  let from = try vm.text(ofString: arguments[0])
  let to = try vm.text(ofString: arguments[1])
  if from.length != to.length { try vm.raise(.valueError, "the first two maketrans arguments must have equal length") }
  var source = 0
  var target = 0
  while source < from.count {
    let (key, keyLength) = Utf8.decode(from.start + source)
    let (value, valueLength) = Utf8.decode(to.start + target)
    try vm.dictSet(table, Value(smallInt: Int(key)), Value(smallInt: Int(value)))
    source &+= keyLength
    target &+= valueLength
  }
  if arguments.count > 2 {
    let removed = try vm.text(ofString: arguments[2])
    var offset = 0
    while offset < removed.count {
      let (key, length) = Utf8.decode(removed.start + offset)
      try vm.dictSet(table, Value(smallInt: Int(key)), .none)
      offset &+= length
    }
  }
  return Value(table)
}

private func translationKey(_ vm: VM, _ key: Value) throws(PyError) -> Value {
  guard vm.isString(key) else { return key }
  let text = vm.uncheckedText(key)
  if text.length != 1 { try vm.raise(.valueError, "string keys in translate table must be of length 1") }
  return Value(smallInt: Int(Utf8.decode(text.start).codePoint))
}

/// `str.translate(table)`: anything with `__getitem__` that takes code points.
func strTranslate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let text = vm.uncheckedText(arguments[0])
  let table = vm.unwrapped(arguments[1])
  var builder = try StringBuilder(vm, capacity: max(text.count, 1))
  var offset = 0
  while offset < text.count {
    let (codePoint, length) = Utf8.decode(text.start + offset)
    let found = try translation(vm, table, arguments[1], Int(codePoint))
    if found.isNull {
      try builder.append(Text(start: text.start + offset, count: length, isASCII: length == 1))
    } else if vm.isString(found) {
      try builder.append(vm.uncheckedText(found))
    } else if found != .none {
      let replacement = try vm.textInteger(found, clamped: true)
      guard replacement >= 0 && replacement < 0x110000 else { try vm.raise(.valueError, "character mapping must be in range(0x110000)") }
      try builder.append(codePoint: UInt32(truncatingIfNeeded: replacement))
    }
    offset &+= length
  }
  return try builder.finish()
}

/// What a table has for a character; null if nothing.
private func translation(_ vm: VM, _ table: Value, _ original: Value, _ codePoint: Int) throws(PyError) -> Value {
  if table.isObject(.dict) && table == original { return try vm.dictGet(table.unchecked(), Value(smallInt: codePoint)) }
  do throws(PyError) {
    return try vm.getItem(original, Value(smallInt: codePoint))
  } catch {
    if vm.matches(error, .lookupError) { return .null }
    throw error
  }
}

/// `bytes.maketrans(from, to)`: 256 bytes.
func bytesMakeTranslation(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let from = try vm.textArgument(.bytes, arguments[0])
  let to = try vm.textArgument(.bytes, arguments[1])
  if from.count != to.count { try vm.raise(.valueError, "maketrans arguments must have same length") }
  let object = try vm.newTextObject(.bytes, count: 256, isASCII: false)
  let table = TextObject.bytes(object)
  for index in 0..<256 { table[index] = UInt8(truncatingIfNeeded: index) }
  for index in 0..<from.count { table[Int(from.start[index])] = to.start[index] }
  return Value(object)
}

/// `bytes.translate(table, /, delete=b'')`.
func bytesTranslate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let receiver = vm.textReceiver(arguments[0])
  var removed = TextByteSet()
  if !arguments[2].isNull {
    let delete = try vm.textArgument(.bytes, arguments[2])
    for index in 0..<delete.count { removed.insert(delete.start[index]) }
  }
  var table: Text?
  if arguments[1] != .none {
    let text = try vm.textArgument(.bytes, arguments[1])
    if text.count != 256 { try vm.raise(.valueError, "translation table must be 256 characters long") }
    table = text
  }
  var builder = try StringBuilder(vm, capacity: max(receiver.text.count, 1))
  for index in 0..<receiver.text.count {
    let byte = receiver.text.start[index]
    if removed.contains(byte) { continue }
    try builder.append(byte: table.map { $0.start[Int(byte)] } ?? byte)
  }
  return try vm.finishText(receiver.kind, &builder)
}
