// The line table: steps of (bytes of code, lines), each in one byte 0LLBBBBB or in two bytes 1LLLBBBB LLLLLLLL. Lines only go up.

/// Reads a line table step by step.
public struct LineTableReader {
  private let base: UnsafePointer<UInt8>
  private let end: Int
  private var offset: Int
  /// Offset in the code at which the present line begins.
  public private(set) var codeOffset = 0
  /// Source line, from 1.
  public private(set) var line = 1

  /// Over the bytes `start..<end` at `base`.
  public init(base: UnsafePointer<UInt8>, start: Int, end: Int) {
    self.base = base
    self.offset = start
    self.end = end
  }

  /// Goes one step on; false at the end.
  public mutating func advance() -> Bool {
    guard offset < end else { return false }
    let first = Int(base[offset])
    if first & 0x80 == 0 {
      codeOffset &+= first & 0x1f
      line &+= first >> 5
      offset &+= 1
    } else {
      guard offset &+ 1 < end else { return false }
      codeOffset &+= first & 0xf
      line &+= (first & 0x70) << 4 | Int(base[offset &+ 1])
      offset &+= 2
    }
    return true
  }

  /// The line of the instruction at `offset` of the code.
  public static func line(at offset: Int, base: UnsafePointer<UInt8>, start: Int, end: Int) -> Int {
    var reader = LineTableReader(base: base, start: start, end: end)
    var line = 1
    while reader.advance() && reader.codeOffset <= offset { line = reader.line }
    return line
  }
}

extension ByteSink where Self: ~Copyable {
  /// Appends the steps for `bytes` of code and `lines`, of which one is not 0.
  @inlinable public mutating func appendLineStep(bytes: Int, lines: Int) {
    var (bytes, lines) = (bytes, lines)
    while bytes > 0 || lines > 0 {
      let stepBytes: Int
      let stepLines: Int
      if lines <= 6 || bytes > 0xf {
        stepBytes = Swift.min(bytes, 0x1f)
        // All bytes must be skipped before a line is.
        stepLines = stepBytes < bytes ? 0 : Swift.min(lines, 3)
        write(UInt8(truncatingIfNeeded: stepBytes | stepLines << 5))
      } else {
        stepBytes = Swift.min(bytes, 0xf)
        stepLines = Swift.min(lines, 0x7ff)
        write(UInt8(truncatingIfNeeded: 0x80 | stepBytes | stepLines >> 4 & 0x70))
        write(UInt8(truncatingIfNeeded: stepLines))
      }
      bytes -= stepBytes
      lines -= stepLines
    }
  }
}
