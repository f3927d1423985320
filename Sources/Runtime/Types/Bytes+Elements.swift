// Numbers in memory: elements of buffers (memoryview, array) and fields of the module struct.

import Numerics

/// Native sizes of element types.
public enum NativeElement {
  /// Bytes of an element; 0 for an unknown type.
  public static func size(_ code: UInt8) -> Int {
    switch code {
    case 98, 66, 99, 63: return 1  // b B c ?
    case 104, 72, 101: return 2  // h H e
    case 105, 73, 102: return 4  // i I f
    case 108, 76, 110, 78, 80, 79, 83: return MemoryLayout<Int>.size  // l L n N P O S
    case 113, 81, 100: return 8  // q Q d
    default: return 0
    }
  }

  /// True for the types that are bytes.
  public static func isByte(_ code: UInt8) -> Bool { code == 66 || code == 98 || code == 99 }

  /// True for whole numbers with a sign.
  public static func isSigned(_ code: UInt8) -> Bool {
    switch code {
    case 98, 104, 105, 108, 113, 110: return true
    default: return false
    }
  }

  /// A whole number of `size` bytes, 1 to 8, without its sign.
  public static func load(_ bytes: UnsafePointer<UInt8>, _ size: Int, bigEndian: Bool) -> UInt64 {
    var number: UInt64 = 0
    var index = 0
    while index < size {
      number = number &<< 8 | UInt64(bytes[bigEndian ? index : size &- 1 &- index])
      index &+= 1
    }
    return number
  }

  /// Writes the low `size` bytes of a number.
  public static func store(_ number: UInt64, _ bytes: UnsafeMutablePointer<UInt8>, _ size: Int, bigEndian: Bool) {
    var rest = number
    var index = 0
    while index < size {
      bytes[bigEndian ? size &- 1 &- index : index] = UInt8(truncatingIfNeeded: rest)
      rest &>>= 8
      index &+= 1
    }
  }

  public static var isBigEndian: Bool { 1.bigEndian == 1 }
}

extension VM {
  /// The native element of this type at an address, which need not be aligned.
  public func loadElement(_ code: UInt8, _ bytes: UnsafePointer<UInt8>) throws(PyError) -> Value {
    try loadNumber(code, bytes, NativeElement.size(code), bigEndian: NativeElement.isBigEndian)
  }

  /// Stores a native element. OverflowError for numbers that do not fit. May run Python code, before it writes.
  public func storeElement(_ code: UInt8, _ bytes: UnsafeMutablePointer<UInt8>, _ value: Value) throws(PyError) {
    try storeNumber(code, bytes, NativeElement.size(code), bigEndian: NativeElement.isBigEndian, value)
  }

  /// A number of any size and byte order.
  public func loadNumber(_ code: UInt8, _ bytes: UnsafePointer<UInt8>, _ size: Int, bigEndian: Bool) throws(PyError) -> Value {
    let bits = NativeElement.load(bytes, size, bigEndian: bigEndian)
    switch code {
    case 99: return try newBytes(bytes, 1)
    case 63: return Value(bits != 0)
    case 102: return try newFloat(PyFloat(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
    case 100: return try newFloat(PyFloat(Double(bitPattern: bits)))
    case 101: return try newFloat(PyFloat(HalfFloat.value(UInt16(truncatingIfNeeded: bits))))
    case 79: return try loadObject(Value(bits: UInt(truncatingIfNeeded: bits)))
    default: break
    }
    if NativeElement.isSigned(code) {
      let shift = UInt64(64 &- 8 &* size)
      return try newInt(Int64(bitPattern: bits &<< shift) &>> Int64(shift))
    }
    return try newInt(bits)
  }

  /// An object's own word, as `pack` wrote it: accepted only if it is one of this interpreter's values.
  private func loadObject(_ value: Value) throws(PyError) -> Value {
    if value.isNull { return .none }
    if value.isObject {
      if interpreter.pointee.heap.pointer.isStart(value.bits) { return value }
    } else if value.isName ? Int(value.uncheckedName.number) < interpreter.pointee.names.total : !value.isImmediate || value.index < 8 {
      return value
    }
    try raise(.valueError, "no object there")
  }

  /// Writes a number of any size and byte order. OverflowError if it does not fit, TypeError if it is none.
  public func storeNumber(
    _ code: UInt8, _ bytes: UnsafeMutablePointer<UInt8>, _ size: Int, bigEndian: Bool, _ value: Value
  ) throws(PyError) {
    switch code {
    case 99:
      guard let text = bytesLike(value), text.count == 1 else { try raise(.typeError, "char format requires a bytes object of length 1") }
      bytes[0] = text.start[0]
      return
    case 63: return NativeElement.store(try isTrue(value) ? 1 : 0, bytes, size, bigEndian: bigEndian)
    case 79: return NativeElement.store(UInt64(value.bits), bytes, size, bigEndian: bigEndian)
    case 102, 100, 101: return try storeFloat(code, bytes, size, bigEndian, floatValue(value))
    default: break
    }
    let isSigned = NativeElement.isSigned(code)
    if value.isSmallInt {
      let integer = value.uncheckedSmallInt
      try checkRange(Int64(integer), size, isSigned)
      return NativeElement.store(UInt64(bitPattern: Int64(integer)), bytes, size, bigEndian: bigEndian)
    }
    let integer = try index(value)
    let length = bitLength(integer)
    let isNegative = isNegativeInt(integer)
    let bits = try truncatedInt(integer)
    let fits: Bool
    if isSigned {
      fits =
        length < 8 &* size
        || isNegative && length == 8 &* size && bits == UInt64(1) &<< UInt64(8 &* size &- 1) | ~(UInt64.max &>> UInt64(64 &- 8 &* size))
    } else {
      fits = !isNegative && length <= 8 &* size
    }
    if !fits { try raise(.overflowError, "value out of range for the element type") }
    NativeElement.store(bits, bytes, size, bigEndian: bigEndian)
  }

  private func checkRange(_ integer: Int64, _ size: Int, _ isSigned: Bool) throws(PyError) {
    let shift = Int64(64 &- 8 &* size)
    if isSigned {
      if (integer &<< shift) &>> shift == integer { return }
    } else if integer >= 0 && (size >= 8 || integer &>> Int64(8 &* size) == 0) {
      return
    }
    try raise(.overflowError, "value out of range for the element type")
  }

  private func storeFloat(_ code: UInt8, _ bytes: UnsafeMutablePointer<UInt8>, _ size: Int, _ bigEndian: Bool, _ float: PyFloat)
    throws(PyError)
  {
    var bits: UInt64
    switch code {
    case 102:
      let single = Float(float)
      if single.isInfinite && !float.isInfinite { try raise(.overflowError, "float too large to pack with f format") }
      bits = UInt64(single.bitPattern)
    case 100: bits = Double(float).bitPattern
    default:
      guard let half = HalfFloat.bits(float) else { try raise(.overflowError, "float too large to pack with e format") }
      bits = UInt64(half)
    }
    NativeElement.store(bits, bytes, size, bigEndian: bigEndian)
  }
}

extension VM {
  /// The text that begins at an address, if that is the text of a `str`, `bytes` or name; else nil. Proportional to the number of names.
  public func text(atAddress address: UInt) -> Text? {
    if let object = interpreter.pointee.heap.pointer.startOf(address) {
      let value = Value(bits: UInt(bitPattern: object))
      guard value.isObject(.str) || value.isObject(.bytes) else { return nil }
      let text = TextObject.text(value.unchecked())
      return UInt(bitPattern: text.start) == address ? text : nil
    }
    for number in 0..<interpreter.pointee.names.total {
      let text = interpreter.pointee.names.text(Qstr(UInt32(truncatingIfNeeded: number)))
      if UInt(bitPattern: text.start) == address && text.count > 0 { return text }
    }
    return nil
  }
}

/// Half precision, by hand: not every target has the type.
enum HalfFloat {
  static func value(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) &<< 16
    let exponent = UInt32(bits &>> 10 & 31)
    let fraction = UInt32(bits & 0x3ff)
    if exponent == 31 { return Float(bitPattern: sign | 0x7f80_0000 | fraction &<< 13) }
    if exponent > 0 { return Float(bitPattern: sign | (exponent &+ 112) &<< 23 | fraction &<< 13) }
    // Subnormal: fraction times 2 to the -24th, exact in single precision.
    let magnitude = Float(fraction) * Float(bitPattern: 0x3380_0000)
    return sign == 0 ? magnitude : 0 - magnitude
  }

  /// Rounded to nearest, half to even; nil for a finite number that is too large.
  static func bits(_ value: PyFloat) -> UInt16? {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    if value.isNaN { return sign | 0x7e00 }
    if value.isInfinite { return sign | 0x7c00 }
    let magnitude = value.magnitude
    if magnitude < PyFloat(Float(bitPattern: 0x3880_0000)) {
      // Below 2 to the -14th: a multiple of 2 to the -24th.
      return sign | UInt16((magnitude * 16_777_216).rounded(.toNearestOrEven))
    }
    if magnitude >= 65520 { return nil }
    let exponent = Int(magnitude.exponent)
    let scaled = (magnitude.significand * 1024).rounded(.toNearestOrEven)
    // A carry out of the fraction moves into the exponent by itself.
    return sign | UInt16(truncatingIfNeeded: (exponent &+ 15) &<< 10 &+ Int(scaled) &- 1024)
  }
}
