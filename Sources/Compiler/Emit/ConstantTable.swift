// The constants of a module, each once: encoded one after the other (`ConstantCode`), with an open-addressed index of entry numbers over them.
// Constants of the same type and value have the same bytes; zeros of either sign differ.

import Bytecode

/// Constants in the order in which code first uses them.
///
/// A constant is written at the end of the bytes, then `operand(from:)` makes an entry of it or drops it in favour of an equal one. In an exhausted
/// workspace the answers mean nothing.
struct ConstantTable: ~Copyable {
  /// The encoded constants, and the one that is being written.
  var bytes: GrowableBuffer<UInt8>
  /// Where each entry ends.
  private(set) var ends: GrowableBuffer<UInt32>
  /// Power of two; at most half full. A slot holds an entry's number + 1, or 0.
  private var slots: GrowableBuffer<UInt32>

  init(_ space: UnsafeMutablePointer<Workspace>) {
    bytes = GrowableBuffer(space)
    ends = GrowableBuffer(space)
    slots = GrowableBuffer(space)
  }

  /// The operand for the constant whose bytes were written from `start` on.
  mutating func operand(from start: Int) -> Int {
    if bytes.space.pointee.isExhausted || (ends.count + 1) * 2 > slots.count && !grow() { return 0 }
    let hash = ConstantTable.hash(bytes.base + start, bytes.count - start)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(truncatingIfNeeded: slots[slot]) - 1
      if isEqual(number, start) {
        bytes.truncate(to: start)
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard ends.offer(UInt32(truncatingIfNeeded: bytes.count)) else { return 0 }
    slots[slot] = UInt32(truncatingIfNeeded: ends.count)
    return ends.count - 1
  }

  private func start(of number: Int) -> Int { number == 0 ? 0 : Int(truncatingIfNeeded: ends[number - 1]) }

  private func isEqual(_ number: Int, _ start: Int) -> Bool {
    let first = self.start(of: number)
    let count = Int(truncatingIfNeeded: ends[number]) - first
    if count != bytes.count - start { return false }
    for index in 0..<count where bytes[first + index] != bytes[start + index] { return false }
    return true
  }

  private mutating func grow() -> Bool {
    var larger = GrowableBuffer<UInt32>(bytes.space)
    do throws(SyntaxFailure) { try larger.append(repeating: 0, count: max(slots.count * 2, 16)) } catch { return false }
    for number in 0..<ends.count {
      let first = start(of: number)
      let hash = ConstantTable.hash(bytes.base + first, Int(truncatingIfNeeded: ends[number]) - first)
      var slot = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(truncatingIfNeeded: number + 1)
    }
    slots = larger
    return true
  }

  /// Of long constants only some bytes count.
  private static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
    var hash = UInt32(truncatingIfNeeded: count)
    var index = 0
    let step = 1 + count / 1024
    while index < count {
      hash = hash &* 33 ^ UInt32(bytes[index])
      index += step
    }
    return hash ^ hash >> 15
  }
}
