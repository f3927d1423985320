// The constants of a module, each once. An open-addressed index of entry numbers lies over the array of entries.

import Bytecode

/// Constants in the order in which code first uses them.
struct ConstantTable: ~Copyable {
  private(set) var entries = GrowableBuffer<Constant>(capacity: 8)
  /// Power of two; at most half full. A slot holds an entry's number + 1, or 0.
  private var slots = GrowableBuffer<UInt32>(repeating: 0, count: 16)

  /// The operand for a constant: the number of an entry of the same type and value, or of a new one.
  mutating func operand(_ constant: Constant) -> Int {
    var slot = Int(truncatingIfNeeded: ConstantTable.hash(constant)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if ConstantTable.identical(entries[number], constant) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(constant)
    slots[slot] = UInt32(truncatingIfNeeded: entries.count)
    if entries.count * 2 > slots.count { grow() }
    return entries.count - 1
  }

  private mutating func grow() {
    let larger = GrowableBuffer<UInt32>(repeating: 0, count: slots.count * 2)
    for number in 0..<entries.count {
      var slot = Int(truncatingIfNeeded: ConstantTable.hash(entries[number])) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(truncatingIfNeeded: number + 1)
    }
    slots = larger
  }

  private static func hash(_ constant: Constant) -> UInt32 {
    let hash: UInt32
    switch constant {
    case .none: hash = 1
    case .true: hash = 2
    case .false: hash = 3
    case .ellipsis: hash = 4
    case .string(let text): hash = text.reduce(5) { $0 &* 33 ^ UInt32($1) }
    case .bytes(let text): hash = text.reduce(6) { $0 &* 33 ^ UInt32($1) }
    case .integer(_, let magnitude): hash = magnitude.reduce(7) { $0 &* 33 ^ $1 }
    case .float(let value): hash = fold(value)
    case .complex(let real, let imaginary): hash = fold(real) &* 33 ^ fold(imaginary)
    case .tuple(let items): hash = items.reduce(8) { $0 &* 33 ^ ConstantTable.hash($1) }
    }
    return hash ^ hash >> 15
  }

  private static func fold(_ value: Double) -> UInt32 {
    UInt32(truncatingIfNeeded: value.bitPattern) &* 31 ^ UInt32(truncatingIfNeeded: value.bitPattern >> 32)
  }

  /// Same type and same value. Zeros of either sign differ.
  static func identical(_ a: Constant, _ b: Constant) -> Bool {
    switch (a, b) {
    case (.none, .none), (.true, .true), (.false, .false), (.ellipsis, .ellipsis): return true
    case (.string(let x), .string(let y)), (.bytes(let x), .bytes(let y)): return x == y
    case (.integer(let x, let m), .integer(let y, let n)): return x == y && m == n
    case (.float(let x), .float(let y)): return x.bitPattern == y.bitPattern
    case (.complex(let a, let b), .complex(let c, let d)): return a.bitPattern == c.bitPattern && b.bitPattern == d.bitPattern
    case (.tuple(let x), .tuple(let y)):
      guard x.count == y.count else { return false }
      for index in x.indices where !identical(x[index], y[index]) { return false }
      return true
    default: return false
    }
  }
}
