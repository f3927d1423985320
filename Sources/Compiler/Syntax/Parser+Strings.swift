// String literals: joining adjacent ones, decoding escapes, and the interpolations of f-strings and t-strings.
//
// Decoded text grows at the end of the payload. Within a joined string the text since `textStart` is the part being gathered; it becomes a
// node when an interpolation follows, so that literals decoded inside the interpolation do not run into it.

/// State of a run of adjacent literals.
struct StringRun {
  var position: Position
  var height: Int
  var textStart: Int
  var sawPlain = false
  var sawBytes = false
  var sawFormatted = false
  var sawTemplate = false
}

extension Parser {
  /// All adjacent literals, as one node.
  mutating func parseStrings() throws(SyntaxFailure) -> NodeIndex {
    var run = StringRun(position: here, height: scratch.count, textStart: payload.count)
    repeat {
      let form = lexer.form
      if lexer.kind == .string {
        if form.isBytes { run.sawBytes = true } else { run.sawPlain = true }
        try checkMixture(run)
        try decodeBody(form)
      } else {
        if form.isTemplate { run.sawTemplate = true } else { run.sawFormatted = true }
        try checkMixture(run)
        try parseFormatted(form, &run, isFormat: false)
      }
      try advance()
    } while lexer.kind == .string || lexer.kind == .formattedString
    if !run.sawFormatted && !run.sawTemplate {
      return try addText(run.sawBytes ? .bytes : .string, run.position, from: run.textStart)
    }
    try flush(&run)
    return try add(run.sawTemplate ? .templateString : .joinedString, run.position, left: popList(run.height))
  }

  private mutating func checkMixture(_ run: StringRun) throws(SyntaxFailure) {
    if run.sawTemplate && (run.sawPlain || run.sawBytes || run.sawFormatted) { throw failure(.mixedTemplate) }
    if run.sawBytes && (run.sawPlain || run.sawFormatted) { throw failure(.mixedBytes) }
  }

  private mutating func addText(_ tag: NodeTag, _ position: Position, from start: Int) throws(SyntaxFailure) -> NodeIndex {
    try add(tag, position, left: UInt32(truncatingIfNeeded: start), right: UInt32(truncatingIfNeeded: payload.count - start))
  }

  /// Makes a part of the text gathered so far, if there is any.
  private mutating func flush(_ run: inout StringRun) throws(SyntaxFailure) {
    if payload.count > run.textStart { try push(addText(.string, run.position, from: run.textStart)) }
    run.textStart = payload.count
  }

  // MARK: Plain literals

  /// Appends the decoded text of the current `string` token.
  private mutating func decodeBody(_ form: StringForm) throws(SyntaxFailure) {
    let end = lexer.bodyEnd
    var place = lexer.bodyStart
    if !lexer.needsDecoding {
      try payload.append(place, count: end - place)
      return
    }
    while place < end {
      let byte = place.pointee
      if byte == Byte.backslash && !form.isRaw {
        try decodeEscape(&place, end, isBytes: form.isBytes)
      } else if byte == Byte.carriageReturn {
        try payload.append(Byte.newline)
        place += place + 1 < end && place[1] == Byte.newline ? 2 : 1
      } else if byte >= 0x80 {
        if form.isBytes { throw failure(.nonASCIIBytes) }
        try copyCharacter(&place, end)
      } else {
        try payload.append(byte)
        place += 1
        try lexer.pollOften(at: place)
      }
    }
  }

  /// Copies one character outside ASCII, if it is well-formed.
  private mutating func copyCharacter(_ place: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) throws(SyntaxFailure) {
    let lead = place.pointee
    let count = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    if lead < 0xc2 || lead > 0xf4 || end - place < count { throw failure(.invalidUTF8) }
    // The second byte's range rules out overlong forms, surrogates and values past U+10FFFF.
    let low: UInt8 = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80
    let high: UInt8 = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf
    if place[1] < low || place[1] > high { throw failure(.invalidUTF8) }
    for index in 2..<max(2, count) where place[index] & 0xc0 != 0x80 { throw failure(.invalidUTF8) }
    try payload.append(place, count: count)
    place += count
  }

  // MARK: Escapes

  /// Decodes the escape at `place`, a backslash, and steps over it.
  private mutating func decodeEscape(
    _ place: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, isBytes: Bool
  ) throws(SyntaxFailure) {
    // Only an f-string's text can end here; it is then malformed anyway.
    if end - place < 2 { throw failure(.invalidEscape) }
    let byte = place[1]
    place += 2
    switch byte {
    case 0x0a: return
    case 0x0d:
      if place < end && place.pointee == Byte.newline { place += 1 }
    case 0x5c, 0x22, 0x27: try payload.append(byte)
    case Byte.of("a"): try payload.append(7)
    case Byte.of("b"): try payload.append(8)
    case Byte.of("t"): try payload.append(9)
    case Byte.of("n"): try payload.append(10)
    case Byte.of("v"): try payload.append(11)
    case Byte.of("f"): try payload.append(12)
    case Byte.of("r"): try payload.append(13)
    case 0x30...0x37: try appendOctal(byte, &place, end, isBytes: isBytes)
    case Byte.of("x"): try appendHexadecimal(2, &place, end, isBytes: isBytes)
    case Byte.of("u") where !isBytes: try appendHexadecimal(4, &place, end, isBytes: false)
    case Byte.of("U") where !isBytes: try appendHexadecimal(8, &place, end, isBytes: false)
    case Byte.of("N") where !isBytes: throw failure(.unicodeName)
    default:
      // An unknown escape stands for itself.
      try payload.append(Byte.backslash)
      place -= 1
      if byte >= 0x80 { return }
      try payload.append(byte)
      place += 1
    }
  }

  private mutating func appendOctal(
    _ first: UInt8, _ place: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, isBytes: Bool
  ) throws(SyntaxFailure) {
    var value = UInt32(first &- 48)
    var count = 1
    while count < 3 && place < end && place.pointee &- 48 < 8 {
      value = value &* 8 &+ UInt32(place.pointee &- 48)
      place += 1
      count &+= 1
    }
    try appendCode(value, isBytes: isBytes)
  }

  private mutating func appendHexadecimal(
    _ count: Int, _ place: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, isBytes: Bool
  ) throws(SyntaxFailure) {
    if end - place < count { throw failure(.invalidEscape) }
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = Byte.hexadecimalValue(place.pointee) else { throw failure(.invalidEscape) }
      value = value &* 16 &+ digit
      place += 1
    }
    if value > 0x10ffff { throw failure(.invalidEscape) }
    try appendCode(value, isBytes: isBytes)
  }

  /// A byte, or a code point (surrogates too) in UTF-8.
  private mutating func appendCode(_ value: UInt32, isBytes: Bool) throws(SyntaxFailure) {
    if isBytes || value < 0x80 { return try payload.append(UInt8(truncatingIfNeeded: value)) }
    if value < 0x800 {
      try payload.append(UInt8(truncatingIfNeeded: 0xc0 | (value &>> 6)))
    } else {
      if value < 0x10000 {
        try payload.append(UInt8(truncatingIfNeeded: 0xe0 | (value &>> 12)))
      } else {
        try payload.append(UInt8(truncatingIfNeeded: 0xf0 | (value &>> 18)))
        try payload.append(UInt8(truncatingIfNeeded: 0x80 | ((value &>> 12) & 0x3f)))
      }
      try payload.append(UInt8(truncatingIfNeeded: 0x80 | ((value &>> 6) & 0x3f)))
    }
    try payload.append(UInt8(truncatingIfNeeded: 0x80 | (value & 0x3f)))
  }

  // MARK: Interpolated literals

  /// Reads an f-string's text from the cursor to its closing quotes (stepped over), or, of a format specification, to the `}` that ends the
  /// interpolation (not stepped over). Interpolations are parsed on the way and pushed.
  private mutating func parseFormatted(_ form: StringForm, _ run: inout StringRun, isFormat: Bool) throws(SyntaxFailure) {
    // Braces doubled in a t-string's specification, as upstream reads them.
    var doubled = 0
    while lexer.cursor < lexer.limit {
      let byte = lexer.cursor.pointee
      switch byte {
      case form.quote:
        if !form.isTriple || (lexer.peek(1) == byte && lexer.peek(2) == byte) {
          if isFormat { throw lexer.failureHere(.malformedFormat) }
          lexer.cursor += form.isTriple ? 3 : 1
          return
        }
        try payload.append(byte)
        lexer.cursor += 1
      case Byte.leftBrace:
        if lexer.peek(1) == byte && (!isFormat || form.isTemplate) {
          if isFormat { doubled += 1 }
          try payload.append(byte)
          lexer.cursor += 2
        } else {
          try parseInterpolation(form, &run)
        }
      case Byte.rightBrace:
        if isFormat && doubled == 0 { return }
        if lexer.peek(1) != byte { throw lexer.failureHere(.malformedFormat) }
        doubled -= isFormat ? 1 : 0
        try payload.append(byte)
        lexer.cursor += 2
      case Byte.newline, Byte.carriageReturn:
        if !form.isTriple { throw unterminated(form, isFormat: isFormat) }
        try payload.append(Byte.newline)
        lexer.skipLineEnd()
      default: try copyFormattedText(form)
      }
    }
    throw unterminated(form, isFormat: isFormat)
  }

  private mutating func unterminated(_ form: StringForm, isFormat: Bool) -> SyntaxFailure {
    lexer.failure(
      isFormat ? .malformedFormat : form.isTriple ? .unterminatedTripleString : .unterminatedString, atEnd: form.isTriple)
  }

  /// Copies text without quotes, braces and line ends, or decodes one escape.
  private mutating func copyFormattedText(_ form: StringForm) throws(SyntaxFailure) {
    let byte = lexer.cursor.pointee
    if byte == Byte.backslash {
      let next = lexer.peek(1)
      let isBrace = next == Byte.leftBrace || next == Byte.rightBrace
      if form.isRaw || isBrace || lexer.limit - lexer.cursor < 2 {
        try payload.append(byte)
        lexer.cursor += 1
        // In a raw text a backslash still keeps a quote from ending it.
        let keepsNext = form.isRaw && lexer.cursor < lexer.limit && (next == form.quote || next == Byte.backslash)
        if keepsNext {
          try payload.append(next)
          lexer.cursor += 1
        }
        return
      }
      var place = lexer.cursor
      try decodeEscape(&place, lexer.limit, isBytes: false)
      lexer.cursor = place
      if Lexer.isLineEnd(next) {
        lexer.line &+= 1
        lexer.lineStart = lexer.cursor
      }
    } else if byte >= 0x80 {
      var place = lexer.cursor
      try copyCharacter(&place, lexer.limit)
      lexer.cursor = place
    } else {
      try payload.append(byte)
      lexer.cursor += 1
      try lexer.pollOften(at: lexer.cursor)
    }
  }

  // MARK: Interpolations

  /// `{expression=!r:format}`; the cursor is at the `{`. Pushes the text before it and the interpolation.
  private mutating func parseInterpolation(_ form: StringForm, _ run: inout StringRun) throws(SyntaxFailure) {
    lexer.mark()
    let position = here
    lexer.cursor += 1
    lexer.depth &+= 1
    let start = lexer.cursor
    let textStart = run.textStart
    let textEnd = payload.count
    try enter()
    let expression = try parseInterpolated()
    let end = lexer.previousEnd
    var isDebug = false
    if lexer.kind == .assign {
      isDebug = true
      try advanceInInterpolation()
      try gatherDebugText(&run, from: textStart, to: textEnd, source: start, lexer.start)
    } else {
      run.textStart = textStart
    }
    try pushText(run, isDebug ? payload.count : textEnd)
    var conversion: UInt8 = 0
    if lexer.kind == .exclamation { conversion = try parseConversion(form) }
    var format = NodeIndex.none
    if lexer.kind == .colon || lexer.kind == .walrus {
      format = try parseFormat(form)
    } else if lexer.kind == .rightBrace {
      if isDebug && conversion == 0 { conversion = Byte.of("r") }
    } else {
      throw interpolationFailure()
    }
    leave()
    let right = try record(offset(start), UInt32(truncatingIfNeeded: end - start), format.rawValue)
    try push(add(.interpolation, position, left: expression.rawValue, right: right, detail: conversion))
    run.textStart = payload.count
  }

  private mutating func parseInterpolated() throws(SyntaxFailure) -> NodeIndex {
    try advanceInInterpolation()
    switch lexer.kind {
    case .rightBrace, .exclamation, .colon, .assign, .walrus, .endOfFile: throw failure(.malformedFormat)
    // Its colon would start the format.
    case .lambda: throw failure(.invalidSyntax)
    default: break
    }
    let expression: NodeIndex
    do throws(SyntaxFailure) {
      expression = try parseExpressionList()
    } catch {
      // A literal that does not end has swallowed the closing quotes: the interpolation lacks its brace.
      if error.message == .unterminatedString || error.message == .unterminatedTripleString {
        throw SyntaxFailure(.malformedFormat, line: error.line, column: error.column, atEndOfInput: error.atEndOfInput)
      }
      throw error
    }
    switch lexer.kind {
    case .assign, .exclamation, .colon, .walrus, .rightBrace: return expression
    default: throw interpolationFailure()
    }
  }

  /// As `advance`, but a malformed token means that the interpolation does not end.
  private mutating func advanceInInterpolation() throws(SyntaxFailure) {
    do throws(SyntaxFailure) { try advance() } catch {
      if error.message != .unterminatedString && error.message != .unterminatedTripleString { throw error }
      throw SyntaxFailure(.malformedFormat, line: error.line, column: error.column, atEndOfInput: error.atEndOfInput)
    }
  }

  /// The failure at a token that cannot follow: upstream says "malformed" if the closing brace is missing, too.
  @inline(never) private mutating func interpolationFailure() -> SyntaxFailure {
    let result = failure(.invalidSyntax)
    var ahead = lexer
    while ahead.kind != .endOfFile && ahead.depth >= lexer.depth {
      do throws(SyntaxFailure) { try ahead.advance() } catch {
        return SyntaxFailure(.malformedFormat, line: result.line, column: result.column, atEndOfInput: error.atEndOfInput)
      }
    }
    if ahead.kind != .endOfFile { return result }
    return SyntaxFailure(.malformedFormat, line: result.line, column: result.column, atEndOfInput: true)
  }

  /// For `{x=}`: puts the text before the brace and the source up to the `=`'s end at the end of the payload, as one text.
  private mutating func gatherDebugText(
    _ run: inout StringRun, from: Int, to: Int, source: UnsafePointer<UInt8>, _ sourceEnd: UnsafePointer<UInt8>
  ) throws(SyntaxFailure) {
    run.textStart = payload.count
    for index in from..<to { try payload.append(payload[index]) }
    try payload.append(source, count: sourceEnd - source)
  }

  private mutating func pushText(_ run: StringRun, _ end: Int) throws(SyntaxFailure) {
    if end == run.textStart { return }
    try push(
      add(
        .string, run.position, left: UInt32(truncatingIfNeeded: run.textStart), right: UInt32(truncatingIfNeeded: end - run.textStart)))
  }

  /// `!r`, `!s` or `!a`; the current token is the `!`, the next becomes current.
  private mutating func parseConversion(_ form: StringForm) throws(SyntaxFailure) -> UInt8 {
    let byte = lexer.peek()
    switch byte {
    case Byte.of("r"), Byte.of("s"), Byte.of("a"): break
    default: throw lexer.failureHere(.invalidSyntax)
    }
    lexer.cursor += 1
    let next = lexer.peek()
    // As upstream, a t-string allows no white space here.
    if form.isTemplate && next != Byte.of(":") && next != Byte.rightBrace { throw lexer.failureHere(.invalidSyntax) }
    if Byte.isIdentifier(next) { throw lexer.failureHere(.invalidSyntax) }
    try advanceInInterpolation()
    return byte
  }

  /// The format specification after the current token, a colon; steps over the closing brace.
  private mutating func parseFormat(_ form: StringForm) throws(SyntaxFailure) -> NodeIndex {
    // The colon may have been taken for the start of `:=`.
    lexer.cursor = lexer.start + 1
    lexer.mark()
    var run = StringRun(position: here, height: scratch.count, textStart: payload.count)
    try parseFormatted(form, &run, isFormat: true)
    try flush(&run)
    lexer.cursor += 1
    lexer.depth &-= 1
    return try add(.joinedString, run.position, left: popList(run.height))
  }
}
