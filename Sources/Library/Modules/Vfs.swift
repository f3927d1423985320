// vfs — mounting file systems, and what the module `os` does with those that are mounted. The table itself is in Core/Mounts.swift.

private enum VfsModule {
  static let rows: InlineArray<_, Method> = [
    Method(.mount, "fsobj=?, mount_point=?, *, readonly=False, mkfs=False", vfsMount),
    Method(.umount, 1...1, vfsUnmount),
    Method(.VfsLfs2, constant: Value(type: .vfsLfs2)),
    Method(.VfsPosix, constant: Value(type: .vfsPosix)),
    Method(.VfsRom, constant: Value(type: .vfsRom)),
  ]
}

private func vfsRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: VfsModule.rows.span[index]) }

extension ModuleRow {
  static let vfs = ModuleRow(.vfs, rowCount: UInt8(VfsModule.rows.count), row: vfsRow)
}

/// Error numbers of this file.
private enum MountErrno {
  static var notPermitted: Int { 1 }
  static var noEntry: Int { 2 }
  static var noDevice: Int { 19 }
  static var invalid: Int { 22 }
}

// MARK: Mounting

/// `mount(filesystem, mount_point, *, readonly=False, mkfs=False)`; without arguments the list of what is mounted.
func vfsMount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0].isNull { return try listMounts(vm) }
  guard !arguments[1].isNull else { try vm.raise(.typeError, "mount point missing") }
  let point = vm.unwrapped(arguments[1])
  let text = try vm.text(ofString: point)
  guard text.count > 0, text[0] == 47, text.count == 1 || text[text.count &- 1] != 47 else { try vm.raiseOSError(MountErrno.invalid) }
  if let mounts = vm.mounts {
    for index in 0..<mounts.pointee.count where vm.uncheckedText(vm.mountItem(mounts.pointee.items[index], 0)) == text {
      try vm.raiseOSError(MountErrno.notPermitted)
    }
  }
  let filesystem = try filesystem(vm, arguments[0])
  _ = try vm.callMethod(filesystem, .mount, Value(vm.isTrue(arguments[2])), Value(vm.isTrue(arguments[3])))
  try vm.addMount(filesystem, at: point)
  return .none
}

/// What is to be mounted: a file system, or the one that a block device holds.
private func filesystem(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  if try !vm.findAttribute(value, .mount).isNull { return value }
  return try vm.call(Value(type: .vfsLfs2), value)
}

private func listMounts(_ vm: VM) throws(PyError) -> Value {
  let list = try vm.newList()
  if vm.interpreter.pointee.port.hasFiles { try vm.listAppend(list, vm.newTuple(vm.newPosixFilesystem(), vm.newString("/"))) }
  guard let mounts = vm.mounts else { return Value(list) }
  for index in 0..<mounts.pointee.count {
    let entry = mounts.pointee.items[index]
    try vm.listAppend(list, vm.newTuple(vm.mountItem(entry, 1), vm.mountItem(entry, 0)))
  }
  return Value(list)
}

/// `umount(filesystem or mount_point)`.
func vfsUnmount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard let mounts = vm.mounts else { try vm.raiseOSError(MountErrno.invalid) }
  let wanted = arguments[0]
  for index in 0..<mounts.pointee.count {
    let entry = mounts.pointee.items[index]
    let isName = vm.isString(wanted) && vm.uncheckedText(vm.unwrapped(wanted)) == vm.uncheckedText(vm.mountItem(entry, 0))
    guard isName || wanted == vm.mountItem(entry, 1) else { continue }
    mounts.pointee.count &-= 1
    for later in index..<mounts.pointee.count { mounts.pointee.items[later] = mounts.pointee.items[later &+ 1] }
    mounts.pointee.items[mounts.pointee.count] = .null
    if vm.interpreter.pointee.currentMount == entry { vm.interpreter.pointee.currentMount = .null }
    _ = try vm.callMethod(vm.mountItem(entry, 1), Qstr.umount)
    return .none
  }
  try vm.raiseOSError(MountErrno.invalid)
}

extension VM {
  /// Adds a file system that is ready to the table. *Allocates*.
  public func addMount(_ filesystem: Value, at point: Value) throws(PyError) {
    let entry = try newTuple(point, filesystem)
    if mounts == nil { interpreter.pointee.mounts = Value(try newList()) }
    try listAppend(interpreter.pointee.mounts.unchecked(ListObject.self), entry)
  }

  // MARK: What `os` does with mounted file systems

  /// Performs one of `FolderOperations`' changes; false if the path belongs to the port.
  func changeMounted(_ operation: Int, _ first: Text, _ second: Text) throws(PyError) -> Bool {
    guard mounts != nil else { return false }
    let place = resolve(first)
    if operation == FolderOperations.changeFolder { return try changeFolder(first, place) }
    if operation == FolderOperations.rename {
      let target = resolve(second)
      if place.filesystem != target.filesystem { try raiseOSError(MountErrno.notPermitted) }
      if place.filesystem.isNull { return false }
      _ = try callMethod(place.filesystem, Qstr.rename, newString(place.path), newString(target.path))
      return true
    }
    if place.filesystem.isNull { return false }
    let name: Qstr =
      operation == FolderOperations.makeFolder ? .mkdir : operation == FolderOperations.removeFolder ? .rmdir : .remove
    _ = try callMethod(place.filesystem, name, newString(place.path))
    return true
  }

  private func changeFolder(_ path: Text, _ place: MountedPath) throws(PyError) -> Bool {
    if place.filesystem.isNull {
      // Of a port without files there is the root alone.
      let isRoot = path.equals("/") || path.count == 0
      if !interpreter.pointee.port.hasFiles && !isRoot { try raiseOSError(MountErrno.noEntry) }
      interpreter.pointee.currentMount = .null
      return !interpreter.pointee.port.hasFiles
    }
    _ = try callMethod(place.filesystem, Qstr.chdir, newString(place.path))
    guard let mounts else { return true }
    for index in 0..<mounts.pointee.count where mountItem(mounts.pointee.items[index], 1) == place.filesystem {
      interpreter.pointee.currentMount = mounts.pointee.items[index]
    }
    return true
  }

  /// The name of the current folder, if a mounted file system holds it; else null.
  func mountedFolderName() throws(PyError) -> Value {
    let current = interpreter.pointee.currentMount
    if current.isNull { return .null }
    let folder = try callMethod(mountItem(current, 1), Qstr.getcwd)
    let point = mountItem(current, 0)
    let text = try text(ofString: folder)
    if text.equals("/") || text.count == 0 { return point }
    return uncheckedText(point).count == 1 ? folder : try concatenate(point, folder)
  }

  /// `stat` or `statvfs` of a path in a mounted file system; null if it belongs to the port.
  func mountedStatus(_ isVolume: Bool, _ path: Text) throws(PyError) -> Value {
    guard mounts != nil else { return .null }
    let place = resolve(path)
    if !place.filesystem.isNull { return try callMethod(place.filesystem, isVolume ? Qstr.statvfs : Qstr.stat, newString(place.path)) }
    if interpreter.pointee.port.hasFiles || !(path.equals("/") || path.count == 0) { return .null }
    // The root, which holds the mount points and nothing else.
    let tuple = try newTupleObject(10)
    for index in 0..<10 { TupleObject.items(tuple)[index] = Value(smallInt: index == 0 && !isVolume ? 0x4000 : 0) }
    return Value(tuple)
  }

  /// An iterator over the entries of a folder in a mounted file system; null if the folder belongs to the port.
  func mountedEntries(_ path: Text) throws(PyError) -> Value {
    guard let mounts else { return .null }
    let place = resolve(path)
    if !place.filesystem.isNull { return try callMethod(place.filesystem, Qstr.ilistdir, newString(place.path)) }
    if interpreter.pointee.port.hasFiles { return .null }
    guard path.equals("/") || path.count == 0 else { try raiseOSError(MountErrno.noEntry) }
    let entries = try newList()
    for index in 0..<mounts.pointee.count {
      let point = uncheckedText(mountItem(mounts.pointee.items[index], 0))
      if point.count < 2 { continue }
      let name = try newString(Text(start: point.start + 1, count: point.count &- 1, isASCII: point.isASCII))
      try listAppend(entries, newTuple(name, Value(smallInt: 0x4000), Value(smallInt: 0)))
    }
    return try getIterator(Value(entries))
  }
}
