// Where the native stack and the small drive in memory are. The chip has 64 KiB beside its main memory, which are found out at start: core-coupled
// memory at 0x10000000 on the chip, and in QEMU, which has no such memory, 64 KiB more of the main one. Without them the stack is at the top of
// the main memory, and there is no drive in memory.

import _Volatile

/// What start-up found.
struct MemoryMap {
  var stackTop: UInt32 = 0
  var stackSize: UInt32 = 0
  /// Where the memory for the heap ends.
  var freeEnd: UInt32 = 0
  var driveStart: UInt32 = 0
  var driveSize: UInt32 = 0
  var isEmulated = false

  nonisolated(unsafe) static var current = MemoryMap()

  /// A program that a test put where the drive in memory is, in an emulator only: the word "TPAI", its length in bytes, its text.
  var program: UnsafeBufferPointer<UInt8>? {
    guard isEmulated, let words = UnsafePointer<UInt32>(bitPattern: UInt(driveStart)), words[0] == 0x4941_5054, words[1] <= driveSize &- 8
    else {
      return nil
    }
    return UnsafeBufferPointer(start: UnsafeRawPointer(words + 2).assumingMemoryBound(to: UInt8.self), count: Int(words[1]))
  }

  /// Decides by the chip's identity, of which QEMU knows nothing.
  static func find() -> MemoryMap {
    let identity = DebugUnit.identity.load() & 0xfff
    let layout = Layout.current
    var map = MemoryMap()
    map.isEmulated = identity == 0
    // The STM32F405 and its sisters.
    guard identity == 0 || identity == 0x413 else {
      map.stackTop = layout.stackTop
      map.stackSize = layout.stackTop &- layout.freeEnd
      map.freeEnd = layout.freeEnd
      return map
    }
    let extra: UInt32 = identity == 0 ? 0x2002_0000 : 0x1000_0000
    map.driveStart = extra
    map.driveSize = 24 << 10
    map.stackTop = extra &+ (64 << 10)
    map.stackSize = 40 << 10
    map.freeEnd = layout.stackTop
    return map
  }
}
