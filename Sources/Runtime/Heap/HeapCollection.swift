// The collection cycle and when it runs.

extension UnsafeMutablePointer where Pointee == Heap {
  /// A full collection: `gc.collect()`. Works while the heap is locked or collection disabled; not from within itself.
  public func collect() {
    if pointee.flags.contains(.collecting) { return }
    guard let markRoots = pointee.markRoots else { return }
    pointee.flags.insert(.collecting)
    pointee.flags.remove(.due)
    lock()
    retireRun()
    pointee.mark.reset()
    markRoots(pointee.context)
    markRegistrations()
    queueFinalisers()
    clearWeaks()
    sweep()
    pointee.collectionCount &+= 1
    unlock()
    pointee.flags.remove(.collecting)
    checkInvariants()
  }

  /// Collects if an allocation may; where it may not but a collection is only postponed, asks for one.
  func collectIfAllowed() -> Bool {
    guard !pointee.flags.contains(.disabled), pointee.lockCount == 0, pointee.markRoots != nil else { return false }
    if let request = pointee.requestCollection {
      if !pointee.flags.contains(.due) {
        pointee.flags.insert(.due)
        request(pointee.context)
      }
      return false
    }
    collect()
    return true
  }

  /// Whether a collection was asked for through the hook and has not run yet.
  public var isCollectionDue: Bool { pointee.flags.contains(.due) }

  /// `gc.threshold`: bytes allocated after which a collection runs; -1 leaves it to the heap.
  public var threshold: Int {
    get { pointee.threshold < 0 ? -1 : pointee.threshold &* BlockGroup.blockSize }
    nonmutating set {
      pointee.threshold = newValue < 0 ? -1 : newValue &>> BlockGroup.blockShift
      pointee.pace = nextPace()
    }
  }

  /// Blocks to be allocated until the next collection.
  func nextPace() -> Int {
    if pointee.threshold >= 0 { return pointee.threshold }
    if pointee.minimumPace >= pointee.totalGroups &<< BlockGroup.shift { return pointee.minimumPace }
    return Swift.max(pointee.minimumPace, pointee.usedBlocks / 100 &* pointee.pacePercent)
  }
}
