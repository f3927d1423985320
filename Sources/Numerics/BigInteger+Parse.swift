// BigInteger+Parse.swift — digits to magnitudes.
//
// The text is cut from its end into limbs' worth of digits. Few of them are added up by Horner's rule; many are joined in
// pairs, then pairs of pairs, each level with the square of the power before: as fast as multiplication is.

extension BigInteger {
  /// Digits that Horner's rule adds up at a time (a power of two).
  private static var hornerChunks: Int { @inline(__always) get { 32 } }

  /// Counts the digits of `text` in `radix`; -1 when it is no number. Single underscores between digits are allowed if asked.
  public static func digitCount(
    _ text: UnsafePointer<UInt8>, _ length: Int, radix: Int, allowUnderscores: Bool = true
  ) -> Int {
    var digits = 0
    var afterDigit = false
    var index = 0
    while index < length {
      let byte = text[index]
      if Ascii.digitValue(byte) < radix {
        digits &+= 1
        afterDigit = true
      } else if byte == 95 && afterDigit && allowUnderscores {
        afterDigit = false
      } else {
        return -1
      }
      index &+= 1
    }
    return afterDigit ? digits : -1
  }

  /// Limbs for a number of so many digits.
  public static func parseCapacity(digits: Int, radix: Int) -> Int {
    if radix & (radix - 1) == 0 { return digits * radix.trailingZeroBitCount / limbBits + 1 }
    return digits / RadixChunk(radix).digits + 2
  }

  /// Scratch limbs for a number of so many digits.
  public static func parseScratchCapacity(digits: Int, radix: Int) -> Int {
    let chunks = parseCapacity(digits: digits, radix: radix)
    return chunks <= hornerChunks ? chunks : 22 * chunks + 16 * hornerChunks + 128
  }

  /// Reads a number that ``digitCount(_:_:radix:allowUnderscores:)`` found to be well-formed; `length` is in bytes, `digits`
  /// its answer. `result` needs ``parseCapacity(digits:radix:)`` limbs, `scratch` ``parseScratchCapacity(digits:radix:)``.
  public static func parse(
    _ text: UnsafePointer<UInt8>, _ length: Int, digits: Int, radix: Int, into result: MutableLimbs, scratch: MutableLimbs,
    interruption: inout Interruption
  ) -> Int {
    if radix & (radix - 1) == 0 { return parseBinary(text, length, radix.trailingZeroBitCount, result) }
    let chunk = RadixChunk(radix)
    let chunks =
      digits == length ? parsePlainChunks(text, length, radix, chunk, scratch) : parseChunks(text, length, radix, chunk, scratch)
    if chunks <= hornerChunks { return horner(scratch, chunks, chunk.base, result) }
    return join(scratch, chunks, chunk.base, result, &interruption)
  }

  private static func parseBinary(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ bits: Int, _ result: MutableLimbs
  ) -> Int {
    var count = 0
    var word: UInt = 0
    var filled = 0
    var index = length
    while index > 0 {
      index -= 1
      if text[index] == 95 { continue }
      let digit = UInt(truncatingIfNeeded: Ascii.digitValue(text[index]))
      word |= digit << UInt(filled)
      filled += bits
      if filled >= limbBits {
        result[count] = word
        count += 1
        filled -= limbBits
        word = digit >> UInt(bits - filled)
      }
    }
    if filled > 0 {
      result[count] = word
      count += 1
    }
    return normalized(result, count)
  }

  /// Cuts the text into limbs of digits, least significant first; returns how many.
  private static func parseChunks(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ radix: Int, _ chunk: RadixChunk, _ result: MutableLimbs
  ) -> Int {
    let radix = UInt(truncatingIfNeeded: radix)
    var count = 0
    var word: UInt = 0
    var weight: UInt = 1
    var digits = 0
    var index = length
    while index > 0 {
      index &-= 1
      if text[index] == 95 { continue }
      word &+= UInt(truncatingIfNeeded: Ascii.digitValue(text[index])) &* weight
      weight &*= radix
      digits &+= 1
      if digits == chunk.digits {
        result[count] = word
        count &+= 1
        word = 0
        weight = 1
        digits = 0
      }
    }
    if digits > 0 {
      result[count] = word
      count &+= 1
    }
    return count
  }

  /// The same for a text without underscores, whose chunks lie at known places and can be read forwards.
  private static func parsePlainChunks(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ radix: Int, _ chunk: RadixChunk, _ result: MutableLimbs
  ) -> Int {
    var count = 0
    var end = length
    while end > 0 {
      var index = max(end &- chunk.digits, 0)
      let start = index
      var word: UInt = 0
      if radix == 10 {
        while index < end {
          word = word &* 10 &+ UInt(text[index] &- 48)
          index &+= 1
        }
      } else {
        while index < end {
          word = word &* UInt(truncatingIfNeeded: radix) &+ UInt(truncatingIfNeeded: Ascii.digitValue(text[index]))
          index &+= 1
        }
      }
      result[count] = word
      count &+= 1
      end = start
    }
    return count
  }

  /// Adds up chunks by Horner's rule; `result` gets up to `count` limbs.
  private static func horner(_ chunks: Limbs, _ count: Int, _ base: UInt, _ result: MutableLimbs) -> Int {
    var size = 0
    var index = count
    while index > 0 {
      index &-= 1
      let carry = multiplyRow(result, result, size, base, chunks[index])
      if carry != 0 {
        result[size] = carry
        size &+= 1
      }
    }
    return size
  }

  /// Joins chunks pairwise. The chunks' memory is followed by the scratch that ``parseScratchCapacity(digits:radix:)`` promises.
  private static func join(
    _ chunks: MutableLimbs, _ count: Int, _ base: UInt, _ result: MutableLimbs, _ interruption: inout Interruption
  ) -> Int {
    var width = hornerChunks
    // Two buffers of slots and two of powers, each for the next power of two above the count.
    var room = width
    while room < count { room *= 2 }
    var slots = chunks + count
    var joined = slots + room
    var power = joined + room
    var nextPower = power + room
    let rest = nextPower + room
    var used = 0
    while used * width < count {
      let start = used * width
      let size = horner(chunks + start, min(width, count - start), base, slots + start)
      clear(slots + (start + size), width - size)
      used += 1
    }
    power[0] = base
    var powerCount = 1
    var exponent = 1
    while exponent < width {
      powerCount = multiply(power, powerCount, power, powerCount, into: nextPower, scratch: rest, interruption: &interruption)
      swap(&power, &nextPower)
      exponent *= 2
    }
    while used > 1 {
      if !joinLevel(slots, used, width, power, powerCount, joined, rest, &interruption) { return interrupted }
      used = (used + 1) / 2
      width *= 2
      swap(&slots, &joined)
      if used > 1 {
        powerCount = multiply(power, powerCount, power, powerCount, into: nextPower, scratch: rest, interruption: &interruption)
        if powerCount < 0 { return interrupted }
        swap(&power, &nextPower)
      }
    }
    let size = normalized(slots, width)
    copy(slots, size, to: result)
    return size
  }

  /// One level: each pair of slots of `width` limbs becomes one of twice the width.
  private static func joinLevel(
    _ slots: MutableLimbs, _ used: Int, _ width: Int, _ power: Limbs, _ powerCount: Int, _ joined: MutableLimbs,
    _ rest: MutableLimbs, _ interruption: inout Interruption
  ) -> Bool {
    var slot = 0
    while slot < used {
      let low = slots + slot * width
      let target = joined + slot * width
      var size = 0
      if slot + 1 < used {
        let high = low + width
        size = multiply(
          high, normalized(high, width), power, powerCount, into: target, scratch: rest, interruption: &interruption)
        if size < 0 { return false }
      }
      clear(target + size, 2 * width - size)
      _ = addRows(target, target, 2 * width, low, width)
      slot += 2
    }
    return true
  }
}
