// tuple — a fixed sequence of values; they follow the object's header.

private enum TupleType {
  static let methods: InlineArray<_, Method> = [
    Method(.count, 2...2, tupleCount), Method(.index, 2...4, tupleIndex), Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__len__, 1...1, nativeLength), Method(.__contains__, 2...2, nativeContains), Method(.__iter__, 1...1, nativeIterator),
  ]
}

private func tupleMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: TupleType.methods.span[index]) }

extension TypeRow {
  static let tuple = TypeRow(
    .tuple, methodCount: UInt8(TupleType.methods.count), method: tupleMethod, make: tupleMake, print: tuplePrint, unary: tupleUnary,
    binary: tupleBinary, getItem: tupleGetItem, iterate: iterateSequence)
}

extension VM {
  /// A tuple of the elements of an iterable; a tuple itself is the answer as it is. May run Python code.
  public func newTuple(from iterable: Value) throws(PyError) -> Value {
    let source = iterationSource(iterable)
    if source.isObject(.tuple) { return source }
    if source.isObject(.list) {
      let list = source.unchecked(ListObject.self)
      return try newTuple(list.pointee.items, list.pointee.count)
    }
    let list = try newList(from: source)
    let tuple = try newTuple(list.pointee.items, list.pointee.count)
    if list.pointee.capacity > 0 {
      // Nobody else has seen the list.
      interpreter.pointee.heap.free(list.pointee.items)
      list.pointee.capacity = 0
      list.pointee.count = 0
    }
    return tuple
  }

  /// An instance of a Python class derived from a built-in type around that type's value. Allocates.
  public func newInstance(_ type: Value, around native: Value) throws(PyError) -> Value {
    guard type.isObject(.type),
      isSubclass(Value(type: typeID(of: native)), Value(type: type.unchecked(ClassObject.self).pointee.nativeBase)),
      type.unchecked(ClassObject.self).pointee.nativeBase != .object
    else { try raise(.typeError, "%r isn't a class derived from '%t'", type, native) }
    let instance = try newInstance(type.unchecked(ClassObject.self))
    InstanceObject.slots(instance)[0] = native
    return Value(instance)
  }
}

// MARK: Slots

private func tupleMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  return arguments.count == 0 ? vm.interpreter.pointee.emptyTuple : try vm.newTuple(from: arguments[0])
}

private func tuplePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let view = ItemsView(unchecked: value)
  if view.count == 0 { return try builder.append("()") }
  if try !vm.enterRepr(value) { return try builder.append("(...)") }
  defer { vm.leaveRepr() }
  try builder.append(byte: 40)
  try vm.printItems(view, &builder)
  if view.count == 1 { try builder.append(byte: 44) }
  try builder.append(byte: 41)
}

private func tupleUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let tuple = value.unchecked(TupleObject.self)
  switch op {
  case .length: return Value(smallInt: tuple.pointee.count)
  case .bool: return Value(tuple.pointee.count != 0)
  case .hash:
    try vm.checkNativeStack()
    var hash: UInt = 0x345678
    for index in 0..<tuple.pointee.count { hash = combineHash(hash, try vm.hash32(TupleObject.items(tuple)[index])) }
    return Value(smallInt: Int(bitPattern: hash &>> 2))
  default: return .null
  }
}

/// Adds the hash of one more item to the hash of a sequence.
@inline(__always) func combineHash(_ hash: UInt, _ item: UInt32) -> UInt {
  let mixed = (hash ^ UInt(item)) &* 0x9E37_79B1
  return mixed ^ mixed &>> 15
}

private func tupleBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  if op == .contains { return Value(try vm.contains(left, right)) }
  let a = vm.unwrapped(left)
  let b = vm.unwrapped(right)
  switch op {
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual:
    guard a.isObject(.tuple), b.isObject(.tuple) else { return .null }
    return try vm.itemsCompare(op, ItemsView(unchecked: a), ItemsView(unchecked: b))
  case .add:
    guard a.isObject(.tuple), b.isObject(.tuple) else { return .null }
    return try tupleConcatenate(vm, a, b)
  case .multiply:
    if a.isObject(.tuple) { return try tupleRepeat(vm, a.unchecked(TupleObject.self), right) }
    return b.isObject(.tuple) ? try tupleRepeat(vm, b.unchecked(TupleObject.self), left) : .null
  default: return .null
  }
}

private func tupleConcatenate(_ vm: VM, _ left: Value, _ right: Value) throws(PyError) -> Value {
  let a = left.unchecked(TupleObject.self)
  let b = right.unchecked(TupleObject.self)
  let first = a.pointee.count
  if first == 0 { return right }
  if b.pointee.count == 0 { return left }
  let result = try vm.newTupleObject(first &+ b.pointee.count)
  TupleObject.items(result).copy(from: TupleObject.items(a), count: first)
  (TupleObject.items(result) + first).copy(from: TupleObject.items(b), count: b.pointee.count)
  return Value(result)
}

private func tupleRepeat(_ vm: VM, _ tuple: Ref<TupleObject>, _ number: Value) throws(PyError) -> Value {
  guard let times = try vm.repeatCount(number) else { return .null }
  let count = tuple.pointee.count
  let total = try vm.repeatedCount(count, times)
  if total == 0 { return vm.interpreter.pointee.emptyTuple }
  if times == 1 { return Value(tuple) }
  let result = try vm.newTupleObject(total)
  try vm.repeatItems(TupleObject.items(tuple), count, times, into: TupleObject.items(result))
  return Value(result)
}

private func tupleGetItem(_ vm: VM, _ object: Value, _ index: Value) throws(PyError) -> Value {
  let tuple = object.unchecked(TupleObject.self)
  if index.isObject(.slice) {
    let range = try vm.sliceIndices(index, tuple.pointee.count)
    if range.count == tuple.pointee.count && range.step == 1 { return object }
    if range.step == 1 || range.count == 0 { return try vm.newTuple(TupleObject.items(tuple) + range.start, range.count) }
    let result = try vm.newTupleObject(range.count)
    var position = range.start
    for target in 0..<range.count {
      TupleObject.items(result)[target] = TupleObject.items(tuple)[position]
      position &+= range.step
    }
    return Value(result)
  }
  let integer = try vm.subscriptInteger(index, Qstr.tuple)
  return TupleObject.items(tuple)[try vm.checkedPosition(integer, tuple.pointee.count, Qstr.tuple)]
}

// MARK: Methods

private func tupleCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.itemsCount(ItemsView(unchecked: arguments[0]), arguments[1])
}

private func tupleIndex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.itemsIndex(ItemsView(unchecked: arguments[0]), arguments)
}
