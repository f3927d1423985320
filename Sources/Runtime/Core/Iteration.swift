// Iteration: iterators, `for` loops, `in`, and walking over any iterable from Swift.
//
// The end of an iteration is `Value.null` everywhere inside the engine; StopIteration is raised only where Python sees it.

extension VM {
  // MARK: Iterators

  /// `iter(value)`. Allocates; may run Python code.
  public func getIterator(_ value: Value) throws(PyError) -> Value {
    if value.isObject && value.uncheckedHeader.pointee.isInstance { return try instanceIterator(value) }
    let type = typeID(of: value)
    if let slot = row(type).iterate { return try slot(self, value) }
    if row(type).next != nil { return value }
    return try classIterator(value)
  }

  /// The iterator of an instance of a Python class: `__iter__`, the native value's, or one that calls `__getitem__` with 0, 1, 2 and so on.
  @inline(never) private func instanceIterator(_ value: Value) throws(PyError) -> Value {
    let owner = value.uncheckedHeader.pointee.uncheckedShape.pointee.owner
    let hook = special(owner, .__iter__)
    if hook.isNull {
      let native = nativeValue(value)
      // A subclass of an iterator with a `__next__` of its own is its own iterator.
      if !native.isNull, !special(owner, .__next__).isNull { return value }
      if !native.isNull, isPlainIterable(native) { return try getIterator(native) }
      if !special(owner, .__getitem__).isNull { return try newIterator(value) }
      // `await` asks for an iterator too.
      let awaits = special(owner, .__await__)
      if !awaits.isNull { return try call(awaits, value) }
    } else if hook != .none {
      return try call(hook, value)
    }
    try raise(.typeError, "'%t' object isn't iterable", value)
  }

  private func isPlainIterable(_ native: Value) -> Bool {
    let type = typeID(of: native)
    return row(type).iterate != nil || row(type).next != nil
  }

  /// A class is iterable if its metaclass says so.
  private func classIterator(_ value: Value) throws(PyError) -> Value {
    if value.isObject(.type) {
      let metaclass = type(of: value)
      if metaclass.isObject {
        let hook = special(metaclass.unchecked(ClassObject.self), .__iter__)
        if !hook.isNull { return try call(hook, value) }
      }
    }
    try raise(.typeError, "'%t' object isn't iterable", value)
  }

  /// The iterable itself, or for an instance of a subclass that leaves iteration to its built-in base the built-in value.
  @inline(__always) func iterationSource(_ value: Value) -> Value {
    guard let owner = pythonClass(of: value), owner.pointee.nativeBase != .object, special(owner, .__iter__).isNull,
      special(owner, .__next__).isNull
    else { return value }
    let native = nativeValue(value)
    return native.isNull || !isPlainIterable(native) ? value : native
  }

  /// The next element of an iterator, or `null` at its end. May run Python code.
  public func next(_ iterator: Value) throws(PyError) -> Value {
    try pollInterrupt()
    if iterator.isObject {
      let header = iterator.uncheckedHeader.pointee
      if header.isInstance { return try instanceNext(iterator) }
      let type = header.uncheckedType
      if type == .iterator { return try iteratorNext(self, iterator) }
      if type == .generator { return try resumeGenerator(iterator, .none) }
      if let slot = row(type).next {
        // Iterators over iterators nest as deep as a program likes.
        try checkNativeStack()
        do throws(PyError) { return try slot(self, iterator) } catch { return try endOfIteration(error) }
      }
    }
    try raise(.typeError, "'%t' object isn't an iterator", iterator)
  }

  /// A StopIteration raised by a function that an iterator calls (`map`, say) ends the iteration; other errors go on.
  @inline(never) private func endOfIteration(_ error: PyError) throws(PyError) -> Value {
    guard matches(error, .stopIteration) else { throw error }
    state.pointee.generatorResult = exceptionValue(error.value)
    return .null
  }

  @inline(never) private func instanceNext(_ iterator: Value) throws(PyError) -> Value {
    let owner = iterator.uncheckedHeader.pointee.uncheckedShape.pointee.owner
    let hook = special(owner, .__next__)
    if hook.isNull {
      let native = nativeValue(iterator)
      if !native.isNull, row(typeID(of: native)).next != nil { return try next(native) }
      try raise(.typeError, "'%t' object isn't an iterator", iterator)
    }
    // `next()` of an iterator around this one raises StopIteration with the same value.
    do throws(PyError) { return try call(hook, iterator) } catch { return try endOfIteration(error) }
  }

  // MARK: for

  /// GET_ITER_STACK: turns the iterable at `slot[0]` into the four words of a `for` loop (see `LoopKind`). May run Python code.
  func startLoop(_ slot: UnsafeMutablePointer<Value>) throws(PyError) {
    let iterable = iterationSource(slot[0])
    if iterable.isObject {
      switch iterable.uncheckedHeader.pointee.word {
      case TypeID.range.headerWord:
        let range = iterable.unchecked(RangeObject.self)
        if let count = RangeObject.smallCount(range), Value.fitsSmallInt(count) {
          slot[0] = Value(bits: LoopKind.range)
          slot[1] = range.pointee.start
          slot[2] = Value(smallInt: count)
          slot[3] = range.pointee.step
          return
        }
      case TypeID.list.headerWord:
        slot[0] = Value(bits: LoopKind.list)
        slot[1] = iterable
        slot[2] = Value(smallInt: 0)
        slot[3] = .null
        return
      case TypeID.tuple.headerWord:
        slot[0] = Value(bits: LoopKind.tuple)
        slot[1] = iterable
        slot[2] = Value(smallInt: 0)
        slot[3] = .null
        return
      case TypeID.dict.headerWord, TypeID.set.headerWord, TypeID.frozenset.headerWord:
        slot[0] = Value(bits: LoopKind.dict)
        slot[1] = iterable
        slot[2] = Value(smallInt: 0)
        slot[3] = Value(smallInt: Int(iterable.unchecked(DictObject.self).pointee.count))
        return
      case TypeID.str.headerWord: return startLoop(slot, iterable, LoopKind.text)
      case TypeID.bytes.headerWord, TypeID.bytearray.headerWord, TypeID.array.headerWord:
        return startLoop(slot, iterable, LoopKind.sequence)
      default: break
      }
    } else if iterable.isName {
      return startLoop(slot, iterable, LoopKind.text)
    }
    let iterator = try getIterator(iterable)
    slot[0] = .null
    slot[1] = iterator
    slot[2] = .null
    slot[3] = .null
  }

  private func startLoop(_ slot: UnsafeMutablePointer<Value>, _ iterable: Value, _ kind: UInt) {
    slot[0] = Value(bits: kind)
    slot[1] = iterable
    slot[2] = Value(smallInt: 0)
    slot[3] = .null
  }

  /// FOR_ITER over what needs no iterator object, lists, tuples and ranges excepted: the next element, or `null` at the end.
  @inline(never) func nextInLoop(_ slot: UnsafeMutablePointer<Value>) throws(PyError) -> Value {
    let source = slot[1]
    var position = slot[2].uncheckedSmallInt
    if slot[0].bits == LoopKind.dict {
      let dict = source.unchecked(DictObject.self)
      if Int(dict.pointee.count) != slot[3].uncheckedSmallInt { try raiseChangedSize(source) }
      position = dictNext(dict, position)
      slot[2] = Value(smallInt: position < 0 ? Int(dict.pointee.fill) : position &+ 1)
      return position < 0 ? .null : dict.pointee.entries.unsafelyUnwrapped[position].key
    }
    if slot[0].bits == LoopKind.text {
      let character = try nextCharacter(source, &position)
      slot[2] = Value(smallInt: position)
      return character
    }
    slot[2] = Value(smallInt: position &+ 1)
    if source.isObject(.bytes) {
      let text = uncheckedText(source)
      return position < text.count ? Value(smallInt: Int(text[position])) : .null
    }
    if try position >= length(source) { return .null }
    return try getItem(source, Value(smallInt: position))
  }

  @inline(never) func raiseChangedSize(_ container: Value) throws(PyError) -> Never {
    if container.isObject(.set) || container.isObject(.frozenset) { try raise(.runtimeError, "Set changed size during iteration") }
    try raise(.runtimeError, "dictionary changed size during iteration")
  }

  // MARK: in

  /// `item in container`. May run Python code.
  public func contains(_ container: Value, _ item: Value) throws(PyError) -> Bool {
    if container.isObject {
      switch container.uncheckedHeader.pointee.word {
      case TypeID.list.headerWord, TypeID.tuple.headerWord:
        return try itemsPosition(ItemsView(unchecked: container), item, 0, Int.max) >= 0
      case TypeID.dict.headerWord: return try dictFind(container.unchecked(DictObject.self), item) >= 0
      case TypeID.set.headerWord, TypeID.frozenset.headerWord: return try setFind(container.unchecked(SetObject.self), item) >= 0
      default: if container.uncheckedHeader.pointee.isInstance { return try instanceContains(container, item) }
      }
    }
    if let slot = row(typeID(of: container)).binary {
      let found = try slot(self, .contains, container, item)
      if !found.isNull { return try isTrue(found) }
    }
    if container.isObject(.type), let answer = try classContains(container, item) { return answer }
    return try containsByIteration(container, item)
  }

  private func instanceContains(_ container: Value, _ item: Value) throws(PyError) -> Bool {
    let owner = container.uncheckedHeader.pointee.uncheckedShape.pointee.owner
    let hook = special(owner, .__contains__)
    if hook == .none { try raise(.typeError, "'%t' object isn't a container", container) }
    if !hook.isNull { return try isTrue(call(hook, container, item)) }
    if special(owner, .__iter__).isNull {
      let native = nativeValue(container)
      if !native.isNull { return try contains(native, item) }
    }
    return try containsByIteration(container, item)
  }

  private func classContains(_ container: Value, _ item: Value) throws(PyError) -> Bool? {
    let metaclass = type(of: container)
    guard metaclass.isObject else { return nil }
    let hook = special(metaclass.unchecked(ClassObject.self), Qstr.__contains__)
    return hook.isNull ? nil : try isTrue(call(hook, container, item))
  }

  private func containsByIteration(_ container: Value, _ item: Value) throws(PyError) -> Bool {
    let iterator = try getIterator(container)
    while true {
      let element = try next(iterator)
      if element.isNull { return false }
      if try sameOrEqual(element, item) { return true }
    }
  }

  /// `a is b or a == b`: how containers compare their items. May run Python code.
  @inline(__always) public func sameOrEqual(_ a: Value, _ b: Value) throws(PyError) -> Bool {
    if a == b { return true }
    if a.isSmallInt && b.isSmallInt || a.isName && b.isName { return false }
    return try equals(a, b)
  }

  // MARK: Collecting

  /// Appends all elements of an iterable. May run Python code.
  public func listExtend(_ list: Ref<ListObject>, _ iterable: Value) throws(PyError) {
    let source = iterationSource(iterable)
    if let view = ItemsView(source) {
      let added = view.count
      if added == 0 { return }
      try listReserve(list, list.pointee.count &+ added)
      // The items of a list that extends itself have just moved: ask again.
      (list.pointee.items + list.pointee.count).update(from: view.items, count: added)
      list.pointee.count &+= added
      return
    }
    let hint = lengthHint(source)
    if hint > 0 { try listReserve(list, list.pointee.count &+ hint) }
    var iteration = try Iteration(self, source)
    while true {
      let item = try iteration.next()
      if item.isNull { return }
      try listAppend(list, item)
    }
  }

  /// A new list of the elements of an iterable. May run Python code.
  public func newList(from iterable: Value) throws(PyError) -> Ref<ListObject> {
    let list = try newList()
    try listExtend(list, iterable)
    return list
  }

  /// A guess at how many elements an iterable has; 0 if unknown. Never runs Python code.
  public func lengthHint(_ value: Value) -> Int {
    guard value.isObject, !value.uncheckedHeader.pointee.isInstance else { return 0 }
    switch value.uncheckedHeader.pointee.uncheckedType {
    case .list: return value.unchecked(ListObject.self).pointee.count
    case .tuple: return value.unchecked(TupleObject.self).pointee.count
    case .dict, .set, .frozenset: return Int(value.unchecked(DictObject.self).pointee.count)
    case .dictKeys, .dictValues, .dictItems: return Int(value.unchecked(DictViewObject.self).pointee.dict.pointee.count)
    case .range: return RangeObject.smallCount(value.unchecked(RangeObject.self)) ?? 0
    default: return 0
    }
  }

  /// `sum(iterable, start)`. Whole numbers and floats are added without making objects; floats with compensation, as CPython does.
  public func sumValues(_ iterable: Value, _ start: Value) throws(PyError) -> Value {
    var iteration = try Iteration(self, iterable)
    var total = start
    var turns = 0
    while true {
      if total.isSmallInt {
        total = try sumIntegers(&iteration, total.uncheckedSmallInt)
        if iteration.isAtEnd { return total }
      } else if let float = plainFloat(total) {
        total = try sumFloats(&iteration, float)
        if iteration.isAtEnd { return total }
      }
      var item = iteration.pushedBack
      if item.isNull { item = try iteration.next() } else { iteration.pushedBack = .null }
      if item.isNull { return total }
      total = try binary(.add, total, item)
      turns &+= 1
      if turns & 1023 == 0 { try pollPending() }
    }
  }

  /// Adds small integers as long as they come; what comes then is pushed back.
  private func sumIntegers(_ iteration: inout Iteration, _ start: Int) throws(PyError) -> Value {
    var sum = start
    var turns = 0
    while true {
      let item = try iteration.next()
      guard item.isSmallInt else {
        iteration.pushedBack = item
        iteration.isAtEnd = item.isNull
        return try newInt(sum)
      }
      let (next, overflow) = sum.addingReportingOverflow(item.uncheckedSmallInt)
      if overflow {
        iteration.pushedBack = item
        return try newInt(sum)
      }
      sum = next
      turns &+= 1
      if turns & 1023 == 0 { try pollPending() }
    }
  }

  /// Adds floats and small integers as long as they come (Neumaier's compensated sum).
  private func sumFloats(_ iteration: inout Iteration, _ start: PyFloat) throws(PyError) -> Value {
    var sum = start
    var lost: PyFloat = 0
    var turns = 0
    var item = iteration.pushedBack
    iteration.pushedBack = .null
    while true {
      if item.isNull { item = try iteration.next() }
      guard let addend = item.isSmallInt ? PyFloat(item.uncheckedSmallInt) : plainFloat(item) else {
        iteration.pushedBack = item
        iteration.isAtEnd = item.isNull
        return try newFloat(lost.isFinite && lost != 0 ? sum + lost : sum)
      }
      let next = sum + addend
      lost += abs(sum) >= abs(addend) ? (sum - next) + addend : (addend - next) + sum
      sum = next
      item = .null
      turns &+= 1
      if turns & 1023 == 0 { try pollPending() }
    }
  }

  /// The number of a `float`, else nil.
  @inline(__always) public func plainFloat(_ value: Value) -> PyFloat? {
    #if _pointerBitWidth(_64)
      if value.isTaggedFloat { return value.uncheckedTaggedFloat }
      if value == .positiveZero { return 0 }
      if value == .negativeZero { return -0.0 }
    #endif
    return value.isObject(.float) ? value.unchecked(FloatObject.self).pointee.float : nil
  }
}

/// Walks over any iterable from Swift without making an iterator for the common built-in types.
public struct Iteration {
  let vm: VM
  var source: Value
  var position = 0
  /// Count of a range, or of a dict when the walk began.
  var limit = 0
  /// What `sumValues` read but could not use.
  var pushedBack = Value.null
  var isAtEnd = false
  private var kind: Kind

  private enum Kind: UInt8 { case iterator, list, tuple, range, dict, text }

  /// May run Python code.
  public init(_ vm: VM, _ iterable: Value) throws(PyError) {
    self.vm = vm
    let plain = vm.iterationSource(iterable)
    source = plain
    kind = .iterator
    if plain.isName {
      kind = .text
    } else if plain.isObject {
      switch plain.uncheckedHeader.pointee.word {
      case TypeID.list.headerWord: kind = .list
      case TypeID.tuple.headerWord: kind = .tuple
      case TypeID.str.headerWord: kind = .text
      case TypeID.dict.headerWord, TypeID.set.headerWord, TypeID.frozenset.headerWord:
        kind = .dict
        limit = Int(plain.unchecked(DictObject.self).pointee.count)
      case TypeID.range.headerWord:
        if let count = RangeObject.smallCount(plain.unchecked(RangeObject.self)) {
          kind = .range
          limit = count
        }
      default: break
      }
    }
    if kind == .iterator { source = try vm.getIterator(plain) }
  }

  /// The next element, or `null` at the end. May run Python code.
  @inline(__always) public mutating func next() throws(PyError) -> Value {
    switch kind {
    case .list:
      let list = source.unchecked(ListObject.self)
      if position >= list.pointee.count { return .null }
      position &+= 1
      return list.pointee.items[position &- 1]
    case .tuple:
      let tuple = source.unchecked(TupleObject.self)
      if position >= tuple.pointee.count { return .null }
      position &+= 1
      return TupleObject.items(tuple)[position &- 1]
    default: return try nextOther()
    }
  }

  @inline(never) private mutating func nextOther() throws(PyError) -> Value {
    if position & 0xff == 0xff { try vm.pollInterrupt() }
    switch kind {
    case .range:
      if position >= limit { return .null }
      position &+= 1
      return RangeObject.smallItem(source.unchecked(RangeObject.self), position &- 1)
    case .dict:
      let dict = source.unchecked(DictObject.self)
      if Int(dict.pointee.count) != limit { try vm.raiseChangedSize(source) }
      position = vm.dictNext(dict, position)
      if position < 0 {
        position = Int(dict.pointee.fill)
        return .null
      }
      position &+= 1
      return dict.pointee.entries.unsafelyUnwrapped[position &- 1].key
    case .text: return try vm.nextCharacter(source, &position)
    default: return try vm.next(source)
    }
  }
}
