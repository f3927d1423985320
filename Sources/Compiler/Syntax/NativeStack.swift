// Where the native stack is.

/// An address in the caller's frame, or just below it.
@inline(never) func nativeStackAddress() -> UInt {
  var mark: UInt8 = 0
  return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
}
