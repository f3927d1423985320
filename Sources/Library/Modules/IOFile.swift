// io.FileIO and io.TextIOWrapper — files of the port by descriptor. Reading goes through a buffer; writing does not, so that nothing is
// lost when a program ends or forgets to close.

import Numerics

struct FileObject {
  var header: ObjectHeader
  /// Negative once closed.
  var descriptor: Int
  /// `OpenFlags`.
  var flags: Int
  /// What was opened: a path or a number.
  var name: Value
  /// A file of a built-in file system (`Lfs2FileObject`), which is used in place of the descriptor; null for files of the port.
  var backing = Value.null
  /// Bytes that were read but not used lie at readStart..<readEnd. Made by the first read.
  var buffer: UnsafeMutablePointer<UInt8>?
  var readStart: Int
  var readEnd: Int
}

/// As the port's `open` takes them.
enum OpenFlags {
  static var read: Int { 1 }
  static var write: Int { 2 }
  static var create: Int { 4 }
  static var truncate: Int { 8 }
  static var append: Int { 16 }
  static var exclusive: Int { 32 }
}

private enum FileMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.fileno, 1...1, fileNumber),
    Method(.name, getter: fileName),
    Method(.mode, getter: fileMode),
    Method(.buffer, getter: fileBuffer),
    Method(.encoding, getter: fileEncoding),
  ]
}

/// The rows that all streams share, then the files' own.
private func fileMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  if index < StreamMethods.commonCount { return streamMethod(index, row) }
  row.initialize(to: FileMethods.rows.span[index &- StreamMethods.commonCount])
}

private var bufferSize: Int {
  #if _pointerBitWidth(_64)
    return 4096
  #else
    return 128
  #endif
}

extension TypeRow {
  static let fileIO = TypeRow(
    .FileIO, methodCount: UInt8(StreamMethods.commonCount &+ FileMethods.rows.count), method: fileMethod, make: fileIOMake,
    print: filePrint,
    iterate: streamIterate, next: streamNext)
  static let textIOWrapper = TypeRow(
    .TextIOWrapper, methodCount: UInt8(StreamMethods.commonCount &+ FileMethods.rows.count), method: fileMethod, make: textIOWrapperMake,
    print: filePrint, iterate: streamIterate, next: streamNext)
}

// MARK: Opening

/// A mode taken apart.
struct FileMode {
  var flags = 0
  var isText = true

  /// Nil for a mode that makes no sense.
  init?(_ text: Text) {
    var kinds = 0
    var isBinary = false
    var hasText = false
    var updates = false
    for index in 0..<text.count {
      switch text[index] {
      case 114: flags |= OpenFlags.read
      case 119: flags |= OpenFlags.write | OpenFlags.create | OpenFlags.truncate
      case 97: flags |= OpenFlags.write | OpenFlags.create | OpenFlags.append
      case 120: flags |= OpenFlags.write | OpenFlags.create | OpenFlags.exclusive
      case 98: isBinary = true
      case 116: hasText = true
      case 43: updates = true
      default: return nil
      }
      if text[index] != 98 && text[index] != 116 && text[index] != 43 { kinds &+= 1 }
    }
    if kinds != 1 || isBinary && hasText { return nil }
    if updates { flags |= OpenFlags.read | OpenFlags.write }
    isText = !isBinary
  }
}

extension VM {
  /// A file object for an open descriptor.
  public func newFile(descriptor: Int, flags: Int, isText: Bool, name: Value) throws(PyError) -> Value {
    let object = try allocate(FileObject.self)
    object.initialize(
      to: FileObject(
        header: ObjectHeader(isText ? .textIOWrapper : .fileIO), descriptor: descriptor, flags: flags, name: name, buffer: nil,
        readStart: 0,
        readEnd: 0))
    return Value(object)
  }

  /// `open(file, mode)`. OSError if the port can't open it. May run Python code (`__fspath__`).
  public func openFile(_ file: Value, mode modeText: Text, forceBinary: Bool = false) throws(PyError) -> Value {
    guard let mode = FileMode(modeText) else { try raise(.valueError, "invalid mode") }
    let isText = mode.isText && !forceBinary
    if isInt(file) { return try newFile(descriptor: intValue(file), flags: mode.flags, isText: isText, name: file) }
    var path = file
    if !isString(file) && !isBytes(file) {
      let hook = try findAttribute(file, Qstr.__fspath__)
      if hook.isNull { try raise(.typeError, "expected str, bytes or os.PathLike object, not %t", file) }
      path = try call(hook)
      if !isString(path) && !isBytes(path) { try raise(.typeError, "__fspath__() returned %t", path) }
    }
    let text = uncheckedText(path)
    for index in 0..<text.count where text[index] == 0 { try raise(.valueError, "embedded null byte") }
    let place = resolve(text)
    if !place.filesystem.isNull { return try callMethod(place.filesystem, .open, newString(place.path), newString(modeText)) }
    return try openPortFile(text, mode: modeText, forceBinary: forceBinary, name: path)
  }

  /// Opens a file of the port's.
  func openPortFile(_ path: Text, mode: Text, forceBinary: Bool = false, name: Value) throws(PyError) -> Value {
    guard let mode = FileMode(mode) else { try raise(.valueError, "invalid mode") }
    let descriptor = interpreter.pointee.port.files.open(path, mode.flags)
    if descriptor < 0 { try raiseOSError(0 &- descriptor) }
    return try newFile(descriptor: descriptor, flags: mode.flags, isText: mode.isText && !forceBinary, name: name)
  }
}

/// `FileIO(file, mode='r')`: always binary.
private func fileIOMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("file, mode=?, closefd=True, opener=None", arguments)
  return try vm.openFile(bound[0], mode: bound[1].isNull ? Text("rb") : vm.text(ofString: bound[1]), forceBinary: true)
}

/// `TextIOWrapper(buffer, …)` of a FileIO; MicroPython also opens a path.
private func textIOWrapperMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind(
    "buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False", arguments)
  let source = vm.unwrapped(bound[0])
  if vm.isString(source) { return try vm.openFile(source, mode: Text("r")) }
  guard source.isObject(.fileIO) || source.isObject(.textIOWrapper) else {
    try vm.raise(.typeError, "a file is required, not '%t'", bound[0])
  }
  let file = source.unchecked(FileObject.self)
  return try vm.newFile(descriptor: file.pointee.descriptor, flags: file.pointee.flags, isText: true, name: file.pointee.name)
}

private func filePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<io.")
  try builder.append(vm.typeName(of: value))
  try builder.append(byte: 32)
  try builder.append(decimal: value.unchecked(FileObject.self).pointee.descriptor)
  try builder.append(byte: 62)
}

// MARK: The stream

/// Error numbers that are not errors here.
private enum FileErrno {
  static var interrupted: Int { 4 }
  static var wouldBlock: Int { 11 }
  static var badDescriptor: Int { 9 }
}

extension VM {
  private func checkOpen(_ file: Ref<FileObject>, _ wanted: Int) throws(PyError) {
    if file.pointee.descriptor < 0 { try raise(.valueError, "I/O operation on closed file") }
    if wanted != 0 && file.pointee.flags & wanted == 0 { try raiseOSError(FileErrno.badDescriptor) }
  }

  func fileAvailable(_ file: Ref<FileObject>) throws(PyError) -> Text? {
    try checkOpen(file, OpenFlags.read)
    if file.pointee.buffer == nil { file.pointee.buffer = try allocateBytes(bufferSize) }
    let buffer = file.pointee.buffer.unsafelyUnwrapped
    while file.pointee.readStart >= file.pointee.readEnd {
      let count =
        file.pointee.backing.isNull
        ? interpreter.pointee.port.files.read(file.pointee.descriptor, buffer, bufferSize)
        : try backingRead(file.pointee.backing, buffer, bufferSize)
      if count < 0 {
        if count == -FileErrno.wouldBlock { return nil }
        if count != -FileErrno.interrupted { try raiseOSError(0 &- count) }
        try pollPending()
        continue
      }
      file.pointee.readStart = 0
      file.pointee.readEnd = count
      if count == 0 { break }
    }
    return Text(
      start: UnsafePointer(buffer + file.pointee.readStart), count: file.pointee.readEnd &- file.pointee.readStart, isASCII: false)
  }

  /// Gives bytes that were read ahead back, so that the port's position is the program's.
  private func dropReadAhead(_ file: Ref<FileObject>) throws(PyError) {
    let unread = file.pointee.readEnd &- file.pointee.readStart
    file.pointee.readStart = 0
    file.pointee.readEnd = 0
    if unread == 0 { return }
    if !file.pointee.backing.isNull {
      _ = try backingSeek(file.pointee.backing, 0 &- unread, 1)
    } else {
      _ = interpreter.pointee.port.files.seek(file.pointee.descriptor, 0 &- unread, 1)
    }
  }

  /// Writes everything; negative if a non-blocking file takes nothing now.
  func fileWrite(_ file: Ref<FileObject>, _ text: Text) throws(PyError) -> Int {
    try checkOpen(file, OpenFlags.write)
    if file.pointee.readEnd > 0 { try dropReadAhead(file) }
    if !file.pointee.backing.isNull {
      try backingWrite(file.pointee.backing, text)
      return text.count
    }
    var done = 0
    while done < text.count {
      let count = interpreter.pointee.port.files.write(file.pointee.descriptor, text.start + done, text.count &- done)
      if count == -FileErrno.interrupted {
        try pollPending()
      } else if count == -FileErrno.wouldBlock {
        return done == 0 ? -1 : done
      } else if count < 0 {
        try raiseOSError(0 &- count)
      } else {
        done &+= count
      }
    }
    return done
  }

  func fileSeek(_ file: Ref<FileObject>, _ offset: Int, _ whence: Int) throws(PyError) -> Int {
    try checkOpen(file, 0)
    let unread = file.pointee.readEnd &- file.pointee.readStart
    if whence == 1 && offset == 0 {
      if !file.pointee.backing.isNull { return try backingSeek(file.pointee.backing, 0, 1) &- unread }
      let position = interpreter.pointee.port.files.seek(file.pointee.descriptor, 0, 1)
      if position < 0 { try raiseOSError(0 &- position) }
      return position &- unread
    }
    try dropReadAhead(file)
    if !file.pointee.backing.isNull { return try backingSeek(file.pointee.backing, offset, whence) }
    let position = interpreter.pointee.port.files.seek(file.pointee.descriptor, offset, whence)
    if position < 0 { try raiseOSError(0 &- position) }
    return position
  }

  /// Stores what was written, where that does not happen at once.
  func fileFlush(_ file: Ref<FileObject>) throws(PyError) {
    if file.pointee.descriptor >= 0 && !file.pointee.backing.isNull { try backingFlush(file.pointee.backing, closes: false) }
  }

  func fileTruncate(_ file: Ref<FileObject>, _ size: Int) throws(PyError) {
    try checkOpen(file, OpenFlags.write)
    if file.pointee.backing.isNull { try raiseOSError(95) }
    try dropReadAhead(file)
    try backingTruncate(file.pointee.backing, size)
  }

  func fileClose(_ file: Ref<FileObject>) throws(PyError) {
    let descriptor = file.pointee.descriptor
    if descriptor < 0 { return }
    file.pointee.descriptor = -1
    file.pointee.buffer = nil
    file.pointee.readStart = 0
    file.pointee.readEnd = 0
    if !file.pointee.backing.isNull { return try backingFlush(file.pointee.backing, closes: true) }
    let result = interpreter.pointee.port.files.close(descriptor)
    if result < 0 { try raiseOSError(0 &- result) }
  }
}

// MARK: Methods

private func fileNumber(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let file = arguments[0].unchecked(FileObject.self)
  if file.pointee.descriptor < 0 { try vm.raise(.valueError, "I/O operation on closed file") }
  return Value(smallInt: file.pointee.descriptor)
}

private func fileName(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0].unchecked(FileObject.self).pointee.name }

/// The mode as text, put together anew.
private func fileMode(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let flags = arguments[0].unchecked(FileObject.self).pointee.flags
  var builder = StringBuilder(vm)
  let letter: UInt8 =
    flags & OpenFlags.append != 0 ? 97 : flags & OpenFlags.exclusive != 0 ? 120 : flags & OpenFlags.truncate != 0 ? 119 : 114
  try builder.append(byte: letter)
  if arguments[0].isObject(.fileIO) { try builder.append(byte: 98) }
  if flags & OpenFlags.read != 0 && flags & OpenFlags.write != 0 { try builder.append(byte: 43) }
  return try builder.finish()
}

/// The same file as a stream of bytes.
private func fileBuffer(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let file = arguments[0].unchecked(FileObject.self)
  return try vm.newFile(descriptor: file.pointee.descriptor, flags: file.pointee.flags, isText: false, name: file.pointee.name)
}

private func fileEncoding(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(Qstr.utf8) }
