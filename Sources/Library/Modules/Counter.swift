// Counter — a dict from elements to how often each occurs; an absent one occurs 0 times.

extension TypeID {
  static var counter: TypeID { TypeID(170) }
}

private enum CounterType {
  static let methods: InlineArray<_, Method> = [
    Method(.most_common, "n=None", counterMostCommon), Method(.elements, 1...1, counterElements), Method(.total, 1...1, counterTotal),
    Method(.update, 0...255, counterUpdate, data: 1), Method(.subtract, 0...255, counterUpdate, data: -1),
    Method(.copy, 1...1, counterCopy), Method(.__missing__, 2...2, counterMissing),
  ]
}

private func counterMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: CounterType.methods.span[index]) }

extension TypeRow {
  static var counter: TypeRow {
    var row = TypeRow.dictSubtype(.Counter, methodCount: UInt8(CounterType.methods.count), method: counterMethod, make: counterMake)
    row.print = counterPrint
    row.getItem = counterGetItem
    row.binary = counterBinary
    return row
  }
}

private func counterMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count > 1 { try vm.raiseArgumentCount(0, 1, arguments.count) }
  let counter = try vm.newDict(type: .counter)
  try count(vm, counter, arguments, sign: 1)
  return Value(counter)
}

/// Adds (or subtracts) the counts of a mapping, or 1 for each element of an iterable; then those of the keywords.
private func count(_ vm: VM, _ counter: Ref<DictObject>, _ arguments: Arguments, sign: Int) throws(PyError) {
  if arguments.count > 0 && arguments[0] != .none {
    if let source = vm.plainDict(arguments[0]) {
      var position = vm.dictNext(source, 0)
      while position >= 0 {
        let entry = source.pointee.entries.unsafelyUnwrapped[position]
        try add(vm, counter, entry.key, entry.value, sign: sign)
        position = vm.dictNext(source, position &+ 1)
      }
    } else {
      var iteration = try Iteration(vm, arguments[0])
      while true {
        let item = try iteration.next()
        if item.isNull { break }
        try add(vm, counter, item, Value(smallInt: 1), sign: sign)
      }
    }
  }
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (arguments.count &+ 2 &* index)
    try add(vm, counter, pair[0], pair[1], sign: sign)
  }
}

private func add(_ vm: VM, _ counter: Ref<DictObject>, _ key: Value, _ number: Value, sign: Int) throws(PyError) {
  let found = try vm.dictGet(counter, key)
  let old = found.isNull ? Value(smallInt: 0) : found
  try vm.dictSet(counter, key, vm.binary(sign > 0 ? .add : .subtract, old, number))
}

// MARK: Slots

private func counterPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  if value.unchecked(DictObject.self).pointee.count == 0 { return try builder.append("Counter()") }
  if try !vm.enterRepr(value) { return try builder.append("Counter(...)") }
  defer { vm.leaveRepr() }
  let sorted = try byCount(vm, value)
  let ordered = try vm.newDict()
  try vm.dictUpdate(ordered, Value(sorted))
  try builder.append("Counter(")
  try vm.printEntries(ordered, &builder)
  try builder.append(byte: 41)
}

private func counterGetItem(_ vm: VM, _ object: Value, _ key: Value) throws(PyError) -> Value {
  let found = try vm.dictGet(object.unchecked(DictObject.self), key)
  return found.isNull ? Value(smallInt: 0) : found
}

private func counterBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard let a = vm.plainDict(left) else { return .null }
  if op == .contains { return Value(try vm.dictFind(a, right) >= 0) }
  guard let b = vm.plainDict(right) else { return .null }
  switch op {
  case .equal, .notEqual: return Value(try vm.dictEquals(a, b) == (op == .equal))
  case .add, .subtract, .or, .and:
    guard vm.unwrapped(left).isObject(.counter), vm.unwrapped(right).isObject(.counter) else { return .null }
    return try combine(vm, op, a, b)
  default: return .null
  }
}

/// Only positive counts are kept.
private func combine(_ vm: VM, _ op: BinaryOperator, _ a: Ref<DictObject>, _ b: Ref<DictObject>) throws(PyError) -> Value {
  let result = try vm.newDict(type: .counter)
  for turn in 0..<2 {
    let source = turn == 0 ? a : b
    var position = vm.dictNext(source, 0)
    while position >= 0 {
      let key = source.pointee.entries.unsafelyUnwrapped[position].key
      position = vm.dictNext(source, position &+ 1)
      if turn == 1, try vm.dictFind(a, key) >= 0 { continue }
      let x = try counterGetItem(vm, Value(a), key)
      let y = try counterGetItem(vm, Value(b), key)
      var number = Value.null
      switch op {
      case .or: number = try vm.isLess(x, y) ? y : x
      case .and: number = try vm.isLess(x, y) ? x : y
      default: number = try vm.binary(op, x, y)
      }
      if try vm.isLess(Value(smallInt: 0), number) { try vm.dictSet(result, key, number) }
    }
  }
  return Value(result)
}

// MARK: Methods

/// A list of pairs, the greatest counts first; equal ones in order of their first occurrence.
private func byCount(_ vm: VM, _ counter: Value) throws(PyError) -> Ref<ListObject> {
  let dict = counter.unchecked(DictObject.self)
  let pairs = try vm.newList(capacity: Int(dict.pointee.count))
  let keyed = try vm.newList(capacity: Int(dict.pointee.count))
  var position = vm.dictNext(dict, 0)
  while position >= 0 {
    let entry = dict.pointee.entries.unsafelyUnwrapped[position]
    // Sorted ascending by (count, how late it came), then reversed, equal counts come out in order of occurrence.
    let late = Value(smallInt: 0 &- pairs.pointee.count)
    try vm.listAppend(pairs, vm.newTuple(entry.key, entry.value))
    try vm.listAppend(keyed, vm.newTuple(entry.value, late))
    position = vm.dictNext(dict, position &+ 1)
  }
  let sorted = try vm.sortedList(Value(keyed), key: .none, reverse: true).unchecked(ListObject.self)
  let result = try vm.newList(capacity: pairs.pointee.count)
  for index in 0..<sorted.pointee.count {
    let late = TupleObject.items(sorted.pointee.items[index].unchecked(TupleObject.self))[1].uncheckedSmallInt
    try vm.listAppend(result, pairs.pointee.items[0 &- late])
  }
  return result
}

private func counterMostCommon(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let sorted = try byCount(vm, arguments[0])
  if arguments[1] == .none { return Value(sorted) }
  let wanted = max(try vm.indexValue(arguments[1]), 0)
  return try vm.newList(sorted.pointee.items, min(wanted, sorted.pointee.count))
}

private func counterElements(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = arguments[0].unchecked(DictObject.self)
  let list = try vm.newList()
  var position = vm.dictNext(dict, 0)
  while position >= 0 {
    let entry = dict.pointee.entries.unsafelyUnwrapped[position]
    for turn in 0..<max(try vm.indexValue(entry.value), 0) {
      try vm.listAppend(list, entry.key)
      if turn & 1023 == 1023 { try vm.pollPending() }
    }
    position = vm.dictNext(dict, position &+ 1)
  }
  return try vm.getIterator(Value(list))
}

private func counterTotal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.sumValues(vm.newDictView(arguments[0].unchecked(DictObject.self), .dictValues), Value(smallInt: 0))
}

private func counterUpdate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let sign = vm.state.pointee.rowData
  if arguments.count < 1 || arguments.count > 2 { try vm.raiseArgumentCount(1, 2, arguments.count) }
  try count(vm, arguments[0].unchecked(DictObject.self), arguments.dropFirst, sign: sign)
  return .none
}

private func counterCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try vm.dictCopy(arguments[0].unchecked(DictObject.self), type: .counter))
}

private func counterMissing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: 0) }
