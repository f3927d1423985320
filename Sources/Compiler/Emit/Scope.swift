// Scopes: one for each code object. A scope knows its identifiers in the order in which the first walk met them, which fixes their numbers.
//
// Scopes stand in one array in the order in which they are met: all children of a scope, then all children of its first child, and so on. So a
// scope's children are one run of the array.

import Bytecode

/// What kind of code a scope is.
enum ScopeKind: UInt8 {
  case module, `class`
  // From here on, names that are stored are locals.
  case lambda
  case listComprehension, dictionaryComprehension, setComprehension, generator
  case function
  /// A function that returns the annotations of a function, class or module.
  case annotations
  /// A function that makes type parameters and then the function, class or alias that has them.
  case typeParameters
  /// A function without parameters around one expression that is computed when first needed.
  case thunk

  var isFunctionLike: Bool { rawValue >= ScopeKind.lambda.rawValue }
  var isComprehension: Bool { rawValue >= ScopeKind.listComprehension.rawValue && rawValue <= ScopeKind.generator.rawValue }
}

/// What an identifier is in its scope.
enum IdentifierKind: UInt8 {
  /// Declared, not yet decided.
  case undecided
  /// Looked up by name: used, never stored.
  case globalImplicit
  /// Looked up by name: stored in a module's or class's body.
  case globalImplicitAssigned
  /// Looked up in globals.
  case globalExplicit
  case local
  /// A local that inner scopes use.
  case cell
  /// A local of an outer scope.
  case free
}

/// One identifier of a scope.
struct Identifier {
  let name: NameIndex
  var kind: IdentifierKind
  var flags: UInt8 = 0
  /// Slot in the frame, once computed.
  var slot: UInt16 = 0

  static var parameter: UInt8 { 1 }
  static var variadic: UInt8 { 2 }
  static var variadicKeywords: UInt8 { 4 }
  /// Only to be passed by position.
  static var positionalOnly: UInt8 { 8 }
}

/// One code object to be.
struct Scope {
  let kind: ScopeKind
  /// Number of the enclosing scope, -1 for the module.
  let parent: Int
  let node: NodeIndex
  /// The name in listings and tracebacks.
  let name: NameIndex
  /// Class whose name is put before private names, or none.
  var privateClass: NameIndex = .none
  var flags = 0
  var positionalCount = 0
  var keywordOnlyCount = 0
  var defaultCount = 0
  var localCount = 0
  var stackSize = 0
  var exceptionSize = 0
  var firstChild = 0
  var childCount = 0
  var hasAnnotations = false
  private(set) var identifiers: UnsafeMutablePointer<Identifier>
  private(set) var identifierCount = 0
  private var capacity: Int
  private let space: UnsafeMutablePointer<Workspace>

  init(_ space: UnsafeMutablePointer<Workspace>, kind: ScopeKind, parent: Int, node: NodeIndex, name: NameIndex) throws(SyntaxFailure) {
    self.kind = kind
    self.parent = parent
    self.node = node
    self.name = name
    guard let memory = space.allocate(4 * MemoryLayout<Identifier>.stride) else { throw .outOfMemory }
    self.space = space
    identifiers = memory.bindMemory(to: Identifier.self, capacity: 4)
    capacity = 4
  }

  /// Frees the identifiers; every other copy of the scope is dead after that.
  mutating func deallocate() {
    if capacity > 0 { space.release(identifiers) }
    capacity = 0
    identifierCount = 0
  }

  /// Number of a name among the identifiers. Linear.
  func find(_ name: NameIndex) -> Int? {
    var index = 0
    while index < identifierCount {
      if identifiers[index].name == name { return index }
      index &+= 1
    }
    return nil
  }

  /// Adds an identifier and answers its number; in an exhausted workspace that of another.
  mutating func append(_ name: NameIndex, _ kind: IdentifierKind) -> Int {
    if identifierCount == capacity && !grow() { return identifierCount - 1 }
    (identifiers + identifierCount).initialize(to: Identifier(name: name, kind: kind))
    identifierCount += 1
    return identifierCount - 1
  }

  private mutating func grow() -> Bool {
    guard let memory = space.allocate(2 * capacity * MemoryLayout<Identifier>.stride) else { return false }
    let larger = memory.bindMemory(to: Identifier.self, capacity: 2 * capacity)
    larger.moveInitialize(from: identifiers, count: identifierCount)
    space.release(identifiers)
    identifiers = larger
    capacity *= 2
    return true
  }

  // MARK: Numbers of locals

  /// Gives every local its slot: cells of outer scopes first, then parameters (`*args` after all but `**kwargs`), other locals, own cells.
  mutating func assignSlots(parent: Scope?) {
    moveVariadicLast()
    var next = 0
    for index in 0..<identifierCount {
      if kind == .class && identifiers[index].isClassCell { continue }
      if kind.isFunctionLike && identifiers[index].kind == .globalImplicit { identifiers[index].kind = .globalExplicit }
      if identifiers[index].kind == .local || identifiers[index].flags & Identifier.parameter != 0 {
        identifiers[index].slot = UInt16(truncatingIfNeeded: next)
        next += 1
      }
    }
    for index in 0..<identifierCount where identifiers[index].kind == .cell && identifiers[index].flags & Identifier.parameter == 0 {
      identifiers[index].slot = UInt16(truncatingIfNeeded: next)
      next += 1
    }
    localCount = next
    if let parent { shiftForFree(parent) }
    if localCount > 256 { putCellsFirst() }
  }

  /// A code object lists its cells in a byte each: where there are very many locals, cells get smaller numbers than other locals.
  private mutating func putCellsFirst() {
    let all = UnsafeBufferPointer(start: identifiers, count: identifierCount)
    let cellCount = all.reduce(0) { $0 + ($1.isOwnCell ? 1 : 0) }
    let plainCount = all.reduce(0) { $0 + ($1.isPlainLocal ? 1 : 0) }
    for index in 0..<identifierCount {
      if identifiers[index].isOwnCell { identifiers[index].slot &-= UInt16(truncatingIfNeeded: plainCount) }
      if identifiers[index].isPlainLocal { identifiers[index].slot &+= UInt16(truncatingIfNeeded: cellCount) }
    }
  }

  private mutating func moveVariadicLast() {
    var last: Int?
    for index in (0..<identifierCount).reversed() {
      let flags = identifiers[index].flags & ~Identifier.positionalOnly
      if flags & Identifier.variadic != 0 {
        if let last { swap(&identifiers[last], &identifiers[index]) }
        return
      }
      if last == nil && flags == Identifier.parameter { last = index }
    }
  }

  private mutating func shiftForFree(_ parent: Scope) {
    var free = 0
    let wanted = (0..<identifierCount).reduce(0) { $0 + (identifiers[$1].kind == .free ? 1 : 0) }
    // Stops early: a scope may have very many names and very many inner scopes.
    for outer in 0..<parent.identifierCount {
      if free == wanted { break }
      let identifier = parent.identifiers[outer]
      guard identifier.kind == .cell || identifier.kind == .free, let index = find(identifier.name), identifiers[index].kind == .free
      else { continue }
      identifiers[index].slot = UInt16(truncatingIfNeeded: free)
      free += 1
    }
    if free == 0 { return }
    for index in 0..<identifierCount where identifiers[index].kind != .free {
      identifiers[index].slot &+= UInt16(truncatingIfNeeded: free)
    }
    positionalCount += free
    localCount += free
  }
}

extension Identifier {
  var isOwnCell: Bool { kind == .cell && flags & Self.parameter == 0 }
  var isPlainLocal: Bool { kind == .local && flags & Self.parameter == 0 }
  /// `__class__`, which in a class's body is a cell only if a method uses it. The emitter interns it right after the parser's known names.
  var isClassCell: Bool { name == EmitterName.class.index }
}
