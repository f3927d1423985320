// vfs.VfsRom — a read-only file system over an image in the ROMFS format (Core/RomImage.swift) that lies in a buffer. Modules that are bytecode
// run in the buffer.

extension TypeID {
  static var vfsRom: TypeID { TypeID(186) }
}

struct VfsRomObject {
  var header: ObjectHeader
  /// What the image lies in.
  var buffer: Value
  /// The current folder, from the root on.
  var folder: Value
  var start: UnsafePointer<UInt8>
  var count: Int
  /// Nobody can change the buffer, so that verified code stays as it is.
  var isConstant: Bool
}

private enum VfsRomMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.open, 3...3, romOpen),
    Method(.ilistdir, 1...2, romIlistdir),
    Method(.chdir, 2...2, romChdir),
    Method(.getcwd, 1...1, romGetcwd),
    Method(.stat, 2...2, romStat),
    Method(.statvfs, 2...2, romStatvfs),
    Method(.mount, 3...3, romNothing),
    Method(.umount, 1...1, romNothing),
  ]
}

private func romMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: VfsRomMethods.rows.span[index]) }

extension TypeRow {
  static let vfsRom = TypeRow(
    .VfsRom, isSubclassable: false, methodCount: UInt8(VfsRomMethods.rows.count), method: romMethod, make: romMake)
}

/// Error numbers of this file.
private enum RomErrno {
  static var noEntry: Int { 2 }
  static var noDevice: Int { 19 }
  static var notFolder: Int { 20 }
  static var isFolder: Int { 21 }
  static var invalid: Int { 22 }
  static var readOnly: Int { 30 }
}

/// `VfsRom(buffer)`; OSError if there is no image in it.
private func romMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 1)
  let buffer = try vm.getBuffer(arguments[0], writable: false)
  guard RomImage(at: UnsafePointer(buffer.start), count: buffer.count) != nil else { try vm.raiseOSError(RomErrno.noDevice) }
  let object = try vm.allocate(VfsRomObject.self)
  object.initialize(
    to: VfsRomObject(
      header: ObjectHeader(.vfsRom), buffer: arguments[0], folder: Value(Qstr.slash), start: UnsafePointer(buffer.start),
      count: buffer.count,
      isConstant: (try? vm.getBuffer(arguments[0], writable: true)) == nil))
  return Value(object)
}

extension VM {
  private func romImage(_ filesystem: Value) -> RomImage {
    let object = filesystem.unchecked(VfsRomObject.self)
    return RomImage(at: object.pointee.start, count: object.pointee.count).unsafelyUnwrapped
  }

  /// The path from the root on.
  private func romPath(_ filesystem: Value, _ path: Text) throws(PyError) -> Text {
    let folder = uncheckedText(filesystem.unchecked(VfsRomObject.self).pointee.folder)
    if path.count > 0 && path[0] == 47 || folder.count == 1 { return path }
    var builder = StringBuilder(self)
    try builder.append(folder)
    try builder.append(byte: 47)
    try builder.append(path)
    return try uncheckedText(builder.finish())
  }

  fileprivate func findInRom(_ filesystem: Value, _ path: Value) throws(PyError) -> (image: RomImage, entry: RomImage.Entry) {
    let image = romImage(filesystem)
    guard let entry = image.find(try romPath(filesystem, osPath(self, path))) else { try raiseOSError(RomErrno.noEntry) }
    return (image, entry)
  }

  fileprivate func changeRomFolder(_ filesystem: Value, _ path: Value) throws(PyError) {
    guard try findInRom(filesystem, path).entry.isFolder else { try raiseOSError(RomErrno.notFolder) }
    var text = try romPath(filesystem, osPath(self, path))
    while text.count > 1 && text[text.count &- 1] == 47 { text.count &-= 1 }
    var builder = StringBuilder(self)
    if text.count == 0 || text[0] != 47 { try builder.append(byte: 47) }
    try builder.append(text)
    filesystem.unchecked(VfsRomObject.self).pointee.folder = try builder.finish()
  }

  /// The code of a bytecode file that lies in a mounted image, to be run there; null if the path is something else.
  func romCode(_ path: Text) throws(PyError) -> Value {
    guard isBytecodeName(path), mounts != nil else { return .null }
    let place = resolve(path)
    guard place.filesystem.isObject(.vfsRom), place.filesystem.unchecked(VfsRomObject.self).pointee.isConstant else { return .null }
    let found = try findInRom(place.filesystem, newString(place.path))
    return found.entry.isFolder ? .null : try loadMpyInPlace(found.image.bytes(found.entry))
  }
}

/// `open(path, mode)`: for reading only.
private func romOpen(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var isBinary = false
  let mode = try vm.text(ofString: arguments[2])
  for index in 0..<mode.count {
    switch mode[index] {
    case UInt8(ascii: "b"): isBinary = true
    case UInt8(ascii: "r"), UInt8(ascii: "t"): break
    case UInt8(ascii: "w"), UInt8(ascii: "a"), UInt8(ascii: "x"), UInt8(ascii: "+"): try vm.raiseOSError(RomErrno.readOnly)
    default: try vm.raiseOSError(RomErrno.invalid)
    }
  }
  let (image, entry) = try vm.findInRom(arguments[0], arguments[1])
  if entry.isFolder { try vm.raiseOSError(RomErrno.isFolder) }
  let bytes = image.bytes(entry)
  if isBinary { return try vm.call(Value(type: .bytesIO), vm.newBytes(bytes.start, bytes.count)) }
  return try vm.call(Value(type: .stringIO), vm.newString(validating: bytes))
}

private func romIlistdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let (image, folder) = try vm.findInRom(arguments[0], arguments.count > 1 ? arguments[1] : Value(Qstr.empty))
  guard folder.isFolder else { try vm.raiseOSError(RomErrno.notFolder) }
  let list = try vm.newList()
  var offset = folder.start
  while let item = image.next(in: folder, at: &offset) {
    let name = try vm.newString(validating: item.name)
    let kind = Value(smallInt: item.entry.isFolder ? 0x4000 : 0x8000)
    let tuple = try vm.newTupleObject(4)
    TupleObject.items(tuple)[0] = name
    TupleObject.items(tuple)[1] = kind
    TupleObject.items(tuple)[2] = Value(smallInt: 0)
    TupleObject.items(tuple)[3] = Value(smallInt: item.entry.isFolder ? 0 : item.entry.count)
    try vm.listAppend(list, Value(tuple))
  }
  return try vm.getIterator(Value(list))
}

private func romChdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.changeRomFolder(arguments[0], arguments[1])
  return .none
}

private func romGetcwd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(VfsRomObject.self).pointee.folder
}

private func romStat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let entry = try vm.findInRom(arguments[0], arguments[1]).entry
  return try romNumbers(vm, (0, entry.isFolder ? 0x4000 : 0x8000), (6, entry.isFolder ? 0 : entry.count))
}

/// A volume of blocks of one byte, all taken.
private func romStatvfs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let tuple = try romNumbers(vm, (0, 1), (2, arguments[0].unchecked(VfsRomObject.self).pointee.count))
  TupleObject.items(tuple.unchecked(TupleObject.self))[9] = Value(smallInt: 32767)
  return tuple
}

/// Ten numbers, all but two of which are 0.
private func romNumbers(_ vm: VM, _ first: (Int, Int), _ second: (Int, Int)) throws(PyError) -> Value {
  let tuple = try vm.newTupleObject(10)
  for index in 0..<10 {
    TupleObject.items(tuple)[index] = Value(smallInt: index == first.0 ? first.1 : index == second.0 ? second.1 : 0)
  }
  return Value(tuple)
}

private func romNothing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .none }
