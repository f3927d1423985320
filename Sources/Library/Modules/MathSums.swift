// math, third part: sums, products and lengths of many numbers, without loss of digits on the way.

import Platform

/// A growing array of floats in the collector's heap.
private struct FloatBuffer {
  let vm: VM
  var items: UnsafeMutablePointer<PyFloat>
  var count = 0
  private var capacity = 16

  init(_ vm: VM) throws(PyError) {
    self.vm = vm
    items = try FloatBuffer.allocate(vm, 16)
  }

  private static func allocate(_ vm: VM, _ capacity: Int) throws(PyError) -> UnsafeMutablePointer<PyFloat> {
    UnsafeMutableRawPointer(try vm.allocateBytes(capacity &* MemoryLayout<PyFloat>.size)).assumingMemoryBound(to: PyFloat.self)
  }

  mutating func append(_ float: PyFloat) throws(PyError) {
    if count == capacity {
      if capacity > Int.max / 64 { throw vm.outOfMemory(capacity) }
      let larger = try FloatBuffer.allocate(vm, capacity &* 2)
      larger.update(from: items, count: count)
      free()
      items = larger
      capacity &*= 2
    }
    items[count] = float
    count &+= 1
  }

  func free() { vm.heap.free(UnsafeMutableRawPointer(items)) }
}

/// The sum of two floats and what rounding took from it.
@inline(__always) private func exactSum(_ a: PyFloat, _ b: PyFloat) -> (sum: PyFloat, error: PyFloat) {
  let sum = a + b
  let part = sum - a
  return (sum, (a - (sum - part)) + (b - part))
}

// MARK: fsum

/// `fsum(iterable)`: the exact sum, rounded once. Keeps partial sums that do not overlap. May run Python code.
func mathFsum(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let iterator = try vm.getIterator(arguments[0])
  var partials = try FloatBuffer(vm)
  // Infinities and NaNs are summed apart.
  var special: PyFloat = 0
  var hasSpecial = false
  while true {
    let value = try vm.next(iterator)
    if value.isNull { break }
    let original = try vm.floatValue(value)
    if !original.isFinite {
      if special.isInfinite && original.isInfinite && special != original { try vm.raise(.valueError, "-inf + inf in fsum") }
      special += original
      hasSpecial = true
      continue
    }
    try addPartial(&partials, original)
  }
  if hasSpecial { return try vm.newFloat(special) }
  let result = roundedPartials(partials)
  partials.free()
  return try vm.newFloat(result)
}

private func addPartial(_ partials: inout FloatBuffer, _ original: PyFloat) throws(PyError) {
  var x = original
  var kept = 0
  for index in 0..<partials.count {
    var y = partials.items[index]
    if x.magnitude < y.magnitude { swap(&x, &y) }
    let high = x + y
    let low = y - (high - x)
    if low != 0 {
      partials.items[kept] = low
      kept &+= 1
    }
    x = high
  }
  if !x.isFinite { try partials.vm.raise(.overflowError, "intermediate overflow in fsum") }
  partials.count = kept
  if x != 0 { try partials.append(x) }
}

/// The sum of partial sums in rising order, rounded half to even.
private func roundedPartials(_ partials: FloatBuffer) -> PyFloat {
  var index = partials.count &- 1
  if index < 0 { return 0 }
  var high = partials.items[index]
  var low: PyFloat = 0
  while index > 0 {
    index &-= 1
    let x = high
    let y = partials.items[index]
    high = x + y
    low = y - (high - x)
    if low != 0 { break }
  }
  // A tie must be broken by what follows below.
  if index > 0 && (low < 0 && partials.items[index &- 1] < 0 || low > 0 && partials.items[index &- 1] > 0) {
    let doubled = low * 2
    let x = high + doubled
    if doubled == x - high { high = x }
  }
  return high
}

// MARK: Products

/// `prod(iterable, /, *, start=1)`. May run Python code.
func mathProd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let iterator = try vm.getIterator(arguments[0])
  var result = arguments[1]
  while true {
    let value = try vm.next(iterator)
    if value.isNull { return result }
    result = try vm.binary(.multiply, result, value)
  }
}

/// `sumprod(p, q)`. Products of floats are summed with twice the digits. May run Python code.
func mathSumprod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let left = try vm.getIterator(arguments[0])
  let right = try vm.getIterator(arguments[1])
  var total = Value(smallInt: 0)
  var high: PyFloat = 0
  var low: PyFloat = 0
  var hasFloats = false
  while true {
    let a = try vm.next(left)
    let b = try vm.next(right)
    if a.isNull != b.isNull { try vm.raise(.valueError, "Inputs are not the same length") }
    if a.isNull { break }
    let first = vm.typeID(of: a), second = vm.typeID(of: b)
    if (first == .float && (second == .float || second == .int)) || (first == .int && second == .float) {
      let x = try vm.floatValue(a), y = try vm.floatValue(b)
      let product = x * y
      let (sum, error) = exactSum(high, product)
      high = sum
      if product.isFinite && sum.isFinite { low += error + platform_fma(x, y, -product) }
      hasFloats = true
    } else {
      total = try vm.binary(.add, total, vm.binary(.multiply, a, b))
    }
  }
  return hasFloats ? try vm.binary(.add, total, vm.newFloat(high + low)) : total
}

// MARK: Lengths

/// The square root of the sum of squares. Nothing overflows on the way; the result is off by less than a unit of its last place.
private func length(_ vector: FloatBuffer) -> PyFloat {
  var largest: PyFloat = 0
  var hasNaN = false
  for index in 0..<vector.count {
    let magnitude = vector.items[index].magnitude
    if magnitude.isNaN { hasNaN = true } else if magnitude > largest { largest = magnitude }
  }
  if largest.isInfinite { return largest }
  if hasNaN { return .nan }
  if largest == 0 || vector.count == 1 { return largest }
  var exponent: Int32 = 0
  _ = platform_frexp(largest, &exponent)
  var high: PyFloat = 0
  var low: PyFloat = 0
  for index in 0..<vector.count {
    let x = platform_ldexp(vector.items[index], 0 &- exponent)
    let square = x * x
    let (sum, error) = exactSum(high, square)
    high = sum
    low += error + platform_fma(x, x, -square)
  }
  let root = (high + low).squareRoot()
  let corrected = root + (platform_fma(-root, root, high) + low) / (2 * root)
  return platform_ldexp(corrected, exponent)
}

/// `hypot(*coordinates)`.
func mathHypot(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var vector = try FloatBuffer(vm)
  for index in 0..<arguments.count { try vector.append(vm.floatValue(arguments[index])) }
  let result = length(vector)
  vector.free()
  return try vm.newFloat(result)
}

/// `dist(p, q)`. May run Python code.
func mathDist(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let left = try vm.getIterator(arguments[0])
  let right = try vm.getIterator(arguments[1])
  var vector = try FloatBuffer(vm)
  while true {
    let a = try vm.next(left)
    let b = try vm.next(right)
    if a.isNull != b.isNull { try vm.raise(.valueError, "both points must have the same number of dimensions") }
    if a.isNull { break }
    try vector.append(vm.floatValue(a) - vm.floatValue(b))
  }
  let result = length(vector)
  vector.free()
  return try vm.newFloat(result)
}
