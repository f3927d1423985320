// What stands before the instructions of each code object: signature, sizes, code info (name, argument names, line table), cells. The layout
// is described in docs/reference/mpyfiles.rst and py/bc.h of MicroPython.

/// Sizes of the frame and shape of the arguments. Stored as one byte xSSSSEAA, then bytes xFSSKAED as long as bits are left.
public struct PreludeSignature: Equatable {
  /// Slots of locals and stack, at least 1.
  public var stateCount = 1
  /// Slots of the exception stack.
  public var exceptionCount = 0
  /// `ScopeFlag`s.
  public var flags = 0
  /// Positional parameters, closed-over cells included.
  public var positionalCount = 0
  public var keywordOnlyCount = 0
  /// Positional parameters with defaults.
  public var defaultCount = 0

  public init() {}

  /// Reads a signature.
  public init(from reader: inout ByteReader) throws(BytecodeError) {
    var z = Int(try reader.byte())
    var state = z >> 3 & 0xf
    exceptionCount = z >> 2 & 1
    positionalCount = z & 3
    var round = 0
    while z & 0x80 != 0 {
      z = Int(try reader.byte())
      guard round < 14 else { throw reader.fault(.overflow) }
      state |= (z & 0x30) << (2 * round)
      exceptionCount |= (z & 0x02) << round
      flags |= (z >> 6 & 1) << round
      positionalCount |= (z & 0x04) << round
      keywordOnlyCount |= (z >> 3 & 1) << round
      defaultCount |= (z & 0x01) << round
      round += 1
    }
    guard state <= 0xffff else { throw reader.fault(.overflow) }
    stateCount = state + 1
  }

  /// Appends the encoded signature.
  @inlinable public func encode<Sink: ByteSink & ~Copyable>(into bytes: inout Sink) {
    var s = stateCount - 1
    var (e, f, a, k, d) = (exceptionCount, flags, positionalCount, keywordOnlyCount, defaultCount)
    var z = (s & 0xf) << 3 | (e & 1) << 2 | a & 3
    s >>= 4
    e >>= 1
    a >>= 2
    while s | e | f | a | k | d != 0 {
      bytes.write(UInt8(truncatingIfNeeded: 0x80 | z))
      z = (f & 1) << 6 | (s & 3) << 4 | (k & 1) << 3 | (a & 1) << 2 | (e & 1) << 1 | d & 1
      s >>= 2
      e >>= 1
      f >>= 1
      a >>= 1
      k >>= 1
      d >>= 1
    }
    bytes.write(UInt8(truncatingIfNeeded: z))
  }
}

/// Bytes of code info and count of cells, stored interleaved as bytes xIIIIIIC.
public struct PreludeSize: Equatable {
  public var infoCount = 0
  public var cellCount = 0

  public init(infoCount: Int, cellCount: Int) {
    self.infoCount = infoCount
    self.cellCount = cellCount
  }

  /// Reads the sizes.
  public init(from reader: inout ByteReader) throws(BytecodeError) {
    var round = 0
    while true {
      let z = Int(try reader.byte())
      guard round < 9 else { throw reader.fault(.overflow) }
      cellCount |= (z & 1) << round
      infoCount |= (z >> 1 & 0x3f) << (6 * round)
      if z & 0x80 == 0 { return }
      round += 1
    }
  }

  /// Appends the encoded sizes.
  @inlinable public func encode<Sink: ByteSink & ~Copyable>(into bytes: inout Sink) {
    var (i, c) = (infoCount, cellCount)
    repeat {
      var z = (i & 0x3f) << 1 | c & 1
      i >>= 6
      c >>= 1
      if i | c != 0 { z |= 0x80 }
      bytes.write(UInt8(truncatingIfNeeded: z))
    } while i | c != 0
  }
}

/// A decoded prelude: where everything in a code object's bytes lies.
public struct CodeHeader: Equatable {
  public let signature: PreludeSignature
  public let size: PreludeSize
  /// Offset of the code info: the name's number, then the arguments' names' numbers.
  public let infoOffset: Int
  /// Offset of the line table.
  public let linesOffset: Int
  /// Offset of the numbers, one byte each, of the locals that become cells.
  public let cellsOffset: Int
  /// Offset of the first instruction.
  public let codeOffset: Int
  /// Number of the code's name.
  public let name: Int

  /// Reads the prelude of `bytes`; checks that it lies within them, not that names exist.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) throws(BytecodeError) {
    guard let base = bytes.baseAddress else { throw BytecodeError(.truncated, offset: 0) }
    var reader = ByteReader(base: base, count: bytes.count)
    signature = try PreludeSignature(from: &reader)
    size = try PreludeSize(from: &reader)
    infoOffset = reader.offset
    cellsOffset = infoOffset + size.infoCount
    codeOffset = cellsOffset + size.cellCount
    guard codeOffset < bytes.count else { throw reader.fault(.truncated) }
    reader = ByteReader(base: base, count: cellsOffset, offset: infoOffset)
    name = try reader.unsigned()
    var left = signature.positionalCount + signature.keywordOnlyCount
    while left > 0 {
      _ = try reader.unsigned()
      left -= 1
    }
    linesOffset = reader.offset
  }

  /// Calls `body` with the number of each argument's name. The bytes must be those that the header was read from.
  public func forEachArgumentName(_ base: UnsafePointer<UInt8>, _ body: (Int) -> Void) {
    var reader = ByteReader(base: base, count: cellsOffset, offset: infoOffset)
    _ = try? reader.unsigned()
    while reader.offset < linesOffset, let number = try? reader.unsigned() { body(number) }
  }

  /// A reader of the instructions.
  public func instructions(_ bytes: UnsafeBufferPointer<UInt8>) -> InstructionReader {
    InstructionReader(base: bytes.baseAddress.unsafelyUnwrapped + codeOffset, count: bytes.count - codeOffset)
  }
}
