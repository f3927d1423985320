// The heap as a field: what interpreter code calls most, on `interpreter.pointee.heap` itself. Each method takes the field's address
// and is inlined away, so that the work is done through the pointer all the same (the top of Heap.swift says why). Only for a heap
// that stays where it is, in memory reached through a pointer.

extension Heap {
  /// The heap's address, on which everything else is called.
  @inlinable public var pointer: UnsafeMutablePointer<Heap> {
    @inline(__always) mutating get { withUnsafeMutablePointer(to: &self) { $0 } }
  }

  /// Zeroed memory of `byteCount` bytes (an atomic object's may hold anything), or nil. May collect.
  @inlinable @inline(__always)
  public mutating func allocate(byteCount: Int, atomic: Bool) -> UnsafeMutableRawPointer? {
    pointer.allocate(byteCount: byteCount, atomic: atomic)
  }

  /// Frees an object that nothing refers to any more.
  @inline(__always) public mutating func free(_ object: UnsafeMutableRawPointer) { pointer.free(object) }

  /// Makes an object longer without moving it, if possible. Never collects.
  @inline(__always) public mutating func grow(_ object: UnsafeMutableRawPointer, from oldBytes: Int, to newBytes: Int) -> Bool {
    pointer.grow(object, from: oldBytes, to: newBytes)
  }

  /// Frees what an object does not need for `newBytes` bytes.
  @inline(__always) public mutating func shrink(_ object: UnsafeMutableRawPointer, to newBytes: Int) {
    pointer.shrink(object, from: pointer.size(of: object), to: newBytes)
  }

  /// Lets the object appear in `takePendingFinaliser` when it dies; false when there is no memory. May collect.
  @inline(__always) @discardableResult
  public mutating func registerFinaliser(_ object: UnsafeMutableRawPointer) -> Bool { pointer.registerFinaliser(object) }

  /// A full collection.
  @inline(__always) public mutating func collect() { pointer.collect() }

  /// Whether allocation answers nil because of a lock.
  @inline(__always) public var isLocked: Bool { lockCount > 0 }
}
