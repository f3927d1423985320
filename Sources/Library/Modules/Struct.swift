// struct — numbers and bytes to and from packed memory. Beside CPython's codes there are MicroPython's `O` (an object), `P` (an address)
// and `S` (the text at an address). Checks are CPython's; `struct.error` is ValueError, as MicroPython raises.

private enum StructModule {
  static let rows: InlineArray<_, Method> = [
    Method(.calcsize, 1...1, structSize),
    Method(.pack, 1...255, structPack),
    Method(.pack_into, 3...255, structPackInto),
    Method(.unpack, 2...2, structUnpack),
    Method(.unpack_from, "format, /, buffer, offset=0", structUnpackFrom),
    Method(.iter_unpack, 2...2, structIterUnpack),
    Method(.error, constant: Value(type: .valueError)),
  ]
}

private func structRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: StructModule.rows.span[index]) }

extension ModuleRow {
  static let `struct` = ModuleRow(.`struct`, isExtensible: true, rowCount: UInt8(StructModule.rows.count), row: structRow)
}

/// One group of a format: `count` elements of a type, or for `s`, `p` and `x` so many bytes.
private struct StructField {
  var code: UInt8 = 0
  var count = 0
  /// Bytes of an element.
  var size = 0
  /// Padding in front.
  var padding = 0

  var isText: Bool { code == 115 || code == 112 }
  /// Values that the group packs.
  var values: Int { isText ? 1 : code == 120 ? 0 : count }
  var bytes: Int { isText || code == 120 ? count : count &* size }
}

/// Walks over a format.
private struct StructReader {
  let vm: VM
  let format: Text
  var position = 0
  var isNative = true
  var isBigEndian = NativeElement.isBigEndian
  /// Bytes so far.
  var offset = 0

  init(_ vm: VM, _ format: Value) throws(PyError) {
    self.vm = vm
    if vm.isString(format) {
      self.format = vm.uncheckedText(format)
    } else if vm.isBytes(format) {
      self.format = vm.uncheckedText(format)
    } else {
      try vm.raise(.typeError, "format must be a str or bytes object, not %t", format)
    }
    guard self.format.count > 0 else { return }
    switch self.format[0] {
    case 64: position = 1
    case 61: setStandard(bigEndian: NativeElement.isBigEndian)
    case 60: setStandard(bigEndian: false)
    case 62, 33: setStandard(bigEndian: true)
    default: break
    }
  }

  private mutating func setStandard(bigEndian: Bool) {
    isNative = false
    isBigEndian = bigEndian
    position = 1
  }

  /// The next group; nil at the end. `offset` is then behind it.
  mutating func next() throws(PyError) -> StructField? {
    while position < format.count && (format[position] == 32 || format[position] &- 9 < 5) { position &+= 1 }
    if position == format.count { return nil }
    var field = StructField()
    field.count = 1
    if format[position] &- 48 < 10 {
      field.count = 0
      while position < format.count && format[position] &- 48 < 10 {
        field.count = field.count &* 10 &+ Int(format[position] &- 48)
        if field.count > 0x3fff_ffff { try vm.raise(.valueError, "overflow in item count") }
        position &+= 1
      }
      if position == format.count { try vm.raise(.valueError, "repeat count given without format specifier") }
    }
    field.code = format[position]
    position &+= 1
    field.size = size(field.code)
    if field.size == 0 { try vm.raise(.valueError, "bad char in struct format") }
    if isNative && field.size > 1 { field.padding = (0 &- offset) & (field.size &- 1) }
    offset = offset &+ field.padding &+ field.bytes
    if offset > Int.max / 4 || field.bytes < 0 { try vm.raise(.valueError, "total struct size too long") }
    return field
  }

  private func size(_ code: UInt8) -> Int {
    switch code {
    case 115, 112, 120: return 1
    case 108, 76: return isNative ? NativeElement.size(code) : 4
    case 110, 78: return isNative ? NativeElement.size(code) : 0
    default: return NativeElement.size(code)
    }
  }
}

// MARK: Functions

private func totalSize(_ vm: VM, _ format: Value) throws(PyError) -> (bytes: Int, values: Int) {
  var reader = try StructReader(vm, format)
  var values = 0
  while let field = try reader.next() { values &+= field.values }
  return (reader.offset, values)
}

private func structSize(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: try totalSize(vm, arguments[0]).bytes)
}

private func structPack(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let (bytes, values) = try totalSize(vm, arguments[0])
  try checkCount(vm, values, arguments.count &- 1)
  let object = try vm.newTextObject(.bytes, count: bytes, isASCII: false)
  let target = TextObject.bytes(object)
  target.update(repeating: 0, count: bytes)
  try pack(vm, arguments[0], arguments.base + 1, target)
  return Value(object)
}

private func checkCount(_ vm: VM, _ wanted: Int, _ given: Int) throws(PyError) {
  if wanted == given { return }
  try vm.raise(.valueError, "pack expected %s items for packing (got %s)", Value(smallInt: wanted), Value(smallInt: given))
}

/// Writes values at an address that has room for all of the format and is zero.
private func pack(_ vm: VM, _ format: Value, _ values: UnsafeMutablePointer<Value>, _ target: UnsafeMutablePointer<UInt8>) throws(PyError) {
  var reader = try StructReader(vm, format)
  var value = values
  var position = 0
  while let field = try reader.next() {
    position &+= field.padding
    if field.isText {
      try packText(vm, field, value.pointee, target + position)
      value += 1
      position &+= field.count
    } else if field.code == 120 {
      position &+= field.count
    } else {
      for _ in 0..<field.count {
        try packElement(vm, field, reader.isBigEndian, value.pointee, target + position)
        value += 1
        position &+= field.size
      }
    }
  }
}

/// `s`, cut off or left zero behind its end; `p`, with a byte for the length in front.
private func packText(_ vm: VM, _ field: StructField, _ value: Value, _ target: UnsafeMutablePointer<UInt8>) throws(PyError) {
  // MicroPython takes text too.
  let buffer = try vm.getBuffer(value, writable: false)
  if field.code == 115 { return target.update(from: buffer.start, count: min(buffer.count, field.count)) }
  if field.count == 0 { return }
  let count = min(buffer.count, field.count &- 1, 255)
  target[0] = UInt8(truncatingIfNeeded: count)
  (target + 1).update(from: buffer.start, count: count)
}

private func packElement(
  _ vm: VM, _ field: StructField, _ bigEndian: Bool, _ value: Value, _ target: UnsafeMutablePointer<UInt8>
) throws(PyError) {
  do throws(PyError) {
    try vm.storeNumber(field.code, target, field.size, bigEndian: bigEndian, value)
  } catch {
    let isFloat = field.code == 102 || field.code == 100 || field.code == 101
    guard vm.matches(error, .overflowError) && !isFloat || vm.matches(error, .typeError) else { throw error }
    try vm.raise(.valueError, "value can't be packed with '%s' format", Value(Qstr.character(field.code & 0x7f)))
  }
}

/// The place that an offset means in a buffer; ValueError if `needed` bytes do not fit there.
private func checkedOffset(_ vm: VM, _ value: Value, _ count: Int, _ needed: Int) throws(PyError) -> Int {
  var offset = try vm.indexValue(value)
  if offset < 0 { offset = offset < 0 &- count ? -1 : offset &+ count }
  if offset < 0 || offset > count || count &- offset < needed { try vm.raise(.valueError, "buffer too small") }
  return offset
}

private func structPackInto(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let (bytes, values) = try totalSize(vm, arguments[0])
  try checkCount(vm, values, arguments.count &- 3)
  // Packed aside first: converting the values may run Python code that resizes the buffer, and a failure must change nothing.
  let scratch = try vm.allocateBytes(bytes)
  scratch.update(repeating: 0, count: bytes)
  try pack(vm, arguments[0], arguments.base + 3, scratch)
  var offset = try checkedOffset(vm, arguments[2], vm.getBuffer(arguments[1], writable: true).count, bytes)
  let buffer = try vm.getBuffer(arguments[1], writable: true)
  offset = try checkedOffset(vm, Value(smallInt: offset), buffer.count, bytes)
  (buffer.start + offset).update(from: scratch, count: bytes)
  vm.interpreter.pointee.heap.free(scratch)
  return .none
}

private func structUnpack(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let (bytes, values) = try totalSize(vm, arguments[0])
  let buffer = try vm.getBuffer(arguments[1], writable: false)
  if buffer.count != bytes { try vm.raise(.valueError, "unpack requires a buffer of %s bytes", Value(smallInt: bytes)) }
  return try unpack(vm, arguments[0], values, buffer.start)
}

private func structUnpackFrom(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let (bytes, values) = try totalSize(vm, arguments[0])
  let given = try vm.indexValue(arguments[2])
  let buffer = try vm.getBuffer(arguments[1], writable: false)
  let offset = try checkedOffset(vm, Value(smallInt: max(given, -0x7fff_ffff)), buffer.count, bytes)
  return try unpack(vm, arguments[0], values, buffer.start + offset)
}

private func structIterUnpack(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let (bytes, values) = try totalSize(vm, arguments[0])
  let buffer = try vm.getBuffer(arguments[1], writable: false)
  if bytes == 0 { try vm.raise(.valueError, "cannot iteratively unpack with a struct of length 0") }
  if buffer.count % bytes != 0 {
    try vm.raise(.valueError, "iterative unpacking requires a buffer of a multiple of %s bytes", Value(smallInt: bytes))
  }
  let list = try vm.newList(capacity: buffer.count / bytes)
  for index in 0..<(buffer.count / bytes) {
    try vm.listAppend(list, unpack(vm, arguments[0], values, buffer.start + index &* bytes))
    if index & 1023 == 1023 { try vm.pollPending() }
  }
  return try vm.getIterator(Value(list))
}

/// A tuple of the values at an address.
private func unpack(_ vm: VM, _ format: Value, _ count: Int, _ source: UnsafeMutablePointer<UInt8>) throws(PyError) -> Value {
  var reader = try StructReader(vm, format)
  let tuple = try vm.newTupleObject(count)
  let items = TupleObject.items(tuple)
  var item = 0
  var position = 0
  while let field = try reader.next() {
    position &+= field.padding
    if field.code == 120 {
      position &+= field.count
    } else if field.isText {
      items[item] = try unpackText(vm, field, source + position)
      item &+= 1
      position &+= field.count
    } else {
      for _ in 0..<field.count {
        items[item] = try unpackElement(vm, field, reader.isBigEndian, source + position)
        item &+= 1
        position &+= field.size
      }
    }
  }
  return count == 0 ? try vm.newTuple(items, 0) : Value(tuple)
}

private func unpackText(_ vm: VM, _ field: StructField, _ source: UnsafeMutablePointer<UInt8>) throws(PyError) -> Value {
  if field.code == 115 { return try vm.newBytes(source, field.count) }
  if field.count == 0 { return try vm.newBytes(source, 0) }
  return try vm.newBytes(source + 1, min(Int(source[0]), field.count &- 1))
}

private func unpackElement(
  _ vm: VM, _ field: StructField, _ bigEndian: Bool, _ source: UnsafeMutablePointer<UInt8>
) throws(PyError) -> Value {
  if field.code != 83 { return try vm.loadNumber(field.code, source, field.size, bigEndian: bigEndian) }
  let address = UInt(truncatingIfNeeded: NativeElement.load(source, field.size, bigEndian: bigEndian))
  guard let text = vm.text(atAddress: address) else { try vm.raise(.valueError, "no text there") }
  return try vm.newString(validating: text)
}
