// Support.swift — what the tests share: random numbers and big integers as values.
import Numerics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A small repeatable generator (xorshift).
struct Generator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { self.state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_f491_4f6c_dd1d
  }
}

/// Memory with a guard word behind it: writing past the promised capacity fails the test.
func withLimbs<R>(_ capacity: Int, _ body: (UnsafeMutablePointer<UInt>) -> R) -> R {
  let memory = UnsafeMutablePointer<UInt>.allocate(capacity: capacity + 2)
  let mark: UInt = 0x5a5a_1234
  memory.update(repeating: 0xdead_beef, count: capacity + 2)
  memory[capacity] = mark
  memory[capacity + 1] = mark
  defer { memory.deallocate() }
  let result = body(memory)
  precondition(memory[capacity] == mark && memory[capacity + 1] == mark, "wrote past the promised capacity")
  return result
}

/// A big integer as a Swift value, every operation through Numerics.
struct Big: Equatable, CustomStringConvertible {
  var limbs: [UInt]
  var isNegative: Bool

  init(_ value: Int) {
    self.limbs = value == 0 ? [] : [value.magnitude]
    self.isNegative = value < 0
  }

  init(limbs: [UInt], isNegative: Bool = false) {
    var limbs = limbs
    while limbs.last == 0 { limbs.removeLast() }
    self.limbs = limbs
    self.isNegative = isNegative && !limbs.isEmpty
  }

  init(_ pointer: UnsafeMutablePointer<UInt>, _ extent: BigInteger.SignedCount) {
    precondition(extent.count >= 0)
    self.limbs = Array(UnsafeBufferPointer(start: pointer, count: extent.count))
    self.isNegative = extent.isNegative
    precondition(limbs.last != 0, "not normalised")
  }

  init(_ text: String, radix: Int = 10) {
    var bytes = Array(text.utf8)
    let negative = bytes.first == 45
    if negative { bytes.removeFirst() }
    var interruption = Interruption.never
    let digits = BigInteger.digitCount(bytes, bytes.count, radix: radix)
    precondition(digits > 0)
    let value = withLimbs(BigInteger.parseCapacity(digits: digits, radix: radix)) { result in
      withLimbs(BigInteger.parseScratchCapacity(digits: digits, radix: radix)) { scratch in
        let count = BigInteger.parse(
          bytes, bytes.count, digits: digits, radix: radix, into: result, scratch: scratch, interruption: &interruption)
        return Big(result, .init(count, isNegative: negative))
      }
    }
    self = value
  }

  /// A random number of `count` limbs with runs of ones and zeros, which find carry errors.
  static func random(_ count: Int, _ generator: inout Generator, signed: Bool = false) -> Big {
    var limbs: [UInt] = []
    for _ in 0..<count {
      switch generator.next() % 5 {
      case 0: limbs.append(0)
      case 1: limbs.append(.max)
      case 2: limbs.append(1 << UInt(generator.next() % 64))
      default: limbs.append(UInt(generator.next()))
      }
    }
    if count > 0 && limbs[count - 1] == 0 { limbs[count - 1] = UInt(generator.next() | 1) }
    return Big(limbs: limbs, isNegative: signed && generator.next() & 1 != 0)
  }

  func with<R>(_ body: (BigInteger.Operand) -> R) -> R {
    let padded = limbs + [0]
    return padded.withUnsafeBufferPointer { body(.init($0.baseAddress!, limbs.count, isNegative: isNegative)) }
  }

  var magnitude: Big { Big(limbs: limbs) }
  var description: String { text() }

  func text(radix: Int = 10) -> String {
    var interruption = Interruption.never
    return with { a in
      let capacity = BigInteger.textCapacity(a.limbs, a.count, radix: radix)
      return withLimbs(BigInteger.textScratchCapacity(a.count, radix: radix)) { scratch in
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
          count = BigInteger.text(
            a.limbs, a.count, radix: radix, into: buffer.baseAddress!, scratch: scratch, interruption: &interruption)
          precondition(count <= capacity)
        }
        return (isNegative ? "-" : "") + String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  private func binary(
    _ other: Big, _ capacity: (Int, Int) -> Int,
    _ body: (BigInteger.Operand, BigInteger.Operand, UnsafeMutablePointer<UInt>) -> BigInteger.SignedCount
  ) -> Big {
    with { a in other.with { b in withLimbs(capacity(a.count, b.count)) { Big($0, body(a, b, $0)) } } }
  }

  static func + (a: Big, b: Big) -> Big { a.binary(b, BigInteger.addCapacity) { BigInteger.add($0, $1, into: $2) } }
  static func - (a: Big, b: Big) -> Big { a.binary(b, BigInteger.addCapacity) { BigInteger.subtract($0, $1, into: $2) } }
  static func & (a: Big, b: Big) -> Big { a.binary(b, BigInteger.bitwiseCapacity) { BigInteger.and($0, $1, into: $2) } }
  static func | (a: Big, b: Big) -> Big { a.binary(b, BigInteger.bitwiseCapacity) { BigInteger.or($0, $1, into: $2) } }
  static func ^ (a: Big, b: Big) -> Big { a.binary(b, BigInteger.bitwiseCapacity) { BigInteger.xor($0, $1, into: $2) } }
  static prefix func ~ (a: Big) -> Big { a.binary(a, BigInteger.bitwiseCapacity) { a, _, r in BigInteger.not(a, into: r) } }

  static func * (a: Big, b: Big) -> Big {
    var interruption = Interruption.never
    return a.binary(b, BigInteger.multiplyCapacity) { x, y, result in
      withLimbs(BigInteger.multiplyScratchCapacity(x.count, y.count)) {
        BigInteger.multiply(x, y, into: result, scratch: $0, interruption: &interruption)
      }
    }
  }

  func squared() -> Big {
    var interruption = Interruption.never
    return with { x in
      withLimbs(2 * x.count) { result in
        withLimbs(BigInteger.multiplyScratchCapacity(x.count, x.count)) {
          Big(result, BigInteger.multiply(x, x, into: result, scratch: $0, interruption: &interruption))
        }
      }
    }
  }

  func divMod(_ other: Big) -> (Big, Big) {
    var interruption = Interruption.never
    return with { a in
      other.with { b in
        withLimbs(BigInteger.quotientCapacity(a.count, b.count)) { quotient in
          withLimbs(BigInteger.remainderCapacity(a.count, b.count)) { remainder in
            withLimbs(BigInteger.divideScratchCapacity(a.count, b.count)) { scratch in
              let division = BigInteger.divideFloor(
                a, b, quotient: quotient, remainder: remainder, scratch: scratch, interruption: &interruption)
              return (Big(quotient, division.quotient), Big(remainder, division.remainder))
            }
          }
        }
      }
    }
  }

  func shiftedLeft(_ bits: Int) -> Big {
    with { a in
      withLimbs(BigInteger.shiftLeftCapacity(a.count, bits)) {
        Big($0, .init(BigInteger.shiftLeft(a.limbs, a.count, by: bits, into: $0), isNegative: a.isNegative))
      }
    }
  }

  func shiftedRight(_ bits: Int) -> Big {
    with { a in
      withLimbs(BigInteger.shiftRightCapacity(a.count, bits)) { Big($0, BigInteger.shiftRight(a, by: bits, into: $0)) }
    }
  }

  func power(_ exponent: UInt) -> Big {
    var interruption = Interruption.never
    return with { a in
      let capacity = BigInteger.powerCapacity(a.limbs, a.count, exponent: exponent)!
      return withLimbs(capacity) { result in
        withLimbs(BigInteger.powerScratchCapacity(a.count, capacity: capacity)) {
          let count = BigInteger.power(
            a.limbs, a.count, exponent: exponent, into: result, scratch: $0, interruption: &interruption)
          return Big(result, .init(count, isNegative: isNegative && exponent & 1 != 0))
        }
      }
    }
  }

  func power(_ exponent: Big, modulo: Big) -> Big {
    var interruption = Interruption.never
    return with { a in
      exponent.with { e in
        modulo.with { m in
          withLimbs(m.count) { result in
            withLimbs(BigInteger.moduloPowerScratchCapacity(a.count, m.count)) {
              Big(result, BigInteger.moduloPower(a, e, m, into: result, scratch: $0, interruption: &interruption))
            }
          }
        }
      }
    }
  }
}

/// C's printf for one double.
func printf(_ format: String, _ value: Double) -> String {
  var buffer = [CChar](repeating: 0, count: 4000)
  let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
  return String(decoding: buffer[0..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Runs `body` until about 0.2 s have passed; nanoseconds for one run.
func nanoseconds(_ body: () -> Void) -> Double {
  var rounds = 1
  while true {
    let start = ContinuousClock.now
    for _ in 0..<rounds { body() }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let elapsed = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
    if elapsed > 2e8 { return elapsed / Double(rounds) }
    rounds *= 4
  }
}
