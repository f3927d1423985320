// Sorting: a stable natural merge sort. Runs that are in order already are found and merged as they are; short ones are first extended by binary
// insertion. Parts at the ends of two runs that need not move are skipped. Small integers, floats and strings are compared without a call.
//
// While it is sorted a list is empty, so that a comparison in Python never sees it half done.

/// A total order on keys. `isLess` may run Python code.
private protocol Ordering {
  func isLess(_ a: Value, _ b: Value) throws(PyError) -> Bool
}

private struct SmallIntOrdering: Ordering {
  @inline(__always) func isLess(_ a: Value, _ b: Value) throws(PyError) -> Bool { Int(bitPattern: a.bits) < Int(bitPattern: b.bits) }
}

private struct StringOrdering: Ordering {
  let vm: VM
  @inline(__always) func isLess(_ a: Value, _ b: Value) throws(PyError) -> Bool {
    let left = vm.uncheckedText(a)
    let right = vm.uncheckedText(b)
    let order = compareMemory(left.start, right.start, min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
  }
}

private struct GeneralOrdering: Ordering {
  let vm: VM
  @inline(__always) func isLess(_ a: Value, _ b: Value) throws(PyError) -> Bool {
    if a.isSmallInt && b.isSmallInt { return a.uncheckedSmallInt < b.uncheckedSmallInt }
    if let x = vm.plainFloat(a), let y = vm.plainFloat(b) { return x < y }
    if a.isObject(.tuple) && b.isObject(.tuple) {
      return try vm.isTrue(vm.itemsCompare(.less, ItemsView(unchecked: a), ItemsView(unchecked: b)))
    }
    return try vm.isTrue(vm.binary(.less, a, b))
  }
}

extension VM {
  /// `sorted(iterable, key=key, reverse=reverse)`. May run Python code.
  public func sortedList(_ iterable: Value, key: Value, reverse: Bool) throws(PyError) -> Value {
    let list = try newList(from: iterable)
    try sortList(list, key: key, reverse: reverse)
    return Value(list)
  }

  /// `list.sort(key=key, reverse=reverse)`; a null or None key stands for the items themselves. May run Python code.
  func sortList(_ list: Ref<ListObject>, key: Value, reverse: Bool) throws(PyError) {
    let count = list.pointee.count
    if count < 2 && (key.isNull || key == .none) { return }
    let items = list.pointee.items
    let capacity = list.pointee.capacity
    let empty = UnsafeMutablePointer<Value>(bitPattern: 16).unsafelyUnwrapped
    list.pointee.items = empty
    list.pointee.count = 0
    list.pointee.capacity = 0
    var failure: PyError?
    do throws(PyError) { try sortItems(items, count, key: key, reverse: reverse) } catch { failure = error }
    let changed = list.pointee.items != empty || list.pointee.count != 0
    list.pointee.items = items
    list.pointee.count = count
    list.pointee.capacity = capacity
    if let failure { throw failure }
    if changed { try raise(.valueError, "list modified during sort") }
  }

  private func sortItems(_ items: UnsafeMutablePointer<Value>, _ count: Int, key: Value, reverse: Bool) throws(PyError) {
    var keys = items
    let hasKeys = !key.isNull && key != .none
    if hasKeys {
      keys = try allocateValues(max(count, 1))
      for index in 0..<count { keys[index] = try call(key, items[index]) }
    }
    // Reversed before and after, a descending sort keeps equal items in their order.
    if reverse {
      reverseItems(items, count)
      if hasKeys { reverseItems(keys, count) }
    }
    defer { if reverse { reverseItems(items, count) } }
    let values = hasKeys ? items : nil
    switch kindOfKeys(keys, count) {
    case 0: try sort(SmallIntOrdering(), keys, values, count)
    case 1: try sort(StringOrdering(vm: self), keys, values, count)
    default: try sort(GeneralOrdering(vm: self), keys, values, count)
    }
  }

  /// 0: all are small integers, 1: all are strings, 2: others.
  private func kindOfKeys(_ keys: UnsafeMutablePointer<Value>, _ count: Int) -> Int {
    var index = 0
    if count == 0 || keys[0].isSmallInt {
      while index < count && keys[index].isSmallInt { index &+= 1 }
      return index == count ? 0 : 2
    }
    while index < count && (keys[index].isName || keys[index].isObject(.str)) { index &+= 1 }
    return index == count ? 1 : 2
  }

  private func sort<Order: Ordering>(
    _ order: Order, _ keys: UnsafeMutablePointer<Value>, _ values: UnsafeMutablePointer<Value>?, _ count: Int
  ) throws(PyError) {
    var sorter = Sorter(vm: self, order: order, keys: keys, values: values, count: count)
    try sorter.sort()
  }
}

/// A stretch of items in order.
private struct Run {
  var start: Int
  var count: Int
}

private struct Sorter<Order: Ordering> {
  let vm: VM
  let order: Order
  let keys: UnsafeMutablePointer<Value>
  /// Items that move with the keys, if these are not the items themselves.
  let values: UnsafeMutablePointer<Value>?
  let count: Int
  /// Room for the shorter of two runs that are merged: keys, then values.
  var scratch: UnsafeMutablePointer<Value>?
  var scratchCount = 0
  /// Runs found and not merged yet. Their lengths grow like Fibonacci's numbers, so 96 are enough for any memory.
  var runs = InlineArray<96, Run>(repeating: Run(start: 0, count: 0))
  var runCount = 0

  init(vm: VM, order: Order, keys: UnsafeMutablePointer<Value>, values: UnsafeMutablePointer<Value>?, count: Int) {
    self.vm = vm
    self.order = order
    self.keys = keys
    self.values = values
    self.count = count
  }

  mutating func sort() throws(PyError) {
    let least = shortestRun()
    var start = 0
    while start < count {
      var length = try runLength(start)
      if length < least {
        let wanted = min(least, count &- start)
        try insertionSort(start, length, wanted)
        length = wanted
      }
      runs[runCount] = Run(start: start, count: length)
      runCount &+= 1
      try mergeWhereUnbalanced()
      start &+= length
      try vm.pollPending()
    }
    while runCount > 1 {
      let last = runCount &- 2
      try mergeRuns(last > 0 && runs[last &- 1].count < runs[last &+ 1].count ? last &- 1 : last)
    }
  }

  /// Between 16 and 32, such that the count is a little less than a power of two of them.
  private func shortestRun() -> Int {
    var length = count
    var odd = 0
    while length >= 32 {
      odd |= length & 1
      length &>>= 1
    }
    return length &+ odd
  }

  /// Length of the run at `start`; a strictly descending one is turned round.
  private func runLength(_ start: Int) throws(PyError) -> Int {
    var end = start &+ 1
    if end >= count { return count &- start }
    if try order.isLess(keys[end], keys[start]) {
      end &+= 1
      while end < count, try order.isLess(keys[end], keys[end &- 1]) { end &+= 1 }
      reverseItems(keys + start, end &- start)
      if let values { reverseItems(values + start, end &- start) }
    } else {
      end &+= 1
      while end < count, try !order.isLess(keys[end], keys[end &- 1]) { end &+= 1 }
    }
    return end &- start
  }

  /// Sorts `length` items from `start`, of which the first `sorted` are in order.
  private func insertionSort(_ start: Int, _ sorted: Int, _ length: Int) throws(PyError) {
    var next = start &+ sorted
    while next < start &+ length {
      let key = keys[next]
      let position = try upperBound(key, start, next)
      var index = next
      while index > position {
        keys[index] = keys[index &- 1]
        index &-= 1
      }
      keys[position] = key
      if let values {
        let value = values[next]
        index = next
        while index > position {
          values[index] = values[index &- 1]
          index &-= 1
        }
        values[position] = value
      }
      next &+= 1
    }
  }

  /// The first position from `low` to `high` whose key is greater than `key`.
  private func upperBound(_ key: Value, _ low: Int, _ high: Int) throws(PyError) -> Int {
    var low = low
    var high = high
    while low < high {
      let middle = low &+ (high &- low) &>> 1
      if try order.isLess(key, keys[middle]) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// The first position from `low` to `high` whose key is not less than `key`.
  private func lowerBound(_ key: Value, _ low: Int, _ high: Int) throws(PyError) -> Int {
    var low = low
    var high = high
    while low < high {
      let middle = low &+ (high &- low) &>> 1
      if try order.isLess(keys[middle], key) { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  private mutating func mergeWhereUnbalanced() throws(PyError) {
    while runCount > 1 {
      let last = runCount &- 2
      if last > 0 && runs[last &- 1].count <= runs[last].count &+ runs[last &+ 1].count
        || last > 1 && runs[last &- 2].count <= runs[last &- 1].count &+ runs[last].count
      {
        try mergeRuns(runs[last &- 1].count < runs[last &+ 1].count ? last &- 1 : last)
      } else if runs[last].count <= runs[last &+ 1].count {
        try mergeRuns(last)
      } else {
        return
      }
    }
  }

  /// Merges run `index` with the one after it.
  private mutating func mergeRuns(_ index: Int) throws(PyError) {
    let left = runs[index]
    let right = runs[index &+ 1]
    runs[index].count = left.count &+ right.count
    if index == runCount &- 3 { runs[index &+ 1] = runs[index &+ 2] }
    runCount &-= 1
    // What is in its place already stays there.
    let start = try upperBound(keys[right.start], left.start, right.start)
    if start == right.start { return }
    let end = try lowerBound(keys[right.start &- 1], right.start, right.start &+ right.count)
    if right.start &- start <= end &- right.start {
      try mergeUpwards(start, right.start, end)
    } else {
      try mergeDownwards(start, right.start, end)
    }
  }

  private mutating func reserve(_ needed: Int) throws(PyError) -> UnsafeMutablePointer<Value> {
    if let scratch, scratchCount >= needed { return scratch }
    let room = try vm.allocateValues(values == nil ? needed : 2 &* needed)
    scratch = room
    scratchCount = needed
    return room
  }

  /// Merges `start..<middle` (the shorter part, which moves to the scratch memory) with `middle..<end`, from the front.
  private mutating func mergeUpwards(_ start: Int, _ middle: Int, _ end: Int) throws(PyError) {
    let moved = middle &- start
    let room = try reserve(moved)
    room.update(from: keys + start, count: moved)
    if let values { (room + moved).update(from: values + start, count: moved) }
    var left = 0
    var right = middle
    var target = start
    var failure: PyError?
    do throws(PyError) {
      while left < moved && right < end {
        if try order.isLess(keys[right], room[left]) {
          keys[target] = keys[right]
          if let values { values[target] = values[right] }
          right &+= 1
        } else {
          keys[target] = room[left]
          if let values { values[target] = room[moved &+ left] }
          left &+= 1
        }
        target &+= 1
      }
    } catch { failure = error }
    // Also after an error, so that no item is lost.
    (keys + target).update(from: room + left, count: moved &- left)
    if let values { (values + target).update(from: room + (moved &+ left), count: moved &- left) }
    if let failure { throw failure }
  }

  /// Merges `start..<middle` with `middle..<end` (the shorter part, which moves to the scratch memory), from the back.
  private mutating func mergeDownwards(_ start: Int, _ middle: Int, _ end: Int) throws(PyError) {
    let moved = end &- middle
    let room = try reserve(moved)
    room.update(from: keys + middle, count: moved)
    if let values { (room + moved).update(from: values + middle, count: moved) }
    var left = middle
    var right = moved
    var target = end
    var failure: PyError?
    do throws(PyError) {
      while left > start && right > 0 {
        target &-= 1
        if try order.isLess(room[right &- 1], keys[left &- 1]) {
          left &-= 1
          keys[target] = keys[left]
          if let values { values[target] = values[left] }
        } else {
          right &-= 1
          keys[target] = room[right]
          if let values { values[target] = room[moved &+ right] }
        }
      }
    } catch {
      failure = error
    }
    (keys + left).update(from: room, count: right)
    if let values { (values + left).update(from: room + moved, count: right) }
    if let failure { throw failure }
  }
}
