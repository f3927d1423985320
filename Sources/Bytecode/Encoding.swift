// The variable-length integers of the format: seven bits a byte, most significant first, bit 7 set on all bytes but the last.

/// What is wrong with bytecode or a .mpy file.
public struct BytecodeError: Error, Equatable {
  /// Kinds of fault.
  public enum Kind: UInt8, Sendable {
    /// The data end inside an item.
    case truncated
    /// A number does not fit.
    case overflow
    /// Not a .mpy file of version 6.
    case incompatible
    /// The file holds machine code.
    case nativeCode
    /// A constant of an unknown kind or with malformed text.
    case badConstant
    /// Tuples or code nested too deeply.
    case tooDeep
    /// A reserved byte where an instruction should be.
    case badOpcode
    /// An operand that names nothing (name, constant, child or local), or is none that the instruction knows.
    case badOperand
    /// A jump that does not lead to an instruction.
    case badJump
    /// The stack does not hold what an instruction needs, differs between two ways to one place, or is larger than the prelude says.
    case badStack
    /// Exception blocks that do not nest, or more of them than the prelude says.
    case badBlock
    /// Something that only a generator may do.
    case badGenerator
    /// Control falls off the end.
    case fallsOff
    /// There is no memory for the module.
    case noMemory
  }

  public let kind: Kind
  /// Where: in the file, or in the code object `code`. The verifier counts from the first instruction.
  public let offset: Int
  /// Number of the code object, in the order of the file; -1: the offset is one in the file.
  public let code: Int

  public init(_ kind: Kind, offset: Int, code: Int = -1) {
    self.kind = kind
    self.offset = offset
    self.code = code
  }
}

extension BytecodeError.Kind {
  /// What is wrong, in words.
  public var text: StaticString {
    switch self {
    case .truncated: "data end too early"
    case .overflow: "number too large"
    case .incompatible: "incompatible version"
    case .nativeCode: "machine code"
    case .badConstant: "bad constant"
    case .tooDeep: "too deep"
    case .badOpcode: "bad opcode"
    case .badOperand: "bad operand"
    case .badJump: "bad jump"
    case .badStack: "bad stack"
    case .badBlock: "bad exception block"
    case .badGenerator: "not a generator"
    case .fallsOff: "no end"
    case .noMemory: "no memory"
    }
  }
}

/// A bounds-checked cursor over bytes that it does not own.
public struct ByteReader {
  public let base: UnsafePointer<UInt8>
  public let count: Int
  public var offset: Int

  public init(base: UnsafePointer<UInt8>, count: Int, offset: Int = 0) {
    self.base = base
    self.count = count
    self.offset = offset
  }

  public var remaining: Int { count &- offset }

  @inline(__always) public mutating func byte() throws(BytecodeError) -> UInt8 {
    guard offset < count else { throw fault(.truncated) }
    let value = base[offset]
    offset &+= 1
    return value
  }

  /// A variable-length unsigned integer below 2^56 (on 32-bit machines: 2^28).
  public mutating func unsigned() throws(BytecodeError) -> Int {
    var value = 0
    let limit = Int.max >> 14
    while true {
      let next = try byte()
      guard value <= limit else { throw fault(.overflow) }
      value = value &<< 7 | Int(next & 0x7f)
      if next & 0x80 == 0 { return value }
    }
  }

  /// A variable-length signed integer; bit 6 of the first byte is the sign.
  public mutating func signed() throws(BytecodeError) -> Int {
    var next = try byte()
    var value = Int(next & 0x7f)
    if next & 0x40 != 0 { value |= -1 &<< 7 }
    while next & 0x80 != 0 {
      next = try byte()
      value = value &<< 7 | Int(next & 0x7f)
    }
    return value
  }

  /// The next `length` bytes.
  public mutating func bytes(_ length: Int) throws(BytecodeError) -> UnsafeBufferPointer<UInt8> {
    guard length >= 0 && length <= remaining else { throw fault(.truncated) }
    let slice = UnsafeBufferPointer(start: base + offset, count: length)
    offset &+= length
    return slice
  }

  @inline(never) func fault(_ kind: BytecodeError.Kind) -> BytecodeError { BytecodeError(kind, offset: offset) }
}

/// What bytes can be appended to.
public protocol ByteSink: ~Copyable {
  /// Appends a byte. If there is no memory for it the sink knows, and whoever owns it asks before using the bytes.
  mutating func write(_ byte: UInt8)
}

extension [UInt8]: ByteSink {
  /// Appends a byte.
  @inlinable public mutating func write(_ byte: UInt8) { append(byte) }
}

extension ByteSink where Self: ~Copyable {
  /// Appends a variable-length unsigned integer.
  @inlinable public mutating func appendUnsigned(_ value: Int) {
    var shift = 0
    while value >> (shift + 7) != 0 { shift += 7 }
    while shift > 0 {
      write(0x80 | UInt8(truncatingIfNeeded: value >> shift & 0x7f))
      shift -= 7
    }
    write(UInt8(truncatingIfNeeded: value & 0x7f))
  }

  /// Appends a variable-length signed integer.
  @inlinable public mutating func appendSigned(_ value: Int) {
    var shift = 0
    while true {
      let rest = value >> (shift + 6)
      if rest == 0 || rest == -1 { break }
      shift += 7
    }
    while shift > 0 {
      write(0x80 | UInt8(truncatingIfNeeded: value >> shift & 0x7f))
      shift -= 7
    }
    write(UInt8(truncatingIfNeeded: value & 0x7f))
  }
}

extension Array where Element == UInt8 {
  /// Appends ASCII text.
  public mutating func append(text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a number in decimal, with at least `width` digits.
  public mutating func append(decimal value: Int, width: Int = 1) {
    if value < 0 { append(0x2d) }
    var rest = value.magnitude
    let start = count
    repeat {
      append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest != 0
    while count - start < width { append(0x30) }
    self[start...].reverse()
  }
}
