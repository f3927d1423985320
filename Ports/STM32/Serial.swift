// The serial port as the console uses it. The interrupt handler puts what arrives into a ring and looks for Ctrl-C, so that a running program can be
// stopped; when the ring is full it leaves the rest to the port until somebody reads.

import Platform
import Runtime
import _Volatile

/// Bytes that arrived. The handler alone moves `head`, the reader alone `tail`; both count without end.
private struct Ring {
  var bytes = InlineArray<1024, UInt8>(repeating: 0)
  var head: UInt32 = 0
  var tail: UInt32 = 0
}

nonisolated(unsafe) private var ring = Ring()

enum Serial {
  /// Raw paste lets two windows be under way: half of what the ring holds.
  static var pasteWindow: Int { 256 }

  /// The interpreter whose programs Ctrl-C stops; nil while there is none.
  nonisolated(unsafe) static var interpreter: UnsafeMutablePointer<Interpreter>?

  /// Switches the receiver's interrupt on.
  static func start() {
    listen()
    NVIC.enable1.store(1 << 5)
  }

  private static func listen() { USART1.control.store(USART1.control.load() | USART1.receiveInterrupt) }

  /// How many bytes wait. (Out of line and through an address, because the handler changes the ring behind the compiler's back.)
  @inline(never) static func waiting() -> Int {
    withUnsafeMutablePointer(to: &ring) {
      platform_memory_barrier()
      return Int($0.pointee.head &- $0.pointee.tail)
    }
  }

  /// Takes up to so many bytes that have arrived.
  static func take(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    let total = min(count, waiting())
    if total == 0 { return 0 }
    for index in 0..<total { target[index] = ring.bytes[Int((ring.tail &+ UInt32(index)) & 1023)] }
    platform_memory_barrier()
    ring.tail &+= UInt32(total)
    // The handler may have stopped because the ring was full.
    listen()
    return total
  }

  /// Sleeps until an interrupt if nothing waits. (Interrupts are held back between the question and the sleep, which ends with the next one all
  /// the same.)
  static func idle() {
    platform_disable_interrupts()
    if waiting() == 0 { platform_wait_for_interrupt() }
    platform_enable_interrupts()
  }

  fileprivate static func receive() {
    while USART1.status.load() & USART1.received != 0 {
      if ring.head &- ring.tail == 1024 {
        USART1.control.store(USART1.control.load() & ~USART1.receiveInterrupt)
        return
      }
      let byte = UInt8(truncatingIfNeeded: USART1.data.load())
      if let interpreter, interpreter.pointee.interruptCharacter == Int(byte) {
        platform_set_bits(interpreter.pointee.pending, PendingReason.keyboardInterrupt)
        continue
      }
      ring.bytes[Int(ring.head & 1023)] = byte
      platform_memory_barrier()
      ring.head &+= 1
    }
  }
}

/// The interrupt of the serial port.
@_cdecl("usart1_interrupt") public func serialInterrupt() { Serial.receive() }
