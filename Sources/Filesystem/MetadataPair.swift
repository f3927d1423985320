// Directories are lists of metadata pairs: two blocks of which one holds the current state as a log of commits, the other the one before. Reading
// replays the log into a table of entries. Writing makes a whole new log, of one commit, in the other block: a commit counts only once its
// checksum is right, so after a power cut either the old or the new state is there.

/// Types of tags (11 bits) and their parts.
enum Tag {
  static var superblock: UInt32 { 0x0ff }
  static var file: UInt32 { 0x001 }
  static var folder: UInt32 { 0x002 }
  static var folderStructure: UInt32 { 0x200 }
  static var inlineStructure: UInt32 { 0x201 }
  static var listStructure: UInt32 { 0x202 }
  static var attribute: UInt32 { 0x300 }
  static var create: UInt32 { 0x401 }
  static var delete: UInt32 { 0x4ff }
  static var checksum: UInt32 { 0x500 }
  static var forwardChecksum: UInt32 { 0x5ff }
  static var softTail: UInt32 { 0x600 }
  static var hardTail: UInt32 { 0x601 }
  static var moveState: UInt32 { 0x7ff }
  static var noEntry: UInt32 { 0x3ff }

  static func make(_ type: UInt32, _ entry: UInt32, _ count: Int) -> UInt32 { type &<< 20 | entry &<< 10 | UInt32(count) }
  static func type(_ tag: UInt32) -> UInt32 { tag &>> 20 & 0x7ff }
  static func entry(_ tag: UInt32) -> Int { Int(tag &>> 10 & 0x3ff) }
  /// Bytes of data behind the tag; a length of all ones says that the tag was taken away.
  static func count(_ tag: UInt32) -> Int { tag & 0x3ff == 0x3ff ? 0 : Int(tag & 0x3ff) }
  static func isDeleted(_ tag: UInt32) -> Bool { tag & 0x3ff == 0x3ff }
}

/// The addresses of a metadata pair; the first block holds the current state once the pair was loaded.
public struct BlockPair: Equatable, Sendable {
  var first: UInt32
  var second: UInt32

  static var none: BlockPair { BlockPair(first: .max, second: .max) }
  var isNone: Bool { first == .max || second == .max }

  func isSame(as other: BlockPair) -> Bool {
    first == other.first && second == other.second || first == other.second && second == other.first
  }
}

/// Which file is being moved, and whether the list of pairs must be checked: the file system's global state, the sum (exclusive or) of the parts in
/// all pairs.
struct MoveState: Equatable {
  var tag: UInt32 = 0
  var first: UInt32 = 0
  var second: UInt32 = 0

  static func ^ (left: MoveState, right: MoveState) -> MoveState {
    MoveState(tag: left.tag ^ right.tag, first: left.first ^ right.first, second: left.second ^ right.second)
  }
  var isZero: Bool { tag == 0 && first == 0 && second == 0 }
  /// A move that was not finished: its source is to be deleted.
  var hasMove: Bool { tag & 0x7ff0_0000 != 0 }
  var hasOrphans: Bool { tag & 0x8000_0000 != 0 }
  var pair: BlockPair { BlockPair(first: first, second: second) }
}

/// A file or folder in a pair. The bytes lie in the pair's block buffer, or where who changes the entry keeps them.
struct Entry {
  /// 0 if the log has not named it.
  var nameType: UInt32 = 0
  var nameCount = 0
  var name: UnsafePointer<UInt8>?
  var structureType: UInt32 = 0
  var structureCount = 0
  var structure: UnsafePointer<UInt8>?
  /// The attribute "time of change", if there is one.
  var timeCount = 0
  var time: UnsafePointer<UInt8>?
}

/// One loaded pair in memory of its own: a block and a table of entries.
struct MetadataPair {
  let buffer: UnsafeMutablePointer<UInt8>
  let entries: UnsafeMutablePointer<Entry>
  let capacity: Int
  var pair = BlockPair.none
  var revision: UInt32 = 0
  var count = 0
  var tail = BlockPair.none
  /// Whether the tail is the folder's next pair, and not just the next one of the file system.
  var isSplit = false
  var move = MoveState()

  static var timeAttribute: UInt32 { 1 }

  /// How many entries a block can hold at most.
  static func capacity(blockSize: UInt32) -> Int { Int(blockSize) / 9 &+ 2 }

  init(buffer: UnsafeMutablePointer<UInt8>, entries: UnsafeMutablePointer<Entry>, capacity: Int) {
    self.buffer = buffer
    self.entries = entries
    self.capacity = capacity
  }

  /// Forgets everything: the state of a new pair.
  mutating func clear() {
    pair = .none
    revision = 0
    count = 0
    tail = .none
    isSplit = false
    move = MoveState()
  }

  // MARK: Loading

  /// Reads a pair: the newer block whose log is right. Throws `corrupt` if neither is.
  mutating func load(_ device: BlockDevice, _ wanted: BlockPair) throws(StorageError) {
    clear()
    guard wanted.first < device.blockCount, wanted.second < device.blockCount else { throw .corrupt }
    let one = try revision(device, wanted.first)
    let two = try revision(device, wanted.second)
    // Counts wrap around: the distance tells which is newer.
    let isFirstNewer = Int32(bitPattern: one &- two) >= 0
    let order = isFirstNewer ? wanted : BlockPair(first: wanted.second, second: wanted.first)
    pair = order
    if try replay(device) { return }
    pair = BlockPair(first: order.second, second: order.first)
    if try replay(device) { return }
    throw .corrupt
  }

  private func revision(_ device: BlockDevice, _ block: UInt32) throws(StorageError) -> UInt32 {
    try device.read(block, 0, buffer, 4)
    return loadWord(buffer)
  }

  /// Reads `pair.first`; false if it holds no commit that is right.
  private mutating func replay(_ device: BlockDevice) throws(StorageError) -> Bool {
    count = 0
    tail = .none
    isSplit = false
    move = MoveState()
    try device.read(pair.first, 0, buffer, Int(device.blockSize))
    revision = loadWord(buffer)
    let end = endOfLog(Int(device.blockSize))
    if end == 0 { return false }
    return applyLog(end)
  }

  private func bigEndianWord(_ offset: Int) -> UInt32 { loadWord(buffer + offset).byteSwapped }

  /// Where the last right commit ends; 0 if there is none.
  private func endOfLog(_ size: Int) -> Int {
    var offset = 4
    var end = 0
    var previous = UInt32.max
    var crc = checksum(UInt32.max, buffer, 4)
    while offset &+ 4 <= size {
      let tag = bigEndianWord(offset) ^ previous
      let total = 4 &+ Tag.count(tag)
      if tag & 0x8000_0000 != 0 || offset &+ total > size { break }
      previous = tag
      let isChecksum = Tag.type(tag) & 0x700 == Tag.checksum && Tag.type(tag) != Tag.forwardChecksum
      if isChecksum {
        if total < 8 { break }
        crc = checksum(crc, buffer + offset, 4)
        if crc != loadWord(buffer + (offset &+ 4)) { break }
        // The lowest bit says how the next tag's valid bit looks where nothing was written.
        previous ^= (Tag.type(tag) & 1) &<< 31
        end = offset &+ total
        crc = UInt32.max
      } else {
        crc = checksum(crc, buffer + offset, total)
      }
      offset &+= total
    }
    return end
  }

  /// Replays the tags before `end`; false if they make no sense.
  private mutating func applyLog(_ end: Int) -> Bool {
    var offset = 4
    var previous = UInt32.max
    while offset < end {
      let tag = bigEndianWord(offset) ^ previous
      previous = tag
      let type = Tag.type(tag)
      if type & 0x700 == Tag.checksum && type != Tag.forwardChecksum { previous ^= (type & 1) &<< 31 }
      if !apply(tag, buffer + (offset &+ 4)) { return false }
      offset &+= 4 &+ Tag.count(tag)
    }
    for index in 0..<count where entries[index].name == nil { return false }
    return true
  }

  private mutating func apply(_ tag: UInt32, _ data: UnsafeMutablePointer<UInt8>) -> Bool {
    let type = Tag.type(tag)
    let index = Tag.entry(tag)
    let bytes = UnsafePointer(data)
    switch type & 0x700 {
    case 0x000: return name(index, type, bytes, Tag.count(tag))
    case 0x200:
      if index >= count { return false }
      entries[index].structureType = type
      entries[index].structureCount = Tag.count(tag)
      entries[index].structure = bytes
    case 0x300:
      if index >= count { return index == Int(Tag.noEntry) }
      if type & 0xff == MetadataPair.timeAttribute {
        entries[index].timeCount = Tag.count(tag)
        entries[index].time = Tag.isDeleted(tag) ? nil : bytes
      }
    case 0x400: return splice(type, index)
    case 0x600:
      if Tag.count(tag) < 8 { return false }
      tail = BlockPair(first: loadWord(bytes), second: loadWord(bytes + 4))
      isSplit = type & 1 != 0
    case 0x700:
      if type != Tag.moveState || Tag.count(tag) < 12 { return true }
      move = MoveState(tag: loadWord(bytes), first: loadWord(bytes + 4), second: loadWord(bytes + 8))
    default: break
    }
    return true
  }

  private mutating func name(_ index: Int, _ type: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    if index >= capacity { return false }
    // A log that was written anew names its entries in any order.
    while index >= count {
      (entries + count).initialize(to: Entry())
      count &+= 1
    }
    entries[index].nameType = type
    entries[index].nameCount = length
    entries[index].name = bytes
    return true
  }

  private mutating func splice(_ type: UInt32, _ index: Int) -> Bool {
    if type == Tag.delete {
      if index >= count { return false }
      remove(index)
      return true
    }
    if index > count || count >= capacity { return false }
    insert(Entry(), at: index)
    return true
  }

  // MARK: Changing

  mutating func insert(_ entry: Entry, at index: Int) {
    (entries + count).initialize(to: Entry())
    var position = count
    while position > index {
      entries[position] = entries[position &- 1]
      position &-= 1
    }
    entries[index] = entry
    count &+= 1
  }

  mutating func remove(_ index: Int) {
    for position in index..<max(count &- 1, index) { entries[position] = entries[position &+ 1] }
    count &-= 1
  }

  /// Bytes that the entries from one on take in a log.
  func size(_ from: Int, _ to: Int) -> Int {
    var total = 0
    for index in from..<to {
      let entry = entries[index]
      total &+= 4 &+ entry.nameCount
      if entry.structureType != 0 { total &+= 4 &+ entry.structureCount }
      if entry.time != nil { total &+= 4 &+ entry.timeCount }
    }
    return total
  }

  /// Bytes of all else: revision, tail, global state, checksum with its padding.
  static func overhead(_ device: BlockDevice) -> Int { 4 &+ 12 &+ 16 &+ 8 &+ Int(device.programSize) }

  // MARK: Storing

  /// Writes the entries `from..<to` into the block that does not hold the current state, with `target` (a block) to build it in. Then the pair's first
  /// block is the new one.
  mutating func store(_ device: BlockDevice, _ from: Int, _ to: Int, in target: UnsafeMutablePointer<UInt8>) throws(StorageError) {
    guard size(from, to) &+ MetadataPair.overhead(device) <= Int(device.blockSize) else { throw .noSpace }
    revision &+= 1
    var log = LogWriter(target)
    storeWord(target, revision)
    log.offset = 4
    for index in from..<to {
      let entry = entries[index]
      let number = UInt32(index &- from)
      log.append(entry.nameType, number, entry.name, entry.nameCount)
      if entry.structureType != 0 { log.append(entry.structureType, number, entry.structure, entry.structureCount) }
      if entry.time != nil { log.append(Tag.attribute | MetadataPair.timeAttribute, number, entry.time, entry.timeCount) }
    }
    if !tail.isNone { log.append(isSplit ? Tag.hardTail : Tag.softTail, Tag.noEntry, [tail.first, tail.second]) }
    if !move.isZero { log.append(Tag.moveState, Tag.noEntry, [move.tag, move.first, move.second]) }
    try device.eraseBlock(pair.second)
    try log.finish(device, pair.second)
    pair = BlockPair(first: pair.second, second: pair.first)
  }
}

/// Builds a log of one commit.
private struct LogWriter {
  let target: UnsafeMutablePointer<UInt8>
  var offset = 0
  private var previous = UInt32.max

  init(_ target: UnsafeMutablePointer<UInt8>) { self.target = target }

  private mutating func append(tag: UInt32) {
    storeWord(target + offset, (tag ^ previous).byteSwapped)
    previous = tag
    offset &+= 4
  }

  mutating func append(_ type: UInt32, _ entry: UInt32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    append(tag: Tag.make(type, entry, count))
    if let bytes { (target + offset).update(from: bytes, count: count) }
    offset &+= count
  }

  mutating func append<let wordCount: Int>(_ type: UInt32, _ entry: UInt32, _ words: InlineArray<wordCount, UInt32>) {
    append(tag: Tag.make(type, entry, wordCount &* 4))
    for index in 0..<wordCount {
      storeWord(target + offset, words[index])
      offset &+= 4
    }
  }

  /// Adds the checksum, padded to what can be programmed, and writes everything to the erased block.
  mutating func finish(_ device: BlockDevice, _ block: UInt32) throws(StorageError) {
    let unit = Int(device.programSize)
    let end = (offset &+ 8 &+ unit &- 1) / unit &* unit
    // What follows must not look like a valid tag: how does the erased storage there look?
    var next: UInt8 = 0xff
    if end < Int(device.blockSize) { try device.read(block, UInt32(end), &next, 1) }
    let phase: UInt32 = next & 0x80 == 0 ? 1 : 0
    append(tag: Tag.make(Tag.checksum | phase, Tag.noEntry, min(end &- offset &- 4, 0x3fe)))
    storeWord(target + offset, checksum(UInt32.max, target, offset))
    for index in offset &+ 4..<max(end, offset &+ 4) { target[index] = 0xff }
    try device.program(block, 0, target, end)
    try device.synchroniseAll()
  }
}
