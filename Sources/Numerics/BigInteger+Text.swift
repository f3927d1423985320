// BigInteger+Text.swift — magnitudes to digits in radix 2 to 36.
//
// Powers of two are read off the bits. Other radixes divide by the largest power that fits a limb while the number is short;
// a long number is split in two by a power of half its size, again and again (sub-quadratic, as the division is).
// The powers radix^(d * 2^i) lie in scratch memory behind a header of (offset, count) pairs: the ladder.

extension BigInteger {
  /// Up to this many limbs a number is converted limb by limb.
  static var leafLimbs: Int { @inline(__always) get { 32 } }
  /// Limbs of the ladder's header: an offset and a count for each power.
  static var ladderHeader: Int { @inline(__always) get { 2 * UInt.bitWidth } }

  /// The digits that fit a limb, and the radix to that power.
  struct RadixChunk {
    let digits: Int
    let base: UInt

    @inline(__always)
    init(_ radix: Int) {
      if radix == 10 {
        self.digits = UInt.bitWidth == 64 ? 19 : 9
        self.base = UInt.bitWidth == 64 ? UInt(truncatingIfNeeded: 10_000_000_000_000_000_000 as UInt64) : 1_000_000_000
        return
      }
      var digits = 1
      var base = UInt(truncatingIfNeeded: radix)
      while true {
        let (product, overflow) = base.multipliedReportingOverflow(by: UInt(truncatingIfNeeded: radix))
        if overflow { break }
        base = product
        digits &+= 1
      }
      self.digits = digits
      self.base = base
    }
  }

  /// Bytes for the digits of a magnitude, an upper bound.
  public static func textCapacity(_ a: Limbs, _ count: Int, radix: Int) -> Int {
    let bits = bitLength(a, count)
    if radix == 10 {
      // 0.30103 is just above log10(2); split so that the product cannot overflow 32 bits.
      return bits / 100_000 * 30103 + (bits % 100_000) * 30103 / 100_000 + 2
    }
    let bitsPerDigit = radix.bitWidth - 1 - radix.leadingZeroBitCount
    return bits / bitsPerDigit + 2
  }

  /// Scratch limbs for ``text(_:_:radix:uppercase:into:scratch:interruption:)``.
  public static func textScratchCapacity(_ count: Int, radix: Int) -> Int {
    if radix & (radix - 1) == 0 { return 0 }
    return count <= leafLimbs ? count : 16 * count + ladderHeader + 512
  }

  /// Writes the digits of |a| (no sign, no prefix); returns the count of bytes or `interrupted`. `text` needs
  /// ``textCapacity(_:_:radix:)`` bytes, `scratch` ``textScratchCapacity(_:radix:)`` limbs.
  public static func text(
    _ a: Limbs, _ count: Int, radix: Int, uppercase: Bool = false, into text: UnsafeMutablePointer<UInt8>,
    scratch: MutableLimbs, interruption: inout Interruption
  ) -> Int {
    if count == 0 {
      text[0] = 48
      return 1
    }
    let letters: UInt8 = uppercase ? 55 : 87
    if radix & (radix - 1) == 0 { return binaryText(a, count, radix.trailingZeroBitCount, letters, text) }
    let capacity = textCapacity(a, count, radix: radix)
    if count <= leafLimbs {
      copy(a, count, to: scratch)
      let start = leafText(scratch, count, radix, RadixChunk(radix), letters, text + capacity)
      let length = text + capacity - start
      text.update(from: start, count: length)
      return length
    }
    var writer = TextWriter(radix: radix, letters: letters, ladder: scratch, position: text, interruption: interruption)
    let free = writer.buildLadder(upTo: count)
    if free > 0 { writer.write(a, count, level: writer.levels - 1, width: 0, scratch: scratch + free) }
    interruption = writer.interruption
    return interruption.isTripped ? interrupted : writer.position - text
  }

  /// Digits of a radix 2^bits, from the top.
  private static func binaryText(
    _ a: Limbs, _ count: Int, _ bits: Int, _ letters: UInt8, _ text: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let digits = (bitLength(a, count) + bits - 1) / bits
    var position = 0
    var index = digits
    while index > 0 {
      index -= 1
      let bit = index * bits
      let limb = bit >> limbShift
      let offset = bit & (limbBits - 1)
      var word = a[limb] &>> UInt(offset)
      if offset + bits > limbBits && limb + 1 < count { word |= a[limb + 1] << UInt(limbBits - offset) }
      text[position] = digitText(word & ((1 &<< UInt(bits)) - 1), letters)
      position += 1
    }
    return digits
  }

  /// Writes the digits of `a`, which is destroyed, to end before `end`; returns where they start. Zero has no digits.
  fileprivate static func leafText(
    _ a: MutableLimbs, _ count: Int, _ radix: Int, _ chunk: RadixChunk, _ letters: UInt8, _ end: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var end = end
    var count = count
    while count > 0 {
      var word = divideSmall(a, count, by: chunk.base, quotient: a)
      count = normalized(a, count)
      if count > 0 && radix == 10 {
        end -= chunk.digits
        IntegerText.writePadded(UInt64(word), chunk.digits, end)
        continue
      }
      let start = end
      while count > 0 ? start - end < chunk.digits : word > 0 {
        let quotient = word / UInt(truncatingIfNeeded: radix)
        end -= 1
        end.pointee = digitText(word &- quotient &* UInt(truncatingIfNeeded: radix), letters)
        word = quotient
      }
    }
    return end
  }

  @inline(__always)
  fileprivate static func digitText(_ digit: UInt, _ letters: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: digit) &+ (digit < 10 ? 48 : letters)
  }
}

/// The state of one long conversion.
private struct TextWriter {
  typealias MutableLimbs = UnsafeMutablePointer<UInt>
  typealias Limbs = UnsafePointer<UInt>

  let radix: Int
  let chunk: BigInteger.RadixChunk
  let letters: UInt8
  let ladder: MutableLimbs
  var levels = 0
  var position: UnsafeMutablePointer<UInt8>
  var interruption: Interruption

  init(
    radix: Int, letters: UInt8, ladder: MutableLimbs, position: UnsafeMutablePointer<UInt8>, interruption: Interruption
  ) {
    self.radix = radix
    self.chunk = BigInteger.RadixChunk(radix)
    self.letters = letters
    self.ladder = ladder
    self.position = position
    self.interruption = interruption
  }

  /// Squares the base until its square exceeds any number of `count` limbs; returns the scratch limbs used, 0 if interrupted.
  mutating func buildLadder(upTo count: Int) -> Int {
    var offset = BigInteger.ladderHeader
    var size = 1
    ladder[offset] = chunk.base
    while true {
      ladder[2 * levels] = UInt(offset)
      ladder[2 * levels + 1] = UInt(size)
      levels += 1
      let next = offset + size
      if 2 * size - 1 > count { return next }
      let power = ladder + offset
      size = BigInteger.multiply(
        power, size, power, size, into: ladder + next, scratch: ladder + (next + 2 * size), interruption: &interruption)
      if size < 0 { return 0 }
      offset = next
    }
  }

  /// Writes x, which is below the square of the ladder's power at `level`, padded with zeros to `width` digits (0: no padding).
  mutating func write(_ x: Limbs, _ count: Int, level: Int, width: Int, scratch: MutableLimbs) {
    if count <= BigInteger.leafLimbs {
      writeLeaf(x, count, width, scratch)
      return
    }
    let power = Limbs(ladder + Int(ladder[2 * level]))
    let powerCount = Int(ladder[2 * level + 1])
    let half = width / 2
    if BigInteger.compareMagnitudes(x, count, power, powerCount) < 0 {
      if width > 0 { writeZeros(half) }
      write(x, count, level: level - 1, width: half, scratch: scratch)
      return
    }
    let quotient = scratch
    let remainder = scratch + BigInteger.quotientCapacity(count, powerCount)
    let rest = remainder + powerCount
    let counts = BigInteger.divide(
      x, count, power, powerCount, quotient: quotient, remainder: remainder, scratch: rest, interruption: &interruption)
    if counts.quotient < 0 { return }
    write(quotient, counts.quotient, level: level - 1, width: half, scratch: rest)
    if interruption.isTripped { return }
    write(remainder, counts.remainder, level: level - 1, width: chunk.digits << level, scratch: rest)
  }

  private mutating func writeLeaf(_ x: Limbs, _ count: Int, _ width: Int, _ scratch: MutableLimbs) {
    BigInteger.copy(x, count, to: scratch)
    let room = width > 0 ? width : BigInteger.textCapacity(x, count, radix: radix)
    let end = position + room
    let start = BigInteger.leafText(scratch, count, radix, chunk, letters, end)
    if width > 0 {
      writeZeros(start - position)
      position = end
    } else {
      position.update(from: start, count: end - start)
      position += end - start
    }
    _ = interruption.spend(count * count)
  }

  @inline(__always)
  private mutating func writeZeros(_ count: Int) {
    var index = 0
    while index < count {
      position[index] = 48
      index += 1
    }
    position += max(count, 0)
  }
}
