// The dispatch loop's pointer into the operand stack.

/// An address on the Python stack, counted in values. Used like a pointer; but it is an integer, because the pass DeadStoreElimination of the
/// Swift optimiser (6.3.1) takes constant negative offsets from a pointer for offset 0: of `p[-1] = a; p[0] = b` it drops the first store.
/// Invariant: the address lies inside the extent of the running frame, or right behind it.
struct StackPointer: Equatable {
  private var address: UInt

  @inline(__always) init(_ pointer: UnsafeMutablePointer<Value>) { address = UInt(bitPattern: pointer) }

  /// The same place as a pointer, for helpers out of line.
  @inline(__always) var pointer: UnsafeMutablePointer<Value> { UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped }

  @inline(__always) var pointee: Value {
    get { pointer.pointee }
    nonmutating set { pointer.pointee = newValue }
  }
  @inline(__always) subscript(_ offset: Int) -> Value {
    get { (self + offset).pointee }
    nonmutating set { (self + offset).pointee = newValue }
  }

  @inline(__always) static func + (left: StackPointer, count: Int) -> StackPointer {
    var result = left
    result += count
    return result
  }
  @inline(__always) static func - (left: StackPointer, count: Int) -> StackPointer {
    var result = left
    result -= count
    return result
  }
  @inline(__always) static func += (left: inout StackPointer, count: Int) {
    left.address &+= UInt(bitPattern: count &* MemoryLayout<Value>.stride)
  }
  @inline(__always) static func -= (left: inout StackPointer, count: Int) {
    left.address &-= UInt(bitPattern: count &* MemoryLayout<Value>.stride)
  }
}
