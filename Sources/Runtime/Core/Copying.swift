// Moving many values at once.

import Platform

extension UnsafeMutablePointer {
  /// As `update(from:count:)`, for plain data. In Embedded Swift that is a loop over the elements.
  @inline(__always) func copy(from source: UnsafePointer<Pointee>, count: Int) {
    platform_move(self, source, count &* MemoryLayout<Pointee>.stride)
  }
  @inline(__always) func copy(from source: UnsafeMutablePointer<Pointee>, count: Int) { copy(from: UnsafePointer(source), count: count) }
}
