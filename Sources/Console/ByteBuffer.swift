// Bytes that grow in the interpreter's heap. The collector finds them because the console lies on the native stack.

import Runtime

struct ByteBuffer {
  private(set) var start: UnsafeMutablePointer<UInt8>?
  private(set) var count = 0
  private var capacity = 0

  init() {}

  subscript(index: Int) -> UInt8 { start.unsafelyUnwrapped[index] }

  /// The bytes from `from` up to `to`.
  func text(_ from: Int, _ to: Int) -> Text {
    guard let start, from < to else { return Text("") }
    let first = UnsafePointer(start + from)
    for index in 0..<to &- from where first[index] >= 0x80 { return Text(start: first, count: to &- from, isASCII: false) }
    return Text(start: first, count: to &- from, isASCII: true)
  }

  var text: Text { text(0, count) }

  /// Inserts bytes, which must not lie in this buffer. *Allocates*.
  mutating func insert(_ vm: VM, _ text: Text, at position: Int) throws(PyError) {
    if text.count == 0 { return }
    try reserve(vm, text.count)
    let bytes = start.unsafelyUnwrapped
    var index = count
    while index > position {
      index &-= 1
      bytes[index &+ text.count] = bytes[index]
    }
    (bytes + position).update(from: text.start, count: text.count)
    count &+= text.count
  }

  mutating func append(_ vm: VM, _ byte: UInt8) throws(PyError) {
    try reserve(vm, 1)
    start.unsafelyUnwrapped[count] = byte
    count &+= 1
  }

  mutating func remove(_ from: Int, _ to: Int) {
    guard let start, from < to else { return }
    for index in to..<max(count, to) { start[from &+ index &- to] = start[index] }
    count &-= to &- from
  }

  mutating func truncate(_ length: Int) { count = min(count, length) }

  /// Empties the buffer; a large one gives its memory back.
  mutating func clear(_ vm: VM) {
    count = 0
    guard let start, capacity > 1024 else { return }
    vm.heap.free(UnsafeMutableRawPointer(start))
    self.start = nil
    capacity = 0
  }

  private mutating func reserve(_ vm: VM, _ extra: Int) throws(PyError) {
    if count &+ extra <= capacity { return }
    let wanted = max(count &+ extra, capacity &+ capacity &>> 1, 64)
    let replacement = try vm.allocateBytes(wanted)
    if let start {
      replacement.update(from: start, count: count)
      vm.heap.free(UnsafeMutableRawPointer(start))
    }
    start = replacement
    capacity = wanted
  }
}
