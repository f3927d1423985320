// Tokens: their kinds, the precedence of operators, and how keywords are recognised.

/// What a token is. Operators stand in the order of `BinaryOperator` and `ComparisonOperator`, so that a subtraction converts them.
enum TokenKind: UInt8 {
  case endOfFile, newline, indent, dedent, name, integer, float, imaginary
  /// A literal without interpolations; its extent is known, its text not yet decoded.
  case string
  /// The opening quotes of an f-string or t-string; the parser drives the lexer through the rest.
  case formattedString

  // Keywords
  case falseKeyword, noneKeyword, trueKeyword, and, `as`, assert, async, await, `break`, `class`, `continue`, def
  case del, elif, `else`, except, finally, `for`, from, global, `if`, `import`, `in`, `is`
  case lambda, nonlocal, not, or, pass, raise, `return`, `try`, `while`, with, yield

  // Punctuation
  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, semicolon, dot, ellipsis, arrow, assign, walrus, exclamation, tilde

  // Binary operators, as in `BinaryOperator`
  case bar, caret, ampersand, leftShift, rightShift, plus, minus, star, at, doubleSlash, slash, percent, doubleStar
  // Augmented assignments, in the same order
  case barAssign, caretAssign, ampersandAssign, leftShiftAssign, rightShiftAssign, plusAssign, minusAssign, starAssign, atAssign
  case doubleSlashAssign, slashAssign, percentAssign, doubleStarAssign

  // Comparisons, as in `ComparisonOperator`
  case less, more, equal, lessEqual, moreEqual, notEqual

  /// Binding strength of an operator that can follow an operand, or 0. `**` has none: it belongs to the operand.
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .less, .more, .equal, .lessEqual, .moreEqual, .notEqual, .in, .is, .not: .comparison
    case .bar: .bitwiseOr
    case .caret: .bitwiseXor
    case .ampersand: .bitwiseAnd
    case .leftShift, .rightShift: .shift
    case .plus, .minus: .sum
    case .star, .at, .doubleSlash, .slash, .percent: .term
    default: .none
    }
  }

  /// The operator of an augmented assignment.
  var augmentedOperator: BinaryOperator? {
    if rawValue < TokenKind.barAssign.rawValue || rawValue > TokenKind.doubleStarAssign.rawValue { return nil }
    return BinaryOperator(rawValue: rawValue &- TokenKind.barAssign.rawValue)
  }

  /// Raw `BinaryOperator` of a token from `bar` to `doubleStar`.
  @inline(__always) var binaryOperator: UInt8 { rawValue &- TokenKind.bar.rawValue }

  /// The keyword whose letters, eight at most, are the bytes of `word` with the last letter lowest; or `name`.
  static func keyword(_ word: UInt64) -> TokenKind {
    switch word {
    case 0x46616c7365: .falseKeyword
    case 0x4e6f6e65: .noneKeyword
    case 0x54727565: .trueKeyword
    case 0x616e64: .and
    case 0x6173: .as
    case 0x617373657274: .assert
    case 0x6173796e63: .async
    case 0x6177616974: .await
    case 0x627265616b: .break
    case 0x636c617373: .class
    case 0x636f6e74696e7565: .continue
    case 0x646566: .def
    case 0x64656c: .del
    case 0x656c6966: .elif
    case 0x656c7365: .else
    case 0x657863657074: .except
    case 0x66696e616c6c79: .finally
    case 0x666f72: .for
    case 0x66726f6d: .from
    case 0x676c6f62616c: .global
    case 0x6966: .if
    case 0x696d706f7274: .import
    case 0x696e: .in
    case 0x6973: .is
    case 0x6c616d626461: .lambda
    case 0x6e6f6e6c6f63616c: .nonlocal
    case 0x6e6f74: .not
    case 0x6f72: .or
    case 0x70617373: .pass
    case 0x7261697365: .raise
    case 0x72657475726e: .return
    case 0x747279: .try
    case 0x7768696c65: .while
    case 0x77697468: .with
    case 0x7969656c64: .yield
    default: .name
    }
  }
}

/// Binding strengths, weakest first.
enum Precedence: UInt8, Comparable {
  case none, or, and, not, comparison, bitwiseOr, bitwiseXor, bitwiseAnd, shift, sum, term

  @inline(__always) static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
}

/// Bytes that the lexer looks for.
enum Byte {
  static var newline: UInt8 { 10 }
  static var carriageReturn: UInt8 { 13 }
  static var backslash: UInt8 { 0x5c }
  static var leftBrace: UInt8 { 0x7b }
  static var rightBrace: UInt8 { 0x7d }

  /// The value of an ASCII character literal.
  @inline(__always) static func of(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: scalar.value) }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// Letters, digits, underscore and everything outside ASCII.
  @inline(__always) static func isIdentifier(_ byte: UInt8) -> Bool {
    // One bit for each ASCII character: digits in the low word; letters and underscore in the high word.
    let bits: UInt64 = byte < 64 ? 0x03ff_0000_0000_0000 : 0x07ff_fffe_87ff_fffe
    return byte >= 0x80 || (bits &>> UInt64(byte & 63)) & 1 != 0
  }

  /// Value of a hexadecimal digit, or nil.
  @inline(__always) static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    if isDigit(byte) { return UInt32(byte &- 48) }
    let letter = (byte | 0x20) &- 97
    return letter < 6 ? UInt32(letter &+ 10) : nil
  }
}
