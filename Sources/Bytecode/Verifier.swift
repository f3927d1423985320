// Proves of untrusted code what the virtual machine takes for granted: instructions are complete, operands name something, jumps hit
// instructions, the stack holds at each instruction what that instruction needs, exception blocks nest, and only generators yield.
//
// Two passes over each code object. The first decodes it from the first byte to the last and notes where instructions begin and where jumps
// arrive. The second follows control from the start (CodeVerifier). An instruction is looked at again only when less is known about
// the stack than the time before, which can happen a few times at most, and the whole is stopped by a budget in proportion to the size.

/// What the verifier found out about code that it accepts.
public struct Verification {
  /// Pairs: number of a code object, offset from its first byte of a `LOAD_GLOBAL` whose value decides about the depth of the stack: it tests whether
  /// the cause of an `async with` is an exception. Whoever runs the code must see to it that it loads the class `BaseException`, whatever
  /// a program makes of that name.
  public internal(set) var exceptionTests: [(code: Int, offset: Int)] = []

  init() {}
}

/// Checks code objects.
public enum Verifier {
  /// Checks a module and everything in it.
  @discardableResult
  public static func check(_ module: CompiledModule) throws(BytecodeError) -> Verification {
    var base = -1
    for index in 0..<module.names.count where isBaseException(module.names[index]) { base = index }
    var result = Verification()
    let limits = ModuleLimits(names: module.names.count, constants: module.constants.count, baseException: base)
    guard module.names.count > 0 else { throw BytecodeError(.badOperand, offset: 0) }
    try check(module.root, limits, cells: 0, depth: 0, &result)
    return result
  }

  /// Checks one code object's bytes; it has no free variables.
  public static func check(
    _ bytes: UnsafeBufferPointer<UInt8>, nameCount: Int, constantCount: Int, childCount: Int
  ) throws(BytecodeError) {
    let limits = ModuleLimits(names: nameCount, constants: constantCount, baseException: -1)
    var children = [ChildUse](repeating: ChildUse(positionalCount: Int.max), count: childCount)
    _ = try check(bytes, limits, &children, cells: 0)
  }

  private static func isBaseException(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let text: StaticString = "BaseException"
    return name.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// - Parameter cells: number of free variables; -1: nothing makes a function of the code, so that its flow does not matter.
  private static func check(
    _ code: CompiledCode, _ limits: ModuleLimits, cells: Int, depth: Int, _ result: inout Verification
  ) throws(BytecodeError) {
    guard depth < 200 else { throw BytecodeError(.tooDeep, offset: 0) }
    var children: [ChildUse] = []
    for child in code.children { children.append(ChildUse(positionalCount: try CodeHeader(child.bytes).signature.positionalCount)) }
    do throws(BytecodeError) {
      for test in try check(code.bytes, limits, &children, cells: cells) { result.exceptionTests.append((code.number, Int(test))) }
    } catch {
      throw BytecodeError(error.kind, offset: error.offset, code: code.number)
    }
    for index in 0..<children.count { try check(code.children[index], limits, cells: children[index].cells, depth: depth + 1, &result) }
  }

  private static func check(
    _ bytes: UnsafeBufferPointer<UInt8>, _ module: ModuleLimits, _ children: inout [ChildUse], cells: Int
  ) throws(BytecodeError) -> [Int32] {
    let header = try CodeHeader(bytes)
    try checkInfo(header, bytes, nameCount: module.names)
    let limits = CodeLimits(module: module, children: children.count, header: header)
    var map = try CodeMap(header.instructions(bytes), count: bytes.count - header.codeOffset, limits)
    let signature = header.signature
    let collecting = signature.flags & ScopeFlag.variadicArguments != 0 ? 1 : 0
    let collectingKeywords = signature.flags & ScopeFlag.variadicKeywords != 0 ? 1 : 0
    map.localCount = max(map.localCount, signature.positionalCount + signature.keywordOnlyCount + collecting + collectingKeywords)
    for index in header.cellsOffset..<header.codeOffset { map.localCount = max(map.localCount, Int(bytes[index]) + 1) }
    guard map.localCount <= signature.stateCount else { throw BytecodeError(.badStack, offset: 0) }
    if cells < 0 { return [] }
    var verifier = CodeVerifier(map, limits, header.instructions(bytes), cells: cells)
    for index in header.cellsOffset..<header.codeOffset {
      guard Int(bytes[index]) >= cells else { throw BytecodeError(.badOperand, offset: index) }
      verifier.cellLocals[Int(bytes[index])] = true
    }
    try verifier.run(&children)
    return verifier.exceptionTests.map { $0 + Int32(truncatingIfNeeded: header.codeOffset) }
  }

  private static func checkInfo(_ header: CodeHeader, _ bytes: UnsafeBufferPointer<UInt8>, nameCount: Int) throws(BytecodeError) {
    guard header.name < nameCount else { throw BytecodeError(.badOperand, offset: header.infoOffset) }
    let signature = header.signature
    let known = ScopeFlag.coroutine << 2 - 1
    guard signature.flags & ~known == 0, signature.flags & ScopeFlag.generator != 0 || signature.flags & (known & ~0xf) == 0 else {
      throw BytecodeError(.badGenerator, offset: 0)
    }
    guard signature.positionalCount + signature.keywordOnlyCount <= signature.stateCount else {
      throw BytecodeError(.badStack, offset: 0)
    }
    var good = true
    header.forEachArgumentName(bytes.baseAddress.unsafelyUnwrapped) { if $0 >= nameCount { good = false } }
    for index in header.cellsOffset..<header.codeOffset where Int(bytes[index]) >= signature.stateCount { good = false }
    guard good else { throw BytecodeError(.badOperand, offset: header.infoOffset) }
  }
}

/// Sizes of a module's tables.
struct ModuleLimits {
  let names: Int
  let constants: Int
  /// Number of the name `BaseException`, or -1.
  let baseException: Int
}

/// What operands of a code object may be.
struct CodeLimits {
  let module: ModuleLimits
  let children: Int
  let state: Int
  let blocks: Int
  let isGenerator: Bool
  let isAsyncGenerator: Bool

  init(module: ModuleLimits, children: Int, header: CodeHeader) {
    self.module = module
    self.children = children
    state = header.signature.stateCount
    blocks = header.signature.exceptionCount
    isGenerator = header.signature.flags & ScopeFlag.generator != 0
    isAsyncGenerator = header.signature.flags & ScopeFlag.asynchronousGenerator != 0
  }

  /// Whether the instruction's operand names something.
  func allow(_ instruction: Instruction) -> Bool {
    let value = instruction.operand
    switch instruction.row.operand {
    case .name: return value < module.names
    case .constant: return value < module.constants
    case .child, .childAndByte: return value < children
    case .local: return value < state
    case .call: return value <= 0xffff
    case .variableSigned: return (value << 1) >> 1 == value
    case .none: return !(0xb0..<0xd0).contains(instruction.opcode.rawValue) || value < state
    case .variableUnsigned: return allowCount(instruction.opcode, value)
    default: return true
    }
  }

  private func allowCount(_ opcode: Opcode, _ value: Int) -> Bool {
    switch opcode {
    case .buildSlice: return value == 2 || value == 3
    case .setFunctionAttribute: return FunctionAttribute(rawValue: UInt8(clamping: value)) != nil
    case .formatValue: return value < 8
    // The others are for what only the compiler of the same engine emits.
    case .loadIntrinsic: return value <= Int(Intrinsic.baseException.rawValue)
    case .matchValue: return value <= 0xffff
    case .storeComp: return value & 3 != 3
    case .buildMap: return value <= 0xffff
    case .unpackEx: return value & 0xff + value >> 8 <= state
    default: return value <= state
    }
  }
}

/// How a code object's children are made into functions.
struct ChildUse {
  let positionalCount: Int
  /// Number of cells; -1: by no instruction that control reaches.
  var cells = -1
}

/// Where instructions begin and where jumps arrive.
struct CodeMap {
  /// By offset: 1 an instruction begins here, 2 a jump arrives.
  private(set) var marks: [UInt8]
  /// One more than the highest local that an instruction names.
  var localCount = 0

  var count: Int { marks.count }

  init(_ instructions: InstructionReader, count: Int, _ limits: CodeLimits) throws(BytecodeError) {
    marks = [UInt8](repeating: 0, count: count)
    var reader = instructions
    var last = 0
    while let instruction = try reader.next() {
      last = instruction.offset
      marks[last] |= 1
      guard limits.allow(instruction) else { throw BytecodeError(.badOperand, offset: last) }
      switch instruction.row.operand {
      case .local: localCount = max(localCount, instruction.operand + 1)
      case .none where (0xb0..<0xd0).contains(instruction.opcode.rawValue): localCount = max(localCount, instruction.operand + 1)
      default: break
      }
      guard instruction.isJump else { continue }
      guard instruction.operand >= 0 && instruction.operand < count else { throw BytecodeError(.badJump, offset: last) }
      marks[instruction.operand] |= 2
    }
    for offset in 0..<count where marks[offset] == 2 { throw BytecodeError(.badJump, offset: offset) }
  }

  func isTarget(_ offset: Int) -> Bool { marks[offset] & 2 != 0 }
}
