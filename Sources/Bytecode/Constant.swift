// Constants that do not fit an instruction. They are kept as bytes, one after the other, so that equal constants have equal bytes and a table of
// them is one run of memory:
//
//     kind
//     kind, count (4 bytes), bytes                         text
//     kind, count (4 bytes), words of 4 bytes              integers: magnitude, without leading zeros
//     kind, 8 or 16 bytes                                  floats, complex numbers: the bit patterns
//     kind, count (4 bytes), items                         tuples
//
// All numbers have their lowest byte first.

/// A constant that does not fit an instruction. Text and items lie in memory that is not the constant's.
public enum Constant {
  case none
  case `true`
  case `false`
  case ellipsis
  /// Text that is not worth interning; UTF-8.
  case string(UnsafeBufferPointer<UInt8>)
  case bytes(UnsafeBufferPointer<UInt8>)
  case integer(negative: Bool, magnitude: ConstantWords)
  case float(Double)
  case complex(real: Double, imaginary: Double)
  case tuple(ConstantItems)
}

/// The magnitude of an integer: words of 32 bits, the lowest first, no leading zeros.
public struct ConstantWords: RandomAccessCollection {
  let start: UnsafePointer<UInt8>
  public let endIndex: Int
  public var startIndex: Int { 0 }

  public subscript(index: Int) -> UInt32 { UInt32(truncatingIfNeeded: ConstantCode.number(start + 4 &* index, 4)) }
}

/// The items of a tuple.
public struct ConstantItems: Sequence, IteratorProtocol {
  /// How many are left.
  public private(set) var count: Int
  private var place: UnsafePointer<UInt8>

  init(_ place: UnsafePointer<UInt8>, count: Int) {
    self.place = place
    self.count = count
  }

  public var isEmpty: Bool { count == 0 }

  public mutating func next() -> Constant? {
    if count == 0 { return nil }
    count -= 1
    return ConstantCode.read(&place)
  }
}

/// Kinds of encoded constants, and how they are written and read.
public enum ConstantCode: UInt8 {
  case none = 1
  case `false`, `true`, ellipsis, string, bytes, positive, negative, float, complex, tuple

  static func number(_ place: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt64 {
    var result: UInt64 = 0
    for index in 0..<byteCount { result |= UInt64(place[index]) &<< UInt64(8 &* index) }
    return result
  }

  /// Reads a constant and steps over it. The bytes must be those of one.
  public static func read(_ place: inout UnsafePointer<UInt8>) -> Constant {
    let kind = ConstantCode(rawValue: place.pointee) ?? .none
    place += 1
    switch kind {
    case .none: return .none
    case .false: return .false
    case .true: return .true
    case .ellipsis: return .ellipsis
    case .string: return .string(readText(&place))
    case .bytes: return .bytes(readText(&place))
    case .positive, .negative:
      let words = ConstantWords(start: place + 4, endIndex: Int(truncatingIfNeeded: number(place, 4)))
      place += 4 + 4 * words.count
      return .integer(negative: kind == .negative, magnitude: words)
    case .float: return .float(readFloat(&place))
    case .complex:
      let real = readFloat(&place)
      return .complex(real: real, imaginary: readFloat(&place))
    case .tuple:
      let items = ConstantItems(place + 4, count: Int(truncatingIfNeeded: number(place, 4)))
      place += 4
      for _ in 0..<items.count { _ = read(&place) }
      return .tuple(items)
    }
  }

  private static func readText(_ place: inout UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let count = Int(truncatingIfNeeded: number(place, 4))
    let start = place + 4
    place = start + count
    return UnsafeBufferPointer(start: start, count: count)
  }

  private static func readFloat(_ place: inout UnsafePointer<UInt8>) -> Double {
    place += 8
    return Double(bitPattern: number(place - 8, 8))
  }
}

extension ByteSink where Self: ~Copyable {
  /// Begins a constant, or is all of one that has no content.
  @inlinable public mutating func write(_ kind: ConstantCode) { write(kind.rawValue) }

  /// Begins a constant with so many items, bytes or words.
  @inlinable public mutating func write(_ kind: ConstantCode, count: Int) {
    write(kind.rawValue)
    write(word: UInt32(truncatingIfNeeded: count))
  }

  /// A word of an integer's magnitude.
  @inlinable public mutating func write(word: UInt32) {
    for shift in 0..<4 { write(UInt8(truncatingIfNeeded: word &>> UInt32(8 &* shift))) }
  }

  /// The value of a float, or a part of a complex number.
  @inlinable public mutating func write(_ value: Double) {
    write(word: UInt32(truncatingIfNeeded: value.bitPattern))
    write(word: UInt32(truncatingIfNeeded: value.bitPattern &>> 32))
  }

  /// A constant of text.
  @inlinable public mutating func write(_ kind: ConstantCode, _ text: UnsafeBufferPointer<UInt8>) {
    write(kind, count: text.count)
    for byte in text { write(byte) }
  }
}
