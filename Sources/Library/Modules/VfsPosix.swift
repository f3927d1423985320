// vfs.VfsPosix — the port's own files as a file system object, whole or from some folder on.

extension TypeID {
  static var vfsPosix: TypeID { TypeID(180) }
}

struct VfsPosixObject {
  var header: ObjectHeader
  /// What is put in front of each path: empty, or a folder without a slash at its end.
  var root: Value
}

private enum VfsPosixMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.open, 3...3, posixOpen),
    Method(.ilistdir, 1...2, posixIlistdir),
    Method(.mkdir, 2...2, posixChange, data: 0),
    Method(.rmdir, 2...2, posixChange, data: 1),
    Method(.remove, 2...2, posixChange, data: 2),
    Method(.rename, 3...3, posixChange, data: 3),
    Method(.chdir, 2...2, posixChange, data: 4),
    Method(.stat, 2...2, posixStatus, data: 0),
    Method(.statvfs, 2...2, posixStatus, data: 1),
    Method(.getcwd, 1...1, posixGetcwd),
    Method(.mount, 3...3, posixNothing),
    Method(.umount, 1...1, posixNothing),
  ]
}

private func posixMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: VfsPosixMethods.rows.span[index]) }

extension TypeRow {
  static let vfsPosix = TypeRow(
    .VfsPosix, isSubclassable: false, methodCount: UInt8(VfsPosixMethods.rows.count), method: posixMethod, make: posixMake)
}

/// `VfsPosix(root='')`.
private func posixMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  if !vm.interpreter.pointee.port.hasFiles { try vm.raiseOSError(19) }
  guard arguments.count > 0 else { return try vm.newPosixFilesystem() }
  var root = try osPath(vm, arguments[0])
  while root.count > 0 && root[root.count &- 1] == 47 { root.count &-= 1 }
  return try vm.newPosixFilesystem(vm.newString(root))
}

extension VM {
  func newPosixFilesystem(_ root: Value = Value(Qstr.empty)) throws(PyError) -> Value {
    let object = try allocate(VfsPosixObject.self)
    object.initialize(to: VfsPosixObject(header: ObjectHeader(.vfsPosix), root: root))
    return Value(object)
  }

  /// A path of the file system as a path of the port.
  private func place(_ filesystem: Value, _ path: Value) throws(PyError) -> Value {
    let root = filesystem.unchecked(VfsPosixObject.self).pointee.root
    let text = try osPath(self, path)
    if uncheckedText(root).count == 0 { return try newString(text) }
    var builder = StringBuilder(self)
    try builder.append(uncheckedText(root))
    if text.count == 0 || text[0] != 47 { try builder.append(byte: 47) }
    try builder.append(text)
    return try builder.finish()
  }

  fileprivate func placeText(_ filesystem: Value, _ path: Value) throws(PyError) -> Text { try uncheckedText(place(filesystem, path)) }
}

private func posixOpen(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let path = try vm.placeText(arguments[0], arguments[1])
  return try vm.openPortFile(path, mode: vm.text(ofString: arguments[2]), name: arguments[1])
}

private func posixIlistdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let path = arguments.count > 1 ? arguments[1] : Value(Qstr.empty)
  return Value(try openPortFolder(vm, vm.placeText(arguments[0], path), isBytes: false))
}

private func posixChange(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let operation = vm.state.pointee.rowData
  let first = try vm.placeText(arguments[0], arguments[1])
  let second = arguments.count > 2 ? try vm.placeText(arguments[0], arguments[2]) : Text("")
  let result = vm.interpreter.pointee.port.folders.change(operation, first, second)
  if result < 0 { try vm.raiseOSError(-result) }
  return .none
}

private func posixStatus(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let isVolume = vm.state.pointee.rowData != 0
  return try portStatus(vm, isVolume, vm.placeText(arguments[0], arguments[1]))
}

/// Below the root, if the port's current folder is there.
private func posixGetcwd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let folder = try portFolder(vm)
  let root = vm.uncheckedText(arguments[0].unchecked(VfsPosixObject.self).pointee.root)
  let text = vm.uncheckedText(folder)
  if root.count == 0 || text.count < root.count || compareMemory(text.start, root.start, root.count) != 0 { return folder }
  if text.count == root.count { return try vm.newString("/") }
  return try vm.newString(Text(start: text.start + root.count, count: text.count &- root.count, isASCII: text.isASCII))
}

private func posixNothing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .none }
