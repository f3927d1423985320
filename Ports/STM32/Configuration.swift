// What this port gives to an interpreter: a serial console and a clock. Files are those of the drive that is mounted.
import Console
import Platform
import Runtime
import Taipan
import _Volatile

enum Configuration {
  /// Slots of the Python stack.
  static var stackCount: Int { 2048 }
  /// Bytes for the lines typed before.
  static var historyCapacity: Int { 512 }

  /// Sets every field of the port.
  static func configure(_ port: UnsafeMutablePointer<Port>) {
    port.pointee.type = libraryTypeRow
    port.pointee.module = libraryModuleRow
    port.pointee.compile = compileSource
    port.pointee.write = boardWrite
    port.pointee.read = boardRead
    port.pointee.poll = boardPoll
    port.pointee.input = consoleInput
    port.pointee.machine = boardMachine
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
  let isRaw = stream & StreamNumber.raw != 0
  for index in 0..<count {
    if start[index] == 10 && !isRaw { Board.send(13) }
    Board.send(start[index])
  }
}

/// Waits for a first byte, then takes what is there; answers "interrupted" if something else wants attention.
private func boardRead(_ vm: VM, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  while true {
    let done = Serial.take(target, count)
    if done > 0 || count == 0 { return done }
    if vm.interpreter.pointee.pending.pointee != 0 { return StreamError.interrupted }
    Serial.idle()
  }
}

/// The console is the only descriptor.
private func boardPoll(_ vm: VM, _ entries: UnsafeMutablePointer<PollEntry>, _ count: Int, _ milliseconds: Int) -> Int {
  let end = Board.microseconds() &+ UInt64(max(milliseconds, 0)) &* 1000
  while true {
    let ready = pollNothing(vm, entries, count, 0)
    var input = 0
    for index in 0..<count where entries[index].descriptor == 0 && Serial.waiting() > 0 {
      entries[index].ready = entries[index].events & PollEntry.readable
      if entries[index].ready != 0 { input &+= 1 }
    }
    if ready &+ input > 0 { return ready &+ input }
    if vm.interpreter.pointee.pending.pointee != 0 { return StreamError.interrupted }
    if milliseconds >= 0 && Board.microseconds() >= end { return 0 }
    Serial.idle()
  }
}

private func boardMachine(_ vm: VM, _ operation: Int, _ argument: Int) -> Int {
  switch operation {
  case MachineOperation.reset: Board.reset()
  case MachineOperation.idle: platform_wait_for_interrupt()
  case MachineOperation.disableInterrupts:
    let wereDisabled = platform_interrupts_disabled()
    platform_disable_interrupts()
    return wereDisabled == 0 ? 1 : 0
  case MachineOperation.enableInterrupts: if argument != 0 { platform_enable_interrupts() } else { platform_disable_interrupts() }
  case MachineOperation.frequency: return 16_000_000
  // The chip's 96-bit identity (section 39.1).
  case MachineOperation.identity: return 0x1fff_7a10
  case MachineOperation.identityLength: return 12
  case MachineOperation.resetCause: return Int(RCC.status.load() &>> 25)
  default: return -22
  }
  return 0
}

private func boardMonotonic() -> UInt64 { Board.microseconds() &* 1000 }

/// Nobody set the clock.
private func boardWall() -> Int64? { nil }

private func boardSleep(_ vm: VM, _ nanoseconds: UInt64) {
  let end = Board.microseconds() &+ nanoseconds / 1000
  while vm.interpreter.pointee.pending.pointee == 0 {
    let now = Board.microseconds()
    if now >= end { return }
    // The timer's interrupt ends the sleep after a millisecond at the latest.
    if end &- now > 1000 { platform_wait_for_interrupt() }
  }
}

private func boardRandom(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) { fillRandom(target, count) }
