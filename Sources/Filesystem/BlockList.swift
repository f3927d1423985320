// The data of a file that does not fit into its entry: a list of blocks from the last to the first. Block n of a file, n > 0, begins with pointers: for
// every power of two that divides n, to the block so many before it. So any block is found in a logarithm of steps, and appending never changes
// a block that was written.

extension LittleFS {
  /// The block of a file that holds a byte, and where in the block the byte is.
  func listPosition(_ position: UInt32) -> (index: UInt32, offset: UInt32) {
    // A block holds on average two pointers less than its size; the exact number comes from counting bits (the format's DESIGN).
    let usual = device.blockSize &- 8
    var index = position / usual
    if index == 0 { return (0, position) }
    index = (position &- 4 &* (UInt32((index &- 1).nonzeroBitCount) &+ 2)) / usual
    return (index, position &- usual &* index &- 4 &* UInt32(index.nonzeroBitCount))
  }

  /// Bytes of pointers at the start of a block.
  func pointerBytes(_ index: UInt32) -> UInt32 { index == 0 ? 0 : 4 &* UInt32(index.trailingZeroBitCount &+ 1) }

  func readPointer(_ block: UInt32, _ slot: UInt32) throws(StorageError) -> UInt32 {
    var bytes: UInt32 = 0
    try withUnsafeMutableBytes(of: &bytes) { (buffer) throws(StorageError) in
      try device.read(block, slot &* 4, buffer.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), 4)
    }
    let pointer = UInt32(littleEndian: bytes)
    guard pointer < device.blockCount else { throw .corrupt }
    return pointer
  }

  /// The block number `wanted` of a list whose last block is number `last`.
  func listBlock(_ head: UInt32, _ last: UInt32, _ wanted: UInt32) throws(StorageError) -> UInt32 {
    var block = head
    var index = last
    while index > wanted {
      let distance = UInt32(31 &- (index &- wanted).leadingZeroBitCount)
      let slot = min(distance, UInt32(index.trailingZeroBitCount))
      block = try readPointer(block, slot)
      index &-= 1 &<< slot
    }
    guard block < device.blockCount else { throw .corrupt }
    return block
  }

  /// Writes the pointers of block `index`, whose predecessor is given.
  func writePointers(_ index: UInt32, _ previous: UInt32, to target: UnsafeMutablePointer<UInt8>) throws(StorageError) {
    if index == 0 { return }
    var block = previous
    for slot in 0...UInt32(index.trailingZeroBitCount) {
      storeWord(target + Int(slot &* 4), block)
      if slot < UInt32(index.trailingZeroBitCount) { block = try readPointer(block, slot) }
    }
  }
}
