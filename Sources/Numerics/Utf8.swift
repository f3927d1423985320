// Utf8.swift — UTF-8 in memory: validation, counting, stepping. Runs of ASCII are handled a machine word at a time.

/// Operations on UTF-8 bytes. All but ``validate(_:_:)`` and ``decodeChecked(_:_:)`` expect well-formed input.
public enum Utf8 {
  /// The top bit of every byte of a word.
  @inlinable static var highBits: UInt { @inline(__always) get { UInt.max / 255 &* 0x80 } }
  @inlinable static var lowBits: UInt { @inline(__always) get { UInt.max / 255 } }

  @inlinable @inline(__always)
  static func word(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> UInt {
    UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt.self)
  }

  /// The count of leading bytes that are ASCII.
  public static func asciiPrefix(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let size = UInt.bitWidth / 8
    var index = 0
    while index &+ size <= count && word(bytes, index) & highBits == 0 { index &+= size }
    while index < count && bytes[index] < 0x80 { index &+= 1 }
    return index
  }

  /// True when all bytes are ASCII.
  @inlinable
  public static func isAscii(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool { asciiPrefix(bytes, count) == count }

  /// The offset of the first byte that does not begin or belong to a well-formed sequence (shortest form, no surrogates, at most
  /// U+10FFFF); `count` when all is well.
  public static func validate(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var index = 0
    while true {
      index &+= asciiPrefix(bytes + index, count &- index)
      if index == count { return count }
      let length = sequenceLength(bytes + index, count &- index)
      if length == 0 { return index }
      index &+= length
    }
  }

  /// The length of the well-formed sequence of two to four bytes at the start; 0 when there is none.
  private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let lead = bytes[0]
    if lead < 0xc2 || lead > 0xf4 || count < 2 { return 0 }
    let second = bytes[1]
    if second & 0xc0 != 0x80 { return 0 }
    if lead < 0xe0 { return 2 }
    if count < 3 || bytes[2] & 0xc0 != 0x80 { return 0 }
    if lead < 0xf0 {
      if (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second >= 0xa0) { return 0 }
      return 3
    }
    if count < 4 || bytes[3] & 0xc0 != 0x80 { return 0 }
    if (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second >= 0x90) { return 0 }
    return 4
  }

  /// Bytes of a code point's encoding.
  @inlinable @inline(__always)
  public static func encodedLength(_ codePoint: UInt32) -> Int {
    codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4
  }

  /// Writes a code point (surrogates too); `bytes` needs 4. Returns the count written.
  public static func encode(_ codePoint: UInt32, into bytes: UnsafeMutablePointer<UInt8>) -> Int {
    if codePoint < 0x80 {
      bytes[0] = UInt8(truncatingIfNeeded: codePoint)
      return 1
    }
    let length = encodedLength(codePoint)
    var rest = codePoint
    var index = length &- 1
    while index > 0 {
      bytes[index] = UInt8(truncatingIfNeeded: 0x80 | rest & 0x3f)
      rest &>>= 6
      index &-= 1
    }
    let mark: UInt32 = length == 2 ? 0xc0 : length == 3 ? 0xe0 : 0xf0
    bytes[0] = UInt8(truncatingIfNeeded: mark | rest)
    return length
  }

  /// The length of the sequence that begins with `lead`.
  @inlinable @inline(__always)
  public static func length(lead: UInt8) -> Int {
    lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  }

  /// The code point at `bytes` and the length of its sequence.
  @inlinable
  public static func decode(_ bytes: UnsafePointer<UInt8>) -> (codePoint: UInt32, length: Int) {
    let lead = UInt32(bytes[0])
    if lead < 0x80 { return (lead, 1) }
    let second = UInt32(bytes[1] & 0x3f)
    if lead < 0xe0 { return ((lead & 0x1f) &<< 6 | second, 2) }
    let third = UInt32(bytes[2] & 0x3f)
    if lead < 0xf0 { return ((lead & 0x0f) &<< 12 | second &<< 6 | third, 3) }
    return ((lead & 0x07) &<< 18 | second &<< 12 | third &<< 6 | UInt32(bytes[3] & 0x3f), 4)
  }

  /// The code point at the start of untrusted bytes (count >= 1); length 0 when they are malformed.
  public static func decodeChecked(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (codePoint: UInt32, length: Int) {
    if bytes[0] >= 0x80 && sequenceLength(bytes, count) == 0 { return (0, 0) }
    return decode(bytes)
  }

  /// The count of code points: of bytes that do not continue a sequence.
  public static func count(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let size = UInt.bitWidth / 8
    var points = count
    var index = 0
    while index &+ size <= count {
      points &-= continuations(word(bytes, index))
      index &+= size
    }
    while index < count {
      if bytes[index] & 0xc0 == 0x80 { points &-= 1 }
      index &+= 1
    }
    return points
  }

  /// Bytes of the word that continue a sequence.
  @inline(__always)
  private static func continuations(_ word: UInt) -> Int {
    let marks = (word &>> 7) & (~word &>> 6) & lowBits
    return Int(truncatingIfNeeded: (marks &* lowBits) &>> UInt(UInt.bitWidth &- 8))
  }

  /// The byte offset of code point number `index`; `count` when there are not so many.
  public static func offset(ofCodePoint index: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let size = UInt.bitWidth / 8
    var left = index
    var offset = 0
    // Words whose sequences begin before the one looked for are skipped whole.
    while left >= size && offset &+ size <= count {
      left &-= size &- continuations(word(bytes, offset))
      offset &+= size
    }
    while offset < count {
      if bytes[offset] & 0xc0 != 0x80 {
        if left == 0 { return offset }
        left &-= 1
      }
      offset &+= 1
    }
    return count
  }

  /// The offset of the code point before the one at `offset`, which is above 0.
  @inlinable
  public static func stepBack(_ bytes: UnsafePointer<UInt8>, from offset: Int) -> Int {
    var offset = offset &- 1
    while offset > 0 && bytes[offset] & 0xc0 == 0x80 { offset &-= 1 }
    return offset
  }

  /// The range left when white space (Python's `str.strip()`) is cut off both ends.
  public static func trim(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (start: Int, end: Int) {
    var start = 0
    while start < count {
      let (codePoint, length) = decodeChecked(bytes + start, count &- start)
      if length == 0 || !Unicode.isSpace(codePoint) { break }
      start &+= length
    }
    var end = count
    while end > start {
      let previous = stepBack(bytes, from: end)
      let (codePoint, length) = decodeChecked(bytes + previous, end &- previous)
      if length != end &- previous || !Unicode.isSpace(codePoint) { break }
      end = previous
    }
    return (start, end)
  }

  /// Properties of code points, where ASCII is not enough.
  public enum Unicode {
    /// Python's `str.isspace`.
    public static func isSpace(_ codePoint: UInt32) -> Bool {
      if codePoint < 0x80 { return codePoint == 32 || codePoint &- 9 < 5 || codePoint &- 0x1c < 4 }
      if codePoint &- 0x2000 < 11 { return true }
      switch codePoint {
      case 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: return true
      default: return false
      }
    }

    /// An approximation of `str.isprintable`: no controls, separators but the blank, surrogates or soft hyphen.
    public static func isPrintable(_ codePoint: UInt32) -> Bool {
      if codePoint < 0x80 { return codePoint &- 32 < 95 }
      if codePoint < 0xa1 || codePoint == 0xad || isSpace(codePoint) { return false }
      if codePoint &- 0x200b < 5 || codePoint &- 0x202a < 5 { return false }
      return codePoint &- 0xd800 >= 0x2100 && codePoint != 0xfeff && codePoint <= 0x10ffff
    }
  }
}
