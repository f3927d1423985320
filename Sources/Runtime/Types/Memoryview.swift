// memoryview — a window onto the elements of another object's buffer, without a copy. One dimension, any element type of the module
// struct, any step.
//
// The base is asked for its buffer at every access, and the window is clamped to what is there: so an object that moves or shrinks under a
// view is no danger. A bytearray also counts its views and refuses to be resized (BufferError).

import Numerics

public struct MemoryviewObject {
  public var header: ObjectHeader
  /// The object's own address: how a walk over the heap knows a view from other words.
  var ownAddress: UInt
  /// The object that owns the bytes; null once the view was released.
  var base: Value
  /// The first element's offset in bytes.
  var offset: Int
  /// Elements.
  var count: Int
  /// Bytes from one element to the next, which may be negative.
  var stride: Int
  /// Element type as in the module struct.
  var typecode: UInt8
  var itemSize: UInt8
  var isReadOnly: Bool
  /// The format had an `@` in front.
  var hasNativeMark: Bool
}

private enum MemoryviewType {
  static let methods: InlineArray<_, Method> = [
    Method(.tobytes, "order=None", memoryviewToBytes),
    Method(.tolist, 1...1, memoryviewToList),
    Method(.hex, 0...255, memoryviewHex),
    Method(.cast, "format, shape=?", memoryviewCast),
    Method(.release, 1...1, memoryviewRelease),
    Method(.toreadonly, 1...1, memoryviewToReadOnly),
    Method(.count, 2...2, memoryviewCount),
    Method(.index, 2...4, memoryviewIndex),
    Method(.itemsize, getter: memoryviewItemSize),
    Method(.nbytes, getter: memoryviewByteCount),
    Method(.format, getter: memoryviewFormat),
    Method(.obj, getter: memoryviewBase),
    Method(.readonly, getter: memoryviewReadOnly),
    Method(.ndim, getter: memoryviewDimensions),
    Method(.shape, getter: memoryviewShape),
    Method(.strides, getter: memoryviewStrides),
    Method(.suboffsets, getter: memoryviewSuboffsets),
    Method(.contiguous, getter: memoryviewContiguous),
    Method(.c_contiguous, getter: memoryviewContiguous),
    Method(.f_contiguous, getter: memoryviewContiguous),
    Method(.__enter__, 1...1, memoryviewEnter),
    Method(.__exit__, 1...4, memoryviewRelease),
    Method(.__len__, 1...1, nativeLength),
    Method(.__iter__, 1...1, nativeIterator),
    Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__setitem__, 3...3, nativeSetItem),
  ]
}

private func memoryviewMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: MemoryviewType.methods.span[index]) }

extension TypeRow {
  static let memoryview = TypeRow(
    .memoryview, isSubclassable: false, methodCount: UInt8(MemoryviewType.methods.count), method: memoryviewMethod, make: memoryviewMake,
    unary: memoryviewUnary, binary: memoryviewBinary, getItem: memoryviewGetItem, setItem: memoryviewSetItem, iterate: iterateSequence,
    buffer: memoryviewBuffer)
}

// MARK: Making

extension VM {
  /// A view of all elements of an object with the buffer protocol. Allocates.
  public func newMemoryview(_ base: Value) throws(PyError) -> Value {
    let base = unwrapped(base)
    if base.isObject(.memoryview) {
      let view = try liveView(base)
      return try newView(like: view, offset: view.pointee.offset, count: view.pointee.count, stride: view.pointee.stride)
    }
    guard !isString(base), let buffer = findBuffer(base, writable: false) else {
      try raise(.typeError, "memoryview: a bytes-like object is required, not '%t'", base)
    }
    let size = max(NativeElement.size(buffer.typecode), 1)
    let isReadOnly = findBuffer(base, writable: true) == nil
    let object = try allocate(MemoryviewObject.self)
    object.initialize(
      to: MemoryviewObject(
        header: ObjectHeader(.memoryview), ownAddress: UInt(bitPattern: object), base: base, offset: 0, count: buffer.count / size,
        stride: size,
        typecode: buffer.typecode, itemSize: UInt8(truncatingIfNeeded: size), isReadOnly: isReadOnly, hasNativeMark: false))
    noteExport(base, 1)
    return Value(object)
  }

  private func newView(like view: Ref<MemoryviewObject>, offset: Int, count: Int, stride: Int) throws(PyError) -> Value {
    let object = try allocate(MemoryviewObject.self)
    object.initialize(to: view.pointee)
    object.pointee.ownAddress = UInt(bitPattern: object)
    object.pointee.offset = offset
    object.pointee.count = count
    object.pointee.stride = stride
    noteExport(view.pointee.base, 1)
    return Value(object)
  }

  private func noteExport(_ base: Value, _ change: Int) {
    if base.isObject(.bytearray) { base.unchecked(BytearrayObject.self).pointee.exports &+= change }
  }

  /// BufferError if a memoryview of the array is still in use. Views that were dropped without `release()` are found out by a collection.
  func checkResizable(_ array: Ref<BytearrayObject>) throws(PyError) {
    interpreter.pointee.heap.collect()
    let base = Value(array)
    var live = 0
    interpreter.pointee.heap.pointer.forEachObject { (object, size, isAtomic) in
      if isAtomic || size < MemoryLayout<MemoryviewObject>.size { return }
      let view = object.assumingMemoryBound(to: MemoryviewObject.self)
      if view.pointee.header.word == TypeID.memoryview.headerWord && view.pointee.ownAddress == UInt(bitPattern: object)
        && view.pointee.base == base
      {
        live += 1
      }
    }
    array.pointee.exports = live
    if live > 0 { try raise(.bufferError, "Existing exports of data: object cannot be re-sized") }
  }

  /// The view behind a value; ValueError if it was released.
  private func liveView(_ value: Value) throws(PyError) -> Ref<MemoryviewObject> {
    let view = value.unchecked(MemoryviewObject.self)
    if view.pointee.base.isNull { try raise(.valueError, "operation forbidden on released memoryview object") }
    return view
  }

  /// Where the view's first element lies; the window has been clamped to what the base has now.
  private func viewStart(_ view: Ref<MemoryviewObject>) throws(PyError) -> UnsafeMutablePointer<UInt8> {
    guard let start = findViewStart(view) else { try raise(.indexError, "memoryview's object has been resized") }
    return start
  }

  fileprivate func findViewStart(_ view: Ref<MemoryviewObject>) -> UnsafeMutablePointer<UInt8>? {
    guard !view.pointee.base.isNull, let buffer = findBuffer(view.pointee.base, writable: false) else { return nil }
    let count = view.pointee.count
    if count == 0 { return buffer.start }
    let last = view.pointee.offset &+ (count &- 1) &* view.pointee.stride
    let low = min(view.pointee.offset, last)
    let high = max(view.pointee.offset, last) &+ Int(view.pointee.itemSize)
    return low >= 0 && high <= buffer.count ? buffer.start + view.pointee.offset : nil
  }

  private func viewItem(_ view: Ref<MemoryviewObject>, _ start: UnsafeMutablePointer<UInt8>, _ index: Int) throws(PyError) -> Value {
    let element = start + index &* view.pointee.stride
    if view.pointee.typecode == 66 { return Value(smallInt: Int(element.pointee)) }
    return try loadElement(view.pointee.typecode, element)
  }

  /// The bytes of all elements, one after the other. Text of the base itself where the elements lie densely, else a copy in `scratch`.
  fileprivate func viewText(_ view: Ref<MemoryviewObject>, _ scratch: inout StringBuilder) throws(PyError) -> Text {
    let start = try viewStart(view)
    let size = Int(view.pointee.itemSize)
    if view.pointee.stride == size { return Text(start: UnsafePointer(start), count: view.pointee.count &* size, isASCII: true) }
    let target = try scratch.reserve(view.pointee.count &* size)
    for index in 0..<view.pointee.count { (target + index &* size).update(from: start + index &* view.pointee.stride, count: size) }
    scratch.advance(view.pointee.count &* size)
    var text = scratch.text
    text.isASCII = true
    return text
  }

  // MARK: Slots' work

  fileprivate func viewGetItem(_ value: Value, _ index: Value) throws(PyError) -> Value {
    if index.isObject(.slice) {
      let bounds = try sliceBounds(index)
      let view = try liveView(value)
      let range = bounds.range(in: view.pointee.count)
      let stride = view.pointee.stride
      return try newView(like: view, offset: view.pointee.offset &+ range.start &* stride, count: range.count, stride: stride &* range.step)
    }
    let number = try subscriptInteger(index, Qstr.memoryview)
    let view = try liveView(value)
    let position = try checkedPosition(number, view.pointee.count, Qstr.memoryview)
    return try viewItem(view, viewStart(view), position)
  }

  fileprivate func viewSetItem(_ value: Value, _ index: Value, _ item: Value) throws(PyError) {
    if item.isNull { try raise(.typeError, "cannot delete memory") }
    if try liveView(value).pointee.isReadOnly { try raise(.typeError, "'memoryview' object doesn't support item assignment") }
    if index.isObject(.slice) { return try viewSetSlice(value, index, item) }
    let number = try subscriptInteger(index, Qstr.memoryview)
    var element: (UInt64, UInt64) = (0, 0)
    let typecode = value.unchecked(MemoryviewObject.self).pointee.typecode
    try withUnsafeMutableBytes(of: &element) { (bytes) throws(PyError) in
      // Converting may run Python code: the place is looked up afterwards.
      let scratch = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
      try storeViewElement(typecode, scratch, item)
      let view = try liveView(value)
      let position = try checkedPosition(number, view.pointee.count, Qstr.memoryview)
      let target = try viewStart(view) + position &* view.pointee.stride
      target.update(from: scratch, count: Int(view.pointee.itemSize))
    }
  }

  private func storeViewElement(_ typecode: UInt8, _ scratch: UnsafeMutablePointer<UInt8>, _ item: Value) throws(PyError) {
    do throws(PyError) {
      try storeElement(typecode, scratch, item)
    } catch {
      guard matches(error, .overflowError) else { throw error }
      try raise(.valueError, "memoryview: invalid value for format '%s'", Value(Qstr.character(typecode & 0x7f)))
    }
  }

  private func viewSetSlice(_ value: Value, _ slice: Value, _ item: Value) throws(PyError) {
    let bounds = try sliceBounds(slice)
    let view = try liveView(value)
    let range = bounds.range(in: view.pointee.count)
    let size = Int(view.pointee.itemSize)
    guard !isString(item), let source = findBuffer(item, writable: false) else {
      return try viewSetStridedSource(view, range, item)
    }
    if max(NativeElement.size(source.typecode), 1) != size || source.count != range.count &* size {
      try raise(.valueError, "lhs and rhs should be compatible")
    }
    let stride = view.pointee.stride &* range.step
    let target = try viewStart(view) + range.start &* view.pointee.stride
    if stride == size {
      target.update(from: source.start, count: source.count)
    } else {
      for index in 0..<range.count { (target + index &* stride).update(from: source.start + index &* size, count: size) }
    }
  }

  /// Slice assignment from a view with steps, which has no dense buffer.
  private func viewSetStridedSource(_ view: Ref<MemoryviewObject>, _ range: SliceRange, _ item: Value) throws(PyError) {
    let plain = unwrapped(item)
    guard plain.isObject(.memoryview) else { try raise(.typeError, "memoryview: a bytes-like object is required, not '%t'", item) }
    let source = try liveView(plain)
    let size = Int(view.pointee.itemSize)
    if source.pointee.typecode != view.pointee.typecode || source.pointee.count != range.count {
      try raise(.valueError, "lhs and rhs should be compatible")
    }
    var scratch = StringBuilder(self)
    let text = try viewText(source, &scratch)
    let stride = view.pointee.stride &* range.step
    let target = try viewStart(view) + range.start &* view.pointee.stride
    for index in 0..<range.count { (target + index &* stride).update(from: text.start + index &* size, count: size) }
  }

  fileprivate func viewRelease(_ value: Value) {
    let view = value.unchecked(MemoryviewObject.self)
    if view.pointee.base.isNull { return }
    noteExport(view.pointee.base, -1)
    view.pointee.base = .null
  }

  /// The format of a view as text: `B`, or `@I`.
  fileprivate func viewFormat(_ view: Ref<MemoryviewObject>) throws(PyError) -> Value {
    let code = Value(Qstr.character(view.pointee.typecode & 0x7f))
    return view.pointee.hasNativeMark ? try concatenate(Value(Qstr.character(64)), code) : code
  }

  /// Whether two views, or a view and another buffer, have equal elements; nil where the other has no buffer.
  fileprivate func viewEquals(_ value: Value, _ other: Value) throws(PyError) -> Bool? {
    let other = unwrapped(other)
    if other == value { return true }
    let view = value.unchecked(MemoryviewObject.self)
    if view.pointee.base.isNull { return false }
    var code = UInt8(66)
    var right = Text.none
    var scratch = StringBuilder(self)
    if other.isObject(.memoryview) {
      let second = other.unchecked(MemoryviewObject.self)
      if second.pointee.base.isNull { return false }
      code = second.pointee.typecode
      right = try viewText(second, &scratch)
    } else {
      guard !isString(other), let buffer = findBuffer(other, writable: false) else { return nil }
      code = buffer.typecode
      right = Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: true)
    }
    var ownScratch = StringBuilder(self)
    let left = try viewText(view, &ownScratch)
    if code == view.pointee.typecode && code != 102 && code != 100 { return left == right }
    return try elementsEqual(left, view.pointee.typecode, right, code)
  }

  private func elementsEqual(_ left: Text, _ leftCode: UInt8, _ right: Text, _ rightCode: UInt8) throws(PyError) -> Bool {
    let leftSize = max(NativeElement.size(leftCode), 1)
    let rightSize = max(NativeElement.size(rightCode), 1)
    if left.count / leftSize != right.count / rightSize { return false }
    for index in 0..<(left.count / leftSize) {
      let a = try loadElement(leftCode, left.start + index &* leftSize)
      let b = try loadElement(rightCode, right.start + index &* rightSize)
      if try !equals(a, b) { return false }
    }
    return true
  }
}

// MARK: Slots

private func memoryviewMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.keywordCount > 0 {
    let top = vm.state.pointee.stackTop
    defer { vm.state.pointee.stackTop = top }
    return try vm.newMemoryview(vm.bind("object", arguments)[0])
  }
  try vm.checkArguments(arguments, 1, 1)
  return try vm.newMemoryview(arguments[0])
}

private func memoryviewUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  let view = value.unchecked(MemoryviewObject.self)
  switch operation {
  case .length: return Value(smallInt: view.pointee.count)
  case .bool: return Value(view.pointee.count > 0)
  case .hash:
    if !view.pointee.isReadOnly { try vm.raise(.valueError, "cannot hash writable memoryview object") }
    var scratch = StringBuilder(vm)
    let text = try vm.viewText(view, &scratch)
    return Value(smallInt: Int(truncatingIfNeeded: hashBytes(text.start, text.count, seed: vm.interpreter.pointee.names.seed)))
  default: return .null
  }
}

private func memoryviewBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard operation == .equal || operation == .notEqual else { return .null }
  let isLeft = left.isObject(.memoryview)
  guard let result = try vm.viewEquals(isLeft ? left : right, isLeft ? right : left) else { return .null }
  return Value(result == (operation == .equal))
}

private func memoryviewGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value { try vm.viewGetItem(value, index) }

private func memoryviewSetItem(_ vm: VM, _ value: Value, _ index: Value, _ item: Value) throws(PyError) {
  try vm.viewSetItem(value, index, item)
}

/// Views with steps have no dense buffer to give.
private func memoryviewBuffer(_ vm: VM, _ value: Value, _ writable: Bool) -> Buffer? {
  let view = value.unchecked(MemoryviewObject.self)
  if writable && view.pointee.isReadOnly || view.pointee.stride != Int(view.pointee.itemSize) { return nil }
  guard let start = vm.findViewStart(view) else { return nil }
  return Buffer(start: start, count: view.pointee.count &* view.pointee.stride, typecode: view.pointee.typecode)
}

// MARK: Methods

private func view(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Ref<MemoryviewObject> {
  let view = arguments[0].unchecked(MemoryviewObject.self)
  if view.pointee.base.isNull { try vm.raise(.valueError, "operation forbidden on released memoryview object") }
  return view
}

private func memoryviewToBytes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var scratch = StringBuilder(vm)
  let text = try vm.viewText(view(vm, arguments), &scratch)
  return try vm.newText(.bytes, text)
}

private func memoryviewToList(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try view(vm, arguments).pointee.count
  let list = try vm.newList(capacity: count)
  for index in 0..<count { try vm.listAppend(list, vm.viewGetItem(arguments[0], Value(smallInt: index))) }
  return Value(list)
}

private func memoryviewHex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "sep=?, bytes_per_sep=?", 1, 3)
  let every = arguments.optional(2).isNull ? 1 : try vm.intValue(arguments[2])
  var separator = Text.none
  if !arguments.optional(1).isNull {
    separator = vm.isString(arguments[1]) ? vm.uncheckedText(arguments[1]) : try vm.textArgument(.bytes, arguments[1])
    if separator.count != 1 { try vm.raise(.valueError, "sep must be length 1.") }
  }
  var scratch = StringBuilder(vm)
  return try vm.hexText(vm.viewText(view(vm, arguments), &scratch), separator, every)
}

/// `cast(format[, shape])`: between bytes and other elements; one dimension.
private func memoryviewCast(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let source = try view(vm, arguments)
  let format = try vm.text(ofString: arguments[1])
  let hasMark = format.count == 2 && format.start[0] == 64
  guard format.count == 1 || hasMark else {
    try vm.raise(.valueError, "memoryview: destination format must be a native single character format")
  }
  let code = format.start[format.count &- 1]
  let size = NativeElement.size(code)
  if size == 0 { try vm.raise(.valueError, "memoryview: destination format must be a native single character format") }
  let isBytes = NativeElement.isByte(code) || NativeElement.isByte(source.pointee.typecode)
  if !isBytes && code != source.pointee.typecode { try vm.raise(.typeError, "memoryview: cannot cast between two non-byte formats") }
  if source.pointee.stride != Int(source.pointee.itemSize) {
    try vm.raise(.typeError, "memoryview: casts are restricted to C-contiguous views")
  }
  let bytes = source.pointee.count &* source.pointee.stride
  if bytes % size != 0 { try vm.raise(.typeError, "memoryview: length is not a multiple of itemsize") }
  if !arguments[2].isNull { try checkShape(vm, arguments[2], bytes / size) }
  let result = try vm.newMemoryview(arguments[0])
  let target = result.unchecked(MemoryviewObject.self)
  target.pointee.typecode = code
  target.pointee.itemSize = UInt8(truncatingIfNeeded: size)
  target.pointee.stride = size
  target.pointee.count = bytes / size
  target.pointee.hasNativeMark = hasMark
  return result
}

private func checkShape(_ vm: VM, _ shape: Value, _ count: Int) throws(PyError) {
  let list = try vm.newList(from: shape)
  if list.pointee.count != 1 { try vm.raise(.notImplementedError, "only one dimension is supported") }
  if try vm.intValue(list.pointee.items[0]) != count { try vm.raise(.typeError, "memoryview: product(shape) * itemsize != buffer size") }
}

private func memoryviewRelease(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.viewRelease(arguments[0])
  return .none
}

private func memoryviewEnter(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(try view(vm, arguments)) }

private func memoryviewToReadOnly(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let result = try vm.newMemoryview(arguments[0])
  result.unchecked(MemoryviewObject.self).pointee.isReadOnly = true
  return result
}

/// `count(value)`.
private func memoryviewCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var found = 0
  for index in 0..<(try view(vm, arguments).pointee.count) {
    if try vm.equals(vm.viewGetItem(arguments[0], Value(smallInt: index)), arguments[1]) { found &+= 1 }
    if index & 1023 == 1023 { try vm.pollPending() }
  }
  return Value(smallInt: found)
}

/// `index(value[, start[, stop]])`.
private func memoryviewIndex(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try view(vm, arguments).pointee.count
  var start = arguments.count > 2 ? try vm.indexValue(arguments[2]) : 0
  var stop = arguments.count > 3 ? try vm.indexValue(arguments[3]) : count
  if start < 0 { start = max(start &+ count, 0) }
  if stop < 0 { stop = max(stop &+ count, 0) }
  stop = min(stop, count)
  while start < stop {
    if try vm.equals(vm.viewGetItem(arguments[0], Value(smallInt: start)), arguments[1]) { return Value(smallInt: start) }
    start &+= 1
    if start & 1023 == 0 { try vm.pollPending() }
  }
  try vm.raise(.valueError, "memoryview.index(x): x not found")
}

// MARK: Attributes

private func memoryviewItemSize(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: Int(try view(vm, arguments).pointee.itemSize))
}

private func memoryviewByteCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let view = try view(vm, arguments)
  return Value(smallInt: view.pointee.count &* Int(view.pointee.itemSize))
}

private func memoryviewFormat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.viewFormat(view(vm, arguments)) }

private func memoryviewBase(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try view(vm, arguments).pointee.base }

private func memoryviewReadOnly(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try view(vm, arguments).pointee.isReadOnly)
}

private func memoryviewDimensions(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = try view(vm, arguments)
  return Value(smallInt: 1)
}

private func memoryviewShape(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTuple(Value(smallInt: view(vm, arguments).pointee.count))
}

private func memoryviewStrides(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTuple(Value(smallInt: view(vm, arguments).pointee.stride))
}

private func memoryviewSuboffsets(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { vm.interpreter.pointee.emptyTuple }

private func memoryviewContiguous(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let view = try view(vm, arguments)
  return Value(view.pointee.stride == Int(view.pointee.itemSize) || view.pointee.count <= 1)
}
