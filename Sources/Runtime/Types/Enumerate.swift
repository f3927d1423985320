// enumerate — pairs of a count and an element.

struct EnumerateObject {
  var header: ObjectHeader
  var iterator: Value
  /// The next number: an `int`.
  var number: Value
}

extension TypeRow {
  static let enumerate = TypeRow(.enumerate, make: enumerateMake, iterate: iterateSelf, next: enumerateNext)
}

private func enumerateMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("iterable, start=0", arguments)
  let start = try vm.findIndex(bound[1])
  if start.isNull { try vm.raise(.typeError, "can't convert %t to int", bound[1]) }
  let iterator = try vm.getIterator(bound[0])
  let object = try vm.allocate(EnumerateObject.self)
  object.initialize(to: EnumerateObject(header: ObjectHeader(.enumerate), iterator: iterator, number: start))
  return Value(object)
}

private func enumerateNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let object = value.unchecked(EnumerateObject.self)
  try vm.checkNativeStack()
  let item = try vm.next(object.pointee.iterator)
  if item.isNull { return .null }
  return try vm.newTuple(vm.enumerateCount(object), item)
}

extension VM {
  /// The number of the next pair; counts on.
  @inline(__always) func enumerateCount(_ object: Ref<EnumerateObject>) throws(PyError) -> Value {
    let number = object.pointee.number
    if number.isSmallInt && number.uncheckedSmallInt < Value.maximalSmallInt {
      object.pointee.number = Value(smallInt: number.uncheckedSmallInt &+ 1)
    } else {
      object.pointee.number = try binary(.add, number, Value(smallInt: 1))
    }
    return number
  }

  /// Binds the arguments of a `make` slot; the caller puts the stack's top back.
  @inline(__always) public func bind(_ parameters: StaticString, _ arguments: Arguments) throws(PyError) -> Arguments {
    try bind(Text(parameters), arguments)
  }

  /// A tuple of the iterators of all items of a tuple. Allocates; may run Python code.
  func iterators(_ iterables: Value) throws(PyError) -> Value {
    let source = iterables.unchecked(TupleObject.self)
    let result = try newTuple(TupleObject.items(source), source.pointee.count)
    if source.pointee.count == 0 { return result }
    let items = TupleObject.items(result.unchecked(TupleObject.self))
    for index in 0..<source.pointee.count { items[index] = try getIterator(items[index]) }
    return result
  }

  /// Raises for `strict=True` where iterator `index` is longer or shorter than those before it.
  @inline(never) func raiseUneven(_ function: Qstr, _ index: Int, isLonger: Bool) throws(PyError) -> Never {
    let number = Value(smallInt: index &+ 1)
    if isLonger { try raise(.valueError, "%s() argument %s is longer than argument 1", Value(function), number) }
    try raise(.valueError, "%s() argument %s is shorter than argument 1", Value(function), number)
  }

  /// One element of each iterator, into `slots`. False when one has ended (for `strict` all must end together).
  func advance(_ iterators: Ref<TupleObject>, into slots: UnsafeMutablePointer<Value>, strict: Bool, _ function: Qstr) throws(PyError)
    -> Bool
  {
    let count = iterators.pointee.count
    for index in 0..<count {
      let item = try next(TupleObject.items(iterators)[index])
      if !item.isNull {
        slots[index] = item
        continue
      }
      if !strict { return false }
      if index > 0 { try raiseUneven(function, index, isLonger: false) }
      for other in 1..<max(count, 1) where try !next(TupleObject.items(iterators)[other]).isNull {
        try raiseUneven(function, other, isLonger: true)
      }
      return false
    }
    return true
  }
}
