import Numerics
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints figures; run with TAIPAN_SPEED set, in a release build.
@Suite(.serialized, .enabled(if: getenv("TAIPAN_SPEED") != nil)) struct SpeedTests {
  @Test func floats() {
    var generator = Generator(50)
    let values = (0..<1024).map { _ in Double(bitPattern: generator.next() & 0xbfff_ffff_ffff_ffff) }
    let shorts = (0..<1024).map { _ in Double(generator.next() % 100_000) / 1000 }
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 2000)
    for (name, list) in [("random", values), ("short", shorts)] {
      var length = 0
      print("repr \(name)", nanoseconds { for value in list { length &+= FloatText.repr(value, into: buffer) } } / 1024, "ns")
      let texts = list.map { Array($0.description.utf8) }
      var sum = 0.0
      print("parse \(name)", nanoseconds { for text in texts { sum += FloatText.parseDouble(text, text.count) ?? 0 } } / 1024, "ns")
      print(
        "%.6f %g",
        nanoseconds {
          for value in shorts { length &+= FloatText.formatFloat(value, code: 102, precision: 6, alternate: false, into: buffer) }
        } / 1024, "ns")
      print(
        "%.50e exact",
        nanoseconds {
          for value in list { length &+= FloatText.formatFloat(value, code: 101, precision: 50, alternate: false, into: buffer) }
        } / 1024, "ns")
      precondition(length != 0 && sum != 0.5)
    }
  }

  @Test func bigs() {
    var generator = Generator(51)
    var interruption = Interruption.never
    let size = { (digits: Int) in Int(Double(digits) * 3.3219281 / 64) + 1 }
    for digits in [38, 76, 1000, 10000, 100_000] {
      let count = size(digits)
      let a = (0..<count).map { _ in UInt(generator.next() | 1) }
      let b = (0..<count).map { _ in UInt(generator.next() | 1) }
      let wide = (0..<2 * count).map { _ in UInt(generator.next() | 1) }
      withLimbs(4 * count + 64) { result in
        withLimbs(40 * count + 2000) { scratch in
          print(
            digits, "digits: multiply",
            nanoseconds { _ = BigInteger.multiply(a, count, b, count, into: result, scratch: scratch, interruption: &interruption) })
          print(
            digits, "digits: square",
            nanoseconds { _ = BigInteger.multiply(a, count, a, count, into: result, scratch: scratch, interruption: &interruption) })
          print(
            digits, "digits: divide 2n/n",
            nanoseconds {
              _ = BigInteger.divide(
                wide, 2 * count, b, count, quotient: result, remainder: result + 2 * count, scratch: scratch, interruption: &interruption)
            })
          print(digits, "digits: add", nanoseconds { _ = BigInteger.add(.init(a, count), .init(b, count), into: result) })
          let text = UnsafeMutablePointer<UInt8>.allocate(capacity: digits + 100)
          var length = 0
          print(
            digits, "digits: to text",
            nanoseconds { length = BigInteger.text(a, count, radix: 10, into: text, scratch: scratch, interruption: &interruption) })
          print(
            digits, "digits: from text",
            nanoseconds {
              _ = BigInteger.parse(text, length, digits: length, radix: 10, into: result, scratch: scratch, interruption: &interruption)
            })
          text.deallocate()
        }
      }
    }
  }
}
