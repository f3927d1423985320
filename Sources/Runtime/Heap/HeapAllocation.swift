// Allocation off the fast path: the search for the next free run, large objects, growth into the gap.
//
// Both searches remember where they stopped, so that a pass over the bitmaps is paid once per collection, not per allocation. A pass
// starts again early only when explicit frees have made an eighth of the part worth another look.

import Platform

extension UnsafeMutablePointer where Pointee == Heap {
  /// The rest of `allocate`. May collect.
  @usableFromInline @inline(never)
  func allocateSlowly(byteCount: Int, atomic: Bool) -> UnsafeMutableRawPointer? {
    guard mayAllocate(), byteCount >= 0, UInt(bitPattern: byteCount) <= pointee.span else { return nil }
    let count = blockCount(byteCount)
    if pointee.collectEvery > 0 { collectForStress() }
    let isLarge = count > pointee.largeBlocks
    if !isLarge, let pointer = takeFromRun(count, atomic) { return pointer }
    if count >= pointee.pace || pointee.sinceCollection > pointee.pace &- count { _ = collectIfAllowed() }
    if let pointer = isLarge ? placeLarge(count, atomic) : placeSmall(count, atomic) { return pointer }
    guard collectIfAllowed() else { return nil }
    return isLarge ? placeLarge(count, atomic) : placeSmall(count, atomic)
  }

  /// Whether locks and the failure to be provoked let this allocation pass.
  private func mayAllocate() -> Bool {
    if pointee.lockCount > 0 {
      pointee.flags.insert(.lockedFailure)
      return false
    }
    if pointee.failCountdown > 0 {
      pointee.failCountdown &-= 1
      if pointee.failCountdown == 0 {
        pointee.failRow &-= 1
        if pointee.failRow > 0 { pointee.failCountdown = 1 }
        publishRun()
        return false
      }
    }
    return true
  }

  @inline(never) private func collectForStress() {
    pointee.collectCountdown &-= 1
    if pointee.collectCountdown <= 0 {
      pointee.collectCountdown = pointee.collectEvery
      _ = collectIfAllowed()
    }
  }

  // MARK: Small objects

  /// An object from the current run if it fits.
  private func takeFromRun(_ count: Int, _ atomic: Bool) -> UnsafeMutableRawPointer? {
    guard UInt(bitPattern: count) &<< BlockGroup.blockShift <= pointee.runEnd &- pointee.bump else { return nil }
    let block = block(at: pointee.bump)
    pointee.bump = address(of: block + count)
    publishRun()
    return begin(block, atomic)
  }

  /// Sets an object's start bit.
  @inline(__always) private func begin(_ block: BlockIndex, _ atomic: Bool) -> UnsafeMutableRawPointer {
    let group = pointee.groups + block.group
    group.pointee.start |= block.bit
    if atomic { group.pointee.atomic |= block.bit }
    return pointer(to: block)
  }

  /// Finds a run for a small object. Of what is left of the old run and of the new one, the longer becomes the current run.
  private func placeSmall(_ count: Int, _ atomic: Bool) -> UnsafeMutableRawPointer? {
    guard let run = nextRun(count) else { return nil }
    let rest = Int(pointee.runEnd &- pointee.bump) &>> 4
    let newRest = run.count &- count
    if rest > newRest {
      occupy(run.start, run.start + count)
      zero(run.start, run.start + count)
      pointee.cursor = run.start + count
      return begin(run.start, atomic)
    }
    pointee.skippedBlocks &+= rest
    retireRun()
    occupy(run.start, run.start + run.count)
    zero(run.start, run.start + run.count)
    pointee.cursor = run.start + run.count
    pointee.bump = address(of: run.start + count)
    pointee.runEnd = address(of: pointee.cursor)
    publishRun()
    return begin(run.start, atomic)
  }

  /// The next run with room for `count` blocks, wherever it can be had without a collection.
  private func nextRun(_ count: Int) -> (start: BlockIndex, count: Int)? {
    if let run = searchRun(count) { return run }
    let isLow = pointee.searchEnd == BlockIndex(group: pointee.lowGroups)
    if isLow && pointee.freedLow &* 8 > pointee.lowGroups &* BlockGroup.blocks {
      restartSearch()
      if let run = searchRun(count) { return run }
    }
    if extendLow(), let run = searchRun(count) { return run }
    if isLow {
      enterHighPart()
      if let run = searchRun(count) { return run }
    }
    guard count < pointee.hopelessSize, pointee.skippedBlocks &+ pointee.freedLow &+ pointee.freedHigh >= count else { return nil }
    restartSearch()
    if let run = searchRun(count) { return run }
    enterHighPart()
    if let run = searchRun(count) { return run }
    pointee.hopelessSize = count
    return nil
  }

  /// Begins the search for runs again at block 0.
  private func restartSearch() {
    pointee.cursor = BlockIndex(0)
    pointee.searchEnd = BlockIndex(group: pointee.lowGroups)
    pointee.freedLow = 0
    pointee.skippedBlocks = 0
  }

  /// Lets the search for runs go on among the large objects: the gap is used up.
  private func enterHighPart() {
    pointee.cursor = BlockIndex(group: pointee.highGroup)
    pointee.searchEnd = BlockIndex(group: pointee.totalGroups)
    pointee.freedHigh = 0
  }

  /// The first run of at least `count` free blocks from the cursor on, cut to a run's length. Moves the cursor past what is too short.
  private func searchRun(_ count: Int) -> (start: BlockIndex, count: Int)? {
    let groups = pointee.groups
    let end = pointee.searchEnd.raw
    let most = Swift.max(count, pointee.runBlocks)
    var position = pointee.cursor.raw
    while position < end {
      let group = position &>> BlockGroup.shift
      let free = ~groups[group].used & BlockGroup.mask(from: position & (BlockGroup.blocks &- 1))
      if free == 0 {
        position = (group &+ 1) &<< BlockGroup.shift
        continue
      }
      let foot = free.trailingZeroBitCount
      var length = (~(free &>> UInt(truncatingIfNeeded: foot))).trailingZeroBitCount
      if foot &+ length >= BlockGroup.blocks {
        length = BlockGroup.blocks &- foot
        var next = group &+ 1
        while length < most, next &<< BlockGroup.shift < end {
          let more = groups[next].used.trailingZeroBitCount
          length &+= more
          if more < BlockGroup.blocks { break }
          next &+= 1
        }
      }
      position = (group &<< BlockGroup.shift) &+ foot
      if length >= count {
        pointee.cursor = BlockIndex(position)
        return (BlockIndex(position), Swift.min(length, most))
      }
      pointee.skippedBlocks &+= length
      position &+= length
    }
    pointee.cursor = BlockIndex(end)
    return nil
  }

  /// Moves the low part's end into the gap. The new blocks are the next to be searched.
  private func extendLow() -> Bool {
    let gap = pointee.highGroup &- pointee.lowGroups
    if gap <= 0 { return false }
    var step = pointee.granule
    if pointee.source != nil {
      step = Swift.max(4 &* step, Swift.min(pointee.lowGroups / 4, 32 << 20 / BlockGroup.byteCount) / step &* step)
    }
    step = Swift.min(step, gap)
    let first = pointee.lowGroups
    guard commit(first, first &+ step) else { return false }
    pointee.lowGroups = first &+ step
    // A search that had reached the end goes on where it was: free blocks below the new ones join them.
    if pointee.searchEnd != BlockIndex(group: first) || pointee.cursor > pointee.searchEnd { pointee.cursor = BlockIndex(group: first) }
    pointee.searchEnd = BlockIndex(group: pointee.lowGroups)
    return true
  }

  /// Makes memory and bits of groups usable.
  private func commit(_ from: Int, _ to: Int) -> Bool {
    guard let source = pointee.source else { return true }
    let page = UInt(bitPattern: source.pageSize)
    let bits = UInt(bitPattern: pointee.groups + from) & ~(page &- 1)
    let bitsEnd = (UInt(bitPattern: pointee.groups + to) &+ page &- 1) & ~(page &- 1)
    guard source.commit(UnsafeMutableRawPointer(bitPattern: bits), Int(bitsEnd &- bits)) else { return false }
    return source.commit(pointer(to: BlockIndex(group: from)), (to &- from) &* BlockGroup.byteCount)
  }

  // MARK: Large objects

  /// Finds room for a large object, from the far end downwards.
  private func placeLarge(_ count: Int, _ atomic: Bool) -> UnsafeMutableRawPointer? {
    let top = BlockIndex(group: pointee.totalGroups)
    let bottom = BlockIndex(group: pointee.highGroup)
    if pointee.largeCursor > bottom, let block = searchDown(count, from: pointee.largeCursor, to: bottom) {
      return placeLarge(block, count, atomic)
    }
    let highBlocks = top - bottom
    if pointee.freedHigh >= count, pointee.freedHigh &* 8 > highBlocks, let block = searchHighAgain(count) {
      return placeLarge(block, count, atomic)
    }
    if let block = extendHigh(count) { return placeLarge(block, count, atomic) }
    // The gap is used up: any place will do.
    guard count < pointee.hopelessSize else { return nil }
    if let block = searchHighAgain(count) { return placeLarge(block, count, atomic) }
    if let block = searchDown(count, from: BlockIndex(group: pointee.lowGroups), to: BlockIndex(0)) {
      return placeLarge(block, count, atomic)
    }
    pointee.hopelessSize = count
    return nil
  }

  private func searchHighAgain(_ count: Int) -> BlockIndex? {
    pointee.freedHigh = 0
    return searchDown(count, from: BlockIndex(group: pointee.totalGroups), to: BlockIndex(group: pointee.highGroup))
  }

  /// Makes free blocks a large object.
  private func placeLarge(_ block: BlockIndex, _ count: Int, _ atomic: Bool) -> UnsafeMutableRawPointer {
    let end = block + count
    if block >= BlockIndex(group: pointee.highGroup) { pointee.largeCursor = block }
    occupy(block, end)
    if !atomic { zero(block, end) } else { passFresh(block, end) }
    return begin(block, atomic)
  }

  /// Tells that an object, which was allocated as one that may hold pointers and is zeroed therefore, will hold none.
  func makeAtomic(_ object: UnsafeMutableRawPointer) {
    let block = block(at: UInt(bitPattern: object))
    pointee.groups[block.group].atomic |= block.bit
  }

  /// The highest run of `count` free blocks in `to..<from`. More than a group is asked for, so a run must cover an end of some group:
  /// what lies between used bits of one word is never looked at.
  private func searchDown(_ count: Int, from: BlockIndex, to: BlockIndex) -> BlockIndex? {
    let groups = pointee.groups
    var runTop = from.raw
    var position = from.raw
    while position > to.raw {
      let group = (position &- 1) &>> BlockGroup.shift
      let first = group &<< BlockGroup.shift
      let used = groups[group].used & ~BlockGroup.mask(from: position &- first)
      if used == 0 {
        if runTop &- first >= count { return BlockIndex(runTop &- count) }
      } else {
        let lastUsed = first &+ BlockGroup.blocks &- used.leadingZeroBitCount
        if runTop &- lastUsed >= count { return BlockIndex(runTop &- count) }
        runTop = first &+ used.trailingZeroBitCount
      }
      position = first
    }
    return nil
  }

  /// Moves the high part's beginning into the gap, as far as an object needs that also takes the free blocks at the part's beginning.
  private func extendHigh(_ count: Int) -> BlockIndex? {
    let bottom = BlockIndex(group: pointee.highGroup)
    var free = 0
    var group = pointee.highGroup
    while free < count, group < pointee.totalGroups {
      let more = pointee.groups[group].used.trailingZeroBitCount
      free &+= more
      if more < BlockGroup.blocks { break }
      group &+= 1
    }
    if free >= count { return bottom + (free &- count) }
    let needed = (count &- free &+ BlockGroup.blocks &- 1) &>> BlockGroup.shift
    let step = (needed &+ pointee.granule &- 1) / pointee.granule &* pointee.granule
    guard step <= pointee.highGroup &- pointee.lowGroups, commit(pointee.highGroup &- step, pointee.highGroup) else { return nil }
    pointee.highGroup &-= step
    // What is added reads as zero: nobody has used it, or its pages were given back.
    if pointee.source != nil, pointee.highFresh < bottom { pointee.highFresh = bottom }
    return bottom + (free &- count)
  }

  // MARK: Accounts

  /// Marks free blocks as used.
  func occupy(_ from: BlockIndex, _ to: BlockIndex) {
    pointee.groups.setUsed(from, to)
    pointee.usedBlocks &+= to - from
    pointee.sinceCollection &+= to - from
    if pointee.usedBlocks > pointee.peakBlocks { pointee.peakBlocks = pointee.usedBlocks }
  }

  /// Marks blocks as free.
  func vacate(_ from: BlockIndex, _ to: BlockIndex) {
    pointee.groups.clear(from, to)
    pointee.usedBlocks &-= to - from
    pointee.sinceCollection = Swift.max(0, pointee.sinceCollection &- (to - from))
  }

  /// Zeroes blocks that are about to be handed out, except those that nobody has used yet.
  func zero(_ from: BlockIndex, _ to: BlockIndex) {
    let isLow = from < BlockIndex(group: pointee.lowGroups)
    let start = isLow ? from : Swift.max(from, pointee.highFresh)
    let end = isLow && pointee.fresh < to ? Swift.max(from, pointee.fresh) : to
    if start < end { clear(start, end - start) }
    passFresh(from, to)
  }

  /// Most runs of a heap in use are short: calling memset for them costs more than the stores.
  @inline(__always) private func clear(_ from: BlockIndex, _ count: Int) {
    if count > 8 { return platform_fill(pointer(to: from), 0, count &* BlockGroup.blockSize) }
    let words = pointer(to: from).assumingMemoryBound(to: UInt64.self)
    for index in 0..<(count &* BlockGroup.blockSize / 8) { words[index] = 0 }
  }

  /// Notes that blocks have been handed out.
  @inline(__always) func passFresh(_ from: BlockIndex, _ to: BlockIndex) {
    if to <= BlockIndex(group: pointee.lowGroups) {
      if to > pointee.fresh { pointee.fresh = to }
    } else if from < pointee.highFresh {
      pointee.highFresh = from
    }
  }

  /// Gives back what is left of the current run.
  func retireRun() {
    if pointee.bump < pointee.runEnd { vacate(block(at: pointee.bump), block(at: pointee.runEnd)) }
    pointee.bump = pointee.base
    pointee.runEnd = pointee.base
    pointee.bumpLimit = pointee.base
  }
}
