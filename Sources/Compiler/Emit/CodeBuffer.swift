// The code object under construction. Instructions are written once, every jump with the long form of its offset; when the scope is complete,
// jumps that can be short are shortened until nothing changes, which is the same result as repeated passes from the long forms give.

import Bytecode

/// A place in the code to jump to.
struct Label {
  let number: UInt32
}

struct CodeBuffer: ~Copyable {
  /// A jump to be patched: where its opcode is and which label it goes to.
  struct Fixup {
    let offset: UInt32
    let label: UInt32
    var isShort = false
  }

  /// Where a label is.
  struct Target {
    var offset: UInt32 = 0
    var fixupsBefore: UInt32 = 0
  }

  struct LineMark {
    let offset: UInt32
    let lines: UInt32
  }

  private var bytes: GrowableBuffer<UInt8>
  private var fixups: GrowableBuffer<Fixup>
  /// By label: its place and how many fixups stand before it.
  private var labels: GrowableBuffer<Target>
  private var marks: GrowableBuffer<LineMark>
  private var lastLine: UInt32 = 1
  /// No instruction written now can be reached, so none is.
  private(set) var isDead = false
  private(set) var depth = 0
  private(set) var largestDepth = 0

  init(_ space: UnsafeMutablePointer<Workspace>) {
    bytes = GrowableBuffer(space)
    fixups = GrowableBuffer(space)
    labels = GrowableBuffer(space)
    marks = GrowableBuffer(space)
  }

  mutating func reset() {
    bytes.truncate(to: 0)
    fixups.truncate(to: 0)
    labels.truncate(to: 0)
    marks.truncate(to: 0)
    lastLine = 1
    isDead = false
    depth = 0
    largestDepth = 0
  }

  // MARK: Writing

  /// Notes that the next instructions belong to `line`. Lines never go back: the table cannot say so.
  @inline(__always) mutating func mark(_ line: UInt32) {
    if line > lastLine {
      marks.offer(LineMark(offset: UInt32(truncatingIfNeeded: bytes.count), lines: line &- lastLine))
      lastLine = line
    }
  }

  /// Accounts for slots of the stack; dead code counts too.
  @inline(__always) mutating func adjust(_ change: Int) {
    depth &+= change
    if depth > largestDepth { largestDepth = depth }
  }

  @inline(__always) mutating func byte(_ byte: UInt8) {
    if !isDead { bytes.write(byte) }
  }

  @inline(__always) mutating func opcode(_ opcode: UInt8, _ change: Int) {
    adjust(change)
    byte(opcode)
  }

  mutating func opcode(_ opcode: UInt8, unsigned value: Int, _ change: Int) {
    self.opcode(opcode, change)
    if isDead { return }
    if value < 0x80 {
      bytes.write(UInt8(truncatingIfNeeded: value))
      return
    }
    var shift = 7
    while value >> (shift + 7) != 0 { shift += 7 }
    while shift > 0 {
      bytes.write(0x80 | UInt8(truncatingIfNeeded: value >> shift & 0x7f))
      shift -= 7
    }
    bytes.write(UInt8(truncatingIfNeeded: value & 0x7f))
  }

  mutating func opcode(_ opcode: UInt8, signed value: Int, _ change: Int) {
    self.opcode(opcode, change)
    if isDead { return }
    bytes.appendSigned(value)
  }

  mutating func newLabel() -> Label {
    labels.offer(Target())
    return Label(number: UInt32(truncatingIfNeeded: labels.count &- 1))
  }

  /// The label is here; code after it can be reached again.
  mutating func assign(_ label: Label) {
    isDead = false
    let number = Int(truncatingIfNeeded: label.number)
    // A label for which there was no memory has no entry.
    if number >= labels.count { return }
    labels[number] = Target(
      offset: UInt32(truncatingIfNeeded: bytes.count), fixupsBefore: UInt32(truncatingIfNeeded: fixups.count))
  }

  mutating func jump(_ opcode: UInt8, _ label: Label, _ change: Int) {
    adjust(change)
    if isDead { return }
    fixups.offer(Fixup(offset: UInt32(truncatingIfNeeded: bytes.count), label: label.number))
    bytes.write(opcode)
    bytes.write(0)
    bytes.write(0)
  }

  mutating func die() { isDead = true }

  // MARK: Finishing

  private func isSigned(_ fixup: Fixup) -> Bool { bytes[Int(fixup.offset)] <= Opcode.popJumpIfFalse.rawValue }

  /// Shortens what can be shortened. `shrunk[i]`: bytes saved by the jumps before jump i.
  private mutating func relax() throws(SyntaxFailure) -> GrowableBuffer<UInt32> {
    let count = fixups.count
    let shrunk = try GrowableBuffer<UInt32>(bytes.space, repeating: 0, count: count + 1)
    var changed = true
    while changed {
      changed = false
      for index in 0..<count {
        let fixup = fixups[index]
        if fixup.isShort { continue }
        let distance = self.distance(fixup, index, shrunk) - 2
        let fits = isSigned(fixup) ? distance >= -64 && distance <= 63 : distance >= 0 && distance <= 127
        if fits {
          fixups[index] = Fixup(offset: fixup.offset, label: fixup.label, isShort: true)
          changed = true
        }
      }
      if !changed { break }
      var saved: UInt32 = 0
      for index in 0..<count {
        shrunk[index] = saved
        if fixups[index].isShort { saved += 1 }
      }
      shrunk[count] = saved
    }
    return shrunk
  }

  /// From the jump's opcode to its target, with what has been saved so far.
  private func distance(_ fixup: Fixup, _ index: Int, _ shrunk: borrowing GrowableBuffer<UInt32>) -> Int {
    let label = labels[Int(fixup.label)]
    let target = Int(label.offset) - Int(shrunk[Int(label.fixupsBefore)])
    return target - (Int(fixup.offset) - Int(shrunk[index]))
  }

  /// Appends the finished instructions and line table; false if a jump is too long. The workspace must not be exhausted yet.
  mutating func finish(_ code: inout GrowableBuffer<UInt8>, lines: inout GrowableBuffer<UInt8>) throws(SyntaxFailure) -> Bool {
    let shrunk = try relax()
    var start = 0
    for index in 0..<fixups.count {
      let fixup = fixups[index]
      try code.append(bytes.base + start, count: Int(fixup.offset) + 1 - start)
      guard append(fixup, distance(fixup, index, shrunk), to: &code) else { return false }
      start = Int(fixup.offset) + 3
    }
    try code.append(bytes.base + start, count: bytes.count - start)
    appendLines(shrunk, to: &lines)
    return true
  }

  private func append(_ fixup: Fixup, _ distance: Int, to code: inout GrowableBuffer<UInt8>) -> Bool {
    if fixup.isShort {
      code.write(UInt8(truncatingIfNeeded: distance - 2 + (isSigned(fixup) ? 0x40 : 0)))
      return true
    }
    let offset = distance - 3 + (isSigned(fixup) ? 0x4000 : 0)
    guard offset >= 0 && offset <= 0x7fff else { return false }
    code.write(UInt8(truncatingIfNeeded: 0x80 | offset & 0x7f))
    code.write(UInt8(truncatingIfNeeded: offset >> 7))
    return true
  }

  private func appendLines(_ shrunk: borrowing GrowableBuffer<UInt32>, to table: inout GrowableBuffer<UInt8>) {
    var passed = 0
    var last = 0
    for index in 0..<marks.count {
      let mark = marks[index]
      while passed < fixups.count && fixups[passed].offset < mark.offset { passed += 1 }
      let offset = Int(mark.offset) - Int(shrunk[passed])
      table.appendLineStep(bytes: offset - last, lines: Int(mark.lines))
      last = offset
    }
  }
}
