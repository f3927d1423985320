// random — one generator an interpreter (xoroshiro128++), seeded by the port when it is first used. Not for secrets.
//
// The distributions are in RandomDistributions.swift.

enum RandomModule {
  static let rows: InlineArray<_, Method> = [
    Method(.seed, 0...2, randomSeed),
    Method(.getrandbits, 1...1, randomGetrandbits),
    Method(.random, 0...0, randomRandom),
    Method(.randbytes, 1...1, randomRandbytes),
    Method(.randint, 2...2, randomRandint),
    Method(.randrange, 1...3, randomRandrange),
    Method(.choice, 1...1, randomChoice),
    Method(.choices, "population, weights=None, *, cum_weights=None, k=1", randomChoices),
    Method(.shuffle, 1...1, randomShuffle),
    Method(.sample, "population, k, *, counts=None", randomSample),
    Method(.uniform, 2...2, randomUniform),
    Method(.triangular, 0...3, randomTriangular),
    Method(.gauss, 0...2, randomNormal),
    Method(.normalvariate, 0...2, randomNormal),
    Method(.lognormvariate, 0...2, randomLogNormal),
    Method(.expovariate, 0...1, randomExponential),
    Method(.paretovariate, 1...1, randomPareto),
    Method(.weibullvariate, 2...2, randomWeibull),
    Method(.gammavariate, 2...2, randomGamma),
    Method(.betavariate, 2...2, randomBeta),
    Method(.getstate, 0...0, randomGetstate),
    Method(.setstate, 1...1, randomSetstate),
  ]
}

private func randomRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: RandomModule.rows.span[index]) }

extension ModuleRow {
  static let random = ModuleRow(.random, isExtensible: true, rowCount: UInt8(RandomModule.rows.count), row: randomRow)
}

// MARK: The generator

extension VM {
  /// 64 random bits.
  public func randomWord() -> UInt64 {
    let interpreter = self.interpreter
    if interpreter.pointee.randomState == (0, 0) { seedRandomly() }
    var (a, b) = interpreter.pointee.randomState
    let sum = a &+ b
    let result = (sum &<< 17 | sum &>> 47) &+ a
    b ^= a
    a = (a &<< 49 | a &>> 15) ^ b ^ (b &<< 21)
    b = b &<< 28 | b &>> 36
    interpreter.pointee.randomState = (a, b)
    return result
  }

  /// A seed from the port.
  private func seedRandomly() {
    var seed: UInt64 = 0
    withUnsafeMutableBytes(of: &seed) { (bytes) in
      interpreter.pointee.port.randomBytes(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), 8)
    }
    seedRandom(seed)
  }

  /// Spreads a seed over the generator's state, which is never all zero.
  func seedRandom(_ seed: UInt64) {
    var state = seed
    interpreter.pointee.randomState = (mixed(&state), mixed(&state) | 1)
  }

  /// One step of a counter whose values are well mixed (splitmix64).
  private func mixed(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word &>> 31
  }

  /// A float from 0 to below 1, with all the bits a float has.
  public func randomUnit() -> PyFloat {
    let bits = PyFloat.significandBitCount &+ 1
    return PyFloat(randomWord() &>> UInt64(64 &- bits)) / PyFloat(1 &<< Int64(bits))
  }

  /// An integer below `limit`, which is above 0; all are equally likely.
  func randomBelow(_ limit: UInt64) -> UInt64 {
    let shift = UInt64((limit &- 1).leadingZeroBitCount)
    if shift >= 64 { return 0 }
    while true {
      let word = randomWord() &>> shift
      if word < limit { return word }
    }
  }

  /// As above for an integer of any size.
  fileprivate func randomBelow(_ limit: Value) throws(PyError) -> Value {
    if limit.isSmallInt { return try newInt(randomBelow(UInt64(limit.uncheckedSmallInt))) }
    let bits = bitLength(limit)
    while true {
      try pollPending()
      let candidate = try randomBits(bits)
      if try isLess(candidate, limit) { return candidate }
    }
  }

  /// An integer of so many random bits.
  fileprivate func randomBits(_ count: Int) throws(PyError) -> Value {
    if count == 0 { return Value(smallInt: 0) }
    if count <= 64 { return try newInt(randomWord() &>> UInt64(64 &- count)) }
    let width = UInt.bitWidth
    let size = count / width &+ (count % width == 0 ? 0 : 1)
    if size > Int.max / 64 { throw outOfMemory(size) }
    let bytes = UnsafeMutableRawPointer(try allocateBytes(size &* MemoryLayout<UInt>.size))
    let words = bytes.assumingMemoryBound(to: UInt.self)
    for index in 0..<size {
      if index & 0xffff == 0xffff { try pollPending() }
      words[index] = UInt(truncatingIfNeeded: randomWord() &>> 16)
      if width == 64 { words[index] ^= UInt(truncatingIfNeeded: randomWord() &<< 16) }
    }
    if count % width != 0 { words[size &- 1] &= (1 &<< UInt(count % width)) &- 1 }
    let result = try newInt(words: words, size)
    heap.free(bytes)
    return result
  }
}

// MARK: Seed and state

/// `seed(a=None)`: None asks the port; equal integers, floats, strings or bytes give equal sequences.
private func randomSeed(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let given = arguments.optional(0)
  if given.isNull || given == .none {
    vm.interpreter.pointee.randomState = (0, 0)
    return .none
  }
  let plain = vm.unwrapped(given)
  if vm.isInt(plain) {
    let integer = try vm.index(plain)
    let bits = try vm.truncatedInt(integer)
    vm.seedRandom(integer.isSmallInt ? bits : bits ^ UInt64(truncatingIfNeeded: vm.hashOfNumber(integer)) &* 0x9E37_79B9_7F4A_7C15)
  } else if vm.isString(plain) {
    vm.seedRandom(seedOfText(vm.uncheckedText(plain)))
  } else if let slot = vm.row(vm.typeID(of: plain)).buffer, let buffer = slot(vm, plain, false) {
    vm.seedRandom(seedOfText(Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false)))
  } else {
    vm.seedRandom(UInt64(bitPattern: Int64(vm.hashOfNumber(try vm.newFloat(vm.floatValue(plain))))))
  }
  return .none
}

private func seedOfText(_ text: Text) -> UInt64 {
  let low = hashBytes(text.start, text.count, seed: 1), high = hashBytes(text.start, text.count, seed: 2)
  return UInt64(high) &<< 32 | UInt64(low)
}

/// `getstate()`.
private func randomGetstate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if vm.interpreter.pointee.randomState == (0, 0) { _ = vm.randomWord() }
  let (a, b) = vm.interpreter.pointee.randomState
  return try vm.newTuple(vm.newInt(a), vm.newInt(b))
}

/// `setstate(state)`.
private func randomSetstate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let first = try vm.truncatedInt(vm.getItem(arguments[0], Value(smallInt: 0)))
  let second = try vm.truncatedInt(vm.getItem(arguments[0], Value(smallInt: 1)))
  if first == 0 && second == 0 { try vm.raise(.valueError, "state must not be zero") }
  vm.interpreter.pointee.randomState = (first, second)
  return .none
}

// MARK: Integers

/// `getrandbits(k)`.
private func randomGetrandbits(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try vm.intValue(arguments[0])
  if count < 0 { try vm.raise(.valueError, "number of bits must be non-negative") }
  return try vm.randomBits(count)
}

/// `randbytes(n)`.
private func randomRandbytes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try vm.intValue(arguments[0])
  if count < 0 { try vm.raise(.valueError, "number of bits must be non-negative") }
  var builder = StringBuilder(vm)
  var left = count
  if count > 0 { _ = try builder.reserve(count) }
  while left > 0 {
    if left & 0xffff == 0 { try vm.pollPending() }
    try builder.append(byte: UInt8(truncatingIfNeeded: vm.randomWord() &>> 24))
    left &-= 1
  }
  return try builder.finishBytes()
}

/// `randint(a, b)`: both ends included.
private func randomRandint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let low = try vm.index(arguments[0])
  let high = try vm.index(arguments[1])
  if try vm.isLess(high, low) { try vm.raise(.valueError, "empty range") }
  let width = try vm.intBinary(.add, vm.intBinary(.subtract, high, low), Value(smallInt: 1))
  return try vm.intBinary(.add, low, vm.randomBelow(width))
}

/// `randrange(start, stop=None, step=1)`.
private func randomRandrange(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let one = Value(smallInt: 1), zero = Value(smallInt: 0)
  var low = try vm.index(arguments[0])
  var high = low
  let step = arguments.count > 2 ? try vm.index(arguments[2]) : one
  let stop = arguments.optional(1)
  if stop.isNull || stop == .none { low = zero } else { high = try vm.index(stop) }
  if step == zero { try vm.raise(.valueError, "zero step for randrange()") }
  // How many numbers there are: the width divided by the step, rounded up.
  let width = try vm.intBinary(.subtract, high, low)
  let towards = try vm.isLess(zero, step) ? one : Value(smallInt: -1)
  let count = try vm.intBinary(.floorDivide, vm.intBinary(.subtract, vm.intBinary(.add, width, step), towards), step)
  if try vm.isLess(count, one) { try vm.raise(.valueError, "empty range for randrange()") }
  return try vm.intBinary(.add, low, vm.intBinary(.multiply, step, vm.randomBelow(count)))
}

// MARK: Sequences

/// `choice(sequence)`. May run Python code.
private func randomChoice(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try vm.length(arguments[0])
  if count == 0 { try vm.raise(.indexError, "cannot choose from an empty sequence") }
  return try vm.getItem(arguments[0], Value(smallInt: Int(vm.randomBelow(UInt64(count)))))
}

/// `choices(population, weights=None, *, cum_weights=None, k=1)`. May run Python code.
private func randomChoices(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let population = arguments[0]
  let count = try vm.length(population)
  let wanted = try vm.intValue(arguments[3])
  let result = try vm.newList(capacity: min(max(wanted, 0), 4096))
  if wanted <= 0 { return Value(result) }
  var sums = arguments[2]
  if arguments[1] != .none {
    if sums != .none { try vm.raise(.typeError, "Cannot specify both weights and cumulative weights") }
    sums = Value(try runningSums(vm, arguments[1]))
  }
  if count == 0 { try vm.raise(.indexError, "cannot choose from an empty sequence") }
  var total: PyFloat = 0
  if sums != .none {
    if try vm.length(sums) != count { try vm.raise(.valueError, "The number of weights does not match the population") }
    total = try vm.floatValue(vm.getItem(sums, Value(smallInt: count &- 1)))
    if !(total > 0) { try vm.raise(.valueError, "Total of weights must be greater than zero") }
    if !total.isFinite { try vm.raise(.valueError, "Total of weights must be finite") }
  }
  for turn in 0..<wanted {
    if turn & 1023 == 1023 { try vm.pollPending() }
    let position: Int
    if sums == .none {
      position = Int(vm.randomBelow(UInt64(count)))
    } else {
      position = try firstAbove(vm, sums, count, vm.randomUnit() * total)
    }
    try vm.listAppend(result, vm.getItem(population, Value(smallInt: position)))
  }
  return Value(result)
}

private func runningSums(_ vm: VM, _ weights: Value) throws(PyError) -> Ref<ListObject> {
  let iterator = try vm.getIterator(weights)
  let sums = try vm.newList()
  var total = Value(smallInt: 0)
  while true {
    let weight = try vm.next(iterator)
    if weight.isNull { return sums }
    total = try vm.binary(.add, total, weight)
    try vm.listAppend(sums, total)
  }
}

/// The first position whose sum is above a number; the last one if none is.
private func firstAbove(_ vm: VM, _ sums: Value, _ count: Int, _ number: PyFloat) throws(PyError) -> Int {
  var low = 0
  var high = count &- 1
  while low < high {
    let middle = (low &+ high) / 2
    if try vm.floatValue(vm.getItem(sums, Value(smallInt: middle))) > number { high = middle } else { low = middle &+ 1 }
  }
  return low
}

/// `shuffle(sequence)`. May run Python code, unless it is a list.
private func randomShuffle(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let sequence = arguments[0]
  if sequence.isObject(.list) {
    let list = sequence.unchecked(ListObject.self)
    var last = list.pointee.count &- 1
    while last > 0 {
      let other = Int(vm.randomBelow(UInt64(last &+ 1)))
      let item = list.pointee.items[last]
      list.pointee.items[last] = list.pointee.items[other]
      list.pointee.items[other] = item
      last &-= 1
    }
    return .none
  }
  var last = try vm.length(sequence) &- 1
  while last > 0 {
    let other = Value(smallInt: Int(vm.randomBelow(UInt64(last &+ 1))))
    let item = try vm.getItem(sequence, Value(smallInt: last))
    try vm.setItem(sequence, Value(smallInt: last), vm.getItem(sequence, other))
    try vm.setItem(sequence, other, item)
    last &-= 1
  }
  return .none
}

/// `sample(population, k, *, counts=None)`. May run Python code.
private func randomSample(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var population = arguments[0]
  if arguments[2] != .none { population = Value(try repeated(vm, population, arguments[2])) }
  let plain = vm.unwrapped(population)
  if plain.isObject(.set) || plain.isObject(.frozenset) || plain.isObject(.dict) {
    try vm.raise(.typeError, "Population must be a sequence.  For dicts or sets, use sorted(d).")
  }
  let count = try vm.length(population)
  let wanted = try vm.intValue(arguments[1])
  if wanted < 0 || wanted > count { try vm.raise(.valueError, "Sample larger than population or is negative") }
  let result = try vm.newList(capacity: wanted)
  // A shuffle of which only the moved places are written down.
  let moved = try vm.newDict()
  for turn in 0..<wanted {
    if turn & 1023 == 1023 { try vm.pollPending() }
    let last = Value(smallInt: count &- 1 &- turn)
    let place = Value(smallInt: Int(vm.randomBelow(UInt64(count &- turn))))
    let chosen = try vm.dictGet(moved, place)
    let replacement = try vm.dictGet(moved, last)
    try vm.dictSet(moved, place, replacement.isNull ? last : replacement)
    try vm.listAppend(result, vm.getItem(population, chosen.isNull ? place : chosen))
  }
  return Value(result)
}

/// A list in which each item stands as often as its count says.
private func repeated(_ vm: VM, _ population: Value, _ counts: Value) throws(PyError) -> Ref<ListObject> {
  let list = try vm.newList()
  let items = try vm.getIterator(population)
  let numbers = try vm.getIterator(counts)
  while true {
    let item = try vm.next(items)
    let number = try vm.next(numbers)
    if item.isNull != number.isNull { try vm.raise(.valueError, "The number of counts does not match the population") }
    if item.isNull { return list }
    let count = try vm.intValue(number)
    if count < 0 { try vm.raise(.valueError, "Counts must be non-negative") }
    for turn in 0..<count {
      if turn & 1023 == 1023 { try vm.pollPending() }
      try vm.listAppend(list, item)
    }
  }
}

// MARK: Floats

/// `random()`.
private func randomRandom(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newFloat(vm.randomUnit()) }

/// `uniform(a, b)`.
private func randomUniform(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let low = try vm.floatValue(arguments[0])
  let high = try vm.floatValue(arguments[1])
  return try vm.newFloat(low + (high - low) * vm.randomUnit())
}
