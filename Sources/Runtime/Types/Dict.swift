// dict — compact, insertion-ordered: entries lie densely in order of insertion; an open-addressed index of small numbers finds them.
//
// One block of storage holds, in this order, `capacity` entries (key and value), `capacity` hashes, and the index of `indexCount` bytes,
// halfwords or words (none for dicts of up to eight entries, which are scanned). A removed entry has a null key and stays until the storage
// is rebuilt. Keys that are interned strings are found by identity.
//
// Invariant: entries[0..<fill] are in order; `count` of them have a key; the index holds position + 1 of each, 0 for free; removed entries keep
// their place in the index.

public struct DictEntry {
  public var key: Value
  public var value: Value
}

public struct DictObject {
  public var header: ObjectHeader
  /// Live entries.
  public var count: UInt32
  /// Entries used, removed ones included.
  public var fill: UInt32
  public var capacity: UInt32
  /// Slots of the index minus one; 0 without index.
  public var indexMask: UInt32
  public var entries: UnsafeMutablePointer<DictEntry>?
  /// Version for caches of positions: 0 when no cache depends on the layout; any change of the set of keys makes it 0.
  public var stamp: UInt

  static var scanLimit: UInt32 { 8 }
}

extension Ref where Pointee == DictObject {
  @inline(__always) var hashes: UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(pointee.entries.unsafelyUnwrapped + Int(pointee.capacity)).assumingMemoryBound(to: UInt32.self)
  }
  @inline(__always) var index: UnsafeMutableRawPointer { UnsafeMutableRawPointer(hashes + Int(pointee.capacity)) }

  @inline(__always) func indexSlot(_ slot: UInt32) -> UInt32 {
    if pointee.indexMask < 0x100 { return UInt32(index.load(fromByteOffset: Int(slot), as: UInt8.self)) }
    if pointee.indexMask < 0x1_0000 { return UInt32(index.load(fromByteOffset: Int(slot) &* 2, as: UInt16.self)) }
    return index.load(fromByteOffset: Int(slot) &* 4, as: UInt32.self)
  }
  @inline(__always) func setIndexSlot(_ slot: UInt32, _ position: UInt32) {
    if pointee.indexMask < 0x100 {
      index.storeBytes(of: UInt8(truncatingIfNeeded: position), toByteOffset: Int(slot), as: UInt8.self)
    } else if pointee.indexMask < 0x1_0000 {
      index.storeBytes(of: UInt16(truncatingIfNeeded: position), toByteOffset: Int(slot) &* 2, as: UInt16.self)
    } else {
      index.storeBytes(of: position, toByteOffset: Int(slot) &* 4, as: UInt32.self)
    }
  }
  /// Where the search for a hash begins. The upper bits of a product spread keys that follow each other best; on chips, some of which count
  /// leading zeros slowly, the lower bits of a hash that has been folded serve.
  @inline(__always) func firstSlot(_ hash: UInt32) -> UInt32 {
    #if _pointerBitWidth(_64)
      return hash &>> UInt32(truncatingIfNeeded: pointee.indexMask.leadingZeroBitCount)
    #else
      return hash & pointee.indexMask
    #endif
  }

  /// The number of an index slot's width in bytes for an index of `slots`.
  static func indexWidth(_ slots: Int) -> Int { slots <= 0x100 ? 1 : slots <= 0x1_0000 ? 2 : 4 }
}

// MARK: Look-up

extension VM {
  /// The position of a name among a dict's entries, or -1. Never runs Python code, never allocates. For dicts whose string keys are all
  /// interned (namespaces): a heap string with the same text is found too, by comparing.
  @inline(__always) public func dictFind(_ dict: Ref<DictObject>, _ name: Qstr) -> Int {
    let key = Value(name)
    if dict.pointee.indexMask == 0 {
      var position = 0
      let fill = Int(dict.pointee.fill)
      guard let entries = dict.pointee.entries else { return -1 }
      while position < fill {
        if entries[position].key == key { return position }
        position &+= 1
      }
      return dictFindHeapString(dict, name)
    }
    return dictFindIndexed(dict, name)
  }

  @inline(never) func dictFindIndexed(_ dict: Ref<DictObject>, _ name: Qstr) -> Int {
    let hash = interpreter.pointee.names.hash(name)
    let key = Value(name)
    let mask = dict.pointee.indexMask
    let entries = dict.pointee.entries.unsafelyUnwrapped
    let hashes = dict.hashes
    var slot = dict.firstSlot(hash)
    while true {
      let position = Int(dict.indexSlot(slot)) &- 1
      if position < 0 { return -1 }
      if entries[position].key == key { return position }
      if hashes[position] == hash, entries[position].key.isObject(.str), stringEquals(entries[position].key, key) { return position }
      slot = (slot &+ 1) & mask
    }
  }

  /// A tiny dict may hold a string that was not interned.
  @inline(never) func dictFindHeapString(_ dict: Ref<DictObject>, _ name: Qstr) -> Int {
    let entries = dict.pointee.entries.unsafelyUnwrapped
    let key = Value(name)
    var position = 0
    while position < Int(dict.pointee.fill) {
      if entries[position].key.isObject(.str), stringEquals(entries[position].key, key) { return position }
      position &+= 1
    }
    return -1
  }

  /// The position of `key`, or -1. May run Python code (`__hash__`, `__eq__`).
  public func dictFind(_ dict: Ref<DictObject>, _ key: Value) throws(PyError) -> Int {
    if key.isName { return dictFind(dict, key.uncheckedName) }
    if dict.pointee.count == 0 && !key.isObject { return -1 }
    return try dictFind(dict, key, hash: hash32(key))
  }

  func dictFind(_ dict: Ref<DictObject>, _ key: Value, hash: UInt32) throws(PyError) -> Int {
    guard dict.pointee.entries != nil else { return -1 }
    if dict.pointee.indexMask == 0 {
      var position = 0
      while position < Int(dict.pointee.fill) {
        if dict.hashes[position] == hash, try dictKeyMatches(dict, position, key) { return position }
        position &+= 1
      }
      return -1
    }
    let entries = dict.pointee.entries
    var slot = dict.firstSlot(hash)
    while true {
      let position = Int(dict.indexSlot(slot)) &- 1
      if position < 0 { return -1 }
      if dict.hashes[position] == hash {
        let matches = try dictKeyMatches(dict, position, key)
        // `__eq__` may have changed the dict under our feet: start afresh.
        if dict.pointee.entries != entries { return try dictFind(dict, key, hash: hash) }
        if matches { return position }
      }
      slot = (slot &+ 1) & dict.pointee.indexMask
    }
  }

  @inline(__always) func dictKeyMatches(_ dict: Ref<DictObject>, _ position: Int, _ key: Value) throws(PyError) -> Bool {
    let present = dict.pointee.entries.unsafelyUnwrapped[position].key
    if present == key { return true }
    if present.isNull || present.isSmallInt && key.isSmallInt { return false }
    return try equals(present, key)
  }

  /// The value under a name, or `null`.
  @inline(__always) public func dictGet(_ dict: Ref<DictObject>, _ name: Qstr) -> Value {
    let position = dictFind(dict, name)
    return position < 0 ? .null : dict.pointee.entries.unsafelyUnwrapped[position].value
  }

  /// The value under a key, or `null`. May run Python code.
  public func dictGet(_ dict: Ref<DictObject>, _ key: Value) throws(PyError) -> Value {
    let position = try dictFind(dict, key)
    return position < 0 ? .null : dict.pointee.entries.unsafelyUnwrapped[position].value
  }
}

// MARK: Change

extension VM {
  /// A new dict with room for `capacity` entries. Allocates.
  public func newDict(capacity: Int = 0, type: TypeID = .dict) throws(PyError) -> Ref<DictObject> {
    let dict = try allocate(DictObject.self)
    dict.initialize(
      to: DictObject(header: ObjectHeader(type), count: 0, fill: 0, capacity: 0, indexMask: 0, entries: nil, stamp: 0))
    if capacity > 0 { try dictResize(dict, capacity: capacity) }
    return dict
  }

  /// Stores under a name. Allocates.
  public func dictSet(_ dict: Ref<DictObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    let position = dictFind(dict, name)
    if position >= 0 {
      dict.pointee.entries.unsafelyUnwrapped[position].value = value
    } else {
      try dictAppend(dict, Value(name), value, hash: interpreter.pointee.names.hash(name))
    }
  }

  /// Stores under a key. Allocates; may run Python code.
  public func dictSet(_ dict: Ref<DictObject>, _ key: Value, _ value: Value) throws(PyError) {
    if key.isName { return try dictSet(dict, key.uncheckedName, value) }
    let hash = try hash32(key)
    let position = try dictFind(dict, key, hash: hash)
    if position >= 0 {
      dict.pointee.entries.unsafelyUnwrapped[position].value = value
    } else {
      try dictAppend(dict, key, value, hash: hash)
    }
  }

  /// Adds an entry whose key is known to be absent. Allocates.
  func dictAppend(_ dict: Ref<DictObject>, _ key: Value, _ value: Value, hash: UInt32) throws(PyError) {
    if dict.pointee.fill == dict.pointee.capacity { try dictGrow(dict) }
    let position = Int(dict.pointee.fill)
    dict.pointee.entries.unsafelyUnwrapped[position] = DictEntry(key: key, value: value)
    dict.hashes[position] = hash
    dict.pointee.fill &+= 1
    dict.pointee.count &+= 1
    dict.pointee.stamp = 0
    if dict.pointee.indexMask != 0 { dictIndex(dict, position, hash) }
  }

  @inline(__always) func dictIndex(_ dict: Ref<DictObject>, _ position: Int, _ hash: UInt32) {
    let mask = dict.pointee.indexMask
    var slot = dict.firstSlot(hash)
    while dict.indexSlot(slot) != 0 { slot = (slot &+ 1) & mask }
    dict.setIndexSlot(slot, UInt32(truncatingIfNeeded: position &+ 1))
  }

  @inline(never) func dictGrow(_ dict: Ref<DictObject>) throws(PyError) {
    let count = Int(dict.pointee.count)
    if dict.pointee.indexMask == 0 && count < Int(dict.pointee.fill) { return dictCompact(dict) }
    if count &* 4 < Int(dict.pointee.fill) &* 3 { return try dictResize(dict, capacity: max(count &+ 1, Int(dict.pointee.capacity))) }
    try dictResize(dict, capacity: count < 4 ? 4 : count < 8 ? 8 : count &* 2)
  }

  /// Closes the gaps of removed entries of a dict without index. Needs no memory: names that come and go, like those of `except … as name`, must
  /// work while the heap is locked.
  private func dictCompact(_ dict: Ref<DictObject>) {
    let entries = dict.pointee.entries.unsafelyUnwrapped
    let hashes = dict.hashes
    var position = 0
    for old in 0..<Int(dict.pointee.fill) where !entries[old].key.isNull {
      entries[position] = entries[old]
      hashes[position] = hashes[old]
      position &+= 1
    }
    for rest in position..<Int(dict.pointee.fill) { entries[rest] = DictEntry(key: .null, value: .null) }
    dict.pointee.fill = UInt32(truncatingIfNeeded: position)
    dict.pointee.stamp = 0
  }

  /// Rebuilds the storage with room for at least `capacity` entries, without the removed ones. Allocates.
  func dictResize(_ dict: Ref<DictObject>, capacity: Int) throws(PyError) {
    var slots = 0
    if capacity > Int(DictObject.scanLimit) {
      slots = 16
      while slots &* 2 < capacity &* 3 { slots &*= 2 }
    }
    let size = capacity &* (MemoryLayout<DictEntry>.size &+ 4) &+ slots &* Ref<DictObject>.indexWidth(slots)
    profileAllocation(size)
    guard capacity < Int(Int32.max), let memory = heap.allocate(byteCount: size, atomic: false) else { throw outOfMemory(size) }
    let oldEntries = dict.pointee.entries
    let oldHashes = oldEntries == nil ? nil : Optional(dict.hashes)
    let oldFill = Int(dict.pointee.fill)
    dict.pointee.entries = memory.assumingMemoryBound(to: DictEntry.self)
    dict.pointee.capacity = UInt32(truncatingIfNeeded: capacity)
    dict.pointee.indexMask = slots == 0 ? 0 : UInt32(truncatingIfNeeded: slots &- 1)
    dict.pointee.fill = 0
    dict.pointee.stamp = 0
    guard let oldEntries, let oldHashes else { return }
    let entries = dict.pointee.entries.unsafelyUnwrapped
    var position = 0
    for old in 0..<oldFill where !oldEntries[old].key.isNull {
      entries[position] = oldEntries[old]
      dict.hashes[position] = oldHashes[old]
      if slots != 0 { dictIndex(dict, position, oldHashes[old]) }
      position &+= 1
    }
    dict.pointee.fill = UInt32(truncatingIfNeeded: position)
    heap.free(oldEntries)
  }

  /// Removes the entry at a position.
  public func dictRemove(_ dict: Ref<DictObject>, at position: Int) {
    dict.pointee.entries.unsafelyUnwrapped[position] = DictEntry(key: .null, value: .null)
    dict.pointee.count &-= 1
    dict.pointee.stamp = 0
    if dict.pointee.count == 0 { dictClear(dict) }
  }

  /// Removes a key. Answers its value, or `null` if it was absent. May run Python code.
  public func dictRemove(_ dict: Ref<DictObject>, _ key: Value) throws(PyError) -> Value {
    let position = try dictFind(dict, key)
    if position < 0 { return .null }
    let value = dict.pointee.entries.unsafelyUnwrapped[position].value
    dictRemove(dict, at: position)
    return value
  }

  public func dictClear(_ dict: Ref<DictObject>) {
    let old = dict.pointee.entries
    dict.pointee.entries = nil
    dict.pointee.count = 0
    dict.pointee.fill = 0
    dict.pointee.capacity = 0
    dict.pointee.indexMask = 0
    dict.pointee.stamp = 0
    if let old { heap.free(old) }
  }

  /// The next live entry at or after `position`, or -1. Iterate with `position = dictNext(dict, position) ; … ; position += 1`.
  @inline(__always) public func dictNext(_ dict: Ref<DictObject>, _ start: Int) -> Int {
    var position = start
    guard let entries = dict.pointee.entries else { return -1 }
    while position < Int(dict.pointee.fill) {
      if !entries[position].key.isNull { return position }
      position &+= 1
    }
    return -1
  }
}

extension VM {
  /// Stores all entries of another dict. May run Python code.
  public func dictMerge(_ dict: Ref<DictObject>, from other: Ref<DictObject>) throws(PyError) {
    var position = dictNext(other, 0)
    while position >= 0 {
      let entry = other.pointee.entries.unsafelyUnwrapped[position]
      try dictSet(dict, entry.key, entry.value)
      position = dictNext(other, position &+ 1)
    }
  }
}
