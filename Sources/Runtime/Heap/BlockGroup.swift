// The heap's bitmaps. A group holds the bits of one machine word's worth of blocks (64 on a host, 32 on a device), all four kinds
// side by side, so that an allocation, a mark or a sweep touches one cache line for them.
//
// Invariants outside of a collection: start is a subset of used; atomic is a subset of start; mark is zero; a used block that is
// not a start follows a used block. The rest of the current run is used and has no start.

/// The number of a 16-byte block, counted from the heap's first.
@usableFromInline struct BlockIndex: Comparable {
  @usableFromInline var raw: Int

  @inlinable @inline(__always) init(_ raw: Int) { self.raw = raw }

  /// The first block of a group.
  @inlinable @inline(__always) init(group: Int) { raw = group &<< BlockGroup.shift }

  /// The group that holds this block's bits.
  @inlinable @inline(__always) var group: Int { raw &>> BlockGroup.shift }

  /// This block's bit within the group's words.
  @inlinable @inline(__always) var bit: UInt { 1 &<< UInt(truncatingIfNeeded: raw & (BlockGroup.blocks - 1)) }

  @inlinable @inline(__always) static func < (left: BlockIndex, right: BlockIndex) -> Bool { left.raw < right.raw }
  @inlinable @inline(__always) static func + (left: BlockIndex, right: Int) -> BlockIndex { BlockIndex(left.raw &+ right) }
  @inlinable @inline(__always) static func - (left: BlockIndex, right: Int) -> BlockIndex { BlockIndex(left.raw &- right) }
  @inlinable @inline(__always) static func - (left: BlockIndex, right: BlockIndex) -> Int { left.raw &- right.raw }
}

/// The bits of consecutive blocks, lowest bit first.
@usableFromInline struct BlockGroup {
  /// Bytes of a block, and its logarithm.
  @inlinable static var blockSize: Int { 16 }
  @inlinable static var blockShift: UInt { 4 }
  /// Blocks in a group, and its logarithm.
  @inlinable static var blocks: Int { UInt.bitWidth }
  @inlinable static var shift: Int { UInt.bitWidth == 64 ? 6 : 5 }
  /// Bytes of the blocks of a group.
  @inlinable static var byteCount: Int { blocks &* blockSize }

  /// First block of an object.
  @usableFromInline var start: UInt
  /// Block of an object, or of the current run.
  @usableFromInline var used: UInt
  /// Start of an object found reachable by the running collection.
  @usableFromInline var mark: UInt
  /// Start of an object without pointers.
  @usableFromInline var atomic: UInt

  /// The bits from `position` (0 up to the width) upwards.
  @inline(__always) static func mask(from position: Int) -> UInt {
    position >= blocks ? 0 : UInt.max &<< UInt(truncatingIfNeeded: position)
  }

  /// Removes the objects without a mark, a word at a time, and clears the marks. `carry` is 1 when the object that reaches into this
  /// group from below was removed, and is left so for the group above.
  ///
  /// The tails of a removed object are a run of ones above its start; adding a one at the run's foot carries through it, leaves
  /// zeros and stops in the bit above, which belongs to no tail. All runs of the word are cleared by one addition.
  @inline(__always) mutating func sweep(_ carry: inout UInt) {
    let dead = start & ~mark
    let tails = used & ~start
    let feet = ((dead &<< 1) | carry) & tails
    let (sum, overflow) = tails.addingReportingOverflow(feet)
    carry = (overflow ? 1 : 0) | (dead &>> UInt(BlockGroup.blocks - 1))
    start &= mark
    used = start | (sum & tails)
    atomic &= start
    mark = 0
  }
}

extension UnsafeMutablePointer where Pointee == BlockGroup {
  /// Sets the used bits of blocks `from..<to`.
  func setUsed(_ from: BlockIndex, _ to: BlockIndex) {
    var position = from.raw
    while position < to.raw {
      let group = position &>> BlockGroup.shift
      let next = Swift.min((group &+ 1) &<< BlockGroup.shift, to.raw)
      self[group].used |= Self.mask(position, next, group)
      position = next
    }
  }

  /// Clears all bits of blocks `from..<to`.
  func clear(_ from: BlockIndex, _ to: BlockIndex) {
    var position = from.raw
    while position < to.raw {
      let group = position &>> BlockGroup.shift
      let next = Swift.min((group &+ 1) &<< BlockGroup.shift, to.raw)
      let keep = ~Self.mask(position, next, group)
      self[group].used &= keep
      self[group].start &= keep
      self[group].atomic &= keep
      position = next
    }
  }

  /// The bits of blocks `from..<to`, both within `group`.
  @inline(__always) private static func mask(_ from: Int, _ to: Int, _ group: Int) -> UInt {
    let first = group &<< BlockGroup.shift
    return BlockGroup.mask(from: from &- first) & ~BlockGroup.mask(from: to &- first)
  }

  /// Whether blocks `from..<to` are all free.
  func areFree(_ from: BlockIndex, _ to: BlockIndex) -> Bool {
    var position = from.raw
    while position < to.raw {
      let group = position &>> BlockGroup.shift
      let next = Swift.min((group &+ 1) &<< BlockGroup.shift, to.raw)
      if self[group].used & Self.mask(position, next, group) != 0 { return false }
      position = next
    }
    return true
  }

  /// The block after the object that starts at `block`, when that is still in the same group.
  @inline(__always) func endInGroup(of block: BlockIndex) -> BlockIndex? {
    let group = block.group
    let bit = block.bit
    let boundaries = (self[group].start | ~self[group].used) & ~((bit &<< 1) &- 1)
    return boundaries != 0 ? BlockIndex(group: group) + boundaries.trailingZeroBitCount : nil
  }

  /// The block after an object that reaches beyond the group `first`; at most the first block of group `limit`.
  func end(beyond first: Int, limit: Int) -> BlockIndex {
    var group = first &+ 1
    while group < limit {
      let boundaries = self[group].start | ~self[group].used
      if boundaries != 0 { return BlockIndex(group: group) + boundaries.trailingZeroBitCount }
      group &+= 1
    }
    return BlockIndex(group: limit)
  }

  /// The start of the object that holds a used block; nil for a block that belongs to none.
  func start(of block: BlockIndex) -> BlockIndex? {
    var group = block.group
    guard self[group].used & block.bit != 0 else { return nil }
    var starts = self[group].start & ((block.bit &<< 1) &- 1)
    while starts == 0 {
      if group == 0 { return nil }
      group &-= 1
      starts = self[group].start
    }
    return BlockIndex(group: group) + (BlockGroup.blocks &- 1 &- starts.leadingZeroBitCount)
  }
}
