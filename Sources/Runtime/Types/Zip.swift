// zip — tuples of one element of each iterable.

struct ZipObject {
  var header: ObjectHeader
  /// Tuple of iterators.
  var iterators: Value
  var isStrict: Bool
}

extension TypeRow {
  static let zip = TypeRow(.zip, make: zipMake, iterate: iterateSelf, next: zipNext)
}

private func zipMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("*iterables, strict=False", arguments)
  let iterators = try vm.iterators(bound[0])
  let isStrict = try vm.isTrue(bound[1])
  let object = try vm.allocate(ZipObject.self)
  object.initialize(to: ZipObject(header: ObjectHeader(.zip), iterators: iterators, isStrict: isStrict))
  return Value(object)
}

private func zipNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let object = value.unchecked(ZipObject.self)
  let iterators = object.pointee.iterators.unchecked(TupleObject.self)
  let count = iterators.pointee.count
  if count == 0 { return .null }
  try vm.checkNativeStack()
  if count == 2 && !object.pointee.isStrict {
    let first = try vm.next(TupleObject.items(iterators)[0])
    if first.isNull { return .null }
    let second = try vm.next(TupleObject.items(iterators)[1])
    return second.isNull ? .null : try vm.newTuple(first, second)
  }
  let result = try vm.newTupleObject(count)
  guard try vm.advance(iterators, into: TupleObject.items(result), strict: object.pointee.isStrict, Qstr.zip) else { return .null }
  return Value(result)
}
