// Objects that something must happen to when they die: finalisers and weak references.
//
// Both are tables of words in atomic heap objects, so that they keep nothing alive. A collection never allocates, so it queues in
// place: an entry whose turn has come gets a tag bit, stays where it is, and keeps its object alive until it is taken.

/// Which of the two tables.
enum Registrations { case finalisers, weaks }

/// A growable table of registrations.
struct RegistrationTable {
  /// Words of an entry. The first is the address that matters, with tags in its low bits.
  let width: Int
  /// A heap object, or nil.
  var words: UnsafeMutablePointer<UInt>?
  var capacity = 0
  var count = 0
  /// Tagged entries, and where the search for the next one begins.
  var queued = 0
  var scan = 0

  /// The entry waits to be taken.
  static var queuedTag: UInt { 1 }
  /// The entry's owner wants to be told.
  static var notifyTag: UInt { 2 }
  static var tags: UInt { 3 }

  init(width: Int) { self.width = width }

  /// Takes the oldest queued entry out and answers its address.
  mutating func takeQueued() -> UInt? {
    guard queued > 0, let words else { return nil }
    while scan < count {
      let word = words[scan &* width]
      scan &+= 1
      if word & Self.queuedTag != 0 {
        words[(scan &- 1) &* width] = 0
        queued &-= 1
        return word & ~Self.tags
      }
    }
    return nil
  }

  /// Removes the entries that were taken; keeps the order.
  mutating func compact() {
    guard let words else { return }
    var kept = 0
    for index in 0..<count where words[index &* width] != 0 {
      for word in 0..<width { words[kept &* width &+ word] = words[index &* width &+ word] }
      kept &+= 1
    }
    count = kept
    scan = 0
  }
}

extension UnsafeMutablePointer where Pointee == Heap {
  // MARK: Finalisers

  /// Lets the object outlive its last reference by one collection, so that its finaliser can run: it then appears in
  /// `takePendingFinaliser` and is registered no longer. False when there is no memory. Allocates; may collect.
  public func registerFinaliser(_ object: UnsafeMutableRawPointer) -> Bool {
    register(in: .finalisers, UInt(bitPattern: object), target: 0)
  }

  /// The next object whose finaliser is to be run, in order of registration. From here on it is an ordinary object.
  public func takePendingFinaliser() -> UnsafeMutableRawPointer? {
    guard let word = pointee.finalisers.takeQueued() else { return nil }
    return UnsafeMutableRawPointer(bitPattern: word)
  }

  /// Whether a finaliser waits to be run.
  @inline(__always) public var hasPendingFinalisers: Bool { pointee.finalisers.queued > 0 }

  /// Queues every finaliser, as the interpreter's end demands.
  public func queueAllFinalisers() {
    guard let words = pointee.finalisers.words else { return }
    for index in 0..<pointee.finalisers.count where words[index] != 0 { words[index] |= RegistrationTable.queuedTag }
    pointee.finalisers.compact()
    pointee.finalisers.queued = pointee.finalisers.count
  }

  // MARK: Weak references

  /// What a weak slot holds for a target: not a heap address, so that the slot's object does not keep it alive.
  @inline(__always) public static func disguise(_ target: UnsafeMutableRawPointer) -> UInt { ~UInt(bitPattern: target) }

  /// The target of a weak slot; nil when it has died.
  @inline(__always) public static func reveal(_ slot: UInt) -> UnsafeMutableRawPointer? {
    slot == 0 ? nil : UnsafeMutableRawPointer(bitPattern: ~slot)
  }

  /// Makes `slot`, a word in a heap object, a weak reference: stores the disguised target there and zeroes it when the target dies.
  /// With `notify` the slot then appears in `takeClearedWeak`, its object kept alive until then; a slot whose own object dies first
  /// is forgotten. False when there is no memory. Allocates; may collect.
  public func registerWeak(slot: UnsafeMutablePointer<UInt>, target: UnsafeMutableRawPointer, notify: Bool) -> Bool {
    slot.pointee = Self.disguise(target)
    let word = UInt(bitPattern: slot) | (notify ? RegistrationTable.notifyTag : 0)
    return register(in: .weaks, word, target: UInt(bitPattern: target))
  }

  /// The next slot that was zeroed and wants its owner told.
  public func takeClearedWeak() -> UnsafeMutablePointer<UInt>? {
    guard let word = pointee.weaks.takeQueued() else { return nil }
    return UnsafeMutablePointer<UInt>(bitPattern: word)
  }

  /// Whether a zeroed slot waits to be taken.
  @inline(__always) public var hasClearedWeaks: Bool { pointee.weaks.queued > 0 }

  // MARK: Registering

  private subscript(_ which: Registrations) -> RegistrationTable {
    get { which == .finalisers ? pointee.finalisers : pointee.weaks }
    nonmutating set {
      if which == .finalisers { pointee.finalisers = newValue } else { pointee.weaks = newValue }
    }
  }

  /// Appends an entry. What it names stays alive should that need a collection.
  private func register(in which: Registrations, _ word: UInt, target: UInt) -> Bool {
    if self[which].count == self[which].capacity {
      pointee.pinned = word & ~RegistrationTable.tags
      pointee.pinnedTarget = target
      let hasRoom = makeRoom(in: which)
      pointee.pinned = 0
      pointee.pinnedTarget = 0
      if !hasRoom { return false }
    }
    guard let words = self[which].words else { return false }
    let index = self[which].count &* self[which].width
    words[index] = word
    if self[which].width > 1 { words[index &+ 1] = target }
    self[which].count &+= 1
    return true
  }

  /// Removes old entries or doubles the table.
  private func makeRoom(in which: Registrations) -> Bool {
    self[which].compact()
    if self[which].count &* 4 < self[which].capacity &* 3 { return true }
    let capacity = Swift.max(4, self[which].capacity &* 2)
    let entryBytes = self[which].width &* MemoryLayout<UInt>.size
    guard let memory = allocate(byteCount: capacity &* entryBytes, atomic: true) else { return self[which].count < self[which].capacity }
    // The allocation may have collected and thereby changed the table: read it only now.
    let old = self[which].words
    if let old {
      memory.copyMemory(from: old, byteCount: self[which].count &* entryBytes)
      free(old)
    }
    self[which].words = memory.bindMemory(to: UInt.self, capacity: capacity &* self[which].width)
    self[which].capacity = capacity
    return true
  }

  // MARK: In a collection

  /// Marks the tables themselves and what waits in them.
  func markRegistrations() {
    markRoot(pointee.pinned)
    markRoot(pointee.pinnedTarget)
    markRoot(pointee.pinnedByCaller)
    markTable(pointee.finalisers)
    markTable(pointee.weaks)
  }

  private func markTable(_ table: RegistrationTable) {
    guard let words = table.words else { return }
    markRoot(UInt(bitPattern: words))
    if table.queued == 0 { return }
    for index in 0..<table.count {
      let word = words[index &* table.width]
      if word & RegistrationTable.queuedTag != 0 { markRoot(word & ~RegistrationTable.tags) }
    }
  }

  /// Queues the finalisers of unreachable objects, all before any of these objects is marked again, so that a cycle of them is
  /// queued whole.
  func queueFinalisers() {
    pointee.finalisers.compact()
    guard let words = pointee.finalisers.words else { return }
    let before = pointee.finalisers.queued
    for index in 0..<pointee.finalisers.count {
      let word = words[index]
      if word & RegistrationTable.queuedTag == 0, !isMarked(block(at: word)) {
        words[index] = word | RegistrationTable.queuedTag
        pointee.finalisers.queued &+= 1
      }
    }
    if pointee.finalisers.queued != before { markTable(pointee.finalisers) }
  }

  /// Zeroes the slots of targets that are about to be freed: after the finalisers' objects were marked, for these still live.
  func clearWeaks() {
    guard let words = pointee.weaks.words else { return }
    for index in 0..<pointee.weaks.count {
      let entry = words + index &* 2
      let word = entry[0]
      if word == 0 || word & RegistrationTable.queuedTag != 0 { continue }
      let slotAddress = word & ~RegistrationTable.tags
      guard let holder = pointee.groups.start(of: block(at: slotAddress)), isMarked(holder) else {
        entry[0] = 0
        continue
      }
      if isMarked(block(at: entry[1])) { continue }
      UnsafeMutablePointer<UInt>(bitPattern: slotAddress).unsafelyUnwrapped.pointee = 0
      entry[0] = 0
      entry[1] = 0
      if word & RegistrationTable.notifyTag != 0 {
        entry[0] = word | RegistrationTable.queuedTag
        pointee.weaks.queued &+= 1
      }
    }
    pointee.weaks.compact()
  }
}
