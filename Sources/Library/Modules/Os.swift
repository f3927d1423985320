// os — folders, paths and the environment of a host's operating system, through the port's `FolderOperations`.

private enum OsModule {
  static let rows: InlineArray<_, Method> = [
    Method(.mount, "fsobj=?, mount_point=?, *, readonly=False, mkfs=False", vfsMount),
    Method(.umount, 1...1, vfsUnmount),
    Method(.VfsLfs2, constant: Value(type: .vfsLfs2)),
    Method(.VfsPosix, constant: Value(type: .vfsPosix)),
    Method(.listdir, 0...1, osListdir),
    Method(.ilistdir, 0...1, osIlistdir),
    Method(.mkdir, 1...2, osChange, data: 0),
    Method(.rmdir, 1...1, osChange, data: 1),
    Method(.remove, 1...1, osChange, data: 2),
    Method(.unlink, 1...1, osChange, data: 2),
    Method(.rename, 2...2, osChange, data: 3),
    Method(.chdir, 1...1, osChange, data: 4),
    Method(.stat, 1...1, osStatus, data: 0),
    Method(.statvfs, 1...1, osStatus, data: 1),
    Method(.getcwd, 0...0, osGetcwd),
    Method(.getenv, 1...2, osGetenv),
    Method(.putenv, 2...2, osChange, data: 5),
    Method(.unsetenv, 1...1, osChange, data: 6),
    Method(.system, 1...1, osSystem),
    Method(.sync, 0...0, osSync),
    Method(.sep, constant: Value(Qstr.character(47))),
    Method(.urandom, 1...1, osUrandom),
    Method(.uname, 0...0, osUname),
    Method(.errno, 0...1, osErrno),
    Method(.environ, getter: osEnviron),
    Method(.name, constant: Value(Qstr.posix)),
    Method(.curdir, constant: Value(Qstr.character(46))),
  ]
}

private func osRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: OsModule.rows.span[index]) }

extension ModuleRow {
  static let os = ModuleRow(.os, isExtensible: true, rowCount: UInt8(OsModule.rows.count), row: osRow)
}

// MARK: Paths

/// The text of a path: a string, bytes, or what `__fspath__` answers. A path with a zero byte names nothing.
func osPath(_ vm: VM, _ value: Value) throws(PyError) -> Text {
  var plain = vm.unwrapped(value)
  if vm.pythonClass(of: plain) != nil {
    let hook = try vm.findAttribute(plain, .__fspath__)
    if !hook.isNull { plain = vm.unwrapped(try vm.call(hook)) }
  }
  if plain.isObject(.bytes) { return TextObject.text(plain.unchecked(TextObject.self)) }
  let text = try vm.text(ofString: plain)
  for index in 0..<text.count where text[index] == 0 { try vm.raise(.valueError, "embedded null byte") }
  return text
}

/// Calls that change something: `mkdir`, `rmdir`, `remove`, `rename`, `chdir`, `putenv`, `unsetenv`.
private func osChange(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let operation = vm.state.pointee.rowData
  let first = try osPath(vm, arguments[0])
  let takesTwo = operation == FolderOperations.rename || operation == FolderOperations.setEnvironment
  let second = takesTwo ? try osPath(vm, arguments[1]) : Text("")
  if operation < FolderOperations.setEnvironment, try vm.changeMounted(operation, first, second) { return .none }
  let result = vm.interpreter.pointee.port.folders.change(operation, first, second)
  if result < 0 { try vm.raiseOSError(-result) }
  return .none
}

/// `stat(path)`, `statvfs(path)`: a tuple of ten integers.
private func osStatus(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let isVolume = vm.state.pointee.rowData != 0
  let text = try osPath(vm, arguments[0])
  let mounted = try vm.mountedStatus(isVolume, text)
  return mounted.isNull ? try portStatus(vm, isVolume, text) : mounted
}

/// The facts of a path of the port's. An empty path is the current folder, as on a board.
func portStatus(_ vm: VM, _ isVolume: Bool, _ path: Text) throws(PyError) -> Value {
  let text = path.count == 0 ? Text(".") : path
  let tuple = try vm.newTupleObject(10)
  var numbers: InlineArray<10, Int> = InlineArray(repeating: 0)
  var result = 0
  withUnsafeMutablePointer(to: &numbers) { pointer in
    let start = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int.self)
    result = vm.interpreter.pointee.port.folders.status(isVolume, text, start)
  }
  if result < 0 { try vm.raiseOSError(-result) }
  for index in 0..<10 { TupleObject.items(tuple)[index] = try vm.newInt(numbers[index]) }
  return Value(tuple)
}

// MARK: Listing

struct FolderIteratorObject {
  var header: ObjectHeader
  /// The port's handle; 0 once closed.
  var handle: Int
  var isBytes: Bool
}

extension TypeID {
  static var folderIterator: TypeID { TypeID(174) }
}

extension TypeRow {
  static let folderIterator = TypeRow(.iterator, isSubclassable: false, iterate: folderIterate, next: folderNext)
}

private func folderIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }

private func openFolder(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Ref<FolderIteratorObject> {
  let isBytes = arguments.count > 0 && vm.unwrapped(arguments[0]).isObject(.bytes)
  return try openPortFolder(vm, arguments.count > 0 ? osPath(vm, arguments[0]) : Text(""), isBytes: isBytes)
}

/// An iterator over a folder of the port's.
func openPortFolder(_ vm: VM, _ path: Text, isBytes: Bool) throws(PyError) -> Ref<FolderIteratorObject> {
  let name = path.count == 0 ? Text(".") : path
  let object = try vm.allocate(FolderIteratorObject.self)
  object.initialize(to: FolderIteratorObject(header: ObjectHeader(.folderIterator), handle: 0, isBytes: isBytes))
  let handle = vm.interpreter.pointee.port.folders.open(name)
  if handle < 0 { try vm.raiseOSError(-handle) }
  object.pointee.handle = handle
  return object
}

/// Longest name of a file, in bytes.
private var nameCapacity: Int { 1024 }

/// The next entry: its name, with kind, inode and size in `information`; null at the end, when the folder is closed.
private func nextEntry(_ vm: VM, _ folder: Ref<FolderIteratorObject>, _ information: UnsafeMutablePointer<Int>) throws(PyError) -> Value {
  if folder.pointee.handle == 0 { return .null }
  let name = try vm.allocateBytes(nameCapacity)
  let count = vm.interpreter.pointee.port.folders.next(folder.pointee.handle, name, nameCapacity, information)
  if count <= 0 {
    vm.interpreter.pointee.port.folders.close(folder.pointee.handle)
    folder.pointee.handle = 0
    if count < 0 { try vm.raiseOSError(-count) }
    return .null
  }
  if folder.pointee.isBytes { return try vm.newBytes(name, count) }
  return try vm.newString(Text(start: UnsafePointer(name), count: count, isASCII: isASCII(name, count)))
}

private func isASCII(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  for index in 0..<count where start[index] >= 0x80 { return false }
  return true
}

/// An entry of `ilistdir`: name, kind (0x4000 a folder, 0x8000 a file), inode, size.
private func folderNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  var information: (Int, Int, Int) = (0, 0, 0)
  var name = Value.null
  var failure = PyError(.null)
  withUnsafeMutablePointer(to: &information) { pointer in
    do throws(PyError) {
      name = try nextEntry(
        vm, value.unchecked(FolderIteratorObject.self), UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int.self))
    } catch {
      failure = error
    }
  }
  if !failure.value.isNull { throw failure }
  if name.isNull { return .null }
  let entry = try vm.newTupleObject(4)
  TupleObject.items(entry)[0] = name
  TupleObject.items(entry)[1] = try vm.newInt(information.0)
  TupleObject.items(entry)[2] = try vm.newInt(information.1)
  TupleObject.items(entry)[3] = try vm.newInt(information.2)
  return Value(entry)
}

/// An iterator over a folder of a mounted file system, or null.
private func mountedFolder(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.mountedEntries(arguments.count > 0 ? osPath(vm, arguments[0]) : Text(""))
}

private func osIlistdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mounted = try mountedFolder(vm, arguments)
  return mounted.isNull ? Value(try openFolder(vm, arguments)) : mounted
}

private func osListdir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try vm.newList()
  let mounted = try mountedFolder(vm, arguments)
  if !mounted.isNull {
    var iteration = try Iteration(vm, mounted)
    while true {
      let entry = try iteration.next()
      if entry.isNull { return Value(list) }
      try vm.listAppend(list, vm.getItem(entry, Value(smallInt: 0)))
    }
  }
  let folder = try openFolder(vm, arguments)
  while true {
    let entry = try folderNext(vm, Value(folder))
    if entry.isNull { return Value(list) }
    try vm.listAppend(list, TupleObject.items(entry.unchecked(TupleObject.self))[0])
  }
}

// MARK: Environment

/// A text that the port knows, or null: see `FolderOperations.text`.
private func portText(_ vm: VM, _ kind: Int, _ name: Text) throws(PyError) -> Value {
  var capacity = 256
  while true {
    let buffer = try vm.allocateBytes(capacity)
    let count = vm.interpreter.pointee.port.folders.text(kind, name, buffer, capacity)
    if count < 0 { return .null }
    if count <= capacity { return try vm.newString(Text(start: UnsafePointer(buffer), count: count, isASCII: isASCII(buffer, count))) }
    capacity = count
  }
}

private func osGetcwd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mounted = try vm.mountedFolderName()
  return mounted.isNull ? try portFolder(vm) : mounted
}

/// The port's current folder.
func portFolder(_ vm: VM) throws(PyError) -> Value {
  let text = try portText(vm, FolderOperations.currentFolder, Text(""))
  if text.isNull { try vm.raiseOSError(2) }
  return text
}

private func osGetenv(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = try portText(vm, FolderOperations.environmentVariable, osPath(vm, arguments[0]))
  if !value.isNull { return value }
  return arguments.count > 1 ? arguments[1] : .none
}

/// `environ`: a dict of the environment as it is now.
private func osEnviron(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = try vm.newDict()
  var number = 0
  while true {
    var digits = StringBuilder(vm)
    try digits.append(decimal: number)
    number &+= 1
    let entry = try portText(vm, FolderOperations.environmentEntry, digits.text)
    if entry.isNull { return Value(dict) }
    let text = vm.uncheckedText(entry)
    var split = 0
    while split < text.count && text[split] != 61 { split &+= 1 }
    let name = try vm.newString(Text(start: text.start, count: split, isASCII: text.isASCII))
    let rest = min(split &+ 1, text.count)
    let value = try vm.newString(Text(start: text.start + rest, count: text.count &- rest, isASCII: text.isASCII))
    try vm.dictSet(dict, name, value)
  }
}

private func osSystem(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let result = vm.interpreter.pointee.port.folders.change(FolderOperations.runCommand, try osPath(vm, arguments[0]), Text(""))
  if result < 0 { try vm.raiseOSError(-result) }
  return try vm.newInt(result)
}

private func osSync(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = vm.interpreter.pointee.port.folders.change(FolderOperations.synchronise, Text(""), Text(""))
  return .none
}

private func osUrandom(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try vm.intValue(arguments[0])
  if count < 0 { try vm.raise(.valueError, "negative argument not allowed") }
  let object = try vm.newTextObject(.bytes, count: count, isASCII: false)
  vm.interpreter.pointee.port.randomBytes(TextObject.bytes(object), count)
  return Value(object)
}

/// `uname()`: sysname, nodename, release, version, machine.
private func osUname(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let names = try vm.newTuple(Value(Qstr.sysname), Value(Qstr.nodename), Value(Qstr.release))
  let fields = try vm.newTupleObject(5)
  TupleObject.items(fields).update(from: TupleObject.items(names.unchecked(TupleObject.self)), count: 3)
  TupleObject.items(fields)[3] = Value(Qstr.version)
  TupleObject.items(fields)[4] = Value(Qstr.machine)
  let values = try vm.newTupleObject(5)
  for index in 0..<5 {
    let text = try portText(vm, FolderOperations.systemName + index, Text(""))
    TupleObject.items(values)[index] = text.isNull ? Value(Qstr.empty) : text
  }
  return try vm.newAttributeTuple(fields: Value(fields), values: Value(values))
}

/// MicroPython: the last error number of the C library, or sets it.
private func osErrno(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var digits = StringBuilder(vm)
  if arguments.count > 0 { try digits.append(decimal: vm.intValue(arguments[0])) }
  let result = vm.interpreter.pointee.port.folders.change(FolderOperations.errorNumber, digits.text, Text(""))
  return arguments.count > 0 ? .none : try vm.newInt(result)
}
