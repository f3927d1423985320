// Names of one compilation, each stored once and known by a small number. An open-addressed index of 32-bit entry numbers lies over a dense
// array of entries, whose bytes lie one after another in one buffer.
//
// `NameTable` is a trivial handle, shared by the parser and the emitter of one compilation; whoever made it calls `deallocate()`.

/// Names that every table holds from the start, with the same numbers.
public enum KnownName: UInt32, Sendable {
  case match = 1
  case `case`
  case type
  case underscore

  /// Its number in every table.
  @inline(__always) public var index: NameIndex { NameIndex(rawValue) }
}

/// Interned names of one compilation.
@frozen public struct NameTable {
  @usableFromInline let storage: UnsafeMutablePointer<Storage>

  @usableFromInline struct Entry {
    let offset: UInt32
    let count: UInt32
    let hash: UInt32
  }

  @usableFromInline struct Storage: ~Copyable {
    var entries = GrowableBuffer<Entry>(capacity: 32)
    var bytes = GrowableBuffer<UInt8>(capacity: 256)
    /// Power of two; at most 3/4 full. A slot holds an entry's number, or 0.
    var slots = UnsafeMutablePointer<UInt32>.allocate(capacity: 64)
    var mask: UInt32 = 63

    deinit { slots.deallocate() }
  }

  /// An empty table (but for the known names).
  public init() {
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage())
    storage.pointee.slots.initialize(repeating: 0, count: 64)
    storage.pointee.entries.append(Entry(offset: 0, count: 0, hash: 0))
    _ = intern("match")
    _ = intern("case")
    _ = intern("type")
    _ = intern("_")
  }

  /// Frees the table; every copy of the handle is dead after that.
  public func deallocate() {
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// Count of names, name 0 included.
  public var count: Int { storage.pointee.entries.count }

  /// UTF-8 text of a name; valid until the next `intern`.
  @inline(__always) public subscript(name: NameIndex) -> UnsafeBufferPointer<UInt8> {
    let entry = storage.pointee.entries[Int(name.rawValue)]
    return UnsafeBufferPointer(start: storage.pointee.bytes.base + Int(entry.offset), count: Int(entry.count))
  }

  /// The number of a name given as text.
  public func intern(_ text: StaticString) -> NameIndex {
    intern(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The number of a name. The empty name is number 0.
  public func intern(_ text: UnsafeBufferPointer<UInt8>) -> NameIndex {
    var hash = NameTable.hashSeed
    for byte in text { hash = NameTable.combine(hash, byte) }
    guard let base = text.baseAddress else { return .none }
    return intern(base, text.count, hash: hash)
  }

  static var hashSeed: UInt32 { 5381 }
  @inline(__always) static func combine(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash &* 33) ^ UInt32(byte) }

  /// As `intern(_:)`, with the hash already computed (the lexer does so while it scans).
  @inline(__always) func intern(_ base: UnsafePointer<UInt8>, _ count: Int, hash: UInt32) -> NameIndex {
    let slots = storage.pointee.slots
    let mask = storage.pointee.mask
    let entries = storage.pointee.entries.base
    let bytes = storage.pointee.bytes.base
    // The multiplication spreads the low bits, in which short names differ little.
    var slot = NameTable.spread(hash) & mask
    while slots[Int(slot)] != 0 {
      let number = slots[Int(slot)]
      let entry = entries[Int(number)]
      if entry.hash == hash && Int(entry.count) == count && NameTable.equal(bytes + Int(entry.offset), base, count) {
        return NameIndex(number)
      }
      slot = (slot &+ 1) & mask
    }
    if count == 0 { return .none }
    return insert(base, count, hash: hash, slot: slot)
  }

  @inline(__always) private static func spread(_ hash: UInt32) -> UInt32 { hash ^ (hash &>> 15) }

  @inline(__always) private static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var index = 0
    while index < count {
      if a[index] != b[index] { return false }
      index &+= 1
    }
    return true
  }

  @inline(never) private func insert(_ base: UnsafePointer<UInt8>, _ count: Int, hash: UInt32, slot: UInt32) -> NameIndex {
    let number = UInt32(truncatingIfNeeded: storage.pointee.entries.count)
    let offset = UInt32(truncatingIfNeeded: storage.pointee.bytes.count)
    storage.pointee.bytes.append(base, count: count)
    storage.pointee.entries.append(Entry(offset: offset, count: UInt32(truncatingIfNeeded: count), hash: hash))
    storage.pointee.slots[Int(slot)] = number
    if number &* 4 > storage.pointee.mask &* 3 { grow() }
    return NameIndex(number)
  }

  private func grow() {
    let capacity = (Int(storage.pointee.mask) &+ 1) &* 2
    storage.pointee.slots.deallocate()
    let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    slots.initialize(repeating: 0, count: capacity)
    let mask = UInt32(truncatingIfNeeded: capacity &- 1)
    for number in 1..<storage.pointee.entries.count {
      var slot = NameTable.spread(storage.pointee.entries[number].hash) & mask
      while slots[Int(slot)] != 0 { slot = (slot &+ 1) & mask }
      slots[Int(slot)] = UInt32(truncatingIfNeeded: number)
    }
    storage.pointee.slots = slots
    storage.pointee.mask = mask
  }
}
