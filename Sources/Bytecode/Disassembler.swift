// Text of compiled code, in the layout of MicroPython's `-v -v` (which tools and tests read), with names instead of addresses.

/// Writes listings of code objects.
public struct Disassembler {
  private let names: ModuleNames
  private let constants: ModuleConstants
  private let formatFloat: (Double) -> [UInt8]
  private var text: [UInt8] = []

  private init(_ module: CompiledModule, _ formatFloat: @escaping (Double) -> [UInt8]) {
    names = module.names
    constants = module.constants
    self.formatFloat = formatFloat
  }

  /// The listing of a module: its body, then every other code object, outer before inner as the compiler emits them.
  /// - Parameter formatFloat: the text of a float as Python's `repr` gives it.
  public static func listing(of module: CompiledModule, formatFloat: @escaping (Double) -> [UInt8]) throws(BytecodeError) -> [UInt8] {
    var disassembler = Disassembler(module, formatFloat)
    var queue = [module.root]
    var next = 0
    while next < queue.count {
      let code = queue[next]
      try disassembler.code(code)
      queue += code.children
      next += 1
    }
    return disassembler.text
  }

  private mutating func code(_ code: CompiledCode) throws(BytecodeError) {
    let bytes = code.bytes
    let header = try CodeHeader(bytes)
    head(code, header)
    let base = bytes.baseAddress.unsafelyUnwrapped
    var names: [Int] = []
    header.forEachArgumentName(base) { names.append($0) }
    text.append(text: "arg names:")
    for name in names {
      text.append(0x20)
      self.name(name)
    }
    text.append(text: "\n(N_STATE ")
    text.append(decimal: header.signature.stateCount)
    text.append(text: ")\n(N_EXC_STACK ")
    text.append(decimal: header.signature.exceptionCount)
    text.append(text: ")\n")
    for cell in header.cellsOffset..<header.codeOffset {
      text.append(text: "(INIT_CELL ")
      text.append(decimal: Int(base[cell]))
      text.append(text: ")\n")
    }
    var lines = LineTableReader(base: base, start: header.linesOffset, end: header.cellsOffset)
    repeat {
      text.append(text: "  bc=")
      text.append(decimal: lines.codeOffset)
      text.append(text: " line=")
      text.append(decimal: lines.line)
      text.append(0x0a)
    } while lines.advance()
    var reader = header.instructions(bytes)
    while let instruction = try reader.next() { self.instruction(instruction, code.children) }
  }

  private mutating func head(_ code: CompiledCode, _ header: CodeHeader) {
    text.append(text: "File ")
    name(0)
    text.append(text: ", code block '")
    name(header.name)
    text.append(text: "' (descriptor: 0x0, bytecode @0x0 ")
    text.append(decimal: code.bytes.count)
    text.append(text: " bytes)\nRaw bytecode (code_info_size=")
    text.append(decimal: header.codeOffset)
    text.append(text: ", bytecode_size=")
    text.append(decimal: code.bytes.count - header.codeOffset)
    text.append(text: "):\n")
    for (index, byte) in code.bytes.enumerated() {
      if index > 0 && index % 16 == 0 { text.append(0x0a) }
      text.append(0x20)
      hexadecimal(byte)
    }
    text.append(0x0a)
  }

  private mutating func instruction(_ instruction: Instruction, _ children: CodeChildren) {
    text.append(decimal: instruction.offset, width: 2)
    text.append(0x20)
    text.append(text: instruction.row.name)
    operand(instruction, children)
    text.append(0x0a)
  }

  private mutating func operand(_ instruction: Instruction, _ children: CodeChildren) {
    let value = instruction.operand
    switch instruction.row.operand {
    case .none: implied(instruction)
    case .variableUnsigned, .variableSigned, .local, .unsignedOffset, .signedOffset: number(value)
    case .name:
      switch instruction.opcode {
      case .loadConstString, .importName, .importFrom:
        text.append(text: " '")
        name(value)
        text.append(0x27)
      default:
        text.append(0x20)
        name(value)
      }
    case .constant:
      number(value)
      text.append(0x3d)
      if value < constants.count { constant(constants[value]) }
    case .call:
      text.append(text: " n=")
      text.append(decimal: value & 0xff)
      text.append(text: " nkw=")
      text.append(decimal: value >> 8 & 0xff)
    case .child, .childAndByte:
      text.append(0x20)
      if value < children.count, let header = try? CodeHeader(children[value].bytes) {
        name(header.name)
      } else {
        text.append(0x3f)
      }
      if instruction.row.operand == .childAndByte { number(Int(instruction.extra)) }
    case .signedOffsetAndByte:
      number(value)
      number(Int(instruction.extra))
    }
  }

  private mutating func implied(_ instruction: Instruction) {
    switch instruction.opcode.rawValue {
    case 0x70..<0xd0: number(instruction.operand)
    case 0xd0..<0xd7:
      number(instruction.operand)
      text.append(0x20)
      text.append(text: OperatorNames.unary.span[instruction.operand & 3])
    case 0xd7...:
      number(instruction.operand)
      text.append(0x20)
      if instruction.operand < OperatorNames.binary.count { text.append(text: OperatorNames.binary.span[instruction.operand]) }
    default: break
    }
  }

  private mutating func number(_ value: Int) {
    text.append(0x20)
    text.append(decimal: value)
  }

  private mutating func name(_ index: Int) {
    if index < names.count { text += names[index] } else { text.append(0x3f) }
  }

  private mutating func hexadecimal(_ byte: UInt8) {
    for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
  }

  private mutating func constant(_ constant: Constant) {
    switch constant {
    case .none: text.append(text: "None")
    case .true: text.append(text: "True")
    case .false: text.append(text: "False")
    case .ellipsis: text.append(text: "Ellipsis")
    case .string(let bytes): quoted(bytes, escapesHigh: false)
    case .bytes(let bytes):
      text.append(0x62)
      quoted(bytes, escapesHigh: true)
    case .integer(let negative, let magnitude): text += DecimalText.text(negative: negative, magnitude: Array(magnitude))
    case .float(let value): text += formatFloat(value)
    case .complex(let real, let imaginary): text += MpyWriter.complexText(real, imaginary, formatFloat)
    case .tuple(let items):
      text.append(0x28)
      for (index, item) in items.enumerated() {
        if index > 0 { text.append(text: ", ") }
        self.constant(item)
      }
      if items.count == 1 { text.append(0x2c) }
      text.append(0x29)
    }
  }

  private mutating func quoted(_ bytes: UnsafeBufferPointer<UInt8>, escapesHigh: Bool) {
    let quote: UInt8 = bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
    text.append(quote)
    for byte in bytes {
      switch byte {
      case quote, 0x5c:
        text.append(0x5c)
        text.append(byte)
      case 0x0a: text.append(text: "\\n")
      case 0x0d: text.append(text: "\\r")
      case 0x09: text.append(text: "\\t")
      case 0x20..<0x7f: text.append(byte)
      case 0x80... where !escapesHigh: text.append(byte)
      default:
        text.append(text: "\\x")
        hexadecimal(byte)
      }
    }
    text.append(quote)
  }
}

/// Methods that operators call, as listings show them; upstream's listing knows no more.
private enum OperatorNames {
  static let unary: InlineArray<4, StaticString> = ["__pos__", "__neg__", "__invert__", ""]
  static let binary: InlineArray<35, StaticString> = [
    "__lt__", "__gt__", "__eq__", "__le__", "__ge__", "__ne__", "", "", "",
    "__ior__", "__ixor__", "__iand__", "__ilshift__", "__irshift__", "__iadd__", "__isub__", "__imul__", "__imatmul__", "__ifloordiv__",
    "__itruediv__", "__imod__", "__ipow__",
    "__or__", "__xor__", "__and__", "__lshift__", "__rshift__", "__add__", "__sub__", "__mul__", "__matmul__", "__floordiv__",
    "__truediv__", "__mod__", "__pow__",
  ]
}
