// The `match` statement and its patterns.

extension Parser {
  /// A `match` statement, or nil (with nothing consumed) if the name `match` starts an expression here.
  mutating func parseMatch() throws(SyntaxFailure) -> NodeIndex? {
    let position = here
    let next = nextKind
    // Words and literals cannot follow a name in an expression, but these can: only what comes after them tells.
    guard next.startsExpression else { return nil }
    let mark = bookmark
    let subject: NodeIndex
    do throws(SyntaxFailure) {
      try advance()
      subject = try parseSubject()
      if lexer.kind != .colon { throw failure(.invalidSyntax) }
      try advance()
      if lexer.kind != .newline { throw failure(.invalidSyntax) }
    } catch {
      goBack(to: mark)
      return nil
    }
    try advance()
    if lexer.kind != .indent { throw failure(.expectedBlock) }
    try advance()
    let cases = try parseCases()
    return try add(.match, position, left: subject.rawValue, right: cases)
  }

  private mutating func parseSubject() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    let first = lexer.kind == .star ? try parseStarred() : try parseNamedExpression()
    if lexer.kind != .comma {
      if tag(first) == .starred { throw failure(.starredHere, at: first) }
      return first
    }
    try push(first)
    while try accept(.comma) {
      if lexer.kind == .colon { break }
      try push(lexer.kind == .star ? try parseStarred() : try parseNamedExpression())
    }
    return try add(.tuple, position, left: popList(height))
  }

  private mutating func parseCases() throws(SyntaxFailure) -> UInt32 {
    try enter()
    let height = scratch.count
    var catchAll = NodeIndex.none
    repeat {
      if lexer.kind != .name || lexer.name != KnownName.case.index { throw failure(.invalidSyntax) }
      if !catchAll.isNone { throw failure(.patternUnreachable, at: catchAll) }
      let position = here
      try advance()
      bound.truncate(to: 0)
      let pattern = try parseTopPattern()
      let condition = try accept(.if) ? try parseNamedExpression() : .none
      if condition.isNone && isIrrefutable(pattern) { catchAll = pattern }
      let body = try parseBlock()
      try push(add(.matchCase, position, left: pattern.rawValue, right: record(condition.rawValue, body)))
    } while lexer.kind != .dedent && lexer.kind != .endOfFile
    if lexer.kind == .dedent { try advance() }
    leave()
    return try popList(height)
  }

  /// The pattern matches everything.
  private mutating func isIrrefutable(_ pattern: NodeIndex) -> Bool {
    var node = nodes[Int(pattern.rawValue)]
    while true {
      switch node.tag {
      case .patternCapture, .patternWildcard: return true
      case .patternAs: node = nodes[Int(node.left)]
      case .patternOr:
        // Only the last alternative may be irrefutable.
        node = nodes[Int(extra[Int(node.left) + Int(extra[Int(node.left)])])]
      default: return false
      }
    }
  }

  // MARK: Patterns

  /// A pattern after `case`: commas need no brackets.
  private mutating func parseTopPattern() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let first = try parseSequenceItem()
    if lexer.kind == .comma || tag(first) == .patternStar { return try parseSequence(first, position, until: .colon) }
    return first
  }

  /// A pattern or, as a sequence's item, `*name`.
  private mutating func parseSequenceItem() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    if try !accept(.star) { return try parsePattern() }
    let name = try expectName()
    if name == KnownName.underscore.index { return try add(.patternStar, position) }
    try bind(name, position)
    return try add(.patternStar, position, left: name.rawValue)
  }

  /// The rest of a sequence after its first item, up to but without the closing token (or the `if` after an open sequence).
  private mutating func parseSequence(
    _ first: NodeIndex, _ position: Position, until end: TokenKind
  ) throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    try push(first)
    var sawStar = tag(first) == .patternStar
    while try accept(.comma) {
      if lexer.kind == end || lexer.kind == .if { break }
      let item = try parseSequenceItem()
      if tag(item) == .patternStar {
        if sawStar { throw failure(.multipleStarPatterns, at: item) }
        sawStar = true
      }
      try push(item)
    }
    return try add(.patternSequence, position, left: popList(height))
  }

  /// Alternatives, maybe with `as name`.
  private mutating func parsePattern() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try enter()
    let outer = bound.count
    var pattern = try parseClosedPattern()
    if lexer.kind == .bar { pattern = try parseAlternatives(pattern, position, boundBefore: outer) }
    if try accept(.as) {
      let start = here
      let name = try expectName()
      if name == KnownName.underscore.index { throw failure(.cannotAssign, at: start) }
      try bind(name, start)
      pattern = try add(.patternAs, position, left: pattern.rawValue, right: name.rawValue)
    }
    leave()
    return pattern
  }

  /// `| b | c` after the first alternative. Each must bind the same names.
  private mutating func parseAlternatives(
    _ first: NodeIndex, _ position: Position, boundBefore outer: Int
  ) throws(SyntaxFailure) -> NodeIndex {
    // The first alternative's names wait on the stack, under the alternatives, while each of the others is parsed.
    let namesHeight = scratch.count
    let count = bound.count - outer
    try scratch.append(bound.base + outer, count: count)
    let height = scratch.count
    try push(first)
    var last = first
    while try accept(.bar) {
      if isIrrefutable(last) { throw failure(.patternUnreachable, at: last) }
      bound.truncate(to: outer)
      last = try parseClosedPattern()
      try checkBoundNames(namesHeight, count, last, boundBefore: outer)
      try push(last)
    }
    let list = try popList(height)
    scratch.truncate(to: namesHeight)
    return try add(.patternOr, position, left: list)
  }

  private mutating func checkBoundNames(_ height: Int, _ count: Int, _ pattern: NodeIndex, boundBefore outer: Int) throws(SyntaxFailure) {
    if bound.count - outer != count { throw failure(.patternNamesDiffer, at: pattern) }
    for place in height..<height + count {
      var isBound = false
      for index in outer..<bound.count where bound[index] == scratch[place] { isBound = true }
      if !isBound { throw failure(.patternNamesDiffer, at: pattern) }
    }
  }

  private mutating func bind(_ name: NameIndex, _ position: Position) throws(SyntaxFailure) {
    for index in 0..<bound.count where bound[index] == name.rawValue { throw failure(.patternNameReused, at: position) }
    try bound.append(name.rawValue)
  }

  private mutating func parseClosedPattern() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    switch lexer.kind {
    case .name: return try parseNamePattern()
    case .leftParenthesis: return try parseBracketedPattern(until: .rightParenthesis)
    case .leftBracket: return try parseBracketedPattern(until: .rightBracket)
    case .leftBrace: return try parseMappingPattern()
    default:
      let value = try parsePatternLiteral()
      let isSingleton = tag(value) == .noneConstant || tag(value) == .trueConstant || tag(value) == .falseConstant
      return try add(isSingleton ? .patternSingleton : .patternValue, position, left: value.rawValue)
    }
  }

  /// A number with sign and imaginary part, a string, or a singleton constant.
  private mutating func parsePatternLiteral() throws(SyntaxFailure) -> NodeIndex {
    switch lexer.kind {
    case .string, .formattedString, .noneKeyword, .trueKeyword, .falseKeyword:
      let start = here
      let value = try parseAtom()
      if tag(value) == .joinedString || tag(value) == .templateString { throw failure(.patternValue, at: start) }
      return value
    default: break
    }
    let position = here
    let real = try parseSignedNumber()
    let isReal = tag(real) != .imaginary
    guard isReal && (lexer.kind == .plus || lexer.kind == .minus) else { return real }
    let op: BinaryOperator = lexer.kind == .plus ? .add : .subtract
    try advance()
    if lexer.kind != .imaginary { throw failure(.patternValue) }
    let imaginary = try parseNumber(.imaginary)
    return try add(.binary, position, left: real.rawValue, right: imaginary.rawValue, detail: op.rawValue)
  }

  private mutating func parseSignedNumber() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let isNegative = try accept(.minus)
    let number: NodeIndex
    switch lexer.kind {
    case .integer: number = try parseNumber(.integer)
    case .float: number = try parseNumber(.float)
    case .imaginary: number = try parseNumber(.imaginary)
    default: throw failure(.invalidSyntax)
    }
    return isNegative ? try add(.unary, position, left: number.rawValue, detail: UnaryOperator.negative.rawValue) : number
  }

  /// A capture, `_`, a dotted name or a class with arguments.
  private mutating func parseNamePattern() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let name = try expectName()
    if lexer.kind != .dot && lexer.kind != .leftParenthesis {
      if name == KnownName.underscore.index { return try add(.patternWildcard, position) }
      try bind(name, position)
      return try add(.patternCapture, position, left: name.rawValue)
    }
    let value = try parseDots(name, position)
    if lexer.kind == .leftParenthesis { return try parseClassPattern(value, position) }
    return try add(.patternValue, position, left: value.rawValue)
  }

  private mutating func parseDots(_ name: NameIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    var value = try add(.name, position, left: name.rawValue)
    var length = 0
    while try accept(.dot) {
      let attribute = try expectName()
      value = try add(.attribute, position, left: value.rawValue, right: attribute.rawValue)
      length &+= 1
      if length > options.maximumChain { throw failure(.tooDeep) }
    }
    return value
  }

  /// `(pattern)`, or a sequence in parentheses or brackets.
  private mutating func parseBracketedPattern(until end: TokenKind) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    if try accept(end) { return try add(.patternSequence, position) }
    let first = try parseSequenceItem()
    let isGroup = end == .rightParenthesis && lexer.kind != .comma && tag(first) != .patternStar
    let pattern = isGroup ? first : try parseSequence(first, position, until: end)
    try expect(end)
    return pattern
  }

  private mutating func parseMappingPattern() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    let height = scratch.count
    var rest = NameIndex.none
    while lexer.kind != .rightBrace {
      if !rest.isNone { throw failure(.invalidSyntax) }
      if try accept(.doubleStar) {
        let start = here
        rest = try expectName()
        if rest == KnownName.underscore.index { throw failure(.invalidSyntax, at: start) }
        try bind(rest, start)
      } else {
        try push(try parseMappingKey())
        try expect(.colon)
        try push(try parsePattern())
      }
      if try !accept(.comma) { break }
    }
    try expect(.rightBrace)
    return try add(.patternMapping, position, left: popList(height), right: rest.rawValue)
  }

  private mutating func parseMappingKey() throws(SyntaxFailure) -> NodeIndex {
    if lexer.kind != .name { return try parsePatternLiteral() }
    let position = here
    let name = try expectName()
    if lexer.kind != .dot { throw failure(.patternValue, at: position) }
    return try parseDots(name, position)
  }

  /// The arguments of a class pattern; the current token is the opening bracket.
  private mutating func parseClassPattern(_ type: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    try advance()
    let height = scratch.count
    var positional: UInt32 = 0
    var sawKeyword = false
    while lexer.kind != .rightParenthesis {
      let start = here
      if lexer.kind == .name && nextKind == .assign {
        if !sawKeyword { positional = try popList(height) }
        sawKeyword = true
        let name = lexer.name
        for place in stride(from: height, to: scratch.count, by: 2) where scratch[place] == name.rawValue {
          throw failure(.patternKeywordRepeated, at: start)
        }
        try advance()
        try advance()
        try scratch.append(name.rawValue)
      } else if sawKeyword {
        throw failure(.positionalAfterKeyword)
      }
      try push(try parsePattern())
      if try !accept(.comma) { break }
    }
    try expect(.rightParenthesis)
    let last = try popList(height)
    let right = try sawKeyword ? record(positional, last) : record(last, 0)
    return try add(.patternClass, position, left: type.rawValue, right: right)
  }
}
