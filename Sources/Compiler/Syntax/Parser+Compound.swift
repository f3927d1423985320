// Compound statements, except definitions and `match`.

extension Parser {
  /// `:` and the statements under it, as a list. Native recursion over blocks is counted here.
  @inline(never) mutating func parseBlock() throws(SyntaxFailure) -> UInt32 {
    try expect(.colon, else: .expectedColon)
    try enter()
    let height = scratch.count
    if lexer.kind == .newline {
      try advance()
      if lexer.kind != .indent { throw failure(.expectedBlock) }
      try advance()
      repeat { try parseStatement() } while lexer.kind != .dedent && lexer.kind != .endOfFile
      if lexer.kind == .dedent { try advance() }
    } else {
      try parseSimpleLine()
    }
    leave()
    return try popList(height)
  }

  /// The rest of a line after a block's colon: no compound statement may stand there.
  private mutating func parseSimpleLine() throws(SyntaxFailure) {
    switch lexer.kind {
    case .if, .while, .for, .try, .with, .def, .class, .at, .async: throw failure(.invalidSyntax)
    default: try parseSimpleStatements()
    }
  }

  /// A block after `else` or `finally`, or nothing.
  @inline(never) private mutating func parseOptionalBlock(_ keyword: TokenKind) throws(SyntaxFailure) -> UInt32 {
    try accept(keyword) ? try parseBlock() : 0
  }

  mutating func parseIf() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    repeat {
      try advance()
      try push(try parseNamedExpression())
      try scratch.append(parseBlock())
    } while lexer.kind == .elif
    let otherwise = try parseOptionalBlock(.else)
    return try add(.if, position, left: popList(height), right: otherwise)
  }

  mutating func parseWhile() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    let test = try parseNamedExpression()
    let body = try parseBlock()
    let otherwise = try parseOptionalBlock(.else)
    return try add(.while, position, left: test.rawValue, right: record(body, otherwise))
  }

  @inline(never) mutating func parseFor(_ position: Position, isAsync: Bool) throws(SyntaxFailure) -> NodeIndex {
    try advance()
    let target = try parseTargetList()
    try expect(.in)
    let iterable = try parseListWithoutYield()
    let body = try parseBlock()
    let otherwise = try parseOptionalBlock(.else)
    return try add(
      .for, position, left: target.rawValue, right: record(iterable.rawValue, body, otherwise), detail: isAsync ? 1 : 0)
  }

  // MARK: try

  mutating func parseTry() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    let body = try parseBlock()
    let height = scratch.count
    var isGroup = false
    var sawDefault = false
    while lexer.kind == .except {
      let start = here
      try advance()
      if sawDefault { throw failure(.defaultExceptNotLast, at: start) }
      let isStarred = try accept(.star)
      if scratch.count > height && isStarred != isGroup { throw failure(.mixedExcept, at: start) }
      isGroup = isStarred
      let handler = try parseHandler(start, isGroup: isGroup)
      sawDefault = nodes[Int(handler.rawValue)].left == 0
      try push(handler)
    }
    let hasHandlers = scratch.count > height
    let handlers = try popList(height)
    let otherwise = hasHandlers ? try parseOptionalBlock(.else) : 0
    let hasFinally = lexer.kind == .finally
    let finally = try parseOptionalBlock(.finally)
    if !hasHandlers && !hasFinally { throw failure(.invalidSyntax) }
    return try add(.try, position, left: body, right: record(handlers, otherwise, finally), detail: isGroup ? 1 : 0)
  }

  /// The part of a handler after `except` or `except*`.
  private mutating func parseHandler(_ position: Position, isGroup: Bool) throws(SyntaxFailure) -> NodeIndex {
    var type = NodeIndex.none
    var name = NameIndex.none
    if lexer.kind != .colon {
      let start = here
      type = try parseExpression()
      var isList = false
      if lexer.kind == .comma {
        isList = true
        type = try parseTupleRest(type, start)
      }
      if lexer.kind == .as {
        if isList { throw failure(.exceptAsNeedsParentheses, at: start) }
        try advance()
        name = try expectName()
      }
    } else if isGroup {
      throw failure(.invalidSyntax)
    }
    let body = try parseBlock()
    return try add(.exceptHandler, position, left: type.rawValue, right: record(name.rawValue, body))
  }

  /// `, b, c` after the first expression of a list of plain expressions.
  private mutating func parseTupleRest(_ first: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    try push(first)
    while try accept(.comma) {
      if lexer.kind == .colon { break }
      try push(try parseExpression())
    }
    return try add(.tuple, position, left: popList(height))
  }

  // MARK: with

  @inline(never) mutating func parseWith(_ position: Position, isAsync: Bool) throws(SyntaxFailure) -> NodeIndex {
    try advance()
    let height = scratch.count
    // `with (a as b, c):` first; if the brackets turn out to belong to an expression, again without.
    var isDone = false
    if lexer.kind == .leftParenthesis {
      let mark = bookmark
      do throws(SyntaxFailure) {
        try parseBracketedItems()
        isDone = true
      } catch {
        // The input may have ended within the brackets: then that is the answer either way.
        if error.atEndOfInput { throw error }
        goBack(to: mark)
      }
    }
    if !isDone {
      repeat { try push(try parseWithItem()) } while try accept(.comma)
    }
    let items = try popList(height)
    let body = try parseBlock()
    return try add(.with, position, left: items, right: body, detail: isAsync ? 1 : 0)
  }

  private mutating func parseBracketedItems() throws(SyntaxFailure) {
    try advance()
    repeat {
      if lexer.kind == .rightParenthesis { break }
      try push(try parseWithItem())
    } while try accept(.comma)
    try expect(.rightParenthesis)
    if lexer.kind != .colon { throw failure(.invalidSyntax) }
  }

  @inline(never) private mutating func parseWithItem() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let context = try parseExpression()
    var target = NodeIndex.none
    if try accept(.as) {
      target = try parseOperators(.bitwiseOr)
      try checkTarget(target)
    }
    return try add(.withItem, position, left: context.rawValue, right: target.rawValue)
  }

  // MARK: async and decorators

  /// `async def`, `async for` or `async with`. Decorators fit only the first.
  @inline(never) mutating func parseAsync(decorators: UInt32) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    switch lexer.kind {
    case .def: return try parseFunction(position, decorators: decorators, isAsync: true)
    case .for where decorators == 0: return try parseFor(position, isAsync: true)
    case .with where decorators == 0: return try parseWith(position, isAsync: true)
    default: throw failure(.invalidSyntax)
    }
  }

  mutating func parseDecorated() throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    while try accept(.at) {
      try push(try parseNamedExpression())
      try expect(.newline)
    }
    let decorators = try popList(height)
    switch lexer.kind {
    case .def: return try parseFunction(here, decorators: decorators, isAsync: false)
    case .class: return try parseClass(decorators: decorators)
    case .async: return try parseAsync(decorators: decorators)
    default: throw failure(.invalidSyntax)
    }
  }
}
