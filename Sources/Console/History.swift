// The lines typed before, one after the other in a block of fixed size: the oldest go when there is no room.

import Runtime

/// Each line ends with a line feed; the newest is the last.
struct History {
  private let bytes: UnsafeMutablePointer<UInt8>?
  private let capacity: Int
  private var used = 0

  /// *Allocates* its memory, all of it; without memory it stays empty.
  init(_ vm: VM, capacity: Int) {
    do throws(PyError) {
      bytes = try vm.allocateBytes(capacity)
      self.capacity = capacity
    } catch {
      bytes = nil
      self.capacity = 0
    }
  }

  /// Everything, as it is kept in a file.
  var text: Text { part(0, used) }

  /// Adds a line, unless it is empty or the same as the newest.
  mutating func add(_ line: Text) {
    guard let bytes, line.count > 0, line.count < capacity else { return }
    for index in 0..<line.count where line[index] == 10 { return }
    if let newest = self.line(0), newest == line { return }
    while used &+ line.count &+ 1 > capacity { dropOldest() }
    (bytes + used).update(from: line.start, count: line.count)
    used &+= line.count &+ 1
    bytes[used &- 1] = 10
  }

  /// Adds the lines of a file.
  mutating func load(_ file: Text) {
    var from = 0
    for index in 0..<file.count where file[index] == 10 {
      add(Text(start: file.start + from, count: index &- from, isASCII: false))
      from = index &+ 1
    }
  }

  /// The line that was typed `age` lines before the newest; nil if there is none.
  func line(_ age: Int) -> Text? {
    guard let bytes, used > 0, age >= 0 else { return nil }
    var end = used &- 1
    var left = age
    while true {
      var from = end
      while from > 0 && bytes[from &- 1] != 10 { from &-= 1 }
      if left == 0 { return part(from, end) }
      if from == 0 { return nil }
      left &-= 1
      end = from &- 1
    }
  }

  private func part(_ from: Int, _ to: Int) -> Text {
    guard let bytes else { return Text("") }
    return Text(start: UnsafePointer(bytes + from), count: to &- from, isASCII: false)
  }

  private mutating func dropOldest() {
    guard let bytes else { return }
    var end = 0
    while end < used && bytes[end] != 10 { end &+= 1 }
    let rest = end &+ 1
    for index in rest..<max(used, rest) { bytes[index &- rest] = bytes[index] }
    used = max(used &- rest, 0)
  }
}
