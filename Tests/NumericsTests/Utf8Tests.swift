import Numerics
import Testing

/// UTF-8 utilities against Swift's String.
@Suite struct Utf8Tests {
  private func randomText(_ generator: inout Generator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<(generator.next() % 40) {
      let limit: UInt64 = [0x80, 0x80, 0x80, 0x800, 0x10000, 0x110000][Int(generator.next() % 6)]
      if let scalar = Swift.Unicode.Scalar(UInt32(generator.next() % limit)) { text.append(scalar) }
    }
    return String(text)
  }

  @Test func countsOffsetsAndSteps() {
    var generator = Generator(40)
    for _ in 0..<2000 {
      let text = randomText(&generator)
      let bytes = Array(text.utf8)
      let scalars = Array(text.unicodeScalars)
      #expect(Utf8.validate(bytes, bytes.count) == bytes.count)
      #expect(Utf8.count(bytes, bytes.count) == scalars.count)
      #expect(Utf8.isAscii(bytes, bytes.count) == bytes.allSatisfy { $0 < 0x80 })
      var offset = 0
      for (index, scalar) in scalars.enumerated() {
        #expect(Utf8.offset(ofCodePoint: index, bytes, bytes.count) == offset)
        let (codePoint, length) = bytes.withUnsafeBufferPointer { Utf8.decode($0.baseAddress! + offset) }
        #expect(codePoint == scalar.value)
        #expect(Utf8.length(lead: bytes[offset]) == length)
        #expect(Utf8.stepBack(bytes, from: offset + length) == offset)
        var encoded = [UInt8](repeating: 0, count: 4)
        #expect(Utf8.encode(codePoint, into: &encoded) == length)
        #expect(Array(encoded[0..<length]) == Array(bytes[offset..<offset + length]))
        offset += length
      }
      #expect(Utf8.offset(ofCodePoint: scalars.count, bytes, bytes.count) == bytes.count)
      #expect(Utf8.offset(ofCodePoint: scalars.count + 9, bytes, bytes.count) == bytes.count)
    }
  }

  @Test func everyTwoByteAndManyLongerSequencesJudgedAsSwiftDoes() {
    var generator = Generator(41)
    func check(_ bytes: [UInt8]) {
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      if (Utf8.validate(bytes, bytes.count) == bytes.count) != isValid { Issue.record("\(bytes)") }
    }
    for first in 0x70...0xff {
      for second in 0...255 { check([UInt8(first), UInt8(second)]) }
    }
    let interesting: [UInt8] = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5]
    for _ in 0..<20_000 {
      check((0..<(generator.next() % 7)).map { _ in interesting[Int(generator.next() % UInt64(interesting.count))] })
    }
  }

  @Test func firstBadByte() {
    let bytes = Array("abcdefghijklé".utf8) + [0xff, 0x41]
    #expect(Utf8.validate(bytes, bytes.count) == 14)
    #expect(Utf8.decodeChecked([0xe2, 0x82], 2).length == 0)
    #expect(Utf8.decodeChecked([0xe2, 0x82, 0xac], 3) == (0x20ac, 3))
  }

  @Test func asciiClasses() {
    for byte in UInt8.min...UInt8.max {
      let character = Character(Swift.Unicode.Scalar(byte))
      let isAscii = byte < 0x80
      #expect(Ascii.isAlpha(byte) == (isAscii && character.isLetter))
      #expect(Ascii.isDigit(byte) == (isAscii && character.isNumber))
      #expect(Ascii.isUpper(byte) == (isAscii && character.isUppercase))
      #expect(Ascii.isLower(byte) == (isAscii && character.isLowercase))
      #expect(Ascii.isSpace(byte) == (isAscii && (byte == 32 || (9...13).contains(byte))))
      #expect(Ascii.digitValue(byte) == (isAscii ? Int(String(character), radix: 36) ?? 255 : 255))
      if isAscii {
        #expect(String(decoding: [Ascii.toUpper(byte)], as: UTF8.self) == String(character).uppercased())
        #expect(String(decoding: [Ascii.toLower(byte)], as: UTF8.self) == String(character).lowercased())
      }
    }
    #expect(Utf8.Unicode.isSpace(0x3000))
    #expect(!Utf8.Unicode.isSpace(0x200b))
    #expect(Utf8.Unicode.isPrintable(0xe9))
    #expect(!Utf8.Unicode.isPrintable(0xad))
  }
}
