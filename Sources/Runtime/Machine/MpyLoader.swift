// .mpy files: what they are trusted with. A file is read, its texts are checked, and unless the engine is built to trust its files
// (`TAIPAN_TRUSTS_BYTECODE`: for firmwares whose flash is too small for the verifier) its code is proved sound before any of it becomes a code object.
import Bytecode
import Numerics

enum BytecodeTrust {
  #if TAIPAN_TRUSTS_BYTECODE
    static var isBlind: Bool { true }
  #else
    static var isBlind: Bool { false }
  #endif
}

extension VM {
  /// Whether a file of that name is bytecode.
  public func isBytecodeName(_ path: Text) -> Bool {
    let count = path.count
    guard count > 4 else { return false }
    return path[count &- 4] == 46 && path[count &- 3] == 109 && path[count &- 2] == 112 && path[count &- 1] == 121
  }

  /// The code object of a .mpy file's bytes. ValueError if they are not sound. Allocates.
  public func loadMpy(_ file: Text) throws(PyError) -> Value {
    let module = try readMpy(file)
    defer { module.deallocate() }
    try checkTexts(module)
    if !BytecodeTrust.isBlind { _ = try verify(module) }
    return Value(try loadCode(module))
  }

  /// The same with the bytes staying where they are, for good. Allocates.
  func loadMpyInPlace(_ file: Text) throws(PyError) -> Value {
    let module = try readMpy(file)
    defer { module.deallocate() }
    try checkTexts(module)
    // Where something must be changed the code is copied.
    if !BytecodeTrust.isBlind, try verify(module) { return Value(try loadCode(module)) }
    var loader = InPlaceLoader(self, file)
    return Value(try loader.load())
  }

  /// The code object of a file, source or bytecode, whose bytes are given. Allocates.
  public func loadFile(_ bytes: Text, fileName: Text) throws(PyError) -> Value {
    isBytecodeName(fileName) ? try loadMpy(bytes) : try compileSource(bytes, fileName: fileName, .file)
  }

  private func readMpy(_ file: Text) throws(PyError) -> CompiledModule {
    do throws(BytecodeError) {
      return try MpyReader.module(
        from: UnsafeBufferPointer(start: file.start, count: file.count), smallIntBits: UInt8(Int.bitWidth - 1), memory: workMemory
      ) {
        text in
        text.baseAddress.flatMap { FloatText.parseDouble($0, text.count) }
      }
    } catch {
      switch error.kind {
      case .incompatible: try raise(.valueError, "incompatible .mpy file")
      case .noMemory: throw outOfMemory(0)
      case .nativeCode: try raise(.valueError, "incompatible .mpy arch")
      default: try raiseUnsound(error.kind, error.offset, where: .null)
      }
    }
  }

  /// Everything that becomes a string is UTF-8.
  private func checkTexts(_ module: CompiledModule) throws(PyError) {
    for index in 0..<module.names.count {
      let name = module.names[index]
      guard let start = name.baseAddress else { continue }
      if Utf8.validate(start, name.count) != name.count {
        try raise(.valueError, "invalid .mpy file: text of name %s is not UTF-8", Value(smallInt: index))
      }
    }
    for index in 0..<module.constants.count where !isText(module.constants[index]) {
      try raise(.valueError, "invalid .mpy file: text of constant %s is not UTF-8", Value(smallInt: index))
    }
  }

  private func isText(_ constant: Constant) -> Bool {
    switch constant {
    case .string(let bytes): return bytes.baseAddress.map { Utf8.validate($0, bytes.count) == bytes.count } ?? true
    case .tuple(let items):
      for item in items where !isText(item) { return false }
      return true
    default: return true
    }
  }

  /// Answers whether something had to be changed.
  private func verify(_ module: CompiledModule) throws(PyError) -> Bool {
    do throws(BytecodeError) {
      let verification = try Verifier.check(module)
      module.fixExceptionTests(verification)
      return !verification.exceptionTests.isEmpty
    } catch {
      try raiseUnsound(error.kind, error.offset, where: codeName(module, error.code))
    }
  }

  /// The name of a code object, or null.
  private func codeName(_ module: CompiledModule, _ number: Int) throws(PyError) -> Value {
    guard number >= 0, let header = try? CodeHeader(module.code(number).bytes), header.name < module.names.count else { return .null }
    return Value(try intern(module.names[header.name]))
  }

  @inline(never) private func raiseUnsound(_ kind: BytecodeError.Kind, _ offset: Int, where place: Value) throws(PyError) -> Never {
    let what = try newString(kind.text)
    if place.isNull { try raise(.valueError, "invalid .mpy file: %s at %s", what, Value(smallInt: offset)) }
    try raise(.valueError, "invalid .mpy file: %s at %s of '%s'", what, Value(smallInt: offset), place)
  }
}
