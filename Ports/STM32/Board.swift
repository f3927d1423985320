// Start-up, the serial port and the clock of an STM32F405 that runs from its internal oscillator at 16 MHz.

import Platform
import _Volatile

enum Board {
  /// Switches on what the port uses.
  static func start() {
    // The floating-point unit is off at reset, and a register spill may use it.
    SystemControl.coprocessorAccess.store(SystemControl.coprocessorAccess.load() | 0xf << 20)
    RCC.ahb1Enable.store(RCC.ahb1Enable.load() | 1 << 1)
    RCC.apb1Enable.store(RCC.apb1Enable.load() | 1)
    RCC.apb2Enable.store(RCC.apb2Enable.load() | 1 << 4)
    // PB6 and PB7 are the serial port's (alternate function 7).
    GPIOB.mode.store(GPIOB.mode.load() & ~(0xf << 12) | 0xa << 12)
    GPIOB.alternateLow.store(GPIOB.alternateLow.load() & ~(0xff << 24) | 0x77 << 24)
    // 16 MHz / 115 200 baud; receiver, transmitter and the port itself.
    USART1.baudRate.store(139)
    USART1.control.store(1 << 13 | 1 << 3 | 1 << 2)
    // One count a microsecond.
    TIM2.prescaler.store(15)
    TIM2.reload.store(UInt32.max)
    TIM2.events.store(1)
    TIM2.control.store(1)
    // An interrupt a millisecond, for those who sleep.
    SysTick.reload.store(16_000 - 1)
    SysTick.current.store(0)
    SysTick.control.store(7)
    Serial.start()
  }

  /// Sends one byte.
  static func send(_ byte: UInt8) {
    while USART1.status.load() & USART1.transmitterEmpty == 0 {}
    USART1.data.store(UInt32(byte))
  }

  /// Sends text, with line ends as terminals want them.
  static func send(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { send(text.utf8Start[index]) }
  }

  /// Sends a number's eight digits.
  static func send(hexadecimal number: UInt32) {
    let digits: StaticString = "0123456789abcdef"
    for position in 0..<8 { send(digits.utf8Start[Int(number &>> UInt32(28 &- 4 &* position) & 15)]) }
  }

  /// Starts the chip anew.
  static func reset() -> Never {
    SystemControl.resetControl.store(0x05fa_0004)
    while true {}
  }

  /// Microseconds since the start. The counter's turn-overs are noticed as long as somebody asks once in 71 minutes.
  static func microseconds() -> UInt64 {
    let count = TIM2.count.load()
    if count < lastCount { turnOvers &+= 1 }
    lastCount = count
    return turnOvers &<< 32 | UInt64(count)
  }

  nonisolated(unsafe) private static var lastCount: UInt32 = 0
  nonisolated(unsafe) private static var turnOvers: UInt64 = 0
}

/// Where the processor starts, with the stack pointer set from the first vector.
@_cdecl("reset") public func reset() -> Never {
  Layout.current.setVariablesUp()
  MemoryMap.current = MemoryMap.find()
  platform_run_on_stack(UInt(MemoryMap.current.stackTop), startOnStack)
  while true {}
}

/// Goes on with the stack where it is to be.
@_cdecl("start_on_stack") public func startOnStack() -> Void {
  Board.start()
  Firmware.main()
  while true {}
}

/// The interrupt of the processor's timer: nothing is to be done but to wake up.
@_cdecl("systick_interrupt") public func tickInterrupt() {}

/// Any fault of the processor, the engine's own traps included. Says where: the processor put eight registers on the stack (r0 to r3, r12, link
/// register, program counter, status), just above the return code (0xffffffe9 or 0xfffffff9) that this function got and saved.
@_cdecl("fault") public func fault() {
  let end = UInt(MemoryMap.current.stackTop) &- 32
  if skipsHostCall(end) { return }
  Board.send("fault at 0x")
  var place = platform_stack_pointer() & ~3
  while place < end {
    let words = UnsafePointer<UInt32>(bitPattern: place).unsafelyUnwrapped
    if words[0] | 0x10 == 0xffff_fff9 {
      Board.send(hexadecimal: words[7])
      Board.send(", status 0x")
      Board.send(hexadecimal: SystemControl.faultStatus.load())
      Board.send(", from 0x")
      Board.send(hexadecimal: words[6])
      Board.send(", registers")
      for index in 1...4 {
        Board.send(" 0x")
        Board.send(hexadecimal: words[index])
      }
      break
    }
    place &+= 4
  }
  Board.send("\r\n")
  Board.send(4)
  if MemoryMap.current.program == nil { Board.reset() }
  // For ever; but a loop that the compiler knows to be endless makes it drop the return code.
  while SystemControl.coprocessorAccess.load() != 0 {}
}

/// Without a debugger a question to its host is a fault: answers "no" for it. `end` is where the search for the saved registers stops.
@inline(never) private func skipsHostCall(_ end: UInt) -> Bool {
  var place = platform_stack_pointer() & ~3
  while place < end {
    guard let words = UnsafeMutablePointer<UInt32>(bitPattern: place) else { return false }
    place &+= 4
    if words[0] | 0x10 != 0xffff_fff9 { continue }
    guard words[7] & 1 == 0, let instruction = UnsafePointer<UInt16>(bitPattern: UInt(words[7])), instruction.pointee == 0xbeab else {
      return false
    }
    words[1] = UInt32.max
    words[7] &+= 2
    return true
  }
  return false
}
