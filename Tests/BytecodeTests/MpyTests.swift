import Testing

@testable import Bytecode

/// Text of the floats that these tests use.
private func format(_ value: Double) -> [UInt8] { Array("\(value)".utf8) }
private func parse(_ text: UnsafeBufferPointer<UInt8>) -> Double? { Double(String(decoding: text, as: UTF8.self)) }

private func read(_ bytes: [UInt8]) throws(BytecodeError) -> CompiledModule {
  try bytes.withUnsafeBufferPointer { buffer throws(BytecodeError) in try MpyReader.module(from: buffer, memory: .system, parseFloat: parse)
  }
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
  let (constants, constantEnds) = sampleConstants()
  let names: [StaticString] = ["sample.py", "<module>", "unusual"]
  let codes = [
    CodePlace(firstByte: 0, byteCount: outer.count, firstChild: 0, childCount: 1),
    CodePlace(firstByte: outer.count, byteCount: inner.count, firstChild: 1, childCount: 0),
  ]
  return constants.withUnsafeBufferPointer { constants in
    constantEnds.withUnsafeBufferPointer { constantEnds in
      codes.withUnsafeBufferPointer { codes in
        (outer + inner).withUnsafeBufferPointer { bytes in
          [UInt32(1)].withUnsafeBufferPointer { children in
            let parts = CompiledModule.Parts(
              nameCount: names.count, constants: constants, constantEnds: constantEnds, codes: codes, bytes: bytes, children: children)
            return CompiledModule(parts, memory: .system) {
              UnsafeBufferPointer(start: names[$0].utf8Start, count: names[$0].utf8CodeUnitCount)
            }.unsafelyUnwrapped
          }
        }
      }
    }
  }
}

/// One encoded constant of each kind, and where each ends.
private func sampleConstants() -> (bytes: [UInt8], ends: [UInt32]) {
  var bytes: [UInt8] = []
  var ends: [UInt32] = []
  func end() { ends.append(UInt32(bytes.count)) }
  for kind in [ConstantCode.none, .true, .false, .ellipsis] {
    bytes.write(kind)
    end()
  }
  Array("text".utf8).withUnsafeBufferPointer { bytes.write(.string, $0) }
  end()
  [0, 255].withUnsafeBufferPointer { bytes.write(.bytes, $0) }
  end()
  bytes.write(.negative, count: 2)
  bytes.write(word: 0xffff_ffff)
  bytes.write(word: 7)
  end()
  bytes.write(.positive, count: 0)
  end()
  for value in [1.5, 1e100] {
    bytes.write(.float)
    bytes.write(value)
    end()
  }
  for (real, imaginary) in [(0, 2), (-1.5, -1e-20)] {
    bytes.write(.complex)
    bytes.write(real as Double)
    bytes.write(imaginary)
    end()
  }
  bytes.write(.tuple, count: 2)
  bytes.write(.tuple, count: 0)
  bytes.write(.positive, count: 1)
  bytes.write(word: 5)
  end()
  return (bytes, ends)
}

private func texts(_ module: CompiledModule) -> [[UInt8]] { module.names.map { Array($0) } }
private func bytes(_ module: CompiledModule) -> [UInt8] { Array(module.root.bytes) }

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
