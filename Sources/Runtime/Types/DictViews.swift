// The views that `keys`, `values` and `items` answer, and the iterators over dicts, views and sets. A view holds nothing but its dict.

public struct DictViewObject {
  public var header: ObjectHeader
  public var dict: Ref<DictObject>
}

/// What an iteration over a dict's entries yields.
enum EntryPart: UInt8 { case keys, values, items }

struct DictIteratorObject {
  var header: ObjectHeader
  /// Nil once the iterator has ended.
  var dict: Ref<DictObject>?
  /// The next entry to look at; backwards: one past it.
  var position: Int32
  /// Entries when the iteration began: a dict must not grow or shrink meanwhile.
  var expected: UInt32
  var part: EntryPart
  var isReversed: Bool
}

private enum DictViewType {
  static let keys: InlineArray<_, Method> = [
    Method(.isdisjoint, 2...2, viewIsDisjoint), Method(.mapping, getter: viewMapping), Method(.__iter__, 1...1, nativeIterator),
    Method(.__len__, 1...1, nativeLength), Method(.__contains__, 2...2, nativeContains), Method(.__reversed__, 1...1, nativeReversed),
  ]
  static let iterator: InlineArray<_, Method> = [
    Method(.__next__, 1...1, nativeNext), Method(.__iter__, 1...1, nativeIterator), Method(.__length_hint__, 1...1, iteratorLengthHint),
  ]
}

private func viewMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: DictViewType.keys.span[index]) }
private func iteratorMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: DictViewType.iterator.span[index]) }

extension TypeRow {
  private static func view(_ name: Qstr) -> TypeRow {
    TypeRow(
      name, isSubclassable: false, methodCount: UInt8(DictViewType.keys.count), method: viewMethod, print: viewPrint, unary: viewUnary,
      binary: viewBinary, iterate: viewIterate)
  }
  static var dictKeys: TypeRow { view(Qstr.dict_keys) }
  static var dictValues: TypeRow { view(Qstr.dict_values) }
  static var dictItems: TypeRow { view(Qstr.dict_items) }
  static let dictIterator = TypeRow(
    .iterator, isSubclassable: false, methodCount: UInt8(DictViewType.iterator.count), method: iteratorMethod, print: iteratorPrint,
    iterate: iterateSelf, next: dictIteratorNext)
  static let setIterator = TypeRow(
    .iterator, isSubclassable: false, methodCount: UInt8(DictViewType.iterator.count), method: iteratorMethod, print: iteratorPrint,
    iterate: iterateSelf, next: dictIteratorNext)
}

extension VM {
  /// A view of a dict: `.dictKeys`, `.dictValues` or `.dictItems`. Allocates.
  public func newDictView(_ dict: Ref<DictObject>, _ type: TypeID) throws(PyError) -> Value {
    let view = try allocate(DictViewObject.self)
    view.initialize(to: DictViewObject(header: ObjectHeader(type), dict: dict))
    return Value(view)
  }

  /// An iterator over a dict's or a set's entries. Allocates.
  func newDictIterator(_ dict: Ref<DictObject>, _ part: EntryPart, reversed: Bool = false, type: TypeID = .dictIterator) throws(PyError)
    -> Value
  {
    let iterator = try allocate(DictIteratorObject.self)
    iterator.initialize(
      to: DictIteratorObject(
        header: ObjectHeader(type), dict: dict, position: reversed ? Int32(truncatingIfNeeded: dict.pointee.fill) : 0,
        expected: dict.pointee.count, part: part, isReversed: reversed))
    return Value(iterator)
  }

  /// What a view yields.
  func entryPart(_ view: Value) -> EntryPart {
    view.isObject(.dictKeys) ? .keys : view.isObject(.dictValues) ? .values : .items
  }
}

extension VM {
  /// Moves an iterator over a dict or set on. Answers the position of an entry, or -1 at the end.
  func dictIteratorAdvance(_ iterator: Ref<DictIteratorObject>) throws(PyError) -> Int {
    guard let dict = iterator.pointee.dict else { return -1 }
    if dict.pointee.count != iterator.pointee.expected {
      iterator.pointee.expected = UInt32.max
      try raiseChangedSize(Value(dict))
    }
    var position = -1
    if iterator.pointee.isReversed {
      position = min(Int(iterator.pointee.position), Int(dict.pointee.fill)) &- 1
      while position >= 0 && dict.pointee.entries.unsafelyUnwrapped[position].key.isNull { position &-= 1 }
    } else {
      position = dictNext(dict, Int(iterator.pointee.position))
    }
    if position < 0 {
      iterator.pointee.dict = nil
      return -1
    }
    iterator.pointee.position = Int32(truncatingIfNeeded: iterator.pointee.isReversed ? position : position &+ 1)
    return position
  }
}

private func dictIteratorNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let iterator = value.unchecked(DictIteratorObject.self)
  let position = try vm.dictIteratorAdvance(iterator)
  guard position >= 0, let dict = iterator.pointee.dict else { return .null }
  let entry = dict.pointee.entries.unsafelyUnwrapped[position]
  switch iterator.pointee.part {
  case .keys: return entry.key
  case .values: return entry.value
  case .items: return try vm.newTuple(entry.key, entry.value)
  }
}

private func iteratorLengthHint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let iterator = arguments[0].unchecked(DictIteratorObject.self)
  guard let dict = iterator.pointee.dict, dict.pointee.count == iterator.pointee.expected else { return Value(smallInt: 0) }
  var remaining = 0
  var position = iterator.pointee.isReversed ? 0 : Int(iterator.pointee.position)
  while true {
    position = vm.dictNext(dict, position)
    if position < 0 || iterator.pointee.isReversed && position >= Int(iterator.pointee.position) { return Value(smallInt: remaining) }
    remaining &+= 1
    position &+= 1
  }
}

// MARK: Slots of views

private func viewPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append(vm.row(vm.typeID(of: value)).name)
  if try !vm.enterRepr(value) { return try builder.append("(...)") }
  defer { vm.leaveRepr() }
  let dict = value.unchecked(DictViewObject.self).pointee.dict
  let part = vm.entryPart(value)
  try builder.append("([")
  var isFirst = true
  var position = vm.dictNext(dict, 0)
  while position >= 0 {
    let entry = dict.pointee.entries.unsafelyUnwrapped[position]
    if !isFirst { try builder.append(", ") }
    isFirst = false
    if part == .items {
      try builder.append(byte: 40)
      try vm.print(entry.key, &builder, .repr)
      try builder.append(", ")
      try vm.print(entry.value, &builder, .repr)
      try builder.append(byte: 41)
    } else {
      try vm.print(part == .keys ? entry.key : entry.value, &builder, .repr)
    }
    position = vm.dictNext(dict, position &+ 1)
  }
  try builder.append("])")
}

private func viewUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let count = Int(value.unchecked(DictViewObject.self).pointee.dict.pointee.count)
  switch op {
  case .length: return Value(smallInt: count)
  case .bool: return Value(count != 0)
  case .hash: return value.isObject(.dictValues) ? .null : .none
  default: return .null
  }
}

private func viewIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  try vm.newDictIterator(value.unchecked(DictViewObject.self).pointee.dict, vm.entryPart(value))
}

/// Views of keys and items are sets to the operators; their results are plain sets.
private func viewBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  if op == .contains { return Value(try viewContains(vm, left, right)) }
  if left.isObject(.dictValues) || right.isObject(.dictValues) { return .null }
  switch op {
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual:
    guard let a = try vm.setOperand(left), let b = try vm.setOperand(right) else { return .null }
    return Value(try vm.setCompare(op, a, b))
  case .or, .and, .subtract, .xor:
    // Any iterable may stand on the other side.
    return Value(try vm.setCombine(op, vm.setFrom(left), vm.setFrom(right), .set))
  default: return .null
  }
}

private func viewContains(_ vm: VM, _ view: Value, _ item: Value) throws(PyError) -> Bool {
  let dict = view.unchecked(DictViewObject.self).pointee.dict
  switch vm.entryPart(view) {
  case .keys: return try vm.dictFind(dict, item) >= 0
  case .values:
    var position = vm.dictNext(dict, 0)
    while position >= 0 {
      if try vm.sameOrEqual(dict.pointee.entries.unsafelyUnwrapped[position].value, item) { return true }
      position = vm.dictNext(dict, position &+ 1)
    }
    return false
  case .items:
    let pair = vm.unwrapped(item)
    guard pair.isObject(.tuple), pair.unchecked(TupleObject.self).pointee.count == 2 else { return false }
    let items = TupleObject.items(pair.unchecked(TupleObject.self))
    let value = try vm.dictGet(dict, items[0])
    return value.isNull ? false : try vm.sameOrEqual(value, items[1])
  }
}

// MARK: Methods of views

private func viewIsDisjoint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var others = try Iteration(vm, arguments[1])
  while true {
    let item = try others.next()
    if item.isNull { return .true }
    if try viewContains(vm, arguments[0], item) { return .false }
  }
}

private func viewMapping(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newMappingProxy(Value(arguments[0].unchecked(DictViewObject.self).pointee.dict))
}
