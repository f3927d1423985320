// The second pass of the verifier: follows control through a code object.
//
// States are kept where jumps arrive. From there instructions are executed one after the other on what is known of the stack, until control
// ends or arrives where as much was known before. The rules of exception blocks are the virtual machine's: a block that is set up
// protects what lies before its handler; from the handler on it is running, and whatever leaves it drops it. While it protects, what lies on the
// stack below it stays as it is, so a handler finds what was there when the block was set up, and its cause above.

struct CodeVerifier {
  let map: CodeMap
  let limits: CodeLimits
  var reader: InstructionReader
  /// Locals that hold cells.
  var cellLocals: [Bool]
  /// Slots of the operand stack.
  private let room: Int32

  var slots: [StackSlot] = [StackSlot(kind: .null, below: 0, depth: 0, size: 0)]
  var blocks: [VerifiedBlock] = [VerifiedBlock(kind: .except, setup: 0, handler: 0, outer: .none, level: 0, depth: 0)]
  /// By offset of an instruction that sets a block up: its block.
  private var blockAt: [Int32]
  /// By offset: the index in `states`, -1 if none.
  private var entries: [Int32]
  private var states: [FlowState] = []
  private var work: [Int32] = []
  var unwinds: [PendingUnwind] = []
  /// Offsets of instructions that load the class which tells an exception from other causes.
  var exceptionTests: [Int32] = []
  /// Offsets of the last `LOAD_GLOBAL` of that class and of what follows it.
  var lastExceptionLoad: (start: Int32, end: Int) = (-1, -1)
  private var budget: Int

  /// The instruction being executed and what is known when it is.
  var offset = 0
  var state = FlowState(stack: 0, block: .none)
  /// Control goes on to the next instruction.
  var fallsThrough = true

  init(_ map: CodeMap, _ limits: CodeLimits, _ reader: InstructionReader, cells: Int) {
    self.map = map
    self.limits = limits
    self.reader = reader
    cellLocals = [Bool](repeating: false, count: max(map.localCount, cells))
    for index in 0..<cells { cellLocals[index] = true }
    room = Int32(truncatingIfNeeded: limits.state - map.localCount)
    entries = [Int32](repeating: -1, count: map.count)
    blockAt = [Int32](repeating: 0, count: map.count)
    budget = 64 * (map.count + 16)
  }

  mutating func run(_ children: inout [ChildUse]) throws(BytecodeError) {
    try arrive(at: 0, state)
    while let start = work.popLast() {
      offset = Int(start)
      state = states[Int(entries[offset])]
      repeat {
        reader.offset = offset
        guard let instruction = try reader.next() else { throw fault(.fallsOff) }
        try spend(1)
        fallsThrough = true
        try execute(instruction, &children)
        if !fallsThrough { break }
        guard instruction.nextOffset < map.count else { throw fault(.fallsOff) }
        if map.isTarget(instruction.nextOffset) {
          try arrive(at: instruction.nextOffset, state)
          break
        }
        offset = instruction.nextOffset
      } while true
    }
  }

  func fault(_ kind: BytecodeError.Kind) -> BytecodeError { BytecodeError(kind, offset: offset) }

  mutating func spend(_ steps: Int) throws(BytecodeError) {
    budget -= steps
    if budget < 0 { throw fault(.tooDeep) }
  }

  // MARK: Arriving

  /// Control can go on at `target` with `new`.
  mutating func arrive(at target: Int, _ new: FlowState) throws(BytecodeError) {
    var new = new
    new.block = try entered(new.block, at: target, &new.stack)
    try unify(&new.stack)
    try meet(target, new)
  }

  /// The same with the two slots of a cause left apart.
  mutating func arriveSplit(at target: Int, _ new: FlowState) throws(BytecodeError) {
    var new = new
    new.block = try entered(new.block, at: target, &new.stack)
    try meet(target, new)
  }

  private mutating func meet(_ target: Int, _ new: FlowState) throws(BytecodeError) {
    let entry = Int(entries[target])
    if entry < 0 {
      entries[target] = Int32(truncatingIfNeeded: states.count)
      states.append(new)
      work.append(Int32(truncatingIfNeeded: target))
      return
    }
    guard states[entry].block == new.block else { throw fault(.badBlock) }
    let joined = try join(states[entry].stack, new.stack)
    if joined != states[entry].stack {
      states[entry].stack = joined
      work.append(Int32(truncatingIfNeeded: target))
    }
  }

  /// The blocks as they are at `target`: one whose handler begins there or before is running. Control falls into a `finally` block with None.
  private mutating func entered(_ block: BlockState, at target: Int, _ stack: inout Int32) throws(BytecodeError) -> BlockState {
    var result = block
    if block.index != 0 && !block.isRunning {
      let innermost = blocks[block.index]
      if target >= innermost.handler {
        result = BlockState(block.index, isRunning: true)
        if target == innermost.handler && innermost.kind != .except {
          guard slots[Int(stack)].kind == .none, slots[Int(stack)].depth == innermost.depth + 1 else { throw fault(.badStack) }
          stack = try pushed(.cause, on: slots[Int(stack)].below)
        }
      }
    }
    var outer = result
    while outer.index != 0 {
      try spend(1)
      guard outer.isRunning == (target >= blocks[outer.index].handler) else { throw fault(.badBlock) }
      outer = blocks[outer.index].outer
    }
    return result
  }

  /// Makes the two slots of a cause one again, wherever among the topmost they are.
  private mutating func unify(_ stack: inout Int32) throws(BytecodeError) {
    var above: [SlotKind] = []
    var slot = stack
    for _ in 0..<4 where slot != 0 {
      let below = slots[Int(slot)].below
      if slots[Int(slot)].kind == .causeCount && slots[Int(below)].kind == .causeData {
        slot = try pushed(.cause, on: slots[Int(below)].below)
        while let kind = above.popLast() { slot = try pushed(kind, on: slot) }
        stack = slot
        return
      }
      if slots[Int(slot)].kind.isValue { above.append(slots[Int(slot)].kind) } else { return }
      slot = below
    }
  }

  /// The stack that both are.
  mutating func join(_ first: Int32, _ second: Int32) throws(BytecodeError) -> Int32 {
    if first == second { return first }
    guard slots[Int(first)].depth == slots[Int(second)].depth else { throw fault(.badStack) }
    var (a, b) = (first, second)
    var kinds: [SlotKind] = []
    // Where the first has to change, counted from the top.
    var changed = 0
    while a != b {
      guard let kind = slots[Int(a)].kind.joined(slots[Int(b)].kind) else { throw fault(.badStack) }
      kinds.append(kind)
      if kind != slots[Int(a)].kind { changed = kinds.count }
      (a, b) = (slots[Int(a)].below, slots[Int(b)].below)
    }
    try spend(kinds.count)
    if changed == 0 { return first }
    a = first
    for _ in 0..<changed { a = slots[Int(a)].below }
    for index in (0..<changed).reversed() { a = try pushed(kinds[index], on: a) }
    return a
  }

  // MARK: The stack

  /// A slot of that kind above another.
  mutating func pushed(_ kind: SlotKind, on below: Int32) throws(BytecodeError) -> Int32 {
    let size = slots[Int(below)].size + kind.width
    guard size <= room else { throw fault(.badStack) }
    slots.append(StackSlot(kind: kind, below: below, depth: slots[Int(below)].depth + 1, size: size))
    return Int32(truncatingIfNeeded: slots.count - 1)
  }

  mutating func push(_ kind: SlotKind) throws(BytecodeError) { state.stack = try pushed(kind, on: state.stack) }

  /// Takes the topmost slot; what a block protects stays.
  mutating func pop() throws(BytecodeError) -> SlotKind {
    let top = slots[Int(state.stack)]
    guard top.depth > floor else { throw fault(.badStack) }
    state.stack = top.below
    return top.kind
  }

  /// Depth of the stack that must stay as it is.
  var floor: Int32 {
    var block = state.block
    while block.index != 0 && block.isRunning { block = blocks[block.index].outer }
    return blocks[block.index].depth
  }

  mutating func popValue() throws(BytecodeError) {
    guard try pop().isValue else { throw fault(.badStack) }
  }

  mutating func popValues(_ count: Int) throws(BytecodeError) {
    try spend(count / 8)
    for _ in 0..<count { try popValue() }
  }

  mutating func pop(_ kind: SlotKind) throws(BytecodeError) {
    guard try pop() == kind else { throw fault(.badStack) }
  }

  // MARK: Blocks

  /// The block that the present instruction sets up over the present stack.
  mutating func newBlock(_ kind: BlockKind, handler: Int) throws(BytecodeError) -> BlockState {
    let depth = slots[Int(state.stack)].depth
    if blockAt[offset] != 0 {
      let old = blocks[Int(blockAt[offset])]
      guard old.outer == state.block, old.depth == depth else { throw fault(.badBlock) }
      return BlockState(Int(blockAt[offset]))
    }
    let level = blocks[state.block.index].level + 1
    guard Int(level) <= limits.blocks, handler > offset else { throw fault(.badBlock) }
    blocks.append(
      VerifiedBlock(
        kind: kind, setup: Int32(truncatingIfNeeded: offset), handler: Int32(truncatingIfNeeded: handler), outer: state.block, level: level,
        depth: depth))
    blockAt[offset] = Int32(truncatingIfNeeded: blocks.count - 1)
    return BlockState(blocks.count - 1)
  }
}
