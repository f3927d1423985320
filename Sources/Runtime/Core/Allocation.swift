// Making objects. Everything here allocates and may collect; a failure is a MemoryError.

extension VM {
  /// Memory for an object of layout `Object` with `extra` bytes after it. The caller initialises it at once.
  @inline(__always) public func allocate<Object>(_ type: Object.Type, extra: Int = 0, atomic: Bool = false) throws(PyError) -> Ref<Object> {
    let size = MemoryLayout<Object>.size &+ extra
    profileAllocation(size)
    guard let memory = heap.allocate(byteCount: size, atomic: atomic) else { throw outOfMemory(size) }
    return memory.assumingMemoryBound(to: Object.self)
  }

  /// Memory for `count` values, zeroed.
  @inline(__always) public func allocateValues(_ count: Int) throws(PyError) -> UnsafeMutablePointer<Value> {
    profileAllocation(count &* MemoryLayout<Value>.size)
    guard count < Int.max / 16, let memory = heap.allocate(byteCount: count &* MemoryLayout<Value>.size, atomic: false) else {
      throw outOfMemory(count)
    }
    return memory.assumingMemoryBound(to: Value.self)
  }

  /// Memory for bytes that the collector need not scan. Not zeroed.
  @inline(__always) public func allocateBytes(_ count: Int) throws(PyError) -> UnsafeMutablePointer<UInt8> {
    profileAllocation(count)
    guard let memory = heap.allocate(byteCount: max(count, 1), atomic: true) else { throw outOfMemory(count) }
    return memory.assumingMemoryBound(to: UInt8.self)
  }

  // MARK: Numbers

  @inline(__always) public func newInt(_ integer: Int) throws(PyError) -> Value {
    Value.fitsSmallInt(integer) ? Value(smallInt: integer) : try newBigInt(integer)
  }

  @inline(never) func newBigInt(_ integer: Int) throws(PyError) -> Value {
    let object = try newIntObject(limbs: 1)
    object.pointee.signedCount = integer < 0 ? -1 : 1
    IntObject.limbs(object)[0] = integer.magnitude
    return Value(object)
  }

  /// Any unsigned machine word.
  public func newInt(unsigned integer: UInt) throws(PyError) -> Value {
    if integer <= UInt(bitPattern: Value.maximalSmallInt) { return Value(smallInt: Int(bitPattern: integer)) }
    let object = try newIntObject(limbs: 1)
    object.pointee.signedCount = 1
    IntObject.limbs(object)[0] = integer
    return Value(object)
  }

  /// A big integer object with room for so many limbs, to be filled and then passed through `normalised`.
  func newIntObject(limbs: Int) throws(PyError) -> Ref<IntObject> {
    guard limbs < Int(Int32.max) else { throw outOfMemory(limbs) }
    let object = try allocate(IntObject.self, extra: limbs &* MemoryLayout<UInt>.size, atomic: true)
    object.initialize(to: IntObject(header: ObjectHeader(.int), signedCount: limbs))
    return object
  }

  @inline(__always) public func newFloat(_ float: PyFloat) throws(PyError) -> Value {
    #if _pointerBitWidth(_64)
      let tagged = Value(taggedFloat: float)
      if !tagged.isNull { return tagged }
    #endif
    return try newFloatObject(float)
  }

  @inline(never) func newFloatObject(_ float: PyFloat) throws(PyError) -> Value {
    let object = try allocate(FloatObject.self, atomic: true)
    object.initialize(to: FloatObject(header: ObjectHeader(.float), float: float))
    return Value(object)
  }

  public func newComplex(_ real: PyFloat, _ imaginary: PyFloat) throws(PyError) -> Value {
    let object = try allocate(ComplexObject.self, atomic: true)
    object.initialize(to: ComplexObject(header: ObjectHeader(.complex), real: real, imaginary: imaginary))
    return Value(object)
  }

  // MARK: Text

  /// A text object (`.str` or `.bytes`) with room for `count` bytes, not filled. `isASCII` must come true.
  public func newTextObject(_ type: TypeID, count: Int, isASCII: Bool) throws(PyError) -> Ref<TextObject> {
    guard count < 0x7fff_ffff else { throw outOfMemory(count) }
    let object = try allocate(TextObject.self, extra: count, atomic: true)
    let flag: UInt32 = isASCII ? 0x8000_0000 : 0
    object.initialize(to: TextObject(header: ObjectHeader(type), hash: 0, countAndFlag: UInt32(truncatingIfNeeded: count) | flag))
    return object
  }

  /// A `str` of valid UTF-8 text, copied. Empty and one-character ASCII strings are shared.
  public func newString(_ text: Text) throws(PyError) -> Value {
    if text.count == 0 { return Value(Qstr.empty) }
    if text.count == 1 && text.start[0] < 0x80 { return Value(Qstr.character(text.start[0])) }
    let object = try newTextObject(.str, count: text.count, isASCII: text.isASCII)
    TextObject.bytes(object).copy(from: text.start, count: text.count)
    return Value(object)
  }

  public func newString(_ text: StaticString) throws(PyError) -> Value { try newString(Text(text)) }

  public func newBytes(_ start: UnsafePointer<UInt8>, _ count: Int) throws(PyError) -> Value {
    let object = try newTextObject(.bytes, count: count, isASCII: false)
    TextObject.bytes(object).copy(from: start, count: count)
    return Value(object)
  }

  // MARK: Containers

  /// A tuple object whose items are null, to be filled.
  public func newTupleObject(_ count: Int) throws(PyError) -> Ref<TupleObject> {
    guard count < Int.max / 16 else { throw outOfMemory(count) }
    let object = try allocate(TupleObject.self, extra: count &* MemoryLayout<Value>.size)
    object.initialize(to: TupleObject(header: ObjectHeader(.tuple), count: count))
    return object
  }

  public func newTuple(_ items: UnsafePointer<Value>, _ count: Int) throws(PyError) -> Value {
    if count == 0 { return interpreter.pointee.emptyTuple }
    let object = try newTupleObject(count)
    TupleObject.items(object).copy(from: items, count: count)
    return Value(object)
  }

  public func newTuple(_ a: Value) throws(PyError) -> Value {
    let object = try newTupleObject(1)
    TupleObject.items(object)[0] = a
    return Value(object)
  }

  public func newTuple(_ a: Value, _ b: Value) throws(PyError) -> Value {
    let object = try newTupleObject(2)
    TupleObject.items(object)[0] = a
    TupleObject.items(object)[1] = b
    return Value(object)
  }

  public func newTuple(_ a: Value, _ b: Value, _ c: Value) throws(PyError) -> Value {
    let object = try newTupleObject(3)
    TupleObject.items(object)[0] = a
    TupleObject.items(object)[1] = b
    TupleObject.items(object)[2] = c
    return Value(object)
  }

  /// An empty list with room for `capacity` items.
  public func newList(capacity: Int = 0) throws(PyError) -> Ref<ListObject> {
    let list = try allocate(ListObject.self)
    list.initialize(
      to: ListObject(header: ObjectHeader(.list), count: 0, capacity: 0, items: UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped))
    if capacity > 0 {
      list.pointee.items = try allocateValues(capacity)
      list.pointee.capacity = capacity
    }
    return list
  }

  public func newList(_ items: UnsafePointer<Value>, _ count: Int) throws(PyError) -> Value {
    let list = try newList(capacity: count)
    list.pointee.items.copy(from: items, count: count)
    list.pointee.count = count
    return Value(list)
  }

  /// Appends to a list; amortised constant time.
  @inline(__always) public func listAppend(_ list: Ref<ListObject>, _ value: Value) throws(PyError) {
    let count = list.pointee.count
    if count == list.pointee.capacity { try listReserve(list, count &+ 1) }
    list.pointee.items[count] = value
    list.pointee.count = count &+ 1
  }

  /// Makes room for at least `needed` items.
  @inline(never) public func listReserve(_ list: Ref<ListObject>, _ needed: Int) throws(PyError) {
    if needed <= list.pointee.capacity { return }
    let capacity = max(needed, list.pointee.capacity &+ list.pointee.capacity &>> 1, 4)
    let items = try allocateValues(capacity)
    let old = list.pointee.items
    items.copy(from: old, count: list.pointee.count)
    if list.pointee.capacity > 0 { heap.free(old) }
    list.pointee.items = items
    list.pointee.capacity = capacity
  }

  public func newSlice(_ start: Value, _ stop: Value, _ step: Value) throws(PyError) -> Value {
    let object = try allocate(SliceObject.self)
    object.initialize(to: SliceObject(header: ObjectHeader(.slice), start: start, stop: stop, step: step))
    return Value(object)
  }

  public func newCell(_ value: Value) throws(PyError) -> Value {
    let object = try allocate(CellObject.self)
    object.initialize(to: CellObject(header: ObjectHeader(.cell), value: value))
    return Value(object)
  }

  public func newBoundMethod(_ function: Value, _ receiver: Value) throws(PyError) -> Value {
    let object = try allocate(BoundMethodObject.self)
    object.initialize(to: BoundMethodObject(header: ObjectHeader(.boundMethod), function: function, receiver: receiver))
    return Value(object)
  }

  public func newModule(_ name: Qstr) throws(PyError) -> Ref<ModuleObject> {
    let globals = try newDict(capacity: 8)
    let module = try allocate(ModuleObject.self)
    module.initialize(to: ModuleObject(header: ObjectHeader(.module), globals: globals))
    try dictSet(globals, .__name__, Value(name))
    return module
  }
}
