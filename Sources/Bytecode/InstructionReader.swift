// The one decoder of instructions: verifier, disassembler, prepared copies and code generators read code through it.

/// A decoded instruction.
public struct Instruction {
  /// Offset from the first instruction.
  public let offset: Int
  public let opcode: Opcode
  /// As the row's format says. For offsets: the target's offset from the first instruction. For opcodes that hold their operand (small
  /// integers, locals 0...15, operators): that operand.
  public let operand: Int
  /// The byte of `childAndByte` and `signedOffsetAndByte`.
  public let extra: UInt8
  /// Offset of the next instruction.
  public let nextOffset: Int

  public var row: OpcodeRow { OpcodeTable.row(opcode) }

  /// Change of the stack's depth when control goes on to the next instruction.
  public var stackChange: Int { pushes - pops }

  /// Slots that must be there.
  public var pops: Int {
    let row = self.row
    let fixed = Int(row.pops)
    switch row.effect {
    case .fixed, .unpack, .unpackStarred: return fixed
    case .build: return operand
    case .closure: return Int(extra)
    case .closureDefaults: return Int(extra) + 2
    case .storeComprehension: return operand & 3 == 1 ? 2 : 1
    case .call: return 1 + argumentSlots
    case .callStarred, .callMethod: return 2 + argumentSlots
    case .callMethodStarred: return 3 + argumentSlots
    case .format: return operand & 4 != 0 ? 2 : 1
    case .match:
      if operand >= Int(MatchOperation.classPattern.rawValue) { return 3 }
      return operand == Int(MatchOperation.keys.rawValue) || operand == Int(MatchOperation.rest.rawValue) ? 2 : 1
    }
  }

  /// Slots that it puts in their place.
  public var pushes: Int {
    let row = self.row
    switch row.effect {
    case .unpack: return operand
    case .unpackStarred: return operand & 0xff + operand >> 8 + 1
    case .storeComprehension: return 0
    case .match: return operand >= Int(MatchOperation.classPattern.rawValue) ? 1 : 2
    default: return Int(row.pushes)
    }
  }

  private var argumentSlots: Int { operand & 0xff + 2 * (operand >> 8 & 0xff) }

  /// Control never goes on to the next instruction.
  public var endsFlow: Bool {
    switch opcode {
    case .jump, .unwindJump, .popExceptJump, .returnValue, .raiseLast, .raiseObj, .raiseFrom: return true
    default: return false
    }
  }

  /// It has a target.
  public var isJump: Bool {
    switch row.operand {
    case .unsignedOffset, .signedOffset, .signedOffsetAndByte: return true
    default: return false
    }
  }
}

/// Decodes instructions one after another.
public struct InstructionReader {
  private var reader: ByteReader

  public init(base: UnsafePointer<UInt8>, count: Int) { reader = ByteReader(base: base, count: count) }

  /// Offset of the next instruction from the first; may be set to any.
  public var offset: Int {
    get { reader.offset }
    set { reader.offset = newValue }
  }

  /// The next instruction, or nil at the end. Checks that it is complete and not reserved; targets may lie anywhere.
  public mutating func next() throws(BytecodeError) -> Instruction? {
    guard reader.remaining > 0 else { return nil }
    let start = reader.offset
    let opcode = Opcode(byte: try reader.byte())
    let row = OpcodeTable.row(opcode)
    guard !row.isReserved else { throw BytecodeError(.badOpcode, offset: start) }
    var operand = 0
    var extra: UInt8 = 0
    switch row.operand {
    case .none: operand = InstructionReader.implied(opcode)
    case .variableUnsigned, .name, .constant, .local, .call, .child: operand = try reader.unsigned()
    case .variableSigned: operand = try reader.signed()
    case .childAndByte:
      operand = try reader.unsigned()
      extra = try reader.byte()
    case .unsignedOffset: operand = try target(signed: false)
    case .signedOffset: operand = try target(signed: true)
    case .signedOffsetAndByte:
      operand = try target(signed: true)
      extra = try reader.byte()
    }
    return Instruction(offset: start, opcode: opcode, operand: operand, extra: extra, nextOffset: reader.offset)
  }

  private mutating func target(signed: Bool) throws(BytecodeError) -> Int {
    var offset = Int(try reader.byte())
    if offset & 0x80 == 0 {
      if signed { offset -= 0x40 }
    } else {
      offset = offset & 0x7f | Int(try reader.byte()) << 7
      if signed { offset -= 0x4000 }
    }
    return reader.offset + offset
  }

  private static func implied(_ opcode: Opcode) -> Int {
    let byte = Int(opcode.rawValue)
    switch byte {
    case 0x70..<0xb0: return byte - 0x80
    case 0xb0..<0xc0: return byte - 0xb0
    case 0xc0..<0xd0: return byte - 0xc0
    case 0xd0..<0xd7: return byte - 0xd0
    case 0xd7...: return byte - 0xd7
    default: return 0
    }
  }
}
