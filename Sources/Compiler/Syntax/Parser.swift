// The parser: recursive descent over statements, precedence climbing over operators, straight from tokens to the flat tree. One token is
// looked at; only `match`, `type` and `with (` look further, within one line (see `bookmark`).
//
// Lists are gathered on a scratch stack: a function notes the stack's height, pushes, and `popList` moves what is above the height into the
// side array. Nested lists are always finished before the outer one goes on, so the stack needs no other order.
//
// Read: this file, then Parser+Statements, +Compound, +Definitions, +Expressions, +Atoms, +Strings, +Patterns, +Targets.

import Bytecode

/// What the source is.
public enum ParserMode: UInt8, Sendable {
  /// A file, or the argument of `exec`.
  case file
  /// One statement typed at a console.
  case interactive
  /// The argument of `eval`.
  case expression
}

/// Limits that keep a parse within the machine it runs on.
public struct ParserOptions: Sendable {
  /// Nested brackets, unary operators, conditionals, lambdas, blocks and the like. Each level costs native stack, here and in the emitter.
  public var maximumNesting = 200
  /// The address below which the native stack, growing downwards, must not be used; 0 where nesting is limit enough. Chips have little of it.
  public var nativeStackLimit: UInt = 0
  /// Length of a chain of attributes, calls and subscripts, by which trees lean to the left.
  public var maximumChain = 1000
  /// Levels of indentation.
  public var maximumIndentation = 100
  /// Nodes of one tree; more is a memory failure.
  public var maximumNodes = 1 << 28

  public init() {}
}

/// Where a node's construct starts.
struct Position {
  let line: UInt32
  let column: UInt16
}

/// Parses one source. The tree is the parser's until the next statement; names go to the compilation's table.
public struct Parser: ~Copyable {
  var lexer: Lexer
  let options: ParserOptions
  let mode: ParserMode
  let source: UnsafeBufferPointer<UInt8>
  let space: UnsafeMutablePointer<Workspace>
  let indentations: GrowableBuffer<Indentation>
  /// The compilation's names, shared with the emitter.
  public let names: NameTable

  var nodes: GrowableBuffer<SyntaxNode>
  var extra: GrowableBuffer<UInt32>
  var payload: GrowableBuffer<UInt8>
  var scratch: GrowableBuffer<UInt32>
  /// Names bound so far by the pattern of the current `case`.
  var bound: GrowableBuffer<UInt32>
  var depth = 0
  var isStarted = false

  /// The source must stay in place and unchanged as long as the parser and its trees live.
  @inline(never) public init(
    source: UnsafeBufferPointer<UInt8>, names: NameTable, mode: ParserMode = .file, options: ParserOptions = ParserOptions()
  ) throws(SyntaxFailure) {
    let space = names.space
    let levels = try GrowableBuffer(space, repeating: Indentation(column: 0, alternative: 0), count: options.maximumIndentation + 1)
    lexer = Lexer(source: source, names: names, indentations: levels.base, maximumIndentation: options.maximumIndentation)
    self.options = options
    self.mode = mode
    self.source = source
    self.names = names
    self.space = space
    indentations = levels
    nodes = GrowableBuffer(space)
    extra = GrowableBuffer(space)
    payload = GrowableBuffer(space)
    scratch = GrowableBuffer(space)
    bound = GrowableBuffer(space)
  }

  // MARK: Entries

  /// The tree of what was parsed last; see `SyntaxTree` for how long it is valid.
  public var tree: SyntaxTree {
    SyntaxTree(nodes: nodes.base, nodeCount: nodes.count, extra: extra.base, payload: payload.base, source: source)
  }

  /// Parses the whole source. The root is a `module`, or an `expressionInput` in mode `expression`.
  @inline(never) public mutating func parse() throws(SyntaxFailure) -> NodeIndex {
    try resetTree()
    try start()
    switch mode {
    case .file: return try parseFile()
    case .interactive: return try parseInteractive()
    case .expression: return try parseEval()
    }
  }

  /// Parses the next top-level statement (all simple statements of a line, or one compound statement) into the tree, which it empties
  /// first; the indexed `module` holds it. Answers none at the end of the source.
  @inline(never) public mutating func nextStatement() throws(SyntaxFailure) -> NodeIndex {
    try resetTree()
    try start()
    if lexer.kind == .endOfFile { return .none }
    let position = here
    let height = scratch.count
    try parseStatement()
    return try add(.module, position, left: popList(height))
  }

  /// Drops the tree, keeping its memory for the next.
  private mutating func resetTree() throws(SyntaxFailure) {
    nodes.truncate(to: 0)
    extra.truncate(to: 0)
    payload.truncate(to: 0)
    scratch.truncate(to: 0)
    try nodes.append(SyntaxNode(.none, line: 0, column: 0))
    try extra.append(0)
  }

  private mutating func start() throws(SyntaxFailure) {
    if isStarted { return }
    isStarted = true
    if UInt(bitPattern: source.count) >= UInt(UInt32.max) { throw lexer.failure(.tooLarge) }
    try advance()
  }

  private mutating func parseFile() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    while lexer.kind != .endOfFile { try parseStatement() }
    return try add(.module, position, left: popList(height))
  }

  private mutating func parseInteractive() throws(SyntaxFailure) -> NodeIndex {
    let position = here
    let height = scratch.count
    if lexer.kind == .endOfFile && isBlankInput { return try add(.module, position) }
    try parseStatement()
    if lexer.kind != .endOfFile { throw failure(.multipleStatements) }
    return try add(.module, position, left: popList(height))
  }

  /// The input starts with a line end or a comment: at a console that is a statement that does nothing. An empty input is an error.
  private var isBlankInput: Bool {
    var place = lexer.base
    while place < lexer.limit && (place.pointee == 0x20 || place.pointee == 0x09) { place += 1 }
    return place < lexer.limit && (Lexer.isLineEnd(place.pointee) || place.pointee == 0x23)
  }

  private mutating func parseEval() throws(SyntaxFailure) -> NodeIndex {
    // Leading white space is no indentation here.
    if lexer.kind == .indent { try advance() }
    let position = here
    let expression = try parseExpressionList()
    if lexer.kind == .newline { try advance() }
    while lexer.kind == .dedent { try advance() }
    if lexer.kind != .endOfFile { throw failure(.invalidSyntax) }
    return try add(.expressionInput, position, left: expression.rawValue)
  }

  // MARK: Tokens

  /// Makes the next token the current one. Asks whether there is any point in going on, too.
  mutating func advance() throws(SyntaxFailure) {
    if space.pointee.mustStop { throw .stopped(space) }
    try lexer.advance()
  }

  @inline(__always) var here: Position { Position(line: lexer.tokenLine, column: lexer.tokenColumn) }

  /// Steps over the current token if it is of this kind.
  @inline(never) mutating func accept(_ kind: TokenKind) throws(SyntaxFailure) -> Bool {
    if lexer.kind != kind { return false }
    try advance()
    return true
  }

  /// Steps over a token that the grammar demands.
  @inline(never) mutating func expect(_ kind: TokenKind, else message: SyntaxMessage = .invalidSyntax) throws(SyntaxFailure) {
    if lexer.kind != kind { throw failure(message) }
    try advance()
  }

  /// Steps over a name and answers it.
  @inline(never) mutating func expectName() throws(SyntaxFailure) -> NameIndex {
    if lexer.kind != .name { throw failure(.invalidSyntax) }
    let name = lexer.name
    try advance()
    return name
  }

  // MARK: Errors

  /// A failure at the current token.
  @inline(never) mutating func failure(_ message: SyntaxMessage) -> SyntaxFailure {
    // An indent where a statement or expression should start is its own error.
    let isIndent = lexer.kind == .indent && message == .invalidSyntax
    // At the end of the input the dedents come first.
    let isAtEnd = lexer.kind == .endOfFile || (lexer.kind == .dedent && lexer.cursor == lexer.limit)
    return lexer.failure(isIndent ? .unexpectedIndent : message, atEnd: isAtEnd)
  }

  /// A failure at a node.
  @inline(never) mutating func failure(_ message: SyntaxMessage, at node: NodeIndex) -> SyntaxFailure {
    let node = nodes[Int(node.rawValue)]
    return SyntaxFailure(message, line: node.line, column: UInt32(node.column))
  }

  /// A failure at a position.
  @inline(never) mutating func failure(_ message: SyntaxMessage, at position: Position) -> SyntaxFailure {
    SyntaxFailure(message, line: position.line, column: UInt32(position.column))
  }

  /// Counts a level of nesting; `leave` ends it. A failure in between need not, as it ends the parse.
  @inline(__always) mutating func enter() throws(SyntaxFailure) {
    depth &+= 1
    if depth > options.maximumNesting { throw failure(.tooDeep) }
    if options.nativeStackLimit > 0 && nativeStackAddress() < options.nativeStackLimit { throw failure(.stackUsedUp) }
  }

  @inline(__always) mutating func leave() { depth &-= 1 }

  // MARK: Nodes

  @inline(__always) func tag(_ node: NodeIndex) -> NodeTag { nodes.base[Int(node.rawValue)].tag }

  @inline(__always) func position(_ node: NodeIndex) -> Position {
    let node = nodes.base + Int(node.rawValue)
    return Position(line: node.pointee.line, column: node.pointee.column)
  }

  @inline(never) mutating func add(
    _ tag: NodeTag, _ position: Position, left: UInt32 = 0, right: UInt32 = 0, detail: UInt8 = 0
  ) throws(SyntaxFailure) -> NodeIndex {
    let index = UInt32(truncatingIfNeeded: nodes.count)
    try nodes.append(SyntaxNode(tag, detail: detail, line: position.line, column: position.column, left: left, right: right))
    return NodeIndex(index)
  }

  @inline(never) mutating func push(_ node: NodeIndex) throws(SyntaxFailure) { try scratch.append(node.rawValue) }

  /// Moves what lies above `height` on the scratch stack into the side array, as a list.
  @inline(never) mutating func popList(_ height: Int) throws(SyntaxFailure) -> UInt32 {
    let count = scratch.count &- height
    if count == 0 { return 0 }
    let index = UInt32(truncatingIfNeeded: extra.count)
    try extra.append(UInt32(truncatingIfNeeded: count))
    try extra.append(scratch.base + height, count: count)
    scratch.truncate(to: height)
    return index
  }

  @inline(never) mutating func record(_ a: UInt32, _ b: UInt32) throws(SyntaxFailure) -> UInt32 {
    let index = UInt32(truncatingIfNeeded: extra.count)
    try extra.append(a)
    try extra.append(b)
    return index
  }

  @inline(never) mutating func record(_ a: UInt32, _ b: UInt32, _ c: UInt32) throws(SyntaxFailure) -> UInt32 {
    let index = try record(a, b)
    try extra.append(c)
    return index
  }

  // MARK: Looking ahead

  /// A place to come back to.
  struct Bookmark {
    let lexer: Lexer
    let nodes: Int
    let extra: Int
    let payload: Int
    let scratch: Int
    let depth: Int
  }

  /// Remembers the current token and the size of the tree. Valid until a line end outside brackets has been passed.
  var bookmark: Bookmark {
    Bookmark(
      lexer: lexer, nodes: nodes.count, extra: extra.count, payload: payload.count, scratch: scratch.count, depth: depth)
  }

  mutating func goBack(to mark: Bookmark) {
    lexer = mark.lexer
    nodes.truncate(to: mark.nodes)
    extra.truncate(to: mark.extra)
    payload.truncate(to: mark.payload)
    scratch.truncate(to: mark.scratch)
    depth = mark.depth
  }

  /// Kind of the token after the current one, or `endOfFile` if that is malformed.
  var nextKind: TokenKind {
    var ahead = lexer
    do throws(SyntaxFailure) { try ahead.advance() } catch { return .endOfFile }
    return ahead.kind
  }
}
