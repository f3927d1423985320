// Ascii.swift — classes and case of ASCII bytes. Bytes from 0x80 up belong to no class.

/// Questions about single bytes, by comparison instead of tables.
public enum Ascii {
  /// `a` to `z`.
  @inlinable @inline(__always)
  public static func isLower(_ byte: UInt8) -> Bool { byte &- 97 < 26 }

  /// `A` to `Z`.
  @inlinable @inline(__always)
  public static func isUpper(_ byte: UInt8) -> Bool { byte &- 65 < 26 }

  /// A letter.
  @inlinable @inline(__always)
  public static func isAlpha(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }

  /// `0` to `9`.
  @inlinable @inline(__always)
  public static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// A letter or a digit.
  @inlinable @inline(__always)
  public static func isAlphanumeric(_ byte: UInt8) -> Bool { isAlpha(byte) || isDigit(byte) }

  /// Blank, or tab to carriage return.
  @inlinable @inline(__always)
  public static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }

  /// From blank to `~`.
  @inlinable @inline(__always)
  public static func isPrintable(_ byte: UInt8) -> Bool { byte &- 32 < 95 }

  /// A hexadecimal digit.
  @inlinable @inline(__always)
  public static func isHexDigit(_ byte: UInt8) -> Bool { digitValue(byte) < 16 }

  /// The upper-case letter of a lower-case one; other bytes as they are.
  @inlinable @inline(__always)
  public static func toUpper(_ byte: UInt8) -> UInt8 { isLower(byte) ? byte ^ 32 : byte }

  /// The lower-case letter of an upper-case one; other bytes as they are.
  @inlinable @inline(__always)
  public static func toLower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte ^ 32 : byte }

  /// The value of a digit or letter in radix 36; 255 for other bytes.
  @inlinable @inline(__always)
  public static func digitValue(_ byte: UInt8) -> Int {
    if byte &- 48 < 10 { return Int(byte &- 48) }
    let letter = (byte | 32) &- 97
    return letter < 26 ? Int(letter) &+ 10 : 255
  }

  /// True where a Python identifier may begin: letters, `_`, and every byte of a non-ASCII character.
  @inlinable @inline(__always)
  public static func isIdentifierStart(_ byte: UInt8) -> Bool { byte >= 0x80 || byte == 95 || isAlpha(byte) }

  /// True where a Python identifier may go on.
  @inlinable @inline(__always)
  public static func isIdentifierPart(_ byte: UInt8) -> Bool { isIdentifierStart(byte) || isDigit(byte) }

  /// Compares with a lower-case text.
  public static func equalsIgnoringCase(_ text: UnsafePointer<UInt8>, _ count: Int, _ lowercase: StaticString) -> Bool {
    if count != lowercase.utf8CodeUnitCount { return false }
    var index = 0
    while index < count {
      if toLower(text[index]) != lowercase.utf8Start[index] { return false }
      index &+= 1
    }
    return true
  }
}
