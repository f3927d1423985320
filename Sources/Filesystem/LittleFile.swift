// An open file of littlefs. Small files lie in `buffer` as a whole and are stored with their entry; others are lists of blocks, of which the buffer
// holds the one that is being written. Nothing of a change is seen on the device before `synchronise` commits it.

/// Use it through a pointer that stays while the file is open.
public struct LittleFile {
  var next: UnsafeMutablePointer<LittleFile>?
  /// One block.
  let buffer: UnsafeMutablePointer<UInt8>
  /// The folder's first pair and the file's name in it; the name is in memory of the file's own.
  var folder: BlockPair
  let name: UnsafeMutablePointer<UInt8>
  var nameCount: Int
  var canRead: Bool
  var canWrite: Bool
  var appends: Bool
  /// Removed or renamed: nothing can be stored any more.
  var isDetached = false
  var isDirty = false
  var isInline = true
  /// The list as it was last put together: its last block and size.
  var head: UInt32 = .max
  public internal(set) var size: UInt32 = 0
  public internal(set) var position: UInt32 = 0
  /// While bytes are written to a list: the block in the buffer, its number, and where the byte at `position` goes.
  var isWriting = false
  var block: UInt32 = .max
  var blockIndex: UInt32 = 0
  var offset = 0
  /// What the attribute "time of change" becomes; 0 leaves none.
  public var time: UInt64 = 0

  /// Longest name, in bytes: memory for `name`.
  public static var nameCapacity: Int { 255 }
}

/// How a file is opened.
public struct LittleMode {
  public var reads = false
  public var writes = false
  public var creates = false
  public var truncates = false
  public var appends = false
  /// Must not exist.
  public var isNew = false
  public init() {}
}

extension LittleFS {
  // MARK: Opening and closing

  /// Opens a file in the memory given: the struct, a block, and room for a name.
  public mutating func open(
    _ file: UnsafeMutablePointer<LittleFile>, buffer: UnsafeMutablePointer<UInt8>, name: UnsafeMutablePointer<UInt8>,
    _ path: UnsafePointer<UInt8>, _ count: Int, _ mode: LittleMode
  ) throws(StorageError) {
    if mode.writes { try finishPending() } else { beginAllocation() }
    let place = try find(path, count)
    if place.isRoot { throw .isDirectory }
    if place.exists && mode.isNew { throw .exists }
    if !place.exists && !mode.creates { throw .noEntry }
    if count > 0 && path[count &- 1] == 47 { throw place.exists ? .notDirectory : .isDirectory }
    file.initialize(
      to: LittleFile(
        next: nil, buffer: buffer, folder: place.folder, name: name, nameCount: place.nameCount, canRead: mode.reads, canWrite: mode.writes,
        appends: mode.appends))
    name.update(from: place.name, count: place.nameCount)
    if place.exists {
      try readStructure(file, main.entries[place.index])
    } else {
      var entry = Entry()
      entry.nameType = Tag.file
      entry.name = place.name
      entry.nameCount = place.nameCount
      entry.structureType = Tag.inlineStructure
      main.insert(entry, at: place.index)
      try commit()
      // Its time is stored when it is closed.
      file.pointee.isDirty = true
    }
    if mode.truncates && file.pointee.size > 0 {
      file.pointee.isInline = true
      file.pointee.size = 0
      file.pointee.isDirty = true
    }
    file.pointee.next = openFiles
    openFiles = file
  }

  private func readStructure(_ file: UnsafeMutablePointer<LittleFile>, _ entry: Entry) throws(StorageError) {
    guard entry.nameType == Tag.file else { throw .isDirectory }
    if entry.timeCount == 8, let time = entry.time { file.pointee.time = UInt64(loadWord(time)) | UInt64(loadWord(time + 4)) &<< 32 }
    if entry.structureType == Tag.listStructure, entry.structureCount >= 8, let words = entry.structure {
      file.pointee.isInline = false
      file.pointee.head = loadWord(words)
      file.pointee.size = loadWord(words + 4)
      guard file.pointee.size <= fileLimit, file.pointee.size == 0 || file.pointee.head < device.blockCount else { throw .corrupt }
      return
    }
    guard entry.structureType == Tag.inlineStructure, entry.structureCount <= Int(device.blockSize) else { throw .corrupt }
    if let bytes = entry.structure { file.pointee.buffer.update(from: bytes, count: entry.structureCount) }
    file.pointee.size = UInt32(entry.structureCount)
  }

  /// Stores what is not stored yet and forgets the file, even if that fails.
  public mutating func close(_ file: UnsafeMutablePointer<LittleFile>) throws(StorageError) {
    defer { forget(file) }
    try synchronise(file)
  }

  /// Forgets an open file without storing anything.
  public mutating func forget(_ file: UnsafeMutablePointer<LittleFile>) {
    if openFiles == file {
      openFiles = file.pointee.next
      return
    }
    var other = openFiles
    while let current = other {
      if current.pointee.next == file { current.pointee.next = file.pointee.next }
      other = current.pointee.next
    }
  }

  /// Lets open files of an entry that goes away know.
  mutating func detachFiles(_ place: Place) {
    var file = openFiles
    while let current = file {
      if current.pointee.folder.isSame(as: place.folder), current.pointee.nameCount == place.nameCount {
        var index = 0
        while index < place.nameCount && current.pointee.name[index] == place.name[index] { index &+= 1 }
        if index == place.nameCount { current.pointee.isDetached = true }
      }
      file = current.pointee.next
    }
  }

  // MARK: Reading

  /// Reads at the file's position; answers how many bytes.
  public mutating func read(_ file: UnsafeMutablePointer<LittleFile>, _ target: UnsafeMutablePointer<UInt8>, _ count: Int)
    throws(StorageError)
    -> Int
  {
    guard file.pointee.canRead else { throw .badFile }
    try flush(file)
    let done = try read(file, at: file.pointee.position, target, count)
    file.pointee.position &+= UInt32(done)
    return done
  }

  private func read(
    _ file: UnsafeMutablePointer<LittleFile>, at start: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
  ) throws(StorageError) -> Int {
    let size = file.pointee.size
    if start >= size { return 0 }
    let total = min(count, Int(size &- start))
    if file.pointee.isInline {
      target.update(from: file.pointee.buffer + Int(start), count: total)
      return total
    }
    let last = listPosition(size &- 1).index
    var done = 0
    while done < total {
      let place = listPosition(start &+ UInt32(done))
      let piece = min(total &- done, Int(device.blockSize &- place.offset))
      let block = try listBlock(file.pointee.head, last, place.index)
      try device.read(block, place.offset, target + done, piece)
      done &+= piece
    }
    return done
  }

  // MARK: Writing

  /// Writes at the file's position, or at its end if it was opened so.
  public mutating func write(_ file: UnsafeMutablePointer<LittleFile>, _ source: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) {
    guard file.pointee.canWrite else { throw .badFile }
    if count == 0 { return }
    beginAllocation()
    let end = max(file.pointee.size, file.pointee.isWriting ? file.pointee.position : 0)
    if file.pointee.appends && file.pointee.position != end {
      try flush(file)
      file.pointee.position = end
    }
    guard count <= Int(fileLimit), file.pointee.position <= fileLimit &- UInt32(count) else { throw .tooLarge }
    if file.pointee.position > end {
      // A gap reads as zeros.
      let position = file.pointee.position
      try flush(file)
      file.pointee.position = file.pointee.size
      while file.pointee.position < position {
        var zeros: UInt64 = 0
        let piece = min(8, Int(position &- file.pointee.position))
        try withUnsafeMutableBytes(of: &zeros) { (bytes) throws(StorageError) in
          try append(file, bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), piece)
        }
      }
    }
    try append(file, source, count)
  }

  private mutating func append(_ file: UnsafeMutablePointer<LittleFile>, _ source: UnsafePointer<UInt8>, _ count: Int) throws(StorageError)
  {
    file.pointee.isDirty = true
    if file.pointee.isInline {
      let end = Int(file.pointee.position) &+ count
      if end <= inlineLimit {
        (file.pointee.buffer + Int(file.pointee.position)).update(from: source, count: count)
        file.pointee.position = UInt32(end)
        file.pointee.size = max(file.pointee.size, UInt32(end))
        return
      }
      try leaveEntry(file)
    }
    if !file.pointee.isWriting { try beginBlock(file) }
    var done = 0
    while done < count {
      if file.pointee.offset == Int(device.blockSize) { try nextBlock(file) }
      let piece = min(count &- done, Int(device.blockSize) &- file.pointee.offset)
      (file.pointee.buffer + file.pointee.offset).update(from: source + done, count: piece)
      file.pointee.offset &+= piece
      file.pointee.position &+= UInt32(piece)
      done &+= piece
    }
  }

  /// Gives a file that was small a block: its bytes lie in the buffer as block 0 has them.
  private mutating func leaveEntry(_ file: UnsafeMutablePointer<LittleFile>) throws(StorageError) {
    if file.pointee.size > 0 {
      let block = try erasedBlock()
      try programBlock(file.pointee.buffer, Int(file.pointee.size), block)
      file.pointee.head = block
    }
    file.pointee.isInline = false
  }

  private mutating func erasedBlock() throws(StorageError) -> UInt32 {
    let block = try allocate()
    try device.eraseBlock(block)
    return block
  }

  /// Begins a new block for the one that holds the byte at the position, with what that one holds before it.
  private mutating func beginBlock(_ file: UnsafeMutablePointer<LittleFile>) throws(StorageError) {
    let place = listPosition(file.pointee.position)
    let block = try erasedBlock()
    let size = file.pointee.size
    if size > 0 {
      let last = listPosition(size &- 1).index
      if place.index > 0 {
        try writePointers(place.index, listBlock(file.pointee.head, last, place.index &- 1), to: file.pointee.buffer)
      }
      let pointers = pointerBytes(place.index)
      if place.offset > pointers {
        let old = try listBlock(file.pointee.head, last, place.index)
        try device.read(old, pointers, file.pointee.buffer + Int(pointers), Int(place.offset &- pointers))
      }
    }
    file.pointee.block = block
    file.pointee.blockIndex = place.index
    file.pointee.offset = Int(place.offset)
    file.pointee.isWriting = true
  }

  /// Writes the full block and begins the next.
  private mutating func nextBlock(_ file: UnsafeMutablePointer<LittleFile>) throws(StorageError) {
    try programBlock(file.pointee.buffer, file.pointee.offset, file.pointee.block)
    let full = file.pointee.block
    let index = file.pointee.blockIndex &+ 1
    // The buffer still tells the allocator of the full block while a new one is looked for.
    let block = try erasedBlock()
    try writePointers(index, full, to: file.pointee.buffer)
    file.pointee.block = block
    file.pointee.blockIndex = index
    file.pointee.offset = Int(pointerBytes(index))
  }

  private func programBlock(_ buffer: UnsafeMutablePointer<UInt8>, _ count: Int, _ block: UInt32) throws(StorageError) {
    let unit = Int(device.programSize)
    let end = (count &+ unit &- 1) / unit &* unit
    for index in count..<max(end, count) { buffer[index] = 0xff }
    try device.program(block, 0, buffer, end)
  }

  /// Puts the list together: after what was written comes what the old list has there. Answers with the block written and no longer in the buffer.
  mutating func flush(_ file: UnsafeMutablePointer<LittleFile>) throws(StorageError) {
    guard file.pointee.isWriting else { return }
    let position = file.pointee.position
    var old = file.pointee.position
    while old < file.pointee.size {
      var byte: UInt64 = 0
      try withUnsafeMutableBytes(of: &byte) { (bytes) throws(StorageError) in
        let start = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
        let count = try read(file, at: old, start, 8)
        try append(file, start, count)
        old &+= UInt32(count)
      }
    }
    try programBlock(file.pointee.buffer, file.pointee.offset, file.pointee.block)
    file.pointee.head = file.pointee.block
    file.pointee.size = max(file.pointee.size, file.pointee.position)
    file.pointee.position = position
    file.pointee.isWriting = false
  }

  /// Stores the file: after this a power cut loses nothing of it.
  public mutating func synchronise(_ file: UnsafeMutablePointer<LittleFile>) throws(StorageError) {
    guard file.pointee.canWrite, file.pointee.isDirty else { return }
    beginAllocation()
    try flush(file)
    if file.pointee.isDetached { throw .badFile }
    try device.synchroniseAll()
    try finishPending()
    var place = Place(
      folder: file.pointee.folder, pair: file.pointee.folder, index: 0, exists: false, name: UnsafePointer(file.pointee.name),
      nameCount: file.pointee.nameCount)
    try search(file.pointee.folder, &place)
    guard place.exists, main.entries[place.index].nameType == Tag.file else { throw .badFile }
    var entry = main.entries[place.index]
    if file.pointee.isInline {
      entry.structureType = Tag.inlineStructure
      entry.structure = UnsafePointer(file.pointee.buffer)
      entry.structureCount = Int(file.pointee.size)
    } else {
      storeWord(scratch, file.pointee.head)
      storeWord(scratch + 4, file.pointee.size)
      entry.structureType = Tag.listStructure
      entry.structure = UnsafePointer(scratch)
      entry.structureCount = 8
    }
    if file.pointee.time != 0 {
      storeWord(scratch + 8, UInt32(truncatingIfNeeded: file.pointee.time))
      storeWord(scratch + 12, UInt32(truncatingIfNeeded: file.pointee.time &>> 32))
      entry.time = UnsafePointer(scratch + 8)
      entry.timeCount = 8
    }
    main.entries[place.index] = entry
    try commit()
    file.pointee.isDirty = false
  }

  // MARK: Position and size

  /// Moves the position; it may lie behind the end.
  public mutating func seek(_ file: UnsafeMutablePointer<LittleFile>, _ position: UInt32) throws(StorageError) {
    if position == file.pointee.position { return }
    beginAllocation()
    try flush(file)
    file.pointee.position = position
  }

  /// The size, what is not flushed yet included.
  public func size(_ file: UnsafeMutablePointer<LittleFile>) -> UInt32 {
    max(file.pointee.size, file.pointee.isWriting ? file.pointee.position : 0)
  }

  /// Makes the file shorter, or longer with zeros. The position stays.
  public mutating func truncate(_ file: UnsafeMutablePointer<LittleFile>, _ size: UInt32) throws(StorageError) {
    guard file.pointee.canWrite else { throw .badFile }
    guard size <= fileLimit else { throw .invalid }
    beginAllocation()
    try flush(file)
    let old = file.pointee.size
    if size == old { return }
    file.pointee.isDirty = true
    if size > old {
      let position = file.pointee.position
      file.pointee.position = size &- 1
      let appends = file.pointee.appends
      file.pointee.appends = false
      var zero: UInt8 = 0
      try write(file, &zero, 1)
      try flush(file)
      file.pointee.appends = appends
      file.pointee.position = position
    } else if size == 0 {
      file.pointee.isInline = true
      file.pointee.size = 0
    } else {
      if !file.pointee.isInline {
        file.pointee.head = try listBlock(file.pointee.head, listPosition(old &- 1).index, listPosition(size &- 1).index)
      }
      file.pointee.size = size
    }
  }
}
