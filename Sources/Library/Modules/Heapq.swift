// heapq — a list kept as a heap: item `k` is not greater than items `2k+1` and `2k+2`.

private enum HeapqModule {
  static let rows: InlineArray<_, Method> = [
    Method(.heappush, 2...2, heapPush), Method(.heappop, 1...1, heapPop), Method(.heapify, 1...1, heapify),
    Method(.heappushpop, 2...2, heapPushPop), Method(.heapreplace, 2...2, heapReplace),
    Method(.nlargest, "n, iterable, key=None", heapSelect, data: 1), Method(.nsmallest, "n, iterable, key=None", heapSelect, data: 0),
  ]
}

private func heapqRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: HeapqModule.rows.span[index]) }

extension ModuleRow {
  static let heapq = ModuleRow(.heapq, isExtensible: true, rowCount: UInt8(HeapqModule.rows.count), row: heapqRow)
}

private func heap(_ vm: VM, _ value: Value) throws(PyError) -> Ref<ListObject> {
  let plain = vm.unwrapped(value)
  guard plain.isObject(.list) else { try vm.raise(.typeError, "heap must be a list") }
  return plain.unchecked(ListObject.self)
}

/// Moves the item at `start` up, but not above `root`. Comparisons may run Python code that changes the list.
private func siftUp(_ vm: VM, _ list: Ref<ListObject>, root: Int, _ start: Int) throws(PyError) {
  var position = start
  while position > root {
    let parent = (position &- 1) &>> 1
    guard position < list.pointee.count else { return }
    let item = list.pointee.items[position]
    if try !vm.isLess(item, list.pointee.items[parent]) { return }
    guard position < list.pointee.count else { return }
    list.pointee.items[position] = list.pointee.items[parent]
    list.pointee.items[parent] = item
    position = parent
  }
}

/// Moves the item at `start` down to a leaf along the smaller children, then up to its place: fewer comparisons than stopping on the way.
private func siftDown(_ vm: VM, _ list: Ref<ListObject>, _ start: Int) throws(PyError) {
  var position = start
  while true {
    var child = 2 &* position &+ 1
    if child >= list.pointee.count { break }
    if child &+ 1 < list.pointee.count, try vm.isLess(list.pointee.items[child &+ 1], list.pointee.items[child]) { child &+= 1 }
    if child >= list.pointee.count { break }
    let item = list.pointee.items[position]
    list.pointee.items[position] = list.pointee.items[child]
    list.pointee.items[child] = item
    position = child
  }
  try siftUp(vm, list, root: start, position)
}

private func heapPush(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try heap(vm, arguments[0])
  try vm.listAppend(list, arguments[1])
  try siftUp(vm, list, root: 0, list.pointee.count &- 1)
  return .none
}

private func heapPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try heap(vm, arguments[0])
  if list.pointee.count == 0 { try vm.raise(.indexError, "empty heap") }
  let last = list.pointee.count &- 1
  let top = list.pointee.items[0]
  list.pointee.items[0] = list.pointee.items[last]
  list.pointee.items[last] = .null
  list.pointee.count = last
  if last > 1 { try siftDown(vm, list, 0) }
  return top
}

private func heapify(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try heap(vm, arguments[0])
  var position = list.pointee.count / 2 &- 1
  while position >= 0 {
    try siftDown(vm, list, position)
    if position & 1023 == 0 { try vm.pollPending() }
    position &-= 1
  }
  return .none
}

private func heapPushPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try heap(vm, arguments[0])
  guard list.pointee.count > 0, try vm.isLess(list.pointee.items[0], arguments[1]) else { return arguments[1] }
  return try heapReplace(vm, arguments)
}

private func heapReplace(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let list = try heap(vm, arguments[0])
  if list.pointee.count == 0 { try vm.raise(.indexError, "empty heap") }
  let top = list.pointee.items[0]
  list.pointee.items[0] = arguments[1]
  try siftDown(vm, list, 0)
  return top
}

/// `nlargest` and `nsmallest`: what sorting everything and taking the first `n` gives.
private func heapSelect(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let wantsLargest = vm.state.pointee.rowData == 1
  let wanted = max(try vm.indexValue(arguments[0]), 0)
  let sorted = try vm.sortedList(arguments[1], key: arguments[2], reverse: wantsLargest).unchecked(ListObject.self)
  return try vm.newList(sorted.pointee.items, min(wanted, sorted.pointee.count))
}
