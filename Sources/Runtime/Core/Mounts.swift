// The mount table: file systems at places of the tree of paths. Whatever wants a file (import, `open`, the module `os`) asks here which file system
// holds it. A mounted file system is an object with the methods open, stat, ilistdir, mkdir, remove, rename, rmdir, chdir, getcwd, statvfs and
// umount, be it written in Python or built in. Paths below no mount belong to the port's own files, if it has any.

/// A path as the file system that holds it sees it.
public struct MountedPath {
  /// The file system; `null` for the port's own files.
  public var filesystem: Value
  public var path: Text
}

extension VM {
  /// The entries of the table, each a tuple of mount point and file system; nil while nothing is mounted.
  public var mounts: Ref<ListObject>? {
    let table = interpreter.pointee.mounts
    return table.isObject(.list) ? table.unchecked(ListObject.self) : nil
  }

  /// The mount point (item 0) or file system (item 1) of an entry of the table.
  public func mountItem(_ entry: Value, _ item: Int) -> Value { TupleObject.items(entry.unchecked(TupleObject.self))[item] }

  /// Which file system holds a path. A relative path belongs to the one that holds the current folder.
  public func resolve(_ path: Text) -> MountedPath {
    guard let mounts else { return MountedPath(filesystem: .null, path: path) }
    if path.count == 0 || path[0] != 47 {
      let current = interpreter.pointee.currentMount
      if !current.isNull { return MountedPath(filesystem: mountItem(current, 1), path: path) }
      if interpreter.pointee.port.hasFiles { return MountedPath(filesystem: .null, path: path) }
    }
    // Where the port has no files the current folder is the root, in which the mount points are.
    let start = path.count > 0 && path[0] == 47 ? 0 : 1
    var best = -1
    var bestLength = -1
    for index in 0..<mounts.pointee.count {
      let point = uncheckedText(mountItem(mounts.pointee.items[index], 0))
      let length = point.count == 1 ? 0 : point.count
      if length > bestLength && isBelow(path, point, length, start) {
        best = index
        bestLength = length
      }
    }
    if best < 0 { return MountedPath(filesystem: .null, path: path) }
    let used = max(bestLength &- start, 0)
    let rest = Text(start: path.start + used, count: path.count &- used, isASCII: path.isASCII)
    return MountedPath(filesystem: mountItem(mounts.pointee.items[best], 1), path: rest.count == 0 ? Text("/") : rest)
  }

  /// Whether the path is the mount point or something below it; `start` is 1 for a path that lacks the first slash.
  private func isBelow(_ path: Text, _ point: Text, _ length: Int, _ start: Int) -> Bool {
    let count = length &- start
    if length == 0 { return true }
    guard path.count >= count, compareMemory(path.start, point.start + start, count) == 0 else { return false }
    return path.count == count || path[count] == 47
  }

  // MARK: What import needs

  /// 0 nothing there, 1 a file, 2 a folder. May run Python code.
  public func fileKind(_ path: Text) throws(PyError) -> Int {
    let place = resolve(path)
    if place.filesystem.isNull { return interpreter.pointee.port.files.kind(path) }
    do throws(PyError) {
      let status = try callMethod(place.filesystem, Qstr.stat, newString(place.path))
      return try intValue(getItem(status, Value(smallInt: 0))) & 0x4000 != 0 ? 2 : 1
    } catch {
      guard matches(error, .osError) else { throw error }
      return 0
    }
  }

  /// The bytes of a file; OSError if it can't be read. May run Python code.
  public func readFile(_ path: Text) throws(PyError) -> Value {
    let place = resolve(path)
    if !place.filesystem.isNull { return try readMountedFile(place) }
    let files = interpreter.pointee.port.files
    let descriptor = files.open(path, 1)
    if descriptor < 0 { try raiseOSError(-descriptor) }
    defer { _ = files.close(descriptor) }
    var builder = StringBuilder(self)
    while true {
      let target = try builder.reserve(4096)
      let count = files.read(descriptor, target, 4096)
      if count < 0 { try raiseOSError(-count) }
      if count == 0 { return try builder.finishBytes() }
      builder.advance(count)
    }
  }

  /// Closes a stream that a program may have written: one without `close` is told by its `ioctl` (request 4).
  private func closeStream(_ file: Value) throws(PyError) {
    let close = try findAttribute(file, .close)
    if !close.isNull {
      _ = try call(close)
    } else if try !findAttribute(file, Qstr.ioctl).isNull {
      _ = try callMethod(file, Qstr.ioctl, Value(smallInt: 4), Value(smallInt: 0))
    }
  }

  /// All of a stream that a program wrote: it need have no more than `readinto`.
  private func readInto(_ file: Value, _ builder: inout StringBuilder) throws(PyError) {
    let piece = try newBytearray(count: 240)
    while true {
      let count = min(try intValue(callMethod(file, .readinto, Value(piece))), 240)
      if count <= 0 { return }
      let buffer = try getBuffer(Value(piece), writable: false)
      try builder.append(Text(start: UnsafePointer(buffer.start), count: min(count, buffer.count), isASCII: true))
    }
  }

  /// In pieces that a file system at the other end of a serial line can send at once.
  private func readMountedFile(_ place: MountedPath) throws(PyError) -> Value {
    let file = try callMethod(place.filesystem, .open, newString(place.path), newString("rb"))
    var builder = StringBuilder(self)
    do throws(PyError) {
      if try findAttribute(file, .read).isNull {
        try readInto(file, &builder)
      } else {
        while true {
          let piece = try callMethod(file, .read, Value(smallInt: 240))
          let buffer = try getBuffer(piece, writable: false)
          if buffer.count == 0 { break }
          try builder.append(Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: true))
        }
      }
    } catch {
      try? closeStream(file)
      throw error
    }
    try closeStream(file)
    return try builder.finishBytes()
  }
}
