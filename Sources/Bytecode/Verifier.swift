// Proves of untrusted code what the virtual machine takes for granted: instructions are complete, operands name something, jumps hit
// instructions, and the stack's depth at each instruction does not depend on the way there and stays within the frame.

/// Checks code objects.
public enum Verifier {
  /// Checks a module and everything in it.
  public static func check(_ module: CompiledModule) throws(BytecodeError) {
    try check(module.root, nameCount: module.names.count, constantCount: module.constants.count, depth: 0)
  }

  private static func check(_ code: CompiledCode, nameCount: Int, constantCount: Int, depth: Int) throws(BytecodeError) {
    guard depth < 200 else { throw BytecodeError(.tooDeep, offset: 0) }
    try check(code.bytes, nameCount: nameCount, constantCount: constantCount, childCount: code.children.count)
    for child in code.children { try check(child, nameCount: nameCount, constantCount: constantCount, depth: depth + 1) }
  }

  /// Checks one code object's bytes.
  /// - Returns: the largest depth of the stack, not counting locals.
  @discardableResult
  public static func check(
    _ bytes: UnsafeBufferPointer<UInt8>, nameCount: Int, constantCount: Int, childCount: Int
  ) throws(BytecodeError) -> Int {
    let header = try CodeHeader(bytes)
    try checkInfo(header, bytes, nameCount: nameCount)
    var flow = Flow(count: bytes.count - header.codeOffset)
    let limits = Limits(names: nameCount, constants: constantCount, children: childCount, state: header.signature.stateCount)
    var reader = header.instructions(bytes)
    try flow.enter(0, Depths(least: 0, greatest: 0))
    while let instruction = try reader.next() { try flow.step(instruction, limits) }
    return try flow.finish(limits)
  }

  private static func checkInfo(_ header: CodeHeader, _ bytes: UnsafeBufferPointer<UInt8>, nameCount: Int) throws(BytecodeError) {
    guard header.name < nameCount else { throw BytecodeError(.badOperand, offset: header.infoOffset) }
    let signature = header.signature
    guard signature.positionalCount + signature.keywordOnlyCount <= signature.stateCount else {
      throw BytecodeError(.badStack, offset: 0)
    }
    var good = true
    header.forEachArgumentName(bytes.baseAddress.unsafelyUnwrapped) { if $0 >= nameCount { good = false } }
    for index in header.cellsOffset..<header.codeOffset where Int(bytes[index]) >= signature.stateCount { good = false }
    guard good else { throw BytecodeError(.badOperand, offset: header.infoOffset) }
  }

  private struct Limits {
    let names: Int
    let constants: Int
    let children: Int
    let state: Int
  }

  /// Least and greatest depth of the stack at a place. They differ only in `finally` blocks, which are entered with an exception or None
  /// (one slot) or in the middle of a return or a jump (two).
  private struct Depths {
    var least: Int32
    var greatest: Int32
    /// Within a `finally` block: may meet other depths.
    var isMixed = false

    static var unknown: Depths { Depths(least: -1, greatest: -1) }
    var isKnown: Bool { least >= 0 }

    func shifted(_ change: Int) -> Depths {
      let change = Int32(truncatingIfNeeded: change)
      return Depths(least: least &+ change, greatest: greatest &+ change, isMixed: isMixed)
    }
  }

  /// Depths by offset: what has been learnt so far. Instructions come in order, and emitted code reaches each first from before (a loop's body
  /// is entered by falling through or by an earlier forward jump), so one round suffices; code that it never learns a depth for is dead.
  private struct Flow {
    /// Before the instruction at this offset.
    var depths: [Depths]
    /// Offsets at which an instruction begins.
    var starts: [Bool]
    /// Offsets at which `finally` blocks begin.
    var finallyEntries: [Bool]
    /// How far the present instructions have come in the test with which `async with` begins its `finally` block: is there an exception?
    var exceptionTest = 0
    var largest = 0

    init(count: Int) {
      depths = [Depths](repeating: .unknown, count: count + 1)
      starts = [Bool](repeating: false, count: count)
      finallyEntries = [Bool](repeating: false, count: count + 1)
    }

    mutating func enter(_ offset: Int, _ new: Depths) throws(BytecodeError) {
      guard offset >= 0 && offset < starts.count else { throw BytecodeError(.badOperand, offset: offset) }
      guard new.least >= 0 else { throw BytecodeError(.badStack, offset: offset) }
      largest = max(largest, Int(new.greatest))
      let old = depths[offset]
      if !old.isKnown {
        depths[offset] = new
      } else if old.least != new.least || old.greatest != new.greatest {
        // Only `finally` blocks may be uncertain, by the one slot that a return adds for each of them.
        guard (old.isMixed || new.isMixed) && (!starts[offset] || new.least >= old.least && new.greatest <= old.greatest) else {
          throw BytecodeError(.badStack, offset: offset)
        }
        depths[offset] = Depths(least: min(old.least, new.least), greatest: max(old.greatest, new.greatest), isMixed: true)
      }
    }

    mutating func step(_ instruction: Instruction, _ limits: Limits) throws(BytecodeError) {
      starts[instruction.offset] = true
      try Verifier.checkOperand(instruction, limits)
      let before = depths[instruction.offset]
      guard before.isKnown else { return try jumpOnly(instruction) }
      guard Int(before.least) >= instruction.pops else { throw BytecodeError(.badStack, offset: instruction.offset) }
      noteExceptionTest(instruction)
      if exceptionTest == 4 {
        // It tells the cases apart: no exception means that there are two slots.
        try enter(instruction.operand, Depths(least: before.greatest - 1, greatest: before.greatest - 1, isMixed: true))
        return try enter(instruction.nextOffset, Depths(least: before.least - 1, greatest: before.least - 1, isMixed: true))
      }
      try enterTarget(instruction, before)
      if instruction.endsFlow { return }
      var after = before.shifted(instruction.stackChange)
      switch instruction.opcode {
      case .jumpIfTrueOrPop, .jumpIfFalseOrPop: after = before.shifted(-1)
      case .withCleanup: largest = max(largest, Int(before.least) + 2, Int(before.greatest) + 1)
      case .endFinally:
        if before.least != before.greatest { after.greatest -= 1 }
        if after.least == after.greatest { after.isMixed = false }
      default: break
      }
      guard instruction.nextOffset < starts.count else { throw BytecodeError(.fallsOff, offset: instruction.offset) }
      try enter(instruction.nextOffset, after)
    }

    private mutating func noteExceptionTest(_ instruction: Instruction) {
      switch instruction.opcode {
      case .dupTop where finallyEntries[instruction.offset]: exceptionTest = 1
      case .loadGlobal where exceptionTest == 1: exceptionTest = 2
      case .binaryExceptionMatch where exceptionTest == 2: exceptionTest = 3
      case .popJumpIfFalse where exceptionTest == 3 && instruction.nextOffset < starts.count: exceptionTest = 4
      default: exceptionTest = 0
      }
    }

    private mutating func enterTarget(_ instruction: Instruction, _ before: Depths) throws(BytecodeError) {
      let target = instruction.operand
      switch instruction.opcode {
      case .jump, .popExceptJump, .jumpIfTrueOrPop, .jumpIfFalseOrPop: try enter(target, before)
      case .popJumpIfTrue, .popJumpIfFalse: try enter(target, before.shifted(-1))
      case .forIter:
        guard before.least >= 4 else { throw BytecodeError(.badStack, offset: instruction.offset) }
        try enter(target, before.shifted(-4))
      case .setupExcept: try enter(target, before.shifted(1))
      case .setupFinally, .setupWith:
        var entry = before.shifted(instruction.opcode == .setupWith ? 2 : 1)
        entry.greatest += 1
        entry.isMixed = true
        try enter(target, entry)
        if instruction.opcode == .setupFinally { finallyEntries[target] = true }
      case .unwindJump: try jumpOnly(instruction)
      default: break
      }
    }

    /// A jump whose depth is not followed: dead code, or one that unwinds handlers.
    private func jumpOnly(_ instruction: Instruction) throws(BytecodeError) {
      guard instruction.isJump else { return }
      guard instruction.operand >= 0 && instruction.operand < starts.count else {
        throw BytecodeError(.badOperand, offset: instruction.offset)
      }
    }

    func finish(_ limits: Limits) throws(BytecodeError) -> Int {
      for offset in 0..<starts.count where depths[offset].isKnown && !starts[offset] { throw BytecodeError(.badOperand, offset: offset) }
      guard largest <= limits.state else { throw BytecodeError(.badStack, offset: 0) }
      return largest
    }
  }

  private static func checkOperand(_ instruction: Instruction, _ limits: Limits) throws(BytecodeError) {
    let value = instruction.operand
    let good: Bool
    switch instruction.row.operand {
    case .name: good = value < limits.names
    case .constant: good = value < limits.constants
    case .child, .childAndByte: good = value < limits.children
    case .local: good = value < limits.state
    case .none:
      switch instruction.opcode.rawValue {
      case 0xb0..<0xd0: good = value < limits.state
      default: good = true
      }
    default: good = true
    }
    guard good else { throw BytecodeError(.badOperand, offset: instruction.offset) }
  }
}
