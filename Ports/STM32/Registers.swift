// The device registers this port touches (RM0090, reference manual of the STM32F405). Computed, because a stored global might need an
// initialiser at run time; volatile, because the compiler drops plain stores to addresses nobody reads.
import _Volatile

typealias Register = VolatileMappedRegister<UInt32>

/// Reset and clock control (section 7.3).
enum RCC {
  static var ahb1Enable: Register { Register(unsafeBitPattern: 0x4002_3830) }
  static var apb1Enable: Register { Register(unsafeBitPattern: 0x4002_3840) }
  static var apb2Enable: Register { Register(unsafeBitPattern: 0x4002_3844) }
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
}
