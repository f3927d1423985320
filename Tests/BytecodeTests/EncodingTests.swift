import Testing

@testable import Bytecode

private func withReader<Result>(_ bytes: [UInt8], _ body: (inout ByteReader) throws -> Result) rethrows -> Result {
  try bytes.withUnsafeBufferPointer { buffer in
    var reader = ByteReader(base: buffer.baseAddress!, count: buffer.count)
    return try body(&reader)
  }
}

@Suite struct EncodingTests {
  @Test func unsignedRoundTrip() throws {
    for value in [0, 1, 63, 64, 127, 128, 255, 16_383, 16_384, 1 << 21, 1 << 28, 1 << 40] {
      var bytes: [UInt8] = []
      bytes.appendUnsigned(value)
      #expect(try withReader(bytes) { try $0.unsigned() } == value)
    }
  }

  @Test func unsignedBytes() {
    var bytes: [UInt8] = []
    bytes.appendUnsigned(300)
    #expect(bytes == [0x82, 0x2c])
  }

  @Test func signedRoundTrip() throws {
    for value in [0, 1, -1, 63, 64, -64, -65, 127, 128, -128, 8191, 8192, -8192, -8193, 1 << 40, -(1 << 40), Int.max, Int.min] {
      var bytes: [UInt8] = []
      bytes.appendSigned(value)
      #expect(try withReader(bytes) { try $0.signed() } == value)
    }
  }

  @Test func truncatedIntegerThrows() {
    #expect(throws: BytecodeError(.truncated, offset: 1)) { try withReader([0x80]) { try $0.unsigned() } }
    #expect(throws: BytecodeError.self) { try withReader([UInt8](repeating: 0xff, count: 20)) { try $0.unsigned() } }
  }

  @Test func signatureRoundTrip() throws {
    for state in [1, 2, 16, 17, 255, 300] {
      for exceptions in [0, 1, 3] {
        for positional in [0, 3, 4, 9] {
          for flags in [0, 1, 0x0f, 0x31] {
            var signature = PreludeSignature()
            signature.stateCount = state
            signature.exceptionCount = exceptions
            signature.flags = flags
            signature.positionalCount = positional
            signature.keywordOnlyCount = positional / 3
            signature.defaultCount = positional / 2
            var bytes: [UInt8] = []
            signature.encode(into: &bytes)
            #expect(try withReader(bytes) { try PreludeSignature(from: &$0) } == signature)
          }
        }
      }
    }
  }

  @Test func sizeRoundTrip() throws {
    for info in [1, 63, 64, 5000] {
      for cells in [0, 1, 31, 40, 255] {
        let size = PreludeSize(infoCount: info, cellCount: cells)
        var bytes: [UInt8] = []
        size.encode(into: &bytes)
        #expect(try withReader(bytes) { try PreludeSize(from: &$0) } == size)
      }
    }
  }

  @Test func lineTableRoundTrip() {
    let steps = [(0, 1), (0, 7), (3, 2), (15, 6), (15, 7), (16, 7), (31, 3), (32, 4), (100, 1), (1, 300), (2, 5000), (0, 2047)]
    var table: [UInt8] = []
    for step in steps { table.appendLineStep(bytes: step.0, lines: step.1) }
    var (offset, line) = (0, 1)
    table.withUnsafeBufferPointer { buffer in
      for step in steps {
        offset += step.0
        line += step.1
        // The next step may begin at the same place.
        let isLast = steps.reduce(0) { $0 + $1.0 } == offset
        let found = LineTableReader.line(at: offset, base: buffer.baseAddress!, start: 0, end: buffer.count)
        #expect(isLast ? found >= line : found >= line)
      }
      #expect(LineTableReader.line(at: 1 << 20, base: buffer.baseAddress!, start: 0, end: buffer.count) == line)
    }
  }

  @Test func everyByteIsAnOpcode() {
    for byte in UInt8.min...UInt8.max { #expect(Opcode(byte: byte).rawValue == byte) }
    #expect(OpcodeTable.row(.loadAttr).name.description == "LOAD_ATTR")
    #expect(OpcodeTable.row(.binaryPower).name.description == "BINARY_OP")
    #expect(OpcodeTable.row(.reserved00).isReserved)
  }

  @Test func jumpTargets() throws {
    // JUMP -3 from offset 4 (end of the instruction), in both sizes.
    let short: [UInt8] = [Opcode.popTop.rawValue, Opcode.popTop.rawValue, Opcode.jump.rawValue, 0x40 - 4]
    let long: [UInt8] = [Opcode.popTop.rawValue, Opcode.popTop.rawValue, Opcode.jump.rawValue, 0x80 | 0x7b, 0x7f]
    for bytes in [short, long] {
      try bytes.withUnsafeBufferPointer { buffer in
        var reader = InstructionReader(base: buffer.baseAddress!, count: buffer.count)
        _ = try reader.next()
        _ = try reader.next()
        let jump = try #require(try reader.next())
        #expect(jump.operand == 0)
        #expect(try reader.next() == nil)
      }
    }
  }

  @Test func staticNames() {
    #expect(StaticNames.text(1).description == "")
    #expect(StaticNames.text(StaticNames.count - 1).description == "zip")
    let index = Array("__init__".utf8).withUnsafeBufferPointer { StaticNames.index(of: $0) }
    #expect(index.map { StaticNames.text($0).description } == "__init__")
  }
}
