// Looking at a heap: addresses, figures, a walk over all objects, the invariants.

/// What a walk over the whole heap finds; counted in blocks of 16 bytes.
public struct HeapSummary {
  /// Objects, and those of one and of two blocks.
  public var objects = 0
  public var oneBlockObjects = 0
  public var twoBlockObjects = 0
  /// The largest object and the longest free run.
  public var largestObject = 0
  public var largestFreeRun = 0
}

extension UnsafeMutablePointer where Pointee == Heap {
  // MARK: Addresses

  /// Whether an address lies in the heap's range, used or not.
  @inline(__always) public func contains(_ address: UInt) -> Bool { address &- pointee.base < pointee.span }

  /// The object that an address points to or into; nil for an address that belongs to none.
  public func startOf(_ address: UInt) -> UnsafeMutableRawPointer? {
    guard contains(address) else { return nil }
    if address >= pointee.bump && address < pointee.runEnd { return nil }
    let block = block(at: address)
    if block.group >= pointee.lowGroups && block.group < pointee.highGroup { return nil }
    guard let start = pointee.groups.start(of: block) else { return nil }
    return pointer(to: start)
  }

  /// Whether an address is an object's first.
  public func isStart(_ address: UInt) -> Bool { startOf(address).map { UInt(bitPattern: $0) == address } ?? false }

  /// An object's size in bytes: what was asked for, rounded up to 16.
  public func size(of pointer: UnsafeMutableRawPointer) -> Int {
    let start = block(of: pointer)
    return (objectEnd(start) - start) &* BlockGroup.blockSize
  }

  // MARK: Figures

  /// Bytes of all objects, garbage included.
  public var allocatedBytes: Int { pointee.usedBlocks &* BlockGroup.blockSize &- Int(bitPattern: pointee.runEnd &- pointee.bump) }

  /// Bytes up to the limit.
  public var freeBytes: Int { totalBytes &- allocatedBytes }

  /// The limit.
  public var totalBytes: Int { Int(bitPattern: pointee.span) }

  /// The most bytes ever in use, to within one run.
  public var peakBytes: Int { pointee.peakBlocks &* BlockGroup.blockSize }

  /// Bytes of all allocations so far, dead objects included.
  public var everAllocatedBytes: Int {
    (pointee.allocatedBefore &+ pointee.sinceCollection) &* BlockGroup.blockSize &- Int(bitPattern: pointee.runEnd &- pointee.bump)
  }

  /// Bytes of memory behind the heap's two parts: on a host what it takes from the system, bitmaps aside.
  public var committedBytes: Int {
    (pointee.lowGroups &+ pointee.totalGroups &- pointee.highGroup) &* BlockGroup.byteCount
  }

  /// Finished collections.
  public var collectionCount: Int { pointee.collectionCount }

  // MARK: Walks

  /// Calls `body` for every object, garbage included, in order of address. `body` must not allocate.
  public func forEachObject(_ body: (_ object: UnsafeMutableRawPointer, _ size: Int, _ isAtomic: Bool) -> Void) {
    walk(0, pointee.lowGroups, body)
    walk(pointee.highGroup, pointee.totalGroups, body)
  }

  private func walk(_ from: Int, _ to: Int, _ body: (UnsafeMutableRawPointer, Int, Bool) -> Void) {
    for group in from..<to {
      let bits = pointee.groups[group]
      var starts = bits.start
      while starts != 0 {
        let block = BlockIndex(group: group) + starts.trailingZeroBitCount
        body(pointer(to: block), (objectEnd(block) - block) &* BlockGroup.blockSize, bits.atomic & block.bit != 0)
        starts &= starts &- 1
      }
    }
  }

  /// Counts objects and free runs; proportional to the heap.
  public func summary() -> HeapSummary {
    var result = HeapSummary()
    forEachObject { _, size, _ in
      let blocks = size / BlockGroup.blockSize
      result.objects &+= 1
      if blocks == 1 { result.oneBlockObjects &+= 1 }
      if blocks == 2 { result.twoBlockObjects &+= 1 }
      result.largestObject = Swift.max(result.largestObject, blocks)
    }
    var run = 0
    longestRun(0, pointee.lowGroups, &run, &result.largestFreeRun)
    run &+= (pointee.highGroup &- pointee.lowGroups) &<< BlockGroup.shift
    result.largestFreeRun = Swift.max(result.largestFreeRun, run)
    longestRun(pointee.highGroup, pointee.totalGroups, &run, &result.largestFreeRun)
    return result
  }

  /// Follows free runs through groups; `run` is the length of the one that reaches the end.
  private func longestRun(_ from: Int, _ to: Int, _ run: inout Int, _ longest: inout Int) {
    for group in from..<to {
      var used = pointee.groups[group].used
      if used == 0 {
        run &+= BlockGroup.blocks
        longest = Swift.max(longest, run)
        continue
      }
      var left = BlockGroup.blocks
      while left > 0 {
        let free = Swift.min(used.trailingZeroBitCount, left)
        run &+= free
        longest = Swift.max(longest, run)
        left &-= free
        if left == 0 { break }
        run = 0
        used = used &>> UInt(truncatingIfNeeded: free)
        let taken = Swift.min((~used).trailingZeroBitCount, left)
        left &-= taken
        used = taken == BlockGroup.blocks ? 0 : used &>> UInt(truncatingIfNeeded: taken)
      }
    }
  }

  // MARK: Invariants

  /// Stops the program when an invariant does not hold; empty in release builds.
  @inline(__always) func checkInvariants() {
    #if DEBUG
      if let violation = firstViolation() { preconditionFailure("heap: \(violation)") }
    #endif
  }

  /// The first invariant that does not hold, outside of a collection's marking.
  public func firstViolation() -> StaticString? {
    if pointee.lowGroups > pointee.highGroup { return "the parts overlap" }
    if pointee.bump > pointee.runEnd || pointee.bumpLimit > pointee.runEnd { return "the current run is inverted" }
    var used = 0
    if let violation = firstViolation(0, pointee.lowGroups, &used) { return violation }
    if let violation = firstViolation(pointee.highGroup, pointee.totalGroups, &used) { return violation }
    if used != pointee.usedBlocks { return "the count of used blocks is wrong" }
    if pointee.bump < pointee.runEnd {
      var block = block(at: pointee.bump)
      let end = self.block(at: pointee.runEnd)
      while block < end {
        let bits = pointee.groups[block.group]
        if bits.start & block.bit != 0 || bits.used & block.bit == 0 { return "the current run is not clean" }
        block = block + 1
      }
    }
    return nil
  }

  private func firstViolation(_ from: Int, _ to: Int, _ used: inout Int) -> StaticString? {
    var previous: UInt = 0
    for group in from..<to {
      let bits = pointee.groups[group]
      used &+= bits.used.nonzeroBitCount
      if bits.start & ~bits.used != 0 { return "a start is not used" }
      if bits.atomic & ~bits.start != 0 { return "an atomic block is no start" }
      if bits.mark != 0 { return "a mark was left" }
      // In the current run blocks are used without an object; it begins behind an object or a free block.
      let follows = (bits.used &<< 1) | previous
      let stray = bits.used & ~bits.start & ~follows
      if stray != 0 {
        let block = BlockIndex(group: group) + stray.trailingZeroBitCount
        if stray & (stray &- 1) != 0 || address(of: block) != pointee.bump { return "a tail follows no object" }
      }
      previous = bits.used &>> UInt(BlockGroup.blocks &- 1)
    }
    return nil
  }
}
