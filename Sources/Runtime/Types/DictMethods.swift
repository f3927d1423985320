// dict as Python sees it: the storage is in Dict.swift. Types built on dict (OrderedDict, defaultdict) share its layout and its methods.

private enum DictType {
  static let methods: InlineArray<_, Method> = [
    Method(.get, 2...3, dictGetMethod), Method(.keys, 1...1, dictView, data: 0), Method(.values, 1...1, dictView, data: 1),
    Method(.items, 1...1, dictView, data: 2), Method(.pop, 2...3, dictPop), Method(.setdefault, 2...3, dictSetDefault),
    Method(.update, 0...255, dictUpdate), Method(.clear, 1...1, dictClearMethod), Method(.copy, 1...1, dictCopyMethod),
    Method(.popitem, 1...1, dictPopItem), Method(.fromkeys, classMethod: 2...3, dictFromKeys), Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__setitem__, 3...3, nativeSetItem), Method(.__delitem__, 2...2, nativeDeleteItem), Method(.__contains__, 2...2, nativeContains),
    Method(.__len__, 1...1, nativeLength), Method(.__iter__, 1...1, nativeIterator), Method(.__reversed__, 1...1, nativeReversed),
  ]
}

private func dictMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: DictType.methods.span[index]) }

extension TypeRow {
  static let dict = TypeRow(
    .dict, methodCount: UInt8(DictType.methods.count), method: dictMethod, make: dictMake, print: dictPrint, unary: dictUnary,
    binary: dictBinary, getItem: dictGetItem, setItem: dictSetItem, iterate: dictIterate)
  /// A row for a type built on dict: dict's slots, to be replaced one by one.
  public static func dictSubtype(
    _ name: Qstr, methodCount: UInt8, method: @escaping RowAccess, make: @escaping Make
  ) -> TypeRow {
    TypeRow(
      name, base: .dict, methodCount: methodCount, method: method, make: make, print: dictPrint, unary: dictUnary, binary: dictBinary,
      getItem: dictGetItem, setItem: dictSetItem, iterate: dictIterate)
  }
}

extension DictObject {
  /// Values that follow the object, for types built on dict.
  @inline(__always) public static func extraSlots(_ dict: Ref<DictObject>) -> UnsafeMutablePointer<Value> {
    (UnsafeMutableRawPointer(dict) + MemoryLayout<DictObject>.size).assumingMemoryBound(to: Value.self)
  }
}

extension VM {
  /// True for a dict or a value of a built-in type derived from it.
  @inline(__always) public func isDict(_ value: Value) -> Bool {
    if value.isObject(.dict) { return true }
    guard value.isObject, !value.uncheckedHeader.pointee.isInstance else { return false }
    let type = value.uncheckedHeader.pointee.uncheckedType
    return type.number >= TypeID.firstOfLibrary && row(type).base == .dict
  }

  /// The dict behind a value: itself, or the one that an instance of a subclass holds; else nil.
  @inline(__always) public func plainDict(_ value: Value) -> Ref<DictObject>? {
    let plain = unwrapped(value)
    return isDict(plain) ? plain.unchecked(DictObject.self) : nil
  }

  /// Stores under a key whose hash is known. Allocates; may run Python code (`__eq__`).
  func dictSet(_ dict: Ref<DictObject>, _ key: Value, _ value: Value, hash: UInt32) throws(PyError) {
    let position = key.isName ? dictFind(dict, key.uncheckedName) : try dictFind(dict, key, hash: hash)
    if position >= 0 {
      dict.pointee.entries.unsafelyUnwrapped[position].value = value
    } else {
      try dictAppend(dict, key, value, hash: hash)
    }
  }

  /// A new dict of a type built on dict whose objects hold `extraSlots` more values, None at first. Allocates.
  public func newDict(type: TypeID, extraSlots: Int) throws(PyError) -> Ref<DictObject> {
    let dict = try allocate(DictObject.self, extra: extraSlots &* MemoryLayout<Value>.size)
    dict.initialize(
      to: DictObject(header: ObjectHeader(type), count: 0, fill: 0, capacity: 0, indexMask: 0, entries: nil, stamp: 0))
    DictObject.extraSlots(dict).update(repeating: .none, count: extraSlots)
    return dict
  }

  /// Copies all entries of one dict to another. Allocates; may run Python code.
  public func dictMerge(_ target: Ref<DictObject>, _ source: Ref<DictObject>) throws(PyError) {
    if target == source { return }
    let isFresh = target.pointee.count == 0
    let count = Int(source.pointee.count)
    if isFresh && count > Int(target.pointee.capacity) { try dictResize(target, capacity: count) }
    var position = dictNext(source, 0)
    while position >= 0 {
      let entry = source.pointee.entries.unsafelyUnwrapped[position]
      let hash = source.hashes[position]
      // Keys of one dict differ, so copies to an empty one need no look-up.
      if isFresh {
        try dictAppend(target, entry.key, entry.value, hash: hash)
      } else {
        try dictSet(target, entry.key, entry.value, hash: hash)
      }
      position = dictNext(source, position &+ 1)
    }
  }

  /// A new dict (or another type of the same layout) with the same entries. Allocates.
  public func dictCopy(_ dict: Ref<DictObject>, type: TypeID = .dict) throws(PyError) -> Ref<DictObject> {
    let copy = try newDict(type: type)
    try dictMerge(copy, dict)
    return copy
  }

  /// `dict.update(source)`: a mapping, or an iterable of pairs. Allocates; may run Python code.
  public func dictUpdate(_ dict: Ref<DictObject>, _ source: Value) throws(PyError) {
    if let other = plainDict(source), pythonClass(of: source) == nil || iterationSource(source) != source {
      return try dictMerge(dict, other)
    }
    let keysMethod = try findAttribute(source, Qstr.keys)
    if keysMethod.isNull { return try dictUpdate(dict, pairs: source) }
    var keys = try Iteration(self, call(keysMethod))
    while true {
      let key = try keys.next()
      if key.isNull { return }
      try dictSet(dict, key, getItem(source, key))
    }
  }

  private func dictUpdate(_ dict: Ref<DictObject>, pairs source: Value) throws(PyError) {
    var pairs = try Iteration(self, source)
    while true {
      let pair = try pairs.next()
      if pair.isNull { return }
      let plain = iterationSource(pair)
      var items = ItemsView(plain)
      if items == nil { items = ItemsView(Value(try newList(from: plain))) }
      guard let view = items, view.count == 2 else { try raise(.valueError, "dict update sequence has wrong length") }
      try dictSet(dict, view.items[0], view.items[1])
    }
  }

  /// Stores a call's keyword arguments. Allocates.
  public func dictUpdate(_ dict: Ref<DictObject>, keywords arguments: Arguments) throws(PyError) {
    for index in 0..<arguments.keywordCount {
      let pair = arguments.base + (arguments.count &+ 2 &* index)
      try dictSet(dict, pair[0], pair[1])
    }
  }

  /// Removes the first entry and answers it; the key is null if the dict is empty. A removed entry at the very front holds, in place of its
  /// value, where to look for the first one left, so that a queue of many does not become slow.
  public func dictPopFirst(_ dict: Ref<DictObject>) -> DictEntry {
    guard let entries = dict.pointee.entries, dict.pointee.count > 0 else { return DictEntry(key: .null, value: .null) }
    let hint = entries[0].key.isNull && entries[0].value.isSmallInt ? entries[0].value.uncheckedSmallInt : 0
    let position = dictNext(dict, hint)
    if position < 0 { return DictEntry(key: .null, value: .null) }
    let entry = entries[position]
    dictRemove(dict, at: position)
    if dict.pointee.count > 0 { entries[0].value = Value(smallInt: position) }
    return entry
  }

  /// Removes the last entry and answers it; the key is null if the dict is empty. Takes constant time: the slots of the index that the last
  /// entries took were free when all others were placed, so they can be freed without hurting any chain of probes.
  public func dictPopLast(_ dict: Ref<DictObject>) -> DictEntry {
    guard let entries = dict.pointee.entries, dict.pointee.count > 0 else { return DictEntry(key: .null, value: .null) }
    while true {
      let position = Int(dict.pointee.fill) &- 1
      let entry = entries[position]
      if dict.pointee.indexMask != 0 {
        let mask = dict.pointee.indexMask
        var slot = dict.firstSlot(dict.hashes[position])
        while dict.indexSlot(slot) != UInt32(truncatingIfNeeded: position &+ 1) { slot = (slot &+ 1) & mask }
        dict.setIndexSlot(slot, 0)
      }
      entries[position] = DictEntry(key: .null, value: .null)
      dict.pointee.fill &-= 1
      if entry.key.isNull { continue }
      dict.pointee.stamp = 0
      dict.pointee.count &-= 1
      if dict.pointee.count == 0 { dictClear(dict) }
      return entry
    }
  }

  /// KeyError for a key.
  @inline(never) public func raiseKeyError(_ key: Value) throws(PyError) -> Never { try raise(.keyError, argument: key) }

  /// `a == b` of two dicts whatever their order. May run Python code.
  public func dictEquals(_ a: Ref<DictObject>, _ b: Ref<DictObject>) throws(PyError) -> Bool {
    if a == b { return true }
    if a.pointee.count != b.pointee.count { return false }
    try checkNativeStack()
    var position = dictNext(a, 0)
    while position >= 0 {
      let entry = a.pointee.entries.unsafelyUnwrapped[position]
      let other = try dictFind(b, entry.key, hash: a.hashes[position])
      if other < 0 { return false }
      if try !sameOrEqual(entry.value, b.pointee.entries.unsafelyUnwrapped[other].value) { return false }
      position = dictNext(a, position &+ 1)
    }
    return true
  }

  /// Prints `{key: value, …}`. May run Python code.
  public func printEntries(_ dict: Ref<DictObject>, _ builder: inout StringBuilder) throws(PyError) {
    try builder.append(byte: 123)
    var isFirst = true
    var position = dictNext(dict, 0)
    while position >= 0 {
      let entry = dict.pointee.entries.unsafelyUnwrapped[position]
      if !isFirst { try builder.append(", ") }
      isFirst = false
      try print(entry.key, &builder, .repr)
      try builder.append(": ")
      try print(entry.value, &builder, .repr)
      position = dictNext(dict, position &+ 1)
    }
    try builder.append(byte: 125)
  }
}

// MARK: Slots

private func dictMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = try vm.newDict(capacity: arguments.keywordCount)
  try vm.dictFill(dict, arguments)
  return Value(dict)
}

extension VM {
  /// The constructor's work: `dict(mapping or pairs, **keywords)`. May run Python code.
  public func dictFill(_ dict: Ref<DictObject>, _ arguments: Arguments) throws(PyError) {
    if arguments.count > 1 { try raiseArgumentCount(0, 1, arguments.count) }
    if arguments.count == 1 { try dictUpdate(dict, arguments[0]) }
    try dictUpdate(dict, keywords: arguments)
  }
}

private func dictPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  if try !vm.enterRepr(value) { return try builder.append("{...}") }
  defer { vm.leaveRepr() }
  try vm.printEntries(value.unchecked(DictObject.self), &builder)
}

private func dictUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let count = Int(value.unchecked(DictObject.self).pointee.count)
  switch op {
  case .length: return Value(smallInt: count)
  case .bool: return Value(count != 0)
  case .hash: return .none
  default: return .null
  }
}

private func dictBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard let a = vm.plainDict(left) else { return .null }
  switch op {
  case .contains: return Value(try vm.dictFind(a, right) >= 0)
  case .equal, .notEqual:
    guard let b = vm.plainDict(right) else { return .null }
    return Value(try vm.dictEquals(a, b) == (op == .equal))
  case .or:
    guard let b = vm.plainDict(right) else { return .null }
    let result = try vm.dictCopy(a)
    try vm.dictMerge(result, b)
    return Value(result)
  case .inPlaceOr:
    try vm.dictUpdate(a, right)
    return left
  default: return .null
  }
}

private func dictGetItem(_ vm: VM, _ object: Value, _ key: Value) throws(PyError) -> Value {
  let value = try vm.dictGet(object.unchecked(DictObject.self), key)
  if value.isNull { try vm.raiseKeyError(key) }
  return value
}

private func dictSetItem(_ vm: VM, _ object: Value, _ key: Value, _ value: Value) throws(PyError) {
  let dict = object.unchecked(DictObject.self)
  if !value.isNull { return try vm.dictSet(dict, key, value) }
  if try vm.dictRemove(dict, key).isNull { try vm.raiseKeyError(key) }
}

private func dictIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  try vm.newDictIterator(value.unchecked(DictObject.self), .keys)
}

// MARK: Methods

private func dictGetMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = try vm.dictGet(arguments[0].unchecked(DictObject.self), arguments[1])
  if !value.isNull { return value }
  return arguments.count > 2 ? arguments[2] : .none
}

private func dictView(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let type: TypeID = vm.state.pointee.rowData == 0 ? .dictKeys : vm.state.pointee.rowData == 1 ? .dictValues : .dictItems
  return try vm.newDictView(arguments[0].unchecked(DictObject.self), type)
}

private func dictPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = try vm.dictRemove(arguments[0].unchecked(DictObject.self), arguments[1])
  if !value.isNull { return value }
  if arguments.count > 2 { return arguments[2] }
  try vm.raiseKeyError(arguments[1])
}

private func dictSetDefault(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = arguments[0].unchecked(DictObject.self)
  let found = try vm.dictGet(dict, arguments[1])
  if !found.isNull { return found }
  let value = arguments.count > 2 ? arguments[2] : .none
  try vm.dictSet(dict, arguments[1], value)
  return value
}

private func dictUpdate(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count < 1 || arguments.count > 2 { try vm.raiseArgumentCount(1, 2, arguments.count) }
  let dict = arguments[0].unchecked(DictObject.self)
  if arguments.count == 2 { try vm.dictUpdate(dict, arguments[1]) }
  try vm.dictUpdate(dict, keywords: arguments)
  return .none
}

private func dictClearMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.dictClear(arguments[0].unchecked(DictObject.self))
  return .none
}

private func dictCopyMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try vm.dictCopy(arguments[0].unchecked(DictObject.self)))
}

private func dictPopItem(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let entry = vm.dictPopLast(arguments[0].unchecked(DictObject.self))
  if entry.key.isNull { try vm.raise(.keyError, "popitem(): dictionary is empty") }
  return try vm.newTuple(entry.key, entry.value)
}

private func dictFromKeys(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = arguments.count > 2 ? arguments[2] : .none
  var keys = try Iteration(vm, arguments[1])
  if arguments[0] == Value(type: .dict) {
    let dict = try vm.newDict(capacity: min(vm.lengthHint(arguments[1]), 1 &<< 16))
    while true {
      let key = try keys.next()
      if key.isNull { return Value(dict) }
      try vm.dictSet(dict, key, value)
    }
  }
  let mapping = try vm.call(arguments[0])
  while true {
    let key = try keys.next()
    if key.isNull { return mapping }
    try vm.setItem(mapping, key, value)
  }
}
