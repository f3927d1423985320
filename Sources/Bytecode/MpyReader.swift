// Reads .mpy files, version 6, bytecode only. Any input gives a module or a thrown error; what the instructions do is the verifier's business.

/// Reads .mpy files.
public struct MpyReader {
  private var reader: ByteReader
  private let memory: WorkMemory
  private let parseFloat: (UnsafeBufferPointer<UInt8>) -> Double?
  private var constants: [UInt8] = []
  private var codes: [CodePlace] = []
  private var bytes: [UInt8] = []
  private var children: [UInt32] = []

  private init(reader: ByteReader, memory: WorkMemory, parseFloat: @escaping (UnsafeBufferPointer<UInt8>) -> Double?) {
    self.reader = reader
    self.memory = memory
    self.parseFloat = parseFloat
  }

  /// Reads the module of a file. An empty file, one of another version and one for larger small integers are `incompatible`, one for an
  /// architecture is `nativeCode`.
  /// - Parameters:
  ///   - smallIntBits: bits of the small integers that the engine has.
  ///   - memory: what the module lies in.
  ///   - parseFloat: the value of a float's text, or nil if it is malformed.
  public static func module(
    from bytes: UnsafeBufferPointer<UInt8>, smallIntBits: UInt8 = 63, memory: WorkMemory,
    parseFloat: @escaping (UnsafeBufferPointer<UInt8>) -> Double?
  ) throws(BytecodeError) -> CompiledModule {
    guard let base = bytes.baseAddress, bytes.count >= 4 else { throw BytecodeError(.incompatible, offset: 0) }
    var reader = MpyReader(reader: ByteReader(base: base, count: bytes.count), memory: memory, parseFloat: parseFloat)
    return try reader.module(smallIntBits)
  }

  private mutating func module(_ smallIntBits: UInt8) throws(BytecodeError) -> CompiledModule {
    guard try reader.byte() == 0x4d, try reader.byte() == 6 else { throw reader.fault(.incompatible) }
    // Bits 0 and 1: the minor version, which matters to machine code only; 2 to 5: the architecture.
    let features = try reader.byte()
    guard try reader.byte() <= smallIntBits, features & 0x80 == 0 else { throw reader.fault(.incompatible) }
    guard features >> 2 == 0 else { throw reader.fault(.nativeCode) }
    let nameCount = try count()
    let constantCount = try count()
    var names: [UnsafeBufferPointer<UInt8>] = []
    names.reserveCapacity(nameCount)
    for _ in 0..<nameCount { names.append(try name()) }
    var constantEnds: [UInt32] = []
    for _ in 0..<constantCount {
      try constant(depth: 0)
      constantEnds.append(UInt32(truncatingIfNeeded: constants.count))
    }
    _ = try code(depth: 0)
    guard let module = self.module(names, constantEnds) else { throw reader.fault(.noMemory) }
    return module
  }

  private func module(_ names: [UnsafeBufferPointer<UInt8>], _ constantEnds: [UInt32]) -> CompiledModule? {
    constants.withUnsafeBufferPointer { constants in
      constantEnds.withUnsafeBufferPointer { constantEnds in
        codes.withUnsafeBufferPointer { codes in
          bytes.withUnsafeBufferPointer { bytes in
            children.withUnsafeBufferPointer { children in
              let parts = CompiledModule.Parts(
                nameCount: names.count, constants: constants, constantEnds: constantEnds, codes: codes, bytes: bytes, children: children)
              return CompiledModule(parts, memory: memory) { names[$0] }
            }
          }
        }
      }
    }
  }

  /// A count of items that take at least one byte each.
  private mutating func count() throws(BytecodeError) -> Int {
    let count = try reader.unsigned()
    guard count <= reader.remaining else { throw reader.fault(.truncated) }
    return count
  }

  /// The text lies in the file or in the program.
  private mutating func name() throws(BytecodeError) -> UnsafeBufferPointer<UInt8> {
    let length = try reader.unsigned()
    if length & 1 != 0 {
      guard length > 1 && length >> 1 < StaticNames.count else { throw reader.fault(.badOperand) }
      let text = StaticNames.text(length >> 1)
      return UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
    let text = try reader.bytes(length >> 1)
    _ = try reader.byte()
    return text
  }

  /// Reads a constant and appends it to the others.
  private mutating func constant(depth: Int) throws(BytecodeError) {
    guard depth < 64 else { throw reader.fault(.tooDeep) }
    let kind = try reader.byte()
    switch kind {
    case 1: constants.write(.none)
    case 2: constants.write(.false)
    case 3: constants.write(.true)
    case 4: constants.write(.ellipsis)
    case 0: throw reader.fault(.badConstant)
    case 10:
      let itemCount = try count()
      constants.write(.tuple, count: itemCount)
      for _ in 0..<itemCount { try constant(depth: depth + 1) }
    default: try text(kind)
    }
  }

  private mutating func text(_ kind: UInt8) throws(BytecodeError) {
    let text = try reader.bytes(try reader.unsigned())
    switch kind {
    case 5, 6:
      _ = try reader.byte()
      return constants.write(kind == 5 ? .string : .bytes, text)
    case 7: if text.count <= 20_000, DecimalText.encode(text, into: &constants) { return }
    case 8: if let value = parseFloat(text) { return write(.float, value) }
    case 9: if let value = complex(text) { return write(.complex, value.real, value.imaginary) }
    default: break
    }
    throw reader.fault(.badConstant)
  }

  private mutating func write(_ kind: ConstantCode, _ values: Double...) {
    constants.write(kind)
    for value in values { constants.write(value) }
  }

  /// `2j` or `(1+2j)`.
  private func complex(_ text: UnsafeBufferPointer<UInt8>) -> (real: Double, imaginary: Double)? {
    var text = text
    if text.first == 0x28 && text.last == 0x29 { text = UnsafeBufferPointer(rebasing: text.dropFirst().dropLast()) }
    guard text.last == 0x6a else { return nil }
    text = UnsafeBufferPointer(rebasing: text.dropLast())
    // The sign between the parts is the last one that neither begins the text nor belongs to an exponent.
    var split = text.count
    while split > 1 {
      split -= 1
      let isSign = text[split] == 0x2b || text[split] == 0x2d
      if isSign && text[split - 1] | 0x20 != 0x65 {
        let real = UnsafeBufferPointer(rebasing: text[..<split])
        let start = text[split] == 0x2b ? split + 1 : split
        guard let a = parseFloat(real), let b = parseFloat(UnsafeBufferPointer(rebasing: text[start...])) else { return nil }
        return (a, b)
      }
    }
    guard let value = parseFloat(text) else { return nil }
    return (0, value)
  }

  /// Reads a code object and those in it; answers its number.
  private mutating func code(depth: Int) throws(BytecodeError) -> UInt32 {
    guard depth < 100 else { throw reader.fault(.tooDeep) }
    let word = try reader.unsigned()
    guard word & 3 == 0 else { throw reader.fault(.nativeCode) }
    let code = try reader.bytes(word >> 3)
    _ = try CodeHeader(code)
    let number = codes.count
    codes.append(CodePlace(firstByte: bytes.count, byteCount: code.count, firstChild: 0, childCount: 0))
    bytes += code
    if word & 4 != 0 {
      var own: [UInt32] = []
      for _ in 0..<(try count()) { own.append(try self.code(depth: depth + 1)) }
      codes[number].firstChild = UInt32(truncatingIfNeeded: children.count)
      codes[number].childCount = UInt32(truncatingIfNeeded: own.count)
      children += own
    }
    return UInt32(truncatingIfNeeded: number)
  }
}
