// The syntax tree is flat data, not a graph of objects: one array of 16-byte nodes, one side array of 32-bit words for whatever does not
// fit a node's two operands, one byte array for decoded string literals. A node is known by its number; number 0 is "no node".
//
// `SyntaxTree` is a trivial view (pointers and counts) that may be copied freely. It is valid until its parser parses the next statement or
// is destroyed. Names are numbers of the compilation's `NameTable` and outlive the tree.
//
// Lists. A list operand is the index `L` of a word in the side array: `extra[L]` is the count, the items follow. Index 0 is the empty list.
// Records. A record operand is the index of the first of a fixed number of words in the side array; the accessors give them names.
//
// Depth. Native recursion over the tree is bounded by `ParserOptions.maximumNesting` for everything that nests (brackets, unary operators,
// `**`, lambdas, conditionals, blocks). Chains that only look nested are lists here: `a + b - c` (`binaryChain`), `a and b and c`,
// `a < b < c`, `elif`. The one exception is the left spine of `attribute`, `call` and `subscript` (`a.b().c[0]`), within `maximumChain`.
//
// What the parser has already checked (everything that needs no scope): targets of assignment, `del`, `for`, `with`, `:=` and `except`;
// order, kinds and duplicates of parameters; order and duplicates of arguments; default `except` last; mixed `except` and `except*`; star
// expressions only where allowed; at most one starred target; bytes against text literals; form of numbers; patterns that are unreachable
// or bind unequal or repeated names; repeated keywords. Left to the emitter, as it needs the scope: `break`/`continue` outside loop,
// `return`, `yield` and `await` outside function, `async` constructs outside an async function, `import *` outside a module, all of
// `global` and `nonlocal`, `:=` inside a class body's comprehension or onto a comprehension's variable, decorators of `micropython`.

/// Number of a node; 0 is none.
@frozen public struct NodeIndex: Equatable, Hashable, Sendable {
  public let rawValue: UInt32
  @inline(__always) public init(_ rawValue: UInt32) { self.rawValue = rawValue }
  /// No node: an absent optional child.
  public static var none: NodeIndex { @inline(__always) get { NodeIndex(0) } }
  @inline(__always) public var isNone: Bool { rawValue == 0 }
}

/// Number of a name in the compilation's `NameTable`; 0 is "no name" (the empty name).
@frozen public struct NameIndex: Equatable, Hashable, Sendable {
  public let rawValue: UInt32
  @inline(__always) public init(_ rawValue: UInt32) { self.rawValue = rawValue }
  /// No name: an absent optional name.
  public static var none: NameIndex { @inline(__always) get { NameIndex(0) } }
  @inline(__always) public var isNone: Bool { rawValue == 0 }
}

/// What a node is. The comments name its operands: `left`, `right` and the byte `detail`; "?" marks one that may be none (0).
///
/// A node's position is the first token of its construct (for infix and postfix nodes: that of the left operand), except where noted.
public enum NodeTag: UInt8, Sendable, BitwiseCopyable {
  /// Node 0.
  case none

  // MARK: Roots
  /// A file, an interactive statement or one top-level statement of a stream. left: list of statements.
  case module
  /// Input of `eval`. left: expression.
  case expressionInput

  // MARK: Simple statements
  /// left: expression.
  case expressionStatement
  /// `t1 = t2 = value`. left: value; right: list of targets, leftmost first, at least one.
  case assign
  /// `target op= value`. left: target (`name`, `attribute`, `subscript`); right: value; detail: `BinaryOperator`.
  case augmentedAssign
  /// `target: annotation = value`. left: target (`name`, `attribute`, `subscript`); right: record [annotation, value?];
  /// detail 1: "simple", a bare name without parentheses (only such names are declared local and recorded in `__annotations__`).
  case annotatedAssign
  /// left: value? (an unparenthesised `return 1, *a` is a `tuple`).
  case `return`
  /// left: list of targets (`name`, `attribute`, `subscript`; `tuple` and `list` of such).
  case delete
  case pass
  case `break`
  case `continue`
  /// left: exception?; right: cause?.
  case raise
  /// left: list of NameIndex.
  case global
  /// left: list of NameIndex.
  case nonlocal
  /// left: list of `importAlias`.
  case `import`
  /// `a.b.c as x`. left: NameIndex of the full dotted text `a.b.c`; right: record [NameIndex of x?, count, NameIndex a, b, c].
  case importAlias
  /// `from ..a.b import x, y as z`. left: NameIndex of the full dotted text without leading dots?; right: record [level (number of dots),
  /// list of `fromAlias`].
  case importFrom
  /// left: NameIndex; right: NameIndex after `as`?.
  case fromAlias
  /// `from ..a import *`. left: NameIndex of the dotted text?; right: level.
  case importStar
  /// left: test; right: message?.
  case assert
  /// `type X[T] = value`. left: NameIndex; right: record [list of type parameters, value].
  case typeAlias

  // MARK: Compound statements (a body is a list of statements)
  /// left: list of alternating test node and body list (a list index), one pair for `if` and one for each `elif`; right: else body.
  case `if`
  /// left: test; right: record [body, else body].
  case `while`
  /// left: target; right: record [iterable, body, else body]; detail 1: `async for`.
  case `for`
  /// left: body; right: record [list of `exceptHandler`, else body, finally body]; detail 1: the handlers are `except*`.
  case `try`
  /// left: type expression? (`except A, B:` is a `tuple`); right: record [NameIndex after `as`?, body].
  case exceptHandler
  /// left: list of `withItem`; right: body; detail 1: `async with`.
  case with
  /// left: context expression; right: target?.
  case withItem
  /// left: subject (a `tuple` for `match a, b:`); right: list of `matchCase`.
  case match
  /// left: pattern; right: record [guard?, body].
  case matchCase
  /// left: NameIndex; right: record [list of `parameter`, return annotation?, body, list of decorator expressions, list of type
  /// parameters]; detail 1: `async def`. Position: the `def` (or `async`) token.
  case function
  /// left: NameIndex; right: record [list of arguments (as in `call`), body, list of decorator expressions, list of type parameters].
  case `class`
  /// `T: bound = default`. left: NameIndex; right: record [bound?, default?].
  case typeVariable
  /// `*Ts = default`. left: NameIndex; right: default?.
  case typeVariableTuple
  /// `**P = default`. left: NameIndex; right: default?.
  case parameterSpecification
  /// left: NameIndex; right: record [annotation?, default?]; detail: `ParameterKind`. A bare `*` and `/` have no node.
  case parameter

  // MARK: Atoms
  /// left: NameIndex; detail 1: in parentheses. Serves for loads, stores and deletions.
  case name
  /// left, right: offset and length of its text in the source (with prefix and underscores, whose places have been checked).
  case integer
  /// As `integer`.
  case float
  /// As `integer`; the text ends in `j` or `J`.
  case imaginary
  /// left, right: offset and length of its decoded UTF-8 text in the payload (lone surrogates are encoded like any code point).
  /// Adjacent literals are already joined.
  case string
  /// As `string`, for bytes literals.
  case bytes
  /// An f-string. left: list of parts, each a nonempty `string` or an `interpolation`; two `string`s never follow each other. The list may
  /// be empty (`f""`). A literal without any interpolation is still a `joinedString`, never a `string`.
  case joinedString
  /// A t-string. left: as `joinedString`.
  case templateString
  /// `{expression!r:spec}`. left: expression; right: record [offset, length of the expression's text in the source, format specification?];
  /// detail: conversion, 0 or ASCII `r`, `s`, `a`. The specification is a `joinedString`. `{x=}` has put its `x=` in the string part
  /// before it and has conversion `r` unless it has another or a specification.
  case interpolation
  /// `None`
  case noneConstant
  /// `True`
  case trueConstant
  /// `False`
  case falseConstant
  /// `...`
  case ellipsis

  // MARK: Displays and comprehensions
  /// left: list of elements, maybe `starred`; detail 1: in parentheses.
  case tuple
  /// left: list of elements, maybe `starred`.
  case list
  /// left: list of elements, at least one, maybe `starred`.
  case set
  /// left: list of alternating key and value; a key of 0 means `**value`.
  case dictionary
  /// left: element; right: list of `comprehensionClause`, at least one.
  case listComprehension
  /// As `listComprehension`.
  case setComprehension
  /// As `listComprehension`; detail 1: has parentheses of its own (not those of a call).
  case generator
  /// left: key; right: record [value, list of `comprehensionClause`].
  case dictionaryComprehension
  /// `for target in iterable if c1 if c2`. left: target; right: record [iterable, list of conditions]; detail 1: `async for`.
  case comprehensionClause

  // MARK: Operators
  /// left: operand; detail: `UnaryOperator`.
  case unary
  /// left, right: operands; detail: `BinaryOperator`.
  case binary
  /// Two or more operators of one precedence, applied from the left. left: first operand; right: list of alternating `BinaryOperator` value
  /// and operand.
  case binaryChain
  /// left: list of operands, at least two.
  case and
  /// left: list of operands, at least two.
  case or
  /// left, right: operands; detail: `ComparisonOperator`.
  case compare
  /// left: first operand; right: list of alternating `ComparisonOperator` value and operand, at least two pairs.
  case compareChain
  /// `a if test else b`. left: test; right: record [a, b].
  case conditional
  /// left: list of `parameter`; right: body expression.
  case lambda
  /// `name := value`. left: `name` node; right: value.
  case namedExpression
  /// left: value?.
  case yield
  /// left: iterable.
  case yieldFrom
  /// left: awaited expression.
  case await
  /// `*x` in a display, a call, a subscript or a target. left: expression or target.
  case starred

  // MARK: Postfix
  /// left: callee; right: list of arguments in source order: an expression, `starred`, `keywordArgument` or `doubleStarred`.
  case call
  /// left: NameIndex; right: value.
  case keywordArgument
  /// `**x` in a call. left: expression.
  case doubleStarred
  /// left: object; right: NameIndex; detail 1: in parentheses.
  case attribute
  /// left: object; right: index expression (`slice`, or a `tuple` whose elements may be `slice` or `starred`); detail 1: in parentheses.
  case `subscript`
  /// left: lower?; right: record [upper?, step?].
  case slice

  // MARK: Patterns
  /// Compared with `==`. left: expression: a literal number (maybe `unary` minus, maybe `binary` with an imaginary), `string`, `bytes` or a
  /// dotted `attribute`.
  case patternValue
  /// Compared with `is`. left: `noneConstant`, `trueConstant` or `falseConstant`.
  case patternSingleton
  /// left: NameIndex.
  case patternCapture
  /// `_`
  case patternWildcard
  /// left: list of patterns, at most one of them `patternStar`.
  case patternSequence
  /// left: NameIndex, none for `*_`.
  case patternStar
  /// left: list of alternating key expression (as left of `patternValue`, or a singleton constant) and pattern; right: NameIndex of
  /// `**rest`?.
  case patternMapping
  /// left: class expression (`name` or dotted `attribute`); right: record [list of positional patterns, list of alternating NameIndex and
  /// pattern].
  case patternClass
  /// left: list of patterns, at least two.
  case patternOr
  /// `pattern as name`. left: pattern; right: NameIndex.
  case patternAs
}

/// Operators of `binary`, `binaryChain` and `augmentedAssign`. The order is that of MicroPython's binary operators, so that an
/// emitter may add an offset to the raw value.
public enum BinaryOperator: UInt8, Sendable {
  case or, xor, and, leftShift, rightShift, add, subtract, multiply, matrixMultiply, floorDivide, trueDivide, modulo, power
}

/// Operators of `compare` and `compareChain`.
public enum ComparisonOperator: UInt8, Sendable {
  case less, more, equal, lessEqual, moreEqual, notEqual, `in`, `is`, notIn, isNot
}

/// Operators of `unary`.
public enum UnaryOperator: UInt8, Sendable {
  case positive, negative, invert, not
}

/// Kinds of `parameter`, in the order in which they may follow each other.
public enum ParameterKind: UInt8, Sendable {
  /// Before `/`.
  case positionalOnly
  case normal
  /// `*args`
  case variadic
  /// After `*` or `*args`.
  case keywordOnly
  /// `**kwargs`
  case variadicKeyword
}

/// One node: 16 bytes.
@frozen public struct SyntaxNode: BitwiseCopyable {
  public var left: UInt32
  public var right: UInt32
  /// Line, from 1.
  public var line: UInt32
  /// Column in bytes, from 1; columns past 65535 are given as 65535.
  public var column: UInt16
  public var tag: NodeTag
  public var detail: UInt8

  @inline(__always) init(_ tag: NodeTag, detail: UInt8 = 0, line: UInt32, column: UInt16, left: UInt32 = 0, right: UInt32 = 0) {
    self.left = left
    self.right = right
    self.line = line
    self.column = column
    self.tag = tag
    self.detail = detail
  }

  @inline(__always) public var leftNode: NodeIndex { NodeIndex(left) }
  @inline(__always) public var rightNode: NodeIndex { NodeIndex(right) }
  @inline(__always) public var leftName: NameIndex { NameIndex(left) }
  @inline(__always) public var rightName: NameIndex { NameIndex(right) }
}

/// The words of a list operand. Items are node numbers, name numbers, operators or lists, as the node's tag says.
@frozen public struct SyntaxList: Sequence {
  @usableFromInline let base: UnsafePointer<UInt32>
  public let count: Int

  @inline(__always) init(base: UnsafePointer<UInt32>, count: Int) {
    self.base = base
    self.count = count
  }

  @inline(__always) public var isEmpty: Bool { count == 0 }
  /// The item as a node. Unchecked: `index` must be within `0..<count`.
  @inline(__always) public subscript(index: Int) -> NodeIndex { NodeIndex(base[index]) }
  /// The item as a name.
  @inline(__always) public func name(_ index: Int) -> NameIndex { NameIndex(base[index]) }
  /// The item as it stands: an operator's raw value, or a list operand for `SyntaxTree.list(_:)`.
  @inline(__always) public func word(_ index: Int) -> UInt32 { base[index] }

  @inline(__always) public func makeIterator() -> Iterator { Iterator(next: base, end: base + count) }

  /// Walks over the items as nodes.
  @frozen public struct Iterator: IteratorProtocol {
    @usableFromInline var cursor: UnsafePointer<UInt32>
    @usableFromInline let end: UnsafePointer<UInt32>

    @inline(__always) init(next: UnsafePointer<UInt32>, end: UnsafePointer<UInt32>) {
      cursor = next
      self.end = end
    }

    @inline(__always) public mutating func next() -> NodeIndex? {
      if cursor == end { return nil }
      defer { cursor += 1 }
      return NodeIndex(cursor.pointee)
    }
  }
}

/// A view of a parsed tree. Its accessors are unchecked: call each only with a node of the tag it is named after.
@frozen public struct SyntaxTree {
  let nodes: UnsafePointer<SyntaxNode>
  let extra: UnsafePointer<UInt32>
  let payload: UnsafePointer<UInt8>
  /// The text that number literals and interpolations point into.
  public let source: UnsafeBufferPointer<UInt8>
  /// Count of nodes, node 0 included. All children of a node have smaller numbers than it.
  public let nodeCount: Int

  init(
    nodes: UnsafePointer<SyntaxNode>, nodeCount: Int, extra: UnsafePointer<UInt32>, payload: UnsafePointer<UInt8>,
    source: UnsafeBufferPointer<UInt8>
  ) {
    assert(MemoryLayout<SyntaxNode>.size == 16 && MemoryLayout<SyntaxNode>.stride == 16)
    self.nodes = nodes
    self.nodeCount = nodeCount
    self.extra = extra
    self.payload = payload
    self.source = source
  }

  @inline(__always) public subscript(index: NodeIndex) -> SyntaxNode { nodes[Int(index.rawValue)] }
  @inline(__always) public func tag(_ index: NodeIndex) -> NodeTag { nodes[Int(index.rawValue)].tag }
  @inline(__always) public func line(_ index: NodeIndex) -> Int { Int(nodes[Int(index.rawValue)].line) }
  @inline(__always) public func column(_ index: NodeIndex) -> Int { Int(nodes[Int(index.rawValue)].column) }

  /// The items of a list operand.
  @inline(__always) public func list(_ operand: UInt32) -> SyntaxList {
    let start = extra + Int(operand)
    return SyntaxList(base: start + 1, count: Int(start.pointee))
  }

  /// Word `index` of a record operand.
  @inline(__always) public func word(_ record: UInt32, _ index: Int) -> UInt32 { extra[Int(record) + index] }
  /// Word `index` of a record operand, as a node.
  @inline(__always) public func child(_ record: UInt32, _ index: Int) -> NodeIndex { NodeIndex(extra[Int(record) + index]) }

  /// Decoded bytes of a `string` or `bytes` node.
  @inline(__always) public func stringBytes(_ index: NodeIndex) -> UnsafeBufferPointer<UInt8> {
    let node = self[index]
    return UnsafeBufferPointer(start: payload + Int(node.left), count: Int(node.right))
  }

  /// Source text of an `integer`, `float` or `imaginary` node.
  @inline(__always) public func numberText(_ index: NodeIndex) -> UnsafeBufferPointer<UInt8> {
    let node = self[index]
    return sourceText(offset: node.left, count: node.right)
  }

  /// A slice of the source.
  @inline(__always) public func sourceText(offset: UInt32, count: UInt32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: source.baseAddress.map { $0 + Int(offset) }, count: Int(count))
  }
}
