// The emitter walks each scope twice over the same code path. The first walk ("scoping") decides what every identifier is and finds the inner
// scopes; the second writes instructions. Names and constants get their numbers in the order of both walks, as MicroPython numbers them,
// so that its compiler and this one give the same file.
//
// What only writes (instructions, labels, names, constants) does not fail: in an exhausted workspace it writes nothing, or answers the number of
// something else that is there. Nothing reads it before the next statement or expression, or the end of the scope, asks (`check`).
//
// Read: this file (state, names, instructions), Emitter+Scopes (order of work, identifiers), Emitter+Statements, +Expressions, +Calls,
// +Targets, +Definitions, +Loops, +Exceptions, +Comprehensions, then +Strings, +Match, +Types, +Async.

import Bytecode

/// State of one compilation.
struct Emitter: ~Copyable {
  var tree: SyntaxTree
  let names: NameTable
  let options: CompileOptions
  let mode: ParserMode
  var folds: FoldTable

  let space: UnsafeMutablePointer<Workspace>
  var scopes: GrowableBuffer<Scope>
  /// Number of the scope being walked, and its copy, which is written back when it is left.
  var current = 0
  var scope: Scope
  /// First walk: nothing is written.
  var isScoping = true
  var code: CodeBuffer
  /// The current scope's children in the order of the instructions that make functions of them.
  var childOrder: GrowableBuffer<UInt32>
  /// How many of the current scope's children have been met.
  var childrenMet = 0
  /// By scope: its finished code, and the bytes and children (numbers of scopes) of all.
  var finished: GrowableBuffer<CodePlace>
  var finishedBytes: GrowableBuffer<UInt8>
  var finishedChildren: GrowableBuffer<UInt32>

  /// By name: (scope + 1) << 32 | its index among that scope's identifiers, for the current scope.
  private var places: GrowableBuffer<UInt64>
  /// By name: its operand + 1, or 0.
  private var operands: GrowableBuffer<UInt32>
  private(set) var nameOrder: GrowableBuffer<NameIndex>
  var constants: ConstantTable

  /// Where `break` and `continue` go.
  struct Loop {
    let breakLabel: Label
    let continueLabel: Label
    /// `break` must drop the four slots of an iterator.
    let dropsIterator: Bool
    let exceptionLevel: Int
  }
  var loop: Loop?
  /// Open exception handlers at this point of the scope.
  var exceptionLevel = 0
  var nesting = 0

  /// - Parameter root: the tree's root, or none if statements come one by one.
  init(tree: SyntaxTree, root: NodeIndex, names: NameTable, options: CompileOptions, mode: ParserMode) throws(SyntaxFailure) {
    let space = names.space
    var module = try Scope(space, kind: .module, parent: -1, node: root, name: EmitterName.moduleScope.index)
    var scopes = GrowableBuffer<Scope>(space)
    if !scopes.offer(module) {
      module.deallocate()
      throw .outOfMemory
    }
    self.tree = tree
    self.space = space
    self.scopes = scopes
    scope = module
    code = CodeBuffer(space)
    childOrder = GrowableBuffer(space)
    finished = GrowableBuffer(space)
    finishedBytes = GrowableBuffer(space)
    finishedChildren = GrowableBuffer(space)
    places = GrowableBuffer(space)
    operands = GrowableBuffer(space)
    nameOrder = GrowableBuffer(space)
    constants = ConstantTable(space)
    self.names = names
    self.options = options
    self.mode = mode
    folds = FoldTable(options: options, names: names)
  }

  deinit {
    // A failure may have left the current scope's copy ahead of the array's.
    scopes[current] = scope
    for index in 0..<scopes.count { scopes.update(index) { $0.deallocate() } }
  }

  // MARK: Failures

  @inline(never) mutating func failure(_ message: SyntaxMessage, _ node: NodeIndex) -> SyntaxFailure {
    SyntaxFailure(message, line: UInt32(tree.line(node)), column: UInt32(tree.column(node)))
  }

  /// Every statement, expression and pattern asks this first: whether there is any point in going on, and the native stack to do so.
  @inline(__always) mutating func check(_ node: NodeIndex) throws(SyntaxFailure) {
    if space.pointee.mustStop { throw .stopped(space) }
    let limit = options.parser.nativeStackLimit
    if limit > 0 && nativeStackAddress() < limit { throw failure(.stackUsedUp, node) }
  }

  // MARK: Names and constants

  /// The operand for a name.
  @inline(never) mutating func operand(_ name: NameIndex) -> Int {
    let index = Int(name.rawValue)
    if index >= operands.count && !Emitter.lengthen(&operands, to: index + 1) { return 0 }
    if operands[index] == 0 {
      if !nameOrder.offer(name) { return 0 }
      operands[index] = UInt32(truncatingIfNeeded: nameOrder.count)
    }
    return Int(operands[index]) - 1
  }

  /// Makes a table with an entry for each name longer, if there is memory.
  @inline(never) private static func lengthen<Entry: FixedWidthInteger & BitwiseCopyable>(
    _ table: inout GrowableBuffer<Entry>, to count: Int
  ) -> Bool {
    let extra = max(count, min(table.count * 2, table.count + 4096), 64) - table.count
    do throws(SyntaxFailure) { try table.append(repeating: 0, count: extra) } catch { return false }
    return true
  }

  /// The name as this class's methods and body know it: `__x` becomes `_Class__x`.
  @inline(never) mutating func mangled(_ name: NameIndex) -> NameIndex {
    scope.privateClass.isNone ? name : mangled(name, in: scope.privateClass)
  }

  private mutating func mangled(_ name: NameIndex, in owner: NameIndex) -> NameIndex {
    let text = names[name]
    guard text.count > 2, text[0] == 0x5f, text[1] == 0x5f else { return name }
    if text[text.count - 1] == 0x5f && text[text.count - 2] == 0x5f || text.contains(0x2e) { return name }
    var result = GrowableBuffer<UInt8>(space)
    result.write(0x5f)
    var isPrefix = true
    for byte in names[owner] where byte != 0x5f || !isPrefix {
      isPrefix = false
      result.write(byte)
    }
    if isPrefix { return name }
    result.offer(text)
    return names.intern(result.all)
  }

  // MARK: Identifiers

  /// Where the current scope keeps `name`, if it has it.
  @inline(__always) func place(_ name: NameIndex) -> Int? {
    let index = Int(name.rawValue)
    if index >= places.count { return nil }
    let place = places[index]
    return place >> 32 == UInt64(truncatingIfNeeded: current &+ 1) ? Int(truncatingIfNeeded: place & 0xffff_ffff) : nil
  }

  /// The identifier's index in the current scope, added with `kind` if it was not there.
  @inline(never) mutating func place(_ name: NameIndex, adding kind: IdentifierKind) -> Int {
    if let place = place(name) { return place }
    let place = scope.append(name, kind)
    index(name, place)
    return place
  }

  @inline(never) private mutating func index(_ name: NameIndex, _ place: Int) {
    let index = Int(name.rawValue)
    if index >= places.count && !Emitter.lengthen(&places, to: index + 1) { return }
    places[index] = UInt64(truncatingIfNeeded: current &+ 1) << 32 | UInt64(truncatingIfNeeded: place)
  }

  /// Makes `place(_:)` answer for the current scope.
  mutating func indexIdentifiers() {
    for place in 0..<scope.identifierCount { index(scope.identifiers[place].name, place) }
  }

  @inline(never) mutating func loadName(_ name: NameIndex) { nameOperation(mangled(name), .load) }
  @inline(never) mutating func storeName(_ name: NameIndex) { nameOperation(mangled(name), .store) }
  @inline(never) mutating func deleteName(_ name: NameIndex) { nameOperation(mangled(name), .delete) }

  private enum NameOperation { case load, store, delete }

  @inline(never) private mutating func nameOperation(_ name: NameIndex, _ operation: NameOperation) {
    if isScoping {
      if operation == .load {
        _ = place(name, adding: .globalImplicit)
      } else {
        _ = placeForModification(name)
      }
      return
    }
    guard let place = place(name) else { return }
    let identifier = scope.identifiers[place]
    switch identifier.kind {
    case .local: localOperation(operation, Int(identifier.slot))
    case .cell, .free: derefOperation(operation, Int(identifier.slot))
    case .globalExplicit: globalOperation(operation, name, isGlobal: true)
    default: globalOperation(operation, name, isGlobal: false)
    }
  }

  /// Index of an identifier that is stored or deleted: in a function that makes it a local.
  mutating func placeForModification(_ name: NameIndex) -> Int {
    let place = place(name, adding: .globalImplicit)
    if scope.identifiers[place].kind == .globalImplicit {
      scope.identifiers[place].kind = scope.kind.isFunctionLike ? .local : .globalImplicitAssigned
    }
    return place
  }

  private mutating func localOperation(_ operation: NameOperation, _ slot: Int) {
    switch operation {
    case .load: loadLocal(slot)
    case .store:
      if slot < 16 { emit(UInt8(truncatingIfNeeded: 0xc0 + slot), -1) } else { emit(.storeFastN, unsigned: slot, -1) }
    case .delete: emit(.deleteFast, unsigned: slot, 0)
    }
  }

  @inline(never) mutating func loadLocal(_ slot: Int) {
    if slot < 16 { emit(UInt8(truncatingIfNeeded: 0xb0 + slot), 1) } else { emit(.loadFastN, unsigned: slot, 1) }
  }

  private mutating func derefOperation(_ operation: NameOperation, _ slot: Int) {
    switch operation {
    case .load: emit(.loadDeref, unsigned: slot, 1)
    case .store: emit(.storeDeref, unsigned: slot, -1)
    case .delete: emit(.deleteDeref, unsigned: slot, 0)
    }
  }

  private mutating func globalOperation(_ operation: NameOperation, _ name: NameIndex, isGlobal: Bool) {
    switch operation {
    case .load: loadGlobalOrName(name, isGlobal: isGlobal)
    case .store: emit(isGlobal ? .storeGlobal : .storeName, name: name, -1)
    case .delete: emit(isGlobal ? .deleteGlobal : .deleteName, name: name, 0)
    }
  }

  private mutating func loadGlobalOrName(_ name: NameIndex, isGlobal: Bool) {
    if scope.kind == .annotations && scopes[scope.parent].kind == .class && boundInClass(name) {
      loadLocal(0)
      emit(.loadClassName, name: name, 0)
      return
    }
    emit(isGlobal ? .loadGlobal : .loadName, name: name, 1)
  }

  private mutating func boundInClass(_ name: NameIndex) -> Bool {
    let parent = scopes[scope.parent]
    guard let place = parent.find(name) else { return false }
    return parent.identifiers[place].kind == .globalImplicitAssigned
  }

  // MARK: Instructions
  // Kept out of line: they are called from everywhere, and a chip has little flash.

  @inline(never) mutating func mark(_ node: NodeIndex) { mark(line: tree[node].line) }

  /// Notes the line on which the postfix part of an attribute, call or subscript stands, if it is below the operand's.
  mutating func markPostfix(_ data: SyntaxNode) {
    if data.detail > 1 { mark(line: data.line &+ UInt32(data.detail &>> 1)) }
  }

  /// Notes the line of the next instructions.
  @inline(never) mutating func mark(line: UInt32) {
    if !isScoping && options.optimization < 3 && options.storesLines { code.mark(line) }
  }

  @inline(__always) mutating func emit(_ opcode: Opcode, _ change: Int) { emit(opcode.rawValue, change) }
  @inline(never) mutating func emit(_ opcode: UInt8, _ change: Int) {
    if !isScoping { code.opcode(opcode, change) }
  }

  @inline(never) mutating func emit(_ opcode: Opcode, unsigned value: Int, _ change: Int) {
    if !isScoping { code.opcode(opcode.rawValue, unsigned: value, change) }
  }

  @inline(never) mutating func emit(_ opcode: Opcode, name: NameIndex, _ change: Int) {
    let operand = operand(name)
    if !isScoping { code.opcode(opcode.rawValue, unsigned: operand, change) }
  }

  /// Loads the constant whose bytes were written to the table from `start` on.
  @inline(never) mutating func emit(constantFrom start: Int) {
    let operand = constants.operand(from: start)
    if !isScoping { code.opcode(Opcode.loadConstObj.rawValue, unsigned: operand, 1) }
  }

  @inline(never) mutating func emit(constant kind: ConstantCode, _ text: UnsafeBufferPointer<UInt8>) {
    let start = constants.bytes.count
    constants.bytes.write(kind, count: text.count)
    constants.bytes.offer(text)
    emit(constantFrom: start)
  }

  @inline(never) mutating func emit(constant value: Folded) {
    let start = constants.bytes.count
    value.encode(into: &constants.bytes)
    emit(constantFrom: start)
  }

  /// A text as a name if it is short, else as a constant.
  @inline(never) mutating func emit(text: UnsafeBufferPointer<UInt8>) {
    if text.count <= 10 { emit(string: names.intern(text)) } else { emit(constant: .string, text) }
  }

  @inline(never) mutating func emit(integer value: Int) {
    if isScoping { return }
    if value >= -16 && value < 48 {
      code.opcode(UInt8(truncatingIfNeeded: 0x80 + value), 1)
    } else {
      code.opcode(Opcode.loadConstSmallInt.rawValue, signed: value, 1)
    }
  }

  @inline(never) mutating func emit(string name: NameIndex) { emit(.loadConstString, name: name, 1) }
  mutating func emit(binary operation: BinaryOperator) { emit(Opcode.binaryOr.rawValue + operation.rawValue, -1) }
  mutating func emit(inPlace operation: BinaryOperator) { emit(Opcode.inPlaceOr.rawValue + operation.rawValue, -1) }

  @inline(never) mutating func emit(compare operation: ComparisonOperator) {
    switch operation {
    case .notIn:
      emit(.binaryIn, -1)
      emit(.unaryNot, 0)
    case .isNot:
      emit(.binaryIs, -1)
      emit(.unaryNot, 0)
    default: emit(Opcode.binaryLess.rawValue + operation.rawValue, -1)
    }
  }

  @inline(never) mutating func emitBuild(_ opcode: Opcode, _ count: Int) { emit(opcode, unsigned: count, 1 - count) }

  @inline(never) mutating func adjust(_ change: Int) {
    if !isScoping { code.adjust(change) }
  }

  @inline(never) mutating func newLabel() -> Label { isScoping ? Label(number: 0) : code.newLabel() }

  @inline(never) mutating func assign(_ label: Label) {
    if !isScoping { code.assign(label) }
  }

  @inline(never) mutating func jump(_ label: Label) { jump(.jump, label, 0, ends: true) }
  @inline(never) mutating func jump(_ opcode: Opcode, _ label: Label, _ change: Int, ends: Bool = false) {
    if isScoping { return }
    code.jump(opcode.rawValue, label, change)
    if ends { code.die() }
  }

  @inline(never) mutating func popJump(if condition: Bool, _ label: Label) { jump(condition ? .popJumpIfTrue : .popJumpIfFalse, label, -1) }

  @inline(never) mutating func emitReturn() {
    emit(.returnValue, -1)
    if !isScoping { code.die() }
  }

  @inline(never) mutating func emitRaise(_ opcode: Opcode, _ change: Int) {
    emit(opcode, change)
    if !isScoping { code.die() }
  }

  mutating func emitYield(_ opcode: Opcode, _ change: Int) {
    emit(opcode, change)
    scope.flags |= ScopeFlag.generator
  }

  @inline(never) mutating func callFunction(_ positional: Int) { emit(.callFunction, unsigned: positional, -positional) }
  @inline(never) mutating func loadIntrinsic(_ intrinsic: Intrinsic) { emit(.loadIntrinsic, unsigned: Int(intrinsic.rawValue), 1) }
}
