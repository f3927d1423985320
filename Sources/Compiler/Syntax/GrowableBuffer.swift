// The container of the compiler: an owned, growing run of values without reference counts, uniqueness or bounds checks.

import Bytecode

/// A growing array, owned by one place.
struct GrowableBuffer<Element>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private(set) var capacity: Int

  init(capacity: Int) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  /// `count` times the same.
  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
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
    let newCapacity = Swift.max(capacity &* 2, count &+ extra)
    let newBase = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
    newBase.moveInitialize(from: base, count: count)
    base.deallocate()
    base = newBase
    capacity = newCapacity
  }

  /// The elements; valid until the buffer changes.
  var all: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

extension GrowableBuffer<UInt8>: ByteSink {}
