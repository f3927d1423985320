import Numerics
import Testing

/// Identities on random numbers, and results that schoolbook arithmetic here confirms.
@Suite struct BigIntegerTests {
  /// Column multiplication with 32-bit digits, as slow and as plain as possible.
  private func slowProduct(_ a: Big, _ b: Big) -> Big {
    let x = a.limbs.flatMap { [UInt64($0 & 0xffff_ffff), UInt64($0 >> 32)] }
    let y = b.limbs.flatMap { [UInt64($0 & 0xffff_ffff), UInt64($0 >> 32)] }
    var digits = [UInt64](repeating: 0, count: x.count + y.count + 2)
    for i in x.indices {
      var carry: UInt64 = 0
      for j in y.indices {
        let sum = x[i] * y[j] + digits[i + j] + carry
        digits[i + j] = sum & 0xffff_ffff
        carry = sum >> 32
      }
      digits[i + y.count] += carry
    }
    let limbs = stride(from: 0, to: digits.count - 1, by: 2).map { UInt(digits[$0] | digits[$0 + 1] << 32) }
    return Big(limbs: limbs, isNegative: a.isNegative != b.isNegative)
  }

  @Test func additionAndSubtractionUndoEachOther() {
    var generator = Generator(1)
    for _ in 0..<3000 {
      let a = Big.random(Int(generator.next() % 6), &generator, signed: true)
      let b = Big.random(Int(generator.next() % 6), &generator, signed: true)
      #expect(a + b - b == a)
      #expect(a - b == Big(0) - (b - a))
      #expect(a + b == b + a)
    }
  }

  @Test func smallArithmeticMatchesInt() {
    var generator = Generator(2)
    for _ in 0..<3000 {
      let a = Int(Int32(truncatingIfNeeded: generator.next())) >> Int(generator.next() % 31)
      let b = Int(Int32(truncatingIfNeeded: generator.next())) >> Int(generator.next() % 31)
      let (x, y) = (Big(a), Big(b))
      #expect(x + y == Big(a + b))
      #expect(x - y == Big(a - b))
      #expect(x * y == Big(a * b))
      #expect(x & y == Big(a & b))
      #expect(x | y == Big(a | b))
      #expect(x ^ y == Big(a ^ b))
      #expect(~x == Big(~a))
      #expect(x.shiftedRight(7) == Big(a >> 7))
      #expect(x.shiftedRight(100) == Big(a < 0 ? -1 : 0))
      if b != 0 {
        let floor = (a % b != 0 && (a < 0) != (b < 0)) ? a / b - 1 : a / b
        #expect(x.divMod(y) == (Big(floor), Big(a - floor * b)))
      }
    }
  }

  @Test(arguments: [1, 2, 3, 7, 30, 35, 36, 37, 71, 72, 73, 100, 145, 200, 333])
  func productsMatchColumns(size: Int) {
    var generator = Generator(UInt64(size))
    for other in [1, 2, 5, 35, 36, 40, 60, size / 2 + 1, size, size + 1, 2 * size, 3 * size + 5] {
      let a = Big.random(size, &generator, signed: true)
      let b = Big.random(other, &generator, signed: true)
      #expect(a * b == slowProduct(a, b))
      #expect(a.squared() == slowProduct(a, a))
    }
  }

  @Test func allOnesSquares() {
    for size in [1, 5, 36, 64, 100, 129] {
      let a = Big(limbs: [UInt](repeating: .max, count: size))
      #expect(a.squared() == slowProduct(a, a))
      #expect(a.divMod(a) == (Big(1), Big(0)))
    }
  }

  @Test(arguments: [1, 2, 3, 4, 10, 63, 64, 65, 130, 200, 310])
  func divisionIdentity(size: Int) {
    var generator = Generator(UInt64(size) + 77)
    for quotientSize in [0, 1, 2, 3, 10, 64, 65, 100, 129, 200, 400] {
      for _ in 0..<6 {
        let b = Big.random(size, &generator, signed: true)
        let q = Big.random(quotientSize, &generator, signed: true)
        // Remainders of 0, of one below the divisor, and random dividends.
        for a in [q * b, q * b + (b - Big(b.isNegative ? -1 : 1)), Big.random(size + quotientSize, &generator, signed: true)] {
          let (quotient, remainder) = a.divMod(b)
          #expect(quotient * b + remainder == a)
          #expect(remainder == Big(0) || remainder.isNegative == b.isNegative)
          #expect(compare(remainder.magnitude, b.magnitude) < 0)
        }
      }
    }
  }

  private func compare(_ a: Big, _ b: Big) -> Int { a.with { x in b.with { BigInteger.compare(x, $0) } } }

  @Test func shifts() {
    var generator = Generator(5)
    for _ in 0..<1000 {
      let a = Big.random(Int(generator.next() % 5), &generator, signed: true)
      let bits = Int(generator.next() % 300)
      let power = Big(2).power(UInt(bits))
      #expect(a.shiftedLeft(bits) == a * power)
      #expect(a.shiftedRight(bits) == a.divMod(power).0)
    }
  }

  @Test func bitIdentities() {
    var generator = Generator(6)
    for _ in 0..<2000 {
      let a = Big.random(Int(generator.next() % 4), &generator, signed: true)
      let b = Big.random(Int(generator.next() % 6), &generator, signed: true)
      #expect((a & b) + (a | b) == a + b)
      #expect((a | b) - (a & b) == a ^ b)
      #expect(~(a & b) == (~a | ~b))
      #expect(~a == Big(-1) - a)
    }
  }

  @Test func powers() {
    var generator = Generator(7)
    for base in [0, 1, -1, 2, -2, 3, 10, -7, 1 << 40] {
      var expected = Big(1)
      for exponent in 0..<90 {
        #expect(Big(base).power(UInt(exponent)) == expected)
        expected = expected * Big(base)
      }
    }
    let a = Big.random(3, &generator, signed: true)
    #expect(a.power(41) == a.power(20) * a.power(21))
    #expect(Big(10).power(5000).text() == "1" + String(repeating: "0", count: 5000))
    #expect(Big(1).with { BigInteger.powerCapacity($0.limbs, 1, exponent: .max) } != nil)
    #expect(Big(7).with { BigInteger.powerCapacity($0.limbs, 1, exponent: .max) } == nil)
  }

  @Test func modularPowers() {
    var generator = Generator(8)
    for size in [1, 1, 2, 3, 8, 40] {
      for baseSize in [0, 1, 2, 50] {
        let base = Big.random(baseSize, &generator, signed: true)
        let modulus = Big.random(size, &generator, signed: true)
        for exponent in [0, 1, 2, 13, 40] {
          #expect(base.power(Big(exponent), modulo: modulus) == base.power(UInt(exponent)).divMod(modulus).1)
        }
      }
    }
    // Fermat, with a Mersenne prime.
    let prime = Big(2).power(521) - Big(1)
    #expect(Big(3).power(prime - Big(1), modulo: prime) == Big(1))
  }

  @Test func gcdAndSquareRoot() {
    var generator = Generator(9)
    var interruption = Interruption.never
    for size in [1, 2, 5, 30, 100] {
      let factor = Big.random(size, &generator)
      let a = factor * Big(1_000_003 * 4)
      let b = factor * Big(999_983 * 6)
      let result = a.with { x in
        b.with { y in
          withLimbs(BigInteger.gcdCapacity(x.count, y.count)) { result in
            withLimbs(BigInteger.gcdScratchCapacity(x.count, y.count)) {
              Big(
                result,
                .init(
                  BigInteger.gcd(
                    x.limbs, x.count, y.limbs, y.count, into: result, scratch: $0, interruption: &interruption)))
            }
          }
        }
      }
      #expect(result == factor + factor)
      for number in [factor, factor * factor, factor * factor - Big(1)] {
        let root = number.with { x in
          withLimbs(BigInteger.squareRootCapacity(x.count)) { result in
            withLimbs(BigInteger.squareRootScratchCapacity(x.count)) {
              Big(
                result,
                .init(
                  BigInteger.squareRoot(
                    x.limbs, x.count, into: result, scratch: $0, interruption: &interruption)))
            }
          }
        }
        #expect(compare(root * root, number) <= 0)
        #expect(compare((root + Big(1)) * (root + Big(1)), number) > 0)
      }
    }
  }

  @Test func bytes() {
    var generator = Generator(10)
    for _ in 0..<1000 {
      let a = Big.random(Int(generator.next() % 4), &generator, signed: true)
      for bigEndian in [false, true] {
        let count = a.with { BigInteger.byteCount($0, signed: true) }
        var bytes = [UInt8](repeating: 0, count: count)
        a.with { BigInteger.writeBytes($0, count: count, bigEndian: bigEndian, into: &bytes) }
        let back = withLimbs(BigInteger.bytesCapacity(count)) {
          Big($0, BigInteger.readBytes(bytes, count: count, bigEndian: bigEndian, signed: true, into: $0))
        }
        #expect(back == a)
        #expect(a == Big(0) || !a.with { BigInteger.fits($0, bytes: count - 1, signed: true) })
      }
    }
    #expect(Big(-128).with { BigInteger.byteCount($0, signed: true) } == 1)
    #expect(Big(128).with { BigInteger.byteCount($0, signed: true) } == 2)
    #expect(Big(255).with { BigInteger.byteCount($0, signed: false) } == 1)
    #expect(!Big(-1).with { BigInteger.fits($0, bytes: 8, signed: false) })
  }

  @Test func interruptionStopsLongWork() {
    var generator = Generator(11)
    let a = Big.random(6000, &generator)
    let limbs = a.limbs + [0]
    var interruption = Interruption(context: nil, poll: { _ in true })
    let count = withLimbs(12000) { result in
      withLimbs(BigInteger.multiplyScratchCapacity(6000, 6000)) {
        BigInteger.multiply(limbs, 6000, limbs, 6000, into: result, scratch: $0, interruption: &interruption)
      }
    }
    #expect(count == BigInteger.interrupted)
    #expect(interruption.isTripped)
  }
}
