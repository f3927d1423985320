// int — integers of any size. Small ones lie in the value's word; see `IntObject` (Core/Objects.swift) for the others.
//
// This file is the type: its table, its slots and its methods. Arithmetic is in Int+Fast, Int+Big and Int+Power, conversions in
// Int+Conversion and Int+Text. Invariant: an `IntObject` never holds a value that fits a small integer.

import Numerics

enum IntType {
  static let methods: InlineArray<_, Method> = [
    Method(.as_integer_ratio, 1...1, intAsIntegerRatio),
    Method(.bit_count, 1...1, intBitCount),
    Method(.bit_length, 1...1, intBitLength),
    Method(.conjugate, 1...1, intItself),
    Method(.denominator, getter: intOne),
    Method(.from_bytes, classMethod: "bytes, byteorder=?, *, signed=False", intFromBytes),
    Method(.imag, getter: intZero),
    Method(.is_integer, 1...1, intIsInteger),
    Method(.numerator, getter: intItself),
    Method(.real, getter: intItself),
    Method(.to_bytes, "length=1, byteorder=?, *, signed=False", intToBytes),
  ]
}

private func intMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: IntType.methods.span[index]) }

extension TypeRow {
  static let int = TypeRow(
    .int, methodCount: UInt8(IntType.methods.count), method: intMethod, make: intMake, print: intPrint, unary: intUnary,
    binary: intBinarySlot)
}

// MARK: Slots

/// `int(x=0, base=10)`. May run Python code.
private func intMake(_ vm: VM, _ cls: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.keywordCount > 0 {
    let top = vm.state.pointee.stackTop
    defer { vm.state.pointee.stackTop = top }
    let bound = try vm.bind(Text("x=0, /, base=?"), arguments)
    return try vm.intOf(bound[0], base: bound[1])
  }
  try vm.checkArguments(arguments, 0, 2)
  if arguments.count == 0 { return Value(smallInt: 0) }
  return try vm.intOf(arguments[0], base: arguments.optional(1))
}

private func intPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try vm.appendInteger(value, to: &builder)
}

private func intUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  try vm.intUnaryResult(operation, value)
}

private func intBinarySlot(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  try vm.numericBinary(operation, left, right)
}

extension VM {
  /// A unary operator on an integer that is no boolean.
  func intUnaryResult(_ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
    switch operation {
    case .positive, .int, .index: return value
    case .negative: return try negatedInt(value)
    case .invert: return try invertedInt(value)
    case .bool: return Value(value != Value(smallInt: 0))
    case .not: return Value(value == Value(smallInt: 0))
    case .hash: return Value(smallInt: hashOfNumber(value))
    case .absolute: return try absoluteInt(value)
    case .float: return try newFloat(floatOfInt(value))
    case .complex: return try newComplex(floatOfInt(value), 0)
    case .length: return .null
    }
  }

  /// `int(value, base)`; `base` null if not given. May run Python code (`__int__`, `__index__`).
  public func intOf(_ value: Value, base: Value = .null) throws(PyError) -> Value {
    if !base.isNull { return try intOfText(value, intValue(base)) }
    let quick = withoutBool(value)
    if isPlainInt(quick) { return quick }
    if numberKind(value) == .float { return try intOfFloat(uncheckedFloat(value)) }
    var answer = try unaryOrNull(.int, value)
    if answer.isNull { answer = try unaryOrNull(.index, value) }
    if !answer.isNull {
      let result = withoutBool(unwrapped(answer))
      if !isPlainInt(result) { try raise(.typeError, "__int__ returned non-int (type %t)", answer) }
      return result
    }
    guard let text = numberText(unwrapped(value)) else { try raise(.typeError, "can't convert %t to int", value) }
    return try parseInt(text, 10)
  }

  private func intOfText(_ value: Value, _ base: Int) throws(PyError) -> Value {
    guard let text = numberText(unwrapped(value)) else { try raise(.typeError, "int() can't convert non-string with explicit base") }
    return try parseInt(text, base)
  }

  /// The text that `int`, `float` and `complex` parse: that of a `str` or of an object with the buffer protocol.
  func numberText(_ value: Value) -> Text? {
    if isString(value) { return uncheckedText(value) }
    guard let slot = row(typeID(of: value)).buffer, let buffer = slot(self, value, false) else { return nil }
    return Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false)
  }
}

// MARK: Methods

/// The receiver as an `int`: `bool` shares the table.
@inline(__always) private func receiver(_ vm: VM, _ arguments: Arguments) -> Value { vm.withoutBool(arguments[0]) }

/// `int.conjugate()`, `int.real`, `int.numerator`.
private func intItself(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { receiver(vm, arguments) }

/// `int.imag`.
private func intZero(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: 0) }

/// `int.denominator`.
private func intOne(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: 1) }

/// `int.is_integer()`.
private func intIsInteger(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .true }

/// `int.as_integer_ratio()`.
private func intAsIntegerRatio(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTuple(receiver(vm, arguments), Value(smallInt: 1))
}

/// `int.bit_length()`.
private func intBitLength(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: vm.bitLength(receiver(vm, arguments)))
}

/// `int.bit_count()`.
private func intBitCount(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: vm.withOperand(receiver(vm, arguments)) { (x) -> Int in BigInteger.bitCount(x.limbs, x.count) })
}

/// True for `'big'` and when nothing was given; ValueError for anything but `'big'` and `'little'`.
private func isBigEndian(_ vm: VM, _ order: Value) throws(PyError) -> Bool {
  if order.isNull { return true }
  if vm.isString(order) {
    let text = vm.uncheckedText(vm.unwrapped(order))
    if text.equals("big") { return true }
    if text.equals("little") { return false }
  }
  try vm.raise(.valueError, "byteorder must be either 'little' or 'big'")
}

/// `int.from_bytes(bytes, byteorder='big', *, signed=False)`. May run Python code.
private func intFromBytes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let bigEndian = try isBigEndian(vm, arguments[2])
  let signed = try vm.isTrue(arguments[3])
  var source = vm.unwrapped(arguments[1])
  if vm.isString(source) || vm.isPlainInt(vm.withoutBool(source)) { try vm.raise(.typeError, "can't convert %t to bytes", source) }
  if vm.row(vm.typeID(of: source)).buffer == nil { source = try vm.call(Value(type: .bytes), source) }
  guard let slot = vm.row(vm.typeID(of: source)).buffer, let buffer = slot(vm, source, false) else {
    try vm.raise(.typeError, "object with buffer protocol required")
  }
  // Leading zeros need no room, and what is left is mostly a small integer.
  var start = UnsafePointer(buffer.start), count = buffer.count
  while !signed && count > 0 && start[bigEndian ? 0 : count &- 1] == 0 {
    count &-= 1
    if bigEndian { start += 1 }
  }
  var result = Value.null
  if count < MemoryLayout<Int>.size {
    result = Value(smallInt: smallFromBytes(start, count, bigEndian, signed))
  } else {
    let capacity = BigInteger.bytesCapacity(count)
    let object = try vm.newLimbs(capacity)
    let used = BigInteger.readBytes(start, count: count, bigEndian: bigEndian, signed: signed, into: IntObject.limbs(object))
    result = vm.finished(object, capacity, used)
  }
  return arguments[0] == Value(type: .int) ? result : try vm.call(arguments[0], result)
}

/// For fewer bytes than a machine word has.
private func smallFromBytes(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ bigEndian: Bool, _ signed: Bool) -> Int {
  var integer = 0
  for index in 0..<count { integer = integer &<< 8 | Int(bytes[bigEndian ? index : count &- 1 &- index]) }
  let isNegative = signed && count > 0 && integer &>> (8 &* count &- 1) != 0
  return isNegative ? integer &- 1 &<< (8 &* count) : integer
}

/// `int.to_bytes(length=1, byteorder='big', *, signed=False)`.
private func intToBytes(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = receiver(vm, arguments)
  let count = try vm.intValue(arguments[1])
  let bigEndian = try isBigEndian(vm, arguments[2])
  let signed = try vm.isTrue(arguments[3])
  if count < 0 { try vm.raise(.valueError, "length argument must be non-negative") }
  if !signed && vm.isNegativeInt(value) { try vm.raise(.overflowError, "can't convert negative int to unsigned") }
  return try vm.withOperand(value) { (x) throws(PyError) -> Value in
    if !BigInteger.fits(x, bytes: count, signed: signed) { try vm.raise(.overflowError, "int too big to convert") }
    if count == 0 { return vm.interpreter.pointee.emptyBytes }
    let object = try vm.newTextObject(.bytes, count: count, isASCII: false)
    BigInteger.writeBytes(x, count: count, bigEndian: bigEndian, into: TextObject.bytes(object))
    return Value(object)
  }
}
