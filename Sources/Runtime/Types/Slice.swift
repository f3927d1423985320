// slice — `start:stop:step` of any values, and the arithmetic of subscripts that all sequences share.

import Bytecode

/// A slice's three numbers, clamped to the machine's integers, before it meets a sequence.
public struct SliceBounds {
  /// `Int.min`: not given. (Not optionals: a slot of a type row must not handle structs of more than four words, or the compiler crashes.)
  private var givenStart: Int
  private var givenStop: Int
  public var step: Int
  @inline(__always) var start: Int? { givenStart == Int.min ? nil : givenStart }
  @inline(__always) var stop: Int? { givenStop == Int.min ? nil : givenStop }

  @inline(__always) init(start: Int?, stop: Int?, step: Int) {
    givenStart = start.map { max($0, Int.min &+ 1) } ?? Int.min
    givenStop = stop.map { max($0, Int.min &+ 1) } ?? Int.min
    self.step = step
  }

  /// The positions that the slice means in a sequence of `length`.
  @inline(__always) public func range(in length: Int) -> SliceRange {
    if step > 0 {
      let first = clamp(start ?? 0, length, 0, length)
      let last = clamp(stop ?? length, length, 0, length)
      return SliceRange(start: first, stop: max(last, first), step: step, count: last > first ? (last &- first &- 1) / step &+ 1 : 0)
    }
    let first = start.map { clamp($0, length, -1, length &- 1) } ?? length &- 1
    let last = stop.map { clamp($0, length, -1, length &- 1) } ?? -1
    return SliceRange(start: first, stop: min(last, first), step: step, count: first > last ? (first &- last &- 1) / (0 &- step) &+ 1 : 0)
  }

  @inline(__always) private func clamp(_ position: Int, _ length: Int, _ lowest: Int, _ highest: Int) -> Int {
    if position < 0 { return max(position &+ length, lowest) }
    return min(position, highest)
  }
}

/// The positions `start`, `start + step` and so on, `count` of them. For an ascending slice `stop` is not below `start`.
public struct SliceRange {
  public var start: Int
  public var stop: Int
  public var step: Int
  public var count: Int
}

private enum SliceType {
  static let methods: InlineArray<_, Method> = [
    Method(.indices, 2...2, sliceIndicesMethod),
    Method(.start, getter: sliceStart), Method(.stop, getter: sliceStop), Method(.step, getter: sliceStep),
  ]
}

private func sliceMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: SliceType.methods.span[index]) }

extension TypeRow {
  static let slice = TypeRow(
    .slice, isSubclassable: false, methodCount: UInt8(SliceType.methods.count), method: sliceMethod, make: sliceMake, print: slicePrint,
    unary: sliceUnary, binary: sliceBinary)
}

// MARK: Subscripts

extension VM {
  /// An `int` value as a machine integer; numbers beyond are clamped to the greatest and smallest.
  public func clampedInt(_ integer: Value) -> Int {
    if integer.isSmallInt { return integer.uncheckedSmallInt }
    return machineInt(integer) ?? (isNegativeInt(integer) ? Int.min : Int.max)
  }

  /// The number of a subscript, clamped to the machine's integers; TypeError if it is no whole number. May run Python code.
  public func subscriptInteger(_ index: Value, _ type: Qstr) throws(PyError) -> Int {
    if index.isSmallInt { return index.uncheckedSmallInt }
    let integer = try findIndex(index)
    if integer.isNull { try raise(.typeError, "%s indices must be integers, not %s", Value(type), Value(typeName(of: index))) }
    return clampedInt(integer)
  }

  /// The position that a subscript means among `count` items; IndexError if there is none.
  @inline(__always) public func checkedPosition(_ index: Int, _ count: Int, _ type: Qstr) throws(PyError) -> Int {
    let position = index < 0 ? index &+ count : index
    if UInt(bitPattern: position) >= UInt(bitPattern: count) { try raiseOutOfRange(type) }
    return position
  }

  @inline(never) public func raiseOutOfRange(_ type: Qstr) throws(PyError) -> Never {
    try raise(.indexError, "%s index out of range", Value(type))
  }

  /// How often a sequence is to be repeated (0 for negative numbers), or nil if the operand is no whole number.
  public func repeatCount(_ value: Value) throws(PyError) -> Int? {
    let integer = try findIndex(value)
    return integer.isNull ? nil : max(clampedInt(integer), 0)
  }

  /// A slice's numbers. May run Python code (`__index__`): look at the sequence afterwards only.
  @inline(__always) public func sliceBounds(_ slice: Value) throws(PyError) -> SliceBounds {
    let object = slice.unchecked(SliceObject.self)
    let step = try sliceNumber(object.pointee.step) ?? 1
    if step == 0 { try raise(.valueError, "slice step can't be zero") }
    let start = try sliceNumber(object.pointee.start)
    let stop = try sliceNumber(object.pointee.stop)
    return SliceBounds(start: start, stop: stop, step: max(step, -Int.max))
  }

  @inline(__always) private func sliceNumber(_ value: Value) throws(PyError) -> Int? {
    if value.isSmallInt { return value.uncheckedSmallInt }
    return value == .none ? nil : try otherSliceNumber(value)
  }

  @inline(never) private func otherSliceNumber(_ value: Value) throws(PyError) -> Int {
    let integer = try findIndex(value)
    if integer.isNull { try raise(.typeError, "slice indices must be integers or None or have an __index__ method") }
    return clampedInt(integer)
  }

  /// BUILD_SLICE: below `sp` lie the start and the stop. A slice that only the subscript of a built-in sequence will see is not made anew: with whole
  /// numbers or None in it no Python code runs between here and there, and the sequence does not keep it.
  @inline(never) func subscriptSlice(_ sp: UnsafeMutablePointer<Value>, _ step: Value, before opcode: UInt8) throws(PyError) -> Value {
    let start = sp[-2], stop = sp[-1]
    guard start.isSmallInt || start == .none, stop.isSmallInt || stop == .none, step.isSmallInt || step == .none,
      opcode == Opcode.loadSubscr.rawValue && isPlainSequence(sp[-3])
        || opcode == Opcode.storeSubscr.rawValue && isByteSequence(sp[-3]) && isByteSequence(sp[-4])
    else { return try newSlice(start, stop, step) }
    let slice = interpreter.pointee.reservedSlice.unchecked(SliceObject.self)
    slice.pointee.start = start
    slice.pointee.stop = stop
    slice.pointee.step = step
    return Value(slice)
  }

  private func isPlainSequence(_ value: Value) -> Bool {
    value.isName || value.isObject(.str) || value.isObject(.list) || value.isObject(.tuple) || isByteSequence(value)
  }

  private func isByteSequence(_ value: Value) -> Bool {
    value.isObject(.bytes) || value.isObject(.bytearray) || value.isObject(.memoryview) || value.isObject(.array)
  }

  /// The positions that a slice means in a sequence of `length`. May run Python code.
  public func sliceIndices(_ slice: Value, _ length: Int) throws(PyError) -> SliceRange { try sliceBounds(slice).range(in: length) }

  /// As `slice.indices(length)`, for whole numbers of any size. May run Python code.
  func sliceIndices(_ slice: Value, length: Value) throws(PyError) -> (start: Value, stop: Value, step: Value) {
    let object = slice.unchecked(SliceObject.self)
    let step = object.pointee.step == .none ? Value(smallInt: 1) : try sliceWhole(object.pointee.step)
    if step == Value(smallInt: 0) { try raise(.valueError, "slice step can't be zero") }
    let isDown = try isLess(step, Value(smallInt: 0))
    let lowest = Value(smallInt: isDown ? -1 : 0)
    let highest = isDown ? try binary(.subtract, length, Value(smallInt: 1)) : length
    let start = object.pointee.start == .none ? (isDown ? highest : lowest) : try sliceClamp(object.pointee.start, length, lowest, highest)
    let stop = object.pointee.stop == .none ? (isDown ? lowest : highest) : try sliceClamp(object.pointee.stop, length, lowest, highest)
    return (start, stop, step)
  }

  private func sliceWhole(_ value: Value) throws(PyError) -> Value {
    let integer = try findIndex(value)
    if integer.isNull { try raise(.typeError, "slice indices must be integers or None or have an __index__ method") }
    return integer
  }

  private func sliceClamp(_ value: Value, _ length: Value, _ lowest: Value, _ highest: Value) throws(PyError) -> Value {
    var position = try sliceWhole(value)
    if try isLess(position, Value(smallInt: 0)) {
      position = try binary(.add, position, length)
      return try isLess(position, lowest) ? lowest : position
    }
    return try isLess(highest, position) ? highest : position
  }

}

// MARK: Slots

private func sliceMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 3)
  if arguments.count == 1 { return try vm.newSlice(.none, arguments[0], .none) }
  return try vm.newSlice(arguments[0], arguments[1], arguments.count > 2 ? arguments[2] : .none)
}

private func slicePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let slice = value.unchecked(SliceObject.self)
  try vm.checkNativeStack()
  try builder.append("slice(")
  try vm.print(slice.pointee.start, &builder, .repr)
  try builder.append(", ")
  try vm.print(slice.pointee.stop, &builder, .repr)
  try builder.append(", ")
  try vm.print(slice.pointee.step, &builder, .repr)
  try builder.append(byte: 41)
}

private func sliceUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  guard op == .hash else { return .null }
  let slice = value.unchecked(SliceObject.self)
  try vm.checkNativeStack()
  let start = try vm.hashValue(slice.pointee.start), stop = try vm.hashValue(slice.pointee.stop),
    step = try vm.hashValue(slice.pointee.step)
  return Value(smallInt: (((start &* 1_000_003) ^ stop) &* 1_000_003 ^ step) &>> 1)
}

private func sliceBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard op == .equal || op == .notEqual, left.isObject(.slice), right.isObject(.slice) else { return .null }
  let a = left.unchecked(SliceObject.self)
  let b = right.unchecked(SliceObject.self)
  var same = try vm.sameOrEqual(a.pointee.start, b.pointee.start)
  if same { same = try vm.sameOrEqual(a.pointee.stop, b.pointee.stop) }
  if same { same = try vm.sameOrEqual(a.pointee.step, b.pointee.step) }
  return Value(same == (op == .equal))
}

// MARK: Methods

private func sliceStart(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(SliceObject.self).pointee.start
}
private func sliceStop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0].unchecked(SliceObject.self).pointee.stop }
private func sliceStep(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0].unchecked(SliceObject.self).pointee.step }

private func sliceIndicesMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let length = try vm.findIndex(arguments[1])
  if length.isNull { try vm.raise(.typeError, "can't convert %t to int", arguments[1]) }
  if try vm.isLess(length, Value(smallInt: 0)) { try vm.raise(.valueError, "length should not be negative") }
  let (start, stop, step) = try vm.sliceIndices(arguments[0], length: length)
  return try vm.newTuple(start, stop, step)
}
