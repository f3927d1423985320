// The drive: a file of the debugger's or emulator's host where there is one (so that it outlives the run), else a region of memory that soft resets
// leave alone.

import Filesystem
import Platform

enum Drive {
  static var blockSize: UInt32 { 512 }
  /// Blocks of the file on the host.
  static var hostBlocks: UInt32 { 512 }

  /// The device, or nil if there is no room for one.
  static func find() -> BlockDevice? {
    if MemoryMap.current.isEmulated && HostFile.open() {
      return BlockDevice(
        context: nil, read: hostRead, program: hostProgram, erase: hostErase, synchronise: driveSynchronise, blockSize: blockSize,
        blockCount: hostBlocks, programSize: 32)
    }
    let map = MemoryMap.current
    guard map.driveSize > 0 else { return nil }
    return BlockDevice(
      context: UnsafeMutableRawPointer(bitPattern: UInt(map.driveStart)), read: memoryRead, program: memoryProgram, erase: memoryErase,
      synchronise: driveSynchronise, blockSize: blockSize, blockCount: map.driveSize / blockSize, programSize: 32)
  }
}

private func driveSynchronise(_ context: UnsafeMutableRawPointer?) -> Int32 { 0 }

// MARK: Memory

private func memoryBlock(_ context: UnsafeMutableRawPointer?, _ block: UInt32) -> UnsafeMutablePointer<UInt8> {
  context.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self) + Int(block &* Drive.blockSize)
}

private func memoryRead(
  _ context: UnsafeMutableRawPointer?, _ block: UInt32, _ offset: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
) -> Int32 {
  target.update(from: memoryBlock(context, block) + Int(offset), count: count)
  return 0
}

private func memoryProgram(
  _ context: UnsafeMutableRawPointer?, _ block: UInt32, _ offset: UInt32, _ source: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
  (memoryBlock(context, block) + Int(offset)).update(from: source, count: count)
  return 0
}

private func memoryErase(_ context: UnsafeMutableRawPointer?, _ block: UInt32) -> Int32 {
  memoryBlock(context, block).update(repeating: 0xff, count: Int(Drive.blockSize))
  return 0
}

// MARK: A file of the host

/// The file `taipan-drive.img` in the emulator's current folder, through semihosting.
private enum HostFile {
  nonisolated(unsafe) private static var handle: UInt32 = 0

  private static func call(_ operation: UInt32, _ a: UInt32, _ b: UInt32, _ c: UInt32) -> Int32 {
    var arguments: InlineArray<3, UInt32> = [a, b, c]
    return withUnsafePointer(to: &arguments) { platform_semihost(operation, UnsafeRawPointer($0)) }
  }

  /// False where nobody answers.
  static func open() -> Bool {
    if handle != 0 { return true }
    let name: StaticString = "taipan-drive.img"
    let address = UInt32(UInt(bitPattern: name.utf8Start))
    // To read and write (3 is "r+b", 7 "w+b"), made if need be.
    var result = call(1, address, 3, UInt32(name.utf8CodeUnitCount))
    if result < 0 { result = call(1, address, 7, UInt32(name.utf8CodeUnitCount)) }
    if result <= 0 { return false }
    handle = UInt32(result)
    return true
  }

  private static func seek(_ block: UInt32, _ offset: UInt32) -> Bool { call(10, handle, block &* Drive.blockSize &+ offset, 0) == 0 }

  static func read(_ block: UInt32, _ offset: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int32 {
    // What was never written reads as erased.
    target.update(repeating: 0xff, count: count)
    guard seek(block, offset) else { return 0 }
    return call(6, handle, UInt32(UInt(bitPattern: target)), UInt32(count)) < 0 ? -5 : 0
  }

  static func write(_ block: UInt32, _ offset: UInt32, _ source: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard seek(block, offset) else { return -5 }
    // Answers how many bytes were not written.
    return call(5, handle, UInt32(UInt(bitPattern: source)), UInt32(count)) == 0 ? 0 : -5
  }
}

private func hostRead(
  _ context: UnsafeMutableRawPointer?, _ block: UInt32, _ offset: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
) -> Int32 { HostFile.read(block, offset, target, count) }

private func hostProgram(
  _ context: UnsafeMutableRawPointer?, _ block: UInt32, _ offset: UInt32, _ source: UnsafePointer<UInt8>, _ count: Int
) -> Int32 { HostFile.write(block, offset, source, count) }

private func hostErase(_ context: UnsafeMutableRawPointer?, _ block: UInt32) -> Int32 {
  var erased = InlineArray<64, UInt8>(repeating: 0xff)
  return withUnsafeMutablePointer(to: &erased) { pointer in
    let bytes = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
    for offset in stride(from: 0, to: Drive.blockSize, by: 64) {
      let result = HostFile.write(block, offset, bytes, 64)
      if result < 0 { return result }
    }
    return 0
  }
}
