// Turns what the compiler, or a .mpy file, delivers into code objects.
import Bytecode

extension VM {
  /// What compilers and loaders work in: the heap. What they allocate may hold addresses, and is found from the native stack. Ctrl-C stops them.
  public var workMemory: WorkMemory {
    var memory = WorkMemory(
      context: UnsafeMutableRawPointer(heap),
      allocate: { context, count in
        context.unsafelyUnwrapped.assumingMemoryBound(to: Heap.self).allocate(byteCount: count, atomic: false)
      },
      release: { context, memory in
        if let memory { context.unsafelyUnwrapped.assumingMemoryBound(to: Heap.self).free(memory) }
      })
    memory.interrupt = UnsafePointer(interpreter.pointee.pending)
    memory.interruptMask = PendingReason.keyboardInterrupt
    return memory
  }

  /// The module's code as a function of the given globals. Allocates.
  public func load(_ module: CompiledModule, globals: Ref<DictObject>) throws(PyError) -> Ref<FunctionObject> {
    try newFunction(loadCode(module), globals)
  }

  /// The module's code object. Allocates.
  public func loadCode(_ module: CompiledModule) throws(PyError) -> Ref<CodeObject> {
    let context = try allocate(CodeContext.self)
    context.initialize(
      to: CodeContext(
        header: ObjectHeader(.codeContext), names: UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped,
        constants: UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped, nameCount: 0, constantCount: 0))
    let names = try allocateBytes(module.names.count &* MemoryLayout<Qstr>.stride)
    let nameTable = UnsafeMutableRawPointer(names).assumingMemoryBound(to: Qstr.self)
    for index in 0..<module.names.count { nameTable[index] = try intern(module.names[index]) }
    context.pointee.names = nameTable
    context.pointee.nameCount = UInt32(truncatingIfNeeded: module.names.count)
    let constants = try allocateValues(max(module.constants.count, 1))
    context.pointee.constants = constants
    context.pointee.constantCount = UInt32(truncatingIfNeeded: module.constants.count)
    for index in 0..<module.constants.count { constants[index] = try newConstant(module.constants[index]) }
    return try newCode(module.root, context)
  }

  private func newCode(_ compiled: CompiledCode, _ context: Ref<CodeContext>) throws(PyError) -> Ref<CodeObject> {
    let bytes = try allocateBytes(compiled.bytes.count)
    for index in 0..<compiled.bytes.count { bytes[index] = compiled.bytes[index] }
    let childCount = compiled.children.count
    let children = try allocateValues(max(childCount, 1))
    for index in 0..<childCount { children[index] = Value(try newCode(compiled.children[index], context)) }
    return try newCode(
      UnsafePointer(bytes), compiled.bytes.count, context,
      UnsafeMutableRawPointer(children).assumingMemoryBound(to: Ref<CodeObject>.self), childCount)
  }

  /// Decodes the prelude of raw code.
  func newCode(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ context: Ref<CodeContext>, _ children: UnsafeMutablePointer<Ref<CodeObject>>,
    _ childCount: Int
  ) throws(PyError) -> Ref<CodeObject> {
    let code = try allocate(CodeObject.self)
    let prelude = Prelude(bytes)
    let instructions = bytes + prelude.instructionOffset
    var info = bytes + prelude.infoOffset
    let name = context.pointee.names[readVarUInt(&info)]
    for _ in 0..<(prelude.positionalCount &+ prelude.keywordOnlyCount) { _ = readVarUInt(&info) }
    let parameterLocals =
      prelude.positionalCount &+ prelude.keywordOnlyCount &+ (prelude.flags.hasVariableArguments ? 1 : 0)
      &+ (prelude.flags.hasVariableKeywords ? 1 : 0)
    let locals = localCount(instructions, bytes + count, atLeast: parameterLocals, prelude.cellCount)
    // The verifier counts on four more slots than the prelude says.
    let operands = max(prelude.stateSize &- locals, 0) &+ 4
    let blockSlots = (prelude.exceptionDepth &* MemoryLayout<ExceptionBlock>.stride) / MemoryLayout<Value>.size
    let isSimple =
      prelude.cellCount == 0 && prelude.keywordOnlyCount == 0 && prelude.flags.rawValue & 7 == 0
    // Field by field: a struct value of so many fields is more than the compiler takes.
    code.pointee.header = ObjectHeader(.code)
    code.pointee.context = context
    code.pointee.bytes = bytes
    code.pointee.byteCount = UInt32(truncatingIfNeeded: count)
    code.pointee.instructionOffset = UInt32(truncatingIfNeeded: prelude.instructionOffset)
    code.pointee.infoOffset = UInt32(truncatingIfNeeded: prelude.infoOffset)
    code.pointee.lineTableOffset = UInt32(truncatingIfNeeded: info - bytes)
    code.pointee.instructions = instructions
    code.pointee.children = children
    code.pointee.childCount = UInt32(truncatingIfNeeded: childCount)
    code.pointee.localCount = UInt16(truncatingIfNeeded: locals)
    code.pointee.frameSize = UInt16(truncatingIfNeeded: Frame.slotCount &+ blockSlots &+ operands)
    code.pointee.exceptionDepth = UInt16(truncatingIfNeeded: prelude.exceptionDepth)
    code.pointee.positionalCount = UInt16(truncatingIfNeeded: prelude.positionalCount)
    code.pointee.keywordOnlyCount = UInt16(truncatingIfNeeded: prelude.keywordOnlyCount)
    code.pointee.defaultCount = UInt16(truncatingIfNeeded: prelude.defaultCount)
    code.pointee.cellCount = UInt16(truncatingIfNeeded: prelude.cellCount)
    code.pointee.flags = prelude.flags
    code.pointee.isSimple = isSimple && !usesClosure(instructions, bytes + count)
    code.pointee.name = name
    code.pointee.simpleKind = SimpleKind.none
    code.pointee.preparation = PreparationState.cold
    code.pointee.warmth = 0
    code.pointee.prepared = nil
    if !Preparation.isAvailable { refuse(code) }
    if prelude.stateSize > 0xff00 || prelude.exceptionDepth > 0x1000 { try raise(.memoryError, "function too large") }
    return code
  }

  /// Number of locals: the prelude counts locals and operands together, so the instructions tell.
  private func localCount(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, atLeast least: Int, _ cells: Int) -> Int {
    var count = least
    for index in 0..<cells { count = max(count, Int((start - cells)[index]) &+ 1) }
    var ip = start
    while ip < end {
      let opcode = ip.pointee
      ip += 1
      var local = -1
      switch opcode {
      case 0xb0...0xbf: local = Int(opcode &- 0xb0)
      case 0xc0...0xcf: local = Int(opcode &- 0xc0)
      case 0x24...0x29: local = readVarUInt(&ip)
      default: skipOperands(opcode, &ip)
      }
      count = max(count, local &+ 1)
    }
    return count
  }

  /// True if the code reads cells: its function may be a closure, whose cells must be put before the arguments.
  private func usesClosure(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    var ip = start
    while ip < end {
      let opcode = ip.pointee
      ip += 1
      if opcode == 0x25 || opcode == 0x27 || opcode == 0x29 || opcode == 0x20 || opcode == 0x21 { return true }
      skipOperands(opcode, &ip)
    }
    return false
  }

  /// Steps over an instruction's operands; the format follows from the opcode's high bits.
  private func skipOperands(_ opcode: UInt8, _ ip: inout UnsafePointer<UInt8>) {
    switch opcode &>> 4 {
    case 1, 2, 3:
      _ = readVarUInt(&ip)
      if opcode == 0x20 || opcode == 0x21 { ip += 1 }
    case 4:
      ip += ip.pointee & 0x80 == 0 ? 1 : 2
      if opcode == 0x40 { ip += 1 }
    case 0: ip += ExtensionOpcode.operandLength(opcode, ip)
    default: break
    }
  }

  private func newConstant(_ constant: Constant) throws(PyError) -> Value {
    switch constant {
    case .none: return .none
    case .true: return .true
    case .false: return .false
    case .ellipsis: return .ellipsis
    case .string(let bytes): return try newText(bytes, .str)
    case .bytes(let bytes): return try newText(bytes, .bytes)
    case .integer(let negative, let magnitude): return try newInteger(negative, magnitude)
    case .float(let float): return try newFloat(PyFloat(float))
    case .complex(let real, let imaginary): return try newComplex(PyFloat(real), PyFloat(imaginary))
    case .tuple(let items):
      if items.isEmpty { return interpreter.pointee.emptyTuple }
      let tuple = try newTupleObject(items.count)
      var (items, index) = (items, 0)
      while let item = items.next() {
        TupleObject.items(tuple)[index] = try newConstant(item)
        index &+= 1
      }
      return Value(tuple)
    }
  }

  private func newText(_ bytes: UnsafeBufferPointer<UInt8>, _ type: TypeID) throws(PyError) -> Value {
    var isASCII = true
    for byte in bytes where byte >= 0x80 { isASCII = false }
    if type == .str && bytes.isEmpty { return Value(Qstr.empty) }
    if type == .str && bytes.count == 1 && isASCII { return Value(Qstr.character(bytes[0])) }
    let object = try newTextObject(type, count: bytes.count, isASCII: isASCII)
    for index in 0..<bytes.count { TextObject.bytes(object)[index] = bytes[index] }
    return Value(object)
  }

  private func newInteger(_ negative: Bool, _ magnitude: ConstantWords) throws(PyError) -> Value {
    let perLimb = UInt.bitWidth / 32
    let limbs = (magnitude.count &+ perLimb &- 1) / perLimb
    let object = try newIntObject(limbs: max(limbs, 1))
    let words = IntObject.limbs(object)
    words[0] = 0
    for index in 0..<limbs {
      var word: UInt = 0
      for part in 0..<perLimb where index &* perLimb &+ part < magnitude.count {
        word |= UInt(magnitude[index &* perLimb &+ part]) &<< UInt(32 &* part)
      }
      words[index] = word
    }
    object.pointee.signedCount = negative ? -max(limbs, 1) : max(limbs, 1)
    return normalised(object)
  }
}

/// The prelude of raw code, decoded (layout: .mpy format, "prelude").
struct Prelude {
  var stateSize: Int
  var exceptionDepth: Int
  var flags: CodeFlags
  var positionalCount: Int
  var keywordOnlyCount: Int
  var defaultCount: Int
  var cellCount: Int
  var infoOffset: Int
  var instructionOffset: Int

  init(_ bytes: UnsafePointer<UInt8>) {
    var pointer = bytes
    var byte = Int(pointer.pointee)
    pointer += 1
    var state = byte &>> 3 & 15
    var exceptions = byte &>> 2 & 1
    var positional = byte & 3
    var scope = 0
    var keywordOnly = 0
    var defaults = 0
    var turn = 0
    while byte & 0x80 != 0 && turn < 24 {
      byte = Int(pointer.pointee)
      pointer += 1
      state |= (byte & 0x30) &<< (2 &* turn)
      exceptions |= (byte & 2) &<< turn
      scope |= ((byte & 0x40) &>> 6) &<< turn
      positional |= (byte & 4) &<< turn
      keywordOnly |= ((byte & 8) &>> 3) &<< turn
      defaults |= (byte & 1) &<< turn
      turn &+= 1
    }
    stateSize = state &+ 1
    exceptionDepth = exceptions
    flags = CodeFlags(rawValue: UInt8(truncatingIfNeeded: scope))
    positionalCount = positional
    keywordOnlyCount = keywordOnly
    defaultCount = defaults
    var infoSize = 0
    var cells = 0
    turn = 0
    repeat {
      byte = Int(pointer.pointee)
      pointer += 1
      infoSize |= ((byte & 0x7e) &>> 1) &<< (6 &* turn)
      cells |= (byte & 1) &<< turn
      turn &+= 1
    } while byte & 0x80 != 0 && turn < 9
    cellCount = cells
    infoOffset = pointer - bytes
    instructionOffset = infoOffset &+ infoSize &+ cells
  }
}
