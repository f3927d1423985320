// From any value to a number of the machine, and back.

import Numerics

extension VM {
  // MARK: Integers

  /// True for an `int`, a `bool`, or an instance of a Python subclass of `int`.
  public func isInt(_ value: Value) -> Bool {
    if value.isSmallInt { return true }
    return isPlainInt(withoutBool(unwrapped(value)))
  }

  /// True for an `int` itself.
  @inline(__always) public func isPlainInt(_ value: Value) -> Bool { value.isSmallInt || value.isObject(.int) }

  /// The integer that a value is or that its `__index__` answers, without wrappers (no boolean, no instance); `null` if it is none. May run
  /// Python code.
  public func findIndex(_ value: Value) throws(PyError) -> Value {
    if value.isSmallInt || value.isObject(.int) { return value }
    if value.isBool { return Value(smallInt: value == .true ? 1 : 0) }
    let plain = withoutBool(unwrapped(value))
    if isPlainInt(plain) { return plain }
    let answer = try unaryOrNull(.index, value)
    if answer.isNull { return .null }
    let result = withoutBool(unwrapped(answer))
    if !isPlainInt(result) { try raise(.typeError, "__index__ returned non-int (type %t)", answer) }
    return result
  }

  /// As `findIndex`; TypeError if the value is no integer.
  public func index(_ value: Value) throws(PyError) -> Value {
    let found = try findIndex(value)
    if found.isNull { try raise(.typeError, "can't convert %t to int", value) }
    return found
  }

  /// The integer as a machine word. OverflowError if it does not fit, TypeError if it is none. May run Python code (`__index__`).
  @inline(__always) public func intValue(_ value: Value) throws(PyError) -> Int {
    value.isSmallInt ? value.uncheckedSmallInt : try intValueSlow(value)
  }

  @inline(never) private func intValueSlow(_ value: Value) throws(PyError) -> Int {
    guard let integer = machineInt(try index(value)) else {
      try raise(.overflowError, "overflow converting long int to machine word")
    }
    return integer
  }

  /// An integer as a machine word, or nil if it does not fit.
  public func machineInt(_ integer: Value) -> Int? {
    if integer.isSmallInt { return integer.uncheckedSmallInt }
    return withOperand(integer) { (x) -> Int? in BigInteger.int(x) }
  }

  /// As `intValue`, but numbers beyond a machine word become its least or greatest: what slices want. May run Python code.
  @inline(__always) public func indexValue(_ value: Value) throws(PyError) -> Int {
    value.isSmallInt ? value.uncheckedSmallInt : try indexValueSlow(value)
  }

  @inline(never) private func indexValueSlow(_ value: Value) throws(PyError) -> Int {
    let integer = try index(value)
    return machineInt(integer) ?? (isNegativeInt(integer) ? Int.min : Int.max)
  }

  /// The integer modulo 2 to the 64th, as two's complement. TypeError if it is none. May run Python code.
  public func truncatedInt(_ value: Value) throws(PyError) -> UInt64 {
    if value.isSmallInt { return UInt64(truncatingIfNeeded: value.uncheckedSmallInt) }
    let integer = try index(value)
    return withOperand(integer) { (x) -> UInt64 in BigInteger.truncatedUInt64(x) }
  }

  /// The integer as 64 bits with sign. OverflowError if it does not fit. May run Python code.
  public func int64Value(_ value: Value) throws(PyError) -> Int64 {
    if value.isSmallInt { return Int64(value.uncheckedSmallInt) }
    let integer = try index(value)
    let bits = Int64(bitPattern: try truncatedInt(integer))
    let length = bitLength(integer)
    if length > 64 || length == 64 && !(isNegativeInt(integer) && bits == Int64.min) {
      try raise(.overflowError, "overflow converting long int to machine word")
    }
    return bits
  }

  /// An `int` of 64 bits, on machines of any word size.
  public func newInt(_ integer: Int64) throws(PyError) -> Value {
    if let word = Int(exactly: integer) { return try newInt(word) }
    return try newDoubleWord(integer.magnitude, isNegative: integer < 0)
  }

  /// An `int` of 64 bits without sign, on machines of any word size.
  public func newInt(_ integer: UInt64) throws(PyError) -> Value {
    if let word = UInt(exactly: integer) { return try newInt(unsigned: word) }
    return try newDoubleWord(integer, isNegative: false)
  }

  private func newDoubleWord(_ magnitude: UInt64, isNegative: Bool) throws(PyError) -> Value {
    let object = try newIntObject(limbs: BigInteger.doubleWordCapacity)
    let count = BigInteger.store(magnitude, into: IntObject.limbs(object))
    return finished(object, BigInteger.doubleWordCapacity, BigInteger.SignedCount(count, isNegative: isNegative))
  }

  // MARK: Integers and floats

  /// A float's integer part. OverflowError for infinity, ValueError for NaN.
  public func intOfFloat(_ float: PyFloat) throws(PyError) -> Value {
    // Below this every integer part fits a small integer.
    let limit = PyFloat(Value.maximalSmallInt &>> 1)
    if float > 0 - limit && float < limit { return Value(smallInt: Int(float)) }
    if float.isNaN { try raise(.valueError, "can't convert NaN to int") }
    if float.isInfinite { try raise(.overflowError, "can't convert inf to int") }
    let object = try newLimbs(BigInteger.pyFloatCapacity)
    return finished(object, BigInteger.pyFloatCapacity, BigInteger.truncate(float, into: IntObject.limbs(object)))
  }

  /// The float nearest to an integer. OverflowError if it is out of range.
  public func floatOfInt(_ integer: Value) throws(PyError) -> PyFloat {
    if integer.isSmallInt { return PyFloat(integer.uncheckedSmallInt) }
    let float = withOperand(integer) { (x) -> PyFloat in BigInteger.pyFloat(x) }
    if float.isInfinite { try raise(.overflowError, "int too large to convert to float") }
    return float
  }

  /// The float that a value is or converts to (`__float__`, `__index__`); TypeError for others. May run Python code.
  @inline(__always) public func floatValue(_ value: Value) throws(PyError) -> PyFloat {
    #if _pointerBitWidth(_64)
      if value.isTaggedFloat { return value.uncheckedTaggedFloat }
    #endif
    if value.isSmallInt { return PyFloat(value.uncheckedSmallInt) }
    return try floatValueSlow(value)
  }

  @inline(never) private func floatValueSlow(_ value: Value) throws(PyError) -> PyFloat {
    guard let float = try findFloat(value) else { try raise(.typeError, "can't convert %t to float", value) }
    return float
  }

  /// As `floatValue`, but nil for values that are no numbers. May run Python code.
  public func findFloat(_ value: Value) throws(PyError) -> PyFloat? {
    switch numberKind(value) {
    case .float: return uncheckedFloat(value)
    case .small: return PyFloat(value.uncheckedSmallInt)
    case .bool: return value == .true ? 1 : 0
    case .big: return try floatOfInt(value)
    case .none: break
    }
    if let owner = pythonClass(of: value) {
      let method = special(owner, Qstr.__float__)
      if !method.isNull {
        let answer = try call(method, value)
        let result = unwrapped(answer)
        if numberKind(result) != .float { try raise(.typeError, "__float__ returned non-float (type %t)", answer) }
        return uncheckedFloat(result)
      }
      let native = nativeValue(value)
      if !native.isNull && numberKind(native) != .none { return try findFloat(native) }
    }
    let integer = try findIndex(value)
    return integer.isNull ? nil : try floatOfInt(integer)
  }

  // MARK: Hashing

  /// The hash of an int, bool, float or complex: equal for equal numbers, whatever their types. Always fits a small integer.
  public func hashOfNumber(_ value: Value) -> Int {
    switch numberKind(value) {
    case .small: return value.uncheckedSmallInt
    case .bool: return value == .true ? 1 : 0
    case .big: return smallHash(withOperand(value) { (x) -> Int in BigInteger.hash(x) })
    case .float: return hashOfFloat(uncheckedFloat(value))
    case .none: break
    }
    guard value.isObject(.complex) else { return 0 }
    let complex = value.unchecked(ComplexObject.self).pointee
    return smallHash(hashOfFloat(complex.real) &+ 1_000_003 &* hashOfFloat(complex.imaginary))
  }

  private func hashOfFloat(_ float: PyFloat) -> Int {
    // A small integer is its own hash.
    let limit = PyFloat(Value.maximalSmallInt &>> 1)
    if float > 0 - limit && float < limit && float == float.rounded(.towardZero) { return Int(float) }
    if float.isFinite && float == float.rounded(.towardZero), let integer = Int(exactly: float), Value.fitsSmallInt(integer) {
      return integer
    }
    return smallHash(BigInteger.hash(float))
  }

  /// Cut to the size of a small integer.
  @inline(__always) private func smallHash(_ hash: Int) -> Int { (hash &<< 1) &>> 1 }
}
