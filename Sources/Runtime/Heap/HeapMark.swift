// Marking: from words that may be references to mark bits.
//
// A reference is any word whose value lies within a used object, at its beginning or inside; tags need no look, since the encoding
// of values keeps integers and immediates out of the heap's addresses with few exceptions, and an exception only keeps garbage alive.
//
// The mark stack holds ranges of memory to be scanned. Large ranges are scanned in chunks whose rest stays on the stack, so that a
// list of a million objects takes one entry and not a million. The stack overflows only for graphs that are both deep and wide; the
// objects that found no room are marked but not scanned, and the range of blocks in which that happened is gone through afterwards.

import Platform

/// Memory to be scanned for references.
struct MarkEntry {
  var from: UInt
  var to: UInt
}

/// What a collection needs for marking.
struct MarkState {
  /// The mark stack.
  let entries: UnsafeMutablePointer<MarkEntry>
  let capacity: Int
  /// Entries on the stack.
  var top = 0
  /// Objects that did not fit on the stack lie between these, inclusively.
  var overflowLow = BlockIndex(Int.max)
  var overflowHigh = BlockIndex(-1)
  /// The object of the last interior reference that took a long search.
  var interiorStart = BlockIndex(0)
  var interiorEnd = BlockIndex(0)

  init(entries: UnsafeMutablePointer<MarkEntry>, capacity: Int) {
    self.entries = entries
    self.capacity = capacity
  }

  /// Bytes scanned before the rest of an object goes back on the stack.
  @inline(__always) static var chunk: UInt { UInt.bitWidth == 64 ? 1024 : 64 }

  /// Forgets what an earlier collection left.
  mutating func reset() {
    top = 0
    overflowLow = BlockIndex(Int.max)
    overflowHigh = BlockIndex(-1)
    interiorStart = BlockIndex(0)
    interiorEnd = BlockIndex(0)
  }
}

extension UnsafeMutablePointer where Pointee == Heap {
  // MARK: For the roots hook

  /// Keeps everything alive that the words of a range of memory refer to: native stacks, Python stacks, the interpreter's state.
  /// Only within the roots hook.
  public func markRange(from: UnsafeRawPointer, to: UnsafeRawPointer) {
    let align = UInt(MemoryLayout<UInt>.size &- 1)
    let first = (UInt(bitPattern: from) &+ align) & ~align
    let last = UInt(bitPattern: to) & ~align
    if first < last {
      push(first, last)
      markAll()
    }
  }

  /// Keeps the object alive that a word refers to, if any, and what it refers to. Only within the roots hook.
  public func markRoot(_ word: UInt) {
    visit(word)
    markAll()
  }

  // MARK: The graph

  /// Whether the running collection has found the object that starts at `block`.
  @inline(__always) func isMarked(_ block: BlockIndex) -> Bool { pointee.groups[block.group].mark & block.bit != 0 }

  /// Empties the mark stack, then goes after what did not fit on it.
  private func markAll() {
    drain()
    while pointee.mark.overflowHigh.raw >= 0 {
      let low = pointee.mark.overflowLow.group
      let high = pointee.mark.overflowHigh.group
      pointee.mark.overflowLow = BlockIndex(Int.max)
      pointee.mark.overflowHigh = BlockIndex(-1)
      // Not through the gap: it may be huge, and its bits need not exist.
      rescan(low, Swift.min(high &+ 1, pointee.lowGroups))
      rescan(Swift.max(low, pointee.highGroup), high &+ 1)
    }
  }

  /// Scans the marked objects of groups `from..<to` again.
  private func rescan(_ from: Int, _ to: Int) {
    var group = from
    while group < to {
      var pending = pointee.groups[group].mark & ~pointee.groups[group].atomic
      while pending != 0 {
        let block = BlockIndex(group: group) + pending.trailingZeroBitCount
        pending &= pending &- 1
        push(address(of: block), address(of: end(of: block)))
        drain()
      }
      group &+= 1
    }
  }

  @inline(__always) private func push(_ from: UInt, _ to: UInt) {
    pointee.mark.entries[pointee.mark.top] = MarkEntry(from: from, to: to)
    pointee.mark.top &+= 1
  }

  /// Scans until the mark stack is empty. Objects wait a few turns in a ring after a prefetch, so that their memory has arrived when
  /// they are scanned; devices have no such latency and do without.
  private func drain() {
    #if _pointerBitWidth(_64)
      drainPrefetching()
    #else
      while pointee.mark.top > 0 { scan(pop()) }
    #endif
  }

  /// The next range: the stack's top, or its first chunk.
  @inline(__always) private func pop() -> MarkEntry {
    let index = pointee.mark.top &- 1
    var entry = pointee.mark.entries[index]
    if entry.to &- entry.from > MarkState.chunk {
      let rest = entry.from &+ MarkState.chunk
      pointee.mark.entries[index].from = rest
      entry.to = rest
    } else {
      pointee.mark.top = index
    }
    return entry
  }

  @inline(never) private func drainPrefetching() {
    let length = 8
    let none = MarkEntry(from: 0, to: 0)
    withUnsafeTemporaryAllocation(of: MarkEntry.self, capacity: length) { buffer in
      guard let ring = buffer.baseAddress else { return }
      ring.initialize(repeating: none, count: length)
      var position = 0
      var empty = 0
      while empty < length {
        let oldest = ring[position]
        if pointee.mark.top > 0 {
          let entry = pop()
          platform_prefetch(entry.from)
          ring[position] = entry
          empty = 0
        } else {
          ring[position] = none
          empty &+= 1
        }
        position = (position &+ 1) & (length &- 1)
        if oldest.from != 0 { scan(oldest) }
        if pointee.mark.top > 0 { empty = 0 }
      }
    }
  }

  /// Visits each word of a range.
  @inline(__always) private func scan(_ entry: MarkEntry) {
    let base = pointee.base
    let span = pointee.span
    var cursor = entry.from
    while cursor < entry.to {
      let word = platform_scanned_word(cursor)
      cursor &+= UInt(MemoryLayout<UInt>.size)
      if word &- base < span { visit(word) }
    }
  }

  /// Marks the object that a word refers to and puts it on the stack if it has references itself.
  @inline(__always) private func visit(_ word: UInt) {
    let offset = word &- pointee.base
    guard offset < pointee.span else { return }
    var block = BlockIndex(Int(bitPattern: offset &>> BlockGroup.blockShift))
    var group = pointee.groups + block.group
    // Bits of the gap are not committed.
    if block.group >= pointee.lowGroups && block.group < pointee.highGroup { return }
    if group.pointee.start & block.bit == 0 {
      guard group.pointee.used & block.bit != 0, let start = interiorStart(block) else { return }
      block = start
      group = pointee.groups + block.group
    }
    let bit = block.bit
    if group.pointee.mark & bit != 0 { return }
    group.pointee.mark |= bit
    if group.pointee.atomic & bit != 0 { return }
    if pointee.mark.top < pointee.mark.capacity {
      push(address(of: block), address(of: end(of: block)))
    } else {
      pointee.mark.overflowLow = Swift.min(pointee.mark.overflowLow, block)
      pointee.mark.overflowHigh = Swift.max(pointee.mark.overflowHigh, block)
    }
  }

  /// The start of the object that holds `block`. Many references into one large object cost one search.
  @inline(never) private func interiorStart(_ block: BlockIndex) -> BlockIndex? {
    if block >= pointee.mark.interiorStart && block < pointee.mark.interiorEnd { return pointee.mark.interiorStart }
    guard let start = pointee.groups.start(of: block) else { return nil }
    if block - start > 16 &* BlockGroup.blocks {
      pointee.mark.interiorStart = start
      pointee.mark.interiorEnd = end(of: block)
    }
    return start
  }
}
