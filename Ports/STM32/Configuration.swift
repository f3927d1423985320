// What this port gives to an interpreter: a serial console and a clock. There are no files.
import Platform
import Runtime
import Taipan

enum Configuration {
  /// Slots of the Python stack.
  static var stackCount: Int { 2048 }

  /// Sets every field of the port.
  static func configure(_ port: UnsafeMutablePointer<Port>) {
    port.pointee.type = libraryTypeRow
    port.pointee.module = libraryModuleRow
    port.pointee.compile = compileSource
    port.pointee.write = boardWrite
    port.pointee.read = boardRead
    port.pointee.monotonicNanoseconds = boardMonotonic
    port.pointee.wallNanoseconds = boardWall
    port.pointee.sleepNanoseconds = boardSleep
    port.pointee.randomBytes = boardRandom
    port.pointee.frozenImage = platform_frozen_image()
    setNoFiles(port)
    port.pointee.platformName = Qstr.empty
    port.pointee.machineName = "STM32F405 board with STM32F405"
  }
}

private func boardWrite(_ vm: VM, _ stream: Int, _ start: UnsafePointer<UInt8>, _ count: Int) {
  for index in 0..<count { Board.send(start[index]) }
}

/// Waits for a first byte, then takes what is there; answers "interrupted" (4) if something else wants attention.
private func boardRead(_ vm: VM, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  var done = 0
  while done < count {
    if let byte = Board.received() {
      target[done] = byte
      done += 1
    } else if done > 0 {
      break
    } else if vm.interpreter.pointee.pending.pointee != 0 {
      return -4
    }
  }
  return done
}

private func boardMonotonic() -> UInt64 { Board.microseconds() &* 1000 }

/// Nobody set the clock.
private func boardWall() -> Int64? { nil }

private func boardSleep(_ vm: VM, _ nanoseconds: UInt64) {
  let end = Board.microseconds() &+ nanoseconds / 1000
  while Board.microseconds() < end, vm.interpreter.pointee.pending.pointee == 0 {}
}

private func boardRandom(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) { fillRandom(target, count) }
