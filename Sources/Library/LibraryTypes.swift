// The types of this target by number. A new type: its TypeID and its `TypeRow.name` in its own file, one line here.

/// The row of one of this target's types; nil for numbers that are not in use.
func libraryType(_ type: TypeID) -> TypeRow? {
  switch type {
  case .deque: return TypeRow.deque
  case .dequeIterator: return TypeRow.dequeIterator
  case .orderedDict: return TypeRow.orderedDict
  case .defaultDict: return TypeRow.defaultDict
  case .counter: return TypeRow.counter
  case .namedTupleFunction: return TypeRow.namedTupleFunction
  case .array: return TypeRow.array
  case .ringIO: return TypeRow.ringIO
  case .stringIO: return TypeRow.stringIO
  case .bytesIO: return TypeRow.bytesIO
  case .fileIO: return TypeRow.fileIO
  case .textIOWrapper: return TypeRow.textIOWrapper
  case .ioBase: return TypeRow.ioBase
  case .bufferedWriter: return TypeRow.bufferedWriter
  case .folderIterator: return TypeRow.folderIterator
  case .sha256: return TypeRow.sha256
  case .sha1: return TypeRow.sha1
  case .md5: return TypeRow.md5
  case .poll: return TypeRow.poll
  case .memory: return TypeRow.memory
  case .vfsLfs2: return TypeRow.vfsLfs2
  case .lfs2Iterator: return TypeRow.lfs2Iterator
  case .lfs2File: return TypeRow.lfs2File
  case .nativeDevice: return TypeRow.nativeDevice
  case .vfsPosix: return TypeRow.vfsPosix
  case .vfsRom: return TypeRow.vfsRom
  case .pollIterator: return TypeRow.pollIterator
  default: return nil
  }
}

/// Writes the row of one of this target's types; false for numbers that are not in use. What a port's configuration names. (It calls a
/// function out of line because the compiler crashes, in Embedded Swift, where a function that handles a large struct is stored.)
public func libraryTypeRow(_ type: TypeID, _ row: UnsafeMutablePointer<TypeRow>) -> Bool { writeLibraryType(type, row) }

@inline(never) private func writeLibraryType(_ type: TypeID, _ row: UnsafeMutablePointer<TypeRow>) -> Bool {
  guard let found = libraryType(type) else { return false }
  row.initialize(to: found)
  return true
}
