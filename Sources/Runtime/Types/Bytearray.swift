// bytearray — a growable array of bytes. Method bodies that it shares with str and bytes stand in Str+*.swift.
//
// Invariant: bytes[0..<count] are the contents; the block has room for `capacity`. Old blocks are left to the collector, because a buffer
// that a native holds while Python code runs may still point there. While a memoryview exports the bytes their number can't change.

import Numerics

public struct BytearrayObject {
  public var header: ObjectHeader
  public var count: Int
  public var capacity: Int
  /// A pointer-free block.
  public var bytes: UnsafeMutablePointer<UInt8>
  /// Memoryviews of this array that were not released; some may be garbage. See `checkResizable`.
  var exports: Int
}

private enum BytearrayType {
  static let methods: InlineArray<_, Method> = [
    Method(.append, 2...2, bytearrayAppend),
    Method(.extend, 2...2, bytearrayExtend),
    Method(.insert, 3...3, bytearrayInsert),
    Method(.pop, 1...2, bytearrayPop),
    Method(.remove, 2...2, bytearrayRemove),
    Method(.reverse, 1...1, bytearrayReverse),
    Method(.clear, 1...1, bytearrayClear),
    Method(.copy, 1...1, bytearrayCopy),
    Method(.resize, 2...2, bytearrayResize),
    Method(.decode, 0...255, bytesDecode),
    Method(.hex, 0...255, bytesHex),
    Method(.fromhex, classMethod: 2...2, bytesFromHex),
    Method(.join, 2...2, textJoin),
    Method(.split, 0...255, textSplit),
    Method(.strip, 1...2, textStrip, data: 3),
    Method(.replace, 0...255, textReplace),
    Method(.startswith, 2...4, textStartsWith, data: 0),
    Method(.endswith, 2...4, textStartsWith, data: 1),
    Method(.find, 2...4, textFind, data: 0),
    Method(.rfind, 2...4, textFind, data: 1),
    Method(.index, 2...4, textFind, data: 2),
    Method(.rindex, 2...4, textFind, data: 3),
    Method(.count, 2...4, textCount),
    Method(.lower, 1...1, textChangeCase, data: 0),
    Method(.upper, 1...1, textChangeCase, data: 1),
    Method(.capitalize, 1...1, textChangeCase, data: 2),
    Method(.title, 1...1, textChangeCase, data: 3),
    Method(.swapcase, 1...1, textChangeCase, data: 4),
    Method(.lstrip, 1...2, textStrip, data: 1),
    Method(.rstrip, 1...2, textStrip, data: 2),
    Method(.rsplit, 0...255, textSplitBackward),
    Method(.splitlines, "keepends=False", textSplitLines),
    Method(.partition, 2...2, textPartition, data: 0),
    Method(.rpartition, 2...2, textPartition, data: 1),
    Method(.ljust, 2...3, textAlign, data: 0),
    Method(.rjust, 2...3, textAlign, data: 1),
    Method(.center, 2...3, textAlign, data: 2),
    Method(.zfill, 2...2, textZeroFill),
    Method(.expandtabs, "tabsize=8", textExpandTabs),
    Method(.removeprefix, 2...2, textRemoveAffix, data: 0),
    Method(.removesuffix, 2...2, textRemoveAffix, data: 1),
    Method(.isalpha, 1...1, textIs, data: 0),
    Method(.isdigit, 1...1, textIs, data: 1),
    Method(.isalnum, 1...1, textIs, data: 2),
    Method(.isspace, 1...1, textIs, data: 3),
    Method(.isupper, 1...1, textIs, data: 4),
    Method(.islower, 1...1, textIs, data: 5),
    Method(.istitle, 1...1, textIs, data: 6),
    Method(.isascii, 1...1, textIs, data: 7),
    Method(.translate, "table, /, delete=?", bytesTranslate),
    Method(.maketrans, staticMethod: 2...2, bytesMakeTranslation),
    Method(.__len__, 1...1, nativeLength),
    Method(.__iter__, 1...1, nativeIterator),
    Method(.__contains__, 2...2, nativeContains),
    Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__setitem__, 3...3, nativeSetItem),
    Method(.__delitem__, 2...2, nativeDeleteItem),
  ]
}

private func bytearrayMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: BytearrayType.methods.span[index]) }

extension TypeRow {
  static let bytearray = TypeRow(
    .bytearray, methodCount: UInt8(BytearrayType.methods.count), method: bytearrayMethod, make: bytearrayMake, print: bytearrayPrint,
    unary: bytearrayUnary, binary: bytearrayBinary, getItem: bytearrayGetItem, setItem: bytearraySetItem, iterate: iterateSequence,
    buffer: bytearrayBuffer)
}

// MARK: Making and resizing

extension VM {
  /// A bytearray of so many bytes, not filled. Allocates.
  public func newBytearray(count: Int) throws(PyError) -> Ref<BytearrayObject> {
    guard count < Int.max / 2 else { throw outOfMemory(count) }
    let bytes = try allocateBytes(count)
    let array = try allocate(BytearrayObject.self)
    array.initialize(
      to: BytearrayObject(header: ObjectHeader(.bytearray), count: count, capacity: max(count, 1), bytes: bytes, exports: 0))
    return array
  }

  /// A bytearray with a copy of these bytes. Allocates.
  public func newBytearray(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PyError) -> Ref<BytearrayObject> {
    let array = try newBytearray(count: count)
    array.pointee.bytes.update(from: start, count: count)
    return array
  }

  /// Replaces `removed` bytes from `start` on by `added` others, which are not filled. BufferError while a memoryview exports the bytes.
  /// Allocates; may collect.
  func bytearraySplice(_ array: Ref<BytearrayObject>, _ start: Int, removed: Int, added: Int) throws(PyError) {
    if removed == added { return }
    if array.pointee.exports > 0 { try checkResizable(array) }
    let count = array.pointee.count &- removed &+ added
    guard count < Int.max / 4 else { throw outOfMemory(count) }
    let rest = array.pointee.count &- start &- removed
    if count > array.pointee.capacity {
      let capacity = max(count, array.pointee.capacity &+ array.pointee.capacity &>> 1, 16)
      let old = array.pointee.bytes
      let bytes = try allocateBytes(capacity)
      bytes.update(from: old, count: start)
      (bytes + (start &+ added)).update(from: old + (start &+ removed), count: rest)
      array.pointee.bytes = bytes
      array.pointee.capacity = capacity
    } else {
      let bytes = array.pointee.bytes
      (bytes + (start &+ added)).update(from: bytes + (start &+ removed), count: rest)
    }
    array.pointee.count = count
  }

  /// Appends bytes, which may be the array's own.
  func bytearrayAppend(_ array: Ref<BytearrayObject>, _ text: Text) throws(PyError) {
    // `text.start` stays readable even if the array's block moves: old blocks are left to the collector.
    let count = array.pointee.count
    try bytearraySplice(array, count, removed: 0, added: text.count)
    (array.pointee.bytes + count).update(from: text.start, count: text.count)
  }
}

/// `bytearray(source=b'', encoding, errors)`.
private func bytearrayMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind("source=?, encoding=?, errors=?", arguments)
  if bound[0].isSmallInt && bound[1].isNull {
    let count = bound[0].uncheckedSmallInt
    if count < 0 { try vm.raise(.valueError, "negative count") }
    let array = try vm.newBytearray(count: count)
    array.pointee.bytes.update(repeating: 0, count: count)
    return Value(array)
  }
  var builder = StringBuilder(vm)
  try vm.appendBytes(from: bound, &builder)
  return try vm.finishText(.bytearray, &builder)
}

// MARK: Slots

private func bytearrayPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("bytearray(b")
  try vm.appendRepr(bytes: vm.uncheckedText(value), &builder)
  try builder.append(byte: 41)
}

private func bytearrayUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let count = value.unchecked(BytearrayObject.self).pointee.count
  switch operation {
  case .length: return Value(smallInt: count)
  case .bool: return Value(count > 0)
  case .hash: return .none
  default: return .null
  }
}

private func bytearrayBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  if left.isObject(.bytearray) {
    if operation == .inPlaceAdd {
      guard let text = vm.bytesLike(right) else { return .null }
      try vm.bytearrayAppend(left.unchecked(), text)
      return left
    }
    if operation == .inPlaceMultiply {
      guard let times = try vm.repeatCount(right) else { return .null }
      let array = left.unchecked(BytearrayObject.self)
      let product = try vm.repeated(left, times).unchecked(BytearrayObject.self)
      if product.pointee.count != array.pointee.count && array.pointee.exports > 0 { try vm.checkResizable(array) }
      array.pointee.bytes = product.pointee.bytes
      array.pointee.count = product.pointee.count
      array.pointee.capacity = product.pointee.capacity
      return left
    }
  }
  return try bytesBinary(vm, operation, left, right)
}

private func bytearrayGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value {
  let array = value.unchecked(BytearrayObject.self)
  if index.isObject(.slice) {
    let bounds = try vm.sliceBounds(index)
    let range = bounds.range(in: array.pointee.count)
    if range.step == 1 { return Value(try vm.newBytearray(array.pointee.bytes + range.start, range.count)) }
    let result = try vm.newBytearray(count: range.count)
    vm.copyStepped(array.pointee.bytes, range, result.pointee.bytes)
    return Value(result)
  }
  let number = try vm.subscriptInteger(index, Qstr.bytearray)
  let position = try vm.checkedPosition(number, array.pointee.count, Qstr.bytearray)
  return Value(smallInt: Int(array.pointee.bytes[position]))
}

private func bytearraySetItem(_ vm: VM, _ value: Value, _ index: Value, _ item: Value) throws(PyError) {
  let array = value.unchecked(BytearrayObject.self)
  if index.isObject(.slice) { return try setSlice(vm, array, index, item) }
  let number = try vm.subscriptInteger(index, Qstr.bytearray)
  if item.isNull {
    let position = try vm.checkedPosition(number, array.pointee.count, Qstr.bytearray)
    return try vm.bytearraySplice(array, position, removed: 1, added: 0)
  }
  let byte = try vm.byteValue(item)
  array.pointee.bytes[try vm.checkedPosition(number, array.pointee.count, Qstr.bytearray)] = byte
}

/// Slice assignment and deletion.
private func setSlice(_ vm: VM, _ array: Ref<BytearrayObject>, _ slice: Value, _ item: Value) throws(PyError) {
  let bounds = try vm.sliceBounds(slice)
  var source = Text.none
  var copy = Value.null
  if !item.isNull {
    if let text = vm.bytesLike(item), vm.unwrapped(item) != Value(array) {
      source = text
    } else {
      copy = try bytesOf(vm, item)
      source = vm.uncheckedText(copy)
    }
  }
  let range = bounds.range(in: array.pointee.count)
  if range.step == 1 {
    try vm.bytearraySplice(array, range.start, removed: range.count, added: source.count)
    (array.pointee.bytes + range.start).update(from: source.start, count: source.count)
  } else if source.count == 0 {
    // Assigning nothing deletes, too.
    try deleteStepped(vm, array, range)
  } else {
    if source.count != range.count {
      try vm.raise(
        .valueError, "attempt to assign bytes of size %s to extended slice of size %s", Value(smallInt: source.count),
        Value(smallInt: range.count))
    }
    var position = range.start
    for index in 0..<source.count {
      array.pointee.bytes[position] = source.start[index]
      position &+= range.step
    }
  }
  withExtendedLifetime(copy) {}
}

private func deleteStepped(_ vm: VM, _ array: Ref<BytearrayObject>, _ range: SliceRange) throws(PyError) {
  if range.count == 0 { return }
  if array.pointee.exports > 0 { try vm.checkResizable(array) }
  let step = abs(range.step)
  let first = range.step > 0 ? range.start : range.start &+ (range.count &- 1) &* range.step
  let bytes = array.pointee.bytes
  var target = first
  var removed = 0
  for source in first..<array.pointee.count {
    if removed < range.count && source == first &+ removed &* step {
      removed &+= 1
    } else {
      bytes[target] = bytes[source]
      target &+= 1
    }
  }
  array.pointee.count = target
}

/// A bytes object of what an iterable or buffer holds.
private func bytesOf(_ vm: VM, _ source: Value) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  if let text = vm.bytesLike(source) {
    try builder.append(text)
  } else {
    if vm.isString(source) { try vm.raise(.typeError, "can't convert '%t' object to bytes implicitly", source) }
    var iteration = try Iteration(vm, source)
    while true {
      let item = try iteration.next()
      if item.isNull { break }
      try builder.append(byte: vm.byteValue(item))
    }
  }
  return try builder.finishBytes()
}

private func bytearrayBuffer(_ vm: VM, _ value: Value, _ writable: Bool) -> Buffer? {
  let array = value.unchecked(BytearrayObject.self)
  return Buffer(start: array.pointee.bytes, count: array.pointee.count)
}

// MARK: Methods

/// `append(byte)`.
private func bytearrayAppend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let byte = try vm.byteValue(arguments[1])
  let array = arguments[0].unchecked(BytearrayObject.self)
  let count = array.pointee.count
  if count < array.pointee.capacity && array.pointee.exports == 0 {
    array.pointee.count = count &+ 1
  } else {
    try vm.bytearraySplice(array, count, removed: 0, added: 1)
  }
  array.pointee.bytes[count] = byte
  return .none
}

/// `extend(iterable)`.
private func bytearrayExtend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(BytearrayObject.self)
  if let text = vm.bytesLike(arguments[1]) {
    try vm.bytearrayAppend(array, text)
  } else {
    let copy = try bytesOf(vm, arguments[1])
    try vm.bytearrayAppend(array, vm.uncheckedText(copy))
  }
  return .none
}

/// `insert(index, byte)`.
private func bytearrayInsert(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var index = try vm.indexValue(arguments[1])
  let byte = try vm.byteValue(arguments[2])
  let array = arguments[0].unchecked(BytearrayObject.self)
  let count = array.pointee.count
  if index < 0 { index = max(index &+ count, 0) }
  index = min(index, count)
  try vm.bytearraySplice(array, index, removed: 0, added: 1)
  array.pointee.bytes[index] = byte
  return .none
}

/// `pop(index=-1)`.
private func bytearrayPop(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let index = arguments.count > 1 ? try vm.indexValue(arguments[1]) : -1
  let array = arguments[0].unchecked(BytearrayObject.self)
  if array.pointee.count == 0 { try vm.raise(.indexError, "pop from empty bytearray") }
  let position = try vm.checkedPosition(index, array.pointee.count, Qstr.bytearray)
  let byte = array.pointee.bytes[position]
  try vm.bytearraySplice(array, position, removed: 1, added: 0)
  return Value(smallInt: Int(byte))
}

/// `remove(byte)`: the first one.
private func bytearrayRemove(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let byte = try vm.byteValue(arguments[1])
  let array = arguments[0].unchecked(BytearrayObject.self)
  let position = TextSearch.first(byte, array.pointee.bytes, array.pointee.count)
  if position < 0 { try vm.raise(.valueError, "value not found in bytearray") }
  try vm.bytearraySplice(array, position, removed: 1, added: 0)
  return .none
}

private func bytearrayReverse(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(BytearrayObject.self)
  let bytes = array.pointee.bytes
  var low = 0
  var high = array.pointee.count &- 1
  while low < high {
    let byte = bytes[low]
    bytes[low] = bytes[high]
    bytes[high] = byte
    low &+= 1
    high &-= 1
  }
  return .none
}

private func bytearrayClear(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(BytearrayObject.self)
  try vm.bytearraySplice(array, 0, removed: array.pointee.count, added: 0)
  return .none
}

private func bytearrayCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let array = arguments[0].unchecked(BytearrayObject.self)
  return Value(try vm.newBytearray(array.pointee.bytes, array.pointee.count))
}

/// `resize(size)`: new bytes are zero.
private func bytearrayResize(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let size = try vm.intValue(arguments[1])
  if size < 0 { try vm.raise(.valueError, "bytearray.resize(): new size must be >= 0") }
  let array = arguments[0].unchecked(BytearrayObject.self)
  let count = array.pointee.count
  if size < count {
    try vm.bytearraySplice(array, size, removed: count &- size, added: 0)
  } else {
    try vm.bytearraySplice(array, count, removed: 0, added: size &- count)
    (array.pointee.bytes + count).update(repeating: 0, count: size &- count)
  }
  return .none
}
