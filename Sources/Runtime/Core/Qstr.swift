// Interned strings. A qstr is a number; its text is in the program (names that Swift code mentions: Generated/Names.swift) or in the
// interpreter's table. Equal texts have equal numbers, so names compare by number.

/// The number of an interned string.
@frozen public struct Qstr: Equatable, Sendable {
  public let number: UInt32
  @_transparent public init(_ number: UInt32) { self.number = number }
  @inlinable @inline(__always) public static func == (left: Qstr, right: Qstr) -> Bool { left.number == right.number }
  /// The one-character name of an ASCII character.
  @inlinable @inline(__always) public static func character(_ byte: UInt8) -> Qstr { Qstr(firstCharacter &+ UInt32(byte)) }
}

/// Text somewhere in memory: UTF-8 or plain bytes. Valid as long as its owner lives.
@frozen public struct Text {
  public var start: UnsafePointer<UInt8>
  public var count: Int
  /// True if every byte is below 0x80; may be false for ASCII text where nobody looked (bytes).
  public var isASCII: Bool
  @inlinable public init(start: UnsafePointer<UInt8>, count: Int, isASCII: Bool) {
    self.start = start
    self.count = count
    self.isASCII = isASCII
  }
  @inlinable public init(_ text: StaticString) {
    self.init(start: text.utf8Start, count: text.utf8CodeUnitCount, isASCII: true)
  }
  @inlinable public subscript(index: Int) -> UInt8 { start[index] }
  @inlinable public var end: UnsafePointer<UInt8> { start + count }

  @inlinable public static func == (left: Text, right: Text) -> Bool {
    left.count == right.count && compareMemory(left.start, right.start, left.count) == 0
  }
  @inlinable public func equals(_ text: StaticString) -> Bool { self == Text(text) }
}

/// Like C's memcmp: negative, zero or positive.
@inlinable public func compareMemory(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Int {
  var index = 0
  #if _pointerBitWidth(_64)
    while index &+ 8 <= count {
      let a = UnsafeRawPointer(left + index).loadUnaligned(as: UInt64.self)
      let b = UnsafeRawPointer(right + index).loadUnaligned(as: UInt64.self)
      if a != b { return a.bigEndian < b.bigEndian ? -1 : 1 }
      index &+= 8
    }
  #endif
  while index < count {
    if left[index] != right[index] { return Int(left[index]) &- Int(right[index]) }
    index &+= 1
  }
  return 0
}

/// A 32-bit hash of bytes, never 0 (0 marks a hash that was not computed yet). `seed` differs per process on a host.
@inlinable public func hashBytes(_ start: UnsafePointer<UInt8>, _ count: Int, seed: UInt32) -> UInt32 {
  #if _pointerBitWidth(_64)
    return hashBytesByEight(start, count, seed: seed)
  #else
    return hashBytesByFour(start, count, seed: seed)
  #endif
}

@inlinable @inline(__always) func hashBytesByFour(_ start: UnsafePointer<UInt8>, _ count: Int, seed: UInt32) -> UInt32 {
  var hash = seed ^ 0x9E37_79B9 ^ UInt32(truncatingIfNeeded: count)
  var index = 0
  while index &+ 4 <= count {
    hash = (hash ^ UnsafeRawPointer(start + index).loadUnaligned(as: UInt32.self)) &* 0xCC9E_2D51
    hash ^= hash &>> 15
    index &+= 4
  }
  var tail: UInt32 = 0
  while index < count {
    tail = tail &<< 8 | UInt32(start[index])
    index &+= 1
  }
  hash = (hash ^ tail) &* 0x85EB_CA6B
  hash ^= hash &>> 13
  return hash == 0 ? 1 : hash
}

@inlinable @inline(__always) func hashBytesByEight(_ start: UnsafePointer<UInt8>, _ count: Int, seed: UInt32) -> UInt32 {
  var hash = UInt64(seed) ^ 0x9E37_79B9_7F4A_7C15
  var index = 0
  while index &+ 8 <= count {
    let word = UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self)
    hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash &>> 32
    index &+= 8
  }
  var tail = UInt64(truncatingIfNeeded: count) &<< 56
  var shift: UInt64 = 0
  while index < count {
    tail ^= UInt64(start[index]) &<< shift
    shift &+= 8
    index &+= 1
  }
  hash = (hash ^ tail) &* 0xC4CE_B9FE_1A85_EC53
  hash ^= hash &>> 29
  let folded = UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
  return folded == 0 ? 1 : folded
}

/// The interpreter's names. Entries of names that are part of the program are filled at start on a host and read from ROM on a chip.
public struct Names {
  /// One interned string. `hash` is seeded.
  @frozen public struct Entry {
    public var start: UnsafePointer<UInt8>
    public var count: UInt32
    public var hash: UInt32
  }
  /// Indexed by number minus `firstStored`.
  @usableFromInline var entries: UnsafeMutablePointer<Entry>
  var count: Int
  var capacity: Int
  /// Open-addressed table of numbers plus one; 0 is free.
  var index: UnsafeMutablePointer<UInt32>
  var indexMask: Int
  public var seed: UInt32

  #if _pointerBitWidth(_64)
    @inlinable static var firstStored: Int { 0 }
  #else
    @inlinable static var firstStored: Int { Int(Qstr.fixedCount) }
  #endif

  /// Where a name begins in `NameTable.text`: three characters of six bits each.
  private static func fixedOffset(_ number: Int) -> Int {
    let digits = NameTable.offsets.utf8Start + number &* 3
    return Int(digits[0] &- 48) &<< 12 | Int(digits[1] &- 48) &<< 6 | Int(digits[2] &- 48)
  }

  static func fixedText(_ number: Int) -> Text {
    let start = fixedOffset(number)
    let end = fixedOffset(number &+ 1)
    return Text(start: NameTable.text.utf8Start + start, count: end &- start, isASCII: true)
  }

  @inlinable @inline(__always) public func text(_ name: Qstr) -> Text {
    #if _pointerBitWidth(_64)
      let entry = entries[Int(name.number)]
      return Text(start: entry.start, count: Int(entry.count & 0x7fff_ffff), isASCII: entry.count & 0x8000_0000 != 0)
    #else
      return romOrStoredText(name)
    #endif
  }
  @usableFromInline func romOrStoredText(_ name: Qstr) -> Text {
    let number = Int(name.number)
    if number < Names.firstStored { return Names.fixedText(number) }
    let entry = entries[number &- Names.firstStored]
    return Text(start: entry.start, count: Int(entry.count & 0x7fff_ffff), isASCII: entry.count & 0x8000_0000 != 0)
  }
  @usableFromInline func romOrStoredHash(_ name: Qstr) -> UInt32 {
    let number = Int(name.number)
    if number >= Names.firstStored { return entries[number &- Names.firstStored].hash }
    let text = Names.fixedText(number)
    return hashBytes(text.start, text.count, seed: seed)
  }
  @inlinable @inline(__always) public func hash(_ name: Qstr) -> UInt32 {
    #if _pointerBitWidth(_64)
      return entries[Int(name.number)].hash
    #else
      return romOrStoredHash(name)
    #endif
  }
  /// How many names there are.
  public var total: Int { Names.firstStored &+ count }
}
