// Expressions from the outside in: lists, named expressions, conditionals, operators, postfix forms. Atoms are in Parser+Atoms.

extension Parser {
  // MARK: Lists without brackets

  /// `a, *b, c` or `yield`, as stands in statements; a lone `*a` is refused.
  mutating func parseExpressionList() throws(SyntaxFailure) -> NodeIndex {
    lexer.kind == .yield ? try parseYield() : try parseListWithoutYield()
  }

  mutating func parseListWithoutYield() throws(SyntaxFailure) -> NodeIndex {
    let list = try parseStarList()
    if tag(list) == .starred { throw failure(.starNotTarget, at: list) }
    return list
  }

  /// As `parseExpressionList`, but leaves a lone `*a` for the caller to judge: it may yet become a target.
  mutating func parseListElements() throws(SyntaxFailure) -> NodeIndex {
    lexer.kind == .yield ? try parseYield() : try parseStarList()
  }

  @inline(never) private mutating func parseStarList() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let first = lexer.kind == .star ? try parseStarred() : try parseExpression()
    if lexer.kind != .comma { return first }
    let height = scratch.count
    try push(first)
    while try accept(.comma) {
      if !lexer.kind.startsExpression { break }
      try push(lexer.kind == .star ? try parseStarred() : try parseExpression())
    }
    return try add(.tuple, position, left: popList(height))
  }

  /// The targets between `for` and `in`.
  mutating func parseTargetList() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    var target = lexer.kind == .star ? try parseStarred() : try parseOperators(.bitwiseOr)
    if lexer.kind == .comma {
      try push(target)
      while try accept(.comma) {
        if !lexer.kind.startsExpression { break }
        try push(lexer.kind == .star ? try parseStarred() : try parseOperators(.bitwiseOr))
      }
      target = try add(.tuple, position, left: popList(height))
    }
    try checkTarget(target)
    return target
  }

  /// `*x` outside calls.
  @inline(never) mutating func parseStarred() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    let value = try parseOperators(.bitwiseOr)
    return try add(.starred, position, left: value.rawValue)
  }

  mutating func parseYield() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    if try accept(.from) {
      let iterable = try parseExpression()
      return try add(.yieldFrom, position, left: iterable.rawValue)
    }
    let value = lexer.kind.startsExpression ? try parseListWithoutYield() : .none
    return try add(.yield, position, left: value.rawValue)
  }

  // MARK: Single expressions

  /// An expression, or `name := expression` where that needs no brackets of its own.
  @inline(never) mutating func parseNamedExpression() throws(SyntaxFailure) -> NodeIndex {
    let target = try parseExpression()
    if lexer.kind != .walrus { return target }
    let node = nodes[Int(target.rawValue)]
    if node.tag != .name || node.detail != 0 { throw failure(.cannotAssign, at: target) }
    try advance()
    let value = try parseExpression()
    return try add(.namedExpression, position(target), left: target.rawValue, right: value.rawValue)
  }

  /// An expression: conditional, lambda or operators. Every way in which expressions nest counts a level where it does so: brackets in
  /// `parseAtom`, arguments and subscripts, operators before an operand, `lambda`, `else`, interpolations.
  @inline(never) mutating func parseExpression() throws(SyntaxFailure) -> NodeIndex {
    if lexer.kind == .lambda { return try parseLambda() }
    let position = here
    let result = try parseOperators(.or)
    return lexer.kind == .if ? try parseConditional(result, position) : result
  }

  /// `then if test else otherwise`; the current token is `if`.
  private mutating func parseConditional(_ then: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    try advance()
    let test = try parseOperators(.or)
    try expect(.else)
    try enter()
    let otherwise = try parseExpression()
    leave()
    return try add(.conditional, position, left: test.rawValue, right: record(then.rawValue, otherwise.rawValue))
  }

  // MARK: Operators

  /// Operands joined by operators at least as strong as `minimum`.
  mutating func parseOperators(_ minimum: Precedence) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    var left: NodeIndex
    if lexer.kind == .not {
      if minimum > .not { throw failure(.invalidSyntax) }
      left = try parseNot(position)
    } else {
      left = try parseUnary()
    }
    while true {
      let precedence = lexer.kind.precedence
      if precedence == .none || precedence < minimum { return left }
      switch precedence {
      case .or: left = try parseBoolean(left, position, .or, token: .or, operand: .and)
      case .and: left = try parseBoolean(left, position, .and, token: .and, operand: .not)
      case .comparison: left = try parseComparison(left, position)
      default: left = try parseBinary(left, position, precedence)
      }
    }
  }

  private mutating func parseNot(_ position: Position) throws(SyntaxFailure) -> NodeIndex {
    try enter()
    try advance()
    let operand = try parseOperators(.not)
    leave()
    return try add(.unary, position, left: operand.rawValue, detail: UnaryOperator.not.rawValue)
  }

  private mutating func parseBoolean(
    _ left: NodeIndex, _ position: Position, _ tag: NodeTag, token: TokenKind, operand: Precedence
  ) throws(SyntaxFailure) -> NodeIndex {
    let height = scratch.count
    try push(left)
    while try accept(token) { try push(try parseOperators(operand)) }
    return try add(tag, position, left: popList(height))
  }

  private mutating func parseBinary(
    _ left: NodeIndex, _ position: Position, _ precedence: Precedence
  ) throws(SyntaxFailure) -> NodeIndex {
    let op = lexer.kind.binaryOperator
    let stronger = Precedence(rawValue: precedence.rawValue &+ 1) ?? .none
    try advance()
    let right = try parseBinaryOperand(stronger)
    if lexer.kind.precedence != precedence {
      return try add(.binary, position, left: left.rawValue, right: right.rawValue, detail: op)
    }
    let height = scratch.count
    try scratch.append(UInt32(op))
    try push(right)
    repeat {
      try scratch.append(UInt32(lexer.kind.binaryOperator))
      try advance()
      try push(try parseBinaryOperand(stronger))
    } while lexer.kind.precedence == precedence
    return try add(.binaryChain, position, left: left.rawValue, right: popList(height))
  }

  @inline(__always) private mutating func parseBinaryOperand(_ minimum: Precedence) throws(SyntaxFailure) -> NodeIndex {
    // Nothing but unary operators is stronger than a term.
    minimum == .none ? try parseUnary() : try parseOperators(minimum)
  }

  private mutating func parseComparison(_ left: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    let op = try parseComparisonOperator()
    let right = try parseOperators(.bitwiseOr)
    if lexer.kind.precedence != .comparison {
      return try add(.compare, position, left: left.rawValue, right: right.rawValue, detail: op.rawValue)
    }
    let height = scratch.count
    try scratch.append(UInt32(op.rawValue))
    try push(right)
    repeat {
      try scratch.append(UInt32(try parseComparisonOperator().rawValue))
      try push(try parseOperators(.bitwiseOr))
    } while lexer.kind.precedence == .comparison
    return try add(.compareChain, position, left: left.rawValue, right: popList(height))
  }

  private mutating func parseComparisonOperator() throws(SyntaxFailure) -> ComparisonOperator {
    let kind = lexer.kind
    try advance()
    switch kind {
    case .in: return .in
    case .is: return try accept(.not) ? .isNot : .is
    case .not:
      try expect(.in)
      return .notIn
    default: return ComparisonOperator(rawValue: kind.rawValue &- TokenKind.less.rawValue) ?? .equal
    }
  }

  private mutating func parseUnary() throws(SyntaxFailure) -> NodeIndex {
    let op: UnaryOperator
    switch lexer.kind {
    case .plus: op = .positive
    case .minus: op = .negative
    case .tilde: op = .invert
    default: return try parsePower()
    }
    let position = here
    try enter()
    try advance()
    let operand = try parseUnary()
    leave()
    return try add(.unary, position, left: operand.rawValue, detail: op.rawValue)
  }

  @inline(__always) private mutating func parsePower() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    var base: NodeIndex
    if lexer.kind == .await {
      try advance()
      let awaited = try parsePostfix()
      base = try add(.await, position, left: awaited.rawValue)
    } else {
      base = try parsePostfix()
    }
    return lexer.kind == .doubleStar ? try parseExponent(base, position) : base
  }

  private mutating func parseExponent(_ base: NodeIndex, _ position: Position) throws(SyntaxFailure) -> NodeIndex {
    try enter()
    try advance()
    let exponent = try parseUnary()
    leave()
    return try add(.binary, position, left: base.rawValue, right: exponent.rawValue, detail: BinaryOperator.power.rawValue)
  }

  // MARK: Postfix forms

  private mutating func parsePostfix() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    var result = try parseAtom()
    var length = 0
    while true {
      let lines = linesBelow(position)
      switch lexer.kind {
      case .dot:
        try advance()
        let name = try expectName()
        result = try add(.attribute, position, left: result.rawValue, right: name.rawValue, detail: lines)
      case .leftParenthesis:
        try enter()
        try advance()
        let arguments = try parseArguments()
        leave()
        result = try add(.call, position, left: result.rawValue, right: arguments, detail: lines)
      case .leftBracket:
        try enter()
        try advance()
        let index = try parseIndex()
        leave()
        result = try add(.subscript, position, left: result.rawValue, right: index.rawValue, detail: lines)
      default: return result
      }
      length &+= 1
      if length > options.maximumChain { throw failure(.tooDeep) }
    }
  }

  /// How many lines below the beginning of an operand the present token stands, as `detail` of a postfix form says it: 127 lines at most, in the
  /// bits above the lowest, which says that the form stands in parentheses.
  private func linesBelow(_ position: Position) -> UInt8 { UInt8(truncatingIfNeeded: min(here.line &- position.line, 127) &<< 1) }

  /// What stands between `[` and `]` after an operand; steps over the `]`.
  private mutating func parseIndex() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    var index = try parseIndexItem()
    if lexer.kind == .comma || tag(index) == .starred {
      try push(index)
      while try accept(.comma) {
        if lexer.kind == .rightBracket { break }
        try push(try parseIndexItem())
      }
      index = try add(.tuple, position, left: popList(height))
    }
    try expect(.rightBracket)
    return index
  }

  private mutating func parseIndexItem() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    if lexer.kind == .star { return try parseStarred() }
    let lower = lexer.kind == .colon ? .none : try parseNamedExpression()
    if try !accept(.colon) { return lower }
    let upper = try parseBound()
    let step = try accept(.colon) ? try parseBound() : .none
    return try add(.slice, position, left: lower.rawValue, right: record(upper.rawValue, step.rawValue))
  }

  private mutating func parseBound() throws(SyntaxFailure) -> NodeIndex {
    switch lexer.kind {
    case .colon, .comma, .rightBracket: .none
    default: try parseExpression()
    }
  }

  // MARK: Arguments

  /// Arguments up to and with the closing bracket, as a list.
  mutating func parseArguments() throws(SyntaxFailure) -> UInt32 {
    let height = scratch.count
    var sawKeyword = false
    var sawDoubleStar = false
    while lexer.kind != .rightParenthesis {
      let position = here
      switch lexer.kind {
      case .star:
        if sawDoubleStar { throw failure(.starAfterDoubleStar) }
        try advance()
        let value = try parseExpression()
        try push(add(.starred, position, left: value.rawValue))
      case .doubleStar:
        try advance()
        let value = try parseExpression()
        try push(add(.doubleStarred, position, left: value.rawValue))
        sawDoubleStar = true
      default:
        let argument = try parseArgument(height)
        let isKeyword = tag(argument) == .keywordArgument
        if !isKeyword && sawDoubleStar { throw failure(.positionalAfterDoubleStar, at: argument) }
        if !isKeyword && sawKeyword { throw failure(.positionalAfterKeyword, at: argument) }
        sawKeyword = sawKeyword || isKeyword
        try push(argument)
      }
      if try !accept(.comma) { break }
    }
    try expect(.rightParenthesis)
    return try popList(height)
  }

  /// `value`, `name=value` or a generator that is the only argument. `height` is where the arguments start on the stack.
  private mutating func parseArgument(_ height: Int) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let value = try parseNamedExpression()
    switch lexer.kind {
    case .assign: return try parseKeywordArgument(value, position, height)
    case .for, .async:
      let clauses = try parseClauses()
      if scratch.count != height || lexer.kind != .rightParenthesis { throw failure(.bareGenerator, at: position) }
      return try add(.generator, position, left: value.rawValue, right: clauses)
    default: return value
    }
  }

  private mutating func parseKeywordArgument(
    _ target: NodeIndex, _ position: Position, _ height: Int
  ) throws(SyntaxFailure) -> NodeIndex {
    let node = nodes[Int(target.rawValue)]
    if node.tag != .name || node.detail != 0 { throw failure(.keywordNotName, at: position) }
    for place in height..<scratch.count {
      let other = nodes[Int(scratch[place])]
      if other.tag == .keywordArgument && other.left == node.left { throw failure(.keywordRepeated, at: position) }
    }
    // The name's node was the last one made; the argument takes its place.
    nodes.truncate(to: Int(target.rawValue))
    try advance()
    let value = try parseExpression()
    return try add(.keywordArgument, position, left: node.left, right: value.rawValue)
  }
}

extension TokenKind {
  /// An expression, maybe starred, can start with this token.
  var startsExpression: Bool {
    switch self {
    case .name, .integer, .float, .imaginary, .string, .formattedString, .falseKeyword, .noneKeyword, .trueKeyword, .await, .lambda, .not,
      .leftParenthesis, .leftBracket, .leftBrace, .ellipsis, .tilde, .plus, .minus, .star:
      true
    default: false
    }
  }
}
