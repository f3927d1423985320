// array — numbers of one kind, packed in memory.

extension TypeID {
  static var array: TypeID { TypeID(172) }
}

/// Elements lie at `bytes`, `count` of them.
struct ArrayObject {
  var header: ObjectHeader
  var bytes: UnsafeMutablePointer<UInt8>
  var count: Int
  /// Elements there is room for.
  var capacity: Int
  var code: UInt8
}

private enum ArrayModule {
  static let rows: InlineArray<_, Method> = [
    Method(.array, constant: Value(type: .array)), Method(.ArrayType, constant: Value(type: .array)),
    Method(.typecodes, getter: arrayTypecodes),
  ]
}

private func arrayRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ArrayModule.rows.span[index]) }

extension ModuleRow {
  static let array = ModuleRow(.array, isExtensible: true, rowCount: UInt8(ArrayModule.rows.count), row: arrayRow)
}

private enum ArrayType {
  static let methods: InlineArray<_, Method> = [
    Method(.append, 2...2, arrayAppend), Method(.extend, 2...2, arrayExtend), Method(.fromlist, 2...2, arrayExtend),
    Method(.pop, 1...2, arrayPop), Method(.insert, 3...3, arrayInsert), Method(.remove, 2...2, arrayRemove),
    Method(.index, 2...4, arrayIndex), Method(.count, 2...2, arrayCount), Method(.reverse, 1...1, arrayReverse),
    Method(.tobytes, 1...1, arrayToBytes), Method(.frombytes, 2...2, arrayFromBytes), Method(.tolist, 1...1, arrayToList),
    Method(.byteswap, 1...1, arrayByteSwap), Method(.clear, 1...1, arrayClear), Method(.typecode, getter: arrayTypecode),
    Method(.itemsize, getter: arrayItemSize), Method(.__len__, 1...1, nativeLength), Method(.__iter__, 1...1, nativeIterator),
    Method(.__contains__, 2...2, nativeContains), Method(.__getitem__, 2...2, nativeGetItem), Method(.__setitem__, 3...3, nativeSetItem),
    Method(.__delitem__, 2...2, nativeDeleteItem),
  ]
}

private func arrayMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ArrayType.methods.span[index]) }

extension TypeRow {
  static let array = TypeRow(
    .array, methodCount: UInt8(ArrayType.methods.count), method: arrayMethod, make: arrayMake, print: arrayPrint, unary: arrayUnary,
    binary: arrayBinary, getItem: arrayGetItem, setItem: arraySetItem, iterate: iterateSequence, buffer: arrayBuffer)
}

private typealias ArrayRef = Ref<ArrayObject>

extension Ref where Pointee == ArrayObject {
  fileprivate var layout: ElementLayout { ElementLayout(pointee.code).unsafelyUnwrapped }
  fileprivate func load(_ vm: VM, _ index: Int) throws(PyError) -> Value {
    let layout = self.layout
    return try vm.loadElement(layout, pointee.bytes + index &* layout.size)
  }
}

// MARK: Making and growing

private func newArray(_ vm: VM, _ layout: ElementLayout, capacity: Int) throws(PyError) -> ArrayRef {
  let bytes = try newStorage(vm, layout, capacity)
  let array = try vm.allocate(ArrayObject.self)
  array.initialize(to: ArrayObject(header: ObjectHeader(.array), bytes: bytes, count: 0, capacity: capacity, code: layout.code))
  return array
}

private func newStorage(_ vm: VM, _ layout: ElementLayout, _ capacity: Int) throws(PyError) -> UnsafeMutablePointer<UInt8> {
  if capacity > Int.max / 32 { throw vm.outOfMemory(capacity) }
  if layout.holdsObjects {
    return UnsafeMutableRawPointer(try vm.allocateValues(max(capacity, 1))).assumingMemoryBound(to: UInt8.self)
  }
  return try vm.allocateBytes(capacity &* layout.size)
}

/// Makes room for at least so many elements.
private func reserve(_ vm: VM, _ array: ArrayRef, _ needed: Int) throws(PyError) {
  if needed <= array.pointee.capacity { return }
  let layout = array.layout
  let capacity = max(needed, array.pointee.count &+ array.pointee.count &>> 2, 4)
  let bytes = try newStorage(vm, layout, capacity)
  bytes.update(from: array.pointee.bytes, count: array.pointee.count &* layout.size)
  // The old memory is left to the collector: a memoryview may still look at it.
  array.pointee.bytes = bytes
  array.pointee.capacity = capacity
}

private func append(_ vm: VM, _ array: ArrayRef, _ value: Value) throws(PyError) {
  let layout = array.layout
  let bits = try vm.elementBits(layout, value)
  try reserve(vm, array, array.pointee.count &+ 1)
  vm.storeElement(layout, bits, array.pointee.bytes + array.pointee.count &* layout.size)
  array.pointee.count &+= 1
}

private func extend(_ vm: VM, _ array: ArrayRef, _ iterable: Value) throws(PyError) {
  let source = vm.unwrapped(iterable)
  if source.isObject(.array), source.unchecked(ArrayObject.self).pointee.code == array.pointee.code {
    let other = source.unchecked(ArrayObject.self)
    let added = other.pointee.count
    try reserve(vm, array, array.pointee.count &+ added)
    let size = array.layout.size
    (array.pointee.bytes + array.pointee.count &* size).update(from: other.pointee.bytes, count: added &* size)
    array.pointee.count &+= added
    return
  }
  try reserve(vm, array, array.pointee.count &+ vm.lengthHint(iterable))
  var iteration = try Iteration(vm, iterable)
  while true {
    let item = try iteration.next()
    if item.isNull { return }
    try append(vm, array, item)
  }
}

/// Adds elements given as raw bytes.
private func extend(_ vm: VM, _ array: ArrayRef, bytes: Buffer) throws(PyError) {
  let size = array.layout.size
  if array.layout.holdsObjects { try vm.raise(.typeError, "can't make objects from bytes") }
  let added = bytes.count / size
  if added &* size != bytes.count { try vm.raise(.valueError, "bytes length not a multiple of item size") }
  try reserve(vm, array, array.pointee.count &+ added)
  (array.pointee.bytes + array.pointee.count &* size).update(from: bytes.start, count: bytes.count)
  array.pointee.count &+= added
}

/// The plain bytes of an object with the buffer protocol, arrays excepted.
private func bytesOf(_ vm: VM, _ value: Value) -> Buffer? {
  let plain = vm.unwrapped(value)
  if plain.isObject(.array) { return nil }
  guard let slot = vm.row(vm.typeID(of: plain)).buffer else { return nil }
  return slot(vm, plain, false)
}

private func arrayMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 2)
  let code = vm.unwrapped(arguments[0])
  guard vm.isString(code), vm.uncheckedText(code).count == 1, let layout = ElementLayout(vm.uncheckedText(code)[0]) else {
    try vm.raise(vm.isString(code) ? .valueError : .typeError, "bad typecode")
  }
  if arguments.count == 1 { return Value(try newArray(vm, layout, capacity: 0)) }
  let source = arguments[1]
  if vm.isString(source) { try vm.raise(.typeError, "cannot use a str to initialize an array with typecode '%s'", code) }
  let array = try newArray(vm, layout, capacity: vm.lengthHint(source))
  let plain = vm.unwrapped(source)
  if plain.isObject(.bytes) || plain.isObject(.bytearray), let bytes = bytesOf(vm, source) {
    try extend(vm, array, bytes: bytes)
  } else {
    try extend(vm, array, source)
  }
  return Value(array)
}

// MARK: Slots

private func arrayPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let array = value.unchecked(ArrayObject.self)
  try vm.checkNativeStack()
  try builder.append("array('")
  try builder.append(byte: array.pointee.code)
  try builder.append(byte: 39)
  if array.pointee.count > 0 {
    try builder.append(", [")
    var index = 0
    while index < array.pointee.count {
      if index > 0 { try builder.append(", ") }
      try vm.print(array.load(vm, index), &builder, .repr)
      index &+= 1
    }
    try builder.append(byte: 93)
  }
  try builder.append(byte: 41)
}

private func arrayUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let count = value.unchecked(ArrayObject.self).pointee.count
  switch op {
  case .length: return Value(smallInt: count)
  case .bool: return Value(count != 0)
  case .hash: return .none
  default: return .null
  }
}

private func arrayBuffer(_ vm: VM, _ value: Value, _ writable: Bool) -> Buffer? {
  let array = value.unchecked(ArrayObject.self)
  return Buffer(start: array.pointee.bytes, count: array.pointee.count &* array.layout.size, typecode: array.pointee.code)
}

private func arrayBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  let a = vm.unwrapped(left)
  if op == .contains { return Value(try find(vm, a, right, 0, Int.max) >= 0) }
  let b = vm.unwrapped(right)
  switch op {
  case .equal, .notEqual, .less, .more, .lessEqual, .moreEqual:
    // Bytes are never equal to an array, whatever they would make of its buffer.
    if op == .equal || op == .notEqual, a.isObject(.array), b.isObject(.bytes) || b.isObject(.bytearray) { return Value(op == .notEqual) }
    guard a.isObject(.array), b.isObject(.array) else { return .null }
    return try compare(vm, op, a.unchecked(ArrayObject.self), b.unchecked(ArrayObject.self))
  case .add:
    guard a.isObject(.array), b.isObject(.array) else { return .null }
    let first = a.unchecked(ArrayObject.self)
    let second = b.unchecked(ArrayObject.self)
    if first.pointee.code != second.pointee.code { return .null }
    let result = try newArray(vm, first.layout, capacity: first.pointee.count &+ second.pointee.count)
    try extend(vm, result, a)
    try extend(vm, result, b)
    return Value(result)
  case .inPlaceAdd:
    guard a.isObject(.array), b.isObject(.array) else { return .null }
    try extend(vm, a.unchecked(ArrayObject.self), b)
    return left
  case .multiply, .inPlaceMultiply:
    if a.isObject(.array) { return try multiply(vm, op, a.unchecked(ArrayObject.self), right, left) }
    return b.isObject(.array) && op == .multiply ? try multiply(vm, op, b.unchecked(ArrayObject.self), left, left) : .null
  default: return .null
  }
}

private func multiply(_ vm: VM, _ op: BinaryOperator, _ array: ArrayRef, _ number: Value, _ left: Value) throws(PyError) -> Value {
  guard let times = try vm.repeatCount(number) else { return .null }
  let count = array.pointee.count
  let (total, overflow) = count.multipliedReportingOverflow(by: times)
  if overflow || total > Int.max / 32 { throw vm.outOfMemory(Int.max) }
  let result = op == .inPlaceMultiply ? array : try newArray(vm, array.layout, capacity: total)
  try reserve(vm, result, total)
  let size = array.layout.size
  var position = op == .inPlaceMultiply ? count : 0
  while position < total {
    (result.pointee.bytes + position &* size).update(from: array.pointee.bytes, count: count &* size)
    position &+= count
  }
  result.pointee.count = total
  return op == .inPlaceMultiply ? left : Value(result)
}

private func compare(_ vm: VM, _ op: BinaryOperator, _ a: ArrayRef, _ b: ArrayRef) throws(PyError) -> Value {
  if op == .equal || op == .notEqual {
    if a.pointee.count != b.pointee.count { return Value(op == .notEqual) }
    let layout = a.layout
    if a.pointee.code == b.pointee.code && !layout.isFloat && !layout.holdsObjects {
      let same = compareMemory(a.pointee.bytes, b.pointee.bytes, a.pointee.count &* layout.size) == 0
      return Value(same == (op == .equal))
    }
  }
  try vm.checkNativeStack()
  var index = 0
  while index < a.pointee.count && index < b.pointee.count {
    let x = try a.load(vm, index)
    let y = try b.load(vm, index)
    // Not by identity: a NaN differs from itself.
    if try !vm.isTrue(vm.binary(.equal, x, y)) {
      if op == .equal || op == .notEqual { return Value(op == .notEqual) }
      return try vm.binary(op, x, y)
    }
    index &+= 1
  }
  return try vm.binary(op, Value(smallInt: a.pointee.count), Value(smallInt: b.pointee.count))
}

private func arrayGetItem(_ vm: VM, _ object: Value, _ index: Value) throws(PyError) -> Value {
  let array = object.unchecked(ArrayObject.self)
  if !index.isObject(.slice) {
    let integer = try vm.subscriptInteger(index, Qstr.array)
    return try array.load(vm, vm.checkedPosition(integer, array.pointee.count, Qstr.array))
  }
  let bounds = try vm.sliceBounds(index)
  let range = bounds.range(in: array.pointee.count)
  let size = array.layout.size
  let result = try newArray(vm, array.layout, capacity: range.count)
  if range.step == 1 {
    result.pointee.bytes.update(from: array.pointee.bytes + range.start &* size, count: range.count &* size)
  } else {
    for target in 0..<range.count {
      let source = array.pointee.bytes + (range.start &+ target &* range.step) &* size
      (result.pointee.bytes + target &* size).update(from: source, count: size)
    }
  }
  result.pointee.count = range.count
  return Value(result)
}

private func arraySetItem(_ vm: VM, _ object: Value, _ index: Value, _ value: Value) throws(PyError) {
  let array = object.unchecked(ArrayObject.self)
  if index.isObject(.slice) { return value.isNull ? try deleteSlice(vm, array, index) : try setSlice(vm, array, index, value) }
  let integer = try vm.subscriptInteger(index, Qstr.array)
  if value.isNull { return removeElements(array, try vm.checkedPosition(integer, array.pointee.count, Qstr.array), 1) }
  let bits = try vm.elementBits(array.layout, value)
  let position = try vm.checkedPosition(integer, array.pointee.count, Qstr.array)
  vm.storeElement(array.layout, bits, array.pointee.bytes + position &* array.layout.size)
}

private func removeElements(_ array: ArrayRef, _ position: Int, _ count: Int) {
  let size = array.layout.size
  let start = array.pointee.bytes + position &* size
  start.update(from: start + count &* size, count: (array.pointee.count &- position &- count) &* size)
  array.pointee.count &-= count
}

private func setSlice(_ vm: VM, _ array: ArrayRef, _ index: Value, _ value: Value) throws(PyError) {
  let size = array.layout.size
  var source = vm.unwrapped(value)
  if let bytes = bytesOf(vm, value) {
    // Bytes stand for elements of one byte, as MicroPython allows.
    if size != 1 { try vm.raise(.valueError, "lhs and rhs should be compatible") }
    let copy = try newArray(vm, array.layout, capacity: bytes.count)
    try extend(vm, copy, bytes: bytes)
    source = Value(copy)
  }
  guard source.isObject(.array) else { try vm.raise(.typeError, "can only assign array (not \"%t\") to array slice", value) }
  var other = source.unchecked(ArrayObject.self)
  if other.pointee.code != array.pointee.code { try vm.raise(.valueError, "lhs and rhs should be compatible") }
  if other == array {
    other = try newArray(vm, array.layout, capacity: array.pointee.count)
    try extend(vm, other, source)
  }
  let bounds = try vm.sliceBounds(index)
  let range = bounds.range(in: array.pointee.count)
  let added = other.pointee.count
  if range.step != 1 {
    if added != range.count {
      try vm.raise(
        .valueError, "attempt to assign array of size %s to extended slice of size %s", Value(smallInt: added), Value(smallInt: range.count)
      )
    }
    for position in 0..<added {
      (array.pointee.bytes + (range.start &+ position &* range.step) &* size).update(
        from: other.pointee.bytes + position &* size, count: size)
    }
    return
  }
  try makeRoom(vm, array, range.start, removed: range.stop &- range.start, added: added)
  (array.pointee.bytes + range.start &* size).update(from: other.pointee.bytes, count: added &* size)
}

/// Replaces `removed` elements at a position by room for `added`.
private func makeRoom(_ vm: VM, _ array: ArrayRef, _ position: Int, removed: Int, added: Int) throws(PyError) {
  if added <= removed { return removeElements(array, position &+ added, removed &- added) }
  let size = array.layout.size
  let count = array.pointee.count
  try reserve(vm, array, count &+ added &- removed)
  let from = array.pointee.bytes + (position &+ removed) &* size
  // Backwards, since source and target overlap.
  let shift = (added &- removed) &* size
  var index = (count &- position &- removed) &* size &- 1
  while index >= 0 {
    from[index &+ shift] = from[index]
    index &-= 1
  }
  array.pointee.count = count &+ added &- removed
}

private func deleteSlice(_ vm: VM, _ array: ArrayRef, _ index: Value) throws(PyError) {
  let bounds = try vm.sliceBounds(index)
  let range = bounds.range(in: array.pointee.count)
  if range.step == 1 { return removeElements(array, range.start, range.count) }
  // From the highest position down, so that the others keep their places.
  for turn in 0..<range.count {
    let position = range.step > 0 ? range.start &+ (range.count &- 1 &- turn) &* range.step : range.start &+ turn &* range.step
    removeElements(array, position, 1)
  }
}

// MARK: Methods

private func arrayTypecodes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString("bBhHiIlLqQfdO") }

private func arrayTypecode(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(Qstr.character(arguments[0].unchecked(ArrayObject.self).pointee.code))
}

private func arrayItemSize(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: arguments[0].unchecked(ArrayObject.self).layout.size)
}

private func arrayAppend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try append(vm, arguments[0].unchecked(ArrayObject.self), arguments[1])
  return .none
}

private func arrayExtend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  let source = vm.unwrapped(arguments[1])
  if source.isObject(.array), source.unchecked(ArrayObject.self).pointee.code != array.pointee.code {
    try vm.raise(.typeError, "can only extend with array of same kind")
  }
  try extend(vm, array, arguments[1])
  return .none
}

private func arrayPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  let integer = arguments.count > 1 ? try vm.indexValue(arguments[1]) : -1
  if array.pointee.count == 0 { try vm.raise(.indexError, "pop from empty array") }
  let position = try vm.checkedPosition(integer, array.pointee.count, Qstr.pop)
  let item = try array.load(vm, position)
  removeElements(array, position, 1)
  return item
}

private func arrayInsert(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  let integer = try vm.indexValue(arguments[1])
  let bits = try vm.elementBits(array.layout, arguments[2])
  let count = array.pointee.count
  let position = integer < 0 ? max(integer &+ count, 0) : min(integer, count)
  try makeRoom(vm, array, position, removed: 0, added: 1)
  vm.storeElement(array.layout, bits, array.pointee.bytes + position &* array.layout.size)
  return .none
}

/// The first index from `start` to before `stop` of an equal element, or -1. May run Python code.
private func find(_ vm: VM, _ value: Value, _ item: Value, _ start: Int, _ stop: Int) throws(PyError) -> Int {
  let array = value.unchecked(ArrayObject.self)
  var index = start
  while index < array.pointee.count && index < stop {
    if try vm.sameOrEqual(array.load(vm, index), item) { return index }
    index &+= 1
  }
  return -1
}

private func arrayRemove(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let index = try find(vm, arguments[0], arguments[1], 0, Int.max)
  if index < 0 { try vm.raise(.valueError, "object not in sequence") }
  let array = arguments[0].unchecked(ArrayObject.self)
  if index < array.pointee.count { removeElements(array, index, 1) }
  return .none
}

private func arrayIndex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let first = arguments.count > 2 ? try vm.indexValue(arguments[2]) : 0
  let last = arguments.count > 3 ? try vm.indexValue(arguments[3]) : Int.max
  let count = arguments[0].unchecked(ArrayObject.self).pointee.count
  let start = first < 0 ? max(first &+ count, 0) : first
  let index = try find(vm, arguments[0], arguments[1], start, last < 0 ? last &+ count : last)
  if index < 0 { try vm.raise(.valueError, "object not in sequence") }
  return Value(smallInt: index)
}

private func arrayCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var total = 0
  var index = try find(vm, arguments[0], arguments[1], 0, Int.max)
  while index >= 0 {
    total &+= 1
    index = try find(vm, arguments[0], arguments[1], index &+ 1, Int.max)
  }
  return Value(smallInt: total)
}

private func arrayReverse(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  let size = array.layout.size
  var low = 0
  var high = array.pointee.count &- 1
  while low < high {
    for byte in 0..<size {
      let left = array.pointee.bytes + (low &* size &+ byte)
      let right = array.pointee.bytes + (high &* size &+ byte)
      let kept = left.pointee
      left.pointee = right.pointee
      right.pointee = kept
    }
    low &+= 1
    high &-= 1
  }
  return .none
}

private func arrayByteSwap(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  let size = array.layout.size
  if array.layout.holdsObjects { return .none }
  for index in 0..<array.pointee.count {
    let element = array.pointee.bytes + index &* size
    for byte in 0..<(size / 2) {
      let kept = element[byte]
      element[byte] = element[size &- 1 &- byte]
      element[size &- 1 &- byte] = kept
    }
  }
  return .none
}

private func arrayToBytes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  return try vm.newBytes(array.pointee.bytes, array.pointee.count &* array.layout.size)
}

private func arrayFromBytes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard let bytes = bytesOf(vm, arguments[1]) else { try vm.raise(.typeError, "object with buffer protocol required") }
  try extend(vm, arguments[0].unchecked(ArrayObject.self), bytes: bytes)
  return .none
}

private func arrayToList(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(ArrayObject.self)
  let list = try vm.newList(capacity: array.pointee.count)
  for index in 0..<array.pointee.count { try vm.listAppend(list, array.load(vm, index)) }
  return Value(list)
}

private func arrayClear(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[0].unchecked(ArrayObject.self).pointee.count = 0
  return .none
}
