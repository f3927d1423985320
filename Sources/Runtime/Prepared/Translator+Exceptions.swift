// Exception blocks. In bytecode a `finally` block finds one value on the stack (None, or an exception) or two (a value and -1 on return, a
// destination and a count on a jump). Prepared code has slots fixed at translation time, so its `finally` blocks always find two: the
// first is empty where the bytecode has only one.

import Bytecode

extension Translator {
  mutating func exceptionInstruction(_ instruction: Instruction) throws(Untranslatable) {
    switch instruction.opcode {
    case .setupExcept, .setupFinally: try setUp(instruction)
    case .setupWith: try setUpWith(instruction)
    case .withCleanup:
      let base = stack.count - 4
      guard base >= 0, state.level > 0 else { throw Untranslatable() }
      emit(.cleanUpWith, slot(base))
      stack.removeLast(2)
      state.floor = stack.count
    case .endFinally: try endFinally()
    case .unwindJump: try unwindJump(instruction)
    case .popExceptJump:
      guard state.level > 0 else { throw Untranslatable() }
      flush()
      state.level -= 1
      state.floor = blocks[state.level].floor
      emitJump(.popBlockJump, to: instruction.operand)
      try arrive(at: instruction.operand)
      isReachable = false
    case .raiseLast:
      emit(.raiseLast)
      isReachable = false
    case .raiseObj:
      let value = try popSource()
      emit(.raise, value)
      isReachable = false
    default:
      let cause = try popSource()
      let value = try popSource()
      emit(.raiseFrom, value, cause)
      isReachable = false
    }
  }

  private mutating func enterBlock(_ block: BlockState) {
    if blocks.count > state.level { blocks.removeLast(blocks.count - state.level) }
    blocks.append(block)
    state.level += 1
  }

  private mutating func setUp(_ instruction: Instruction) throws(Untranslatable) {
    flush()
    let isExcept = instruction.opcode == .setupExcept
    let depth = stack.count
    emitJump(.setUpHandler, flag: isExcept ? 0 : 1, slot(depth), to: instruction.operand)
    let outerFloor = state.floor
    enterBlock(BlockState(isExcept: isExcept, depth: depth, floor: outerFloor))
    var entry = state
    entry.depth = depth + (isExcept ? 1 : 2)
    if !isExcept { entry.floor = depth + 2 }
    try arrive(at: instruction.operand, entry)
    if !isExcept { targets[instruction.operand] |= 4 }
    if operandBase + entry.depth > slotLimit { throw Untranslatable() }
  }

  private mutating func setUpWith(_ instruction: Instruction) throws(Untranslatable) {
    let manager = stack.count - 1
    guard manager >= state.floor else { throw Untranslatable() }
    flush()
    emitJump(.setUpWith, slot(manager), to: instruction.operand)
    enterBlock(BlockState(isExcept: false, depth: manager, floor: state.floor))
    var entry = state
    entry.depth = manager + 4
    entry.floor = manager + 4
    try arrive(at: instruction.operand, entry)
    targets[instruction.operand] |= 4
    stack.append(.place)
    stack.append(.place)
    if operandBase + entry.depth > slotLimit { throw Untranslatable() }
  }

  /// Control falls into a `finally` block with None on the stack: it goes to the upper of the two slots.
  mutating func convertFinallyEntry(_ label: Int) throws(Untranslatable) {
    guard targets[label] & 4 != 0, labels[label].depth == stack.count + 1 else { return }
    let cause = try pop()
    flush()
    let index = stack.count
    if cause.isPlace {
      emit(.move, slot(index + 1), slot(index))
    } else {
      place(cause, at: index + 1)
    }
    emit(.loadConstant, slot(index))
    emitData(0)
    stack.append(.place)
    stack.append(.place)
    state.floor = stack.count
  }

  private mutating func endFinally() throws(Untranslatable) {
    guard state.level > 0 else { throw Untranslatable() }
    let isExcept = blocks[state.level - 1].isExcept
    let count = isExcept ? 1 : 2
    guard stack.count >= count && (isExcept || stack.count == state.floor) else { throw Untranslatable() }
    flush()
    emit(.endFinally, flag: isExcept ? 0 : 1, slot(stack.count - count))
    stack.removeLast(count)
    state.level -= 1
    state.floor = blocks[state.level].floor
  }

  private mutating func unwindJump(_ instruction: Instruction) throws(Untranslatable) {
    let count = Int(instruction.extra & 0x7f)
    guard count <= state.level else { throw Untranslatable() }
    flush()
    emitJump(.unwindJump, flag: Int(instruction.extra), to: instruction.operand)
    var arrival = state
    if count > 0 {
      let outermost = blocks[state.level - count]
      arrival.depth = outermost.depth
      arrival.floor = outermost.floor
      arrival.level = state.level - count
    } else {
      arrival.depth = stack.count
    }
    if instruction.extra & 0x80 != 0 { arrival.depth -= 4 }
    guard arrival.depth >= 0 else { throw Untranslatable() }
    try arrive(at: instruction.operand, arrival)
    isReachable = false
  }
}
