// Text to bytes and back: UTF-8, ASCII and Latin-1, with the error handlers strict, ignore, replace and backslashreplace.

import Numerics

/// An encoding.
enum TextCodec {
  case utf8, ascii, latin1
  var name: StaticString {
    switch self {
    case .utf8: "utf-8"
    case .ascii: "ascii"
    case .latin1: "latin-1"
    }
  }
}

/// What to do with what can't be converted.
enum CodecErrors {
  case strict, ignore, replace, backslash
}

extension VM {
  /// The encoding that an optional argument names.
  func codec(_ name: Value) throws(PyError) -> TextCodec {
    if name.isNull || name == Value(Qstr.utf8) { return .utf8 }
    let text = try text(ofString: name)
    let spellings: InlineArray<_, (StaticString, TextCodec)> = [
      ("utf8", .utf8), ("u8", .utf8), ("ascii", .ascii), ("usascii", .ascii), ("646", .ascii), ("latin1", .latin1), ("latin", .latin1),
      ("l1", .latin1), ("iso88591", .latin1), ("88591", .latin1), ("cp819", .latin1),
    ]
    for index in 0..<11 where hasSpelling(text, spellings[index].0) { return spellings[index].1 }
    try raise(.lookupError, "unknown encoding: %s", name)
  }

  /// True if a name is spelled so, but for case and the separators `-`, `_` and blank.
  private func hasSpelling(_ name: Text, _ spelling: StaticString) -> Bool {
    var position = 0
    for index in 0..<name.count {
      let byte = Ascii.toLower(name.start[index])
      if byte == 45 || byte == 95 || byte == 32 { continue }
      if position >= spelling.utf8CodeUnitCount || spelling.utf8Start[position] != byte { return false }
      position &+= 1
    }
    return position == spelling.utf8CodeUnitCount
  }

  func codecErrors(_ name: Value) throws(PyError) -> CodecErrors {
    if name.isNull { return .strict }
    let text = try text(ofString: name)
    if text.equals("strict") { return .strict }
    if text.equals("ignore") { return .ignore }
    if text.equals("replace") { return .replace }
    if text.equals("backslashreplace") { return .backslash }
    try raise(.lookupError, "unknown error handler name '%s'", name)
  }

  /// `bytes.decode`.
  func decodeText(_ source: Text, _ codec: TextCodec, _ errors: CodecErrors) throws(PyError) -> Value {
    if codec == .utf8 && errors == .strict { return try newString(validating: source) }
    var builder = try StringBuilder(self, capacity: max(source.count, 1))
    var index = 0
    while index < source.count {
      try pollInterrupt()
      let ascii = Utf8.asciiPrefix(source.start + index, source.count &- index)
      try builder.append(Text(start: source.start + index, count: ascii, isASCII: true))
      index &+= ascii
      if index == source.count { break }
      let byte = source.start[index]
      if codec == .latin1 {
        try builder.append(codePoint: UInt32(byte))
        index &+= 1
        continue
      }
      let (codePoint, length) = codec == .utf8 ? Utf8.decodeChecked(source.start + index, source.count &- index) : (0, 0)
      if length > 0 {
        try builder.append(codePoint: codePoint)
        index &+= length
        continue
      }
      if errors == .strict { try raiseDecodeError(codec.name, byte, index) }
      let bad = codec == .utf8 ? malformedLength(source, index) : 1
      try appendUndecodable(source, index, bad, errors, &builder)
      index &+= bad
    }
    return try builder.finish()
  }

  private func appendUndecodable(
    _ source: Text, _ offset: Int, _ count: Int, _ errors: CodecErrors, _ builder: inout StringBuilder
  ) throws(PyError) {
    if errors == .replace { return try builder.append(codePoint: 0xfffd) }
    if errors == .ignore { return }
    for index in offset..<(offset &+ count) { try appendEscape(UInt32(source.start[index]), 0, &builder) }
  }

  /// Bytes of a malformed sequence that one replacement character stands for: the longest beginning of a sequence that could be.
  private func malformedLength(_ source: Text, _ offset: Int) -> Int {
    let lead = source.start[offset]
    if lead < 0xc2 || lead > 0xf4 { return 1 }
    let wanted = Utf8.length(lead: lead)
    var length = 1
    while length < wanted && offset &+ length < source.count {
      let byte = source.start[offset &+ length]
      var low: UInt8 = 0x80
      var high: UInt8 = 0xbf
      if length == 1 {
        if lead == 0xe0 { low = 0xa0 }
        if lead == 0xed { high = 0x9f }
        if lead == 0xf0 { low = 0x90 }
        if lead == 0xf4 { high = 0x8f }
      }
      if byte < low || byte > high { break }
      length &+= 1
    }
    return length
  }

  /// `str.encode`.
  func encodeText(_ source: Text, _ codec: TextCodec, _ errors: CodecErrors) throws(PyError) -> Value {
    if codec == .utf8 || source.isASCII {
      return source.count == 0 ? interpreter.pointee.emptyBytes : try newBytes(source.start, source.count)
    }
    let limit: UInt32 = codec == .ascii ? 0x80 : 0x100
    var builder = try StringBuilder(self, capacity: source.count)
    var index = 0
    while index < source.count {
      try pollInterrupt()
      let (codePoint, length) = Utf8.decode(source.start + index)
      if codePoint < limit {
        try builder.append(byte: UInt8(truncatingIfNeeded: codePoint))
      } else {
        switch errors {
        case .strict: try raiseEncodeError(codec, codePoint, Utf8.count(source.start, index))
        case .ignore: break
        case .replace: try builder.append(byte: 63)
        case .backslash: try appendEscape(codePoint, 0, &builder)
        }
      }
      index &+= length
    }
    return try builder.finishBytes()
  }

  @inline(never) private func raiseEncodeError(_ codec: TextCodec, _ codePoint: UInt32, _ position: Int) throws(PyError) -> Never {
    var escape = StringBuilder(self)
    try appendEscape(codePoint, 0, &escape)
    try raise(
      .unicodeEncodeError, "'%s' codec can't encode character '%s' in position %s", newString(codec.name), escape.finish(),
      Value(smallInt: position))
  }
}

/// `str.encode(encoding='utf-8', errors='strict')`.
func strEncode(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "encoding=?, errors=?", 1, 3)
  let codec = try vm.codec(arguments.optional(1))
  let errors = try vm.codecErrors(arguments.optional(2))
  return try vm.encodeText(vm.uncheckedText(arguments[0]), codec, errors)
}

/// `bytes.decode(encoding='utf-8', errors='strict')`.
func bytesDecode(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "encoding=?, errors=?", 1, 3)
  let codec = try vm.codec(arguments.optional(1))
  let errors = try vm.codecErrors(arguments.optional(2))
  return try vm.decodeText(vm.uncheckedText(arguments[0]), codec, errors)
}
