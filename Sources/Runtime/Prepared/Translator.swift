// Bytecode to prepared code, in one pass over the instructions in their order.
//
// The translator follows the operand stack at translation time. An entry of its stack is a value in its place in the frame, or a local, a constant
// or a copy that the bytecode pushed and that is not moved before something needs it there. At every instruction that a jump can reach all
// entries are in their places, so the frame then looks as the bytecode's would (a `finally` block excepted: see `Translator+Exceptions.swift`), and a
// running frame can change from bytecode to prepared code there.
//
// Whether a local is bound is followed too: a load of one that surely is needs no test. Code that the translator does not understand
// (unusual stack play of `async with`, very large functions) is refused and goes on as bytecode.

import Bytecode

/// One entry of the translation-time stack.
struct StackEntry {
  let bits: Int
  /// In its place.
  static var place: StackEntry { StackEntry(bits: 0) }
  /// The same value as the entry further down that is in its place at `index`, and stays there as long as this one exists.
  static func copy(of index: Int) -> StackEntry { StackEntry(bits: index << 2 | 3) }
  static func local(_ number: Int) -> StackEntry { StackEntry(bits: number << 2 | 1) }
  /// Index in the translator's constants.
  static func constant(_ index: Int) -> StackEntry { StackEntry(bits: index << 2 | 2) }

  var isPlace: Bool { bits == 0 }
  var isLocal: Bool { bits & 3 == 1 }
  var isConstant: Bool { bits & 3 == 2 }
  var isCopy: Bool { bits & 3 == 3 }
  var payload: Int { bits >> 2 }
}

/// What is known where a jump arrives.
struct LabelState {
  /// Depth of the stack; -1 if unknown.
  var depth = -1
  /// Exception blocks that are set up.
  var level = 0
  /// Entries below belong to the cause of a running `finally`.
  var floor = 0
  /// Locals (of the first 64) that are bound.
  var bound: UInt64 = 0
}

/// An exception block as the translator sees it.
struct BlockState {
  var isExcept = false
  /// Depth when the statement is over.
  var depth = 0
  /// `LabelState.floor` then.
  var floor = 0
}

/// Why a function can't be translated.
struct Untranslatable: Error {}

struct Translator {
  let code: Ref<CodeObject>
  let names: UnsafeMutablePointer<Qstr>
  let constants: UnsafeMutablePointer<Value>
  /// Slot of the bottom of the operand stack.
  let operandBase: Int
  /// Slots that the frame has.
  let slotLimit: Int
  let byteCount: Int

  var words: [UInt64] = []
  /// Bytecode offset of each word's instruction.
  var offsets: [UInt16] = []
  /// By bytecode offset: 1 a jump arrives, 2 a jump from behind arrives.
  var targets: [UInt8]
  /// By bytecode offset: the first word, -1 if none was made.
  var wordAt: [Int32]
  var labels: [LabelState]
  /// Pairs: word of a jump, offset that it goes to. Bit 62 of the first: the distance has 16 bits.
  var jumps: [Int] = []

  var stack: [StackEntry] = []
  var pool: [UInt] = []
  var state = LabelState()
  var blocks: [BlockState] = []
  /// State at the last unconditional jump: that of a `while` loop's body, which stands before its condition.
  var jumped = LabelState()
  var isReachable = true
  var deleted: UInt64 = 0
  /// The instruction being translated.
  var offset = 0
  /// The word that made the topmost entry and the shift of its destination, if that may still be changed; else -1.
  var result = -1
  var resultShift = 16
  /// The place of that entry.
  var resultIndex = -1

  init(_ code: Ref<CodeObject>) {
    self.code = code
    names = code.pointee.context.pointee.names
    constants = code.pointee.context.pointee.constants
    let blockSlots = Int(code.pointee.exceptionDepth) * MemoryLayout<ExceptionBlock>.stride / MemoryLayout<Value>.stride
    operandBase = Int(code.pointee.localCount) + Frame.slotCount + blockSlots
    slotLimit = Int(code.pointee.localCount) + Int(code.pointee.frameSize)
    byteCount = Int(code.pointee.byteCount) - Int(code.pointee.instructionOffset)
    targets = Array(repeating: 0, count: byteCount + 1)
    wordAt = Array(repeating: -1, count: byteCount + 1)
    labels = Array(repeating: LabelState(), count: byteCount + 1)
  }

  /// Translates everything. Afterwards `words` and `offsets` are complete.
  mutating func translate() throws(Untranslatable) {
    guard byteCount < 0xFFFF && slotLimit < 0x7FFF else { throw Untranslatable() }
    do throws(BytecodeError) { try findTargets() } catch { throw Untranslatable() }
    let parameters = Int(code.pointee.positionalCount) + Int(code.pointee.keywordOnlyCount)
    let collecting = (code.pointee.flags.hasVariableArguments ? 1 : 0) + (code.pointee.flags.hasVariableKeywords ? 1 : 0)
    let count = min(parameters + collecting, 64)
    state.bound = count == 64 ? ~0 : 1 << UInt64(count) - 1
    var reader = InstructionReader(base: code.pointee.instructions, count: byteCount)
    while let instruction = try next(&reader) {
      if targets[instruction.offset] != 0 { try beginLabel(instruction.offset) }
      offset = instruction.offset
      wordAt[offset] = Int32(words.count)
      if !isReachable { continue }
      if try !stepFused(instruction, &reader) { try step(instruction) }
      if words.count > 32_000 || operandBase + stack.count + 1 > slotLimit { throw Untranslatable() }
    }
    try patchJumps()
  }

  func next(_ reader: inout InstructionReader) throws(Untranslatable) -> Instruction? {
    do throws(BytecodeError) { return try reader.next() } catch { throw Untranslatable() }
  }

  private mutating func findTargets() throws(BytecodeError) {
    var reader = InstructionReader(base: code.pointee.instructions, count: byteCount)
    while let instruction = try reader.next() {
      if instruction.isJump {
        guard instruction.operand >= 0 && instruction.operand < byteCount else {
          throw BytecodeError(.badOperand, offset: instruction.offset)
        }
        targets[instruction.operand] |= instruction.operand <= instruction.offset ? 3 : 1
      }
      if instruction.opcode == .deleteFast && instruction.operand < 64 { deleted |= 1 << UInt64(instruction.operand) }
    }
  }

  // MARK: Labels

  /// An instruction that jumps arrive at: everything is in its place, and what is known must agree. What has to be moved for that still
  /// belongs to the instruction before.
  private mutating func beginLabel(_ label: Int) throws(Untranslatable) {
    if isReachable {
      try convertFinallyEntry(label)
      flush()
      try arrive(at: label)
    } else if labels[label].depth < 0 && targets[label] & 2 != 0 {
      labels[label] = jumped
    }
    guard labels[label].depth >= 0 else { return }
    isReachable = true
    state = labels[label]
    guard state.level <= blocks.count else { throw Untranslatable() }
    state.bound &= ~deleted
    labels[label].bound = state.bound
    stack = Array(repeating: .place, count: state.depth)
    result = -1
  }

  /// Notes that control can go from here to `target` with `change` entries more (all in place).
  mutating func arrive(at target: Int, change: Int = 0) throws(Untranslatable) {
    var new = state
    new.depth = stack.count + change
    try arrive(at: target, new)
  }

  mutating func arrive(at target: Int, _ new: LabelState) throws(Untranslatable) {
    let old = labels[target]
    if old.depth < 0 {
      labels[target] = new
      return
    }
    guard old.depth == new.depth && old.level == new.level && old.floor == new.floor else { throw Untranslatable() }
    // What a loop's body was told to be bound at its beginning must be so at its end.
    if wordAt[target] >= 0 && target <= offset {
      guard old.bound & ~new.bound == 0 else { throw Untranslatable() }
    } else {
      labels[target].bound &= new.bound
    }
  }

  private mutating func patchJumps() throws(Untranslatable) {
    var index = 0
    while index < jumps.count {
      let word = jumps[index] & ~(1 << 62)
      let isShort = jumps[index] & 1 << 62 != 0
      let target = wordAt[jumps[index + 1]]
      guard target >= 0 && labels[jumps[index + 1]].depth >= 0 else { throw Untranslatable() }
      let length = PreparedWord.length(unsafeBitCast(UInt8(truncatingIfNeeded: words[word]), to: PreparedOpcode.self))
      let distance = Int(target) - (word + length)
      if isShort {
        words[word] |= UInt64(UInt16(truncatingIfNeeded: distance)) << 48
      } else {
        words[word] |= UInt64(UInt32(truncatingIfNeeded: distance)) << 32
      }
      index += 2
    }
  }

  // MARK: Emitting

  @discardableResult
  mutating func emit(_ opcode: PreparedOpcode, flag: Int = 0, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) -> Int {
    words.append(
      UInt64(opcode.rawValue) | UInt64(UInt8(truncatingIfNeeded: flag)) << 8 | UInt64(UInt16(truncatingIfNeeded: a)) << 16
        | UInt64(UInt16(truncatingIfNeeded: b)) << 32 | UInt64(UInt16(truncatingIfNeeded: c)) << 48)
    offsets.append(UInt16(truncatingIfNeeded: offset))
    result = -1
    return words.count - 1
  }

  /// A word that belongs to the instruction before it.
  mutating func emitData(_ bits: UInt64) {
    words.append(bits)
    offsets.append(UInt16(truncatingIfNeeded: offset))
  }

  mutating func emitConstant(_ entry: StackEntry) { emitData(UInt64(pool[entry.payload])) }

  /// The instruction `word` left its result in the place of the next entry; field `shift` says where.
  mutating func pushResult(_ word: Int, shift: Int = 16) {
    stack.append(.place)
    result = word
    resultShift = shift
    resultIndex = stack.count - 1
  }

  mutating func emitJump(_ opcode: PreparedOpcode, flag: Int = 0, _ a: Int = 0, to target: Int) {
    jumps.append(emit(opcode, flag: flag, a))
    jumps.append(target)
  }

  mutating func emitShortJump(_ opcode: PreparedOpcode, flag: Int, _ a: Int, _ b: Int, to target: Int) {
    jumps.append(emit(opcode, flag: flag, a, b) | 1 << 62)
    jumps.append(target)
  }

  // MARK: The stack

  func slot(_ index: Int) -> Int { operandBase + index }

  mutating func push(constant value: Value) {
    pool.append(value.bits)
    stack.append(.constant(pool.count - 1))
  }

  /// Takes the topmost entry off.
  mutating func pop() throws(Untranslatable) -> StackEntry {
    guard stack.count > state.floor, let entry = stack.popLast() else { throw Untranslatable() }
    if entry.isPlace { result = -1 }
    return entry
  }

  /// The slot of an entry that was at `index`; a constant is moved to its place first.
  mutating func source(_ entry: StackEntry, at index: Int) -> Int {
    if entry.isLocal { return entry.payload }
    if entry.isCopy { return slot(entry.payload) }
    if entry.isConstant { place(entry, at: index) }
    return slot(index)
  }

  /// Pops the topmost entry and answers its slot.
  mutating func popSource() throws(Untranslatable) -> Int {
    let entry = try pop()
    return source(entry, at: stack.count)
  }

  /// Moves what an entry stands for to the place `index`.
  mutating func place(_ entry: StackEntry, at index: Int) {
    if entry.isLocal {
      emit(.move, slot(index), entry.payload)
    } else if entry.isCopy {
      emit(.move, slot(index), slot(entry.payload))
    } else if entry.isConstant {
      emit(.loadConstant, slot(index))
      emitConstant(entry)
    }
  }

  /// Puts all entries from `first` on into their places.
  mutating func flush(from first: Int = 0) {
    var index = first
    while index < stack.count {
      let entry = stack[index]
      if entry.isLocal && index + 1 < stack.count && stack[index + 1].isLocal {
        emit(.movePair, slot(index), entry.payload, stack[index + 1].payload)
        stack[index + 1] = .place
      } else if !entry.isPlace {
        place(entry, at: index)
      }
      stack[index] = .place
      index += 1
    }
  }

  /// Puts entries that stand for a local into their places before the local changes. Answers whether there were any.
  mutating func release(local: Int) -> Bool {
    var found = false
    for index in 0..<stack.count where stack[index].isLocal && stack[index].payload == local {
      emit(.move, slot(index), local)
      stack[index] = .place
      found = true
    }
    return found
  }

  func isBound(_ local: Int) -> Bool { local < 64 && state.bound & 1 << UInt64(local) != 0 }
}
