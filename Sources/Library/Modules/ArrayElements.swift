// Numbers in memory by type code, as the module array keeps them. Memory need not be aligned.

/// How the elements of an array lie in memory.
struct ElementLayout {
  /// The type code as in the module struct.
  var code: UInt8
  /// Bytes of one element.
  var size: Int

  /// Nil for an unknown code.
  init?(_ code: UInt8) {
    switch code {
    case 98, 66: size = 1  // b B
    case 104, 72: size = 2  // h H
    case 105, 73, 102: size = 4  // i I f
    case 108, 76, 80, 79: size = MemoryLayout<Int>.size  // l L P O
    case 113, 81, 100: size = 8  // q Q d
    default: return nil
    }
    self.code = code
  }

  /// Python values, which the collector must see.
  var holdsObjects: Bool { code == 79 }
  var isFloat: Bool { code == 102 || code == 100 }
  /// Lower-case codes have a sign.
  var isSigned: Bool { code & 0x20 != 0 }
}

extension VM {
  /// The element at an address. Allocates for numbers that do not fit a word.
  func loadElement(_ layout: ElementLayout, _ address: UnsafeMutablePointer<UInt8>) throws(PyError) -> Value {
    let raw = UnsafeRawPointer(address)
    switch layout.code {
    case 98: return Value(smallInt: Int(raw.loadUnaligned(as: Int8.self)))
    case 66: return Value(smallInt: Int(address.pointee))
    case 104: return Value(smallInt: Int(raw.loadUnaligned(as: Int16.self)))
    case 72: return Value(smallInt: Int(raw.loadUnaligned(as: UInt16.self)))
    case 105: return try newInt(Int(raw.loadUnaligned(as: Int32.self)))
    case 73: return try newInt(unsigned: UInt(raw.loadUnaligned(as: UInt32.self)))
    case 108: return try newInt(raw.loadUnaligned(as: Int.self))
    case 76, 80: return try newInt(unsigned: raw.loadUnaligned(as: UInt.self))
    case 113: return try newInt(raw.loadUnaligned(as: Int64.self))
    case 81: return try newInt(raw.loadUnaligned(as: UInt64.self))
    case 102: return try newFloat(PyFloat(raw.loadUnaligned(as: Float.self)))
    case 100: return try newFloat(PyFloat(raw.loadUnaligned(as: Double.self)))
    default:
      let value = raw.loadUnaligned(as: Value.self)
      return value.isNull ? .none : value
    }
  }

  /// The bits of a number for a layout: OverflowError if it does not fit, TypeError if it is no number. May run Python code, so ask for the bits
  /// before the address.
  func elementBits(_ layout: ElementLayout, _ value: Value) throws(PyError) -> UInt64 {
    if layout.holdsObjects { return UInt64(value.bits) }
    if layout.code == 102 { return UInt64(Float(try floatValue(value)).bitPattern) }
    if layout.code == 100 { return Double(try floatValue(value)).bitPattern }
    let integer = try index(value)
    let width = layout.size &* 8
    if integer.isSmallInt {
      let number = Int64(integer.uncheckedSmallInt)
      let fits: Bool
      if layout.isSigned {
        fits = width == 64 || number >= -(1 &<< Int64(width &- 1)) && number < 1 &<< Int64(width &- 1)
      } else {
        fits = number >= 0 && (width == 64 || number < 1 &<< Int64(width))
      }
      if fits { return UInt64(bitPattern: number) }
    } else {
      let length = bitLength(integer)
      let bits = try truncatedInt(integer)
      let isNegative = try isLess(integer, Value(smallInt: 0))
      if layout.isSigned {
        // The least number has one bit more than its fellows.
        let isLeast = isNegative && length == width && bits == UInt64.max &<< UInt64(width &- 1)
        if length < width || isLeast { return bits }
      } else if !isNegative && length <= width {
        return bits
      }
    }
    try raise(.overflowError, "value doesn't fit typecode '%s'", Value(Qstr.character(layout.code)))
  }

  /// Stores the low bytes.
  @inline(__always) func storeElement(_ layout: ElementLayout, _ bits: UInt64, _ address: UnsafeMutablePointer<UInt8>) {
    let raw = UnsafeMutableRawPointer(address)
    switch layout.size {
    case 1: address.pointee = UInt8(truncatingIfNeeded: bits)
    case 2: raw.storeBytes(of: UInt16(truncatingIfNeeded: bits), as: UInt16.self)
    case 4: raw.storeBytes(of: UInt32(truncatingIfNeeded: bits), as: UInt32.self)
    default: raw.storeBytes(of: bits, as: UInt64.self)
    }
  }
}
