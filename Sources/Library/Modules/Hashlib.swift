// hashlib — sha256, sha1 and md5 over data that comes in pieces. The rounds themselves are in HashRounds.swift.

extension TypeID {
  static var sha256: TypeID { TypeID(175) }
  static var sha1: TypeID { TypeID(176) }
  static var md5: TypeID { TypeID(177) }
}

private enum HashlibModule {
  static let rows: InlineArray<_, Method> = [
    Method(.sha256, constant: Value(type: .sha256)),
    Method(.sha1, constant: Value(type: .sha1)),
    Method(.md5, constant: Value(type: .md5)),
  ]
}

private func hashlibRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: HashlibModule.rows.span[index]) }

extension ModuleRow {
  static let hashlib = ModuleRow(.hashlib, isExtensible: true, rowCount: UInt8(HashlibModule.rows.count), row: hashlibRow)
}

/// A hash under way. Pointer-free.
struct HashObject {
  var header: ObjectHeader
  var state: HashState
  /// Bytes of a block that is not full yet, and how many bytes there were in all.
  var block: InlineArray<64, UInt8>
  var total: UInt64
}

private enum HashMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.update, 2...2, hashUpdate), Method(.digest, 1...1, hashDigest), Method(.hexdigest, 1...1, hashHexDigest),
  ]
}

private func hashMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: HashMethods.rows.span[index]) }

extension TypeRow {
  static let sha256 = TypeRow(
    .sha256, isSubclassable: false, methodCount: UInt8(HashMethods.rows.count), method: hashMethod, make: sha256Make)
  static let sha1 = TypeRow(.sha1, isSubclassable: false, methodCount: UInt8(HashMethods.rows.count), method: hashMethod, make: sha1Make)
  static let md5 = TypeRow(.md5, isSubclassable: false, methodCount: UInt8(HashMethods.rows.count), method: hashMethod, make: md5Make)
}

private func sha256Make(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value { try hashMake(vm, .sha256, arguments) }
private func sha1Make(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value { try hashMake(vm, .sha1, arguments) }
private func md5Make(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value { try hashMake(vm, .md5, arguments) }

private func hashMake(_ vm: VM, _ type: TypeID, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  let object = try vm.allocate(HashObject.self, atomic: true)
  let kind: HashKind = type == .sha256 ? .sha256 : type == .sha1 ? .sha1 : .md5
  object.initialize(
    to: HashObject(header: ObjectHeader(type), state: HashState(kind), block: InlineArray(repeating: 0), total: 0))
  if arguments.count > 0 { try update(vm, object, arguments[0]) }
  return Value(object)
}

private func update(_ vm: VM, _ hash: Ref<HashObject>, _ data: Value) throws(PyError) {
  if vm.isString(data) { try vm.raise(.typeError, "a bytes-like object is required, not '%t'", data) }
  let buffer = try vm.getBuffer(data, writable: false)
  add(hash, UnsafePointer(buffer.start), buffer.count)
}

private func add(_ hash: Ref<HashObject>, _ bytes: UnsafePointer<UInt8>, _ count: Int) {
  var used = Int(hash.pointee.total & 63)
  hash.pointee.total &+= UInt64(count)
  for index in 0..<count {
    hash.pointee.block[used] = bytes[index]
    used &+= 1
    if used == 64 {
      hash.pointee.state.add(hash.pointee.block)
      used = 0
    }
  }
}

private func hashUpdate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try update(vm, arguments[0].unchecked(HashObject.self), arguments[1])
  return .none
}

/// The state after the data has ended with a bit, zeros and the length in bits. The hash itself stays as it was: more can be added.
private func finalState(_ hash: Ref<HashObject>) -> HashState {
  let saved = hash.pointee
  let bits = saved.total &<< 3
  var padding: UInt8 = 0x80
  repeat {
    add(hash, &padding, 1)
    padding = 0
  } while hash.pointee.total & 63 != 56
  let isBigEndian = saved.state.kind != .md5
  for index in 0..<8 {
    var byte = UInt8(truncatingIfNeeded: bits &>> UInt64(8 &* (isBigEndian ? 7 &- index : index)))
    add(hash, &byte, 1)
  }
  let result = hash.pointee.state
  hash.pointee = saved
  return result
}

private func hashDigest(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let state = finalState(arguments[0].unchecked(HashObject.self))
  let result = try vm.newTextObject(.bytes, count: state.digestCount, isASCII: false)
  for index in 0..<state.digestCount { TextObject.bytes(result)[index] = state.digestByte(index) }
  return Value(result)
}

private func hashHexDigest(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let state = finalState(arguments[0].unchecked(HashObject.self))
  var builder = StringBuilder(vm)
  for index in 0..<state.digestCount {
    let byte = state.digestByte(index)
    try builder.append(byte: hexadecimalDigit(byte &>> 4))
    try builder.append(byte: hexadecimalDigit(byte & 15))
  }
  return try builder.finish()
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 &+ value : 87 &+ value }
