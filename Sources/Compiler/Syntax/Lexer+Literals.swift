// Operators, numbers and the extent of string literals.

extension Lexer {
  // MARK: Operators

  @inline(__always) private mutating func take(_ count: Int, _ kind: TokenKind) {
    cursor += count
    self.kind = kind
  }

  /// `x`, or `x=`.
  @inline(__always) private mutating func takeAugmentable(_ plain: TokenKind, _ augmented: TokenKind) {
    let isAugmented = peek(1) == 0x3d
    take(isAugmented ? 2 : 1, isAugmented ? augmented : plain)
  }

  /// `x`, `x=`, `xx` or `xx=`.
  private mutating func takeDoubled(
    _ byte: UInt8, _ single: TokenKind, _ singleAssign: TokenKind, _ double: TokenKind, _ doubleAssign: TokenKind
  ) {
    if peek(1) != byte { return takeAugmentable(single, singleAssign) }
    let isAugmented = peek(2) == 0x3d
    take(isAugmented ? 3 : 2, isAugmented ? doubleAssign : double)
  }

  mutating func lexOperator(_ byte: UInt8) throws(SyntaxFailure) {
    switch byte {
    case Byte.of("("): open(.leftParenthesis)
    case Byte.of("["): open(.leftBracket)
    case Byte.of("{"): open(.leftBrace)
    case Byte.of(")"): close(.rightParenthesis)
    case Byte.of("]"): close(.rightBracket)
    case Byte.of("}"): close(.rightBrace)
    case Byte.of(","): take(1, .comma)
    case Byte.of(";"): take(1, .semicolon)
    case Byte.of("~"): take(1, .tilde)
    case Byte.of(":"): takeAugmentable(.colon, .walrus)
    case Byte.of("="): takeAugmentable(.assign, .equal)
    case Byte.of("!"): takeAugmentable(.exclamation, .notEqual)
    case Byte.of("+"): takeAugmentable(.plus, .plusAssign)
    case Byte.of("@"): takeAugmentable(.at, .atAssign)
    case Byte.of("%"): takeAugmentable(.percent, .percentAssign)
    case Byte.of("&"): takeAugmentable(.ampersand, .ampersandAssign)
    case Byte.of("|"): takeAugmentable(.bar, .barAssign)
    case Byte.of("^"): takeAugmentable(.caret, .caretAssign)
    case Byte.of("*"): takeDoubled(byte, .star, .starAssign, .doubleStar, .doubleStarAssign)
    case Byte.of("/"): takeDoubled(byte, .slash, .slashAssign, .doubleSlash, .doubleSlashAssign)
    case Byte.of("<"): takeDoubled(byte, .less, .lessEqual, .leftShift, .leftShiftAssign)
    case Byte.of(">"): takeDoubled(byte, .more, .moreEqual, .rightShift, .rightShiftAssign)
    case Byte.of("-"):
      if peek(1) == Byte.of(">") { take(2, .arrow) } else { takeAugmentable(.minus, .minusAssign) }
    case Byte.of("."): try lexDot()
    default: throw failure(.invalidSyntax)
    }
  }

  @inline(__always) private mutating func open(_ kind: TokenKind) {
    depth &+= 1
    take(1, kind)
  }

  @inline(__always) private mutating func close(_ kind: TokenKind) {
    // A surplus bracket is reported by the grammar.
    if depth > 0 { depth &-= 1 }
    take(1, kind)
  }

  private mutating func lexDot() throws(SyntaxFailure) {
    if Byte.isDigit(peek(1)) { return try lexNumber() }
    let isEllipsis = peek(1) == Byte.of(".") && peek(2) == Byte.of(".")
    take(isEllipsis ? 3 : 1, isEllipsis ? .ellipsis : .dot)
  }

  // MARK: Numbers

  mutating func lexNumber() throws(SyntaxFailure) {
    kind = .integer
    if peek() == 0x30 {
      switch peek(1) | 0x20 {
      case Byte.of("x"): return try lexRadix(16)
      case Byte.of("o"): return try lexRadix(8)
      case Byte.of("b"): return try lexRadix(2)
      default: break
      }
    }
    let startsWithZero = peek() == 0x30
    var isZero = true
    if peek() != Byte.of(".") { isZero = try skipDigits() }
    if peek() == Byte.of(".") {
      cursor += 1
      kind = .float
      if Byte.isDigit(peek()) { _ = try skipDigits() }
    }
    if peek() | 0x20 == Byte.of("e") {
      let hasSign = peek(1) == Byte.of("+") || peek(1) == Byte.of("-")
      if Byte.isDigit(peek(hasSign ? 2 : 1)) {
        cursor += hasSign ? 2 : 1
        kind = .float
        _ = try skipDigits()
      }
    }
    if peek() | 0x20 == Byte.of("j") {
      cursor += 1
      kind = .imaginary
    } else if kind == .integer && startsWithZero && !isZero {
      throw failure(.leadingZeros)
    }
    try endNumber()
  }

  private mutating func lexRadix(_ radix: UInt32) throws(SyntaxFailure) {
    cursor += 2
    var count = 0
    while true {
      let place = cursor
      if peek() == Byte.of("_") { cursor += 1 }
      guard let digit = Byte.hexadecimalValue(peek()), digit < radix else {
        if place != cursor || count == 0 { throw failure(.invalidNumber) }
        break
      }
      cursor += 1
      count &+= 1
    }
    try endNumber()
  }

  /// Skips decimal digits with single underscores between them; answers whether all were zero.
  private mutating func skipDigits() throws(SyntaxFailure) -> Bool {
    var isZero = true
    while true {
      let byte = peek()
      if Byte.isDigit(byte) {
        if byte != 0x30 { isZero = false }
        cursor += 1
      } else if byte == Byte.of("_") {
        if !Byte.isDigit(peek(1)) { throw failure(.invalidNumber) }
        cursor += 1
      } else {
        return isZero
      }
    }
  }

  /// A number may touch a keyword that can follow it (`1if x else y`), but no other name or digit.
  private mutating func endNumber() throws(SyntaxFailure) {
    if cursor == limit || !Byte.isIdentifier(cursor.pointee) { return }
    var word: UInt64 = 0
    var place = cursor
    while place < limit && place - cursor < 5 && Byte.isIdentifier(place.pointee) {
      word = (word &<< 8) | UInt64(place.pointee)
      place += 1
    }
    switch TokenKind.keyword(word) {
    case .and, .else, .for, .if, .in, .is, .not, .or: return
    default: throw failure(.invalidNumber)
    }
  }

  // MARK: Strings

  /// Steps over the opening quotes and notes their kind.
  private mutating func openString() {
    let quote = cursor.pointee
    form.quote = quote
    form.isTriple = peek(1) == quote && peek(2) == quote
    cursor += form.isTriple ? 3 : 1
  }

  mutating func lexFormattedString() {
    openString()
    kind = .formattedString
  }

  /// Finds the extent of a literal without interpolations; the cursor is at its opening quote.
  mutating func lexString() throws(SyntaxFailure) {
    openString()
    kind = .string
    bodyStart = cursor
    needsDecoding = false
    while cursor < limit {
      let byte = cursor.pointee
      if byte == form.quote {
        if closeString() { return }
      } else if byte == Byte.backslash {
        needsDecoding = true
        cursor += 1
        if cursor == limit { break }
        if Lexer.isLineEnd(cursor.pointee) { skipLineEnd() } else { cursor += 1 }
      } else if Lexer.isLineEnd(byte) {
        if !form.isTriple { break }
        if byte == Byte.carriageReturn { needsDecoding = true }
        skipLineEnd()
      } else {
        if byte >= 0x80 { needsDecoding = true }
        cursor += 1
        try pollOften(at: cursor)
      }
    }
    throw unterminatedString()
  }

  /// At a quote character: steps over the closing quotes, or over this one character of a triple-quoted text.
  @inline(__always) private mutating func closeString() -> Bool {
    if form.isTriple && (peek(1) != form.quote || peek(2) != form.quote) {
      cursor += 1
      return false
    }
    bodyEnd = cursor
    cursor += form.isTriple ? 3 : 1
    return true
  }

  /// The failure for a literal that does not end.
  @inline(never) mutating func unterminatedString() -> SyntaxFailure {
    failure(form.isTriple ? .unterminatedTripleString : .unterminatedString, atEnd: form.isTriple)
  }
}
