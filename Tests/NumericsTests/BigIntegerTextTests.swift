import Numerics
import Testing

/// Text and floating point of big integers.
@Suite struct BigIntegerTextTests {
  @Test(arguments: [0, 1, 2, 3, 31, 32, 33, 40, 64, 65, 100, 150, 300, 700])
  func roundTripsInEveryRadix(size: Int) {
    var generator = Generator(UInt64(size) + 20)
    for radix in size < 200 ? Array(2...36) : [2, 3, 8, 10, 16, 29, 36] {
      let a = Big.random(size, &generator, signed: true)
      let text = a.text(radix: radix)
      #expect(Big(text, radix: radix) == a)
      #expect(text == "0" || !text.drop { $0 == "-" }.hasPrefix("0"))
    }
  }

  @Test func smallTextMatchesSwift() {
    var generator = Generator(21)
    for _ in 0..<500 {
      let value = Int(truncatingIfNeeded: generator.next()) >> Int(generator.next() % 63)
      for radix in [2, 3, 7, 8, 10, 16, 31, 36] {
        #expect(Big(value).text(radix: radix) == String(value, radix: radix))
        let bytes = [UInt8](unsafeUninitializedCapacity: IntegerText.capacity) {
          $1 = IntegerText.write(value, radix: radix, into: $0.baseAddress!)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == String(value, radix: radix))
      }
    }
    for value in [0, 9, 10, 99, 100, Int.max, Int.min]
      + (0..<19).flatMap({ e in
        let power = (0..<e).reduce(1) { p, _ in p * 10 }
        return [power, power - 1, -power]
      })
    {
      let bytes = [UInt8](unsafeUninitializedCapacity: 24) { $1 = IntegerText.writeDecimal(value, into: $0.baseAddress!) }
      #expect(String(decoding: bytes, as: UTF8.self) == String(value))
    }
  }

  @Test(arguments: [600, 619, 1000, 2345, 20000])
  func powersOfTenAndNeighbours(digits: Int) {
    let power = Big(10).power(UInt(digits))
    #expect(power.text() == "1" + String(repeating: "0", count: digits))
    #expect((power - Big(1)).text() == String(repeating: "9", count: digits))
    #expect(Big(String(repeating: "9", count: digits)) == power - Big(1))
    #expect(Big("000" + String(repeating: "0", count: digits) + "7") == Big(7))
  }

  @Test func grammar() {
    func digits(_ text: String, _ radix: Int = 10) -> Int { BigInteger.digitCount(Array(text.utf8), text.utf8.count, radix: radix) }
    #expect(digits("1_000") == 4)
    #expect(digits("1__0") == -1)
    #expect(digits("_1") == -1)
    #expect(digits("1_") == -1)
    #expect(digits("") == -1)
    #expect(digits("12a") == -1)
    #expect(digits("12aF", 16) == 4)
    #expect(Big("1_000_000_000_000_000_000_000") == Big(10).power(21))
    #expect(Big("dead_beef_dead_beef_dead", radix: 16).text(radix: 16) == "deadbeefdeadbeefdead")
  }

  @Test func doubleConversions() {
    var generator = Generator(22)
    for _ in 0..<3000 {
      let a = Big.random(Int(generator.next() % 17), &generator, signed: true)
      let value = a.with { BigInteger.double($0) }
      #expect(value == Double(a.text()))
      let single = a.with { BigInteger.float($0) }
      #expect(single == Float(a.text()))
      if value.isInfinite { continue }
      let back = withLimbs(BigInteger.doubleCapacity) { Big($0, BigInteger.truncate(value, into: $0)) }
      let order = a.with { x in back.with { BigInteger.compare(x, $0) } }
      #expect(a.with { BigInteger.compare($0, value) } == order)
      #expect(back.with { BigInteger.compare($0, value) } == 0)
      #expect(back.with { BigInteger.hash($0) } == BigInteger.hash(value))
    }
    #expect(Big(2).power(1024).with { BigInteger.double($0) } == .infinity)
    #expect(Big(5).with { BigInteger.compare($0, Double.nan) } == nil)
    #expect(Big(5).with { BigInteger.compare($0, 5.5) } == -1)
    #expect(Big(-5).with { BigInteger.compare($0, -5.5) } == 1)
    #expect(Big(0).with { BigInteger.compare($0, 0.5) } == -1)
    #expect(Big(2).power(2000).with { BigInteger.compare($0, Double.infinity) } == -1)
    #expect(withLimbs(17) { Big($0, BigInteger.truncate(-3.99, into: $0)) } == Big(-3))
    #expect(BigInteger.hash(-1.0) == -2)
    #expect(BigInteger.hash(0.5) == 1 << 60)
  }

  @Test func trueDivision() {
    var generator = Generator(23)
    var interruption = Interruption.never
    func divide(_ a: Big, _ b: Big) -> Double {
      a.with { x in
        b.with { y in
          withLimbs(BigInteger.trueDivideScratchCapacity(x.count, y.count)) {
            BigInteger.trueDivide(x, y, scratch: $0, interruption: &interruption)
          }
        }
      }
    }
    for _ in 0..<2000 {
      let a = Int(truncatingIfNeeded: generator.next() >> (11 + generator.next() % 50))
      let b = Int(truncatingIfNeeded: generator.next() >> (11 + generator.next() % 50)) + 1
      #expect(divide(Big(a), Big(-b)) == -(Double(a) / Double(b)))
      let scale = Big.random(1 + Int(generator.next() % 40), &generator)
      #expect(divide(Big(a) * scale, Big(b) * scale) == Double(a) / Double(b))
    }
    #expect(divide(Big(10).power(400), Big(10).power(399)) == 10)
    #expect(divide(Big(1), Big(10).power(320)) == 0x1.fap-1064)
    #expect(divide(Big(1), Big(10).power(400)) == 0)
    #expect(divide(Big(10).power(400), Big(3)) == .infinity)
    #expect(divide(Big(1), Big(2).power(1075)) == 0)
    #expect(divide(Big(3), Big(2).power(1075)) == 0x1p-1073)
  }
}
