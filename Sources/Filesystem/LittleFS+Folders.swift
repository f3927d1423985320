// littlefs: what changes folders. Each operation is one commit, or two with a mark in between.

/// What `status` and a folder's listing tell of an entry.
public struct EntryStatus {
  public var isFolder = false
  public var size: UInt32 = 0
  /// The attribute "time of change": eight bytes, or 0 without it.
  public var time: UInt64 = 0
  public init() {}
  init(isFolder: Bool) { self.isFolder = isFolder }
}

/// A place in the listing of a folder.
public struct FolderCursor {
  var pair: BlockPair
  var index = 0
  var steps: UInt32 = 0
}

extension LittleFS {
  // MARK: Looking

  public mutating func status(_ path: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) -> EntryStatus {
    let place = try find(path, count)
    if place.isRoot { return EntryStatus(isFolder: true) }
    guard place.exists else { throw .noEntry }
    return status(main.entries[place.index])
  }

  private func status(_ entry: Entry) -> EntryStatus {
    var result = EntryStatus(isFolder: entry.nameType == Tag.folder)
    if entry.structureType == Tag.inlineStructure { result.size = UInt32(entry.structureCount) }
    if entry.structureType == Tag.listStructure, entry.structureCount >= 8, let words = entry.structure {
      result.size = loadWord(words + 4)
    }
    if entry.timeCount == 8, let time = entry.time { result.time = UInt64(loadWord(time)) | UInt64(loadWord(time + 4)) &<< 32 }
    return result
  }

  /// Begins to list a folder.
  public mutating func openFolder(_ path: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) -> FolderCursor {
    FolderCursor(pair: try folder(path, count))
  }

  /// The first pair of the folder at a path.
  private mutating func folder(_ path: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) -> BlockPair {
    let place = try find(path, count)
    if place.isRoot { return root }
    guard place.exists else { throw .noEntry }
    return try folderPair(main.entries[place.index])
  }

  /// The next entry: writes its name (of `nameLimit` bytes at most); answers its length, 0 after the last.
  public mutating func nextEntry(_ cursor: inout FolderCursor, _ name: UnsafeMutablePointer<UInt8>, _ found: inout EntryStatus)
    throws(StorageError)
    -> Int
  {
    while !cursor.pair.isNone {
      guard cursor.steps <= device.blockCount else { throw .corrupt }
      try main.load(device, cursor.pair)
      while cursor.index < main.count {
        let entry = main.entries[cursor.index]
        let isGone = isMoveSource(cursor.index)
        cursor.index &+= 1
        if isGone { continue }
        guard entry.nameType == Tag.file || entry.nameType == Tag.folder, let bytes = entry.name, entry.nameCount <= 255 else { continue }
        name.update(from: bytes, count: entry.nameCount)
        found = status(entry)
        return entry.nameCount
      }
      cursor.pair = main.isSplit ? main.tail : .none
      cursor.index = 0
      cursor.steps &+= 1
    }
    return 0
  }

  // MARK: Making

  public mutating func makeFolder(_ path: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) {
    try finishPending()
    let place = try find(path, count)
    if place.exists { throw .exists }
    // The new folder follows the last pair of its parent in the list of all pairs.
    while main.isSplit { try main.load(device, main.tail) }
    let last = main.pair
    let tail = main.tail
    let added = try newPair()
    main.clear()
    main.pair = added
    main.revision = try oldRevision(added)
    main.tail = tail
    try main.store(device, 0, 0, in: target)
    let isOnePair = last.isSame(as: place.pair)
    if !isOnePair {
      // Two commits: in between the folder is in the list, but nowhere else.
      try main.load(device, last)
      main.tail = added
      change(state: state ^ orphanMark)
      try commit()
    }
    try main.load(device, place.pair)
    if isOnePair {
      main.tail = added
      main.isSplit = false
    } else {
      change(state: state ^ orphanMark)
    }
    storeWord(scratch, added.first)
    storeWord(scratch + 4, added.second)
    var entry = Entry()
    entry.nameType = Tag.folder
    entry.name = place.name
    entry.nameCount = place.nameCount
    entry.structureType = Tag.folderStructure
    entry.structure = UnsafePointer(scratch)
    entry.structureCount = 8
    main.insert(entry, at: place.index)
    try commit()
  }

  // MARK: Removing

  /// Removes a file or an empty folder.
  public mutating func remove(_ path: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) {
    try finishPending()
    let place = try find(path, count)
    if place.isRoot { throw .invalid }
    guard place.exists else { throw .noEntry }
    let isFolder = main.entries[place.index].nameType == Tag.folder
    let gone = isFolder ? try emptyFolder(place) : .none
    detachFiles(place)
    main.remove(place.index)
    if isFolder { change(state: state ^ orphanMark) }
    try commitRemoval(place.folder)
    if isFolder { try unlink(gone) }
  }

  /// The pair of a folder, which must be empty. Leaves the pair that holds the folder's entry in `main`.
  private mutating func emptyFolder(_ place: Place) throws(StorageError) -> BlockPair {
    let pair = try folderPair(main.entries[place.index])
    try main.load(device, pair)
    let isEmpty = main.count == 0 && !main.isSplit
    try main.load(device, place.pair)
    if !isEmpty { throw .notEmpty }
    return pair
  }

  /// Takes the pair of a folder without an entry out of the list of all pairs, and the mark away.
  private mutating func unlink(_ pair: BlockPair) throws(StorageError) {
    try main.load(device, pair)
    let (tail, move) = (main.tail, main.move)
    try loadPredecessor(pair, from: BlockPair(first: 0, second: 1))
    main.tail = tail
    main.move = main.move ^ move
    change(state: state ^ orphanMark)
    try commit()
  }

  // MARK: Renaming

  /// Moves a file or folder; what is at the new path, a file or an empty folder of the same kind, is replaced.
  public mutating func rename(
    _ old: UnsafePointer<UInt8>, _ oldCount: Int, _ new: UnsafePointer<UInt8>, _ newCount: Int
  ) throws(StorageError) {
    try finishPending()
    let source = try find(old, oldCount)
    if source.isRoot { throw .invalid }
    guard source.exists else { throw .noEntry }
    let moved = main.entries[source.index]
    let isFolder = moved.nameType == Tag.folder
    if isFolder && isInside(new, newCount, old, oldCount) { throw .invalid }
    let copy = try copied(moved)
    let place = try find(new, newCount)
    if place.isRoot { throw .invalid }
    if place.exists && place.pair.isSame(as: source.pair) && place.index == source.index { return }
    var replaced = BlockPair.none
    if place.exists {
      let isOther = main.entries[place.index].nameType == Tag.folder
      if isOther != isFolder { throw isOther ? .isDirectory : .notDirectory }
      if isOther { replaced = try emptyFolder(place) }
      detachFiles(place)
    }
    detachFiles(source)
    try move(copy, source, place, marks: !replaced.isNone)
    if !replaced.isNone { try unlink(replaced) }
  }

  /// An entry whose data lies in `scratch`.
  private func copied(_ entry: Entry) throws(StorageError) -> Entry {
    var copy = entry
    guard entry.structureCount &+ entry.timeCount <= LittleFS.scratchSize else { throw .corrupt }
    if let bytes = entry.structure { scratch.update(from: bytes, count: entry.structureCount) }
    copy.structure = UnsafePointer(scratch)
    if let time = entry.time {
      (scratch + entry.structureCount).update(from: time, count: entry.timeCount)
      copy.time = UnsafePointer(scratch + entry.structureCount)
    }
    return copy
  }

  private mutating func move(_ entry: Entry, _ source: Place, _ place: Place, marks: Bool) throws(StorageError) {
    var entry = entry
    entry.name = place.name
    entry.nameCount = place.nameCount
    if place.exists { main.remove(place.index) }
    main.insert(entry, at: place.index)
    var new = marks ? state ^ orphanMark : state
    if place.pair.isSame(as: source.pair) {
      var index = source.index
      if !place.exists && place.index <= index { index &+= 1 }
      main.remove(index)
      change(state: new)
      return try commit()
    }
    // The file is in two places until the second commit; the mark says which one does not count.
    new = new ^ MoveState(tag: Tag.make(Tag.delete, UInt32(source.index), 0), first: source.pair.first, second: source.pair.second)
    change(state: new)
    try commit()
    try finishMove()
  }

  /// Whether a path leads into the folder at another.
  private func isInside(_ path: UnsafePointer<UInt8>, _ count: Int, _ folder: UnsafePointer<UInt8>, _ folderCount: Int) -> Bool {
    var one = 0
    var two = 0
    while true {
      while one < count && path[one] == 47 { one &+= 1 }
      while two < folderCount && folder[two] == 47 { two &+= 1 }
      if two == folderCount { return one < count }
      while two < folderCount && folder[two] != 47 {
        if one >= count || path[one] != folder[two] { return false }
        one &+= 1
        two &+= 1
      }
      if one < count && path[one] != 47 { return false }
    }
  }

  // MARK: After a power cut

  /// Ends what a power cut interrupted. Every change begins with it.
  mutating func finishPending() throws(StorageError) {
    beginAllocation()
    if state.hasMove { try finishMove() }
    if state.hasOrphans { try removeOrphans() }
  }

  /// Deletes the source of a move.
  private mutating func finishMove() throws(StorageError) {
    let index = Tag.entry(state.tag)
    try main.load(device, state.pair)
    guard index < main.count else { throw .corrupt }
    let folder = try firstPair(of: main.pair)
    try main.load(device, state.pair)
    main.remove(index)
    change(state: MoveState(tag: state.tag & 0x8000_0000))
    try commitRemoval(folder)
  }

  /// The first pair of the folder that a pair belongs to.
  private mutating func firstPair(of pair: BlockPair) throws(StorageError) -> BlockPair {
    var next = BlockPair(first: 0, second: 1)
    var first = next
    var steps: UInt32 = 0
    while !next.isNone && steps <= device.blockCount {
      try main.load(device, next)
      if main.pair.isSame(as: pair) { return first }
      next = main.tail
      if !main.isSplit { first = next }
      steps &+= 1
    }
    throw .corrupt
  }

  /// Takes pairs out of the list that belong to no folder.
  private mutating func removeOrphans() throws(StorageError) {
    var current = BlockPair(first: 0, second: 1)
    var steps: UInt32 = 0
    while steps <= device.blockCount {
      steps &+= 1
      try main.load(device, current)
      let next = main.tail
      if next.isNone { break }
      let isSoft = !main.isSplit
      if isSoft, !next.isSame(as: root), let parent = try owner(of: next) {
        if !parent.isSame(as: next) {
          // Half of the pair was replaced: the folder's entry is right.
          try main.load(device, current)
          main.tail = parent
          try commit()
          continue
        }
      } else if isSoft && !next.isSame(as: root) {
        try main.load(device, next)
        let (tail, split, move) = (main.tail, main.isSplit, main.move)
        try main.load(device, current)
        main.tail = tail
        main.isSplit = split
        main.move = main.move ^ move
        try commit()
        continue
      }
      current = next
    }
    try main.load(device, root)
    change(state: MoveState(tag: state.tag & 0x7fff_ffff, first: state.first, second: state.second))
    try commit()
  }

  /// The pair as the entry of a folder has it, if there is one that shares a block with it.
  private mutating func owner(of pair: BlockPair) throws(StorageError) -> BlockPair? {
    var next = BlockPair(first: 0, second: 1)
    var steps: UInt32 = 0
    while !next.isNone && steps <= device.blockCount {
      try walker.load(device, next)
      for index in 0..<walker.count where walker.entries[index].structureType == Tag.folderStructure {
        guard walker.entries[index].nameType == Tag.folder, walker.entries[index].structureCount >= 8 else { continue }
        let found = try folderPair(walker.entries[index])
        let shares = found.first == pair.first || found.first == pair.second || found.second == pair.first || found.second == pair.second
        if shares { return found }
      }
      next = walker.tail
      steps &+= 1
    }
    return nil
  }
}
