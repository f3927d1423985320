// The container of the compiler: an owned, growing run of values without reference counts, uniqueness or bounds checks.

import Bytecode

/// A growing array, owned by one place. One word, which leads to a header and the elements behind it: the compiler moves what holds such
/// arrays about on the stack, of which a chip has little.
struct GrowableBuffer<Element>: ~Copyable {
  private struct Header {
    var count: Int
    var capacity: Int
  }

  private var memory: UnsafeMutableRawPointer

  /// Bytes before the elements.
  private static var offset: Int { 16 }
  private var header: UnsafeMutablePointer<Header> { @inline(__always) get { memory.assumingMemoryBound(to: Header.self) } }
  var base: UnsafeMutablePointer<Element> {
    @inline(__always) get { (memory + GrowableBuffer.offset).assumingMemoryBound(to: Element.self) }
  }
  private(set) var count: Int {
    @inline(__always) get { header.pointee.count }
    @inline(__always) nonmutating set { header.pointee.count = newValue }
  }
  var capacity: Int { @inline(__always) get { header.pointee.capacity } }

  init(capacity: Int) { memory = GrowableBuffer.allocate(capacity) }

  private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
    assert(MemoryLayout<Element>.alignment <= 16)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: offset &+ capacity &* MemoryLayout<Element>.stride, alignment: 16)
    memory.initializeMemory(as: Header.self, to: Header(count: 0, capacity: capacity))
    return memory
  }

  /// `count` times the same.
  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit {
    base.deinitialize(count: count)
    memory.deallocate()
  }

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

  @inline(__always) mutating func append(_ element: Element) {
    if count == capacity { grow(by: 1) }
    (base + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always) mutating func append(_ elements: UnsafePointer<Element>, count extra: Int) {
    if count &+ extra > capacity { grow(by: extra) }
    (base + count).initialize(from: elements, count: extra)
    count &+= extra
  }

  /// Drops all elements past the first `newCount`.
  @inline(__always) mutating func truncate(to newCount: Int) {
    assert(newCount <= count)
    (base + newCount).deinitialize(count: count &- newCount)
    count = newCount
  }

  @inline(never) private mutating func grow(by extra: Int) {
    let larger = GrowableBuffer.allocate(Swift.max(capacity &* 2, count &+ extra))
    larger.assumingMemoryBound(to: Header.self).pointee.count = count
    (larger + GrowableBuffer.offset).assumingMemoryBound(to: Element.self).moveInitialize(from: base, count: count)
    memory.deallocate()
    memory = larger
  }

  /// The elements; valid until the buffer changes.
  var all: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

extension GrowableBuffer<UInt8>: ByteSink {}
