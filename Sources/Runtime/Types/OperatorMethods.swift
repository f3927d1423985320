// The operators of built-in types as methods: `int.__add__`, `super().__lt__(other)`, and the iterator methods of `map` and its kin. A type's slots do the work, so one table serves all types;
// a mask for each says which rows it has. Found after a type's own rows; the machine never looks here.

enum OperatorMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.__lt__, 2...2, operatorBinary, data: 0), Method(.__gt__, 2...2, operatorBinary, data: 1),
    Method(.__le__, 2...2, operatorBinary, data: 3), Method(.__ge__, 2...2, operatorBinary, data: 4),
    Method(.__add__, 2...2, operatorBinary, data: 27), Method(.__radd__, 2...2, operatorReflected, data: 27),
    Method(.__iadd__, 2...2, operatorBinary, data: 14), Method(.__mul__, 2...2, operatorBinary, data: 29),
    Method(.__rmul__, 2...2, operatorReflected, data: 29), Method(.__imul__, 2...2, operatorBinary, data: 16),
    Method(.__mod__, 2...2, operatorBinary, data: 33), Method(.__rmod__, 2...2, operatorReflected, data: 33),
    Method(.__sub__, 2...2, operatorBinary, data: 28), Method(.__rsub__, 2...2, operatorReflected, data: 28),
    Method(.__isub__, 2...2, operatorBinary, data: 15), Method(.__or__, 2...2, operatorBinary, data: 22),
    Method(.__ror__, 2...2, operatorReflected, data: 22), Method(.__ior__, 2...2, operatorBinary, data: 9),
    Method(.__and__, 2...2, operatorBinary, data: 24), Method(.__rand__, 2...2, operatorReflected, data: 24),
    Method(.__iand__, 2...2, operatorBinary, data: 11), Method(.__xor__, 2...2, operatorBinary, data: 23),
    Method(.__rxor__, 2...2, operatorReflected, data: 23), Method(.__ixor__, 2...2, operatorBinary, data: 10),
    Method(.__lshift__, 2...2, operatorBinary, data: 25), Method(.__rlshift__, 2...2, operatorReflected, data: 25),
    Method(.__rshift__, 2...2, operatorBinary, data: 26), Method(.__rrshift__, 2...2, operatorReflected, data: 26),
    Method(.__floordiv__, 2...2, operatorBinary, data: 31), Method(.__rfloordiv__, 2...2, operatorReflected, data: 31),
    Method(.__truediv__, 2...2, operatorBinary, data: 32), Method(.__rtruediv__, 2...2, operatorReflected, data: 32),
    Method(.__pow__, 2...3, operatorPower), Method(.__rpow__, 2...2, operatorReflected, data: 34),
    Method(.__divmod__, 2...2, operatorBinary, data: 35), Method(.__rdivmod__, 2...2, operatorReflected, data: 35),
    Method(.__neg__, 1...1, operatorUnary, data: 1), Method(.__pos__, 1...1, operatorUnary, data: 0),
    Method(.__abs__, 1...1, operatorUnary, data: 7), Method(.__invert__, 1...1, operatorUnary, data: 2),
    Method(.__bool__, 1...1, operatorTruth), Method(.__int__, 1...1, operatorToInt), Method(.__float__, 1...1, operatorToFloat),
    Method(.__index__, 1...1, operatorToInt), Method(.__complex__, 1...1, operatorUnary, data: 10),
    Method(.__round__, 1...2, operatorRound), Method(.__trunc__, 1...1, operatorToInt), Method(.__floor__, 1...1, operatorFloor, data: 0),
    Method(.__ceil__, 1...1, operatorFloor, data: 1), Method(.__next__, 1...1, operatorNext), Method(.__iter__, 1...1, operatorItself),
  ]

  /// Which rows a type has, a bit each.
  static func mask(of type: TypeID) -> UInt64 {
    let comparisons: UInt64 = 0xf
    let repetition: UInt64 = 1 &<< 4 | 1 &<< 7 | 1 &<< 8
    let setOperators: UInt64 = 0b11_011_011 &<< 15 | 0b11 &<< 12
    switch type {
    case .str, .bytes: return comparisons | repetition | 0b11 &<< 10
    case .bytearray: return comparisons | repetition | 0b11 &<< 10 | 1 &<< 6 | 1 &<< 9
    case .list: return comparisons | repetition | 1 &<< 6 | 1 &<< 9
    case .tuple: return comparisons | repetition
    case .dict: return 0b111 &<< 15
    case .frozenset: return comparisons | setOperators
    case .set: return comparisons | setOperators | 1 &<< 14 | 1 &<< 17 | 1 &<< 20 | 1 &<< 23
    case .int: return comparisons | 0b11 &<< 4 | 0b1111_011 &<< 7 | 0b11_011_011 &<< 15 | 0xfff &<< 24 | 0xff &<< 36 | 0xf &<< 45
    case .float: return comparisons | 0b11 &<< 4 | 0b1111_011 &<< 7 | 0xff &<< 28 | 0b111_0111 &<< 36 | 0xf &<< 45
    case .complex: return 0b11 &<< 4 | 0b11 &<< 7 | 0b11 &<< 12 | 0xf &<< 30 | 0b10111 &<< 36 | 1 &<< 44
    case .range: return 1 &<< 40
    case .enumerate, .zip, .map, .filter, .reversed, .callableIterator, .dictIterator, .setIterator: return 0b11 &<< 49
    default: return 0
    }
  }
}

private func operatorMethodRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: OperatorMethods.rows.span[index]) }

extension TypeRow {
  static let operatorMethods = TypeRow(
    .function, isSubclassable: false, methodCount: UInt8(OperatorMethods.rows.count), method: operatorMethodRow)
}

extension VM {
  /// The method of a built-in type, or of one of its bases, that stands for an operator; else `null`.
  func operatorMethod(_ type: TypeID, _ name: Qstr) -> Value {
    var id = type
    while id != .object {
      let mask = OperatorMethods.mask(of: id)
      if mask != 0 {
        let table = row(.operatorMethods)
        for index in 0..<Int(table.methodCount) where mask &>> UInt64(index) & 1 != 0 && table.methodRow(index).name == name {
          return Value(.method, UInt(TypeID.operatorMethods.number) &<< 8 | UInt(index))
        }
      }
      id = row(id).base
    }
    return .null
  }

  /// `left operation right` by the slot of `asked`'s built-in type alone: NotImplemented if it does not know how.
  fileprivate func slotResult(_ operation: BinaryOperator, _ asked: Value, _ left: Value, _ right: Value) throws(PyError) -> Value {
    try checkNativeStack()
    let a = unwrapped(left), b = unwrapped(right)
    let quick = try numericBinary(operation, a, b)
    if !quick.isNull { return quick }
    guard let slot = row(typeID(of: unwrapped(asked))).binary else { return .notImplemented }
    let result = try slot(self, operation, a, b)
    if result.isNull { return .notImplemented }
    return operation.isInPlace && result == a ? left : result
  }
}

private func operation(_ vm: VM) -> BinaryOperator {
  BinaryOperator(rawValue: UInt8(truncatingIfNeeded: vm.state.pointee.rowData)).unsafelyUnwrapped
}

private func operatorBinary(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.slotResult(operation(vm), arguments[0], arguments[0], arguments[1])
}

private func operatorReflected(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.slotResult(operation(vm), arguments[0], arguments[1], arguments[0])
}

private func operatorPower(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 3 && arguments[2] != .none { return try vm.powValue(vm.unwrapped(arguments[0]), arguments[1], arguments[2]) }
  return try vm.slotResult(.power, arguments[0], arguments[0], arguments[1])
}

private func operatorUnary(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.unary(UnaryOperator(rawValue: UInt8(truncatingIfNeeded: vm.state.pointee.rowData)).unsafelyUnwrapped, vm.unwrapped(arguments[0]))
}

private func operatorTruth(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(try vm.isTrue(vm.unwrapped(arguments[0]))) }
private func operatorToInt(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.intOf(vm.unwrapped(arguments[0])) }

private func operatorToFloat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(vm.floatValue(vm.unwrapped(arguments[0])))
}

/// Of an iterator; of the one inside an instance of a subclass, whose own `__next__` has called this.
private func operatorNext(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments.base[0] = vm.unwrapped(arguments[0])
  return try nativeNext(vm, arguments)
}

private func operatorItself(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }

private func operatorRound(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.roundValue(vm.unwrapped(arguments[0]), arguments.optional(1))
}

/// `__floor__` and, with data 1, `__ceil__`.
private func operatorFloor(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let number = vm.unwrapped(arguments[0])
  guard let float = vm.plainFloat(number) else { return try vm.intOf(number) }
  return try vm.intOfFloat(float.rounded(vm.state.pointee.rowData == 1 ? .up : .down))
}
