// Functions, classes, parameters and type parameters.

extension Parser {
  /// The current token is `def`; `position` that of `async` if there is one.
  @inline(never) mutating func parseFunction(_ position: Position, decorators: UInt32, isAsync: Bool) throws(SyntaxFailure) -> NodeIndex {
    try advance()
    let name = try expectName()
    let typeParameters = try parseTypeParameters()
    try expect(.leftParenthesis)
    let parameters = try parseParameters(until: .rightParenthesis, bareStarAllowed: isViper(decorators))
    try advance()
    let returns = try accept(.arrow) ? try parseExpression() : .none
    let body = try parseBlock()
    let right = try record(parameters, returns.rawValue, body)
    _ = try record(decorators, typeParameters)
    return try add(.function, position, left: name.rawValue, right: right, detail: isAsync ? 1 : 0)
  }

  /// One of the decorators is `x.viper`: upstream lets such functions end their parameters with a bare `*`.
  private mutating func isViper(_ decorators: UInt32) -> Bool {
    if decorators == 0 { return false }
    for place in 1...Int(extra[Int(decorators)]) {
      let node = nodes[Int(extra[Int(decorators) + place])]
      if node.tag == .attribute && node.rightName == names.intern("viper") { return true }
    }
    return false
  }

  @inline(never) mutating func parseClass(decorators: UInt32) throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try advance()
    let name = try expectName()
    let typeParameters = try parseTypeParameters()
    var arguments: UInt32 = 0
    if try accept(.leftParenthesis) { arguments = try parseArguments() }
    let body = try parseBlock()
    let right = try record(arguments, body)
    _ = try record(decorators, typeParameters)
    return try add(.class, position, left: name.rawValue, right: right)
  }

  mutating func parseLambda() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    try enter()
    try advance()
    let parameters = try parseParameters(until: .colon)
    try advance()
    let body = try parseExpression()
    leave()
    return try add(.lambda, position, left: parameters, right: body.rawValue)
  }

  // MARK: Parameters

  /// What `parseParameters` has seen so far.
  private struct ParameterState {
    let height: Int
    var kind = ParameterKind.normal
    var sawSlash = false
    var sawDefault = false
    /// A bare `*` that no name has followed yet.
    var needsName = false
  }

  /// A list of `parameter`, up to but without the closing token: `)` of a function, which may have annotations, or `:` of a lambda.
  /// With `bareStarAllowed`, a bare `*` may be the last.
  private mutating func parseParameters(until end: TokenKind, bareStarAllowed: Bool = false) throws(SyntaxFailure) -> UInt32 {
    var state = ParameterState(height: scratch.count)
    while lexer.kind != end {
      if state.kind == .variadicKeyword { throw failure(.invalidSyntax) }
      try parseParameter(&state, annotated: end == .rightParenthesis)
      if try !accept(.comma) { break }
    }
    if lexer.kind != end { throw failure(.invalidSyntax) }
    if state.needsName && !bareStarAllowed { throw failure(.namesAfterBareStar) }
    return try popList(state.height)
  }

  private mutating func parseParameter(_ state: inout ParameterState, annotated: Bool) throws(SyntaxFailure) {
    switch lexer.kind {
    case .name:
      let (name, position) = try parseParameterName(state)
      let annotation = annotated ? try parseAnnotation(.colon, starAllowed: false) : .none
      var value = NodeIndex.none
      if try accept(.assign) {
        value = try parseExpression()
        state.sawDefault = true
      } else if state.sawDefault && state.kind == .normal {
        throw failure(.defaultBeforeNonDefault, at: position)
      }
      state.needsName = false
      try addParameter(name, position, state.kind, annotation, value)
    case .star: try parseVariadic(&state, annotated: annotated)
    case .doubleStar:
      if state.needsName { throw failure(.namesAfterBareStar) }
      try advance()
      state.kind = .variadicKeyword
      let (name, position) = try parseParameterName(state)
      let annotation = annotated ? try parseAnnotation(.colon, starAllowed: false) : .none
      try addParameter(name, position, .variadicKeyword, annotation, .none)
    case .slash: try parseSlash(&state)
    default: throw failure(.invalidSyntax)
    }
  }

  /// `*` alone or `*args`.
  private mutating func parseVariadic(_ state: inout ParameterState, annotated: Bool) throws(SyntaxFailure) {
    if state.kind == .keywordOnly { throw failure(.invalidSyntax) }
    try advance()
    state.kind = .keywordOnly
    if lexer.kind != .name {
      state.needsName = true
      return
    }
    let (name, position) = try parseParameterName(state)
    let annotation = annotated ? try parseAnnotation(.colon, starAllowed: true) : .none
    try addParameter(name, position, .variadic, annotation, .none)
  }

  /// `/`: what came before was positional-only.
  private mutating func parseSlash(_ state: inout ParameterState) throws(SyntaxFailure) {
    if state.sawSlash || state.kind != .normal || scratch.count == state.height { throw failure(.invalidSyntax) }
    state.sawSlash = true
    for place in state.height..<scratch.count {
      (nodes.base + Int(scratch[place])).pointee.detail = ParameterKind.positionalOnly.rawValue
    }
    try advance()
  }

  private mutating func parseParameterName(_ state: ParameterState) throws(SyntaxFailure) -> (NameIndex, Position) {
    let position = here
    let name = try expectName()
    for place in state.height..<scratch.count where nodes[Int(scratch[place])].left == name.rawValue {
      throw failure(.parameterReused, at: position)
    }
    return (name, position)
  }

  /// The expression after `token`, if that is the current one. Only the annotation of `*args` may be starred.
  private mutating func parseAnnotation(_ token: TokenKind, starAllowed: Bool) throws(SyntaxFailure) -> NodeIndex {
    if try !accept(token) { return .none }
    if starAllowed && lexer.kind == .star { return try parseStarred() }
    return try parseExpression()
  }

  private mutating func addParameter(
    _ name: NameIndex, _ position: Position, _ kind: ParameterKind, _ annotation: NodeIndex, _ value: NodeIndex
  ) throws(SyntaxFailure) {
    let right = try record(annotation.rawValue, value.rawValue)
    try push(add(.parameter, position, left: name.rawValue, right: right, detail: kind.rawValue))
  }

  // MARK: Type parameters

  /// `[T: bound = default, *Ts, **P]` or nothing, as a list.
  mutating func parseTypeParameters() throws(SyntaxFailure) -> UInt32 {
    if try !accept(.leftBracket) { return 0 }
    let height = scratch.count
    var sawDefault = false
    repeat {
      if lexer.kind == .rightBracket && scratch.count > height { break }
      let position = here
      let kind = lexer.kind
      if kind == .star || kind == .doubleStar { try advance() }
      let name = try expectName()
      let bound = kind == .name ? try parseAnnotation(.colon, starAllowed: false) : .none
      let value = try parseAnnotation(.assign, starAllowed: kind == .star)
      if value.isNone && sawDefault { throw failure(.typeParameterOrder, at: position) }
      if !value.isNone { sawDefault = true }
      switch kind {
      case .star: try push(add(.typeVariableTuple, position, left: name.rawValue, right: value.rawValue))
      case .doubleStar: try push(add(.parameterSpecification, position, left: name.rawValue, right: value.rawValue))
      default: try push(add(.typeVariable, position, left: name.rawValue, right: record(bound.rawValue, value.rawValue)))
      }
    } while try accept(.comma)
    try expect(.rightBracket)
    return try popList(height)
  }
}
