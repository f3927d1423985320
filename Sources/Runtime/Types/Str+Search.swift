// Finding text in text: find, index, count, startswith, partition, replace. All on bytes: a valid UTF-8 needle is found in valid UTF-8 only
// at the beginning of a character.

import Numerics

/// Substring search without any memory of its own.
enum TextSearch {
  @inline(__always) private static func zeroBytes(_ word: UInt) -> UInt { (word &- UInt.max / 255) & ~word & (UInt.max / 255 &* 0x80) }

  /// The offset of the first such byte, or -1. A machine word at a time.
  static func first(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let size = UInt.bitWidth / 8
    let pattern = UInt.max / 255 &* UInt(byte)
    var index = 0
    while index &+ size <= count {
      let hits = zeroBytes(UnsafeRawPointer(start + index).loadUnaligned(as: UInt.self).littleEndian ^ pattern)
      if hits != 0 { return index &+ hits.trailingZeroBitCount &>> 3 }
      index &+= size
    }
    while index < count {
      if start[index] == byte { return index }
      index &+= 1
    }
    return -1
  }

  /// As `first` for a byte that is likely to be near: the first 16 bytes are looked at one by one.
  @inline(__always) static func near(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let end = min(count, 16)
    var index = 0
    while index < end {
      if start[index] == byte { return index }
      index &+= 1
    }
    if index == count { return -1 }
    let rest = first(byte, start + index, count &- index)
    return rest < 0 ? -1 : rest &+ index
  }

  /// The offset of the last such byte, or -1.
  static func last(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var index = count &- 1
    while index >= 0 && start[index] != byte { index &-= 1 }
    return index
  }

  /// The offset of the first occurrence, or -1; 0 for an empty needle.
  static func find(_ hay: Text, _ needle: Text) -> Int { find(hay.start, hay.count, needle.start, needle.count) }

  static func find(_ hay: UnsafePointer<UInt8>, _ count: Int, _ needle: UnsafePointer<UInt8>, _ needleCount: Int) -> Int {
    if needleCount > count { return -1 }
    if needleCount == 0 { return 0 }
    if needleCount == 1 { return first(needle[0], hay, count) }
    // Candidates by their first byte; if these are too many, by their last byte and what follows it.
    var from = 0
    var misses = 0
    let final = count &- needleCount
    while from <= final {
      let hit = first(needle[0], hay + from, final &- from &+ 1)
      if hit < 0 { return -1 }
      from &+= hit
      if hay[from &+ needleCount &- 1] == needle[needleCount &- 1] && compareMemory(hay + from, needle, needleCount) == 0 { return from }
      from &+= 1
      misses &+= 1
      if misses &* 16 > from &+ 64 {
        let rest = findSkipping(hay + from, count &- from, needle, needleCount)
        return rest < 0 ? -1 : from &+ rest
      }
    }
    return -1
  }

  /// Looks at the last byte of the window first, and jumps over the window if the byte behind it is not in the needle. Where that does not
  /// help (much alike in needle and text) a rolling hash goes on, so that the time stays linear.
  private static func findSkipping(_ hay: UnsafePointer<UInt8>, _ count: Int, _ needle: UnsafePointer<UInt8>, _ needleCount: Int) -> Int {
    if needleCount > count { return -1 }
    let last = needleCount &- 1
    var members: UInt64 = 0
    var skip = last
    for index in 0..<needleCount {
      members |= 1 &<< UInt64(needle[index] & 63)
      if index < last && needle[index] == needle[last] { skip = last &- index &- 1 }
    }
    let final = count &- needleCount
    var from = 0
    var work = 0
    while from <= final {
      let isOutside = from < final && members &>> UInt64(hay[from &+ needleCount] & 63) & 1 == 0
      if hay[from &+ last] == needle[last] {
        var index = 0
        while index < last && hay[from &+ index] == needle[index] { index &+= 1 }
        if index == last { return from }
        work &+= index
        if work > 4 &* (from &+ 256) {
          let rest = findRolling(hay + from, count &- from, needle, needleCount)
          return rest < 0 ? -1 : from &+ rest
        }
        from &+= isOutside ? needleCount : skip
      } else if isOutside {
        from &+= needleCount
      }
      from &+= 1
    }
    return -1
  }

  private static func findRolling(_ hay: UnsafePointer<UInt8>, _ count: Int, _ needle: UnsafePointer<UInt8>, _ needleCount: Int) -> Int {
    let base: UInt = 0x0100_0193
    var wanted: UInt = 0
    var hash: UInt = 0
    var power: UInt = 1
    for index in 0..<needleCount {
      wanted = wanted &* base &+ UInt(needle[index])
      hash = hash &* base &+ UInt(hay[index])
      if index > 0 { power = power &* base }
    }
    var from = 0
    while true {
      if hash == wanted && compareMemory(hay + from, needle, needleCount) == 0 { return from }
      if from &+ needleCount >= count { return -1 }
      hash = (hash &- UInt(hay[from]) &* power) &* base &+ UInt(hay[from &+ needleCount])
      from &+= 1
    }
  }

  /// The offset of the last occurrence, or -1; the end for an empty needle.
  static func findLast(_ hay: Text, _ needle: Text) -> Int {
    if needle.count > hay.count { return -1 }
    if needle.count == 0 { return hay.count }
    var from = hay.count &- needle.count
    while true {
      let hit = last(needle[0], hay.start, from &+ 1)
      if hit < 0 || compareMemory(hay.start + hit, needle.start, needle.count) == 0 { return hit }
      if hit == 0 { return -1 }
      from = hit &- 1
    }
  }

  /// How often the needle, which is not empty, occurs without overlap; at most `limit` are counted.
  static func count(_ hay: Text, _ needle: Text, limit: Int = Int.max) -> Int {
    if needle.count == 1 && limit == Int.max { return count(needle[0], hay.start, hay.count) }
    var found = 0
    var from = 0
    while found < limit {
      let hit = find(hay.start + from, hay.count &- from, needle.start, needle.count)
      if hit < 0 { break }
      found &+= 1
      from &+= hit &+ needle.count
    }
    return found
  }

  private static func count(_ byte: UInt8, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var found = 0
    var index = 0
    while index < count {
      found &+= start[index] == byte ? 1 : 0
      index &+= 1
    }
    return found
  }
}

// MARK: Methods of str, bytes and bytearray

/// `Method.data` of the four methods that share `textFind`.
enum FindMode {
  static var backwardBit: Int { 1 }
  static var raisesBit: Int { 2 }
}

/// A needle; bytes also take an integer, a single byte, which is kept in `byte`.
private func needle(_ vm: VM, _ receiver: TextReceiver, _ value: Value, _ byte: UnsafeMutablePointer<UInt8>) throws(PyError) -> Text {
  let index = receiver.kind == .str || vm.isString(value) || vm.bytesLike(value) != nil ? .null : try vm.findIndex(value)
  if !index.isNull {
    let integer = vm.clampedInt(index)
    guard integer >= 0 && integer < 256 else { try vm.raise(.valueError, "bytes value out of range") }
    byte.pointee = UInt8(truncatingIfNeeded: integer)
    return Text(start: UnsafePointer(byte), count: 1, isASCII: true)
  }
  return try vm.textArgument(receiver.kind, value)
}

/// `find`, `rfind`, `index`, `rindex`.
func textFind(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = vm.state.pointee.rowData
  let bounds = try vm.textBounds(vm.textReceiver(arguments[0]).text, arguments.optional(2), arguments.optional(3))
  let receiver = vm.textReceiver(arguments[0])
  var byte: UInt8 = 0
  let result = try withUnsafeMutablePointer(to: &byte) { (byte) throws(PyError) -> Int in
    let wanted = try needle(vm, receiver, arguments[1], byte)
    guard let bounds, bounds.upperBound <= receiver.text.count else { return -1 }
    let hay = Text(start: receiver.text.start + bounds.lowerBound, count: bounds.count, isASCII: true)
    let hit = mode & FindMode.backwardBit != 0 ? TextSearch.findLast(hay, wanted) : TextSearch.find(hay, wanted)
    return hit < 0 ? -1 : hit &+ bounds.lowerBound
  }
  if result < 0 {
    if mode & FindMode.raisesBit != 0 { try vm.raise(.valueError, "substring not found") }
    return Value(smallInt: -1)
  }
  return Value(smallInt: receiver.text.isASCII ? result : Utf8.count(receiver.text.start, result))
}

/// `count(sub[, start[, end]])`.
func textCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let bounds = try vm.textBounds(vm.textReceiver(arguments[0]).text, arguments.optional(2), arguments.optional(3))
  let receiver = vm.textReceiver(arguments[0])
  var byte: UInt8 = 0
  let result = try withUnsafeMutablePointer(to: &byte) { (byte) throws(PyError) -> Int in
    let wanted = try needle(vm, receiver, arguments[1], byte)
    guard let bounds, bounds.upperBound <= receiver.text.count else { return 0 }
    var hay = Text(start: receiver.text.start + bounds.lowerBound, count: bounds.count, isASCII: receiver.text.isASCII)
    if wanted.count == 0 { return hay.length &+ 1 }
    hay.isASCII = true
    return TextSearch.count(hay, wanted)
  }
  return Value(smallInt: result)
}

/// `startswith` and, with data 1, `endswith`: a text or a tuple of them.
func textStartsWith(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let atEnd = vm.state.pointee.rowData == 1
  let bounds = try vm.textBounds(vm.textReceiver(arguments[0]).text, arguments.optional(2), arguments.optional(3))
  let receiver = vm.textReceiver(arguments[0])
  let hay = bounds.map { Text(start: receiver.text.start + $0.lowerBound, count: $0.count, isASCII: true) }
  let wanted = vm.unwrapped(arguments[1])
  guard wanted.isObject(.tuple) else {
    return Value(hasAffix(hay, try vm.textArgument(receiver.kind, wanted), atEnd))
  }
  let tuple = wanted.unchecked(TupleObject.self)
  for index in 0..<tuple.pointee.count where hasAffix(hay, try vm.textArgument(receiver.kind, TupleObject.items(tuple)[index]), atEnd) {
    return .true
  }
  return .false
}

private func hasAffix(_ hay: Text?, _ affix: Text, _ atEnd: Bool) -> Bool {
  guard let hay, affix.count <= hay.count else { return false }
  return compareMemory(atEnd ? hay.end - affix.count : hay.start, affix.start, affix.count) == 0
}

/// `removeprefix` and, with data 1, `removesuffix`.
func textRemoveAffix(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let atEnd = vm.state.pointee.rowData == 1
  let receiver = vm.textReceiver(arguments[0])
  let affix = try vm.textArgument(receiver.kind, arguments[1])
  if affix.count == 0 || !hasAffix(receiver.text, affix, atEnd) { return try vm.unchangedText(receiver, arguments[0]) }
  return try vm.newText(receiver.kind, receiver.text.part(atEnd ? 0 : affix.count, receiver.text.count &- affix.count))
}

/// `partition` and, with data 1, `rpartition`.
func textPartition(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let backward = vm.state.pointee.rowData == 1
  let receiver = vm.textReceiver(arguments[0])
  let separator = try vm.textArgument(receiver.kind, arguments[1])
  if separator.count == 0 { try vm.raise(.valueError, "empty separator") }
  let hit = backward ? TextSearch.findLast(receiver.text, separator) : TextSearch.find(receiver.text, separator)
  let tuple = try vm.newTupleObject(3)
  let items = TupleObject.items(tuple)
  if hit < 0 {
    let empty = receiver.kind == .str ? Value(Qstr.empty) : try vm.newText(receiver.kind, .none)
    items[0] = empty
    items[1] = receiver.kind == .bytearray ? try vm.newText(.bytearray, .none) : empty
    items[2] = empty
    items[backward ? 2 : 0] = try vm.unchangedText(receiver, arguments[0])
    return Value(tuple)
  }
  items[0] = try vm.newText(receiver.kind, receiver.text.part(0, hit))
  items[1] = receiver.kind == .str ? arguments[1] : try vm.newText(receiver.kind, separator)
  let rest = hit &+ separator.count
  items[2] = try vm.newText(receiver.kind, receiver.text.part(rest, receiver.text.count &- rest))
  return Value(tuple)
}

// MARK: replace

/// `replace(old, new, count=-1)`. The result's size is counted first, so that one buffer of the right size suffices.
func textReplace(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "old, new, /, count=?", 3, 4)
  let limit = arguments.optional(3).isNull ? -1 : try vm.textInteger(arguments[3], clamped: true)
  let receiver = vm.textReceiver(arguments[0])
  let old = try vm.textArgument(receiver.kind, arguments[1])
  let new = try vm.textArgument(receiver.kind, arguments[2])
  let text = receiver.text
  let most = limit < 0 ? Int.max : limit
  let found = old.count == 0 ? min(text.length &+ 1, most) : TextSearch.count(text, old, limit: most)
  if found == 0 { return try vm.unchangedText(receiver, arguments[0]) }
  let (growth, overflow) = (new.count &- old.count).multipliedReportingOverflow(by: found)
  if overflow || text.count &+ growth >= 0x7fff_ffff { throw vm.outOfMemory(Int.max) }
  var builder = try StringBuilder(vm, capacity: max(text.count &+ growth, 1))
  if !text.isASCII || !new.isASCII { builder.markNonASCII() }
  if old.count == 0 {
    try insertBetween(text, new, found, &builder)
  } else {
    try replaceAll(text, old, new, found, &builder)
  }
  // Non-ASCII characters may all have been replaced.
  if receiver.kind == .str && !text.isASCII { return try vm.newString(builder.text.part(0, builder.count)) }
  return try vm.finishText(receiver.kind, &builder)
}

/// Writes through one pointer: the builder has room for the whole result.
private func replaceAll(_ text: Text, _ old: Text, _ new: Text, _ times: Int, _ builder: inout StringBuilder) throws(PyError) {
  let total = text.count &+ times &* (new.count &- old.count)
  var target = try builder.reserve(total)
  var from = 0
  for _ in 0..<times {
    let hit = TextSearch.find(text.start + from, text.count &- from, old.start, old.count)
    copyText(target, text.start + from, hit)
    target += hit
    copyText(target, new.start, new.count)
    target += new.count
    from &+= hit &+ old.count
  }
  target.update(from: text.start + from, count: text.count &- from)
  builder.advance(total)
}

/// `replace` of the empty text: before each character, and at the end.
private func insertBetween(_ text: Text, _ new: Text, _ times: Int, _ builder: inout StringBuilder) throws(PyError) {
  var from = 0
  for _ in 0..<times {
    try builder.append(new)
    if from == text.count { return }
    let length = text.isASCII ? 1 : Utf8.length(lead: text.start[from])
    try builder.append(Text(start: text.start + from, count: length, isASCII: true))
    from &+= length
  }
  try builder.append(Text(start: text.start + from, count: text.count &- from, isASCII: true))
}

extension VM {
  /// Arguments of a method that takes keywords: those are bound only if there are any, since most calls have none. Parameters that may be
  /// left out have `=?`. Moves the top of the Python stack: the caller puts it back.
  func textKeywords(
    _ arguments: Arguments, _ parameters: StaticString, _ minimum: Int, _ maximum: Int
  ) throws(PyError) -> Arguments {
    if arguments.keywordCount > 0 { return try bind(Text(parameters), arguments, skipping: 1) }
    if arguments.count < minimum || arguments.count > maximum { try raiseArgumentCount(minimum, maximum, arguments.count) }
    return arguments
  }
}
