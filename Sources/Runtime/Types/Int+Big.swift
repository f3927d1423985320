// Big integers: operands as Numerics wants them, memory for results and scratch, and the operators.
//
// Numerics allocates nothing. Each operator here asks for the size of the result, makes an `IntObject` of that size, and cuts it down to what
// was used. Long work polls the interpreter's pending word through `interruptible`.

import Numerics

/// What a poll of a long computation needs, and the exception it met.
private struct LongWork {
  var vm: VM
  var error: Value
}

/// Runs what is pending; true if that raised.
private func pollLongWork(_ context: UnsafeMutableRawPointer?) -> Bool {
  let work = context.unsafelyUnwrapped.assumingMemoryBound(to: LongWork.self)
  do throws(PyError) {
    try work.pointee.vm.pollPending()
    return false
  } catch {
    work.pointee.error = error.value
    return true
  }
}

extension VM {
  // MARK: Operands

  /// Hands an integer (small or big, not a boolean) to `body` as Numerics wants it. Valid during the call only.
  @inline(__always)
  func withOperand<Result, Failure: Error>(
    _ value: Value, _ body: (BigInteger.Operand) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if value.isSmallInt {
      let integer = value.uncheckedSmallInt
      var limb = integer.magnitude
      return try withUnsafeMutablePointer(to: &limb) { (pointer) throws(Failure) -> Result in
        try body(BigInteger.Operand(UnsafePointer(pointer), integer == 0 ? 0 : 1, isNegative: integer < 0))
      }
    }
    let object: Ref<IntObject> = value.unchecked()
    let count = object.pointee.signedCount
    return try body(BigInteger.Operand(UnsafePointer(IntObject.limbs(object)), Int(bitPattern: count.magnitude), isNegative: count < 0))
  }

  /// As `withOperand`, for two.
  @inline(__always)
  func withOperands<Result>(
    _ a: Value, _ b: Value, _ body: (BigInteger.Operand, BigInteger.Operand) throws(PyError) -> Result
  ) throws(PyError) -> Result {
    try withOperand(a) { (x) throws(PyError) -> Result in
      try withOperand(b) { (y) throws(PyError) -> Result in try body(x, y) }
    }
  }

  // MARK: Memory

  /// An integer object with room for so many limbs. MemoryError if that is more than any heap has.
  @inline(__always) func newLimbs(_ limbs: Int) throws(PyError) -> Ref<IntObject> {
    guard limbs >= 0 && limbs < Int.max / 32 else { throw outOfMemory(limbs) }
    return try newIntObject(limbs: limbs)
  }

  /// Scratch memory for a computation; `free` it afterwards, or leave it to the collector if something was thrown.
  @inline(__always) func newScratch(_ limbs: Int) throws(PyError) -> UnsafeMutablePointer<UInt> {
    if limbs == 0 { return UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped }
    guard limbs > 0 && limbs < Int.max / 32 else { throw outOfMemory(limbs) }
    return UnsafeMutableRawPointer(try allocateBytes(limbs &* MemoryLayout<UInt>.size)).assumingMemoryBound(to: UInt.self)
  }

  @inline(__always) func freeScratch(_ scratch: UnsafeMutablePointer<UInt>) {
    if UInt(bitPattern: scratch) != 16 { heap.free(UnsafeMutableRawPointer(scratch)) }
  }

  /// The integer of an object whose limbs were written: without leading zero limbs, as a small integer if it fits (the object is freed).
  public func normalised(_ object: Ref<IntObject>) -> Value {
    let count = object.pointee.signedCount
    let size = Int(bitPattern: count.magnitude)
    return finished(object, size, BigInteger.SignedCount(BigInteger.normalized(IntObject.limbs(object), size), isNegative: count < 0))
  }

  /// The integer of an object of `capacity` limbs of which a computation used some.
  func finished(_ object: Ref<IntObject>, _ capacity: Int, _ used: BigInteger.SignedCount) -> Value {
    let count = used.count
    if count <= 1 {
      let magnitude = count == 0 ? 0 : IntObject.limbs(object)[0]
      let limit = UInt(bitPattern: Value.maximalSmallInt)
      if magnitude <= limit || used.isNegative && magnitude == limit &+ 1 {
        heap.free(UnsafeMutableRawPointer(object))
        let integer = Int(bitPattern: magnitude)
        return Value(smallInt: used.isNegative ? 0 &- integer : integer)
      }
    }
    object.pointee.signedCount = used.isNegative ? 0 &- count : count
    if capacity &- count >= 4 {
      let header = MemoryLayout<IntObject>.size, limb = MemoryLayout<UInt>.size
      heap.shrink(UnsafeMutableRawPointer(object), from: header &+ capacity &* limb, to: header &+ count &* limb)
    }
    return Value(object)
  }

  /// Runs a computation that may take long; throws what polling raised meanwhile. May run Python code (scheduled callbacks).
  @inline(__always)
  func interruptible<Result>(_ body: (inout Interruption) -> Result) throws(PyError) -> Result {
    var work = LongWork(vm: self, error: .null)
    let result = withUnsafeMutablePointer(to: &work) { (pointer) -> Result in
      var interruption = Interruption(context: UnsafeMutableRawPointer(pointer), poll: { pollLongWork($0) })
      return body(&interruption)
    }
    if !work.error.isNull { throw PyError(work.error) }
    return result
  }

  // MARK: Operators

  /// Any operator on two integers of which at least one is big; `null` if the operator is not theirs.
  @inline(never) func bigBinary(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws(PyError) -> Value {
    switch operation {
    case .less, .more, .equal, .lessEqual, .moreEqual, .notEqual: return orderAsResult(operation, compareInts(a, b))
    case .add, .inPlaceAdd: return try bigAdd(a, b)
    case .subtract, .inPlaceSubtract: return try bigSubtract(a, b)
    case .multiply, .inPlaceMultiply: return try bigMultiply(a, b)
    case .and, .inPlaceAnd:
      if b.isSmallInt && b.uncheckedSmallInt >= 0 { return maskedInt(a, b.uncheckedSmallInt) }
      if a.isSmallInt && a.uncheckedSmallInt >= 0 { return maskedInt(b, a.uncheckedSmallInt) }
      return try bigBitwise(a, b, .and)
    case .or, .inPlaceOr: return try bigBitwise(a, b, .or)
    case .xor, .inPlaceXor: return try bigBitwise(a, b, .xor)
    case .shiftLeft, .inPlaceShiftLeft: return try bigShiftLeft(a, shiftCount(b))
    case .shiftRight, .inPlaceShiftRight: return try bigShiftRight(a, b)
    case .floorDivide, .inPlaceFloorDivide: return try bigDivide(a, b, .quotient)
    case .modulo, .inPlaceModulo: return try bigDivide(a, b, .remainder)
    case .divmod: return try bigDivide(a, b, .both)
    case .trueDivide, .inPlaceTrueDivide: return try bigTrueDivide(a, b)
    case .power, .inPlacePower: return try bigPower(a, b)
    default: return .null
    }
  }

  /// -1, 0 or 1 as the integer a is below, equal to or above b.
  func compareInts(_ a: Value, _ b: Value) -> Int {
    if a.isSmallInt && b.isSmallInt { return a.uncheckedSmallInt < b.uncheckedSmallInt ? -1 : a == b ? 0 : 1 }
    // A big integer lies beyond every small one: its sign decides.
    if a.isSmallInt { return b.unchecked(IntObject.self).pointee.signedCount < 0 ? 1 : -1 }
    if b.isSmallInt { return a.unchecked(IntObject.self).pointee.signedCount < 0 ? -1 : 1 }
    return withOperand(a) { (x) -> Int in withOperand(b) { (y) -> Int in BigInteger.compare(x, y) } }
  }

  private func bigAdd(_ a: Value, _ b: Value) throws(PyError) -> Value {
    try withOperands(a, b) { (x, y) throws(PyError) -> Value in
      let capacity = BigInteger.addCapacity(x.count, y.count)
      let object = try newLimbs(capacity)
      return finished(object, capacity, BigInteger.add(x, y, into: IntObject.limbs(object)))
    }
  }

  private func bigSubtract(_ a: Value, _ b: Value) throws(PyError) -> Value {
    try withOperands(a, b) { (x, y) throws(PyError) -> Value in
      let capacity = BigInteger.addCapacity(x.count, y.count)
      let object = try newLimbs(capacity)
      return finished(object, capacity, BigInteger.subtract(x, y, into: IntObject.limbs(object)))
    }
  }

  func bigMultiply(_ a: Value, _ b: Value) throws(PyError) -> Value {
    try withOperands(a, b) { (x, y) throws(PyError) -> Value in
      if x.count == 0 || y.count == 0 { return Value(smallInt: 0) }
      let capacity = BigInteger.multiplyCapacity(x.count, y.count)
      let object = try newLimbs(capacity)
      let scratch = try newScratch(BigInteger.multiplyScratchCapacity(x.count, y.count))
      let used = try interruptible { (interruption) -> BigInteger.SignedCount in
        BigInteger.multiply(x, y, into: IntObject.limbs(object), scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      return finished(object, capacity, used)
    }
  }

  /// `a & mask` for a big integer and a small mask that is not negative: only the lowest limb matters.
  private func maskedInt(_ a: Value, _ mask: Int) -> Value {
    let object: Ref<IntObject> = a.unchecked()
    let low = IntObject.limbs(object)[0]
    return Value(smallInt: Int(bitPattern: object.pointee.signedCount < 0 ? 0 &- low : low) & mask)
  }

  private func bigBitwise(_ a: Value, _ b: Value, _ operation: BinaryOperator) throws(PyError) -> Value {
    try withOperands(a, b) { (x, y) throws(PyError) -> Value in
      let capacity = BigInteger.bitwiseCapacity(x.count, y.count)
      let object = try newLimbs(capacity)
      let limbs = IntObject.limbs(object)
      let used: BigInteger.SignedCount
      switch operation {
      case .and: used = BigInteger.and(x, y, into: limbs)
      case .or: used = BigInteger.or(x, y, into: limbs)
      default: used = BigInteger.xor(x, y, into: limbs)
      }
      return finished(object, capacity, used)
    }
  }

  /// The count of a shift to the left.
  private func shiftCount(_ value: Value) throws(PyError) -> Int {
    if value.isSmallInt {
      if value.uncheckedSmallInt < 0 { try raiseNegativeShift() }
      return value.uncheckedSmallInt
    }
    if value.unchecked(IntObject.self).pointee.signedCount < 0 { try raiseNegativeShift() }
    return Int.max
  }

  /// `a << count`. MemoryError if the result is beyond the heap.
  @inline(never) func bigShiftLeft(_ a: Value, _ count: Int) throws(PyError) -> Value {
    try withOperand(a) { (x) throws(PyError) -> Value in
      if x.count == 0 { return Value(smallInt: 0) }
      if count > Int.max &- 8 &* UInt.bitWidth { try raise(.overflowError, "overflow converting long int to machine word") }
      let capacity = BigInteger.shiftLeftCapacity(x.count, count)
      let object = try newLimbs(capacity)
      let used = BigInteger.shiftLeft(x.limbs, x.count, by: count, into: IntObject.limbs(object))
      return finished(object, capacity, BigInteger.SignedCount(used, isNegative: x.isNegative))
    }
  }

  private func bigShiftRight(_ a: Value, _ b: Value) throws(PyError) -> Value {
    let count = try shiftCount(b)
    return try withOperand(a) { (x) throws(PyError) -> Value in
      if count / UInt.bitWidth >= x.count { return Value(smallInt: x.isNegative ? -1 : 0) }
      let capacity = BigInteger.shiftRightCapacity(x.count, count)
      let object = try newLimbs(capacity)
      return finished(object, capacity, BigInteger.shiftRight(x, by: count, into: IntObject.limbs(object)))
    }
  }

  /// Which results of a division are wanted.
  enum DivisionPart {
    case quotient, remainder, both
  }

  /// Division rounded to minus infinity. Answers the quotient, the remainder, or a tuple of both.
  func bigDivide(_ a: Value, _ b: Value, _ part: DivisionPart) throws(PyError) -> Value {
    try withOperands(a, b) { (x, y) throws(PyError) -> Value in
      if y.count == 0 { try raiseDivideByZero() }
      if y.count == 1 { return try divide(x, byLimb: y, part) }
      let quotientCapacity = BigInteger.quotientCapacity(x.count, y.count)
      let remainderCapacity = BigInteger.remainderCapacity(x.count, y.count)
      let quotient = try newLimbs(quotientCapacity)
      let remainder = try newLimbs(remainderCapacity)
      let scratch = try newScratch(BigInteger.divideScratchCapacity(x.count, y.count))
      let division = try interruptible { (interruption) -> BigInteger.Division in
        BigInteger.divideFloor(
          x, y, quotient: IntObject.limbs(quotient), remainder: IntObject.limbs(remainder), scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      if part == .remainder {
        heap.free(UnsafeMutableRawPointer(quotient))
        return finished(remainder, remainderCapacity, division.remainder)
      }
      let first = finished(quotient, quotientCapacity, division.quotient)
      if part == .both { return try newTuple(first, finished(remainder, remainderCapacity, division.remainder)) }
      heap.free(UnsafeMutableRawPointer(remainder))
      return first
    }
  }

  /// As above for a divisor of one limb: a remainder alone needs no memory.
  private func divide(_ x: BigInteger.Operand, byLimb y: BigInteger.Operand, _ part: DivisionPart) throws(PyError) -> Value {
    let divisor = y.limbs[0]
    let isOpposite = x.isNegative != y.isNegative
    var remainder: UInt
    var first = Value.null
    if part == .remainder {
      remainder = BigInteger.remainderSmall(x.limbs, x.count, by: divisor)
    } else {
      let quotient = try newLimbs(x.count &+ 1)
      let limbs = IntObject.limbs(quotient)
      remainder = BigInteger.divideSmall(x.limbs, x.count, by: divisor, quotient: limbs)
      limbs[x.count] = 0
      if isOpposite && remainder != 0 {
        // Away from zero, that is, down.
        var index = 0
        while true {
          limbs[index] &+= 1
          if limbs[index] != 0 { break }
          index &+= 1
        }
      }
      quotient.pointee.signedCount = isOpposite ? 0 &- (x.count &+ 1) : x.count &+ 1
      first = normalised(quotient)
      if part == .quotient { return first }
    }
    if isOpposite && remainder != 0 { remainder = divisor &- remainder }
    let second = y.isNegative ? try negatedInt(newInt(unsigned: remainder)) : try newInt(unsigned: remainder)
    return part == .remainder ? second : try newTuple(first, second)
  }

  /// `a / b` as a float, correctly rounded.
  @inline(never) func bigTrueDivide(_ a: Value, _ b: Value) throws(PyError) -> Value {
    let quotient = try withOperands(a, b) { (x, y) throws(PyError) -> PyFloat in
      if y.count == 0 { try raiseDivideByZero() }
      if x.count == 0 { return y.isNegative ? -0.0 : 0.0 }
      let scratch = try newScratch(BigInteger.trueDivideScratchCapacity(x.count, y.count))
      let result = try interruptible { (interruption) -> PyFloat in
        BigInteger.pyTrueDivide(x, y, scratch: scratch, interruption: &interruption)
      }
      freeScratch(scratch)
      return result
    }
    if quotient.isInfinite { try raise(.overflowError, "integer division result too large for a float") }
    return try newFloat(quotient)
  }

  // MARK: Unary

  /// `-a`.
  func negatedInt(_ a: Value) throws(PyError) -> Value {
    if a.isSmallInt { return try newInt(0 &- a.uncheckedSmallInt) }
    let source: Ref<IntObject> = a.unchecked()
    let size = Int(bitPattern: source.pointee.signedCount.magnitude)
    let object = try newLimbs(size)
    IntObject.limbs(object).update(from: IntObject.limbs(source), count: size)
    // The least small integer has a big negation; its negation is small.
    return finished(object, size, BigInteger.SignedCount(size, isNegative: source.pointee.signedCount > 0))
  }

  /// `~a`.
  func invertedInt(_ a: Value) throws(PyError) -> Value {
    if a.isSmallInt { return Value(smallInt: ~a.uncheckedSmallInt) }
    return try withOperand(a) { (x) throws(PyError) -> Value in
      let object = try newLimbs(x.count &+ 1)
      return finished(object, x.count &+ 1, BigInteger.not(x, into: IntObject.limbs(object)))
    }
  }

  /// True for an integer below zero.
  @inline(__always) func isNegativeInt(_ a: Value) -> Bool {
    a.isSmallInt ? a.uncheckedSmallInt < 0 : a.unchecked(IntObject.self).pointee.signedCount < 0
  }

  /// `|a|`.
  public func absoluteInt(_ a: Value) throws(PyError) -> Value { isNegativeInt(a) ? try negatedInt(a) : a }
}
