// deque — a queue with two ends: a ring whose capacity is a power of two.

extension TypeID {
  static var deque: TypeID { TypeID(166) }
  static var dequeIterator: TypeID { TypeID(167) }
}

/// Item `i` is at `items[(head + i) & (capacity - 1)]`; places without an item hold null.
struct DequeObject {
  var header: ObjectHeader
  var items: UnsafeMutablePointer<Value>
  var head: Int
  var count: Int
  var capacity: Int
  /// `maxlen`, or `Int.max`.
  var limit: Int
  /// Changes with each change of the number or order of items.
  var version: UInt
  /// A full deque refuses further items (MicroPython's flag) instead of dropping some.
  var raisesWhenFull: Bool
}

private struct DequeIteratorObject {
  var header: ObjectHeader
  var deque: Value
  var position: Int
  var version: UInt
  var isReversed: Bool
}

private enum DequeType {
  static let methods: InlineArray<_, Method> = [
    Method(.append, 2...2, dequeAppendMethod), Method(.appendleft, 2...2, dequeAppendLeftMethod), Method(.pop, 1...1, dequePop),
    Method(.popleft, 1...1, dequePopLeft), Method(.extend, 2...2, dequeExtend), Method(.extendleft, 2...2, dequeExtendLeft),
    Method(.clear, 1...1, dequeClear), Method(.copy, 1...1, dequeCopy), Method(.__copy__, 1...1, dequeCopy),
    Method(.count, 2...2, dequeCount), Method(.index, 2...4, dequeIndex), Method(.insert, 3...3, dequeInsert),
    Method(.remove, 2...2, dequeRemove), Method(.reverse, 1...1, dequeReverse), Method(.rotate, 1...2, dequeRotate),
    Method(.maxlen, getter: dequeMaxlen), Method(.__reversed__, 1...1, dequeReversed), Method(.__len__, 1...1, nativeLength),
    Method(.__iter__, 1...1, nativeIterator), Method(.__contains__, 2...2, nativeContains), Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__setitem__, 3...3, nativeSetItem), Method(.__delitem__, 2...2, nativeDeleteItem),
  ]
}

private func dequeMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: DequeType.methods.span[index]) }

extension TypeRow {
  static let deque = TypeRow(
    .deque, methodCount: UInt8(DequeType.methods.count), method: dequeMethod, make: dequeMake, print: dequePrint, unary: dequeUnary,
    binary: dequeBinary, getItem: dequeGetItem, setItem: dequeSetItem, iterate: dequeIterate)
  static let dequeIterator = TypeRow(.iterator, isSubclassable: false, print: iteratorPrint, iterate: iterateSelf, next: dequeNext)
}

private typealias Deque = Ref<DequeObject>

extension Ref where Pointee == DequeObject {
  @inline(__always) fileprivate func slot(_ index: Int) -> UnsafeMutablePointer<Value> {
    pointee.items + ((pointee.head &+ index) & (pointee.capacity &- 1))
  }
  fileprivate func removeLast() -> Value {
    let place = slot(pointee.count &- 1)
    let value = place.pointee
    place.pointee = .null
    pointee.count &-= 1
    pointee.version &+= 1
    return value
  }
  fileprivate func removeFirst() -> Value {
    let place = slot(0)
    let value = place.pointee
    place.pointee = .null
    pointee.head = (pointee.head &+ 1) & (pointee.capacity &- 1)
    pointee.count &-= 1
    pointee.version &+= 1
    return value
  }
  /// Takes out an item in the middle; the index is valid.
  fileprivate func remove(_ index: Int) {
    var position = index
    while position < pointee.count &- 1 {
      slot(position).pointee = slot(position &+ 1).pointee
      position &+= 1
    }
    _ = removeLast()
  }
}

// MARK: Making and growing

private func newDeque(_ vm: VM, limit: Int, raisesWhenFull: Bool) throws(PyError) -> Deque {
  let items = try vm.allocateValues(8)
  let deque = try vm.allocate(DequeObject.self)
  deque.initialize(
    to: DequeObject(
      header: ObjectHeader(.deque), items: items, head: 0, count: 0, capacity: 8, limit: limit, version: 0, raisesWhenFull: raisesWhenFull))
  return deque
}

private func dequeMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("iterable=?, maxlen=None, flags=0", arguments)
  var limit = Int.max
  if bound[1] != .none {
    limit = try vm.intValue(bound[1])
    if limit < 0 { try vm.raise(.valueError, "maxlen must be non-negative") }
  }
  let deque = try newDeque(vm, limit: limit, raisesWhenFull: try vm.intValue(bound[2]) & 1 != 0)
  if !bound[0].isNull { try dequeExtend(vm, deque, bound[0]) }
  return Value(deque)
}

@inline(never) private func dequeGrow(_ vm: VM, _ deque: Deque) throws(PyError) {
  let capacity = deque.pointee.capacity &* 2
  let items = try vm.allocateValues(capacity)
  let count = deque.pointee.count
  let first = min(count, deque.pointee.capacity &- deque.pointee.head)
  items.update(from: deque.pointee.items + deque.pointee.head, count: first)
  (items + first).update(from: deque.pointee.items, count: count &- first)
  let old = deque.pointee.items
  deque.pointee.items = items
  deque.pointee.head = 0
  deque.pointee.capacity = capacity
  vm.interpreter.pointee.heap.free(old)
}

/// Room for one more item: drops the item at the other end of a full deque. Answers false if nothing can be added (`maxlen` is 0).
@inline(__always) private func dequePrepare(_ vm: VM, _ deque: Deque, dropFirst: Bool) throws(PyError) -> Bool {
  if deque.pointee.count >= deque.pointee.limit {
    if deque.pointee.raisesWhenFull { try vm.raise(.indexError, "full") }
    if deque.pointee.limit == 0 { return false }
    _ = dropFirst ? deque.removeFirst() : deque.removeLast()
  } else if deque.pointee.count == deque.pointee.capacity {
    try dequeGrow(vm, deque)
  }
  deque.pointee.version &+= 1
  return true
}

private func dequeAppend(_ vm: VM, _ deque: Deque, _ value: Value) throws(PyError) {
  guard try dequePrepare(vm, deque, dropFirst: true) else { return }
  deque.slot(deque.pointee.count).pointee = value
  deque.pointee.count &+= 1
}

private func dequeAppendLeft(_ vm: VM, _ deque: Deque, _ value: Value) throws(PyError) {
  guard try dequePrepare(vm, deque, dropFirst: false) else { return }
  deque.pointee.head = (deque.pointee.head &- 1) & (deque.pointee.capacity &- 1)
  deque.slot(0).pointee = value
  deque.pointee.count &+= 1
}

private func dequeExtend(_ vm: VM, _ deque: Deque, _ iterable: Value) throws(PyError) {
  // A deque that extends itself: over a copy.
  var iteration = try Iteration(vm, iterable == Value(deque) ? Value(vm.newList(from: iterable)) : iterable)
  while true {
    let item = try iteration.next()
    if item.isNull { return }
    try dequeAppend(vm, deque, item)
  }
}

// MARK: Slots

private func dequePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let deque = value.unchecked(DequeObject.self)
  if try !vm.enterRepr(value) { return try builder.append("[...]") }
  defer { vm.leaveRepr() }
  try builder.append("deque([")
  var index = 0
  while index < deque.pointee.count {
    if index > 0 { try builder.append(", ") }
    try vm.print(deque.slot(index).pointee, &builder, .repr)
    index &+= 1
  }
  try builder.append(byte: 93)
  if deque.pointee.limit != Int.max {
    try builder.append(", maxlen=")
    try builder.append(decimal: deque.pointee.limit)
  }
  try builder.append(byte: 41)
}

private func dequeUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let count = value.unchecked(DequeObject.self).pointee.count
  switch op {
  case .length: return Value(smallInt: count)
  case .bool: return Value(count != 0)
  case .hash: return .none
  default: return .null
  }
}

private func dequeBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  let a = vm.unwrapped(left)
  if op == .contains { return Value(try dequeFind(vm, a, right, 0, Int.max) >= 0) }
  let b = vm.unwrapped(right)
  switch op {
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual:
    guard a.isObject(.deque), b.isObject(.deque) else { return .null }
    if op == .equal || op == .notEqual, a.unchecked(DequeObject.self).pointee.count != b.unchecked(DequeObject.self).pointee.count {
      return Value(op == .notEqual)
    }
    return try vm.binary(op, Value(vm.newList(from: a)), Value(vm.newList(from: b)))
  case .add:
    guard a.isObject(.deque), b.isObject(.deque) else { return .null }
    let result = try dequeDuplicate(vm, a)
    try dequeExtend(vm, result, b)
    return Value(result)
  case .inPlaceAdd:
    guard a.isObject(.deque) else { return .null }
    try dequeExtend(vm, a.unchecked(DequeObject.self), right)
    return left
  case .multiply, .inPlaceMultiply: return try dequeRepeat(vm, op, left, right)
  default: return .null
  }
}

private func dequeRepeat(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  let isLeft = vm.unwrapped(left).isObject(.deque)
  let source = vm.unwrapped(isLeft ? left : right)
  guard source.isObject(.deque), let times = try vm.repeatCount(isLeft ? right : left) else { return .null }
  let items = try vm.newList(from: source)
  let target = op == .inPlaceMultiply ? source.unchecked(DequeObject.self) : try dequeDuplicate(vm, source)
  if times == 0 { clear(vm, target) }
  for turn in 1..<max(times, 1) {
    try dequeExtend(vm, target, Value(items))
    if turn & 255 == 0 { try vm.pollPending() }
  }
  return op == .inPlaceMultiply ? left : Value(target)
}

private func dequeGetItem(_ vm: VM, _ object: Value, _ index: Value) throws(PyError) -> Value {
  let integer = try vm.subscriptInteger(index, Qstr.deque)
  let deque = object.unchecked(DequeObject.self)
  return deque.slot(try vm.checkedPosition(integer, deque.pointee.count, Qstr.deque)).pointee
}

private func dequeSetItem(_ vm: VM, _ object: Value, _ index: Value, _ value: Value) throws(PyError) {
  let integer = try vm.subscriptInteger(index, Qstr.deque)
  let deque = object.unchecked(DequeObject.self)
  let position = try vm.checkedPosition(integer, deque.pointee.count, Qstr.deque)
  if value.isNull { deque.remove(position) } else { deque.slot(position).pointee = value }
}

private func dequeIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { try newDequeIterator(vm, value, isReversed: false) }

private func newDequeIterator(_ vm: VM, _ value: Value, isReversed: Bool) throws(PyError) -> Value {
  let deque = value.unchecked(DequeObject.self)
  let iterator = try vm.allocate(DequeIteratorObject.self)
  iterator.initialize(
    to: DequeIteratorObject(
      header: ObjectHeader(.dequeIterator), deque: value, position: isReversed ? deque.pointee.count &- 1 : 0,
      version: deque.pointee.version,
      isReversed: isReversed))
  return Value(iterator)
}

private func dequeNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let iterator = value.unchecked(DequeIteratorObject.self)
  let deque = iterator.pointee.deque.unchecked(DequeObject.self)
  let position = iterator.pointee.position
  if position < 0 || position >= deque.pointee.count { return .null }
  if iterator.pointee.version != deque.pointee.version { try vm.raise(.runtimeError, "deque mutated during iteration") }
  iterator.pointee.position = iterator.pointee.isReversed ? position &- 1 : position &+ 1
  return deque.slot(position).pointee
}

// MARK: Methods

private func dequeAppendMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try dequeAppend(vm, arguments[0].unchecked(DequeObject.self), arguments[1])
  return .none
}

private func dequeAppendLeftMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try dequeAppendLeft(vm, arguments[0].unchecked(DequeObject.self), arguments[1])
  return .none
}

private func dequePop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let deque = arguments[0].unchecked(DequeObject.self)
  if deque.pointee.count == 0 { try vm.raise(.indexError, "empty") }
  return deque.removeLast()
}

private func dequePopLeft(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let deque = arguments[0].unchecked(DequeObject.self)
  if deque.pointee.count == 0 { try vm.raise(.indexError, "empty") }
  return deque.removeFirst()
}

private func dequeExtend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try dequeExtend(vm, arguments[0].unchecked(DequeObject.self), arguments[1])
  return .none
}

private func dequeExtendLeft(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var iteration = try Iteration(vm, arguments[0] == arguments[1] ? Value(vm.newList(from: arguments[1])) : arguments[1])
  while true {
    let item = try iteration.next()
    if item.isNull { return .none }
    try dequeAppendLeft(vm, arguments[0].unchecked(DequeObject.self), item)
  }
}

private func clear(_ vm: VM, _ deque: Deque) {
  deque.pointee.items.update(repeating: .null, count: deque.pointee.capacity)
  deque.pointee.head = 0
  deque.pointee.count = 0
  deque.pointee.version &+= 1
}

private func dequeClear(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  clear(vm, arguments[0].unchecked(DequeObject.self))
  return .none
}

private func dequeDuplicate(_ vm: VM, _ value: Value) throws(PyError) -> Deque {
  let deque = value.unchecked(DequeObject.self)
  let copy = try newDeque(vm, limit: deque.pointee.limit, raisesWhenFull: deque.pointee.raisesWhenFull)
  for index in 0..<deque.pointee.count { try dequeAppend(vm, copy, deque.slot(index).pointee) }
  return copy
}

private func dequeCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(try dequeDuplicate(vm, arguments[0])) }

/// The first index from `start` to before `stop` of an equal item, or -1. May run Python code.
private func dequeFind(_ vm: VM, _ value: Value, _ item: Value, _ start: Int, _ stop: Int) throws(PyError) -> Int {
  let deque = value.unchecked(DequeObject.self)
  let version = deque.pointee.version
  var index = start
  while index < deque.pointee.count && index < stop {
    let same = try vm.sameOrEqual(deque.slot(index).pointee, item)
    if version != deque.pointee.version { try vm.raise(.runtimeError, "deque mutated during iteration") }
    if same { return index }
    index &+= 1
  }
  return -1
}

private func dequeCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var total = 0
  var index = try dequeFind(vm, arguments[0], arguments[1], 0, Int.max)
  while index >= 0 {
    total &+= 1
    index = try dequeFind(vm, arguments[0], arguments[1], index &+ 1, Int.max)
  }
  return Value(smallInt: total)
}

private func dequeIndex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let first = arguments.count > 2 ? try vm.indexValue(arguments[2]) : 0
  let last = arguments.count > 3 ? try vm.indexValue(arguments[3]) : Int.max
  let count = arguments[0].unchecked(DequeObject.self).pointee.count
  let start = first < 0 ? max(first &+ count, 0) : first
  let index = try dequeFind(vm, arguments[0], arguments[1], start, last < 0 ? last &+ count : last)
  if index < 0 { try vm.raise(.valueError, "object not in sequence") }
  return Value(smallInt: index)
}

private func dequeInsert(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let deque = arguments[0].unchecked(DequeObject.self)
  let integer = try vm.indexValue(arguments[1])
  let count = deque.pointee.count
  if count >= deque.pointee.limit { try vm.raise(.indexError, "deque already at its maximum size") }
  let position = integer < 0 ? max(integer &+ count, 0) : min(integer, count)
  try dequeAppend(vm, deque, arguments[2])
  var index = count
  while index > position {
    deque.slot(index).pointee = deque.slot(index &- 1).pointee
    index &-= 1
  }
  deque.slot(position).pointee = arguments[2]
  return .none
}

private func dequeRemove(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let index = try dequeFind(vm, arguments[0], arguments[1], 0, Int.max)
  if index < 0 { try vm.raise(.valueError, "object not in sequence") }
  arguments[0].unchecked(DequeObject.self).remove(index)
  return .none
}

private func dequeReverse(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let deque = arguments[0].unchecked(DequeObject.self)
  var low = 0
  var high = deque.pointee.count &- 1
  while low < high {
    let item = deque.slot(low).pointee
    deque.slot(low).pointee = deque.slot(high).pointee
    deque.slot(high).pointee = item
    low &+= 1
    high &-= 1
  }
  deque.pointee.version &+= 1
  return .none
}

private func dequeRotate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let deque = arguments[0].unchecked(DequeObject.self)
  let steps = arguments.count > 1 ? try vm.indexValue(arguments[1]) : 1
  let count = deque.pointee.count
  if count < 2 { return .none }
  var right = steps % count
  if right < 0 { right &+= count }
  let mask = deque.pointee.capacity &- 1
  for _ in 0..<(right <= count / 2 ? right : count &- right) {
    if right <= count / 2 {
      let item = deque.removeLast()
      deque.pointee.head = (deque.pointee.head &- 1) & mask
      deque.pointee.count &+= 1
      deque.slot(0).pointee = item
    } else {
      let item = deque.removeFirst()
      deque.slot(deque.pointee.count).pointee = item
      deque.pointee.count &+= 1
    }
  }
  return .none
}

private func dequeMaxlen(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let limit = arguments[0].unchecked(DequeObject.self).pointee.limit
  return limit == Int.max ? .none : try vm.newInt(limit)
}

private func dequeReversed(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try newDequeIterator(vm, arguments[0], isReversed: true)
}
