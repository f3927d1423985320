// Read-only images in MicroPython's ROMFS format: what frozen modules lie in, and what `mpremote romfs build` writes.
//
// An image is d2 cd 31, the length of what follows, and records: kind, length, payload. A directory (kind 4) is a name and the records in it, a file
// (5) a name and a record of data (2), or (3) of its length and place in the image. Other kinds are stepped over. All numbers are
// variable-length.
import Bytecode

/// An image in memory, which must stay in place and as it is.
struct RomImage {
  private let base: UnsafePointer<UInt8>
  /// Where the records begin and end.
  private let first: Int
  private let end: Int

  /// A file or folder in an image.
  struct Entry {
    let isFolder: Bool
    /// A file's bytes; a folder's records.
    let start: Int
    let count: Int
  }

  /// The image at an address, or nil if there is none that fits into so many bytes.
  init?(at base: UnsafePointer<UInt8>, count: Int = Int.max) {
    guard count >= 4, base[0] == 0xd2 && base[1] == 0xcd && base[2] == 0x31 else { return nil }
    var reader = ByteReader(base: base, count: min(count, 16), offset: 3)
    guard let length = try? reader.unsigned(), length <= count - reader.offset else { return nil }
    self.base = base
    first = reader.offset
    end = first + length
  }

  /// The file or folder of that path below the root, which is empty.
  func find(_ path: Text) -> Entry? {
    var entry = Entry(isFolder: true, start: first, count: end - first)
    var start = 0
    while start < path.count {
      var stop = start
      while stop < path.count && path[stop] != 47 { stop &+= 1 }
      if stop > start {
        guard entry.isFolder, let next = find(Text(start: path.start + start, count: stop &- start, isASCII: false), in: entry) else {
          return nil
        }
        entry = next
      }
      start = stop &+ 1
    }
    return entry
  }

  /// The entry of a folder that begins at `offset` or after it, which is moved behind it; nil at the end.
  func next(in folder: Entry, at offset: inout Int) -> (name: Text, entry: Entry)? {
    var reader = ByteReader(base: base, count: folder.start + folder.count, offset: offset)
    while let record = next(&reader) {
      offset = reader.offset
      guard record.kind == 4 || record.kind == 5 else { continue }
      var payload = ByteReader(base: base, count: record.start + record.count, offset: record.start)
      guard let length = try? payload.unsigned(), let text = try? payload.bytes(length) else { return nil }
      let name = Text(start: text.baseAddress.unsafelyUnwrapped, count: length, isASCII: false)
      if record.kind == 4 { return (name, Entry(isFolder: true, start: payload.offset, count: payload.remaining)) }
      guard let file = data(&payload) else { return nil }
      return (name, file)
    }
    return nil
  }

  /// The bytes of a file.
  func bytes(_ file: Entry) -> Text { Text(start: base + file.start, count: file.count, isASCII: false) }

  private func find(_ name: Text, in folder: Entry) -> Entry? {
    var offset = folder.start
    while let item = next(in: folder, at: &offset) {
      if item.name.count == name.count, equal(item.name, name) { return item.entry }
    }
    return nil
  }

  /// The data of a file, whose records the reader is at.
  private func data(_ reader: inout ByteReader) -> Entry? {
    while let record = next(&reader) {
      if record.kind == 2 { return Entry(isFolder: false, start: record.start, count: record.count) }
      guard record.kind == 3 else { continue }
      var pointer = ByteReader(base: base, count: record.start + record.count, offset: record.start)
      guard let length = try? pointer.unsigned(), let start = try? pointer.unsigned(), start <= end, length <= end - start else {
        return nil
      }
      return Entry(isFolder: false, start: start, count: length)
    }
    return Entry(isFolder: false, start: first, count: 0)
  }

  private func next(_ reader: inout ByteReader) -> (kind: Int, start: Int, count: Int)? {
    guard reader.remaining > 0, let kind = try? reader.unsigned(), let length = try? reader.unsigned() else { return nil }
    let start = reader.offset
    guard (try? reader.bytes(length)) != nil else { return nil }
    return (kind, start, length)
  }

  private func equal(_ bytes: Text, _ text: Text) -> Bool {
    for index in 0..<bytes.count where bytes[index] != text[index] { return false }
    return true
  }
}
