// Atoms: names, constants, displays, comprehensions.

extension Parser {
  mutating func parseAtom() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    switch lexer.kind {
    case .name:
      let name = lexer.name
      try advance()
      return try add(.name, position, left: name.rawValue)
    case .integer: return try parseNumber(.integer)
    case .float: return try parseNumber(.float)
    case .imaginary: return try parseNumber(.imaginary)
    case .string, .formattedString: return try parseStrings()
    case .noneKeyword: return try parseConstant(.noneConstant)
    case .trueKeyword: return try parseConstant(.trueConstant)
    case .falseKeyword: return try parseConstant(.falseConstant)
    case .ellipsis: return try parseConstant(.ellipsis)
    case .leftParenthesis, .leftBracket, .leftBrace: return try parseBrackets()
    default: throw failure(.invalidSyntax)
    }
  }

  private mutating func parseBrackets() throws(SyntaxFailure) -> NodeIndex {
    try enter()
    let result: NodeIndex
    switch lexer.kind {
    case .leftParenthesis: result = try parseParenthesized()
    case .leftBracket: result = try parseListDisplay()
    default: result = try parseBraces()
    }
    leave()
    return result
  }

  func offset(_ place: UnsafePointer<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: place - lexer.base) }

  mutating func parseNumber(_ tag: NodeTag) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let start = offset(lexer.start)
    let count = offset(lexer.cursor) &- start
    try advance()
    return try add(tag, position, left: start, right: count)
  }

  private mutating func parseConstant(_ tag: NodeTag) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    return try add(tag, position)
  }

  /// An element of a display: `*x` or an expression, maybe named.
  private mutating func parseElement() throws(SyntaxFailure) -> NodeIndex {
    lexer.kind == .star ? try parseStarred() : try parseNamedExpression()
  }

  private var isAtClause: Bool { lexer.kind == .for || lexer.kind == .async }

  // MARK: Parentheses

  /// An empty tuple, a tuple, a generator, a `yield` or an expression in parentheses.
  private mutating func parseParenthesized() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    if try accept(.rightParenthesis) { return try add(.tuple, position, detail: 1) }
    if lexer.kind == .yield {
      let result = try parseYield()
      try expect(.rightParenthesis)
      return result
    }
    let first = try parseElement()
    switch lexer.kind {
    case .comma:
      let elements = try parseElements(first, until: .rightParenthesis)
      return try add(.tuple, position, left: elements, detail: 1)
    case .for, .async:
      let clauses = try parseClauses(for: first)
      try expect(.rightParenthesis)
      return try add(.generator, position, left: first.rawValue, right: clauses, detail: 1)
    default:
      try expect(.rightParenthesis)
      return try parenthesize(first)
    }
  }

  /// Notes the parentheses on nodes for which they make a difference.
  private mutating func parenthesize(_ node: NodeIndex) throws(SyntaxFailure) -> NodeIndex {
    switch tag(node) {
    case .name, .attribute, .subscript, .namedExpression: (nodes.base + Int(node.rawValue)).pointee.detail |= 1
    case .starred: throw failure(.starredHere, at: node)
    default: break
    }
    return node
  }

  /// The rest of a display after its first element, up to and with the closing bracket, as a list.
  private mutating func parseElements(_ first: NodeIndex, until end: TokenKind) throws(SyntaxFailure) -> UInt32 {
    let height = scratch.count
    try push(first)
    while try accept(.comma) {
      if lexer.kind == end { break }
      try push(try parseElement())
    }
    try expect(end)
    return try popList(height)
  }

  // MARK: Brackets

  private mutating func parseListDisplay() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    if try accept(.rightBracket) { return try add(.list, position) }
    let first = try parseElement()
    if isAtClause {
      let clauses = try parseClauses(for: first)
      try expect(.rightBracket)
      return try add(.listComprehension, position, left: first.rawValue, right: clauses)
    }
    let elements = try parseElements(first, until: .rightBracket)
    return try add(.list, position, left: elements)
  }

  // MARK: Braces

  private mutating func parseBraces() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    if try accept(.rightBrace) { return try add(.dictionary, position) }
    if lexer.kind == .doubleStar { return try parseDictionary(position) }
    let first = try parseElement()
    switch lexer.kind {
    case .colon:
      if tag(first) == .starred || isBareNamed(first) { throw failure(.invalidSyntax) }
      return try parseDictionary(position, firstKey: first)
    case .for, .async:
      let clauses = try parseClauses(for: first)
      try expect(.rightBrace)
      return try add(.setComprehension, position, left: first.rawValue, right: clauses)
    default: return try parseSet(position, first)
    }
  }

  private mutating func isBareNamed(_ node: NodeIndex) -> Bool {
    let node = nodes[Int(node.rawValue)]
    return node.tag == .namedExpression && node.detail == 0
  }

  private mutating func parseSet(_ position: Position, _ first: NodeIndex) throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    try push(first)
    while try accept(.comma) {
      if lexer.kind == .rightBrace { break }
      if lexer.kind == .doubleStar { throw failure(.expectedSingle) }
      try push(try parseElement())
      if lexer.kind == .colon { throw failure(.expectedSingle) }
    }
    try expect(.rightBrace)
    return try add(.set, position, left: popList(height))
  }

  /// A dictionary display or comprehension; the first key, if any, has been parsed and the current token is its colon.
  private mutating func parseDictionary(_ position: Position, firstKey: NodeIndex = .none) throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    var key = firstKey
    while true {
      if key.isNone && lexer.kind == .doubleStar {
        try advance()
        try push(.none)
        try push(try parseOperators(.bitwiseOr))
      } else {
        if key.isNone { key = try parseExpression() }
        try expect(.colon, else: lexer.kind == .endOfFile ? .invalidSyntax : .expectedPair)
        try push(key)
        try push(try parseExpression())
      }
      if isAtClause { return try parseDictionaryComprehension(position, height) }
      key = .none
      if try !accept(.comma) { break }
      if lexer.kind == .rightBrace { break }
    }
    try expect(.rightBrace)
    return try add(.dictionary, position, left: popList(height))
  }

  /// The clauses after `key: value`, which lie on the stack.
  private mutating func parseDictionaryComprehension(_ position: Position, _ height: Int) throws(SyntaxFailure) -> NodeIndex {
    if scratch.count != height &+ 2 { throw failure(.invalidSyntax) }
    let key = scratch[height]
    let value = scratch[height &+ 1]
    if key == 0 { throw failure(.dictionaryUnpackInComprehension) }
    scratch.truncate(to: height)
    let clauses = try parseClauses()
    try expect(.rightBrace)
    return try add(.dictionaryComprehension, position, left: key, right: record(value, clauses))
  }

  // MARK: Comprehension clauses

  private mutating func parseClauses(for element: NodeIndex) throws(SyntaxFailure) -> UInt32 {
    if tag(element) == .starred { throw failure(.starInComprehension, at: element) }
    return try parseClauses()
  }

  /// One or more `for ... in ... if ...`, as a list.
  mutating func parseClauses() throws(SyntaxFailure) -> UInt32 {
    let height = scratch.count
    while isAtClause {
      let position = here
      let isAsync = try accept(.async)
      try expect(.for)
      let target = try parseTargetList()
      try expect(.in)
      let iterable = try parseOperators(.or)
      let inner = scratch.count
      while try accept(.if) { try push(try parseOperators(.or)) }
      let conditions = try popList(inner)
      try push(
        add(
          .comprehensionClause, position, left: target.rawValue, right: record(iterable.rawValue, conditions), detail: isAsync ? 1 : 0))
    }
    return try popList(height)
  }
}
