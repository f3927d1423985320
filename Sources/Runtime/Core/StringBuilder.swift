// A string under construction: one text object that grows, so that the finished string needs no copy. `print`, `repr`, `format`, `join` and
// f-strings all write into one.

/// Grows in the collector's heap; found by the collector because it lies on the native stack.
public struct StringBuilder {
  let vm: VM
  var object: Ref<TextObject>?
  /// Bytes written.
  public private(set) var count = 0
  var capacity = 0
  var isASCII = true

  public init(_ vm: VM) { self.vm = vm }
  /// Bytes that can be written while the heap is locked (to be printed: they can't become a string).
  static var reservedCapacity: Int { 240 }
  private var isReserved: Bool { object.map { Value($0) == vm.interpreter.pointee.reservedText } ?? false }
  /// With room for `capacity` bytes.
  public init(_ vm: VM, capacity: Int) throws(PyError) {
    self.vm = vm
    object = try vm.newTextObject(.str, count: capacity, isASCII: true)
    self.capacity = capacity
  }

  /// The bytes so far.
  public var text: Text {
    guard let object else { return Text(start: UnsafePointer(bitPattern: 1).unsafelyUnwrapped, count: 0, isASCII: true) }
    return Text(start: UnsafePointer(TextObject.bytes(object)), count: count, isASCII: isASCII)
  }

  @inline(never) mutating func grow(_ needed: Int) throws(PyError) {
    let wanted = max(needed, capacity &* 2, 32)
    guard wanted < 0x7fff_ffff else { throw vm.outOfMemory(wanted) }
    if vm.heap.lockDepth > 0 && object == nil && needed <= StringBuilder.reservedCapacity {
      object = vm.interpreter.pointee.reservedText.unchecked(TextObject.self)
      capacity = StringBuilder.reservedCapacity
      return
    }
    let replacement = try vm.newTextObject(.str, count: wanted, isASCII: true)
    if let object {
      TextObject.bytes(replacement).copy(from: TextObject.bytes(object), count: count)
      if !isReserved { vm.heap.free(UnsafeMutableRawPointer(object)) }
    }
    object = replacement
    capacity = wanted
  }

  /// Room for `extra` more bytes: write there, then call `advance`.
  @inline(__always) public mutating func reserve(_ extra: Int) throws(PyError) -> UnsafeMutablePointer<UInt8> {
    if count &+ extra > capacity { try grow(count &+ extra) }
    return TextObject.bytes(object.unsafelyUnwrapped) + count
  }
  @inline(__always) public mutating func advance(_ written: Int) { count &+= written }
  /// Forgets what was written after the first bytes.
  public mutating func truncate(_ length: Int) { count = min(count, length) }
  /// Tells that bytes above 0x7f were written through `reserve`.
  public mutating func markNonASCII() { isASCII = false }

  /// Takes away what was appended after the first `count` bytes.
  public mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  /// Appends one ASCII character.
  @inline(__always) public mutating func append(byte: UInt8) throws(PyError) {
    try reserve(1).pointee = byte
    count &+= 1
  }
  public mutating func append(_ text: Text) throws(PyError) {
    if text.count == 0 { return }
    try reserve(text.count).copy(from: text.start, count: text.count)
    count &+= text.count
    if !text.isASCII { isASCII = false }
  }
  public mutating func append(_ text: StaticString) throws(PyError) { try append(Text(text)) }
  public mutating func append(_ name: Qstr) throws(PyError) { try append(vm.text(name)) }

  public mutating func append(codePoint: UInt32) throws(PyError) {
    if codePoint < 0x80 { return try append(byte: UInt8(truncatingIfNeeded: codePoint)) }
    let target = try reserve(4)
    isASCII = false
    if codePoint < 0x800 {
      target[0] = UInt8(truncatingIfNeeded: 0xC0 | codePoint &>> 6)
      target[1] = UInt8(truncatingIfNeeded: 0x80 | codePoint & 0x3F)
      count &+= 2
    } else if codePoint < 0x10000 {
      target[0] = UInt8(truncatingIfNeeded: 0xE0 | codePoint &>> 12)
      target[1] = UInt8(truncatingIfNeeded: 0x80 | codePoint &>> 6 & 0x3F)
      target[2] = UInt8(truncatingIfNeeded: 0x80 | codePoint & 0x3F)
      count &+= 3
    } else {
      target[0] = UInt8(truncatingIfNeeded: 0xF0 | codePoint &>> 18)
      target[1] = UInt8(truncatingIfNeeded: 0x80 | codePoint &>> 12 & 0x3F)
      target[2] = UInt8(truncatingIfNeeded: 0x80 | codePoint &>> 6 & 0x3F)
      target[3] = UInt8(truncatingIfNeeded: 0x80 | codePoint & 0x3F)
      count &+= 4
    }
  }

  public mutating func append(repeating byte: UInt8, _ times: Int) throws(PyError) {
    if times <= 0 { return }
    try reserve(times).update(repeating: byte, count: times)
    count &+= times
  }

  public mutating func append(decimal integer: Int) throws(PyError) {
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var magnitude = integer.magnitude
    try withUnsafeMutableBytes(of: &digits) { (buffer) throws(PyError) in
      var position = 24
      repeat {
        position &-= 1
        buffer[position] = UInt8(truncatingIfNeeded: 48 &+ magnitude % 10)
        magnitude /= 10
      } while magnitude != 0
      if integer < 0 {
        position &-= 1
        buffer[position] = 45
      }
      try self.append(
        Text(
          start: buffer.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self) + position, count: 24 &- position, isASCII: true))
    }
  }

  /// Lower-case hexadecimal without prefix.
  public mutating func append(hexadecimal word: UInt) throws(PyError) {
    var shift = UInt.bitWidth &- 4
    while shift > 0 && word &>> UInt(shift) == 0 { shift &-= 4 }
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: word &>> UInt(shift) & 15)
      try append(byte: digit < 10 ? 48 &+ digit : 87 &+ digit)
      shift &-= 4
    }
  }

  /// The finished `str`. The builder must not be used any more.
  public mutating func finish() throws(PyError) -> Value {
    if isReserved { throw vm.outOfMemory(count) }
    guard let object, count > 0 else { return Value(Qstr.empty) }
    if count == 1 && isASCII { return Value(Qstr.character(TextObject.bytes(object)[0])) }
    object.pointee.countAndFlag = UInt32(truncatingIfNeeded: count) | (isASCII ? 0x8000_0000 : 0)
    if capacity &- count >= 16 {
      vm.heap.shrink(UnsafeMutableRawPointer(object), from: TextObject.headerSize &+ capacity, to: TextObject.headerSize &+ count)
    }
    return Value(object)
  }

  /// The finished `bytes`.
  public mutating func finishBytes() throws(PyError) -> Value {
    if isReserved { throw vm.outOfMemory(count) }
    guard let object, count > 0 else { return vm.interpreter.pointee.emptyBytes }
    object.pointee.header = ObjectHeader(.bytes)
    object.pointee.countAndFlag = UInt32(truncatingIfNeeded: count)
    if capacity &- count >= 16 {
      vm.heap.shrink(UnsafeMutableRawPointer(object), from: TextObject.headerSize &+ capacity, to: TextObject.headerSize &+ count)
    }
    return Value(object)
  }
}
