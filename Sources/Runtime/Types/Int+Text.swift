// Integers from and to text.

import Numerics

extension VM {
  // MARK: Parsing

  /// `int(text, base)`: white space around, a sign, a prefix if the base allows it, digits with single underscores between them. ValueError
  /// for other texts and bases.
  public func parseInt(_ text: Text, _ base: Int) throws(PyError) -> Value {
    if base != 0 && (base < 2 || base > 36) { try raise(.valueError, "int() arg 2 must be >= 2 and <= 36") }
    let result = try parseIntOrNull(text, base)
    if result.isNull { try raise(.valueError, "invalid syntax for integer with base %s", Value(smallInt: base)) }
    return result
  }

  /// As `parseInt` for a base that is 0 or from 2 to 36; `null` for other texts.
  public func parseIntOrNull(_ text: Text, _ base: Int) throws(PyError) -> Value {
    let (first, end) = Utf8.trim(text.start, text.count)
    var start = first
    var isNegative = false
    if start < end && (text[start] == 43 || text[start] == 45) {
      isNegative = text[start] == 45
      start &+= 1
    }
    var radix = base
    if end &- start > 2 && text[start] == 48, let prefixed = prefixRadix(text[start &+ 1]), base == 0 || base == prefixed {
      // Base 36 has no prefix, base 16 digits "0b1" are digits: the prefix must be the base's own.
      radix = prefixed
      start &+= 2
      if text[start] == 95 { start &+= 1 }
    } else if base == 0 {
      radix = 10
      if start < end && text[start] == 48 && !isAllZeros(text, start, end) { return .null }
    }
    if start >= end { return .null }
    return try parseDigits(text.start + start, end &- start, radix, isNegative)
  }

  /// The radix of `0x`, `0o`, `0b`.
  private func prefixRadix(_ letter: UInt8) -> Int? {
    switch letter | 32 {
    case 120: return 16
    case 111: return 8
    case 98: return 2
    default: return nil
    }
  }

  private func isAllZeros(_ text: Text, _ start: Int, _ end: Int) -> Bool {
    for index in start..<end where text[index] != 48 && text[index] != 95 { return false }
    return true
  }

  /// So many digits always fit a small integer.
  private func quickDigits(_ radix: Int) -> Int {
    Int.bitWidth == 64 ? (radix <= 10 ? 18 : radix <= 16 ? 15 : 11) : (radix <= 10 ? 9 : radix <= 16 ? 7 : 5)
  }

  private func parseDigits(_ start: UnsafePointer<UInt8>, _ length: Int, _ radix: Int, _ isNegative: Bool) throws(PyError) -> Value {
    if length <= quickDigits(radix) {
      var integer = 0
      var index = 0
      while index < length {
        let digit = Ascii.digitValue(start[index])
        if digit >= radix { break }
        integer = integer &* radix &+ digit
        index &+= 1
      }
      if index == length { return Value(smallInt: isNegative ? 0 &- integer : integer) }
    }
    let digits = BigInteger.digitCount(start, length, radix: radix)
    if digits < 0 { return .null }
    let capacity = BigInteger.parseCapacity(digits: digits, radix: radix)
    let object = try newLimbs(capacity)
    let scratch = try newScratch(BigInteger.parseScratchCapacity(digits: digits, radix: radix))
    let count = try interruptible { (interruption) -> Int in
      BigInteger.parse(
        start, length, digits: digits, radix: radix, into: IntObject.limbs(object), scratch: scratch, interruption: &interruption)
    }
    freeScratch(scratch)
    return finished(object, capacity, BigInteger.SignedCount(count, isNegative: isNegative))
  }

  // MARK: Writing

  /// Appends an integer in a base from 2 to 36; with `prefix` after `0x`, `0o` or `0b`. Booleans and instances of subclasses count as the
  /// integers they are; TypeError for what is none.
  public func appendInteger(
    _ value: Value, base: Int = 10, prefix: Bool = false, uppercase: Bool = false, to builder: inout StringBuilder
  ) throws(PyError) {
    let integer = try index(value)
    if base == 10 && integer.isSmallInt { return try builder.append(decimal: integer.uncheckedSmallInt) }
    if isNegativeInt(integer) { try builder.append(byte: 45) }
    if prefix && base != 10 {
      try builder.append(byte: 48)
      let letter: UInt8 = base == 16 ? 120 : base == 8 ? 111 : 98
      try builder.append(byte: uppercase ? letter &- 32 : letter)
    }
    if integer.isSmallInt {
      let target = try builder.reserve(IntegerText.capacity)
      return builder.advance(IntegerText.write(integer.uncheckedSmallInt.magnitude, radix: base, uppercase: uppercase, into: target))
    }
    try withOperand(integer) { (x) throws(PyError) -> Void in
      let scratch = try newScratch(BigInteger.textScratchCapacity(x.count, radix: base))
      let target = try builder.reserve(BigInteger.textCapacity(x.limbs, x.count, radix: base))
      let written = try interruptible { (interruption) -> Int in
        BigInteger.text(x.limbs, x.count, radix: base, uppercase: uppercase, into: target, scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      builder.advance(written)
    }
  }

  /// An integer as `str` in a base from 2 to 36, with prefix for 2, 8 and 16: `bin`, `oct`, `hex`.
  public func prefixedText(_ value: Value, base: Int) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    try appendInteger(value, base: base, prefix: true, to: &builder)
    return try builder.finish()
  }
}
