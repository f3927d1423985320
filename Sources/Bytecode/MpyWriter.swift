// Writes .mpy files, version 6, bytecode only: header, names, constants, code tree.

/// Writes .mpy files.
public struct MpyWriter {
  private var bytes: [UInt8] = []
  private let formatFloat: (Double) -> [UInt8]

  private init(_ formatFloat: @escaping (Double) -> [UInt8]) { self.formatFloat = formatFloat }

  /// The file of a module.
  /// - Parameters:
  ///   - smallIntBits: bits of the smallest target's small integers (31 is upstream's default).
  ///   - formatFloat: the text of a float as Python's `repr` gives it.
  public static func file(of module: CompiledModule, smallIntBits: UInt8 = 31, formatFloat: @escaping (Double) -> [UInt8]) -> [UInt8] {
    var writer = MpyWriter(formatFloat)
    writer.bytes = [0x4d, 6, 0, smallIntBits]
    writer.bytes.appendUnsigned(module.names.count)
    writer.bytes.appendUnsigned(module.constants.count)
    for name in module.names { writer.name(name) }
    for constant in module.constants { writer.constant(constant) }
    writer.code(module.root)
    return writer.bytes
  }

  private mutating func name(_ name: UnsafeBufferPointer<UInt8>) {
    if let number = StaticNames.index(of: name) {
      bytes.appendUnsigned(number << 1 | 1)
      return
    }
    bytes.appendUnsigned(name.count << 1)
    bytes += name
    bytes.append(0)
  }

  private mutating func constant(_ constant: Constant) {
    switch constant {
    case .none: bytes.append(1)
    case .false: bytes.append(2)
    case .true: bytes.append(3)
    case .ellipsis: bytes.append(4)
    case .string(let text): data(5, text, terminated: true)
    case .bytes(let text): data(6, text, terminated: true)
    case .integer(let negative, let magnitude): data(7, DecimalText.text(negative: negative, magnitude: Array(magnitude)))
    case .float(let value): data(8, formatFloat(value))
    case .complex(let real, let imaginary): data(9, MpyWriter.complexText(real, imaginary, formatFloat))
    case .tuple(let items):
      bytes.append(10)
      bytes.appendUnsigned(items.count)
      for item in items { self.constant(item) }
    }
  }

  private mutating func data(_ kind: UInt8, _ text: some Collection<UInt8>, terminated: Bool = false) {
    bytes.append(kind)
    bytes.appendUnsigned(text.count)
    bytes += text
    if terminated { bytes.append(0) }
  }

  private mutating func code(_ code: CompiledCode) {
    bytes.appendUnsigned(code.bytes.count << 3 | (code.children.isEmpty ? 0 : 4))
    bytes += code.bytes
    guard !code.children.isEmpty else { return }
    bytes.appendUnsigned(code.children.count)
    for child in code.children { self.code(child) }
  }

  /// The decimal text of an integer constant.
  public static func integerText(negative: Bool, magnitude: [UInt32]) -> [UInt8] {
    DecimalText.text(negative: negative, magnitude: magnitude)
  }

  /// `2j`, or `(1+2j)` if there is a real part.
  public static func complexText(_ real: Double, _ imaginary: Double, _ formatFloat: (Double) -> [UInt8]) -> [UInt8] {
    let imaginaryText = withoutPointZero(formatFloat(imaginary))
    if real == 0 && real.sign == .plus { return imaginaryText + [0x6a] }
    let sign: [UInt8] = imaginaryText.first == 0x2d ? [] : [0x2b]
    return [0x28] + withoutPointZero(formatFloat(real)) + sign + imaginaryText + [0x6a, 0x29]
  }

  private static func withoutPointZero(_ text: [UInt8]) -> [UInt8] {
    text.count > 2 && text[text.count - 1] == 0x30 && text[text.count - 2] == 0x2e ? [UInt8](text.dropLast(2)) : text
  }
}

/// Decimal text of integers of any size. Quadratic in their length; a .mpy file stores integers that way.
enum DecimalText {
  static func text(negative: Bool, magnitude: [UInt32]) -> [UInt8] {
    var limbs = magnitude
    var digits: [UInt8] = []
    while !limbs.isEmpty {
      var remainder: UInt64 = 0
      for index in limbs.indices.reversed() {
        let value = remainder << 32 | UInt64(limbs[index])
        limbs[index] = UInt32(truncatingIfNeeded: value / 1_000_000_000)
        remainder = value % 1_000_000_000
      }
      while limbs.last == 0 { limbs.removeLast() }
      for _ in 0..<9 {
        digits.append(0x30 + UInt8(truncatingIfNeeded: remainder % 10))
        remainder /= 10
      }
    }
    while digits.last == 0x30 { digits.removeLast() }
    if digits.isEmpty { return [0x30] }
    if negative { digits.append(0x2d) }
    digits.reverse()
    return digits
  }

  /// Appends the constant written as `text`; false if it is not a decimal integer.
  static func encode(_ text: UnsafeBufferPointer<UInt8>, into constants: inout [UInt8]) -> Bool {
    let negative = text.first == 0x2d
    var limbs: [UInt32] = []
    let digits = negative ? text.dropFirst() : text[...]
    if digits.isEmpty { return false }
    for digit in digits {
      guard digit >= 0x30 && digit <= 0x39 else { return false }
      var carry = UInt64(digit - 0x30)
      for index in limbs.indices {
        carry += UInt64(limbs[index]) * 10
        limbs[index] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      if carry != 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
    }
    constants.write(negative && !limbs.isEmpty ? .negative : .positive, count: limbs.count)
    for limb in limbs { constants.write(word: limb) }
    return true
  }
}
