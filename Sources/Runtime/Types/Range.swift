// range — an arithmetic progression of whole numbers of any size. Where the three numbers are small integers everything is done with machine
// integers; else with Python's own arithmetic.

private enum RangeType {
  static let methods: InlineArray<_, Method> = [
    Method(.count, 2...2, rangeCountMethod), Method(.index, 2...2, rangeIndexMethod), Method(.start, getter: rangeStart),
    Method(.stop, getter: rangeStop), Method(.step, getter: rangeStep), Method(.__len__, 1...1, nativeLength),
    Method(.__iter__, 1...1, nativeIterator), Method(.__contains__, 2...2, nativeContains), Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__reversed__, 1...1, nativeReversed),
  ]
}

private func rangeMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: RangeType.methods.span[index]) }

extension TypeRow {
  static let range = TypeRow(
    .range, isSubclassable: false, methodCount: UInt8(RangeType.methods.count), method: rangeMethod, make: rangeMake, print: rangePrint,
    unary: rangeUnary, binary: rangeBinary, getItem: rangeGetItem, iterate: iterateSequence)
}

extension RangeObject {
  /// How many numbers a range of small integers has; nil if one of its three is a big integer or the count is beyond the machine's integers.
  @inline(__always) static func smallCount(_ range: Ref<RangeObject>) -> Int? {
    guard range.pointee.start.bits & range.pointee.stop.bits & range.pointee.step.bits & 1 != 0 else { return nil }
    let start = range.pointee.start.uncheckedSmallInt
    let stop = range.pointee.stop.uncheckedSmallInt
    let step = range.pointee.step.uncheckedSmallInt
    if step > 0 { return stop > start ? (stop &- start &- 1) / step &+ 1 : 0 }
    return start > stop ? (start &- stop &- 1) / (0 &- step) &+ 1 : 0
  }

  /// The number at a valid position of a range of small integers.
  @inline(__always) static func smallItem(_ range: Ref<RangeObject>, _ position: Int) -> Value {
    Value(smallInt: range.pointee.start.uncheckedSmallInt &+ position &* range.pointee.step.uncheckedSmallInt)
  }
}

extension VM {
  /// A range of three `int` values; the step is not zero. Allocates.
  func newRange(_ start: Value, _ stop: Value, _ step: Value) throws(PyError) -> Value {
    let object = try allocate(RangeObject.self)
    object.initialize(to: RangeObject(header: ObjectHeader(.range), start: start, stop: stop, step: step))
    return Value(object)
  }

  /// `len(range)` as an `int` of any size.
  func rangeCount(_ range: Ref<RangeObject>) throws(PyError) -> Value {
    if let count = RangeObject.smallCount(range) { return try newInt(count) }
    let zero = Value(smallInt: 0)
    let isUp = try isLess(zero, range.pointee.step)
    let distance =
      isUp
      ? try binary(.subtract, range.pointee.stop, range.pointee.start) : try binary(.subtract, range.pointee.start, range.pointee.stop)
    if try !isLess(zero, distance) { return zero }
    let step = isUp ? range.pointee.step : try binary(.subtract, zero, range.pointee.step)
    let last = try binary(.floorDivide, binary(.subtract, distance, Value(smallInt: 1)), step)
    return try binary(.add, last, Value(smallInt: 1))
  }

  /// The number at a position, or `null` if the position is not below the count. The position is an `int` not below zero.
  func rangeItem(_ range: Ref<RangeObject>, _ position: Value) throws(PyError) -> Value {
    if position.isSmallInt, let count = RangeObject.smallCount(range) {
      return position.uncheckedSmallInt < count ? RangeObject.smallItem(range, position.uncheckedSmallInt) : .null
    }
    if try !isLess(position, rangeCount(range)) { return .null }
    return try rangeNumber(range, position)
  }

  /// `start + position * step`.
  private func rangeNumber(_ range: Ref<RangeObject>, _ position: Value) throws(PyError) -> Value {
    try binary(.add, range.pointee.start, binary(.multiply, position, range.pointee.step))
  }

  /// The range backwards. Allocates.
  func rangeReversed(_ range: Ref<RangeObject>) throws(PyError) -> Value {
    let count = try rangeCount(range)
    let last = try rangeNumber(range, binary(.subtract, count, Value(smallInt: 1)))
    return try newRange(
      last, binary(.subtract, range.pointee.start, range.pointee.step), binary(.subtract, Value(smallInt: 0), range.pointee.step))
  }

  /// The position of a number in a range as an `int`, or `null`.
  fileprivate func rangePosition(_ range: Ref<RangeObject>, _ number: Value) throws(PyError) -> Value {
    let (start, stop, step) = (range.pointee.start, range.pointee.stop, range.pointee.step)
    if number.isSmallInt, let count = RangeObject.smallCount(range) {
      let offset = number.uncheckedSmallInt &- start.uncheckedSmallInt
      let position = offset / step.uncheckedSmallInt
      return offset % step.uncheckedSmallInt == 0 && position >= 0 && position < count ? Value(smallInt: position) : .null
    }
    let zero = Value(smallInt: 0)
    let isUp = try isLess(zero, step)
    if try isUp ? isLess(number, start) : isLess(start, number) { return .null }
    if try isUp ? !isLess(number, stop) : !isLess(stop, number) { return .null }
    let offset = try binary(.subtract, number, start)
    return try isTrue(binary(.modulo, offset, step)) ? .null : try binary(.floorDivide, offset, step)
  }
}

// MARK: Slots

private func rangeMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 3)
  let first = try vm.index(arguments[0])
  if arguments.count == 1 { return try vm.newRange(Value(smallInt: 0), first, Value(smallInt: 1)) }
  let stop = try vm.index(arguments[1])
  let step = arguments.count > 2 ? try vm.index(arguments[2]) : Value(smallInt: 1)
  if step == Value(smallInt: 0) { try vm.raise(.valueError, "zero step") }
  return try vm.newRange(first, stop, step)
}

private func rangePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let range = value.unchecked(RangeObject.self)
  try builder.append("range(")
  try vm.print(range.pointee.start, &builder, .repr)
  try builder.append(", ")
  try vm.print(range.pointee.stop, &builder, .repr)
  if range.pointee.step != Value(smallInt: 1) {
    try builder.append(", ")
    try vm.print(range.pointee.step, &builder, .repr)
  }
  try builder.append(byte: 41)
}

private func rangeUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let range = value.unchecked(RangeObject.self)
  switch op {
  case .length:
    let count = try vm.rangeCount(range)
    if vm.machineInt(count) == nil { try vm.raise(.overflowError, "range has too many items") }
    return count
  case .bool: return Value(try vm.rangeCount(range) != Value(smallInt: 0))
  case .hash:
    // Equal ranges hash alike: the count, the first number and the step say all, as far as they matter.
    let count = try vm.rangeCount(range)
    var hash = combineHash(0x345678, try vm.hash32(count))
    if count == Value(smallInt: 0) { return Value(smallInt: Int(bitPattern: hash &>> 2)) }
    hash = combineHash(hash, try vm.hash32(range.pointee.start))
    if count != Value(smallInt: 1) { hash = combineHash(hash, try vm.hash32(range.pointee.step)) }
    return Value(smallInt: Int(bitPattern: hash &>> 2))
  default: return .null
  }
}

private func rangeBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  switch op {
  case .equal, .notEqual:
    guard left.isObject(.range), right.isObject(.range) else { return .null }
    return Value(try rangeEquals(vm, left.unchecked(RangeObject.self), right.unchecked(RangeObject.self)) == (op == .equal))
  case .contains:
    guard left.isObject(.range) else { return .null }
    return Value(try !rangeFind(vm, left, right).isNull)
  default: return .null
  }
}

private func rangeEquals(_ vm: VM, _ a: Ref<RangeObject>, _ b: Ref<RangeObject>) throws(PyError) -> Bool {
  let count = try vm.rangeCount(a)
  if try !vm.sameOrEqual(count, vm.rangeCount(b)) { return false }
  if count == Value(smallInt: 0) { return true }
  if try !vm.sameOrEqual(a.pointee.start, b.pointee.start) { return false }
  return count == Value(smallInt: 1) ? true : try vm.sameOrEqual(a.pointee.step, b.pointee.step)
}

/// The position of any value that equals a number of the range, or `null`.
private func rangeFind(_ vm: VM, _ range: Value, _ value: Value) throws(PyError) -> Value {
  if value.isSmallInt || value.isObject(.int) { return try vm.rangePosition(range.unchecked(RangeObject.self), value) }
  if value.isBool { return try vm.rangePosition(range.unchecked(RangeObject.self), Value(smallInt: value == .true ? 1 : 0)) }
  var numbers = try Iteration(vm, range)
  var position = 0
  while true {
    let number = try numbers.next()
    if number.isNull { return .null }
    if try vm.sameOrEqual(number, value) { return try vm.newInt(position) }
    position &+= 1
    if position & 1023 == 0 { try vm.pollPending() }
  }
}

private func rangeGetItem(_ vm: VM, _ object: Value, _ index: Value) throws(PyError) -> Value {
  let range = object.unchecked(RangeObject.self)
  if index.isObject(.slice) { return try rangeSlice(vm, range, index) }
  var position = try vm.findIndex(index)
  if position.isNull { try vm.raise(.typeError, "%s indices must be integers, not %s", Value(Qstr.range), Value(vm.typeName(of: index))) }
  if position.isSmallInt, let count = RangeObject.smallCount(range) {
    return RangeObject.smallItem(range, try vm.checkedPosition(position.uncheckedSmallInt, count, Qstr.range))
  }
  if try vm.isLess(position, Value(smallInt: 0)) { position = try vm.binary(.add, position, vm.rangeCount(range)) }
  if try vm.isLess(position, Value(smallInt: 0)) { try vm.raiseOutOfRange(Qstr.range) }
  let item = try vm.rangeItem(range, position)
  if item.isNull { try vm.raiseOutOfRange(Qstr.range) }
  return item
}

private func rangeSlice(_ vm: VM, _ range: Ref<RangeObject>, _ slice: Value) throws(PyError) -> Value {
  let (start, stop, step) = try vm.sliceIndices(slice, length: vm.rangeCount(range))
  let first = try vm.binary(.add, range.pointee.start, vm.binary(.multiply, start, range.pointee.step))
  let last = try vm.binary(.add, range.pointee.start, vm.binary(.multiply, stop, range.pointee.step))
  return try vm.newRange(first, last, vm.binary(.multiply, range.pointee.step, step))
}

// MARK: Methods

private func rangeStart(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(RangeObject.self).pointee.start
}
private func rangeStop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0].unchecked(RangeObject.self).pointee.stop }
private func rangeStep(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0].unchecked(RangeObject.self).pointee.step }

private func rangeCountMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: try rangeFind(vm, arguments[0], arguments[1]).isNull ? 0 : 1)
}

private func rangeIndexMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let position = try rangeFind(vm, arguments[0], arguments[1])
  if position.isNull { try vm.raise(.valueError, "object not in sequence") }
  return position
}
