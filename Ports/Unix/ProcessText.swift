// Texts that the process is given: its arguments and its environment. They are C strings that stay in place as long as it runs and are used
// as `Text`, because a short program should not pay for pages of Swift's String code that only the start needs.
import Glibc
import Runtime

/// The words of the command line.
struct ProcessArguments {
  var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  var count = 0

  subscript(index: Int) -> Text { (words?[index]).map { Text(cString: $0) } ?? Text("") }

  /// The words from `index` on.
  func suffix(from index: Int) -> ProcessArguments {
    let start = min(index, count)
    return ProcessArguments(words: words.map { $0 + start }, count: count - start)
  }
}

/// A variable of the environment.
func environment(_ name: StaticString) -> Text? {
  name.withUTF8Buffer { getenv(UnsafeRawPointer($0.baseAddress.unsafelyUnwrapped).assumingMemoryBound(to: CChar.self)) }.map {
    Text(cString: $0)
  }
}

extension Text {
  /// A C string, which must stay in place.
  init(cString: UnsafePointer<CChar>) {
    let start = UnsafeRawPointer(cString).assumingMemoryBound(to: UInt8.self)
    self.init(start: start, count: strlen(cString))
  }

  /// Bytes that may be ASCII or not.
  init(start: UnsafePointer<UInt8>, count: Int) {
    self.init(start: start, count: count, isASCII: true)
    isASCII = consists { $0 < 0x80 }
  }

  /// Whether all bytes are as `body` says.
  func consists(of body: (UInt8) -> Bool) -> Bool {
    for index in 0..<count where !body(self[index]) { return false }
    return true
  }

  func hasPrefix(_ prefix: StaticString) -> Bool {
    count >= prefix.utf8CodeUnitCount && self.prefix(prefix.utf8CodeUnitCount).equals(prefix)
  }

  func prefix(_ length: Int) -> Text { Text(start: start, count: min(length, count), isASCII: isASCII) }

  func dropFirst(_ length: Int) -> Text { Text(start: start + min(length, count), count: max(count - length, 0), isASCII: isASCII) }

  func dropLast() -> Text { prefix(max(count - 1, 0)) }

  var last: UInt8? { count > 0 ? self[count - 1] : nil }

  /// Where the first such byte from `start` on is; the text's end if there is none.
  func index(of byte: UInt8, from start: Int) -> Int {
    var index = start
    while index < count && self[index] != byte { index += 1 }
    return index
  }

  func lastIndex(of byte: UInt8) -> Int? {
    var index = count
    while index > 0 {
      index -= 1
      if self[index] == byte { return index }
    }
    return nil
  }

  /// The number that decimal digits give; nil if there is anything else, or too many.
  var number: Int? {
    if count == 0 || count > 18 { return nil }
    var result = 0
    for index in 0..<count {
      let digit = Int(self[index]) - 0x30
      guard (0...9).contains(digit) else { return nil }
      result = result * 10 + digit
    }
    return result
  }

  /// With what is not UTF-8 replaced.
  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }
}

extension VM {
  /// A `str` of text that need not be UTF-8.
  func newString(repairing text: Text) throws(PyError) -> Value {
    if text.isASCII { return try newString(text) }
    let bytes = Array(text.string.utf8)
    let start = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    defer { start.deallocate() }
    start.initialize(from: bytes, count: bytes.count)
    return try newString(Text(start: start, count: bytes.count, isASCII: false))
  }
}
