// What each instruction does to what the verifier knows. Instructions that only take values and leave values follow from their row; here are
// the others.

extension CodeVerifier {
  mutating func execute(_ instruction: Instruction, _ children: inout [ChildUse]) throws(BytecodeError) {
    switch instruction.opcode {
    case .jump, .popJumpIfTrue, .popJumpIfFalse, .jumpIfTrueOrPop, .jumpIfFalseOrPop, .forIter: try branch(instruction)
    case .setupExcept, .setupFinally, .setupWith, .popExceptJump, .unwindJump, .withCleanup, .endFinally: try exceptionBlock(instruction)
    case .returnValue:
      // A class body returns the cell of `__class__`.
      let result = try pop()
      guard result.isValue || result == .cell else { throw fault(.badStack) }
      try checkReturn()
      fallsThrough = false
    case .raiseLast, .raiseObj, .raiseFrom:
      try popValues(instruction.pops)
      fallsThrough = false
    case .makeFunction, .makeFunctionDefargs, .makeClosure, .makeClosureDefargs: try makeFunction(instruction, &children)
    case .loadDeref, .storeDeref, .deleteDeref:
      guard cellLocals[instruction.operand] else { throw fault(.badOperand) }
      try plain(instruction)
    case .yieldValue, .yieldFrom, .wrapAsyncYield:
      guard instruction.opcode == .wrapAsyncYield ? limits.isAsyncGenerator : limits.isGenerator else { throw fault(.badGenerator) }
      try plain(instruction)
    case .callFunction, .callFunctionVarKw, .callMethod, .callMethodVarKw: try call(instruction)
    case .dupTop, .dupTopTwo, .popTop, .rotTwo, .rotThree: try arrange(instruction.opcode)
    case .loadMethod, .loadSuperMethod:
      try popValues(instruction.pops)
      try push(.value)
      try push(.receiver)
    case .storeAttr, .storeSubscr:
      try popValues(instruction.pops - 1)
      let value = try pop()
      guard value.isValue || value == .null else { throw fault(.badStack) }
    case .binaryExceptionMatch: try exceptionMatch()
    default: try simple(instruction)
    }
  }

  /// Takes values and leaves values.
  private mutating func plain(_ instruction: Instruction) throws(BytecodeError) {
    try popValues(instruction.pops)
    try spend(instruction.pushes / 8)
    for _ in 0..<instruction.pushes { try push(.value) }
  }

  /// Instructions whose result is known better, or that want something of which more is known.
  private mutating func simple(_ instruction: Instruction) throws(BytecodeError) {
    switch instruction.opcode {
    case .loadConstNone: try push(.none)
    case .loadNull: try push(.null)
    case .loadConstString: try push(.name)
    case .loadConstSmallInt: try push(.smallInteger)
    case .loadGlobal:
      let isBase = instruction.operand == limits.module.baseException
      if isBase { lastExceptionLoad = (Int32(truncatingIfNeeded: offset), instruction.nextOffset) }
      try push(isBase ? .baseException : .value)
    case .loadIntrinsic: try push(instruction.operand == Int(Intrinsic.groupEnd.rawValue) ? .groupEnd : .value)
    case .buildTuple: try build(.tuple, instruction.operand)
    case .buildList: try build(.list, instruction.operand)
    case .buildSet: try build(.set, instruction.operand)
    case .buildMap: try push(.dict)
    case .storeMap:
      try popValues(2)
      guard slots[Int(state.stack)].kind == .dict else { throw fault(.badStack) }
    case .storeComp: try storeComprehension(instruction.operand)
    case .getIterStack:
      try popValue()
      try push(.iterator0)
      try push(.iterator1)
      try push(.iterator2)
      try push(.iterator3)
    case .setFunctionAttribute:
      try popValue()
      guard slots[Int(state.stack)].kind == .function else { throw fault(.badStack) }
    case .loadFastN, .storeFastN, .deleteFast: try local(instruction)
    default:
      switch instruction.opcode.rawValue {
      case 0x70..<0xb0: try push(.smallInteger)
      case 0xb0..<0xd0: try local(instruction)
      default: try plain(instruction)
      }
    }
  }

  private mutating func build(_ kind: SlotKind, _ count: Int) throws(BytecodeError) {
    try popValues(count)
    try push(kind)
  }

  private mutating func local(_ instruction: Instruction) throws(BytecodeError) {
    let isCell = cellLocals[instruction.operand]
    if instruction.pushes == 1 { return try push(isCell ? .cell : .value) }
    // Nothing but a cell may ever be where one is expected.
    if isCell { throw fault(.badOperand) }
    try popValues(instruction.pops)
  }

  private mutating func storeComprehension(_ operand: Int) throws(BytecodeError) {
    var container = state.stack
    for _ in 0..<(operand >> 2) {
      try spend(1)
      guard container != 0, slots[Int(container)].kind.isDroppable else { throw fault(.badStack) }
      container = slots[Int(container)].below
    }
    let wanted: SlotKind = operand & 3 == 0 ? .list : operand & 3 == 1 ? .dict : .set
    try popValues(operand & 3 == 1 ? 2 : 1)
    guard slots[Int(container)].kind == wanted, slots[Int(container)].depth <= slots[Int(state.stack)].depth else { throw fault(.badStack) }
  }

  private mutating func arrange(_ opcode: Opcode) throws(BytecodeError) {
    switch opcode {
    case .dupTop:
      let kind = slots[Int(state.stack)].kind
      guard state.stack != 0, kind.isValue || kind == .cause else { throw fault(.badStack) }
      try push(kind == .cause ? .causeCopy : kind)
    case .dupTopTwo:
      let upper = slots[Int(state.stack)]
      let lower = slots[Int(upper.below)]
      guard upper.depth >= 2, upper.kind.isValue, lower.kind.isValue else { throw fault(.badStack) }
      try push(lower.kind)
      try push(upper.kind)
    case .popTop:
      guard try pop().isDroppable else { throw fault(.badStack) }
    case .rotTwo:
      if try leavesAsyncWith() { return }
      let (b, a) = (try pop(), try pop())
      guard a.isMovable && b.isMovable else { throw fault(.badStack) }
      try push(b)
      try push(a)
    default:
      let (c, b, a) = (try pop(), try pop(), try pop())
      guard a.isMovable && b.isMovable && c.isMovable else { throw fault(.badStack) }
      try push(c)
      try push(a)
      try push(b)
    }
  }

  /// At the end of the body of an `async with` None goes below the manager, which the block protected, and control jumps into the handler.
  private mutating func leavesAsyncWith() throws(BytecodeError) -> Bool {
    let (top, block) = (slots[Int(state.stack)], state.block)
    guard top.kind == .none, block.index != 0, !block.isRunning, top.depth == blocks[block.index].depth + 1 else { return false }
    guard blocks[block.index].kind == .finally, !map.isTarget(reader.offset), let next = try reader.next(), next.opcode == .jump,
      next.operand > blocks[block.index].handler, slots[Int(top.below)].kind.isMovable
    else { throw fault(.badStack) }
    let manager = slots[Int(top.below)]
    state.stack = try pushed(manager.kind, on: pushed(.none, on: manager.below))
    state.block = BlockState(block.index, isRunning: true)
    return true
  }

  // MARK: Functions

  private mutating func call(_ instruction: Instruction) throws(BytecodeError) {
    let hasStars = instruction.opcode == .callFunctionVarKw || instruction.opcode == .callMethodVarKw
    if hasStars { try pop(.smallInteger) }
    let keywords = instruction.operand >> 8 & 0xff
    for _ in 0..<keywords {
      try popValue()
      let key = try pop()
      guard key == .name || hasStars && (key.isValue || key == .null) else { throw fault(.badStack) }
    }
    try popValues(instruction.operand & 0xff)
    if instruction.opcode == .callMethod || instruction.opcode == .callMethodVarKw {
      guard try pop().isReceiver else { throw fault(.badStack) }
    }
    let callee = try pop()
    guard callee.isValue else { throw fault(.badStack) }
    try push(callee == .groupEnd && instruction.opcode == .callFunction ? .outcome : .value)
  }

  private mutating func makeFunction(_ instruction: Instruction, _ children: inout [ChildUse]) throws(BytecodeError) {
    let opcode = instruction.opcode
    let cells = opcode == .makeClosure || opcode == .makeClosureDefargs ? Int(instruction.extra) : 0
    for _ in 0..<cells { try pop(.cell) }
    if opcode == .makeFunctionDefargs || opcode == .makeClosureDefargs {
      let keywordDefaults = try pop()
      let defaults = try pop()
      guard keywordDefaults == .dict || keywordDefaults == .null, defaults == .tuple || defaults == .null else { throw fault(.badStack) }
    }
    let child = children[instruction.operand]
    guard child.cells < 0 || child.cells == cells, cells <= child.positionalCount else { throw fault(.badOperand) }
    children[instruction.operand].cells = cells
    try push(.function)
  }

  // MARK: Branches

  private mutating func branch(_ instruction: Instruction) throws(BytecodeError) {
    let target = instruction.operand
    switch instruction.opcode {
    case .jump:
      try arrive(at: target, state)
      fallsThrough = false
    case .jumpIfTrueOrPop, .jumpIfFalseOrPop:
      let kept = state
      try popValue()
      try arrive(at: target, kept)
    case .forIter:
      let inLoop = state.stack
      state.stack = try belowIterator(inLoop)
      guard slots[Int(state.stack)].depth >= floor else { throw fault(.badStack) }
      try arrive(at: target, state)
      state.stack = inLoop
      try push(.value)
    default:
      let condition = try pop()
      guard condition.isValue else { throw fault(.badStack) }
      let isTest = condition == .isException && instruction.opcode == .popJumpIfFalse && slots[Int(state.stack)].kind == .cause
      if isTest { return try splitCause(target) }
      try arrive(at: target, state)
    }
  }

  /// What lies below the four slots of a `for` loop: those of `GET_ITER_STACK`, or null, an iterator, null, null.
  private func belowIterator(_ stack: Int32) throws(BytecodeError) -> Int32 {
    let kind3 = slots[Int(stack)]
    let kind2 = slots[Int(kind3.below)]
    let kind1 = slots[Int(kind2.below)]
    let kind0 = slots[Int(kind1.below)]
    let isStack = kind3.kind == .iterator3 && kind2.kind == .iterator2 && kind1.kind == .iterator1 && kind0.kind == .iterator0
    let isOther = kind3.kind == .null && kind2.kind == .null && kind1.kind.isValue && kind0.kind == .null
    guard kind3.depth >= 4, isStack || isOther else { throw fault(.badStack) }
    return kind0.below
  }

  /// The cause of a `finally` block is an exception here, and at `target` it is not, so it has two slots.
  private mutating func splitCause(_ target: Int) throws(BytecodeError) {
    let below = slots[Int(state.stack)].below
    var other = state
    other.stack = try pushed(.causeCount, on: pushed(.causeData, on: below))
    // Joined at once, these two would be a cause again.
    try arriveSplit(at: target, other)
    state.stack = try pushed(.exception, on: below)
  }

  private mutating func exceptionMatch() throws(BytecodeError) {
    let type = try pop()
    let value = try pop()
    guard type.isValue && value.isValue else { throw fault(.badStack) }
    guard type == .baseException && value == .causeCopy && lastExceptionLoad.end == offset else { return try push(.value) }
    if exceptionTests.last != lastExceptionLoad.start { exceptionTests.append(lastExceptionLoad.start) }
    try push(.isException)
  }

  // MARK: Exception blocks

  private mutating func exceptionBlock(_ instruction: Instruction) throws(BytecodeError) {
    let block = state.block
    switch instruction.opcode {
    case .setupExcept, .setupFinally:
      let isExcept = instruction.opcode == .setupExcept
      try setUp(isExcept ? .except : .finally, handler: instruction.operand, cause: isExcept ? .exception : .cause)
    case .setupWith:
      try popValue()
      try push(.value)
      try push(.receiver)
      try setUp(.with, handler: instruction.operand, cause: .cause)
      try push(.value)
    case .popExceptJump:
      guard block.index != 0, blocks[block.index].kind == .except else { throw fault(.badBlock) }
      state.block = blocks[block.index].outer
      try arrive(at: instruction.operand, state)
      fallsThrough = false
    case .withCleanup:
      guard block.isRunning, !block.isCleaned, blocks[block.index].kind == .with else { throw fault(.badBlock) }
      try pop(.cause)
      guard try pop().isReceiver else { throw fault(.badStack) }
      try popValue()
      try push(.cause)
      state.block = BlockState(block.index, isRunning: true, isCleaned: true)
    case .endFinally: try endFinally(block)
    default:
      // The two values that it leaves for a `finally` block lie where frames have room beyond what preludes say.
      try unwind(state, count: Int(instruction.extra), target: instruction.operand)
      fallsThrough = false
    }
  }

  private mutating func setUp(_ kind: BlockKind, handler: Int, cause: SlotKind) throws(BytecodeError) {
    let block = try newBlock(kind, handler: handler)
    let entry = FlowState(stack: try pushed(cause, on: state.stack), block: BlockState(block.index, isRunning: true))
    try arrive(at: handler, entry)
    state.block = block
  }

  private mutating func endFinally(_ block: BlockState) throws(BytecodeError) {
    guard block.isRunning, block.isCleaned || blocks[block.index].kind != .with else { throw fault(.badBlock) }
    let isExcept = blocks[block.index].kind == .except
    let cause = try pop()
    switch cause {
    case .exception: fallsThrough = false
    case .none, .outcome: break
    case .cause where !isExcept: break
    default: throw fault(.badStack)
    }
    state.block = blocks[block.index].outer
    if isExcept || cause == .exception { return }
    let old = blocks[block.index].endStack
    let end = old < 0 ? state.stack : try join(old, state.stack)
    if end == old { return }
    blocks[block.index].endStack = end
    try spend(unwinds.count)
    for index in 0..<unwinds.count where unwinds[index].block == block.index { try resume(unwinds[index]) }
  }

  /// Goes on with a jump after the `finally` block that it ran.
  private mutating func resume(_ unwind: PendingUnwind) throws(BytecodeError) {
    let block = blocks[unwind.block]
    try self.unwind(FlowState(stack: block.endStack, block: block.outer), count: unwind.count, target: unwind.target)
  }

  /// Leaves so many blocks (bit 7: and a `for` loop) and goes on at `target`.
  private mutating func unwind(_ start: FlowState, count: Int, target: Int) throws(BytecodeError) {
    var now = start
    for step in 0..<(count & 0x7f) {
      guard now.block.index != 0 else { throw fault(.badBlock) }
      let block = blocks[now.block.index]
      if block.kind != .except && !now.block.isRunning {
        guard slots[Int(now.stack)].depth == block.depth else { throw fault(.badStack) }
        return try pend(PendingUnwind(block: now.block.index, count: count - step - 1, target: target, offset: offset))
      }
      if block.kind != .except {
        guard slots[Int(now.stack)].kind == .cause else { throw fault(.badStack) }
        now.stack = slots[Int(now.stack)].below
      }
      now.block = block.outer
    }
    if count & 0x80 != 0 {
      now.stack = try belowIterator(now.stack)
    }
    try arrive(at: target, now)
  }

  private mutating func pend(_ unwind: PendingUnwind) throws(BytecodeError) {
    try spend(unwinds.count / 4 + 1)
    for old in unwinds where old.block == unwind.block && old.target == unwind.target && old.count == unwind.count { return }
    unwinds.append(unwind)
    if blocks[unwind.block].endStack >= 0 { try resume(unwind) }
  }

  /// A return drops what running `finally` blocks were entered with: so much must be there.
  private mutating func checkReturn() throws(BytecodeError) {
    var running = 0
    var block = state.block
    while block.index != 0 {
      if block.isRunning && blocks[block.index].kind != .except { running += 1 }
      block = blocks[block.index].outer
    }
    var slot = state.stack
    while running > 0 {
      try spend(1)
      guard slot != 0 else { throw fault(.badStack) }
      if slots[Int(slot)].kind == .cause { running -= 1 }
      slot = slots[Int(slot)].below
    }
  }
}
