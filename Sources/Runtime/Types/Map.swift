// map — what a function answers for the elements of one or more iterables.

struct MapObject {
  var header: ObjectHeader
  var function: Value
  /// Tuple of iterators.
  var iterators: Value
  var isStrict: Bool
}

extension TypeRow {
  static let map = TypeRow(.map, make: mapMake, iterate: iterateSelf, next: mapNext)
}

private func mapMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("function, iterable, /, *iterables, strict=False", arguments)
  let others = bound[2].unchecked(TupleObject.self)
  let all = try vm.newTupleObject(others.pointee.count &+ 1)
  TupleObject.items(all)[0] = bound[1]
  (TupleObject.items(all) + 1).update(from: TupleObject.items(others), count: others.pointee.count)
  let iterators = try vm.iterators(Value(all))
  let isStrict = try vm.isTrue(bound[3])
  let object = try vm.allocate(MapObject.self)
  object.initialize(to: MapObject(header: ObjectHeader(.map), function: bound[0], iterators: iterators, isStrict: isStrict))
  return Value(object)
}

private func mapNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let object = value.unchecked(MapObject.self)
  let iterators = object.pointee.iterators.unchecked(TupleObject.self)
  let count = iterators.pointee.count
  try vm.checkNativeStack()
  if count == 1 {
    let item = try vm.next(TupleObject.items(iterators)[0])
    return item.isNull ? .null : try vm.call(object.pointee.function, item)
  }
  let top = vm.state.pointee.stackTop
  try vm.checkStack(top + count)
  top.update(repeating: .null, count: count)
  vm.state.pointee.stackTop = top + count
  defer { vm.state.pointee.stackTop = top }
  guard try vm.advance(iterators, into: top, strict: object.pointee.isStrict, Qstr.map) else { return .null }
  return try vm.call(object.pointee.function, Arguments(base: top, count: count))
}
