// Objects that change their size in place, and explicit frees: the storage behind lists, dicts and buffers, which has one owner that
// knows when it is no longer needed. An object with a finaliser or a weak reference must never be freed explicitly.

import Platform

extension UnsafeMutablePointer where Pointee == Heap {
  /// Makes an object of `oldBytes` bytes `newBytes` long without moving it: true if the blocks behind it were free (or it fits
  /// anyway). New blocks are zeroed unless the object is atomic. Never collects; false when the heap is locked.
  public func grow(_ pointer: UnsafeMutableRawPointer, from oldBytes: Int, to newBytes: Int) -> Bool {
    if newBytes <= oldBytes { return true }
    guard newBytes <= Int(pointee.span) else { return false }
    let start = block(of: pointer)
    let end = start + blockCount(oldBytes)
    let newEnd = start + blockCount(newBytes)
    if newEnd == end { return true }
    if pointee.lockCount > 0 {
      pointee.flags.insert(.lockedFailure)
      return false
    }
    if address(of: end) == pointee.bump, pointee.bump < pointee.runEnd { return growInRun(to: newEnd) }
    let limit = end <= BlockIndex(group: pointee.lowGroups) ? pointee.lowGroups : pointee.totalGroups
    guard newEnd <= BlockIndex(group: limit), pointee.groups.areFree(end, newEnd) else { return false }
    occupy(end, newEnd)
    if pointee.groups[start.group].atomic & start.bit == 0 { zero(end, newEnd) } else { passFresh(end, newEnd) }
    return true
  }

  /// `grow` for the object that was allocated last: its successors are the rest of the current run, which is zero already, and
  /// perhaps free blocks behind that.
  private func growInRun(to newEnd: BlockIndex) -> Bool {
    let target = address(of: newEnd)
    if target > pointee.runEnd {
      let runEnd = block(at: pointee.runEnd)
      let limit = runEnd <= BlockIndex(group: pointee.lowGroups) ? pointee.lowGroups : pointee.totalGroups
      guard newEnd <= BlockIndex(group: limit), pointee.groups.areFree(runEnd, newEnd) else { return false }
      occupy(runEnd, newEnd)
      zero(runEnd, newEnd)
      pointee.runEnd = target
    }
    pointee.bump = target
    publishRun()
    return true
  }

  /// Frees the blocks that an object of `oldBytes` bytes does not need for `newBytes`.
  public func shrink(_ pointer: UnsafeMutableRawPointer, from oldBytes: Int, to newBytes: Int) {
    let start = block(of: pointer)
    let end = start + blockCount(oldBytes)
    let newEnd = start + blockCount(newBytes)
    if newEnd < end { giveBack(newEnd, end) }
  }

  /// Frees an object that nothing refers to any more. Nothing happens while the heap is locked: the collector will find it.
  public func free(_ pointer: UnsafeMutableRawPointer) {
    if pointee.lockCount > 0 { return }
    let start = block(of: pointer)
    giveBack(start, objectEnd(start))
  }

  /// An object of `newBytes` bytes with the contents of one of `oldBytes` bytes, which is freed: in place if possible. Nil, and the
  /// old object untouched, when there is no memory. May collect.
  public func reallocate(_ pointer: UnsafeMutableRawPointer, from oldBytes: Int, to newBytes: Int, atomic: Bool) -> UnsafeMutableRawPointer?
  {
    if newBytes <= oldBytes {
      shrink(pointer, from: oldBytes, to: newBytes)
      return pointer
    }
    if grow(pointer, from: oldBytes, to: newBytes) { return pointer }
    pointee.pinnedByCaller = UInt(bitPattern: pointer)
    let new = allocate(byteCount: newBytes, atomic: atomic)
    pointee.pinnedByCaller = 0
    guard let new else { return nil }
    new.copyMemory(from: pointer, byteCount: oldBytes)
    free(pointer)
    return new
  }

  /// Frees blocks at the end of an object, or all of it.
  private func giveBack(_ from: BlockIndex, _ to: BlockIndex) {
    let count = to - from
    if pointee.flags.contains(.poison) { platform_fill(pointer(to: from), 0xDD, count &* BlockGroup.blockSize) }
    if address(of: to) == pointee.bump, pointee.bump < pointee.runEnd, count <= pointee.largeBlocks {
      // The last object of the current run: the run has it back at once, zeroed as it must be.
      pointee.groups.clear(from, to)
      pointee.groups.setUsed(from, to)
      platform_fill(pointer(to: from), 0, count &* BlockGroup.blockSize)
      pointee.bump = address(of: from)
      publishRun()
      return
    }
    vacate(from, to)
    pointee.hopelessSize = Int.max
    if from < BlockIndex(group: pointee.lowGroups) {
      pointee.freedLow &+= count
    } else if from == pointee.largeCursor {
      pointee.largeCursor = to
    } else {
      pointee.freedHigh &+= count
    }
    if count &* BlockGroup.blockSize >= 1 << 20 { releasePages(from, to) }
  }

  /// The block after the object that starts at `block`, or after the current run if the object is the last before it.
  @inline(__always) func end(of block: BlockIndex) -> BlockIndex { pointee.groups.endInGroup(of: block) ?? endBeyondGroup(block) }

  /// No object reaches from one part into the other, and bits of the gap must not be read.
  @inline(never) private func endBeyondGroup(_ block: BlockIndex) -> BlockIndex {
    pointee.groups.end(beyond: block.group, limit: block.group < pointee.lowGroups ? pointee.lowGroups : pointee.totalGroups)
  }

  /// The block after the object that starts at `start`.
  func objectEnd(_ start: BlockIndex) -> BlockIndex {
    let end = end(of: start)
    // The current run's rest looks like the tail of its last object.
    guard pointee.bump < pointee.runEnd else { return end }
    let bump = block(at: pointee.bump)
    return start < bump && bump < end ? bump : end
  }

  /// Gives the pages that lie wholly within free blocks back to the system.
  func releasePages(_ from: BlockIndex, _ to: BlockIndex) {
    guard let source = pointee.source else { return }
    let page = UInt(bitPattern: source.pageSize)
    let first = (address(of: from) &+ page &- 1) & ~(page &- 1)
    let last = address(of: to) & ~(page &- 1)
    if first < last { source.release(UnsafeMutableRawPointer(bitPattern: first), Int(last &- first)) }
  }
}
