// collections — OrderedDict and defaultdict here; deque, namedtuple and Counter in files of their own.

extension TypeID {
  static var orderedDict: TypeID { TypeID(168) }
  static var defaultDict: TypeID { TypeID(169) }
}

private enum CollectionsModule {
  static let rows: InlineArray<_, Method> = [
    Method(.deque, constant: Value(type: .deque)), Method(.OrderedDict, constant: Value(type: .orderedDict)),
    Method(.defaultdict, constant: Value(type: .defaultDict)), Method(.Counter, constant: Value(type: .counter)),
    Method(.namedtuple, "typename, field_names, *, rename=False, defaults=None, module=None", makeNamedTuple),
  ]
}

private func collectionsRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: CollectionsModule.rows.span[index]) }

extension ModuleRow {
  static let collections = ModuleRow(.collections, isExtensible: true, rowCount: UInt8(CollectionsModule.rows.count), row: collectionsRow)
}

// MARK: OrderedDict

private enum OrderedDictType {
  static let methods: InlineArray<_, Method> = [
    Method(.popitem, "last=True", orderedPopItem), Method(.move_to_end, "key, last=True", orderedMoveToEnd),
    Method(.copy, 1...1, orderedCopy), Method(.__reversed__, 1...1, nativeReversed),
  ]
}

private func orderedMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: OrderedDictType.methods.span[index]) }

extension TypeRow {
  /// A dict that compares with its like in order, and can move entries.
  static var orderedDict: TypeRow {
    var row = TypeRow.dictSubtype(.OrderedDict, methodCount: UInt8(OrderedDictType.methods.count), method: orderedMethod, make: orderedMake)
    row.print = orderedPrint
    row.binary = orderedBinary
    return row
  }
}

private func orderedMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = try vm.newDict(type: .orderedDict)
  try vm.dictFill(dict, arguments)
  return Value(dict)
}

private func orderedPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let dict = value.unchecked(DictObject.self)
  if try !vm.enterRepr(value) { return try builder.append("OrderedDict(...)") }
  defer { vm.leaveRepr() }
  try builder.append("OrderedDict(")
  try vm.printEntries(dict, &builder)
  try builder.append(byte: 41)
}

private func orderedBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard let a = vm.plainDict(left) else { return .null }
  switch op {
  case .contains: return Value(try vm.dictFind(a, right) >= 0)
  case .equal, .notEqual:
    guard let b = vm.plainDict(right) else { return .null }
    var same = try vm.dictEquals(a, b)
    if same && vm.unwrapped(left).isObject(.orderedDict) && vm.unwrapped(right).isObject(.orderedDict) { same = try sameOrder(vm, a, b) }
    return Value(same == (op == .equal))
  case .or:
    guard let b = vm.plainDict(right) else { return .null }
    let result = try vm.dictCopy(a, type: .orderedDict)
    try vm.dictMerge(result, b)
    return Value(result)
  case .inPlaceOr:
    try vm.dictUpdate(a, right)
    return left
  default: return .null
  }
}

/// True if two dicts with the same keys have them in the same order.
private func sameOrder(_ vm: VM, _ a: Ref<DictObject>, _ b: Ref<DictObject>) throws(PyError) -> Bool {
  var first = vm.dictNext(a, 0)
  var second = vm.dictNext(b, 0)
  while first >= 0 && second >= 0 {
    let key = a.pointee.entries.unsafelyUnwrapped[first].key
    if try !vm.sameOrEqual(key, b.pointee.entries.unsafelyUnwrapped[second].key) { return false }
    first = vm.dictNext(a, first &+ 1)
    second = vm.dictNext(b, second &+ 1)
  }
  return first < 0 && second < 0
}

private func orderedPopItem(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = arguments[0].unchecked(DictObject.self)
  if dict.pointee.count == 0 { try vm.raise(.keyError, "dictionary is empty") }
  if try vm.isTrue(arguments[1]) {
    let entry = vm.dictPopLast(dict)
    return try vm.newTuple(entry.key, entry.value)
  }
  let entry = vm.dictPopFirst(dict)
  return try vm.newTuple(entry.key, entry.value)
}

private func orderedMoveToEnd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = arguments[0].unchecked(DictObject.self)
  let toLast = try vm.isTrue(arguments[2])
  let value = try vm.dictRemove(dict, arguments[1])
  if value.isNull { try vm.raiseKeyError(arguments[1]) }
  if !toLast {
    // Everything else goes behind it.
    let rest = try vm.dictCopy(dict)
    vm.dictClear(dict)
    try vm.dictSet(dict, arguments[1], value)
    try vm.dictMerge(dict, rest)
  } else {
    try vm.dictSet(dict, arguments[1], value)
  }
  return .none
}

private func orderedCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try vm.dictCopy(arguments[0].unchecked(DictObject.self), type: .orderedDict))
}

// MARK: defaultdict

private enum DefaultDictType {
  static let methods: InlineArray<_, Method> = [
    Method(.default_factory, getter: defaultFactory), Method(.__missing__, 2...2, defaultMissing), Method(.copy, 1...1, defaultCopy),
    Method(.__copy__, 1...1, defaultCopy),
  ]
}

private func defaultMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: DefaultDictType.methods.span[index]) }

extension TypeRow {
  /// A dict that makes the values of absent keys. Its extra slot holds the factory.
  static var defaultDict: TypeRow {
    var row = TypeRow.dictSubtype(.defaultdict, methodCount: UInt8(DefaultDictType.methods.count), method: defaultMethod, make: defaultMake)
    row.print = defaultPrint
    row.getItem = defaultGetItem
    row.binary = defaultBinary
    row.setAttribute = defaultSetAttribute
    return row
  }
}

private func factory(_ value: Value) -> Value { DictObject.extraSlots(value.unchecked(DictObject.self))[0] }

private func newDefaultDict(_ vm: VM, _ factory: Value) throws(PyError) -> Ref<DictObject> {
  let dict = try vm.newDict(type: .defaultDict, extraSlots: 1)
  DictObject.extraSlots(dict)[0] = factory
  return dict
}

private func defaultMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = try newDefaultDict(vm, arguments.count > 0 ? arguments[0] : .none)
  try vm.dictFill(dict, arguments.count > 0 ? arguments.dropFirst : arguments)
  return Value(dict)
}

private func defaultPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  if try !vm.enterRepr(value) { return try builder.append("defaultdict(...)") }
  defer { vm.leaveRepr() }
  try builder.append("defaultdict(")
  try vm.print(factory(value), &builder, .repr)
  try builder.append(", ")
  try vm.printEntries(value.unchecked(DictObject.self), &builder)
  try builder.append(byte: 41)
}

private func defaultGetItem(_ vm: VM, _ object: Value, _ key: Value) throws(PyError) -> Value {
  let found = try vm.dictGet(object.unchecked(DictObject.self), key)
  return found.isNull ? try makeMissing(vm, object, key) : found
}

private func makeMissing(_ vm: VM, _ object: Value, _ key: Value) throws(PyError) -> Value {
  if factory(object) == .none { try vm.raiseKeyError(key) }
  let value = try vm.call(factory(object))
  try vm.dictSet(object.unchecked(DictObject.self), key, value)
  return value
}

private func defaultBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard let a = vm.plainDict(left) else { return .null }
  switch op {
  case .contains: return Value(try vm.dictFind(a, right) >= 0)
  case .equal, .notEqual:
    guard let b = vm.plainDict(right) else { return .null }
    return Value(try vm.dictEquals(a, b) == (op == .equal))
  case .or:
    guard let b = vm.plainDict(right) else { return .null }
    let plain = vm.unwrapped(left)
    let result = try newDefaultDict(vm, factory(plain.isObject(.defaultDict) ? plain : vm.unwrapped(right)))
    try vm.dictMerge(result, a)
    try vm.dictMerge(result, b)
    return Value(result)
  case .inPlaceOr:
    try vm.dictUpdate(a, right)
    return left
  default: return .null
  }
}

private func defaultSetAttribute(_ vm: VM, _ object: Value, _ name: Qstr, _ value: Value) throws(PyError) -> Bool {
  guard name == Qstr.default_factory else { return false }
  DictObject.extraSlots(object.unchecked(DictObject.self))[0] = value.isNull ? .none : value
  return true
}

private func defaultFactory(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { factory(arguments[0]) }

private func defaultMissing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try makeMissing(vm, arguments[0], arguments[1]) }

private func defaultCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let copy = try newDefaultDict(vm, factory(arguments[0]))
  try vm.dictMerge(copy, arguments[0].unchecked(DictObject.self))
  return Value(copy)
}
