// Simple statements.

extension Parser {
  /// Parses one compound statement, or the simple statements of one line, and pushes them.
  mutating func parseStatement() throws(SyntaxFailure) {
    if nodes.count > options.maximumNodes { throw failure(.tooLarge) }
    switch lexer.kind {
    case .if: try push(try parseIf())
    case .while: try push(try parseWhile())
    case .for: try push(try parseFor(here, isAsync: false))
    case .try: try push(try parseTry())
    case .with: try push(try parseWith(here, isAsync: false))
    case .def: try push(try parseFunction(here, decorators: 0, isAsync: false))
    case .class: try push(try parseClass(decorators: 0))
    case .at: try push(try parseDecorated())
    case .async: try push(try parseAsync(decorators: 0))
    case .name where lexer.name == KnownName.match.index:
      if let match = try parseMatch() { try push(match) } else { try parseSimpleStatements() }
    default: try parseSimpleStatements()
    }
  }

  mutating func parseSimpleStatements() throws(SyntaxFailure) {
    while true {
      try push(try parseSimpleStatement())
      if lexer.kind == .newline { break }
      try expect(.semicolon)
      if lexer.kind == .newline { break }
    }
    try advance()
  }

  private mutating func parseSimpleStatement() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    switch lexer.kind {
    case .name:
      if lexer.name == KnownName.type.index && nextKind == .name { return try parseTypeAlias() }
      return try parseExpressionStatement()
    case .pass: return try parseKeyword(.pass)
    case .break: return try parseKeyword(.break)
    case .continue: return try parseKeyword(.continue)
    case .return:
      try advance()
      let value = isAtEndOfStatement ? .none : try parseListWithoutYield()
      return try add(.return, position, left: value.rawValue)
    case .raise: return try parseRaise()
    case .global: return try parseScopeDeclaration(.global)
    case .nonlocal: return try parseScopeDeclaration(.nonlocal)
    case .del: return try parseDelete()
    case .assert:
      try advance()
      let test = try parseExpression()
      let message = try accept(.comma) ? try parseExpression() : .none
      return try add(.assert, position, left: test.rawValue, right: message.rawValue)
    case .import: return try parseImport()
    case .from: return try parseFrom()
    default: return try parseExpressionStatement()
    }
  }

  private var isAtEndOfStatement: Bool { lexer.kind == .newline || lexer.kind == .semicolon || lexer.kind == .endOfFile }

  private mutating func parseKeyword(_ tag: NodeTag) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    return try add(tag, position)
  }

  private mutating func parseRaise() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    if isAtEndOfStatement { return try add(.raise, position) }
    let exception = try parseExpression()
    let cause = try accept(.from) ? try parseExpression() : .none
    return try add(.raise, position, left: exception.rawValue, right: cause.rawValue)
  }

  private mutating func parseScopeDeclaration(_ tag: NodeTag) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    repeat {
      try advance()
      if lexer.kind != .name { throw failure(.invalidSyntax) }
      try scratch.append(lexer.name.rawValue)
      try advance()
    } while lexer.kind == .comma
    return try add(tag, position, left: popList(height))
  }

  private mutating func parseDelete() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    repeat {
      try advance()
      if scratch.count > height && isAtEndOfStatement { break }
      let target = try parseOperators(.bitwiseOr)
      try checkDeletable(target)
      try push(target)
    } while lexer.kind == .comma
    return try add(.delete, position, left: popList(height))
  }

  /// `type X[T] = value`; the current token is `type`, a name follows.
  private mutating func parseTypeAlias() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    let name = try expectName()
    let parameters = try parseTypeParameters()
    try expect(.assign)
    let value = try parseExpression()
    return try add(.typeAlias, position, left: name.rawValue, right: record(parameters, value.rawValue))
  }

  // MARK: Expressions and assignments

  private mutating func parseExpressionStatement() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let first = try parseListElements()
    switch lexer.kind {
    case .assign: return try parseAssign(first, position)
    case .colon: return try parseAnnotated(first, position)
    default: break
    }
    if let op = lexer.kind.augmentedOperator {
      try checkSimpleTarget(first)
      try advance()
      let value = try parseExpressionList()
      return try add(.augmentedAssign, position, left: first.rawValue, right: value.rawValue, detail: op.rawValue)
    }
    if tag(first) == .starred { throw failure(.starNotTarget, at: first) }
    return try add(.expressionStatement, position, left: first.rawValue)
  }

  /// `first = ... = value`; the current token is the first `=`.
  private mutating func parseAssign(_ first: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    var last = first
    while lexer.kind == .assign {
      try checkTarget(last)
      try push(last)
      try advance()
      last = try parseListElements()
    }
    if tag(last) == .starred { throw failure(.starNotTarget, at: last) }
    return try add(.assign, position, left: last.rawValue, right: popList(height))
  }

  /// `target: annotation`, maybe with a value; the current token is the colon.
  private mutating func parseAnnotated(_ target: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    let node = nodes[Int(target.rawValue)]
    // An expression that can take no annotation: the colon itself is out of place.
    if node.tag != .name && node.tag != .attribute && node.tag != .subscript { throw failure(.invalidSyntax) }
    try advance()
    let annotation = try parseExpression()
    let value = try accept(.assign) ? try parseExpressionList() : .none
    let isSimple = node.tag == .name && node.detail == 0
    return try add(
      .annotatedAssign, position, left: target.rawValue, right: record(annotation.rawValue, value.rawValue), detail: isSimple ? 1 : 0)
  }

  // MARK: Imports

  /// Parses `a.b.c` and answers the full text as one name. With `pushing`, also pushes the components.
  private mutating func parseDottedName(pushing: Bool) throws(SyntaxFailure) -> NameIndex {
    var full = try expectName()
    if pushing { try scratch.append(full.rawValue) }
    if lexer.kind != .dot { return full }
    // The payload's end serves to put the text together.
    let height = payload.count
    try appendText(of: full)
    while try accept(.dot) {
      let component = try expectName()
      if pushing { try scratch.append(component.rawValue) }
      try payload.append(Byte.of("."))
      try appendText(of: component)
    }
    full = names.intern(UnsafeBufferPointer(start: payload.base + height, count: payload.count - height))
    payload.truncate(to: height)
    return full
  }

  private mutating func appendText(of name: NameIndex) throws(SyntaxFailure) {
    let text = names[name]
    if let base = text.baseAddress { try payload.append(base, count: text.count) }
  }

  private mutating func parseImport() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let outer = scratch.count
    repeat {
      try advance()
      let start = here
      let height = scratch.count
      let full = try parseDottedName(pushing: true)
      let alias = try accept(.as) ? try expectName() : .none
      // The record's second word is the count of the list that follows it.
      let record = UInt32(truncatingIfNeeded: extra.count)
      try extra.append(alias.rawValue)
      _ = try popList(height)
      try push(add(.importAlias, start, left: full.rawValue, right: record))
    } while lexer.kind == .comma
    return try add(.import, position, left: popList(outer))
  }

  private mutating func parseFrom() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    var level: UInt32 = 0
    while lexer.kind == .dot || lexer.kind == .ellipsis {
      level &+= lexer.kind == .dot ? 1 : 3
      try advance()
    }
    let isRelative = level > 0 && lexer.kind == .import
    let module = isRelative ? .none : try parseDottedName(pushing: false)
    try expect(.import)
    if try accept(.star) { return try add(.importStar, position, left: module.rawValue, right: level) }
    let hasBrackets = try accept(.leftParenthesis)
    let height = scratch.count
    while true {
      let start = here
      let name = try expectName()
      let alias = try accept(.as) ? try expectName() : .none
      try push(add(.fromAlias, start, left: name.rawValue, right: alias.rawValue))
      if try !accept(.comma) { break }
      if hasBrackets && lexer.kind == .rightParenthesis { break }
    }
    if hasBrackets { try expect(.rightParenthesis) }
    let aliases = try popList(height)
    return try add(.importFrom, position, left: module.rawValue, right: record(level, aliases))
  }
}
