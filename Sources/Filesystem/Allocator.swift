// Free blocks. A window of the device is looked at as a whole: every block in it that some pair or open file uses is marked, the others are given
// out in turn. When the window is used up it moves on.

/// The window, and how far it was used.
struct Allocator {
  static var windowBytes: Int { 64 }
  let window: UnsafeMutablePointer<UInt8>
  let blockCount: UInt32
  /// The window's first block, its size in blocks, and the next one to look at.
  var start: UInt32 = 0
  var size: UInt32 = 0
  var next: UInt32 = 0
  /// How many blocks may still be looked at before there is none: as many as there are, since the last time that all that was given out was in use.
  var left: UInt32

  init(window: UnsafeMutablePointer<UInt8>, blockCount: UInt32) {
    self.window = window
    self.blockCount = blockCount
    left = blockCount
  }

  /// Begins anywhere, so that not the same blocks are used after each start.
  mutating func reset(seed: UInt32) {
    start = seed % max(blockCount, 1)
    size = 0
    next = 0
    left = blockCount
  }

  mutating func clearWindow() {
    size = min(UInt32(Allocator.windowBytes) &* 8, blockCount)
    next = 0
    window.update(repeating: 0, count: Allocator.windowBytes)
  }

  /// Marks a block as used.
  mutating func mark(_ block: UInt32) {
    guard block < blockCount else { return }
    let distance = block >= start ? block &- start : block &+ blockCount &- start
    if distance < size { window[Int(distance / 8)] |= 1 &<< UInt8(distance % 8) }
  }

  func isMarked(_ distance: UInt32) -> Bool { window[Int(distance / 8)] & 1 &<< UInt8(distance % 8) != 0 }
}

extension LittleFS {
  /// Tells that everything allocated so far is referred to: an operation begins.
  mutating func beginAllocation() { allocator.left = device.blockCount }

  /// A free block. It must be referred to, or its operation given up, before the next `beginAllocation`.
  mutating func allocate() throws(StorageError) -> UInt32 {
    while true {
      while allocator.next < allocator.size && allocator.left > 0 {
        let distance = allocator.next
        allocator.next &+= 1
        allocator.left &-= 1
        if !allocator.isMarked(distance) { return (allocator.start &+ distance) % device.blockCount }
      }
      guard allocator.left > 0 else { throw .noSpace }
      allocator.start = (allocator.start &+ allocator.size) % device.blockCount
      allocator.clearWindow()
      try visitBlocks { $0.allocator.mark($1) }
    }
  }

  /// How many blocks are in use.
  public mutating func usedBlocks() throws(StorageError) -> UInt32 {
    let saved = allocator.start
    defer {
      // The window tells nothing about the place it belongs to any more.
      allocator.start = saved
      allocator.size = 0
      allocator.next = 0
    }
    var total: UInt32 = 0
    var start: UInt32 = 0
    while start < device.blockCount {
      allocator.start = start
      allocator.clearWindow()
      try visitBlocks { $0.allocator.mark($1) }
      for distance in 0..<min(allocator.size, device.blockCount &- start) where allocator.isMarked(distance) { total &+= 1 }
      start &+= allocator.size
    }
    return total
  }

  /// Calls with every block that is in use, some of them more than once.
  private mutating func visitBlocks(_ visit: (inout LittleFS, UInt32) -> Void) throws(StorageError) {
    var next = BlockPair(first: 0, second: 1)
    var steps: UInt32 = 0
    while !next.isNone {
      guard steps <= device.blockCount else { throw .corrupt }
      steps &+= 1
      try walker.load(device, next)
      visit(&self, next.first)
      visit(&self, next.second)
      for index in 0..<walker.count {
        let entry = walker.entries[index]
        guard entry.structureCount >= 8, let words = entry.structure else { continue }
        if entry.structureType == Tag.listStructure { try visitList(loadWord(words), loadWord(words + 4), visit) }
        if entry.structureType == Tag.folderStructure {
          // A folder that is in the list anyway, unless power was cut.
          visit(&self, loadWord(words))
          visit(&self, loadWord(words + 4))
        }
      }
      next = walker.tail
    }
    var file = openFiles
    while let current = file {
      if !current.pointee.isInline && current.pointee.size > 0 { try visitList(current.pointee.head, current.pointee.size, visit) }
      if current.pointee.isWriting {
        visit(&self, current.pointee.block)
        if current.pointee.blockIndex > 0 { try visitList(loadWord(current.pointee.buffer), blocks: current.pointee.blockIndex, visit) }
      }
      file = current.pointee.next
    }
  }

  private mutating func visitList(_ head: UInt32, _ size: UInt32, _ visit: (inout LittleFS, UInt32) -> Void) throws(StorageError) {
    if size == 0 { return }
    try visitList(head, blocks: listPosition(size &- 1).index &+ 1, visit)
  }

  private mutating func visitList(_ head: UInt32, blocks: UInt32, _ visit: (inout LittleFS, UInt32) -> Void) throws(StorageError) {
    guard blocks <= device.blockCount else { throw .corrupt }
    var block = head
    for left in 0..<blocks {
      guard block < device.blockCount else { throw .corrupt }
      visit(&self, block)
      if left &+ 1 < blocks { block = try readPointer(block, 0) }
    }
  }
}
