// filter — the elements for which a function answers true; without a function, the true ones.

struct FilterObject {
  var header: ObjectHeader
  var function: Value
  var iterator: Value
}

extension TypeRow {
  static let filter = TypeRow(.filter, make: filterMake, iterate: iterateSelf, next: filterNext)
}

private func filterMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 2, 2)
  let iterator = try vm.getIterator(arguments[1])
  let object = try vm.allocate(FilterObject.self)
  object.initialize(to: FilterObject(header: ObjectHeader(.filter), function: arguments[0], iterator: iterator))
  return Value(object)
}

private func filterNext(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let object = value.unchecked(FilterObject.self)
  try vm.checkNativeStack()
  var turns = 0
  while true {
    let item = try vm.next(object.pointee.iterator)
    if item.isNull { return .null }
    let answer = object.pointee.function == .none ? item : try vm.call(object.pointee.function, item)
    if try vm.isTrue(answer) { return item }
    turns &+= 1
    if turns & 1023 == 0 { try vm.pollPending() }
  }
}
