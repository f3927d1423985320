// One instruction after another: loads and stores, operators, calls, loops.

import Bytecode

extension Translator {
  /// Translates one instruction.
  mutating func step(_ instruction: Instruction) throws(Untranslatable) {
    let operand = instruction.operand
    switch instruction.opcode.rawValue {
    case 0x70...0xaf: return push(constant: Value(smallInt: operand))
    case 0xb0...0xbf: return loadLocal(operand)
    case 0xc0...0xcf: return try storeLocal(operand)
    case 0xd0...0xd6: return try unary(operand)
    case 0xd7...0xf9: return try binary(operand)
    default: break
    }
    switch instruction.opcode {
    case .loadConstSmallInt: push(constant: Value(smallInt: operand))
    case .loadConstObj: push(constant: constants[operand])
    case .loadConstString: push(constant: Value(names[operand]))
    case .loadConstFalse: push(constant: .false)
    case .loadConstNone: push(constant: .none)
    case .loadConstTrue: push(constant: .true)
    case .loadNull: push(constant: .null)
    case .loadFastN: loadLocal(operand)
    case .storeFastN: try storeLocal(operand)
    case .deleteFast:
      _ = release(local: operand)
      emit(.deleteLocal, operand)
      if operand < 64 { state.bound &= ~(1 << UInt64(operand)) }
    case .loadDeref: pushResult(emit(.loadCell, slot(stack.count), operand))
    case .storeDeref:
      let value = try popSource()
      emit(.storeCell, operand, value)
    // The frames of class bodies, whose names are not globals, never run prepared code.
    case .loadGlobal, .loadName: loadGlobal(operand)
    case .storeGlobal, .storeName:
      let value = try popSource()
      emit(.storeGlobal, value)
      emitSite(operand)
    case .loadAttr:
      let object = try popSource()
      let word = emit(.getAttribute, slot(stack.count), object)
      emitSite(operand)
      pushResult(word)
    case .loadMethod:
      let object = try popSource()
      emit(.loadMethod, slot(stack.count), object)
      emitSite(operand)
      stack.append(.place)
      stack.append(.place)
    case .storeAttr:
      let object = try popSource()
      let value = try popSource()
      emit(.setAttribute, object, value)
      emitSite(operand)
    case .loadSubscr: try loadItem()
    case .storeSubscr:
      let index = try popSource()
      let object = try popSource()
      let value = try popSource()
      emit(.setItem, object, index, value)
    case .dupTop, .dupTopTwo, .rotTwo, .rotThree: try shuffle(instruction.opcode)
    case .popTop: _ = try pop()
    case .jump, .popJumpIfTrue, .popJumpIfFalse, .jumpIfTrueOrPop, .jumpIfFalseOrPop: try jump(instruction)
    case .getIter:
      let value = try popSource()
      pushResult(emit(.getIterator, slot(stack.count), value))
    case .getIterStack: try startLoop()
    case .forIter:
      flush()
      emitShortJump(.forIterate, flag: 0, slot(stack.count - 4), slot(stack.count), to: operand)
      let word = words.count - 1
      try arrive(at: operand, change: -4)
      pushResult(word, shift: 32)
    case .callFunction, .callMethod, .callFunctionVarKw, .callMethodVarKw: try call(instruction)
    case .returnValue: try returnValue()
    case .yieldValue:
      flush()
      emit(.yieldValue, slot(stack.count))
    case .yieldFrom:
      flush()
      emit(.yieldFrom, slot(stack.count))
      stack.removeLast()
    case .buildTuple, .buildList:
      let base = stack.count - operand
      guard base >= state.floor else { throw Untranslatable() }
      flush(from: base)
      let word = emit(instruction.opcode == .buildTuple ? .buildTuple : .buildList, slot(base), operand, slot(base))
      stack.removeLast(operand)
      pushResult(word, shift: 48)
    case .storeComp: try storeInComprehension(operand)
    case .storeMap:
      let key = try popSource()
      let value = try popSource()
      flush(from: max(stack.count - 1, 0))
      emit(.storeEntry, slot(stack.count - 1), key, value)
    case .unpackSequence:
      let sequence = try popSource()
      emit(.unpack, slot(stack.count), operand, sequence)
      for _ in 0..<operand { stack.append(.place) }
      if operandBase + stack.count > slotLimit { throw Untranslatable() }
    case .setupExcept, .setupFinally, .setupWith, .withCleanup, .endFinally, .unwindJump, .popExceptJump, .raiseLast, .raiseObj, .raiseFrom:
      try exceptionInstruction(instruction)
    default: try other(instruction)
    }
  }

  // MARK: Loads and stores

  private mutating func loadLocal(_ local: Int) {
    if !isBound(local) {
      emit(.checkLocal, local)
      if local < 64 { state.bound |= 1 << UInt64(local) }
    }
    stack.append(.local(local))
  }

  private mutating func storeLocal(_ local: Int) throws(Untranslatable) {
    let producer = result
    let entry = try pop()
    let wasReleased = release(local: local)
    if entry.isPlace {
      if producer >= 0 && resultIndex == stack.count && !wasReleased {
        // The instruction before may as well write the local itself.
        words[producer] = words[producer] & ~(0xFFFF << UInt64(resultShift)) | UInt64(local) << UInt64(resultShift)
      } else {
        emit(.move, local, slot(stack.count))
      }
    } else if entry.isLocal {
      if entry.payload != local { emit(.move, local, entry.payload) }
    } else if entry.isCopy {
      emit(.move, local, slot(entry.payload))
    } else {
      emit(.loadConstant, local)
      emitConstant(entry)
    }
    result = -1
    if local < 64 { state.bound |= 1 << UInt64(local) }
  }

  private mutating func loadGlobal(_ name: Int) {
    let word = emit(.loadGlobal, slot(stack.count))
    emitSite(name)
    pushResult(word)
  }

  /// The three words of a `GlobalSite` or `AttributeSite` that knows nothing yet.
  mutating func emitSite(_ name: Int) {
    emitData(UInt64(names[name].number))
    emitData(0)
    emitData(0)
  }

  private mutating func loadItem() throws(Untranslatable) {
    let index = try pop()
    let position = stack.count
    let indexSource = index.isConstant ? 0 : source(index, at: position)
    let object = try popSource()
    if index.isConstant {
      let word = emit(.getItemConstant, slot(stack.count), object)
      emitConstant(index)
      pushResult(word)
    } else {
      pushResult(emit(.getItem, slot(stack.count), object, indexSource))
    }
  }

  private mutating func storeInComprehension(_ operand: Int) throws(Untranslatable) {
    let container = stack.count - 1 - operand >> 2
    guard container >= 0 && container < stack.count && stack[container].isPlace else { throw Untranslatable() }
    switch operand & 3 {
    case 0:
      let value = try popSource()
      emit(.appendItem, slot(container), value)
    case 1:
      let key = try popSource()
      let value = try popSource()
      emit(.storeEntry, slot(container), key, value)
    default:
      let value = try popSource()
      emit(.addItem, slot(container), value)
    }
  }

  /// DUP_TOP, DUP_TOP_TWO, ROT_TWO, ROT_THREE. The place above the stack serves as a temporary.
  private mutating func shuffle(_ opcode: Opcode) throws(Untranslatable) {
    let top = stack.count
    let count = opcode == .dupTop ? 1 : opcode == .rotThree ? 3 : 2
    guard top - count >= state.floor else { throw Untranslatable() }
    result = -1
    switch opcode {
    case .dupTop, .dupTopTwo:
      for index in (top - count)..<top {
        stack.append(stack[index].isPlace ? .copy(of: index) : stack[index])
      }
    default:
      let isDeferred = stack[(top - count)...].allSatisfy { !$0.isPlace }
      if !isDeferred {
        flush(from: top - count)
        emit(.move, slot(top), slot(top - 1))
        for index in stride(from: top - 1, to: top - count, by: -1) { emit(.move, slot(index), slot(index - 1)) }
        emit(.move, slot(top - count), slot(top))
      } else {
        stack.insert(stack.removeLast(), at: top - count)
      }
    }
    if operandBase + stack.count + 1 > slotLimit { throw Untranslatable() }
  }

  // MARK: Operators

  private mutating func unary(_ operation: Int) throws(Untranslatable) {
    let value = try popSource()
    if operation == Int(UnaryOperator.not.rawValue) {
      pushResult(emit(.not, slot(stack.count), value))
    } else {
      pushResult(emit(.unary, flag: operation, slot(stack.count), value))
    }
  }

  private mutating func binary(_ operation: Int) throws(Untranslatable) {
    guard let binaryOperator = BinaryOperator(rawValue: UInt8(truncatingIfNeeded: operation)) else { throw Untranslatable() }
    let right = try pop()
    let rightIndex = stack.count
    let (opcode, withConstant) = Translator.opcodes(binaryOperator)
    if right.isConstant, let withConstant {
      let left = try popSource()
      let word = emit(withConstant, flag: operation, slot(stack.count), left)
      emitConstant(right)
      return pushResult(word)
    }
    let rightSource = source(right, at: rightIndex)
    let left = try popSource()
    pushResult(emit(opcode, flag: operation, slot(stack.count), left, rightSource))
  }

  /// The instruction for an operator, and the one for a constant on the right.
  private static func opcodes(_ operation: BinaryOperator) -> (PreparedOpcode, PreparedOpcode?) {
    switch operation {
    case .add, .inPlaceAdd: return (.add, .addConstant)
    case .subtract, .inPlaceSubtract: return (.subtract, .subtractConstant)
    case .multiply, .inPlaceMultiply: return (.multiply, .multiplyConstant)
    case .and, .inPlaceAnd: return (.bitAnd, .bitAndConstant)
    case .shiftRight, .inPlaceShiftRight: return (.shiftRight, .shiftRightConstant)
    case .shiftLeft, .inPlaceShiftLeft: return (.shiftLeft, .shiftLeftConstant)
    case .floorDivide, .inPlaceFloorDivide: return (.floorDivide, .floorDivideConstant)
    case .modulo, .inPlaceModulo: return (.modulo, .moduloConstant)
    case .trueDivide, .inPlaceTrueDivide: return (.trueDivide, nil)
    case .less, .more, .equal, .lessEqual, .moreEqual, .notEqual: return (.compare, nil)
    default: return (.binary, nil)
    }
  }

  // MARK: Jumps and loops

  private mutating func jump(_ instruction: Instruction) throws(Untranslatable) {
    let target = instruction.operand
    switch instruction.opcode {
    case .jump:
      flush()
      emitJump(target <= offset ? .jumpBack : .jump, to: target)
      try arrive(at: target)
      jumped = state
      jumped.depth = stack.count
      isReachable = false
    case .popJumpIfTrue, .popJumpIfFalse: try jumpIf(instruction.opcode == .popJumpIfTrue, to: target)
    default:
      flush()
      emitJump(instruction.opcode == .jumpIfTrueOrPop ? .jumpIfTrue : .jumpIfFalse, slot(stack.count - 1), to: target)
      try arrive(at: target)
      _ = try pop()
    }
  }

  /// Jumps if the topmost entry is true, or false.
  mutating func jumpIf(_ sense: Bool, to target: Int) throws(Untranslatable) {
    let condition = try popSource()
    flush()
    emitJump(sense ? .jumpIfTrue : .jumpIfFalse, condition, to: target)
    try arrive(at: target)
  }

  private mutating func startLoop() throws(Untranslatable) {
    let index = stack.count - 1
    guard index >= state.floor else { throw Untranslatable() }
    flush(from: index)
    emit(.startLoop, slot(index))
    for _ in 0..<3 { stack.append(.place) }
  }

  // MARK: Calls

  private mutating func call(_ instruction: Instruction) throws(Untranslatable) {
    let positional = instruction.operand & 0xff
    let keywords = instruction.operand >> 8
    let isMethod = instruction.opcode == .callMethod || instruction.opcode == .callMethodVarKw
    let isStarred = instruction.opcode == .callFunctionVarKw || instruction.opcode == .callMethodVarKw
    let base = stack.count - positional - 2 * keywords - (isMethod ? 2 : 1) - (isStarred ? 1 : 0)
    guard base >= state.floor else { throw Untranslatable() }
    flush(from: base)
    stack.removeLast(stack.count - base)
    if isStarred {
      emit(.callStarred, flag: isMethod ? 1 : 0, slot(base), positional, keywords)
      stack.append(.place)
    } else {
      let isInHeap = code.pointee.flags.isGenerator
      let opcode: PreparedOpcode = isMethod ? isInHeap ? .callMethodFromHeap : .callMethod : isInHeap ? .callFromHeap : .call
      pushResult(emit(opcode, flag: positional, slot(base), slot(base), keywords), shift: 32)
    }
  }

  private mutating func returnValue() throws(Untranslatable) {
    // The value may be above the cause of a `finally`.
    let value = try pop()
    if value.isConstant {
      emit(.returnConstant)
      emitConstant(value)
    } else {
      emit(.returnValue, source(value, at: stack.count))
    }
    isReachable = false
  }

  // MARK: Everything else

  /// An instruction that works on the operand stack as the bytecode does.
  private mutating func other(_ instruction: Instruction) throws(Untranslatable) {
    guard stack.count - instruction.pops >= state.floor, !instruction.isJump else { throw Untranslatable() }
    flush()
    var extra = Int(instruction.extra)
    if instruction.opcode == .buildSlice && instruction.nextOffset < byteCount {
      extra = Int(code.pointee.instructions[instruction.nextOffset])
    }
    let isWide = extra != 0
    let operand = UInt32(truncatingIfNeeded: instruction.operand)
    emit(isWide ? .otherWide : .other, flag: Int(instruction.opcode.rawValue), slot(stack.count), Int(operand & 0xffff), Int(operand >> 16))
    if isWide { emitData(UInt64(extra)) }
    stack.removeLast(instruction.pops)
    for _ in 0..<instruction.pushes { stack.append(.place) }
    if operandBase + stack.count > slotLimit { throw Untranslatable() }
  }
}
