// Code objects over a .mpy file that stays where it is (in flash): instructions run there and names are read there. Only code objects, the tables
// of names and constants, and constants that are objects take memory. The file is trusted: the tool that froze it has verified it.
import Bytecode

struct InPlaceLoader {
  private let vm: VM
  private var reader: ByteReader

  init(_ vm: VM, _ file: Text) {
    self.vm = vm
    reader = ByteReader(base: file.start, count: file.count, offset: 4)
  }

  /// The code object of the module's body. Allocates.
  mutating func load() throws(PyError) -> Ref<CodeObject> {
    guard reader.count > 4, reader.base[0] == 0x4d, reader.base[1] == 6, reader.base[2] & 0xfc == 0, reader.base[3] < Int.bitWidth else {
      try vm.raise(.valueError, "incompatible .mpy file")
    }
    let nameCount = try unsigned()
    let constantCount = try unsigned()
    let context = try vm.allocate(CodeContext.self)
    context.initialize(
      to: CodeContext(
        header: ObjectHeader(.codeContext), names: UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped,
        constants: UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped, nameCount: 0, constantCount: 0))
    let names = UnsafeMutableRawPointer(try vm.allocateBytes(nameCount &* MemoryLayout<Qstr>.stride)).assumingMemoryBound(to: Qstr.self)
    for index in 0..<nameCount { names[index] = try name() }
    context.pointee.names = names
    context.pointee.nameCount = UInt32(truncatingIfNeeded: nameCount)
    let constants = try vm.allocateValues(max(constantCount, 1))
    context.pointee.constants = constants
    context.pointee.constantCount = UInt32(truncatingIfNeeded: constantCount)
    for index in 0..<constantCount { constants[index] = try constant() }
    return try code(context)
  }

  private mutating func unsigned() throws(PyError) -> Int {
    guard let value = try? reader.unsigned() else { try raiseCut() }
    return value
  }

  /// The next bytes, where they lie.
  private mutating func text(_ count: Int) throws(PyError) -> Text {
    guard let bytes = try? reader.bytes(count) else { try raiseCut() }
    return Text(start: bytes.baseAddress.unsafelyUnwrapped, count: count, isASCII: false)
  }

  @inline(never) private func raiseCut() throws(PyError) -> Never { try vm.raise(.valueError, "incompatible .mpy file") }

  private mutating func name() throws(PyError) -> Qstr {
    let length = try unsigned()
    if length & 1 != 0 {
      guard length > 1 && length &>> 1 < StaticNames.count else { try raiseCut() }
      return try vm.intern(StaticNames.text(length &>> 1))
    }
    if length == 0 {
      _ = try text(1)
      return .empty
    }
    let name = try text(length &>> 1)
    _ = try text(1)
    return try vm.intern(name, immortal: true)
  }

  private mutating func constant() throws(PyError) -> Value {
    let kind = try text(1)[0]
    switch kind {
    case 1: return .none
    case 2: return .false
    case 3: return .true
    case 4: return .ellipsis
    case 10: return try tuple()
    default: break
    }
    let text = try text(try unsigned())
    switch kind {
    case 5:
      _ = try self.text(1)
      return try vm.newString(validating: text)
    case 6:
      _ = try self.text(1)
      return try vm.newBytes(text.start, text.count)
    case 7: return try vm.parseInt(text, 10)
    case 8: return try vm.newFloat(vm.parseFloat(text))
    case 9: return try vm.call(Value(type: .complex), vm.newString(text))
    default: try raiseCut()
    }
  }

  private mutating func tuple() throws(PyError) -> Value {
    let count = try unsigned()
    if count == 0 { return vm.interpreter.pointee.emptyTuple }
    let tuple = try vm.newTupleObject(count)
    for index in 0..<count { TupleObject.items(tuple)[index] = try constant() }
    return Value(tuple)
  }

  private mutating func code(_ context: Ref<CodeContext>) throws(PyError) -> Ref<CodeObject> {
    let word = try unsigned()
    guard word & 3 == 0 else { try vm.raise(.valueError, "incompatible .mpy arch") }
    let bytes = try text(word &>> 3)
    let childCount = word & 4 != 0 ? try unsigned() : 0
    let children = try vm.allocateValues(max(childCount, 1))
    for index in 0..<childCount { children[index] = Value(try code(context)) }
    return try vm.newCode(
      bytes.start, bytes.count, context, UnsafeMutableRawPointer(children).assumingMemoryBound(to: Ref<CodeObject>.self), childCount)
  }
}
