import Testing

@testable import Bytecode

/// Text of the floats that these tests use.
private func format(_ value: Double) -> [UInt8] { Array("\(value)".utf8) }
private func parse(_ text: UnsafeBufferPointer<UInt8>) -> Double? { Double(String(decoding: text, as: UTF8.self)) }

private func read(_ bytes: [UInt8]) throws(BytecodeError) -> CompiledModule {
  try bytes.withUnsafeBufferPointer { buffer throws(BytecodeError) in try MpyReader.module(from: buffer, parseFloat: parse) }
}

/// `LOAD_CONST_NONE; RETURN_VALUE` with a function inside, and one constant of each kind.
private func sample() -> CompiledModule {
  func code(_ instructions: [Opcode]) -> [UInt8] {
    var signature = PreludeSignature()
    signature.stateCount = 4
    var bytes: [UInt8] = []
    signature.encode(into: &bytes)
    PreludeSize(infoCount: 1, cellCount: 0).encode(into: &bytes)
    bytes.append(1)
    return bytes + instructions.map(\.rawValue)
  }
  let inner = code([.loadConstNone, .returnValue])
  let outer = code([]) + [0x32, 0, 0x59, 0x23, 5, 0x59, 0x51, 0x63]
  let constants: [Constant] = [
    .none, .true, .false, .ellipsis, .string(Array("text".utf8)), .bytes([0, 255]),
    .integer(negative: true, magnitude: [0xffff_ffff, 7]), .integer(negative: false, magnitude: []), .float(1.5), .float(1e100),
    .complex(real: 0, imaginary: 2), .complex(real: -1.5, imaginary: -1e-20),
    .tuple([.tuple([]), .integer(negative: false, magnitude: [5])]),
  ]
  let names: [StaticString] = ["sample.py", "<module>", "unusual"]
  let codes = [
    CodePlace(firstByte: 0, byteCount: outer.count, firstChild: 0, childCount: 1),
    CodePlace(firstByte: outer.count, byteCount: inner.count, firstChild: 1, childCount: 0),
  ]
  return constants.withUnsafeBufferPointer { constants in
    codes.withUnsafeBufferPointer { codes in
      (outer + inner).withUnsafeBufferPointer { bytes in
        [1].withUnsafeBufferPointer { children in
          CompiledModule(
            nameCount: names.count, name: { UnsafeBufferPointer(start: names[$0].utf8Start, count: names[$0].utf8CodeUnitCount) },
            constants: constants, codes: codes, bytes: bytes, children: children)
        }
      }
    }
  }
}

private func texts(_ module: CompiledModule) -> [[UInt8]] { withExtendedLifetime(module) { module.names.map { Array($0) } } }
private func bytes(_ module: CompiledModule) -> [UInt8] { withExtendedLifetime(module) { Array(module.root.bytes) } }

@Suite struct MpyTests {
  @Test func roundTrip() throws {
    let file = MpyWriter.file(of: sample(), formatFloat: format)
    let module = try read(file)
    #expect(texts(module) == texts(sample()))
    #expect(module.constants.count == sample().constants.count)
    #expect(bytes(module) == bytes(sample()))
    #expect(module.root.children.count == 1)
    // Writing what was read shows that the constants survived.
    #expect(MpyWriter.file(of: module, formatFloat: format) == file)
    try Verifier.check(module)
  }

  @Test func header() {
    let file = MpyWriter.file(of: sample(), smallIntBits: 31, formatFloat: format)
    #expect(Array(file.prefix(4)) == [0x4d, 6, 0, 31])
    #expect(throws: BytecodeError.self) { try read([0x4d, 5] + file.dropFirst(2)) }
    #expect(throws: BytecodeError(.nativeCode, offset: 4)) { try read([0x4d, 6, 0x0c] + file.dropFirst(3)) }
  }

  @Test func everyPrefixFailsCleanly() {
    let file = MpyWriter.file(of: sample(), formatFloat: format)
    for count in 0..<file.count { #expect(throws: BytecodeError.self) { try read(Array(file.prefix(count))) } }
  }

  @Test func mutationsNeverCrash() {
    let file = MpyWriter.file(of: sample(), formatFloat: format)
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var good = 0
    for _ in 0..<20_000 {
      var bytes = file
      for _ in 0...random(4) { bytes[4 + random(bytes.count - 4)] = UInt8(random(256)) }
      guard let module = try? read(bytes) else { continue }
      good += 1
      _ = try? Verifier.check(module)
      _ = try? Disassembler.listing(of: module, formatFloat: format)
    }
    #expect(good > 0)
  }

  @Test func deepNestingIsAnError() {
    var file: [UInt8] = [0x4d, 6, 0, 31, 0, 1]
    for _ in 0..<5000 { file += [10, 1] }
    #expect(throws: BytecodeError.self) { try read(file + [1]) }
  }

  @Test func verifierRejects() {
    func check(_ instructions: [UInt8]) throws {
      let bytes: [UInt8] = [0x18, 0x02, 0] + instructions
      _ = try bytes.withUnsafeBufferPointer { buffer throws(BytecodeError) in
        try Verifier.check(buffer, nameCount: 1, constantCount: 0, childCount: 0)
      }
    }
    #expect(throws: Never.self) { try check([0x51, 0x63]) }
    // Nothing to return; falls off the end; stack overflow; a constant, a name and a jump that are not there; a reserved byte.
    let bad: [[UInt8]] = [[0x63], [0x51], [0x51, 0x51, 0x51, 0x51, 0x51, 0x63], [0x23, 0, 0x63], [0x11, 1, 0x63], [0x42, 0x7f], [0x00]]
    for instructions in bad { #expect(throws: BytecodeError.self) { try check(instructions) } }
    // A jump into the middle of an instruction.
    #expect(throws: BytecodeError.self) { try check([0x42, 0x41, 0x22, 0x51, 0x51, 0x63]) }
  }
}
