// The container of the compiler: an owned, growing run of plain values without reference counts, uniqueness or bounds checks.
//
// Its memory comes from the compilation's workspace and can be refused. `append` then throws. `offer` leaves the buffer as it was and says no; the
// workspace is exhausted then, so whoever does not look at the answer is stopped at the next statement or expression. Until then nothing
// may take an element for granted that was only offered.

import Bytecode

/// A growing array, owned by one place. One word, which leads to a header and the elements behind it: the compiler moves what holds such
/// arrays about on the stack, of which a chip has little. An empty buffer leads to the workspace, which begins with a header too.
struct GrowableBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var memory: UnsafeMutableRawPointer

  /// Bytes before the elements.
  private static var offset: Int { (MemoryLayout<BufferHeader>.size + 15) & ~15 }
  private var header: UnsafeMutablePointer<BufferHeader> { @inline(__always) get { memory.assumingMemoryBound(to: BufferHeader.self) } }
  var base: UnsafeMutablePointer<Element> {
    @inline(__always) get { (memory + GrowableBuffer.offset).assumingMemoryBound(to: Element.self) }
  }
  private(set) var count: Int {
    @inline(__always) get { header.pointee.count }
    @inline(__always) nonmutating set { header.pointee.count = newValue }
  }
  var capacity: Int { @inline(__always) get { header.pointee.capacity } }
  /// Where the memory comes from.
  var space: UnsafeMutablePointer<Workspace> { @inline(__always) get { header.pointee.space.unsafelyUnwrapped } }

  /// An empty buffer, which takes no memory yet.
  init(_ space: UnsafeMutablePointer<Workspace>) { memory = UnsafeMutableRawPointer(space) }

  /// `count` times the same.
  init(_ space: UnsafeMutablePointer<Workspace>, repeating element: Element, count: Int) throws(SyntaxFailure) {
    self.init(space)
    try append(repeating: element, count: count)
  }

  deinit { if capacity > 0 { space.release(memory) } }

  /// Unchecked: `index` must be below `count`.
  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  // MARK: Growing

  @inline(__always) mutating func append(_ element: Element) throws(SyntaxFailure) {
    if count == capacity && !makeRoom(1) { throw .outOfMemory }
    (base + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always) mutating func append(_ elements: UnsafePointer<Element>, count extra: Int) throws(SyntaxFailure) {
    if !offer(elements, count: extra) { throw .outOfMemory }
  }

  mutating func append(repeating element: Element, count extra: Int) throws(SyntaxFailure) {
    if extra > capacity &- count && !makeRoom(extra) { throw .outOfMemory }
    (base + count).initialize(repeating: element, count: extra)
    count &+= extra
  }

  /// Appends an element if there is memory for it.
  @discardableResult @inline(__always) mutating func offer(_ element: Element) -> Bool {
    if count == capacity && !makeRoom(1) { return false }
    (base + count).initialize(to: element)
    count &+= 1
    return true
  }

  /// Appends all elements or none.
  @discardableResult @inline(__always) mutating func offer(_ elements: UnsafePointer<Element>, count extra: Int) -> Bool {
    if extra > capacity &- count && !makeRoom(extra) { return false }
    (base + count).initialize(from: elements, count: extra)
    count &+= extra
    return true
  }

  /// Appends all elements or none.
  @discardableResult mutating func offer(_ elements: UnsafeBufferPointer<Element>) -> Bool {
    guard let start = elements.baseAddress else { return true }
    return offer(start, count: elements.count)
  }

  /// Drops all elements past the first `newCount`.
  @inline(__always) mutating func truncate(to newCount: Int) {
    assert(newCount <= count)
    // Not even written where there is nothing to drop: the header may be the workspace's.
    if newCount < count { count = newCount }
  }

  /// Twice the room; if there is no memory for that, a little more than needed.
  @inline(never) private mutating func makeRoom(_ extra: Int) -> Bool {
    assert(MemoryLayout<Element>.alignment <= 16)
    let needed = count &+ extra
    let least = Swift.max(needed, 64 / MemoryLayout<Element>.stride, 4)
    return move(to: Swift.max(capacity &* 2, least), isLastTry: false) || move(to: needed &+ needed / 8, isLastTry: true)
  }

  private mutating func move(to capacity: Int, isLastTry: Bool) -> Bool {
    let space = space
    let byteCount = GrowableBuffer.offset &+ capacity &* MemoryLayout<Element>.stride
    guard let larger = isLastTry ? space.allocate(byteCount) : space.attempt(byteCount) else { return false }
    larger.initializeMemory(as: BufferHeader.self, to: BufferHeader(count: count, capacity: capacity, space: space))
    (larger + GrowableBuffer.offset).assumingMemoryBound(to: Element.self).moveInitialize(from: base, count: count)
    if self.capacity > 0 { space.release(memory) }
    memory = larger
    return true
  }

  /// The elements; valid until the buffer changes.
  var all: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

extension GrowableBuffer<UInt8>: ByteSink {
  /// Offers a byte.
  @inline(__always) mutating func write(_ byte: UInt8) { offer(byte) }
}
