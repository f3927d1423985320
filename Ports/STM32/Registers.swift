// The device registers this port touches (RM0090, reference manual of the STM32F405). Computed, because a stored global might need an
// initialiser at run time; volatile, because the compiler drops plain stores to addresses nobody reads.
import _Volatile

typealias Register = VolatileMappedRegister<UInt32>

/// Reset and clock control (section 7.3).
enum RCC {
  static var ahb1Enable: Register { Register(unsafeBitPattern: 0x4002_3830) }
  static var apb1Enable: Register { Register(unsafeBitPattern: 0x4002_3840) }
  static var apb2Enable: Register { Register(unsafeBitPattern: 0x4002_3844) }
  /// Control and status (section 7.3.21): the causes of the last reset.
  static var status: Register { Register(unsafeBitPattern: 0x4002_3874) }
}

/// Port B of the pins (section 8.4).
enum GPIOB {
  static var mode: Register { Register(unsafeBitPattern: 0x4002_0400) }
  static var alternateLow: Register { Register(unsafeBitPattern: 0x4002_0420) }
}

/// The first serial port (section 30.6).
enum USART1 {
  static var status: Register { Register(unsafeBitPattern: 0x4001_1000) }
  static var data: Register { Register(unsafeBitPattern: 0x4001_1004) }
  static var baudRate: Register { Register(unsafeBitPattern: 0x4001_1008) }
  static var control: Register { Register(unsafeBitPattern: 0x4001_100c) }
  /// Bits of `status` and `control`.
  static var received: UInt32 { 1 << 5 }
  static var transmitterEmpty: UInt32 { 1 << 7 }
  static var receiveInterrupt: UInt32 { 1 << 5 }
}

/// The interrupt controller of the processor (ARMv7-M, B3.4): a bit for each of the chip's interrupts, here those from 32 on (section 12.2).
enum NVIC {
  static var enable1: Register { Register(unsafeBitPattern: 0xe000_e104) }
}

/// The debug unit (section 38.6.1): which chip this is.
enum DebugUnit {
  static var identity: Register { Register(unsafeBitPattern: 0xe004_2000) }
}

/// The processor's own timer (ARMv7-M, B3.3).
enum SysTick {
  static var control: Register { Register(unsafeBitPattern: 0xe000_e010) }
  static var reload: Register { Register(unsafeBitPattern: 0xe000_e014) }
  static var current: Register { Register(unsafeBitPattern: 0xe000_e018) }
}

/// A 32-bit timer (section 18.4).
enum TIM2 {
  static var control: Register { Register(unsafeBitPattern: 0x4000_0000) }
  static var events: Register { Register(unsafeBitPattern: 0x4000_0014) }
  static var count: Register { Register(unsafeBitPattern: 0x4000_0024) }
  static var prescaler: Register { Register(unsafeBitPattern: 0x4000_0028) }
  static var reload: Register { Register(unsafeBitPattern: 0x4000_002c) }
}

/// Coprocessor access control of the processor (ARMv7-M, B3.2.20).
enum SystemControl {
  static var coprocessorAccess: Register { Register(unsafeBitPattern: 0xe000_ed88) }
  /// Application interrupt and reset control (B3.2.6).
  static var resetControl: Register { Register(unsafeBitPattern: 0xe000_ed0c) }
  /// Why a fault happened (B3.2.15) and at which address (B3.2.17, B3.2.18).
  static var faultStatus: Register { Register(unsafeBitPattern: 0xe000_ed28) }
}
