// set and frozenset — a dict whose values are all None.

/// The storage of a set.
public typealias SetObject = DictObject

private enum SetType {
  static let frozen: InlineArray<_, Method> = [
    Method(.copy, 1...1, setCopyMethod), Method(.difference, 1...255, setDifference), Method(.intersection, 1...255, setIntersection),
    Method(.isdisjoint, 2...2, setIsDisjoint), Method(.issubset, 2...2, setIsSubset), Method(.issuperset, 2...2, setIsSuperset),
    Method(.symmetric_difference, 2...2, setSymmetricDifference), Method(.union, 1...255, setUnion),
    Method(.__contains__, 2...2, nativeContains), Method(.__len__, 1...1, nativeLength), Method(.__iter__, 1...1, nativeIterator),
  ]
  static let changing: InlineArray<_, Method> = [
    Method(.add, 2...2, setAddMethod), Method(.clear, 1...1, setClear), Method(.discard, 2...2, setDiscard), Method(.pop, 1...1, setPop),
    Method(.remove, 2...2, setRemove), Method(.update, 1...255, setUpdateMethod), Method(.difference_update, 1...255, setDifferenceUpdate),
    Method(.intersection_update, 1...255, setIntersectionUpdate),
    Method(.symmetric_difference_update, 2...2, setSymmetricDifferenceUpdate),
  ]
}

private func frozensetMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: SetType.frozen.span[index]) }
/// A set has the methods that change it, and a frozenset's.
private func setMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  if index < SetType.changing.count { return row.initialize(to: SetType.changing.span[index]) }
  row.initialize(to: SetType.frozen.span[index &- SetType.changing.count])
}

extension TypeRow {
  static let set = TypeRow(
    .set, methodCount: UInt8(SetType.changing.count + SetType.frozen.count), method: setMethod, make: setMake, print: setPrint,
    unary: setUnary, binary: setBinary, iterate: setIterate)
  static let frozenset = TypeRow(
    .frozenset, methodCount: UInt8(SetType.frozen.count), method: frozensetMethod, make: frozensetMake, print: setPrint, unary: setUnary,
    binary: setBinary, iterate: setIterate)
}

// MARK: Sets from Swift

extension VM {
  /// A set of `count` values. Allocates; may run Python code (`__hash__`, `__eq__`).
  public func newSet(_ items: UnsafePointer<Value>, _ count: Int) throws(PyError) -> Value {
    let set = try newDict(capacity: count, type: .set)
    for index in 0..<count { try setAdd(set, items[index]) }
    return Value(set)
  }

  /// `set.add(value)`. Allocates; may run Python code.
  @inline(__always) public func setAdd(_ set: Ref<SetObject>, _ value: Value) throws(PyError) { try dictSet(set, value, .none) }

  /// The position of an item, or -1. A set (which has no hash) is looked for as if it were frozen. May run Python code.
  public func setFind(_ set: Ref<SetObject>, _ item: Value) throws(PyError) -> Int {
    if item.isObject(.set) { return try dictFind(set, item, hash: mixHash(Int(setHash(item.unchecked(SetObject.self)) &>> 2))) }
    return try dictFind(set, item)
  }

  /// Adds all elements of an iterable. May run Python code.
  public func setUpdate(_ set: Ref<SetObject>, _ iterable: Value) throws(PyError) {
    if let other = setStorage(iterable) { return try setUpdate(set, other) }
    var iteration = try Iteration(self, iterable)
    while true {
      let item = try iteration.next()
      if item.isNull { return }
      try setAdd(set, item)
    }
  }

  private func setUpdate(_ set: Ref<SetObject>, _ other: Ref<SetObject>) throws(PyError) {
    if set == other { return }
    if set.pointee.count == 0 && other.pointee.count > set.pointee.capacity { try dictResize(set, capacity: Int(other.pointee.count)) }
    var position = dictNext(other, 0)
    while position >= 0 {
      try dictSet(set, other.pointee.entries.unsafelyUnwrapped[position].key, .none, hash: other.hashes[position])
      try pollInterrupt()
      position = dictNext(other, position &+ 1)
    }
  }

  /// The storage whose keys are exactly what iterating a value yields: sets, dicts and views of keys; else nil.
  private func setStorage(_ value: Value) -> Ref<SetObject>? {
    let source = iterationSource(value)
    guard source.isObject else { return nil }
    switch source.uncheckedHeader.pointee.word {
    case TypeID.set.headerWord, TypeID.frozenset.headerWord, TypeID.dict.headerWord: return source.unchecked(SetObject.self)
    case TypeID.dictKeys.headerWord: return source.unchecked(DictViewObject.self).pointee.dict
    default: return nil
    }
  }

  /// The elements of any iterable as a set, which must not be changed: it may be the argument itself. May run Python code.
  func setFrom(_ iterable: Value) throws(PyError) -> Ref<SetObject> {
    if let storage = setStorage(iterable) { return storage }
    let set = try newDict(type: .set)
    try setUpdate(set, iterable)
    return set
  }

  /// The operand of a set operator: a set, a frozenset or a view of keys or items; nil for others. May run Python code.
  func setOperand(_ value: Value) throws(PyError) -> Ref<SetObject>? {
    let plain = unwrapped(value)
    guard plain.isObject else { return nil }
    switch plain.uncheckedHeader.pointee.word {
    case TypeID.set.headerWord, TypeID.frozenset.headerWord: return plain.unchecked(SetObject.self)
    case TypeID.dictKeys.headerWord: return plain.unchecked(DictViewObject.self).pointee.dict
    case TypeID.dictItems.headerWord: return try setFrom(plain)
    default: return nil
    }
  }

  /// True if each item of `a` is in `b`. May run Python code.
  func setIsSubset(_ a: Ref<SetObject>, _ b: Ref<SetObject>) throws(PyError) -> Bool {
    if a.pointee.count > b.pointee.count { return false }
    var position = dictNext(a, 0)
    while position >= 0 {
      if try dictFind(b, a.pointee.entries.unsafelyUnwrapped[position].key, hash: a.hashes[position]) < 0 { return false }
      try pollInterrupt()
      position = dictNext(a, position &+ 1)
    }
    return true
  }

  /// The six comparisons: equality and inclusion. May run Python code.
  func setCompare(_ op: BinaryOperator, _ a: Ref<SetObject>, _ b: Ref<SetObject>) throws(PyError) -> Bool {
    try checkNativeStack()
    switch op {
    case .less: return a.pointee.count < b.pointee.count ? try setIsSubset(a, b) : false
    case .more: return a.pointee.count > b.pointee.count ? try setIsSubset(b, a) : false
    case .lessEqual: return try setIsSubset(a, b)
    case .moreEqual: return try setIsSubset(b, a)
    default:
      let same = a.pointee.count == b.pointee.count ? try setIsSubset(a, b) : false
      return same == (op == .equal)
    }
  }

  /// A new set of type `type`: `a | b`, `a & b`, `a - b` or `a ^ b`. Allocates; may run Python code.
  func setCombine(_ op: BinaryOperator, _ a: Ref<SetObject>, _ b: Ref<SetObject>, _ type: TypeID) throws(PyError) -> Ref<SetObject> {
    let result = try newDict(type: type)
    switch op {
    case .or:
      try setUpdate(result, a)
      try setUpdate(result, b)
    case .and: try setSelect(a, b, present: true, into: result)
    case .subtract: try setSelect(a, b, present: false, into: result)
    default:
      try setSelect(a, b, present: false, into: result)
      try setSelect(b, a, present: false, into: result)
    }
    return result
  }

  /// Adds to `result` the items of `a` that are in `b` (or are not), which `result` must not have yet.
  private func setSelect(_ a: Ref<SetObject>, _ b: Ref<SetObject>, present: Bool, into result: Ref<SetObject>) throws(PyError) {
    var position = dictNext(a, 0)
    while position >= 0 {
      let key = a.pointee.entries.unsafelyUnwrapped[position].key
      let hash = a.hashes[position]
      if try (dictFind(b, key, hash: hash) >= 0) == present { try dictAppend(result, key, .none, hash: hash) }
      try pollInterrupt()
      position = dictNext(a, position &+ 1)
    }
  }

  /// Gives a set the items of another, which nobody else holds.
  private func setReplace(_ set: Ref<SetObject>, by other: Ref<SetObject>) {
    dictClear(set)
    let header = set.pointee.header
    set.pointee = other.pointee
    set.pointee.header = header
    set.pointee.stamp = 0
    other.pointee.entries = nil
    dictClear(other)
  }

  /// `set op= other`. Allocates; may run Python code.
  func setChange(_ op: BinaryOperator, _ set: Ref<SetObject>, _ other: Ref<SetObject>) throws(PyError) {
    if op == .or { return try setUpdate(set, other) }
    if op == .subtract && set != other {
      var position = dictNext(other, 0)
      while position >= 0 {
        let found = try dictFind(set, other.pointee.entries.unsafelyUnwrapped[position].key, hash: other.hashes[position])
        if found >= 0 { dictRemove(set, at: found) }
        position = dictNext(other, position &+ 1)
      }
      return
    }
    setReplace(set, by: try setCombine(op, set, other, .set))
  }

  /// A hash that does not depend on the order of the items.
  func setHash(_ set: Ref<SetObject>) -> UInt32 {
    var hash: UInt32 = 1_927_868_237 &* (set.pointee.count &+ 1)
    var position = dictNext(set, 0)
    while position >= 0 {
      let item = set.hashes[position]
      hash ^= (item ^ item &<< 16 ^ 89_869_747) &* 3_644_798_167
      position = dictNext(set, position &+ 1)
    }
    hash ^= hash &>> 11 ^ hash &>> 25
    return hash &* 69_069 &+ 907_133_923
  }
}

// MARK: Slots

private func setMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  let set = try vm.newDict(type: .set)
  if arguments.count == 1 { try vm.setUpdate(set, arguments[0]) }
  return Value(set)
}

private func frozensetMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  if arguments.count == 1 && arguments[0].isObject(.frozenset) { return arguments[0] }
  let set = try vm.newDict(type: .frozenset)
  if arguments.count == 1 { try vm.setUpdate(set, arguments[0]) }
  return Value(set)
}

private func setPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let set = value.unchecked(SetObject.self)
  let isFrozen = value.isObject(.frozenset)
  if set.pointee.count == 0 { return try builder.append(isFrozen ? "frozenset()" : "set()") }
  if try !vm.enterRepr(value) { return try builder.append(isFrozen ? "frozenset(...)" : "set(...)") }
  defer { vm.leaveRepr() }
  try builder.append(isFrozen ? "frozenset({" : "{")
  var isFirst = true
  var position = vm.dictNext(set, 0)
  while position >= 0 {
    if !isFirst { try builder.append(", ") }
    isFirst = false
    try vm.print(set.pointee.entries.unsafelyUnwrapped[position].key, &builder, .repr)
    position = vm.dictNext(set, position &+ 1)
  }
  try builder.append(isFrozen ? "})" : "}")
}

private func setUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let set = value.unchecked(SetObject.self)
  switch op {
  case .length: return Value(smallInt: Int(set.pointee.count))
  case .bool: return Value(set.pointee.count != 0)
  case .hash: return value.isObject(.frozenset) ? Value(smallInt: Int(vm.setHash(set) &>> 2)) : .none
  default: return .null
  }
}

private func setIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  try vm.newDictIterator(value.unchecked(SetObject.self), .keys, type: .setIterator)
}

private func setBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  if op == .contains { return Value(try vm.setFind(vm.unwrapped(left).unchecked(SetObject.self), right) >= 0) }
  guard let a = try vm.setOperand(left), let b = try vm.setOperand(right) else { return .null }
  switch op {
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual: return Value(try vm.setCompare(op, a, b))
  case .or, .and, .subtract, .xor: return Value(try vm.setCombine(op, a, b, vm.unwrapped(left).isObject(.frozenset) ? .frozenset : .set))
  case .inPlaceOr, .inPlaceAnd, .inPlaceSubtract, .inPlaceXor:
    guard vm.unwrapped(left).isObject(.set) else { return .null }
    try vm.setChange(op.withoutAssignment, a, b)
    return left
  default: return .null
  }
}

// MARK: Methods

private func setCopyMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0].isObject(.frozenset) { return arguments[0] }
  return Value(try vm.dictCopy(arguments[0].unchecked(SetObject.self), type: .set))
}

/// A method that combines the receiver with any number of iterables.
private func setFold(_ vm: VM, _ op: BinaryOperator, _ arguments: Arguments) throws(PyError) -> Value {
  let type = vm.typeID(of: arguments[0])
  var result = arguments[0].unchecked(SetObject.self)
  for index in 1..<max(arguments.count, 1) { result = try vm.setCombine(op, result, vm.setFrom(arguments[index]), type) }
  if arguments.count == 1 { return try setCopyMethod(vm, arguments) }
  return Value(result)
}

/// A method that changes the receiver by each of any number of iterables.
private func setFoldInPlace(_ vm: VM, _ op: BinaryOperator, _ arguments: Arguments) throws(PyError) -> Value {
  for index in 1..<max(arguments.count, 1) {
    try vm.setChange(op, arguments[0].unchecked(SetObject.self), vm.setFrom(arguments[index]))
  }
  return .none
}

private func setUnion(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let result = try vm.dictCopy(arguments[0].unchecked(SetObject.self), type: vm.typeID(of: arguments[0]))
  for index in 1..<max(arguments.count, 1) { try vm.setUpdate(result, arguments[index]) }
  return Value(result)
}

private func setDifference(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try setFold(vm, .subtract, arguments) }
private func setIntersection(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try setFold(vm, .and, arguments) }
private func setSymmetricDifference(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try setFold(vm, .xor, arguments) }
private func setDifferenceUpdate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try setFoldInPlace(vm, .subtract, arguments) }
/// All or nothing: the set changes after the last iterable was read.
private func setIntersectionUpdate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let kept = try setFold(vm, .and, arguments)
  try vm.setChange(.and, arguments[0].unchecked(SetObject.self), kept.unchecked(SetObject.self))
  return .none
}

private func setSymmetricDifferenceUpdate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try setFoldInPlace(vm, .xor, arguments)
}

private func setUpdateMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  for index in 1..<max(arguments.count, 1) { try vm.setUpdate(arguments[0].unchecked(SetObject.self), arguments[index]) }
  return .none
}

private func setIsDisjoint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let set = arguments[0].unchecked(SetObject.self)
  var others = try Iteration(vm, arguments[1])
  while true {
    let item = try others.next()
    if item.isNull { return .true }
    if try vm.setFind(set, item) >= 0 { return .false }
  }
}

private func setIsSubset(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try vm.setIsSubset(arguments[0].unchecked(SetObject.self), vm.setFrom(arguments[1])))
}

private func setIsSuperset(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try vm.setIsSubset(vm.setFrom(arguments[1]), arguments[0].unchecked(SetObject.self)))
}

private func setAddMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.setAdd(arguments[0].unchecked(SetObject.self), arguments[1])
  return .none
}

private func setClear(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.dictClear(arguments[0].unchecked(SetObject.self))
  return .none
}

private func setDiscard(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let set = arguments[0].unchecked(SetObject.self)
  let position = try vm.setFind(set, arguments[1])
  if position >= 0 { vm.dictRemove(set, at: position) }
  return .none
}

private func setRemove(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let set = arguments[0].unchecked(SetObject.self)
  let position = try vm.setFind(set, arguments[1])
  if position < 0 { try vm.raiseKeyError(arguments[1]) }
  vm.dictRemove(set, at: position)
  return .none
}

private func setPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let entry = vm.dictPopFirst(arguments[0].unchecked(SetObject.self))
  if entry.key.isNull { try vm.raise(.keyError, "pop from an empty set") }
  return entry.key
}
