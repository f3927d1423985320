// Sweeping: a pass over the bitmaps of both parts, a word at a time (`BlockGroup.sweep`), and what follows from it: where the parts
// now end, and on a host what memory the system gets back.

import Platform

extension UnsafeMutablePointer where Pointee == Heap {
  /// Frees every object without a mark, clears the marks and starts the searches over.
  func sweep() {
    pointee.releaseLevel = Swift.max(pointee.releaseLevel, pointee.usedBlocks)
    let poison = pointee.flags.contains(.poison)
    let low = poison ? sweepPoisoning(0, pointee.lowGroups) : sweep(0, pointee.lowGroups)
    let high = poison ? sweepPoisoning(pointee.highGroup, pointee.totalGroups) : sweep(pointee.highGroup, pointee.totalGroups)
    pointee.usedBlocks = low.used &+ high.used
    pointee.allocatedBefore &+= pointee.sinceCollection
    pointee.sinceCollection = 0
    pointee.pace = nextPace()
    trim(lowTop: low.end, highBottom: high.first)
    pointee.cursor = BlockIndex(0)
    pointee.searchEnd = BlockIndex(group: pointee.lowGroups)
    pointee.largeCursor = BlockIndex(group: pointee.totalGroups)
    pointee.skippedBlocks = 0
    pointee.freedLow = 0
    pointee.freedHigh = 0
    pointee.hopelessSize = Int.max
  }

  /// Sweeps groups; answers the blocks left in use, the first group that is not empty and the end of the last one.
  private func sweep(_ from: Int, _ to: Int) -> (used: Int, first: Int, end: Int) {
    var used = 0
    var first = to
    var end = from
    var carry: UInt = 0
    var group = pointee.groups + from
    for index in from..<to {
      if group.pointee.used != 0 {
        group.pointee.sweep(&carry)
        let left = group.pointee.used
        if left != 0 {
          used &+= left == UInt.max ? BlockGroup.blocks : left.nonzeroBitCount
          if first == to { first = index }
          end = index &+ 1
        }
      } else {
        carry = 0
      }
      group += 1
    }
    return (used, first, end)
  }

  /// `sweep` that also overwrites what it frees: a group at a time, the slow way.
  private func sweepPoisoning(_ from: Int, _ to: Int) -> (used: Int, first: Int, end: Int) {
    var result = (used: 0, first: to, end: from)
    var carry: UInt = 0
    for index in from..<to {
      let before = pointee.groups[index].used
      pointee.groups[index].sweep(&carry)
      let left = pointee.groups[index].used
      var freed = before & ~left
      while freed != 0 {
        platform_fill(pointer(to: BlockIndex(group: index) + freed.trailingZeroBitCount), 0xDD, BlockGroup.blockSize)
        freed &= freed &- 1
      }
      if left != 0 {
        result.used &+= left.nonzeroBitCount
        if result.first == to { result.first = index }
        result.end = index &+ 1
      }
    }
    return result
  }

  // MARK: Giving memory back

  /// Moves empty groups at the parts' inner ends back into the gap. On a host that is memory returned to the system, so only what the
  /// next cycle will not need goes, and only when it is much.
  private func trim(lowTop: Int, highBottom: Int) {
    if pointee.source == nil {
      pointee.lowGroups = lowTop
      pointee.highGroup = highBottom
      return
    }
    let worthwhile = (1 << 20) / BlockGroup.byteCount
    let cycle = groupsForCycle()
    let lowNeed = Swift.min(pointee.usedBlocks &>> BlockGroup.shift &+ cycle, pointee.lowGroups)
    let low = roundedUp(Swift.max(lowTop, lowNeed))
    if pointee.lowGroups &- low >= worthwhile {
      releasePages(BlockIndex(group: low), BlockIndex(group: pointee.lowGroups))
      pointee.lowGroups = low
      pointee.fresh = Swift.min(pointee.fresh, BlockIndex(group: low))
    }
    let high =
      pointee.totalGroups &- roundedUp(Swift.min(pointee.totalGroups &- highBottom &+ cycle, pointee.totalGroups &- pointee.highGroup))
    if high &- pointee.highGroup >= worthwhile {
      releasePages(BlockIndex(group: pointee.highGroup), BlockIndex(group: high))
      pointee.highGroup = high
    }
    releaseInside()
  }

  /// Groups that the next cycle will fill, and a quarter more.
  private func groupsForCycle() -> Int {
    let blocks = Swift.min(pointee.pace, pointee.totalGroups &<< BlockGroup.shift)
    return (blocks &+ blocks / 4) &>> BlockGroup.shift
  }

  private func roundedUp(_ groups: Int) -> Int { (groups &+ pointee.granule &- 1) / pointee.granule &* pointee.granule }

  /// Releases long free runs inside the parts once use has fallen to a quarter of its height: seldom, so that memory does not go
  /// back and forth.
  private func releaseInside() {
    guard pointee.usedBlocks < pointee.releaseLevel / 4 else { return }
    pointee.releaseLevel = pointee.usedBlocks
    var keep = groupsForCycle()
    releaseRuns(0, pointee.lowGroups, &keep)
    keep = groupsForCycle()
    releaseRuns(pointee.highGroup, pointee.totalGroups, &keep)
  }

  /// Releases runs of 64 and more empty groups, after the first `keep` empty groups.
  private func releaseRuns(_ from: Int, _ to: Int, _ keep: inout Int) {
    var first = from
    while first < to {
      var end = first
      while end < to, pointee.groups[end].used == 0 { end &+= 1 }
      let start = first &+ Swift.min(keep, end &- first)
      keep &-= start &- first
      if end &- start >= 64 { releasePages(BlockIndex(group: start), BlockIndex(group: end)) }
      first = end &+ 1
    }
  }
}
