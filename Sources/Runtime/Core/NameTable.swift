// The interpreter's table of interned strings.

extension VM {
  /// The name with this text; made if there is none. The text is copied unless it lies in the heap object `owner` or is immortal. Allocates.
  public func intern(_ text: Text, immortal: Bool = false) throws(PyError) -> Qstr {
    let names = interpreter
    let hash = hashBytes(text.start, text.count, seed: names.pointee.names.seed)
    if let found = names.pointee.names.find(text, hash) { return found }
    var start = text.start
    if !immortal {
      let copy = try allocateBytes(text.count)
      copy.update(from: text.start, count: text.count)
      start = UnsafePointer(copy)
    }
    var isASCII = true
    for index in 0..<text.count where text.start[index] >= 0x80 { isASCII = false }
    let flag: UInt32 = isASCII ? 0x8000_0000 : 0
    return try addName(Names.Entry(start: start, count: UInt32(truncatingIfNeeded: text.count) | flag, hash: hash))
  }

  public func intern(_ text: StaticString) throws(PyError) -> Qstr { try intern(Text(text), immortal: true) }

  /// The name with the text of a compiled module's name.
  public func intern(_ text: UnsafeBufferPointer<UInt8>) throws(PyError) -> Qstr {
    guard let start = text.baseAddress, text.count > 0 else { return .empty }
    return try intern(Text(start: start, count: text.count, isASCII: false))
  }

  /// The name with the text of a `str`.
  public func intern(_ string: Value) throws(PyError) -> Qstr {
    if string.isName { return string.uncheckedName }
    return try intern(uncheckedText(string))
  }

  /// The name with this text if there is one. Never allocates.
  public func findName(_ text: Text) -> Qstr? {
    interpreter.pointee.names.find(text, hashBytes(text.start, text.count, seed: interpreter.pointee.names.seed))
  }

  private func addName(_ entry: Names.Entry) throws(PyError) -> Qstr {
    let names = interpreter
    if names.pointee.names.count == names.pointee.names.capacity { try growNames() }
    let slot = names.pointee.names.count
    names.pointee.names.entries[slot] = entry
    names.pointee.names.count = slot &+ 1
    if names.pointee.names.total &* 4 > names.pointee.names.indexMask &* 3 { try growNameIndex() }
    names.pointee.names.insert(UInt32(truncatingIfNeeded: Names.firstStored &+ slot), hash: entry.hash)
    return Qstr(UInt32(truncatingIfNeeded: Names.firstStored &+ slot))
  }

  private func growNames() throws(PyError) {
    let names = interpreter
    let capacity = max(names.pointee.names.capacity &* 2, 32)
    guard let memory = heap.allocate(byteCount: capacity &* MemoryLayout<Names.Entry>.stride, atomic: false) else {
      throw outOfMemory(capacity)
    }
    let entries = memory.assumingMemoryBound(to: Names.Entry.self)
    let old = names.pointee.names.entries
    entries.update(from: old, count: names.pointee.names.count)
    names.pointee.names.entries = entries
    names.pointee.names.capacity = capacity
  }

  private func growNameIndex() throws(PyError) {
    let names = interpreter
    let slots = (names.pointee.names.indexMask &+ 1) &* 2
    guard let memory = heap.allocate(byteCount: slots &* 4, atomic: true) else { throw outOfMemory(slots) }
    let index = memory.assumingMemoryBound(to: UInt32.self)
    index.update(repeating: 0, count: slots)
    names.pointee.names.index = index
    names.pointee.names.indexMask = slots &- 1
    // The newest name is inserted by the caller.
    for number in 0..<(names.pointee.names.total &- 1) {
      let name = Qstr(UInt32(truncatingIfNeeded: number))
      if Names.isDuplicate(number) { continue }
      names.pointee.names.insert(name.number, hash: names.pointee.names.hash(name))
    }
  }

  /// Fills the table with the program's own names. Called once, before anything else of the interpreter is used.
  func setUpNames(seed: UInt32) throws(PyError) {
    let names = interpreter
    var slots = 256
    while slots &* 3 < Int(Qstr.fixedCount) &* 5 { slots &*= 2 }
    let capacity = Int(Qstr.fixedCount) &- (Int(Qstr.fixedCount) &- Names.firstStored == 0 ? 0 : Names.firstStored) &+ 64
    guard let index = heap.allocate(byteCount: slots &* 4, atomic: true),
      let entries = heap.allocate(byteCount: capacity &* MemoryLayout<Names.Entry>.stride, atomic: false)
    else { throw outOfMemory(slots) }
    names.pointee.names = Names(
      entries: entries.assumingMemoryBound(to: Names.Entry.self), count: 0, capacity: capacity,
      index: index.assumingMemoryBound(to: UInt32.self), indexMask: slots &- 1, seed: seed)
    names.pointee.names.index.update(repeating: 0, count: slots)
    for number in 0..<Int(Qstr.fixedCount) {
      let text = Names.fixedText(number)
      let hash = hashBytes(text.start, text.count, seed: seed)
      #if _pointerBitWidth(_64)
        names.pointee.names.entries[number] = Names.Entry(
          start: text.start, count: UInt32(truncatingIfNeeded: text.count) | 0x8000_0000, hash: hash)
      #endif
      if !Names.isDuplicate(number) { names.pointee.names.insert(UInt32(truncatingIfNeeded: number), hash: hash) }
    }
    #if _pointerBitWidth(_64)
      names.pointee.names.count = Int(Qstr.fixedCount)
    #endif
  }
}

extension Names {
  /// One-character names stand twice in the program's table if the .mpy format lists them too: the second one is the one found.
  static func isDuplicate(_ number: Int) -> Bool { number > 0 && number < Int(Qstr.firstCharacter) && fixedText(number).count == 1 }

  func find(_ text: Text, _ hash: UInt32) -> Qstr? {
    var slot = Int(truncatingIfNeeded: hash) & indexMask
    while true {
      let number = index[slot]
      if number == 0 { return nil }
      let name = Qstr(number &- 1)
      if self.hash(name) == hash, self.text(name) == text { return name }
      slot = (slot &+ 1) & indexMask
    }
  }

  mutating func insert(_ number: UInt32, hash: UInt32) {
    var slot = Int(truncatingIfNeeded: hash) & indexMask
    while index[slot] != 0 { slot = (slot &+ 1) & indexMask }
    index[slot] = number &+ 1
  }
}
