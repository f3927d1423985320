// Names of one compilation, each stored once and known by a small number. An open-addressed index of 32-bit entry numbers lies over a dense
// array of entries, whose bytes lie one after another in one buffer.
//
// `NameTable` is a trivial handle, shared by the parser and the emitter of one compilation; whoever made it calls `deallocate()`. Where there is no
// memory for a new name it gets number 0, and the workspace is exhausted.

import Bytecode

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

  @usableFromInline struct Entry: BitwiseCopyable {
    let offset: UInt32
    let count: UInt32
    let hash: UInt32
  }

  @usableFromInline struct Storage: ~Copyable {
    var entries: GrowableBuffer<Entry>
    var bytes: GrowableBuffer<UInt8>
    /// Power of two; at most 3/4 full. A slot holds an entry's number, or 0.
    var slots: GrowableBuffer<UInt32>

    var mask: UInt32 { @inline(__always) get { UInt32(truncatingIfNeeded: slots.count &- 1) } }
  }

  /// An empty table (but for the known names).
  init(_ space: UnsafeMutablePointer<Workspace>) throws(SyntaxFailure) {
    let slots = try GrowableBuffer<UInt32>(space, repeating: 0, count: 64)
    var entries = GrowableBuffer<Entry>(space)
    try entries.append(Entry(offset: 0, count: 0, hash: 0))
    guard let memory = space.allocate(MemoryLayout<Storage>.size) else { throw .outOfMemory }
    storage = memory.bindMemory(to: Storage.self, capacity: 1)
    storage.initialize(to: Storage(entries: entries, bytes: GrowableBuffer(space), slots: slots))
    _ = intern("match")
    _ = intern("case")
    _ = intern("type")
    _ = intern("_")
  }

  /// Frees the table; every copy of the handle is dead after that.
  public func deallocate() {
    let space = space
    storage.deinitialize(count: 1)
    space.release(storage)
  }

  /// Where the memory comes from.
  var space: UnsafeMutablePointer<Workspace> { storage.pointee.entries.space }

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
    let slots = storage.pointee.slots.base
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
    guard storage.pointee.bytes.offer(base, count: count) else { return .none }
    guard storage.pointee.entries.offer(Entry(offset: offset, count: UInt32(truncatingIfNeeded: count), hash: hash)) else { return .none }
    storage.pointee.slots[Int(slot)] = number
    // A table that cannot grow still has a free slot, and takes no further names.
    if number &* 4 > storage.pointee.mask &* 3 { grow() }
    return NameIndex(number)
  }

  private func grow() {
    let capacity = (Int(storage.pointee.mask) &+ 1) &* 2
    var larger = GrowableBuffer<UInt32>(space)
    do throws(SyntaxFailure) { try larger.append(repeating: 0, count: capacity) } catch { return }
    let slots = larger.base
    let mask = UInt32(truncatingIfNeeded: capacity &- 1)
    for number in 1..<storage.pointee.entries.count {
      var slot = NameTable.spread(storage.pointee.entries[number].hash) & mask
      while slots[Int(slot)] != 0 { slot = (slot &+ 1) & mask }
      slots[Int(slot)] = UInt32(truncatingIfNeeded: number)
    }
    storage.pointee.slots = larger
  }
}
