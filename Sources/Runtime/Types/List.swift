// list — a growable array of values.
// Invariant: items[count..<capacity] hold null and are never read; the collector scans the whole block.

private enum ListType {
  static let methods: InlineArray<_, Method> = [
    Method(.append, 2...2, listAppendMethod), Method(.pop, 1...2, listPop), Method(.extend, 2...2, listExtendMethod),
    Method(.insert, 3...3, listInsert), Method(.remove, 2...2, listRemove), Method(.clear, 1...1, listClear),
    Method(.copy, 1...1, listCopy),
    Method(.count, 2...2, listCount), Method(.index, 2...4, listIndex), Method(.reverse, 1...1, listReverse),
    Method(.sort, "*, key=None, reverse=False", listSortMethod), Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__setitem__, 3...3, nativeSetItem), Method(.__delitem__, 2...2, nativeDeleteItem), Method(.__len__, 1...1, nativeLength),
    Method(.__contains__, 2...2, nativeContains), Method(.__iter__, 1...1, nativeIterator), Method(.__reversed__, 1...1, nativeReversed),
  ]
}

private func listMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ListType.methods.span[index]) }

extension TypeRow {
  static let list = TypeRow(
    .list, methodCount: UInt8(ListType.methods.count), method: listMethod, make: listMake, print: listPrint, unary: listUnary,
    binary: listBinary, getItem: listGetItem, setItem: listSetItem, iterate: iterateSequence)
}

/// A list or tuple, seen alike. Reads the object afresh at each access, so that it may change in between.
struct ItemsView {
  let value: Value
  private let isTuple: Bool

  /// Nil for anything but a list or tuple.
  @inline(__always) init?(_ value: Value) {
    guard value.isObject else { return nil }
    let word = value.uncheckedHeader.pointee.word
    guard word == TypeID.list.headerWord || word == TypeID.tuple.headerWord else { return nil }
    self.value = value
    isTuple = word == TypeID.tuple.headerWord
  }
  @inline(__always) init(unchecked value: Value) {
    self.value = value
    isTuple = value.uncheckedHeader.pointee.word == TypeID.tuple.headerWord
  }
  @inline(__always) var count: Int {
    isTuple ? value.unchecked(TupleObject.self).pointee.count : value.unchecked(ListObject.self).pointee.count
  }
  @inline(__always) var items: UnsafeMutablePointer<Value> {
    isTuple ? TupleObject.items(value.unchecked(TupleObject.self)) : value.unchecked(ListObject.self).pointee.items
  }
}

// MARK: What lists and tuples share

extension VM {
  /// The first position from `start` to before `stop` whose item equals the given one, or -1. May run Python code.
  func itemsPosition(_ view: ItemsView, _ item: Value, _ start: Int, _ stop: Int) throws(PyError) -> Int {
    var position = start
    while position < view.count && position < stop {
      if try sameOrEqual(view.items[position], item) { return position }
      position &+= 1
    }
    return -1
  }

  /// `sequence.index(item, start, stop)`.
  func itemsIndex(_ view: ItemsView, _ arguments: Arguments) throws(PyError) -> Value {
    let first = arguments.count > 2 ? try indexValue(arguments[2]) : 0
    let last = arguments.count > 3 ? try indexValue(arguments[3]) : Int.max
    let count = view.count
    let start = first < 0 ? max(first &+ count, 0) : first
    let position = try itemsPosition(view, arguments[1], start, last < 0 ? last &+ count : last)
    if position < 0 { try raise(.valueError, "object not in sequence") }
    return Value(smallInt: position)
  }

  /// `sequence.count(item)`.
  func itemsCount(_ view: ItemsView, _ item: Value) throws(PyError) -> Value {
    var total = 0
    var position = 0
    while position < view.count {
      if try sameOrEqual(view.items[position], item) { total &+= 1 }
      position &+= 1
    }
    return Value(smallInt: total)
  }

  /// The six comparisons of two lists or two tuples: item by item. May run Python code.
  func itemsCompare(_ op: BinaryOperator, _ left: ItemsView, _ right: ItemsView) throws(PyError) -> Value {
    if op == .equal || op == .notEqual, left.count != right.count { return Value(op == .notEqual) }
    try checkNativeStack()
    var position = 0
    while position < left.count && position < right.count {
      let a = left.items[position]
      let b = right.items[position]
      if try !sameOrEqual(a, b) {
        if op == .equal || op == .notEqual { return Value(op == .notEqual) }
        return try smallIntegerBinary(op.rawValue, a, b)
      }
      position &+= 1
    }
    let a = left.count
    let b = right.count
    switch op {
    case .less: return Value(a < b)
    case .more: return Value(a > b)
    case .lessEqual: return Value(a <= b)
    case .moreEqual: return Value(a >= b)
    case .notEqual: return Value(a != b)
    default: return Value(a == b)
    }
  }

  /// Copies `count` items `times` times one after the other.
  func repeatItems(_ items: UnsafePointer<Value>, _ count: Int, _ times: Int, into target: UnsafeMutablePointer<Value>) throws(PyError) {
    if count == 1 && times < 1 &<< 17 { return target.update(repeating: items[0], count: times) }
    var position = 0
    for turn in 0..<times {
      if turn & 0x3fff == 0x3fff || count > 0x3fff { try pollInterrupt() }
      (target + position).copy(from: items, count: count)
      position &+= count
    }
  }

  /// `count * times`, or MemoryError where that is more than a machine can hold.
  func repeatedCount(_ count: Int, _ times: Int) throws(PyError) -> Int {
    let (total, overflow) = count.multipliedReportingOverflow(by: times)
    if overflow || total > Int.max / 16 { throw outOfMemory(Int.max) }
    return total
  }

  /// The items of any iterable as a list or tuple that does not change when `list` does. May run Python code.
  func stableItems(_ iterable: Value, apartFrom list: Value) throws(PyError) -> ItemsView {
    let source = iterationSource(iterable)
    if source != list, let view = ItemsView(source) { return view }
    return ItemsView(unchecked: Value(try newList(from: source)))
  }

  // MARK: repr

  /// Prints `count` items with commas between. May run Python code, so the caller's view is read afresh.
  func printItems(_ view: ItemsView, _ builder: inout StringBuilder) throws(PyError) {
    var position = 0
    while position < view.count {
      if position > 0 { try builder.append(", ") }
      try pollInterrupt()
      try print(view.items[position], &builder, .repr)
      position &+= 1
    }
  }

  /// Notes that a container's repr is under way. Answers false if it was already: the container holds itself. Allocates.
  public func enterRepr(_ value: Value) throws(PyError) -> Bool {
    try checkNativeStack()
    if !interpreter.pointee.reprStack.isObject(.list) { interpreter.pointee.reprStack = Value(try newList()) }
    let stack = interpreter.pointee.reprStack.unchecked(ListObject.self)
    for index in 0..<stack.pointee.count where stack.pointee.items[index] == value { return false }
    try listAppend(stack, value)
    return true
  }

  /// The repr noted last has ended.
  public func leaveRepr() {
    let stack = interpreter.pointee.reprStack.unchecked(ListObject.self)
    if stack.pointee.count == 0 { return }
    stack.pointee.count &-= 1
    stack.pointee.items[stack.pointee.count] = .null
  }
}

// MARK: Changing

extension VM {
  /// Gives back memory that a list which shrank much does not need.
  @inline(__always) func listTrim(_ list: Ref<ListObject>) {
    if list.pointee.capacity > 32 && list.pointee.count < list.pointee.capacity &>> 2 { listShrink(list) }
  }

  @inline(never) private func listShrink(_ list: Ref<ListObject>) {
    let capacity = list.pointee.capacity &>> 1
    interpreter.pointee.heap.shrink(list.pointee.items, to: capacity &* MemoryLayout<Value>.size)
    list.pointee.capacity = capacity
  }

  /// Removes `count` items from a position on. The position is valid.
  func listRemoveItems(_ list: Ref<ListObject>, _ position: Int, _ count: Int) {
    let items = list.pointee.items
    let rest = list.pointee.count &- position &- count
    (items + position).copy(from: items + (position &+ count), count: rest)
    (items + (position &+ rest)).update(repeating: .null, count: count)
    list.pointee.count = position &+ rest
    listTrim(list)
  }

  /// Replaces the items from `start` to before `stop`. Allocates.
  func listReplace(_ list: Ref<ListObject>, _ start: Int, _ stop: Int, _ view: ItemsView) throws(PyError) {
    let added = view.count
    let removed = stop &- start
    if added > removed {
      let growth = added &- removed
      try listReserve(list, list.pointee.count &+ growth)
      let items = list.pointee.items
      // Backwards, since source and target overlap.
      var position = list.pointee.count &- 1
      while position >= stop {
        items[position &+ growth] = items[position]
        position &-= 1
      }
      list.pointee.count &+= growth
    } else if added < removed {
      listRemoveItems(list, start &+ added, removed &- added)
    }
    (list.pointee.items + start).copy(from: view.items, count: added)
  }

  /// Puts an item before a position, which is valid. Allocates.
  func listInsert(_ list: Ref<ListObject>, _ position: Int, _ value: Value) throws(PyError) {
    let count = list.pointee.count
    try listReserve(list, count &+ 1)
    let items = list.pointee.items
    var index = count
    while index > position {
      items[index] = items[index &- 1]
      index &-= 1
    }
    items[position] = value
    list.pointee.count = count &+ 1
  }
}

// MARK: Slots

private func listMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  return Value(arguments.count == 0 ? try vm.newList() : try vm.newList(from: arguments[0]))
}

private func listPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  if value.unchecked(ListObject.self).pointee.count == 0 { return try builder.append("[]") }
  if try !vm.enterRepr(value) { return try builder.append("[...]") }
  defer { vm.leaveRepr() }
  try builder.append(byte: 91)
  try vm.printItems(ItemsView(unchecked: value), &builder)
  try builder.append(byte: 93)
}

private func listUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let count = value.unchecked(ListObject.self).pointee.count
  switch op {
  case .length: return Value(smallInt: count)
  case .bool: return Value(count != 0)
  case .hash: return .none
  default: return .null
  }
}

private func listBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  if op == .contains { return Value(try vm.contains(left, right)) }
  let a = vm.unwrapped(left)
  switch op {
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual:
    let b = vm.unwrapped(right)
    guard a.isObject(.list), b.isObject(.list) else { return .null }
    return try vm.itemsCompare(op, ItemsView(unchecked: a), ItemsView(unchecked: b))
  case .add:
    let b = vm.unwrapped(right)
    guard a.isObject(.list), b.isObject(.list) else { return .null }
    return try listConcatenate(vm, a.unchecked(ListObject.self), b.unchecked(ListObject.self))
  case .inPlaceAdd:
    guard a.isObject(.list) else { return .null }
    try vm.listExtend(a.unchecked(ListObject.self), right)
    return left
  case .multiply:
    if a.isObject(.list) { return try listRepeat(vm, a.unchecked(ListObject.self), right) }
    let b = vm.unwrapped(right)
    return b.isObject(.list) ? try listRepeat(vm, b.unchecked(ListObject.self), left) : .null
  case .inPlaceMultiply:
    guard a.isObject(.list), let times = try vm.repeatCount(right) else { return .null }
    try listRepeatInPlace(vm, a.unchecked(ListObject.self), times)
    return left
  default: return .null
  }
}

private func listConcatenate(_ vm: VM, _ a: Ref<ListObject>, _ b: Ref<ListObject>) throws(PyError) -> Value {
  let first = a.pointee.count
  let list = try vm.newList(capacity: first &+ b.pointee.count)
  list.pointee.items.copy(from: a.pointee.items, count: first)
  (list.pointee.items + first).copy(from: b.pointee.items, count: b.pointee.count)
  list.pointee.count = first &+ b.pointee.count
  return Value(list)
}

private func listRepeat(_ vm: VM, _ list: Ref<ListObject>, _ number: Value) throws(PyError) -> Value {
  guard let times = try vm.repeatCount(number) else { return .null }
  let count = list.pointee.count
  let total = try vm.repeatedCount(count, times)
  let result = try vm.newList(capacity: total)
  if total > 0 { try vm.repeatItems(list.pointee.items, count, times, into: result.pointee.items) }
  result.pointee.count = total
  return Value(result)
}

private func listRepeatInPlace(_ vm: VM, _ list: Ref<ListObject>, _ times: Int) throws(PyError) {
  let count = list.pointee.count
  if times == 0 { return vm.listRemoveItems(list, 0, count) }
  let total = try vm.repeatedCount(count, times)
  if total == count { return }
  try vm.listReserve(list, total)
  try vm.repeatItems(list.pointee.items, count, times &- 1, into: list.pointee.items + count)
  list.pointee.count = total
}

private func listGetItem(_ vm: VM, _ object: Value, _ index: Value) throws(PyError) -> Value {
  let list = object.unchecked(ListObject.self)
  if index.isObject(.slice) {
    let bounds = try vm.sliceBounds(index)
    let range = bounds.range(in: list.pointee.count)
    if range.step == 1 { return try vm.newList(list.pointee.items + range.start, range.count) }
    let result = try vm.newList(capacity: range.count)
    var position = range.start
    for target in 0..<range.count {
      result.pointee.items[target] = list.pointee.items[position]
      position &+= range.step
    }
    result.pointee.count = range.count
    return Value(result)
  }
  let integer = try vm.subscriptInteger(index, Qstr.list)
  return list.pointee.items[try vm.checkedPosition(integer, list.pointee.count, Qstr.list)]
}

private func listSetItem(_ vm: VM, _ object: Value, _ index: Value, _ value: Value) throws(PyError) {
  let list = object.unchecked(ListObject.self)
  if index.isObject(.slice) { return value.isNull ? try listDeleteSlice(vm, list, index) : try listSetSlice(vm, list, index, value) }
  let integer = try vm.subscriptInteger(index, Qstr.list)
  let position = try vm.checkedPosition(integer, list.pointee.count, Qstr.list)
  if value.isNull { vm.listRemoveItems(list, position, 1) } else { list.pointee.items[position] = value }
}

private func listSetSlice(_ vm: VM, _ list: Ref<ListObject>, _ index: Value, _ value: Value) throws(PyError) {
  let view = try vm.stableItems(value, apartFrom: Value(list))
  let bounds = try vm.sliceBounds(index)
  let range = bounds.range(in: list.pointee.count)
  if range.step == 1 { return try vm.listReplace(list, range.start, range.stop, view) }
  let count = view.count
  if count != range.count {
    try vm.raise(
      .valueError, "attempt to assign sequence of size %s to extended slice of size %s", Value(smallInt: count),
      Value(smallInt: range.count))
  }
  var position = range.start
  for source in 0..<count {
    list.pointee.items[position] = view.items[source]
    position &+= range.step
  }
}

private func listDeleteSlice(_ vm: VM, _ list: Ref<ListObject>, _ index: Value) throws(PyError) {
  let bounds = try vm.sliceBounds(index)
  var range = bounds.range(in: list.pointee.count)
  if range.count == 0 { return }
  if range.step < 0 {
    // The same positions, ascending.
    range.start = range.start &+ (range.count &- 1) &* range.step
    range.step = 0 &- range.step
  }
  if range.step == 1 { return vm.listRemoveItems(list, range.start, range.count) }
  let items = list.pointee.items
  let count = list.pointee.count
  var target = range.start
  var gone = 0
  for source in range.start..<count {
    if gone < range.count && source == range.start &+ gone &* range.step {
      gone &+= 1
    } else {
      items[target] = items[source]
      target &+= 1
    }
  }
  (items + target).update(repeating: .null, count: count &- target)
  list.pointee.count = target
  vm.listTrim(list)
}

// MARK: Methods

private func listAppendMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.listAppend(arguments[0].unchecked(ListObject.self), arguments[1])
  return .none
}

private func listExtendMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.listExtend(arguments[0].unchecked(ListObject.self), arguments[1])
  return .none
}

private func listPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = arguments[0].unchecked(ListObject.self)
  let integer = arguments.count > 1 ? try vm.indexValue(arguments[1]) : -1
  let count = list.pointee.count
  if count == 0 { try vm.raise(.indexError, "pop from empty list") }
  let position = try vm.checkedPosition(integer, count, Qstr.pop)
  let item = list.pointee.items[position]
  if position == count &- 1 {
    list.pointee.items[position] = .null
    list.pointee.count = position
    vm.listTrim(list)
  } else {
    vm.listRemoveItems(list, position, 1)
  }
  return item
}

private func listInsert(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = arguments[0].unchecked(ListObject.self)
  let integer = try vm.indexValue(arguments[1])
  let count = list.pointee.count
  try vm.listInsert(list, integer < 0 ? max(integer &+ count, 0) : min(integer, count), arguments[2])
  return .none
}

private func listRemove(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = arguments[0].unchecked(ListObject.self)
  let position = try vm.itemsPosition(ItemsView(unchecked: arguments[0]), arguments[1], 0, Int.max)
  if position < 0 { try vm.raise(.valueError, "object not in sequence") }
  // `__eq__` may have changed the list.
  if position < list.pointee.count { vm.listRemoveItems(list, position, 1) }
  return .none
}

private func listClear(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = arguments[0].unchecked(ListObject.self)
  vm.listRemoveItems(list, 0, list.pointee.count)
  return .none
}

private func listCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = arguments[0].unchecked(ListObject.self)
  return try vm.newList(list.pointee.items, list.pointee.count)
}

private func listCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.itemsCount(ItemsView(unchecked: arguments[0]), arguments[1])
}

private func listIndex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.itemsIndex(ItemsView(unchecked: arguments[0]), arguments)
}

private func listReverse(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = arguments[0].unchecked(ListObject.self)
  reverseItems(list.pointee.items, list.pointee.count)
  return .none
}

private func listSortMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.sortList(arguments[0].unchecked(ListObject.self), key: arguments[1], reverse: vm.isTrue(arguments[2]))
  return .none
}

/// Reverses items in place.
func reverseItems(_ items: UnsafeMutablePointer<Value>, _ count: Int) {
  var low = 0
  var high = count &- 1
  while low < high {
    let item = items[low]
    items[low] = items[high]
    items[high] = item
    low &+= 1
    high &-= 1
  }
}
