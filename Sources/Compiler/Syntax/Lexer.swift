// The lexer turns source bytes into tokens, one at a time: `advance()` replaces the current token by the next. There is no token list.
//
// It is a trivial value: a copy is a bookmark. The parser looks ahead by advancing and then putting the copy back; it does so only within
// one logical line, because the stack of indentations is shared by the copies.
//
// Bracket depth is counted here only to know when a line end is white space; that brackets match is the grammar's business. The braces of
// an interpolation count as brackets.

import Bytecode

/// A level of indentation: its column with tabs to multiples of 8, and with tabs as 1. Levels must agree under both measures.
struct Indentation {
  var column: UInt16
  var alternative: UInt16
}

/// The form of a string literal.
struct StringForm {
  var quote: UInt8 = 0
  var isTriple = false
  var isRaw = false
  var isBytes = false
  var isTemplate = false
}

struct Lexer {
  let base: UnsafePointer<UInt8>
  let limit: UnsafePointer<UInt8>
  let names: NameTable
  /// Owned by the parser. Level 0 is column 0.
  let indentations: UnsafeMutablePointer<Indentation>
  let maximumIndentation: Int32

  /// The byte after the current token.
  var cursor: UnsafePointer<UInt8>
  var lineStart: UnsafePointer<UInt8>
  var line: UInt32 = 1

  // The current token.
  var kind = TokenKind.newline
  var start: UnsafePointer<UInt8>
  var tokenLine: UInt32 = 1
  var tokenColumn: UInt16 = 1
  /// Of a `name` token.
  var name = NameIndex.none
  /// Of a `string` or `formattedString` token.
  var form = StringForm()
  /// Text between the quotes of a `string` token.
  var bodyStart: UnsafePointer<UInt8>
  var bodyEnd: UnsafePointer<UInt8>
  /// The text holds backslashes, carriage returns or bytes outside ASCII.
  var needsDecoding = false

  /// End of the token before the current one.
  var previousEnd: UnsafePointer<UInt8>
  /// Open brackets.
  var depth: Int32 = 0
  var indentationDepth: Int32 = 0
  /// Tokens due: 1 for an indent, negative for so many dedents.
  var pending: Int32 = 0
  var atLineStart = true

  init(source: UnsafeBufferPointer<UInt8>, names: NameTable, indentations: UnsafeMutablePointer<Indentation>, maximumIndentation: Int) {
    // An empty buffer has no address; no byte is ever read through this one.
    let first = source.baseAddress ?? UnsafePointer(indentations).withMemoryRebound(to: UInt8.self, capacity: 1) { $0 }
    base = first
    limit = first + source.count
    self.names = names
    self.indentations = indentations
    self.maximumIndentation = Int32(truncatingIfNeeded: maximumIndentation)
    indentations.initialize(to: Indentation(column: 0, alternative: 0))
    let hasMark = source.count >= 3 && first[0] == 0xef && first[1] == 0xbb && first[2] == 0xbf
    cursor = hasMark ? first + 3 : first
    lineStart = cursor
    start = cursor
    bodyStart = cursor
    bodyEnd = cursor
    previousEnd = cursor
  }

  // MARK: Bytes

  /// The byte `offset` places after the cursor, or 0 past the end.
  @inline(__always) func peek(_ offset: Int = 0) -> UInt8 { limit - cursor > offset ? cursor[offset] : 0 }

  @inline(__always) static func isLineEnd(_ byte: UInt8) -> Bool { byte == Byte.newline || byte == Byte.carriageReturn }

  /// Steps over one line end of any convention. The cursor must be at one.
  @inline(__always) mutating func skipLineEnd() {
    let isPair = cursor.pointee == Byte.carriageReturn && peek(1) == Byte.newline
    cursor += isPair ? 2 : 1
    line &+= 1
    lineStart = cursor
  }

  /// Records the cursor as the start of the current token.
  @inline(__always) mutating func mark() {
    start = cursor
    tokenLine = line
    tokenColumn = UInt16(clamping: cursor - lineStart &+ 1)
  }

  // MARK: Errors

  /// A failure at the current token. Columns of failures count characters.
  @inline(never) mutating func failure(_ message: SyntaxMessage, atEnd: Bool = false) -> SyntaxFailure {
    var column: UInt32 = 1
    var place = start
    while place > base && !Lexer.isLineEnd(place[-1]) {
      place -= 1
      if place.pointee & 0xc0 != 0x80 { column &+= 1 }
    }
    // A byte order mark is no character of the line.
    if place == base && limit - base >= 3 && base[0] == 0xef && base[1] == 0xbb && base[2] == 0xbf && column > 1 { column &-= 1 }
    return SyntaxFailure(message, line: tokenLine, column: column, atEndOfInput: atEnd)
  }

  /// A failure at the cursor.
  @inline(never) mutating func failureHere(_ message: SyntaxMessage, atEnd: Bool = false) -> SyntaxFailure {
    mark()
    return failure(message, atEnd: atEnd)
  }

  // MARK: Tokens

  /// Makes the next token the current one.
  mutating func advance() throws(SyntaxFailure) {
    previousEnd = cursor
    if atLineStart { try beginLine() }
    if pending != 0 { return emitIndentation() }
    while cursor < limit {
      let byte = cursor.pointee
      switch byte {
      case 0x20, 0x09, 0x0c: cursor += 1
      case 0x23: try skipComment()
      case 0x0a, 0x0d:
        if depth == 0 {
          if kind != .newline && kind != .dedent { return endLine() }
          // Nothing but a continued line came before: this is a blank line after all.
          skipLineEnd()
          try beginLine()
          if pending != 0 { return emitIndentation() }
        } else {
          skipLineEnd()
        }
      case 0x5c: try continueLine()
      case 0x41...0x5a, 0x5f, 0x61...0x7a, 0x80...0xff:
        mark()
        return try lexName()
      case 0x30...0x39:
        mark()
        return try lexNumber()
      case 0x22, 0x27:
        mark()
        form = StringForm()
        return try lexString()
      default:
        mark()
        return try lexOperator(byte)
      }
    }
    endInput()
  }

  /// A `newline` token at a line end outside brackets.
  private mutating func endLine() {
    mark()
    kind = .newline
    skipLineEnd()
    atLineStart = true
  }

  /// The last line gets a `newline` token even if it has no line end; then comes `endOfFile` for ever.
  private mutating func endInput() {
    mark()
    let isOpen = depth == 0 && kind != .newline && kind != .dedent && kind != .endOfFile
    kind = isOpen ? .newline : .endOfFile
    atLineStart = isOpen
  }

  private mutating func skipComment() throws(SyntaxFailure) {
    while cursor < limit && !Lexer.isLineEnd(cursor.pointee) {
      cursor += 1
      try pollOften(at: cursor)
    }
  }

  /// Asks whether there is any point in going on: once in 64 KiB of text that is not the parser's.
  @inline(__always) func pollOften(at place: UnsafePointer<UInt8>) throws(SyntaxFailure) {
    if UInt(bitPattern: place) & 0xffff == 0 { try poll() }
  }

  @inline(never) private func poll() throws(SyntaxFailure) {
    if names.space.pointee.mustStop { throw .stopped(names.space) }
  }

  /// A backslash outside strings: joins the next line to this one.
  private mutating func continueLine() throws(SyntaxFailure) {
    mark()
    cursor += 1
    if cursor == limit { throw failure(.unexpectedEnd, atEnd: true) }
    if !Lexer.isLineEnd(cursor.pointee) { throw failure(.afterBackslash) }
    skipLineEnd()
  }

  // MARK: Indentation

  /// Skips blank lines and comments, measures the indentation of the next line and sets `pending`.
  private mutating func beginLine() throws(SyntaxFailure) {
    atLineStart = false
    var column = 0
    var alternative = 0
    scan: while cursor < limit {
      switch cursor.pointee {
      case 0x20:
        column &+= 1
        alternative &+= 1
      case 0x09:
        column = (column | 7) &+ 1
        alternative &+= 1
      case 0x0c:
        column = 0
        alternative = 0
      case 0x23, 0x0a, 0x0d:
        try skipComment()
        if cursor < limit { skipLineEnd() }
        try pollOften(at: cursor)
        column = 0
        alternative = 0
        continue scan
      default: break scan
      }
      cursor += 1
    }
    if cursor == limit {
      column = 0
      alternative = 0
    }
    try indent(to: Indentation(column: UInt16(clamping: column), alternative: UInt16(clamping: alternative)))
  }

  private mutating func indent(to new: Indentation) throws(SyntaxFailure) {
    var level = indentations[Int(indentationDepth)]
    if new.column > level.column {
      if new.alternative <= level.alternative { throw failureHere(.inconsistentTabs) }
      if indentationDepth == maximumIndentation { throw failureHere(.tooDeepIndentation) }
      indentationDepth &+= 1
      (indentations + Int(indentationDepth)).initialize(to: new)
      pending = 1
      return
    }
    while new.column < level.column {
      indentationDepth &-= 1
      pending &-= 1
      level = indentations[Int(indentationDepth)]
    }
    if new.column != level.column { throw failureHere(.unindentMismatch) }
    if new.alternative != level.alternative { throw failureHere(.inconsistentTabs) }
  }

  private mutating func emitIndentation() {
    mark()
    kind = pending > 0 ? .indent : .dedent
    pending = pending > 0 ? 0 : pending &+ 1
  }

  // MARK: Names

  private mutating func lexName() throws(SyntaxFailure) {
    var hash = NameTable.hashSeed
    // The last eight bytes; for a keyword, all of them.
    var word: UInt64 = 0
    var place = cursor
    while place < limit {
      let byte = place.pointee
      if !Byte.isIdentifier(byte) { break }
      hash = NameTable.combine(hash, byte)
      word = (word &<< 8) | UInt64(byte)
      place += 1
    }
    let count = place - cursor
    if count <= 2, place < limit, place.pointee == 0x22 || place.pointee == 0x27, let prefix = Lexer.stringPrefix(word) {
      cursor = place
      form = prefix.form
      return prefix.isFormatted ? lexFormattedString() : try lexString()
    }
    cursor = place
    if count <= 8 && count >= 2 {
      kind = TokenKind.keyword(word)
      if kind != .name { return }
    }
    if count > 65535 { throw failure(.nameTooLong) }
    kind = .name
    name = names.intern(start, count, hash: hash)
  }

  /// The form that one or two letters before a quote give, if they are a prefix.
  private static func stringPrefix(_ word: UInt64) -> (form: StringForm, isFormatted: Bool)? {
    var form = StringForm()
    // Lower case; a single letter leaves the upper byte at 0x20.
    switch (word | 0x2020) & 0xffff {
    case 0x2075: return (form, false)
    case 0x2072: form.isRaw = true
    case 0x2062: form.isBytes = true
    case 0x6272, 0x7262:
      form.isBytes = true
      form.isRaw = true
    case 0x2066: return (form, true)
    case 0x6672, 0x7266:
      form.isRaw = true
      return (form, true)
    case 0x2074:
      form.isTemplate = true
      return (form, true)
    case 0x7472, 0x7274:
      form.isTemplate = true
      form.isRaw = true
      return (form, true)
    default: return nil
    }
    return (form, false)
  }
}
