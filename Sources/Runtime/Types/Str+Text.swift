// What the whole engine asks of text: is it a string, what are its bytes, are two equal, which character stands where. A string is an
// immediate name or a TextObject; a bytes object is always a TextObject; an instance of a Python subclass holds one of them.
//
// Strings are UTF-8. Where a string is ASCII an index is a byte offset; otherwise offsets are found by counting, a machine word at a time.

import Numerics

/// Which of the three text types a shared method body works on.
struct TextKind: Equatable {
  let rawValue: UInt8
  static var str: TextKind { TextKind(rawValue: 0) }
  static var bytes: TextKind { TextKind(rawValue: 1) }
  static var bytearray: TextKind { TextKind(rawValue: 2) }
}

/// The receiver of a method that the text types share. For bytes `text.isASCII` is set: an index is a byte offset.
struct TextReceiver {
  var kind: TextKind
  var text: Text
}

extension Text {
  /// No text at all.
  static var none: Text { Text("") }

  /// A part of this text. `isASCII` is found out if this text has other characters.
  func part(_ from: Int, _ count: Int) -> Text {
    Text(start: start + from, count: count, isASCII: isASCII || Utf8.isAscii(start + from, count))
  }

  /// Characters of a `str`, bytes of other text.
  var length: Int { isASCII ? count : Utf8.count(start, count) }

  /// The byte offset of the character with this number, which is at most `length`.
  func offset(_ index: Int) -> Int { isASCII ? index : Utf8.offset(ofCodePoint: index, start, count) }
}

// MARK: Questions

extension VM {
  /// True for a `str` and for an instance of a subclass.
  @inline(__always) public func isString(_ value: Value) -> Bool {
    if value.isName { return true }
    guard value.isObject else { return false }
    let header = value.uncheckedHeader.pointee
    if !header.isInstance { return header.word == TypeID.str.headerWord }
    return header.uncheckedShape.pointee.owner.pointee.nativeBase == .str && !nativeValue(value).isNull
  }

  /// True for a `bytes` and for an instance of a subclass.
  public func isBytes(_ value: Value) -> Bool { unwrapped(value).isObject(.bytes) }

  /// The bytes of a `str`, `bytes` or `bytearray`, or of an instance of a subclass; no text for other values.
  @inline(__always) public func uncheckedText(_ value: Value) -> Text {
    if value.isName { return text(value.uncheckedName) }
    if value.isObject {
      let word = value.uncheckedHeader.pointee.word
      if word == TypeID.str.headerWord || word == TypeID.bytes.headerWord { return TextObject.text(value.unchecked()) }
    }
    return otherText(value)
  }

  @inline(never) @usableFromInline func otherText(_ value: Value) -> Text {
    let native = unwrapped(value)
    if native != value { return uncheckedText(native) }
    guard native.isObject(.bytearray) else { return .none }
    let array = native.unchecked(BytearrayObject.self)
    return Text(start: UnsafePointer(array.pointee.bytes), count: array.pointee.count, isASCII: false)
  }

  /// The text of a `str`; TypeError for anything else.
  @inline(__always) public func text(ofString value: Value) throws(PyError) -> Text {
    if value.isName { return text(value.uncheckedName) }
    if value.isObject(.str) { return TextObject.text(value.unchecked()) }
    guard isString(value) else { try raiseNotString(value) }
    return otherText(value)
  }

  @inline(never) func raiseNotString(_ value: Value) throws(PyError) -> Never {
    try raise(.typeError, "can't convert '%t' object to str implicitly", value)
  }

  /// True for two strings (or two bytes objects) with the same text. Never runs Python code.
  public func stringEquals(_ left: Value, _ right: Value) -> Bool {
    if left == right { return true }
    if left.isName && right.isName { return false }
    let a = uncheckedText(left)
    let b = uncheckedText(right)
    return a.count == b.count && compareMemory(a.start, b.start, a.count) == 0
  }

  /// The hash of a text: equal for equal bytes, whatever the type. Kept in the object.
  public func textHash(_ value: Value) -> UInt32 {
    if value.isName { return interpreter.pointee.names.hash(value.uncheckedName) }
    let value = unwrapped(value)
    if value.isName { return interpreter.pointee.names.hash(value.uncheckedName) }
    guard value.isObject(.str) || value.isObject(.bytes) else {
      let text = uncheckedText(value)
      return hashBytes(text.start, text.count, seed: interpreter.pointee.names.seed)
    }
    let object = value.unchecked(TextObject.self)
    if object.pointee.hash != 0 { return object.pointee.hash }
    let hash = hashBytes(TextObject.bytes(object), Int(object.pointee.countAndFlag & 0x7fff_ffff), seed: interpreter.pointee.names.seed)
    object.pointee.hash = hash
    return hash
  }

  /// Negative, zero or positive as the first text comes before, equals or comes after the second. UTF-8 sorts as its code points do.
  public func compareText(_ left: Text, _ right: Text) -> Int {
    let order = compareMemory(left.start, right.start, min(left.count, right.count))
    return order != 0 ? order : left.count &- right.count
  }

  /// The receiver of a shared method: a `str`, `bytes` or `bytearray`.
  @inline(__always) func textReceiver(_ value: Value) -> TextReceiver {
    if value.isName { return TextReceiver(kind: .str, text: text(value.uncheckedName)) }
    if value.isObject(.str) { return TextReceiver(kind: .str, text: TextObject.text(value.unchecked())) }
    var text = uncheckedText(value)
    text.isASCII = true
    return TextReceiver(kind: value.isObject(.bytearray) ? .bytearray : .bytes, text: text)
  }

  /// The text of an argument that must be of the receiver's family: a `str` for a `str`, anything with bytes for the others.
  @inline(__always) func textArgument(_ kind: TextKind, _ value: Value) throws(PyError) -> Text {
    if kind == .str { return try text(ofString: value) }
    if value.isObject(.bytes) { return TextObject.text(value.unchecked()) }
    guard let text = bytesLike(value) else { try raise(.typeError, "can't convert '%t' object to bytes implicitly", value) }
    return text
  }

  /// The bytes of anything but a `str` that has the buffer protocol, else nil.
  func bytesLike(_ value: Value) -> Text? {
    let value = unwrapped(value)
    guard value.isObject, !value.isObject(.str), let buffer = findBuffer(value, writable: false) else { return nil }
    return Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: true)
  }
}

// MARK: Buffers

extension VM {
  /// The bytes of an object with the buffer protocol, `str` included; nil if it has none, or none to write to. The memory may move when the
  /// object changes its size.
  public func findBuffer(_ value: Value, writable: Bool) -> Buffer? {
    let value = unwrapped(value)
    guard let slot = row(typeID(of: value)).buffer else { return nil }
    return slot(self, value, writable)
  }

  /// As `findBuffer`, or TypeError.
  public func getBuffer(_ value: Value, writable: Bool) throws(PyError) -> Buffer {
    guard let buffer = findBuffer(value, writable: writable) else { try raise(.typeError, "object with buffer protocol required") }
    return buffer
  }
}

// MARK: Making

extension VM {
  /// A `str`, `bytes` or `bytearray` of a text, copied.
  func newText(_ kind: TextKind, _ text: Text) throws(PyError) -> Value {
    if kind == .str { return try newString(text) }
    if kind == .bytearray { return Value(try newBytearray(text.start, text.count)) }
    return text.count == 0 ? interpreter.pointee.emptyBytes : try newBytes(text.start, text.count)
  }

  /// The receiver itself where it can't change, else a copy.
  func unchangedText(_ receiver: TextReceiver, _ value: Value) throws(PyError) -> Value {
    receiver.kind == .bytearray ? try newText(.bytearray, receiver.text) : value
  }

  /// What a builder holds, as a value of this kind.
  func finishText(_ kind: TextKind, _ builder: inout StringBuilder) throws(PyError) -> Value {
    if kind == .str { return try builder.finish() }
    if kind == .bytes { return try builder.finishBytes() }
    let text = builder.text
    return Value(try newBytearray(text.start, text.count))
  }

  /// A `str` of bytes that may not be UTF-8: UnicodeDecodeError then.
  public func newString(validating start: UnsafePointer<UInt8>, _ count: Int) throws(PyError) -> Value {
    let ascii = Utf8.asciiPrefix(start, count)
    if ascii != count {
      let valid = try validate(start, count)
      if valid != count { try raiseDecodeError("utf-8", start[valid], valid) }
    }
    return try newString(Text(start: start, count: count, isASCII: ascii == count))
  }

  /// `Utf8.validate`, a megabyte at a time, so that Ctrl-C is noticed.
  private func validate(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PyError) -> Int {
    var done = 0
    while done < count {
      let piece = min(1 &<< 20, count &- done)
      let valid = Utf8.validate(start + done, piece)
      done &+= valid
      // A piece may end within a character: the next begins with that.
      if valid != piece && (valid == 0 || valid &+ 4 <= piece || done &- valid &+ piece == count) { return done }
      try pollInterrupt()
    }
    return done
  }

  public func newString(validating text: Text) throws(PyError) -> Value { try newString(validating: text.start, text.count) }

  @inline(never) func raiseDecodeError(_ codec: StaticString, _ byte: UInt8, _ position: Int) throws(PyError) -> Never {
    var hex = StringBuilder(self)
    try hex.append(byte: 48)
    try hex.append(byte: 120)
    try hex.append(byte: TextDigits.hex(byte &>> 4))
    try hex.append(byte: TextDigits.hex(byte & 15))
    try raise(
      .unicodeDecodeError, "'%s' codec can't decode byte %s in position %s", newString(codec), hex.finish(), Value(smallInt: position))
  }

  /// A one-character string.
  public func newString(codePoint: UInt32) throws(PyError) -> Value {
    if codePoint < 0x80 { return Value(Qstr.character(UInt8(truncatingIfNeeded: codePoint))) }
    let object = try newTextObject(.str, count: Utf8.encodedLength(codePoint), isASCII: false)
    _ = Utf8.encode(codePoint, into: TextObject.bytes(object))
    return Value(object)
  }
}

// MARK: Indices

extension VM {
  /// An integer argument: `__index__` of other objects. For what a machine word can't hold OverflowError, with `clamped` the nearest word.
  @inline(__always) func textInteger(_ value: Value, clamped: Bool = false) throws(PyError) -> Int {
    value.isSmallInt ? value.uncheckedSmallInt : clamped ? try indexValue(value) : try intValue(value)
  }

  /// True for what `textInteger` takes.
  func isIndex(_ value: Value) -> Bool {
    let native = unwrapped(value)
    if native.isSmallInt || native.isBool || native.isObject(.int) { return true }
    guard let owner = pythonClass(of: value) else { return false }
    return !special(owner, .__index__).isNull
  }

  /// The byte range that optional `start` and `end` arguments select of a text; nil if the start lies behind the end.
  func textBounds(_ text: Text, _ start: Value, _ end: Value) throws(PyError) -> Range<Int>? {
    if start.isNull && end.isNull { return 0..<text.count }
    let length = text.length
    var from = start.isNull || start == .none ? 0 : try textInteger(start, clamped: true)
    var to = end.isNull || end == .none ? length : try textInteger(end, clamped: true)
    if from < 0 { from = max(from < -length ? 0 : from &+ length, 0) }
    if to < 0 { to = max(to < -length ? 0 : to &+ length, 0) }
    to = min(to, length)
    if from > to { return nil }
    return text.offset(from)..<text.offset(to)
  }

  // MARK: Characters

  /// The character of a string that begins at this byte offset, which lies before the end. The next one begins at the offset plus the bytes
  /// of this one: 1 in an ASCII string.
  public func stringItem(_ string: Value, at offset: Int) throws(PyError) -> Value {
    let text = uncheckedText(string)
    if UInt(bitPattern: offset) >= UInt(bitPattern: text.count) { try raise(.indexError, "string index out of range") }
    let lead = text.start[offset]
    if lead < 0x80 { return Value(Qstr.character(lead)) }
    return try newString(Text(start: text.start + offset, count: min(Utf8.length(lead: lead), text.count &- offset), isASCII: false))
  }

  /// The character with this number, which may be negative.
  func stringItem(_ text: Text, index: Int) throws(PyError) -> Value {
    let position = try checkedPosition(index, text.length, Qstr.string)
    let offset = text.offset(position)
    let lead = text.start[offset]
    if lead < 0x80 { return Value(Qstr.character(lead)) }
    return try newString(Text(start: text.start + offset, count: Utf8.length(lead: lead), isASCII: false))
  }

  /// `string[slice]`.
  func stringSlice(_ string: Value, _ text: Text, _ slice: Value) throws(PyError) -> Value {
    let range = try sliceIndices(slice, text.length)
    if range.count == 0 { return Value(Qstr.empty) }
    if range.step == 1 {
      let from = text.offset(range.start)
      let to = text.isASCII ? from &+ range.count : from &+ Utf8.offset(ofCodePoint: range.count, text.start + from, text.count &- from)
      if from == 0 && to == text.count { return string }
      return try newString(text.part(from, to &- from))
    }
    return text.isASCII ? try newString(stepped: text, range) : try stringSliceStepped(text, range)
  }

  private func newString(stepped text: Text, _ range: SliceRange) throws(PyError) -> Value {
    if range.count == 1 { return Value(Qstr.character(text.start[range.start])) }
    let object = try newTextObject(.str, count: range.count, isASCII: true)
    copyStepped(text.start, range, TextObject.bytes(object))
    return Value(object)
  }

  /// Copies the bytes that a slice selects.
  @inline(__always)
  func copyStepped(_ source: UnsafePointer<UInt8>, _ range: SliceRange, _ target: UnsafeMutablePointer<UInt8>) {
    var position = range.start
    var index = 0
    while index < range.count {
      target[index] = source[position]
      position &+= range.step
      index &+= 1
    }
  }

  private func stringSliceStepped(_ text: Text, _ range: SliceRange) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    var offset = text.offset(range.start)
    var index = 0
    while true {
      let length = Utf8.length(lead: text.start[offset])
      try builder.append(Text(start: text.start + offset, count: length, isASCII: length == 1))
      index &+= 1
      if index == range.count { return try builder.finish() }
      var steps = range.step
      while steps > 0 {
        offset &+= Utf8.length(lead: text.start[offset])
        steps &-= 1
      }
      while steps < 0 {
        offset = Utf8.stepBack(text.start, from: offset)
        steps &+= 1
      }
    }
  }
}

/// Copies bytes that do not overlap. Most pieces of text are short: those of up to 16 bytes go in two overlapping words, without a call.
@inline(__always) func copyText(_ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ count: Int) {
  if count > 16 { return target.update(from: source, count: count) }
  let from = UnsafeRawPointer(source)
  let to = UnsafeMutableRawPointer(target)
  if count >= 8 {
    let first = from.loadUnaligned(as: UInt64.self)
    let last = from.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    to.storeBytes(of: first, as: UInt64.self)
    to.storeBytes(of: last, toByteOffset: count &- 8, as: UInt64.self)
  } else if count >= 4 {
    let first = from.loadUnaligned(as: UInt32.self)
    let last = from.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
    to.storeBytes(of: first, as: UInt32.self)
    to.storeBytes(of: last, toByteOffset: count &- 4, as: UInt32.self)
  } else if count > 0 {
    // The first, the middle and the last byte are all there are.
    let middle = source[count &>> 1]
    let last = source[count &- 1]
    target[0] = source[0]
    target[count &>> 1] = middle
    target[count &- 1] = last
  }
}

/// Digits of escapes.
enum TextDigits {
  @inline(__always) static func hex(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 48 &+ nibble : 87 &+ nibble }
}

/// A set of bytes.
struct TextByteSet {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 &<< UInt64(byte & 63)
    switch byte &>> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }
  func contains(_ byte: UInt8) -> Bool {
    let word = byte &>> 6 == 0 ? words.0 : byte &>> 6 == 1 ? words.1 : byte &>> 6 == 2 ? words.2 : words.3
    return word &>> UInt64(byte & 63) & 1 != 0
  }
}
