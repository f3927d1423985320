// littlefs, version 2 of the format: a file system for flash that survives power cuts at any moment. This file: mounting, formatting, paths, and
// commits to folders. Its invariants:
// - What a mounted file system needs is reached from blocks 0 and 1: each pair's tail leads to the next, so that all pairs form one list.
// - A change becomes real with one commit. Those that need two (moves, folders in the list) leave a mark in the global state, which the first change
//   after a mount looks at (`finishPending`).
// - Blocks that no pair and no open file refers to are free: there is no list of them (Allocator.swift).

/// A mounted file system, in memory that its owner gives. Use it through a pointer.
public struct LittleFS {
  public let device: BlockDevice
  /// The pair that an operation works on, and the one that walks over all while blocks are looked for.
  var main: MetadataPair
  var walker: MetadataPair
  /// A block in which a commit is built.
  let target: UnsafeMutablePointer<UInt8>
  /// Data of an entry on its way to another pair.
  let scratch: UnsafeMutablePointer<UInt8>
  var allocator: Allocator
  var root = BlockPair(first: 0, second: 1)
  var state = MoveState()
  /// Longest name and largest file, as the file system says.
  public private(set) var nameLimit = 255
  var fileLimit: UInt32 = 0x7fff_ffff
  var openFiles: UnsafeMutablePointer<LittleFile>?

  // MARK: Memory

  static var scratchSize: Int { 1040 }

  /// Bytes that a file system on this device needs.
  public static func memorySize(_ device: BlockDevice) -> Int {
    let entries = MetadataPair.capacity(blockSize: device.blockSize) &* MemoryLayout<Entry>.stride
    return 3 &* aligned(Int(device.blockSize)) &+ 2 &* aligned(entries) &+ scratchSize &+ Allocator.windowBytes
  }

  private static func aligned(_ count: Int) -> Int { (count &+ 15) & ~15 }

  /// In memory of `memorySize` bytes, aligned to 16. Nothing is read yet.
  public init(_ device: BlockDevice, memory: UnsafeMutableRawPointer) {
    self.device = device
    let capacity = MetadataPair.capacity(blockSize: device.blockSize)
    var next = memory
    func take(_ count: Int) -> UnsafeMutableRawPointer {
      defer { next += LittleFS.aligned(count) }
      return next
    }
    func block() -> UnsafeMutablePointer<UInt8> { take(Int(device.blockSize)).assumingMemoryBound(to: UInt8.self) }
    func table() -> UnsafeMutablePointer<Entry> { take(capacity &* MemoryLayout<Entry>.stride).assumingMemoryBound(to: Entry.self) }
    main = MetadataPair(buffer: block(), entries: table(), capacity: capacity)
    walker = MetadataPair(buffer: block(), entries: table(), capacity: capacity)
    target = block()
    scratch = take(LittleFS.scratchSize).assumingMemoryBound(to: UInt8.self)
    allocator = Allocator(window: take(Allocator.windowBytes).assumingMemoryBound(to: UInt8.self), blockCount: device.blockCount)
  }

  /// The largest file that is stored with its entry.
  var inlineLimit: Int { min(Int(device.blockSize) / 8, 1022) }

  /// Sizes that the format can hold and this code can handle.
  public static func accepts(_ device: BlockDevice) -> Bool {
    device.blockSize >= 128 && device.blockSize <= 1 &<< 20 && device.blockCount >= 2 && device.programSize > 0
      && device.programSize <= 512 && device.blockSize % device.programSize == 0
  }

  // MARK: Formatting and mounting

  /// Makes an empty file system.
  public mutating func format() throws(StorageError) {
    guard LittleFS.accepts(device) else { throw .invalid }
    let words: InlineArray<6, UInt32> = [0x0002_0001, device.blockSize, device.blockCount, 255, 0x7fff_ffff, 1022]
    for index in 0..<6 { storeWord(scratch + index &* 4, words[index]) }
    let name: StaticString = "littlefs"
    main.clear()
    main.pair = BlockPair(first: 0, second: 1)
    var entry = Entry()
    entry.nameType = Tag.superblock
    entry.nameCount = 8
    entry.name = name.utf8Start
    entry.structureType = Tag.inlineStructure
    entry.structureCount = 24
    entry.structure = UnsafePointer(scratch)
    main.insert(entry, at: 0)
    // Both blocks, so that nothing older can be found.
    try main.store(device, 0, 1, in: target)
    try main.store(device, 0, 1, in: target)
  }

  /// Finds root folder and global state. `corrupt` if there is no file system.
  public mutating func mount() throws(StorageError) {
    guard LittleFS.accepts(device) else { throw .invalid }
    state = MoveState()
    var next = BlockPair(first: 0, second: 1)
    var isSuperblock = true
    var steps: UInt32 = 0
    while !next.isNone {
      guard steps <= device.blockCount else { throw .corrupt }
      steps &+= 1
      try main.load(device, next)
      state = state ^ main.move
      if main.count > 0 && main.entries[0].nameType == Tag.superblock {
        try readSuperblock(main.entries[0])
        root = main.pair
      } else if isSuperblock {
        throw .corrupt
      }
      isSuperblock = false
      next = main.tail
    }
    allocator.reset(seed: main.revision)
  }

  private mutating func readSuperblock(_ entry: Entry) throws(StorageError) {
    let magic: StaticString = "littlefs"
    guard entry.nameCount == 8, let name = entry.name, entry.structureCount >= 24, let words = entry.structure else { throw .corrupt }
    for index in 0..<8 where name[index] != magic.utf8Start[index] { throw .corrupt }
    let version = loadWord(words)
    guard version &>> 16 == 2, version & 0xffff <= 1 else { throw .invalid }
    guard loadWord(words + 4) == device.blockSize, loadWord(words + 8) <= device.blockCount else { throw .invalid }
    nameLimit = min(Int(loadWord(words + 12)), 255)
    fileLimit = min(loadWord(words + 16), 0x7fff_ffff)
  }

  // MARK: Names

  /// Where an entry is, or where it would be.
  struct Place {
    /// The folder's first pair, the pair that holds the entry, and its number there.
    var folder: BlockPair
    var pair: BlockPair
    var index: Int
    var exists: Bool
    /// The last part of the path; empty for the root.
    var name: UnsafePointer<UInt8>
    var nameCount: Int
    var isRoot: Bool { nameCount == 0 }
  }

  /// Follows a path. Only its last part may be missing (`exists`). Then `main` holds the pair named.
  mutating func find(_ path: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) -> Place {
    var place = Place(folder: root, pair: root, index: 0, exists: true, name: path, nameCount: 0)
    var folder = root
    var start = 0
    while true {
      while start < count && path[start] == 47 { start &+= 1 }
      if start == count { return place }
      var end = start
      while end < count && path[end] != 47 { end &+= 1 }
      if !place.isRoot {
        guard place.exists else { throw .noEntry }
        folder = try folderPair(main.entries[place.index])
      }
      place.name = path + start
      place.nameCount = end &- start
      if place.nameCount > nameLimit { throw .nameTooLong }
      try search(folder, &place)
      start = end
    }
  }

  /// Looks for a name in a folder, whose entries are in the order of their names.
  mutating func search(_ folder: BlockPair, _ place: inout Place) throws(StorageError) {
    var next = folder
    var steps: UInt32 = 0
    place.folder = folder
    while true {
      guard steps <= device.blockCount else { throw .corrupt }
      steps &+= 1
      try main.load(device, next)
      if steps == 1 { place.folder = main.pair }
      place.pair = main.pair
      for index in 0..<main.count {
        let order = compare(main.entries[index], place.name, place.nameCount)
        if order < 0 || isMoveSource(index) { continue }
        place.index = index
        place.exists = order == 0
        return
      }
      place.index = main.count
      place.exists = false
      if !main.isSplit { return }
      next = main.tail
    }
  }

  /// Whether an entry of `main` is a file that a power cut left in two places, in the one that does not count.
  func isMoveSource(_ index: Int) -> Bool { state.hasMove && main.pair.isSame(as: state.pair) && index == Tag.entry(state.tag) }

  private func compare(_ entry: Entry, _ name: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard entry.nameType == Tag.file || entry.nameType == Tag.folder, let own = entry.name else { return -1 }
    for index in 0..<min(entry.nameCount, count) where own[index] != name[index] { return Int(own[index]) &- Int(name[index]) }
    // Of names that begin alike the longer comes first.
    return count &- entry.nameCount
  }

  /// The first pair of the folder that an entry is.
  func folderPair(_ entry: Entry) throws(StorageError) -> BlockPair {
    guard entry.nameType == Tag.folder else { throw .notDirectory }
    guard entry.structureType == Tag.folderStructure, entry.structureCount >= 8, let words = entry.structure else { throw .corrupt }
    return BlockPair(first: loadWord(words), second: loadWord(words + 4))
  }

  // MARK: Commits

  /// Writes `main`, splitting it where it has become too large.
  mutating func commit() throws(StorageError) {
    let limit = Int(device.blockSize) &- MetadataPair.overhead(device)
    var end = main.count
    while main.size(0, end) > limit {
      // The second half moves to a pair of its own, which nothing refers to before this one is written.
      var start = end
      let half = main.size(0, end) / 2
      while start > 1 && main.size(start &- 1, end) <= max(min(half, limit), 1) { start &-= 1 }
      if start == end { start &-= 1 }
      guard start > 0, main.size(start, end) <= limit else { throw .noSpace }
      let added = try newPair()
      try store(start, end, as: added)
      end = start
    }
    try main.store(device, 0, end, in: target)
  }

  /// Writes some entries of `main` as a new pair that takes over its tail, and makes that pair the tail.
  private mutating func store(_ from: Int, _ to: Int, as added: BlockPair) throws(StorageError) {
    let (pair, revision, move) = (main.pair, main.revision, main.move)
    main.pair = added
    main.revision = try oldRevision(added)
    main.move = MoveState()
    defer {
      main.pair = pair
      main.revision = revision
      main.move = move
    }
    try main.store(device, from, to, in: target)
    main.tail = main.pair
    main.isSplit = true
  }

  /// The count in the block of a new pair that is not written: whatever that block was, the one that is written must be newer.
  func oldRevision(_ pair: BlockPair) throws(StorageError) -> UInt32 {
    var bytes: UInt32 = 0
    try withUnsafeMutableBytes(of: &bytes) { (buffer) throws(StorageError) in
      try device.read(pair.first, 0, buffer.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), 4)
    }
    return UInt32(littleEndian: bytes)
  }

  /// Two free blocks for a pair.
  mutating func newPair() throws(StorageError) -> BlockPair {
    BlockPair(first: try allocate(), second: try allocate())
  }

  /// Writes `main`, which has lost an entry. A pair that has become empty leaves its folder, unless it is the first.
  mutating func commitRemoval(_ folder: BlockPair) throws(StorageError) {
    guard main.count == 0, !main.pair.isSame(as: folder), !main.pair.isSame(as: root) else { return try commit() }
    let (gone, tail, isSplit, move) = (main.pair, main.tail, main.isSplit, main.move)
    try loadPredecessor(gone, from: folder)
    main.tail = tail
    main.isSplit = isSplit
    main.move = main.move ^ move
    try commit()
  }

  /// Loads the pair whose tail is the given one.
  mutating func loadPredecessor(_ pair: BlockPair, from start: BlockPair) throws(StorageError) {
    var next = start
    var steps: UInt32 = 0
    while !next.isNone && steps <= device.blockCount {
      try main.load(device, next)
      if main.tail.isSame(as: pair) { return }
      next = main.tail
      steps &+= 1
    }
    throw .corrupt
  }

  /// Changes the global state with the commit of `main` that follows.
  mutating func change(state new: MoveState) {
    main.move = main.move ^ state ^ new
    state = new
  }

  /// The state with the mark that the list of pairs must be checked.
  var orphanMark: MoveState { MoveState(tag: 0x8000_0000) }
}
