// Iterators over sequences by position, and `iter(callable, sentinel)`.
//
// One layout serves list, tuple, str, bytes, bytearray, memoryview, array, range and objects with `__getitem__`: the sequence says what its
// next element is. In a str the position is a byte offset. An iterator that has ended drops its sequence and stays at its end.

public struct IteratorObject {
  public var header: ObjectHeader
  /// Null once the iterator has ended.
  public var sequence: Value
  public var position: Int
  /// For a range the number of its elements.
  public var limit: Int
}

struct CallableIteratorObject {
  var header: ObjectHeader
  /// Null once the iterator has ended.
  var callable: Value
  var sentinel: Value
}

private enum IteratorType {
  static let methods: InlineArray<_, Method> = [
    Method(.__next__, 1...1, nativeNext), Method(.__iter__, 1...1, nativeIterator), Method(.__length_hint__, 1...1, iteratorLengthHint),
  ]
}

private func iteratorMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: IteratorType.methods.span[index]) }

extension TypeRow {
  static let iterator = TypeRow(
    .iterator, isSubclassable: false, methodCount: UInt8(IteratorType.methods.count), method: iteratorMethod, print: iteratorPrint,
    iterate: iterateSelf, next: iteratorNext)
  static let callableIterator = TypeRow(
    .iterator, isSubclassable: false, print: iteratorPrint, iterate: iterateSelf, next: callableIteratorNext)
}

extension VM {
  /// An iterator over a sequence by position. Allocates.
  public func newIterator(_ sequence: Value) throws(PyError) -> Value {
    let object = try allocate(IteratorObject.self)
    object.initialize(to: IteratorObject(header: ObjectHeader(.iterator), sequence: sequence, position: 0, limit: 0))
    if sequence.isObject(.range) { object.pointee.limit = RangeObject.smallCount(sequence.unchecked(RangeObject.self)) ?? -1 }
    return Value(object)
  }

  /// `iter(callable, sentinel)`. Allocates.
  func newCallableIterator(_ callable: Value, _ sentinel: Value) throws(PyError) -> Value {
    let object = try allocate(CallableIteratorObject.self)
    object.initialize(to: CallableIteratorObject(header: ObjectHeader(.callableIterator), callable: callable, sentinel: sentinel))
    return Value(object)
  }

  /// The character of a `str` at a byte offset, which moves past it; `null` at the end. Allocates for characters beyond ASCII.
  func nextCharacter(_ string: Value, _ offset: inout Int) throws(PyError) -> Value {
    let text = uncheckedText(string)
    if offset >= text.count { return .null }
    let byte = text[offset]
    if byte < 0x80 {
      offset &+= 1
      return Value(Qstr.character(byte))
    }
    var end = offset &+ 1
    while end < text.count && text[end] & 0xc0 == 0x80 { end &+= 1 }
    let character = Text(start: text.start + offset, count: end &- offset, isASCII: false)
    offset = end
    return try newString(character)
  }
}

// MARK: Slots

/// `iterate` of iterators.
public func iterateSelf(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }

/// `iterate` of sequences.
public func iterateSequence(_ vm: VM, _ value: Value) throws(PyError) -> Value { try vm.newIterator(value) }

/// `<iterator>`, as MicroPython prints all its inner iterators.
public func iteratorPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<iterator>")
}

/// `next` of an `IteratorObject`.
func iteratorNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let iterator = value.unchecked(IteratorObject.self)
  let sequence = iterator.pointee.sequence
  let position = iterator.pointee.position
  if sequence.isObject {
    switch sequence.uncheckedHeader.pointee.word {
    case TypeID.list.headerWord:
      let list = sequence.unchecked(ListObject.self)
      if position < list.pointee.count {
        iterator.pointee.position = position &+ 1
        return list.pointee.items[position]
      }
    case TypeID.tuple.headerWord:
      let tuple = sequence.unchecked(TupleObject.self)
      if position < tuple.pointee.count {
        iterator.pointee.position = position &+ 1
        return TupleObject.items(tuple)[position]
      }
    case TypeID.bytes.headerWord:
      let text = TextObject.text(sequence.unchecked(TextObject.self))
      if position < text.count {
        iterator.pointee.position = position &+ 1
        return Value(smallInt: Int(text[position]))
      }
    case TypeID.str.headerWord:
      let character = try vm.nextCharacter(sequence, &iterator.pointee.position)
      if !character.isNull { return character }
    case TypeID.range.headerWord:
      if position < iterator.pointee.limit {
        iterator.pointee.position = position &+ 1
        return RangeObject.smallItem(sequence.unchecked(RangeObject.self), position)
      }
      if iterator.pointee.limit < 0 { return try bigRangeNext(vm, iterator) }
    default: return try otherNext(vm, iterator)
    }
  } else if sequence.isName {
    let character = try vm.nextCharacter(sequence, &iterator.pointee.position)
    if !character.isNull { return character }
  }
  iterator.pointee.sequence = .null
  return .null
}

/// Over a range that big integers bound.
private func bigRangeNext(_ vm: VM, _ iterator: Ref<IteratorObject>) throws(PyError) -> Value {
  let range = iterator.pointee.sequence.unchecked(RangeObject.self)
  let item = try vm.rangeItem(range, Value(smallInt: iterator.pointee.position))
  if item.isNull {
    iterator.pointee.sequence = .null
    return .null
  }
  iterator.pointee.position &+= 1
  return item
}

/// Over other built-in sequences and Python objects with `__getitem__`.
@inline(never) private func otherNext(_ vm: VM, _ iterator: Ref<IteratorObject>) throws(PyError) -> Value {
  let sequence = iterator.pointee.sequence
  let position = iterator.pointee.position
  iterator.pointee.position = position &+ 1
  if sequence.uncheckedHeader.pointee.isInstance {
    do throws(PyError) { return try vm.getItem(sequence, Value(smallInt: position)) } catch {
      if !vm.matches(error, .indexError) && !vm.matches(error, .stopIteration) { throw error }
    }
  } else {
    let row = vm.row(vm.typeID(of: sequence))
    if let unary = row.unary, let getItem = row.getItem {
      let length = try unary(vm, .length, sequence)
      if length.isSmallInt && position < length.uncheckedSmallInt { return try getItem(vm, sequence, Value(smallInt: position)) }
    }
  }
  iterator.pointee.sequence = .null
  return .null
}

private func callableIteratorNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let iterator = value.unchecked(CallableIteratorObject.self)
  if iterator.pointee.callable.isNull { return .null }
  var result = Value.null
  do throws(PyError) { result = try vm.call(iterator.pointee.callable) } catch {
    if !vm.matches(error, .stopIteration) { throw error }
  }
  if !result.isNull, try !vm.sameOrEqual(result, iterator.pointee.sentinel) { return result }
  iterator.pointee.callable = .null
  return .null
}

// MARK: Methods that any built-in iterator or container may list

/// `iterator.__next__()`.
public func nativeNext(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.state.pointee.generatorResult = .none
  let value = try vm.next(arguments[0])
  if !value.isNull { return value }
  let result = vm.state.pointee.generatorResult
  if result == .none || result.isNull { try vm.raise(.stopIteration) }
  try vm.raise(.stopIteration, argument: result)
}

/// `container.__iter__()`.
public func nativeIterator(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.getIterator(arguments[0]) }

/// `container.__len__()`.
public func nativeLength(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard let slot = vm.row(vm.typeID(of: arguments[0])).unary else {
    try vm.raise(.typeError, "object of type '%t' has no len()", arguments[0])
  }
  return try slot(vm, .length, arguments[0])
}

/// `container.__contains__(item)`.
public func nativeContains(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(try vm.contains(arguments[0], arguments[1])) }

/// `container.__getitem__(index)`.
public func nativeGetItem(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.getItem(arguments[0], arguments[1]) }

/// `container.__setitem__(index, value)`.
public func nativeSetItem(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.setItem(arguments[0], arguments[1], arguments[2])
  return .none
}

/// `container.__delitem__(index)`.
public func nativeDeleteItem(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.setItem(arguments[0], arguments[1], .null)
  return .none
}

/// `container.__reversed__()`.
public func nativeReversed(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newReversed(arguments[0]) }

private func iteratorLengthHint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let iterator = arguments[0].unchecked(IteratorObject.self)
  let sequence = iterator.pointee.sequence
  if sequence.isNull { return Value(smallInt: 0) }
  guard !sequence.isName, !sequence.isObject(.str), vm.pythonClass(of: sequence) == nil, let unary = vm.row(vm.typeID(of: sequence)).unary
  else {
    return .notImplemented
  }
  let length = try unary(vm, .length, sequence)
  return length.isSmallInt ? Value(smallInt: max(length.uncheckedSmallInt &- iterator.pointee.position, 0)) : .notImplemented
}
