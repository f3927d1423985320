// The garbage-collected heap.
//
// Memory is one contiguous range of 16-byte blocks. It has no headers and no free lists: all that is known about a block are four
// bits in a side table (BlockGroup.swift), so that finding free space and freeing dead objects handle a machine word of blocks per
// step, and an object costs exactly its size rounded up to 16.
//
//     base                                                                       base + span
//     | small objects, upwards -->  lowGroups |   gap (untouched)   | highGroup  <-- large objects, downwards |
//
// Small objects are allocated by bumping a pointer through free runs. A run is taken whole: its used bits are set and its memory is
// zeroed when it is taken, so that the fast path compares, adds and sets one start bit. Large objects are placed from the far end,
// so that neither kind fragments the other. The gap between both is memory never handed out; on a host it is not even committed.
// Only groups outside of the gap are ever swept. When the gap is used up, each kind takes what it finds in the other's part.
//
// Collection is mark and sweep and never moves an object. Marking is conservative: every word of a root range and of an object that
// is not atomic counts as a reference when it points anywhere into a used object. The mark stack is bounded; when it overflows, the
// marked objects of the affected range are scanned again. Nothing allocates in a collection.
//
// The slow path is the only place where anything is decided: pacing, locks, the stress modes. Whatever needs every allocation to be
// seen makes the fast path fail by publishing an empty run (`bumpLimit == bump`), so that it costs nothing when off.
//
// `Heap` is a struct inside the interpreter's state and is used through `UnsafeMutablePointer<Heap>`: methods belong to the pointer
// and not to the struct, because a collection calls back into the interpreter, which marks through the same pointer; a `mutating`
// method would promise the compiler that nobody else touches the fields meanwhile.
//
// Read on: HeapAllocation (slow paths), HeapResize (grow, shrink, free), HeapMark, HeapSweep, HeapCollection (the cycle, pacing),
// HeapRegistrations (finalisers, weak references), HeapInspection (walker, statistics, invariants).

import Platform

/// A garbage-collected heap. Use it through a pointer; see the top of this file.
public struct Heap {
  // The fast path's fields come first: one cache line.

  /// Address of the current run's next free byte.
  @usableFromInline var bump: UInt
  /// The current run's end for the fast path: `runEnd`, or `bump` while every allocation must take the slow path.
  @usableFromInline var bumpLimit: UInt
  /// Address of block 0.
  @usableFromInline var base: UInt
  /// The bits of all blocks.
  @usableFromInline var groups: UnsafeMutablePointer<BlockGroup>

  /// The current run's end.
  var runEnd: UInt
  /// Bytes of all blocks: an address belongs to the heap when its distance from `base` is below this.
  var span: UInt
  /// Groups of the low part: `0..<lowGroups`.
  var lowGroups = 0
  /// First group of the high part: `highGroup..<totalGroups`.
  var highGroup: Int
  let totalGroups: Int
  /// Groups by which a part grows at least: a multiple of the pages.
  let granule: Int
  /// Blocks of the low part from here on have not been handed out and read as zero.
  var fresh: BlockIndex
  /// Likewise, blocks of the high part below here. (On a chip there are none.)
  var highFresh: BlockIndex

  /// Where the search for the next run goes on, and where its part ends.
  var cursor = BlockIndex(0)
  var searchEnd = BlockIndex(0)
  /// Large objects are looked for downwards from here.
  var largeCursor: BlockIndex
  /// Free blocks passed over since the search last began at block 0, because their runs were too short.
  var skippedBlocks = 0
  /// Blocks freed explicitly since the last search from the beginning, in the low and in the high part.
  var freedLow = 0
  var freedHigh = 0
  /// A search of everything for that many blocks has failed since the last collection.
  var hopelessSize = Int.max
  /// Blocks of a run at most, and of an object that is not large.
  let runBlocks: Int
  let largeBlocks: Int

  /// Used blocks, the current run's rest included, and the most there ever were.
  var usedBlocks = 0
  var peakBlocks = 0
  /// Blocks allocated since the last collection, and how many make the next one due.
  var sinceCollection = 0
  /// Blocks allocated before that.
  var allocatedBefore = 0
  var pace: Int
  let minimumPace: Int
  let pacePercent: Int
  /// `gc.threshold` in blocks, or -1.
  var threshold = -1
  /// Finished collections.
  public internal(set) var collectionCount = 0
  /// Level of use above which free memory inside the parts is kept from the system.
  var releaseLevel = 0

  /// Number of reasons for which nothing may be allocated.
  var lockCount = 0
  var flags = HeapFlags()
  /// Stress: collect at every n-th allocation (0: off), and the allocations left until then.
  var collectEvery = 0
  var collectCountdown = 0
  /// Stress: allocations left until one fails; 0 is off.
  var failCountdown = 0
  /// How many allocations fail from then on.
  var failRow = 1

  var mark: MarkState
  var finalisers = RegistrationTable(width: 1)
  var weaks = RegistrationTable(width: 2)
  /// What a running registration or reallocation must keep alive.
  var pinned: UInt = 0
  var pinnedTarget: UInt = 0
  var pinnedByCaller: UInt = 0

  let source: MemorySource?
  let markRoots: HeapHook?
  let requestCollection: HeapHook?
  let context: UnsafeMutableRawPointer?
  /// The host's reservation for `groups` and the mark stack.
  let sideBytes: Int
}

/// Single conditions of a heap.
struct HeapFlags: OptionSet {
  let rawValue: UInt8
  /// `gc.disable()`: allocation does not collect.
  static let disabled = HeapFlags(rawValue: 1)
  /// An allocation failed because of a lock.
  static let lockedFailure = HeapFlags(rawValue: 2)
  /// A collection runs.
  static let collecting = HeapFlags(rawValue: 4)
  /// A collection was asked for through `requestCollection`.
  static let due = HeapFlags(rawValue: 8)
  /// Stress: fill freed blocks.
  static let poison = HeapFlags(rawValue: 16)
}

extension Heap {
  /// A heap without objects; nil when the memory is refused or the region is too small. Nothing points into the result: move it to
  /// its place and use it through a pointer from then on.
  public init?(_ configuration: HeapConfiguration) {
    if let region = configuration.region {
      guard let layout = HeapLayout(region: region, configuration) else { return nil }
      self.init(configuration, layout)
    } else {
      guard let source = configuration.source, let layout = HeapLayout(source: source, configuration) else { return nil }
      self.init(configuration, layout)
    }
  }

  private init(_ configuration: HeapConfiguration, _ layout: HeapLayout) {
    let isHost = configuration.source != nil && configuration.region == nil
    base = layout.base
    bump = layout.base
    bumpLimit = layout.base
    runEnd = layout.base
    groups = layout.groups
    totalGroups = layout.totalGroups
    highGroup = layout.totalGroups
    granule = layout.granule
    span = UInt(layout.totalGroups &* BlockGroup.byteCount)
    fresh = isHost ? BlockIndex(0) : BlockIndex(group: layout.totalGroups)
    highFresh = isHost ? BlockIndex(group: layout.totalGroups) : BlockIndex(0)
    largeCursor = BlockIndex(group: layout.totalGroups)
    largeBlocks = isHost ? 2 &* BlockGroup.blocks : BlockGroup.blocks
    runBlocks = isHost ? 16 &* BlockGroup.blocks : Swift.min(16 &* BlockGroup.blocks, Swift.max(BlockGroup.blocks, layout.totalGroups / 4))
    failCountdown = configuration.failingAllocation
    minimumPace = configuration.minimumPace / BlockGroup.blockSize
    pacePercent = configuration.pacePercent
    pace = minimumPace
    mark = MarkState(entries: layout.markEntries, capacity: layout.markCapacity)
    source = isHost ? configuration.source : nil
    markRoots = configuration.markRoots
    requestCollection = configuration.requestCollection
    context = configuration.context
    sideBytes = layout.sideBytes
  }
}

/// Where the parts of a new heap lie.
private struct HeapLayout {
  var base: UInt
  var groups: UnsafeMutablePointer<BlockGroup>
  var totalGroups: Int
  var granule: Int
  var markEntries: UnsafeMutablePointer<MarkEntry>
  var markCapacity: Int
  var sideBytes: Int

  /// Carves bitmaps and mark stack off the region's beginning.
  init?(region: UnsafeMutableRawPointer, _ configuration: HeapConfiguration) {
    let start = (UInt(bitPattern: region) &+ 15) & ~15
    let available = configuration.limit &- Int(start &- UInt(bitPattern: region))
    markCapacity = configuration.markStackEntries > 0 ? configuration.markStackEntries : Swift.max(16, available / 1024)
    let markBytes = (markCapacity &* MemoryLayout<MarkEntry>.stride &+ 15) & ~15
    totalGroups = (available &- markBytes) / (BlockGroup.byteCount &+ MemoryLayout<BlockGroup>.stride)
    guard available > 0, totalGroups > 0, let bits = UnsafeMutableRawPointer(bitPattern: start) else { return nil }
    sideBytes = totalGroups &* MemoryLayout<BlockGroup>.stride
    platform_fill(bits, 0, sideBytes)
    groups = bits.bindMemory(to: BlockGroup.self, capacity: totalGroups)
    markEntries = (bits + sideBytes).bindMemory(to: MarkEntry.self, capacity: markCapacity)
    base = start &+ UInt(sideBytes &+ markBytes)
    granule = 1
  }

  /// Reserves address space, less than the limit when the system refuses so much, but not less than a megabyte of it.
  init?(source: MemorySource, _ configuration: HeapConfiguration) {
    granule = Swift.max(64, source.pageSize / BlockGroup.byteCount)
    let step = granule &* BlockGroup.byteCount
    markCapacity = configuration.markStackEntries > 0 ? configuration.markStackEntries : 1 << 16
    let markBytes = (markCapacity &* MemoryLayout<MarkEntry>.stride &+ source.pageSize &- 1) & ~(source.pageSize &- 1)
    var byteCount = Swift.max(configuration.limit, step) / step &* step
    while true {
      let bitBytes = (byteCount / BlockGroup.byteCount &* MemoryLayout<BlockGroup>.stride &+ source.pageSize &- 1) & ~(source.pageSize &- 1)
      if let heap = source.reserve(byteCount) {
        // The mark stack comes first: its pages are the only ones needed at once.
        if let side = source.reserve(bitBytes &+ markBytes), source.commit(side, markBytes) {
          base = UInt(bitPattern: heap)
          markEntries = side.bindMemory(to: MarkEntry.self, capacity: markCapacity)
          totalGroups = byteCount / BlockGroup.byteCount
          groups = (side + markBytes).bindMemory(to: BlockGroup.self, capacity: totalGroups)
          sideBytes = bitBytes &+ markBytes
          return
        }
        source.unreserve(heap, byteCount)
      }
      byteCount = byteCount / 2 / step &* step
      if byteCount < 1 << 20 { return nil }
    }
  }
}

extension UnsafeMutablePointer where Pointee == Heap {
  /// Memory for an object of `byteCount` bytes, aligned to 16 and zeroed (an atomic object, one that holds no pointers and is never
  /// scanned, may hold anything). Nil when there is none even after a collection, or when the heap is locked. May collect.
  @inlinable @inline(__always)
  public func allocate(byteCount: Int, atomic: Bool) -> UnsafeMutableRawPointer? {
    let address = pointee.bump
    // A count of zero wraps round and a negative one is huge: both are the slow path's business. The rest of a run is a multiple of
    // the block size, so the comparison holds for the rounded count too.
    guard UInt(bitPattern: byteCount &- 1) < pointee.bumpLimit &- address else {
      return allocateSlowly(byteCount: byteCount, atomic: atomic)
    }
    pointee.bump = address &+ UInt(bitPattern: (byteCount &+ 15) & ~15)
    let block = BlockIndex(Int(bitPattern: (address &- pointee.base) &>> BlockGroup.blockShift))
    let group = pointee.groups + block.group
    group.pointee.start |= block.bit
    if atomic { group.pointee.atomic |= block.bit }
    return UnsafeMutableRawPointer(bitPattern: address)
  }

  // MARK: Addresses and blocks

  @inline(__always) func block(at address: UInt) -> BlockIndex {
    BlockIndex(Int(bitPattern: (address &- pointee.base) &>> BlockGroup.blockShift))
  }

  @inline(__always) func block(of pointer: UnsafeMutableRawPointer) -> BlockIndex { block(at: UInt(bitPattern: pointer)) }

  @inline(__always) func address(of block: BlockIndex) -> UInt { pointee.base &+ UInt(bitPattern: block.raw) &<< BlockGroup.blockShift }

  @inline(__always) func pointer(to block: BlockIndex) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(bitPattern: address(of: block)).unsafelyUnwrapped
  }

  /// Blocks for that many bytes, at least one. The count is not negative and far from overflow.
  @inline(__always) func blockCount(_ byteCount: Int) -> Int { byteCount <= 0 ? 1 : (byteCount &+ 15) &>> 4 }

  // MARK: Locks and modes

  /// Allocation answers nil until the matching `unlock`; nests.
  public func lock() {
    pointee.lockCount &+= 1
    publishRun()
  }

  /// Undoes one `lock`; without one, nothing.
  public func unlock() {
    if pointee.lockCount > 0 { pointee.lockCount &-= 1 }
    publishRun()
  }

  /// How many locks are held.
  public var lockDepth: Int { pointee.lockCount }

  /// Whether an allocation has failed because of a lock since this was last asked: the difference between two error texts.
  public func takeLockedFailure() -> Bool {
    pointee.flags.remove(.lockedFailure) != nil
  }

  /// Whether allocation may collect: `gc.enable()`, `gc.disable()`, `gc.isenabled()`.
  public var isEnabled: Bool {
    get { !pointee.flags.contains(.disabled) }
    nonmutating set {
      if newValue { pointee.flags.remove(.disabled) } else { pointee.flags.insert(.disabled) }
    }
  }

  /// Stress: collects at every `count`-th allocation; 0 turns it off.
  public func stressCollect(every count: Int) {
    pointee.collectEvery = count
    pointee.collectCountdown = count
    publishRun()
  }

  /// Stress: the `count`-th allocation from now fails, once; 0 turns it off.
  public func stressFail(after count: Int, row: Int = 1) {
    pointee.failCountdown = count
    pointee.failRow = row
    publishRun()
  }

  /// How many allocations are left until the failing one; 0 after it.
  public var stressFailRemaining: Int { pointee.failCountdown }

  /// Stress: freed blocks are filled with 0xDD, so that a use after free shows.
  public func stressPoison(_ on: Bool) {
    if on { pointee.flags.insert(.poison) } else { pointee.flags.remove(.poison) }
  }

  /// Tells the fast path what it may use: the current run, or nothing when each allocation must be seen.
  @inline(__always) func publishRun() {
    let mustSeeAll = pointee.lockCount | pointee.collectEvery | pointee.failCountdown != 0
    pointee.bumpLimit = mustSeeAll ? pointee.bump : pointee.runEnd
  }

  /// Ends a heap that has a memory source, together with all objects. The struct is not usable afterwards.
  public func dispose() {
    guard let source = pointee.source else { return }
    source.unreserve(UnsafeMutableRawPointer(bitPattern: pointee.base), Int(pointee.span))
    source.unreserve(UnsafeMutableRawPointer(pointee.mark.entries), pointee.sideBytes)
  }
}
