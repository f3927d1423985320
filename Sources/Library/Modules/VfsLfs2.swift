// vfs.VfsLfs2 — littlefs over a block device: an object of a program's with readblocks, writeblocks and ioctl, or a device of the port's
// (NativeDevice.swift). The file system itself is the target Filesystem.

import Filesystem

extension TypeID {
  static var vfsLfs2: TypeID { TypeID(182) }
  static var lfs2Iterator: TypeID { TypeID(183) }
  static var lfs2File: TypeID { TypeID(184) }
}

struct VfsLfs2Object {
  var header: ObjectHeader
  /// The block device, the current folder (which ends with a slash), and the thread for calls of the device.
  var device: Value
  var folder: Value
  var state: UnsafeMutablePointer<ThreadState>
  /// What the device raised, or null.
  var failure: Value
  /// True while the file system is at work: the device must not use it.
  var isBusy: Bool
  var keepsTime: Bool
  var files: LittleFS
}

private enum VfsLfs2Methods {
  static let rows: InlineArray<_, Method> = [
    Method(.mkfs, staticMethod: 1...4, lfs2Mkfs),
    Method(.open, 3...3, lfs2Open),
    Method(.ilistdir, 1...2, lfs2Ilistdir),
    Method(.mkdir, 2...2, lfs2Change, data: 0),
    Method(.rmdir, 2...2, lfs2Change, data: 1),
    Method(.remove, 2...2, lfs2Change, data: 2),
    Method(.rename, 3...3, lfs2Rename),
    Method(.chdir, 2...2, lfs2Chdir),
    Method(.getcwd, 1...1, lfs2Getcwd),
    Method(.stat, 2...2, lfs2Stat),
    Method(.statvfs, 2...2, lfs2Statvfs),
    Method(.mount, 3...3, lfs2Nothing),
    Method(.umount, 1...1, lfs2Nothing),
  ]
}

private func lfs2Method(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: VfsLfs2Methods.rows.span[index]) }

extension TypeRow {
  static let vfsLfs2 = TypeRow(
    .VfsLfs2, isSubclassable: false, methodCount: UInt8(VfsLfs2Methods.rows.count), method: lfs2Method, make: lfs2Make)
  static let lfs2Iterator = TypeRow(.iterator, isSubclassable: false, iterate: lfs2Iterate, next: lfs2Next)
  static let lfs2File = TypeRow(.object, isSubclassable: false)
}

// MARK: Making

/// `VfsLfs2(device, readsize=32, progsize=32, lookahead=32, mtime=True)`: OSError if there is no file system on the device.
private func lfs2Make(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("block_dev, readsize=32, progsize=32, lookahead=32, mtime=True", arguments)
  let object = try vm.newLittleFS(bound[0], programSize: vm.intValue(bound[2]), keepsTime: vm.isTrue(bound[4]))
  try vm.working(object) { (files) throws(StorageError) in try files.pointee.mount() }
  return Value(object)
}

/// `VfsLfs2.mkfs(device, readsize=32, progsize=32, lookahead=32)`.
private func lfs2Mkfs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let programSize = arguments.count > 2 ? try vm.intValue(arguments[2]) : 32
  let object = try vm.newLittleFS(arguments[0], programSize: programSize, keepsTime: false)
  try vm.working(object) { (files) throws(StorageError) in try files.pointee.format() }
  return .none
}

extension VM {
  /// A file system on a device, neither formatted nor mounted.
  func newLittleFS(_ device: Value, programSize: Int, keepsTime: Bool) throws(PyError) -> Ref<VfsLfs2Object> {
    let object = try allocate(VfsLfs2Object.self)
    let functions = try blockDevice(device, programSize: programSize, context: UnsafeMutableRawPointer(object))
    guard LittleFS.accepts(functions) else { try raiseOSError(22) }
    let memory = UnsafeMutableRawPointer(try allocateValues(LittleFS.memorySize(functions) / MemoryLayout<Value>.size &+ 1))
    object.initialize(
      to: VfsLfs2Object(
        header: ObjectHeader(.vfsLfs2), device: device, folder: Value(Qstr.slash), state: state, failure: .null, isBusy: false,
        keepsTime: keepsTime,
        files: LittleFS(functions, memory: memory)))
    return object
  }

  /// Calls with the file system, which may call the device. Its errors become OSError; what the device raised goes on.
  func working<Result>(
    _ object: Ref<VfsLfs2Object>, _ body: (UnsafeMutablePointer<LittleFS>) throws(StorageError) -> Result
  ) throws(PyError) -> Result {
    if object.pointee.isBusy { try raiseOSError(16) }
    object.pointee.isBusy = true
    object.pointee.state = state
    object.pointee.failure = .null
    defer { object.pointee.isBusy = false }
    do throws(StorageError) {
      return try withUnsafeMutablePointer(to: &object.pointee.files) { (files) throws(StorageError) in try body(files) }
    } catch {
      let failure = object.pointee.failure
      object.pointee.failure = .null
      if !failure.isNull { throw PyError(failure) }
      try raiseOSError(Int(error.code))
    }
  }

  /// A path from the root, without `.` and `..`.
  func lfs2Path(_ object: Ref<VfsLfs2Object>, _ path: Value) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    let text = try osPath(self, path)
    if text.count == 0 || text[0] != 47 { try appendParts(uncheckedText(object.pointee.folder), &builder) }
    try appendParts(text, &builder)
    if builder.count == 0 { try builder.append(byte: 47) }
    return try builder.finish()
  }

  /// Appends the parts of a path, each with a slash in front; `..` takes one away.
  private func appendParts(_ path: Text, _ builder: inout StringBuilder) throws(PyError) {
    var start = 0
    while start < path.count {
      var end = start
      while end < path.count && path[end] != 47 { end &+= 1 }
      let part = Text(start: path.start + start, count: end &- start, isASCII: path.isASCII)
      start = end &+ 1
      if part.count == 0 || part.equals(".") { continue }
      if part.equals("..") {
        var length = builder.count
        while length > 0 && builder.text[length &- 1] != 47 { length &-= 1 }
        builder.truncate(max(length &- 1, 0))
        continue
      }
      try builder.append(byte: 47)
      try builder.append(part)
    }
  }

  /// Nanoseconds since 1970 for a file's time, or 0.
  func fileTime(_ object: Ref<VfsLfs2Object>) -> UInt64 {
    object.pointee.keepsTime ? UInt64(max(interpreter.pointee.port.wallNanoseconds() ?? 0, 0)) : 0
  }
}

// MARK: Folders

private func lfs2Change(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  let operation = vm.state.pointee.rowData
  let path = vm.uncheckedText(try vm.lfs2Path(object, arguments[1]))
  try vm.working(object) { (files) throws(StorageError) in
    if operation == 0 { return try files.pointee.makeFolder(path.start, path.count) }
    // `rmdir` takes folders only; `remove` takes both, as on boards.
    if operation == 1, try !files.pointee.status(path.start, path.count).isFolder { throw .notDirectory }
    try files.pointee.remove(path.start, path.count)
  }
  return .none
}

private func lfs2Rename(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  let old = vm.uncheckedText(try vm.lfs2Path(object, arguments[1]))
  let new = vm.uncheckedText(try vm.lfs2Path(object, arguments[2]))
  try vm.working(object) { (files) throws(StorageError) in try files.pointee.rename(old.start, old.count, new.start, new.count) }
  return .none
}

private func lfs2Chdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  let path = try vm.lfs2Path(object, arguments[1])
  let text = vm.uncheckedText(path)
  let status = try vm.working(object) { (files) throws(StorageError) in try files.pointee.status(text.start, text.count) }
  if !status.isFolder { try vm.raiseOSError(20) }
  object.pointee.folder = text.count == 1 ? path : try vm.concatenate(path, Value(Qstr.slash))
  return .none
}

private func lfs2Getcwd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let folder = arguments[0].unchecked(VfsLfs2Object.self).pointee.folder
  let text = vm.uncheckedText(folder)
  if text.count <= 1 { return folder }
  return try vm.newString(Text(start: text.start, count: text.count &- 1, isASCII: text.isASCII))
}

private func lfs2Nothing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .none }

private func lfs2Stat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  let path = vm.uncheckedText(try vm.lfs2Path(object, arguments[1]))
  let status = try vm.working(object) { (files) throws(StorageError) in try files.pointee.status(path.start, path.count) }
  let tuple = try vm.newTupleObject(10)
  let items = TupleObject.items(tuple)
  for index in 0..<10 { items[index] = Value(smallInt: 0) }
  items[0] = Value(smallInt: status.isFolder ? 0x4000 : 0x8000)
  items[6] = try vm.newInt(Int(status.size))
  for index in 7..<10 { items[index] = try vm.newInt(Int(truncatingIfNeeded: status.time / 1_000_000_000)) }
  return Value(tuple)
}

private func lfs2Statvfs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  let used = try vm.working(object) { (files) throws(StorageError) in try files.pointee.usedBlocks() }
  let device = object.pointee.files.device
  let tuple = try vm.newTupleObject(10)
  let items = TupleObject.items(tuple)
  for index in 0..<10 { items[index] = Value(smallInt: 0) }
  items[0] = Value(smallInt: Int(device.blockSize))
  items[1] = items[0]
  items[2] = Value(smallInt: Int(device.blockCount))
  items[3] = Value(smallInt: max(Int(device.blockCount) &- Int(used), 0))
  items[4] = items[3]
  items[9] = Value(smallInt: object.pointee.files.nameLimit)
  return Value(tuple)
}

// MARK: Listing

struct Lfs2IteratorObject {
  var header: ObjectHeader
  var filesystem: Ref<VfsLfs2Object>
  var cursor: FolderCursor
}

private func lfs2Ilistdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  let path = vm.uncheckedText(try vm.lfs2Path(object, arguments.count > 1 ? arguments[1] : Value(Qstr.empty)))
  let cursor = try vm.working(object) { (files) throws(StorageError) in try files.pointee.openFolder(path.start, path.count) }
  let iterator = try vm.allocate(Lfs2IteratorObject.self)
  iterator.initialize(to: Lfs2IteratorObject(header: ObjectHeader(.lfs2Iterator), filesystem: object, cursor: cursor))
  return Value(iterator)
}

private func lfs2Iterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }

private func lfs2Next(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let iterator = value.unchecked(Lfs2IteratorObject.self)
  let name = try vm.allocateBytes(256)
  var cursor = iterator.pointee.cursor
  var status = EntryStatus()
  let count = try vm.working(iterator.pointee.filesystem) { (files) throws(StorageError) in
    try files.pointee.nextEntry(&cursor, name, &status)
  }
  iterator.pointee.cursor = cursor
  if count == 0 { return .null }
  let entry = try vm.newTupleObject(4)
  TupleObject.items(entry)[0] = try vm.newString(validating: name, count)
  TupleObject.items(entry)[1] = Value(smallInt: status.isFolder ? 0x4000 : 0x8000)
  TupleObject.items(entry)[2] = Value(smallInt: 0)
  TupleObject.items(entry)[3] = try vm.newInt(Int(status.size))
  return Value(entry)
}

// MARK: Files

/// What a `FileObject` has instead of a descriptor. The file system's list of open files keeps it alive until it is closed.
struct Lfs2FileObject {
  var header: ObjectHeader
  var filesystem: Ref<VfsLfs2Object>
  var file: LittleFile
}

private func lfs2Open(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let object = arguments[0].unchecked(VfsLfs2Object.self)
  guard let mode = FileMode(try vm.text(ofString: arguments[2])) else { try vm.raise(.valueError, "invalid mode") }
  let pathValue = try vm.lfs2Path(object, arguments[1])
  let path = vm.uncheckedText(pathValue)
  var wanted = LittleMode()
  wanted.reads = mode.flags & OpenFlags.read != 0
  wanted.writes = mode.flags & OpenFlags.write != 0
  wanted.creates = mode.flags & OpenFlags.create != 0
  wanted.truncates = mode.flags & OpenFlags.truncate != 0
  wanted.appends = mode.flags & OpenFlags.append != 0
  wanted.isNew = mode.flags & OpenFlags.exclusive != 0
  let block = try vm.allocateBytes(Int(object.pointee.files.device.blockSize))
  let name = try vm.allocateBytes(LittleFile.nameCapacity)
  let file = try vm.allocate(Lfs2FileObject.self)
  // The file object comes first: once the file is open nothing may fail.
  let result = try vm.newFile(descriptor: 0, flags: mode.flags, isText: mode.isText, name: arguments[1])
  let header = UnsafeMutableRawPointer(file).assumingMemoryBound(to: ObjectHeader.self)
  header.initialize(to: ObjectHeader(.lfs2File))
  file.pointee.filesystem = object
  let place = UnsafeMutableRawPointer(file) + MemoryLayout<Lfs2FileObject>.offset(of: \.file).unsafelyUnwrapped
  let target = place.assumingMemoryBound(to: LittleFile.self)
  try vm.working(object) { (files) throws(StorageError) in
    try files.pointee.open(target, buffer: block, name: name, path.start, path.count, wanted)
  }
  result.unchecked(FileObject.self).pointee.backing = Value(file)
  return result
}

extension VM {
  /// Calls with the file system and the file behind a file object.
  fileprivate func workingOnFile<Result>(
    _ backing: Value, _ body: (UnsafeMutablePointer<LittleFS>, UnsafeMutablePointer<LittleFile>) throws(StorageError) -> Result
  ) throws(PyError) -> Result {
    let object = backing.unchecked(Lfs2FileObject.self)
    return try working(object.pointee.filesystem) { (files) throws(StorageError) in
      try withUnsafeMutablePointer(to: &object.pointee.file) { (file) throws(StorageError) in try body(files, file) }
    }
  }

  func backingRead(_ backing: Value, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PyError) -> Int {
    try workingOnFile(backing) { (files, file) throws(StorageError) in try files.pointee.read(file, target, count) }
  }

  func backingWrite(_ backing: Value, _ text: Text) throws(PyError) {
    try workingOnFile(backing) { (files, file) throws(StorageError) in try files.pointee.write(file, text.start, text.count) }
  }

  func backingSeek(_ backing: Value, _ offset: Int, _ whence: Int) throws(PyError) -> Int {
    try workingOnFile(backing) { (files, file) throws(StorageError) in
      let base = whence == 0 ? 0 : whence == 1 ? Int(file.pointee.position) : Int(files.pointee.size(file))
      guard base &+ offset >= 0, base &+ offset <= 0x7fff_ffff else { throw .invalid }
      try files.pointee.seek(file, UInt32(base &+ offset))
      return base &+ offset
    }
  }

  func backingTruncate(_ backing: Value, _ size: Int) throws(PyError) {
    guard size >= 0, size <= 0x7fff_ffff else { try raiseOSError(22) }
    try workingOnFile(backing) { (files, file) throws(StorageError) in try files.pointee.truncate(file, UInt32(size)) }
  }

  /// Stores what was written. With `closes` the file is closed, even if that fails.
  func backingFlush(_ backing: Value, closes: Bool) throws(PyError) {
    let time = fileTime(backing.unchecked(Lfs2FileObject.self).pointee.filesystem)
    try workingOnFile(backing) { (files, file) throws(StorageError) in
      if time != 0 { file.pointee.time = time }
      if closes { try files.pointee.close(file) } else { try files.pointee.synchronise(file) }
    }
  }
}
