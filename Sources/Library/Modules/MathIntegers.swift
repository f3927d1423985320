// math, second part: functions on integers of any size. MathSums.swift has the functions on many floats.

/// The product of all integers from `low` to `high`, by halves, so that the big factors are about equally long.
private func product(_ vm: VM, _ low: Int, _ high: Int) throws(PyError) -> Value {
  if high &- low < 8 {
    var result = Value(smallInt: 1)
    var factor = low
    while factor <= high {
      result = try vm.intBinary(.multiply, result, vm.newInt(factor))
      factor &+= 1
    }
    return result
  }
  try vm.pollPending()
  let middle = low &+ (high &- low) / 2
  return try vm.intBinary(.multiply, product(vm, low, middle), product(vm, middle &+ 1, high))
}

/// `factorial(n)`.
func mathFactorial(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try vm.intValue(arguments[0])
  if count < 0 { try vm.raise(.valueError, "negative factorial") }
  return try product(vm, 1, count)
}

/// An integer argument that is not negative.
private func natural(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let integer = try vm.index(value)
  if try vm.isLess(integer, Value(smallInt: 0)) { try vm.raise(.valueError, "must be a non-negative integer") }
  return integer
}

/// `comb(n, k)`. Linear in the smaller of k and n - k.
func mathComb(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let n = try natural(vm, arguments[0])
  var k = try natural(vm, arguments[1])
  if try vm.isLess(n, k) { return Value(smallInt: 0) }
  let other = try vm.intBinary(.subtract, n, k)
  if try vm.isLess(other, k) { k = other }
  let count = try vm.intValue(k)
  var result = Value(smallInt: 1)
  var factor = try vm.intBinary(.subtract, n, k)
  var index = 1
  while index <= count {
    if index & 255 == 0 { try vm.pollPending() }
    factor = try vm.intBinary(.add, factor, Value(smallInt: 1))
    result = try vm.intBinary(.floorDivide, vm.intBinary(.multiply, result, factor), Value(smallInt: index))
    index &+= 1
  }
  return result
}

/// `perm(n, k=None)`.
func mathPerm(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let n = try natural(vm, arguments[0])
  let given = arguments.optional(1)
  let k = given.isNull || given == .none ? n : try natural(vm, given)
  if try vm.isLess(n, k) { return Value(smallInt: 0) }
  let count = try vm.intValue(k)
  if n.isSmallInt { return try product(vm, n.uncheckedSmallInt &- count &+ 1, n.uncheckedSmallInt) }
  var result = Value(smallInt: 1)
  var factor = n
  for index in 0..<count {
    if index & 255 == 0 { try vm.pollPending() }
    result = try vm.intBinary(.multiply, result, factor)
    factor = try vm.intBinary(.subtract, factor, Value(smallInt: 1))
  }
  return result
}

/// `gcd(*integers)`.
func mathGcd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var result = Value(smallInt: 0)
  for index in 0..<arguments.count { result = try vm.greatestCommonDivisor(result, vm.index(arguments[index])) }
  return result
}

/// `lcm(*integers)`.
func mathLcm(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let zero = Value(smallInt: 0)
  var result = Value(smallInt: 1)
  for index in 0..<arguments.count {
    let integer = try vm.absoluteInt(vm.index(arguments[index]))
    if integer == zero || result == zero {
      result = zero
      continue
    }
    let divisor = try vm.greatestCommonDivisor(result, integer)
    result = try vm.intBinary(.multiply, vm.intBinary(.floorDivide, result, divisor), integer)
  }
  return result
}

/// `isqrt(n)`.
func mathIsqrt(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let integer = try vm.index(arguments[0])
  if try vm.isLess(integer, Value(smallInt: 0)) { try vm.raise(.valueError, "isqrt() argument must be nonnegative") }
  return try vm.integerSquareRoot(integer)
}
