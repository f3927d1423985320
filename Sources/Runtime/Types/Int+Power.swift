// Powers of integers: plain, modulo a number, and what else the module `math` needs of big integers (roots, common divisors).

import Numerics

extension VM {
  /// `a ** b` for integers. A negative exponent answers a float. MemoryError if the result is beyond the heap.
  @inline(never) func bigPower(_ a: Value, _ b: Value) throws(PyError) -> Value {
    if isNegativeInt(b) { return try floatPower(floatOfInt(a), floatOfInt(b)) }
    guard b.isSmallInt else { return try hugePower(a, b) }
    let exponent = UInt(bitPattern: b.uncheckedSmallInt)
    return try withOperand(a) { (x) throws(PyError) -> Value in
      guard let capacity = BigInteger.powerCapacity(x.limbs, x.count, exponent: exponent) else { throw outOfMemory(Int.max) }
      let object = try newLimbs(capacity)
      let scratch = try newScratch(BigInteger.powerScratchCapacity(x.count, capacity: capacity))
      let count = try interruptible { (interruption) -> Int in
        BigInteger.power(x.limbs, x.count, exponent: exponent, into: IntObject.limbs(object), scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      return finished(object, capacity, BigInteger.SignedCount(count, isNegative: x.isNegative && exponent & 1 != 0))
    }
  }

  /// An exponent beyond the small integers: only 0, 1 and -1 have such powers.
  private func hugePower(_ a: Value, _ exponent: Value) throws(PyError) -> Value {
    guard a.isSmallInt, a.uncheckedSmallInt.magnitude <= 1 else { throw outOfMemory(Int.max) }
    if a.uncheckedSmallInt >= 0 { return a }
    return Value(smallInt: IntObject.limbs(exponent.unchecked())[0] & 1 != 0 ? -1 : 1)
  }

  /// `pow(base, exponent, modulus)`; `modulus` null or None for `base ** exponent`. May run Python code.
  public func powValue(_ base: Value, _ exponent: Value, _ modulus: Value) throws(PyError) -> Value {
    if modulus.isNull || modulus == .none { return try binary(.power, base, exponent) }
    if let owner = pythonClass(of: base) {
      let method = special(owner, Qstr.__pow__)
      if !method.isNull { return try call(method, base, exponent, modulus) }
    }
    let a = withoutBool(unwrapped(base)), m = withoutBool(unwrapped(modulus))
    var b = withoutBool(unwrapped(exponent))
    guard isPlainInt(a) && isPlainInt(b) && isPlainInt(m) else { try raise(.typeError, "pow() with 3 arguments requires integers") }
    if m == Value(smallInt: 0) { try raise(.valueError, "divide by zero") }
    var factor = a
    if isNegativeInt(b) {
      factor = try inverse(of: a, modulo: m)
      b = try negatedInt(b)
    }
    return try moduloPower(factor, b, m)
  }

  private func moduloPower(_ base: Value, _ exponent: Value, _ modulus: Value) throws(PyError) -> Value {
    try withOperand(modulus) { (m) throws(PyError) -> Value in
      try withOperands(base, exponent) { (x, e) throws(PyError) -> Value in
        let object = try newLimbs(m.count)
        let scratch = try newScratch(BigInteger.moduloPowerScratchCapacity(x.count, m.count))
        let used = try interruptible { (interruption) -> BigInteger.SignedCount in
          BigInteger.moduloPower(x, e, m, into: IntObject.limbs(object), scratch: scratch, interruption: &interruption)
        }
        freeScratch(scratch)
        return finished(object, m.count, used)
      }
    }
  }

  /// The number whose product with `a` is 1 modulo `modulus`, by Euclid's extended algorithm. ValueError if there is none.
  private func inverse(of a: Value, modulo modulus: Value) throws(PyError) -> Value {
    let size = try absoluteInt(modulus)
    if size == Value(smallInt: 1) { return Value(smallInt: 0) }
    var rest = size
    var next = try intBinary(.modulo, a, size)
    var coefficient = Value(smallInt: 0)
    var nextCoefficient = Value(smallInt: 1)
    while next != Value(smallInt: 0) {
      let quotient = try intBinary(.floorDivide, rest, next)
      let remainder = try intBinary(.subtract, rest, intBinary(.multiply, quotient, next))
      let changed = try intBinary(.subtract, coefficient, intBinary(.multiply, quotient, nextCoefficient))
      rest = next
      next = remainder
      coefficient = nextCoefficient
      nextCoefficient = changed
    }
    if rest != Value(smallInt: 1) { try raise(.valueError, "base is not invertible for the given modulus") }
    return coefficient
  }

  /// An operator on two integers that has an integer result: `numericBinary` for those who know the types.
  @inline(__always) public func intBinary(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws(PyError) -> Value {
    a.isSmallInt && b.isSmallInt ? try smallBinary(operation, a.uncheckedSmallInt, b.uncheckedSmallInt) : try bigBinary(operation, a, b)
  }

  /// The greatest common divisor of two integers; never negative.
  public func greatestCommonDivisor(_ a: Value, _ b: Value) throws(PyError) -> Value {
    if a.isSmallInt && b.isSmallInt {
      return try newInt(unsigned: BigInteger.gcd(a.uncheckedSmallInt.magnitude, b.uncheckedSmallInt.magnitude))
    }
    return try withOperands(a, b) { (x, y) throws(PyError) -> Value in
      let capacity = BigInteger.gcdCapacity(x.count, y.count)
      let object = try newLimbs(capacity)
      let scratch = try newScratch(BigInteger.gcdScratchCapacity(x.count, y.count))
      let count = try interruptible { (interruption) -> Int in
        BigInteger.gcd(
          x.limbs, x.count, y.limbs, y.count, into: IntObject.limbs(object), scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      return finished(object, capacity, BigInteger.SignedCount(count))
    }
  }

  /// The largest integer whose square is at most `a`, which is not negative.
  public func integerSquareRoot(_ a: Value) throws(PyError) -> Value {
    try withOperand(a) { (x) throws(PyError) -> Value in
      let capacity = BigInteger.squareRootCapacity(x.count)
      let object = try newLimbs(capacity)
      let scratch = try newScratch(BigInteger.squareRootScratchCapacity(x.count))
      let count = try interruptible { (interruption) -> Int in
        BigInteger.squareRoot(x.limbs, x.count, into: IntObject.limbs(object), scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      return finished(object, capacity, BigInteger.SignedCount(count))
    }
  }

  /// Bits of the magnitude of an integer.
  public func bitLength(_ a: Value) -> Int {
    withOperand(a) { (x) -> Int in BigInteger.bitLength(x.limbs, x.count) }
  }

  /// An integer from machine words, least significant first. Used where random bits or the like are made.
  public func newInt(words: UnsafePointer<UInt>, _ count: Int, isNegative: Bool = false) throws(PyError) -> Value {
    let object = try newLimbs(max(count, 1))
    let limbs = IntObject.limbs(object)
    limbs[0] = 0
    limbs.update(from: words, count: count)
    object.pointee.signedCount = isNegative ? 0 &- max(count, 1) : max(count, 1)
    return normalised(object)
  }
}
