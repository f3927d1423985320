// Instructions that become one: a comparison and the jump that uses it, a rotation and the store behind it, an unpacking and the stores of its parts.
//
// A sequence is fused only if no jump arrives in the middle of it.

import Bytecode

extension Translator {
  /// Translates a sequence that begins with `instruction` as one; false if none does.
  mutating func stepFused(_ instruction: Instruction, _ reader: inout InstructionReader) throws(Untranslatable) -> Bool {
    let byte = instruction.opcode.rawValue
    let isComparison = byte >= 0xd7 && byte <= 0xde
    let isNot = byte == Translator.notByte
    if isComparison || isNot {
      var position = instruction.nextOffset
      var isNegated = isNot
      while !isTarget(position), code.pointee.instructions[position] == Translator.notByte {
        isNegated.toggle()
        position += 1
      }
      guard !isTarget(position), let sense = jumpSense(at: position) else { return false }
      var jump = instruction
      while jump.offset < position, let next = try next(&reader) { jump = next }
      offset = jump.offset
      if isNot {
        try jumpIf(isNegated ? !sense : sense, to: jump.operand)
      } else {
        try compareAndJump(instruction.opcode, isNegated ? !sense : sense, jump)
      }
      return true
    }
    if fusesWithStore(instruction), let store = try next(&reader) {
      try storeRotated(store)
      return true
    }
    return try unpackPair(instruction, &reader)
  }

  private static var notByte: UInt8 { 0xd0 + UnaryOperator.not.rawValue }

  /// Something may jump there, or the code is over.
  private func isTarget(_ position: Int) -> Bool { position >= byteCount || targets[position] != 0 }

  /// What the conditional jump at `position` jumps for; nil if none is there.
  private func jumpSense(at position: Int) -> Bool? {
    switch code.pointee.instructions[position] {
    case Opcode.popJumpIfTrue.rawValue: return true
    case Opcode.popJumpIfFalse.rawValue: return false
    default: return nil
    }
  }

  // MARK: Comparisons

  private mutating func compareAndJump(_ comparison: Opcode, _ sense: Bool, _ jump: Instruction) throws(Untranslatable) {
    let right = try pop()
    let rightIndex = stack.count
    let rightSource = right.isConstant ? 0 : source(right, at: rightIndex)
    let left = try popSource()
    flush()
    let plain: PreparedOpcode
    switch comparison {
    case .binaryLess: plain = .jumpIfLess
    case .binaryMore: plain = .jumpIfMore
    case .binaryEqual: plain = .jumpIfEqual
    case .binaryLessEqual: plain = .jumpIfLessEqual
    case .binaryMoreEqual: plain = .jumpIfMoreEqual
    case .binaryNotEqual: plain = .jumpIfNotEqual
    case .binaryIn: plain = .jumpIfIn
    default: plain = .jumpIfSame
    }
    if right.isConstant {
      emitShortJump(unsafeBitCast(plain.rawValue + 1, to: PreparedOpcode.self), flag: sense ? 1 : 0, left, 0, to: jump.operand)
      emitConstant(right)
    } else {
      emitShortJump(plain, flag: sense ? 1 : 0, left, rightSource, to: jump.operand)
    }
    try arrive(at: jump.operand)
  }

  // MARK: Stores

  /// True for a rotation that only brings the operands of the store behind it into order, as in `a[i] += 1` and `a.x += 1`.
  private func fusesWithStore(_ instruction: Instruction) -> Bool {
    guard !isTarget(instruction.nextOffset) else { return false }
    let next = code.pointee.instructions[instruction.nextOffset]
    switch instruction.opcode {
    case .rotTwo: return next == Opcode.storeAttr.rawValue
    case .rotThree: return next == Opcode.storeSubscr.rawValue
    default: return false
    }
  }

  /// A store whose value is topmost instead of lowest.
  private mutating func storeRotated(_ store: Instruction) throws(Untranslatable) {
    let value = try popSource()
    if store.opcode == .storeAttr {
      let object = try popSource()
      emit(.setAttribute, object, value)
      emitSite(store.operand)
    } else {
      let index = try popSource()
      let object = try popSource()
      emit(.setItem, object, index, value)
    }
  }

  // MARK: Unpacking

  /// `a, b = value` for two locals.
  private mutating func unpackPair(_ instruction: Instruction, _ reader: inout InstructionReader) throws(Untranslatable) -> Bool {
    guard instruction.opcode == .unpackSequence, instruction.operand == 2, !isTarget(instruction.nextOffset) else { return false }
    var ahead = reader
    guard let first = try next(&ahead), let firstLocal = storedLocal(first), !isTarget(first.nextOffset), let second = try next(&ahead),
      let secondLocal = storedLocal(second), firstLocal != secondLocal
    else { return false }
    reader = ahead
    let producer = result
    let sequence = try popSource()
    _ = release(local: firstLocal)
    _ = release(local: secondLocal)
    let word = emit(.unpackPair, firstLocal, secondLocal, sequence)
    // A loop may leave the tuple out.
    if producer >= 0 && producer == word - 1 && UInt8(truncatingIfNeeded: words[producer]) == PreparedOpcode.forIterate.rawValue {
      words[producer] |= 1 << 8
    }
    offset = second.offset
    if firstLocal < 64 { state.bound |= 1 << UInt64(firstLocal) }
    if secondLocal < 64 { state.bound |= 1 << UInt64(secondLocal) }
    return true
  }

  /// The local that an instruction stores to.
  private func storedLocal(_ instruction: Instruction) -> Int? {
    switch instruction.opcode.rawValue {
    case 0xc0...0xcf, Opcode.storeFastN.rawValue: return instruction.operand
    default: return nil
    }
  }
}
