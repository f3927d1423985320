// A block device in memory for tests, whose power can be cut.

@testable import Filesystem

/// The blocks, and when the power goes.
final class Memory {
  let blockSize: Int
  let blockCount: Int
  var bytes: [UInt8]
  /// How many more blocks are programmed or erased; the last of them half. Negative means all.
  var left = -1
  var isCut: Bool { left == 0 }
  var changes = 0

  init(blockSize: Int = 256, blockCount: Int = 64) {
    self.blockSize = blockSize
    self.blockCount = blockCount
    bytes = [UInt8](repeating: 0xa5, count: blockSize * blockCount)
  }

  /// Counts a change; answers how much of it happens.
  private func change(_ count: Int) -> Int {
    if left == 0 { return -1 }
    changes += 1
    if left > 0 { left -= 1 }
    return left == 0 ? count / 2 : count
  }

  fileprivate func program(_ start: Int, _ source: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let done = change(count)
    for index in 0..<max(done, 0) { bytes[start + index] = source[index] }
    return done == count ? 0 : -5
  }

  fileprivate func erase(_ block: Int) -> Int32 {
    let done = change(blockSize)
    for index in 0..<max(done, 0) { bytes[block * blockSize + index] = 0xff }
    return done == blockSize ? 0 : -5
  }

  var device: BlockDevice {
    BlockDevice(
      context: Unmanaged.passUnretained(self).toOpaque(),
      read: { context, block, offset, target, count in
        let memory = Memory.from(context)
        let start = Int(block) * memory.blockSize + Int(offset)
        for index in 0..<count { target[index] = memory.bytes[start + index] }
        return 0
      },
      program: { context, block, offset, source, count in
        let memory = Memory.from(context)
        return memory.program(Int(block) * memory.blockSize + Int(offset), source, count)
      },
      erase: { context, block in Memory.from(context).erase(Int(block)) },
      synchronise: { context in Memory.from(context).isCut ? -5 : 0 },
      blockSize: UInt32(blockSize), blockCount: UInt32(blockCount), programSize: 16)
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> Memory {
    Unmanaged<Memory>.fromOpaque(context!).takeUnretainedValue()
  }
}

/// A file system on such a device, with paths and contents as Swift has them.
final class Disk {
  let memory: Memory
  private let storage: UnsafeMutableRawPointer
  private let files: UnsafeMutablePointer<LittleFS>

  init(_ memory: Memory) {
    self.memory = memory
    storage = .allocate(byteCount: LittleFS.memorySize(memory.device), alignment: 16)
    files = .allocate(capacity: 1)
    files.initialize(to: LittleFS(memory.device, memory: storage))
  }

  deinit {
    storage.deallocate()
    files.deallocate()
  }

  var system: UnsafeMutablePointer<LittleFS> { files }

  func format() throws(StorageError) { try files.pointee.format() }
  func mount() throws(StorageError) { try files.pointee.mount() }

  private func withPath<Result>(_ path: String, _ body: (UnsafePointer<UInt8>, Int) throws(StorageError) -> Result) throws(StorageError)
    -> Result
  {
    let bytes = Array(path.utf8) + [0]
    let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    pointer.initialize(from: bytes, count: bytes.count)
    defer { pointer.deallocate() }
    return try body(pointer, bytes.count - 1)
  }

  func makeFolder(_ path: String) throws(StorageError) {
    try withPath(path) { (start, count) throws(StorageError) in try self.files.pointee.makeFolder(start, count) }
  }
  func remove(_ path: String) throws(StorageError) {
    try withPath(path) { (start, count) throws(StorageError) in try self.files.pointee.remove(start, count) }
  }
  func rename(_ old: String, _ new: String) throws(StorageError) {
    try withPath(old) { (a, b) throws(StorageError) in
      try self.withPath(new) { (c, d) throws(StorageError) in try self.files.pointee.rename(a, b, c, d) }
    }
  }

  /// Opens a file, works with it and closes it.
  func with(_ path: String, _ mode: LittleMode, _ body: (UnsafeMutablePointer<LittleFile>) throws(StorageError) -> Void)
    throws(StorageError)
  {
    let file = UnsafeMutablePointer<LittleFile>.allocate(capacity: 1)
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: memory.blockSize)
    let name = UnsafeMutablePointer<UInt8>.allocate(capacity: LittleFile.nameCapacity)
    defer {
      file.deallocate()
      buffer.deallocate()
      name.deallocate()
    }
    try withPath(path) { (start, count) throws(StorageError) in
      try self.files.pointee.open(file, buffer: buffer, name: name, start, count, mode)
    }
    do throws(StorageError) { try body(file) } catch {
      files.pointee.forget(file)
      throw error
    }
    try files.pointee.close(file)
  }

  func write(_ path: String, _ content: [UInt8], appends: Bool = false) throws(StorageError) {
    var mode = LittleMode()
    mode.writes = true
    mode.creates = true
    mode.truncates = !appends
    mode.appends = appends
    try with(path, mode) { (file) throws(StorageError) in try self.write(file, content) }
  }

  func write(_ file: UnsafeMutablePointer<LittleFile>, _ content: [UInt8]) throws(StorageError) {
    let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: max(content.count, 1))
    pointer.initialize(from: content, count: content.count)
    defer { pointer.deallocate() }
    try files.pointee.write(file, pointer, content.count)
  }

  func read(_ path: String) throws(StorageError) -> [UInt8] {
    var mode = LittleMode()
    mode.reads = true
    var result: [UInt8] = []
    try with(path, mode) { (file) throws(StorageError) in
      let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: 100)
      defer { pointer.deallocate() }
      while true {
        let count = try self.files.pointee.read(file, pointer, 100)
        if count == 0 || result.count > 1 << 20 { return }
        result += UnsafeBufferPointer(start: pointer, count: count)
      }
    }
    return result
  }

  /// The names in a folder; those of folders end with a slash.
  func list(_ path: String) throws(StorageError) -> [String] {
    var cursor = try withPath(path) { (start, count) throws(StorageError) in try self.files.pointee.openFolder(start, count) }
    let name = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    defer { name.deallocate() }
    var result: [String] = []
    while true {
      var status = EntryStatus()
      let count = try files.pointee.nextEntry(&cursor, name, &status)
      if count == 0 || result.count > 10_000 { return result }
      result.append(String(decoding: UnsafeBufferPointer(start: name, count: count), as: UTF8.self) + (status.isFolder ? "/" : ""))
    }
  }

  /// Everything: paths to contents; folders to nil.
  func contents(_ path: String = "", depth: Int = 0) throws(StorageError) -> [String: [UInt8]?] {
    var result: [String: [UInt8]?] = [:]
    if depth > 8 { return result }
    for name in try list(path) {
      if name.hasSuffix("/") {
        let folder = path + "/" + name.dropLast()
        result[folder] = .some(nil)
        for (inner, content) in try contents(folder, depth: depth + 1) { result[inner] = content }
      } else {
        result[path + "/" + name] = try read(path + "/" + name)
      }
    }
    return result
  }
}
