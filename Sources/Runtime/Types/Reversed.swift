// reversed — a sequence from its end to its beginning.

struct ReversedObject {
  var header: ObjectHeader
  /// Null once the iterator has ended.
  var sequence: Value
  /// Elements not yielded yet.
  var remaining: Int
}

private enum ReversedType {
  static let methods: InlineArray<_, Method> = [
    Method(.__next__, 1...1, nativeNext), Method(.__iter__, 1...1, nativeIterator), Method(.__length_hint__, 1...1, reversedLengthHint),
  ]
}

private func reversedMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ReversedType.methods.span[index]) }

extension TypeRow {
  static let reversed = TypeRow(
    .reversed, methodCount: UInt8(ReversedType.methods.count), method: reversedMethod, make: reversedMake, iterate: iterateSelf,
    next: reversedNext)
}

extension VM {
  /// `reversed(value)`. Allocates; may run Python code.
  public func newReversed(_ value: Value) throws(PyError) -> Value {
    if let owner = pythonClass(of: value) {
      let hook = special(owner, Qstr.__reversed__)
      if hook == .none { try raise(.typeError, "'%t' object isn't reversible", value) }
      if !hook.isNull { return try call(hook, value) }
      let native = nativeValue(value)
      if !native.isNull, row(typeID(of: native)).iterate != nil { return try newReversed(native) }
      if special(owner, .__getitem__).isNull || special(owner, .__len__).isNull {
        try raise(.typeError, "'%t' object isn't reversible", value)
      }
      let length = try indexValue(callMethod(value, .__len__))
      return try newReversedObject(value, max(length, 0))
    }
    if isDict(value) { return try newDictIterator(value.unchecked(DictObject.self), .keys, reversed: true) }
    switch typeID(of: value) {
    case .dictKeys, .dictValues, .dictItems:
      return try newDictIterator(value.unchecked(DictViewObject.self).pointee.dict, entryPart(value), reversed: true)
    case .mappingProxy:
      try checkNativeStack()
      return try newReversed(value.unchecked(MappingProxyObject.self).pointee.mapping)
    case .range: return try newIterator(rangeReversed(value.unchecked(RangeObject.self)))
    default: break
    }
    let type = row(typeID(of: value))
    guard type.getItem != nil, let unary = type.unary else { try raise(.typeError, "'%t' object isn't reversible", value) }
    let length = try unary(self, .length, value)
    guard length.isSmallInt else { try raise(.typeError, "'%t' object isn't reversible", value) }
    return try newReversedObject(value, length.uncheckedSmallInt)
  }

  private func newReversedObject(_ sequence: Value, _ count: Int) throws(PyError) -> Value {
    let object = try allocate(ReversedObject.self)
    object.initialize(to: ReversedObject(header: ObjectHeader(.reversed), sequence: sequence, remaining: count))
    return Value(object)
  }
}

private func reversedMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 1)
  return try vm.newReversed(arguments[0])
}

private func reversedNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let object = value.unchecked(ReversedObject.self)
  let sequence = object.pointee.sequence
  let position = object.pointee.remaining &- 1
  object.pointee.remaining = position
  if position >= 0 && !sequence.isNull {
    if let view = ItemsView(sequence) {
      if position < view.count { return view.items[position] }
    } else {
      do throws(PyError) { return try vm.getItem(sequence, Value(smallInt: position)) } catch {
        if !vm.matches(error, .indexError) && !vm.matches(error, .stopIteration) { throw error }
      }
    }
  }
  object.pointee.sequence = .null
  object.pointee.remaining = 0
  return .null
}

private func reversedLengthHint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: max(arguments[0].unchecked(ReversedObject.self).pointee.remaining, 0))
}
