// Operators on any values: built-in types through their rows, Python classes through their special methods, in the order that the Python
// reference prescribes (the right operand first if its class derives from the left one's).

extension VM {
  // MARK: Binary

  /// The result of a binary operator, comparisons and in-place forms included. TypeError if it is not supported. May run Python code.
  @inline(never) public func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
    let quick = try numericBinary(operation, left, right)
    if !quick.isNull { return quick }
    switch operation {
    case .is: return Value(isSame(left, right))
    case .in: return Value(try contains(right, left))
    case .exceptionMatch: return Value(try exceptionMatches(left, right))
    default: break
    }
    var operation = operation
    if operation.isInPlace {
      let result = try tryOperand(operation, left, left, right)
      if !result.isNull { return result }
      operation = operation.withoutAssignment
    }
    let result = try binaryOrNull(operation, left, right)
    if !result.isNull { return result }
    if operation == .equal { return Value(isSame(left, right)) }
    if operation == .notEqual { return Value(!isSame(left, right)) }
    try raise(.typeError, "unsupported types for %s: '%t', '%t'", Value(specialName(operation)), left, right)
  }

  /// As `binary` for operators without assignment, but `null` where the types do not support it.
  func binaryOrNull(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
    let leftClass = operatorClass(of: left)
    let rightClass = operatorClass(of: right)
    if leftClass == nil && rightClass == nil {
      let type = typeID(of: left)
      if let slot = row(type).binary {
        let result = try slot(self, operation, left, right)
        if !result.isNull { return result }
      }
      let other = typeID(of: right)
      if other != type, let slot = row(other).binary { return try slot(self, operation, left, right) }
      return .null
    }
    try checkNativeStack()
    let rightFirst = rightClass != nil && rightClass != leftClass && isSubclass(type(of: right), type(of: left))
    if rightFirst {
      let result = try tryReflected(operation, left, right)
      if !result.isNull { return result }
    }
    let result = try tryOperand(operation, left, left, right)
    if !result.isNull || rightFirst { return result }
    return try tryReflected(operation, left, right)
  }

  /// Asks the left operand.
  private func tryOperand(_ operation: BinaryOperator, _ asked: Value, _ left: Value, _ right: Value) throws(PyError) -> Value {
    guard let owner = operatorClass(of: asked) else {
      guard let slot = row(typeID(of: asked)).binary else { return .null }
      return try slot(self, operation, left, unwrapped(right))
    }
    let method = special(owner, specialName(operation))
    if !method.isNull { return try notImplementedAsNull(call(method, asked, right)) }
    if operation == .notEqual {
      let equal = special(owner, .__eq__)
      if !equal.isNull {
        let result = try notImplementedAsNull(call(equal, asked, right))
        return result.isNull ? .null : Value(try !isTrue(result))
      }
    }
    return try tryNative(operation, asked, left, right)
  }

  /// Asks the right operand.
  private func tryReflected(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
    guard let owner = operatorClass(of: right) else {
      guard let slot = row(typeID(of: right)).binary else { return .null }
      return try slot(self, operation, unwrapped(left), right)
    }
    let method = special(owner, reflectedName(operation))
    if !method.isNull { return try notImplementedAsNull(call(method, right, left)) }
    if operation == .notEqual {
      let equal = special(owner, .__eq__)
      if !equal.isNull {
        let result = try notImplementedAsNull(call(equal, right, left))
        return result.isNull ? .null : Value(try !isTrue(result))
      }
    }
    return try tryNative(operation, right, left, right)
  }

  /// Lets the built-in value inside an instance of a subclass answer.
  private func tryNative(_ operation: BinaryOperator, _ asked: Value, _ left: Value, _ right: Value) throws(PyError) -> Value {
    let native = asked.isObject(.type) ? asked : nativeValue(asked)
    if native.isNull { return .null }
    let a = unwrapped(left), b = unwrapped(right)
    let quick = try numericBinary(operation, a, b)
    if !quick.isNull { return quick }
    guard let slot = row(typeID(of: native)).binary else { return .null }
    let result = try slot(self, operation, a, b)
    // A mutable value that changed in place stays the instance that holds it.
    return operation.isInPlace && result == a && isMutableType(typeID(of: a)) ? left : result
  }

  private func isMutableType(_ type: TypeID) -> Bool {
    type != .str && type != .bytes && type != .tuple && type != .int && type != .float && type != .complex && type != .frozenset
      && type != .bool
  }

  private func notImplementedAsNull(_ value: Value) -> Value { value == .notImplemented ? .null : value }

  func specialName(_ operation: BinaryOperator) -> Qstr {
    switch operation {
    case .less: return Qstr.__lt__
    case .more: return Qstr.__gt__
    case .equal: return Qstr.__eq__
    case .lessEqual: return Qstr.__le__
    case .moreEqual: return Qstr.__ge__
    case .notEqual: return Qstr.__ne__
    case .in, .contains: return Qstr.__contains__
    case .is, .exceptionMatch: return Qstr.empty
    case .inPlaceOr: return Qstr.__ior__
    case .inPlaceXor: return Qstr.__ixor__
    case .inPlaceAnd: return Qstr.__iand__
    case .inPlaceShiftLeft: return Qstr.__ilshift__
    case .inPlaceShiftRight: return Qstr.__irshift__
    case .inPlaceAdd: return Qstr.__iadd__
    case .inPlaceSubtract: return Qstr.__isub__
    case .inPlaceMultiply: return Qstr.__imul__
    case .inPlaceMatrixMultiply: return Qstr.__imatmul__
    case .inPlaceFloorDivide: return Qstr.__ifloordiv__
    case .inPlaceTrueDivide: return Qstr.__itruediv__
    case .inPlaceModulo: return Qstr.__imod__
    case .inPlacePower: return Qstr.__ipow__
    case .or: return Qstr.__or__
    case .xor: return Qstr.__xor__
    case .and: return Qstr.__and__
    case .shiftLeft: return Qstr.__lshift__
    case .shiftRight: return Qstr.__rshift__
    case .add: return Qstr.__add__
    case .subtract: return Qstr.__sub__
    case .multiply: return Qstr.__mul__
    case .matrixMultiply: return Qstr.__matmul__
    case .floorDivide: return Qstr.__floordiv__
    case .trueDivide: return Qstr.__truediv__
    case .modulo: return Qstr.__mod__
    case .power: return Qstr.__pow__
    case .divmod: return Qstr.__divmod__
    }
  }

  private func reflectedName(_ operation: BinaryOperator) -> Qstr {
    switch operation {
    case .less: return Qstr.__gt__
    case .more: return Qstr.__lt__
    case .lessEqual: return Qstr.__ge__
    case .moreEqual: return Qstr.__le__
    case .or: return Qstr.__ror__
    case .xor: return Qstr.__rxor__
    case .and: return Qstr.__rand__
    case .shiftLeft: return Qstr.__rlshift__
    case .shiftRight: return Qstr.__rrshift__
    case .add: return Qstr.__radd__
    case .subtract: return Qstr.__rsub__
    case .multiply: return Qstr.__rmul__
    case .matrixMultiply: return Qstr.__rmatmul__
    case .floorDivide: return Qstr.__rfloordiv__
    case .trueDivide: return Qstr.__rtruediv__
    case .modulo: return Qstr.__rmod__
    case .power: return Qstr.__rpow__
    case .divmod: return Qstr.__rdivmod__
    default: return specialName(operation)
    }
  }

  /// `is`. Boxed numbers are compared by value, because whether a number is boxed is nobody's business.
  @inline(__always) public func isSame(_ left: Value, _ right: Value) -> Bool {
    if left == right { return true }
    guard left.isObject && right.isObject || left.isName || right.isName else { return false }
    return isSameSlow(left, right)
  }

  @inline(never) private func isSameSlow(_ left: Value, _ right: Value) -> Bool {
    // A short constant string may be interned in one place and not in another.
    if left.isName || right.isName {
      guard left.isObject(.str) || right.isObject(.str) else { return false }
      return uncheckedText(left).count <= 1 && stringEquals(left, right)
    }
    if left.isObject(.float) && right.isObject(.float) {
      return left.unchecked(FloatObject.self).pointee.float.bitPattern == right.unchecked(FloatObject.self).pointee.float.bitPattern
    }
    return false
  }

  /// `left == right` as a condition; the same object equals itself. May run Python code.
  public func equals(_ left: Value, _ right: Value) throws(PyError) -> Bool {
    if left == right { return true }
    if left.isSmallInt && right.isSmallInt || left.isName && right.isName { return false }
    if (left.isName || left.isObject(.str)) && (right.isName || right.isObject(.str)) { return stringEquals(left, right) }
    if left.isObject { try checkNativeStack() }
    return try isTrue(smallIntegerBinary(BinaryOperator.equal.rawValue, left, right))
  }

  /// `left < right` as a condition. May run Python code.
  public func isLess(_ left: Value, _ right: Value) throws(PyError) -> Bool {
    if left.isSmallInt && right.isSmallInt { return left.uncheckedSmallInt < right.uncheckedSmallInt }
    return try isTrue(smallIntegerBinary(BinaryOperator.less.rawValue, left, right))
  }

  /// `except` and `isinstance` for exceptions: the value is an instance, the type a class or a tuple of classes. An `OSError` also matches the
  /// subclass that its number names.
  func exceptionMatches(_ value: Value, _ type: Value) throws(PyError) -> Bool {
    if type.isObject(.tuple) {
      try checkNativeStack()
      let tuple = type.unchecked(TupleObject.self)
      for index in 0..<tuple.pointee.count where try exceptionMatches(value, TupleObject.items(tuple)[index]) { return true }
      return false
    }
    guard isClass(type), isSubclass(type, Value(type: .baseException)) else {
      try raise(.typeError, "catching classes that do not inherit from BaseException is not allowed")
    }
    let own = isClass(value) ? value : self.type(of: value)
    return isSubclass(own, type) || !isClass(value) && errnoMatches(value, type)
  }

  // MARK: Unary

  /// The result of a unary operator. TypeError if it is not supported. May run Python code.
  @inline(never) public func unary(_ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
    if operation == .not { return Value(try !isTrue(value)) }
    let result = try unaryOrNull(operation, value)
    if result.isNull { try raise(.typeError, "unsupported type for %s: '%t'", Value(specialName(operation)), value) }
    return result
  }

  /// As `unary`, but `null` where the type does not support it.
  public func unaryOrNull(_ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
    guard let owner = operatorClass(of: value) else {
      guard let slot = row(typeID(of: value)).unary else { return .null }
      return try slot(self, operation, value)
    }
    try checkNativeStack()
    let method = special(owner, specialName(operation))
    if !method.isNull && method != .none { return try call(method, value) }
    let native = nativeValue(value)
    if native.isNull { return .null }
    guard let slot = row(typeID(of: native)).unary else { return .null }
    return try slot(self, operation, native)
  }

  private func specialName(_ operation: UnaryOperator) -> Qstr {
    switch operation {
    case .positive: return Qstr.__pos__
    case .negative: return Qstr.__neg__
    case .invert: return Qstr.__invert__
    case .not, .bool: return Qstr.__bool__
    case .length: return Qstr.__len__
    case .hash: return Qstr.__hash__
    case .absolute: return Qstr.__abs__
    case .int: return Qstr.__int__
    case .float: return Qstr.__float__
    case .complex: return Qstr.__complex__
    case .index: return Qstr.__index__
    }
  }

  /// Truth of any value. May run Python code.
  @inline(__always) public func isTrue(_ value: Value) throws(PyError) -> Bool {
    if value == .true { return true }
    if value == .false || value == .none { return false }
    if value.isSmallInt { return value.bits != 1 }
    return try isTrueSlow(value)
  }

  @inline(never) private func isTrueSlow(_ value: Value) throws(PyError) -> Bool {
    if value.isName { return value.uncheckedName != .empty }
    let answer = try unaryOrNull(.bool, value)
    if answer == .true { return true }
    if answer == .false { return false }
    if !answer.isNull {
      if operatorClass(of: value) != nil { try raise(.typeError, "__bool__ should return bool, returned %t", answer) }
      return try isTrue(answer)
    }
    let length = try unaryOrNull(.length, value)
    if length.isNull { return true }
    return length != Value(smallInt: 0)
  }

  /// `len(value)`. May run Python code.
  public func length(_ value: Value) throws(PyError) -> Int {
    let answer = try unaryOrNull(.length, value)
    if answer.isNull { try raise(.typeError, "object of type '%t' has no len()", value) }
    let count = try intValue(answer)
    if count < 0 { try raise(.valueError, "__len__() should return >= 0") }
    return count
  }

  // MARK: Hashing

  /// The hash that dicts and sets use. TypeError for unhashable values. May run Python code.
  @inline(__always) public func hash32(_ key: Value) throws(PyError) -> UInt32 {
    if key.isName { return interpreter.pointee.names.hash(key.uncheckedName) }
    if key.isSmallInt { return mixHash(key.uncheckedSmallInt) }
    return try hash32Slow(key)
  }

  /// Spreads a hash over 32 bits: strides of any length do not collide (see `DictObject`'s `firstSlot`).
  @inline(__always) func mixHash(_ hash: Int) -> UInt32 {
    #if _pointerBitWidth(_64)
      let mixed = UInt64(bitPattern: Int64(hash)) &* 0x9E37_79B9_7F4A_7C15
      return UInt32(truncatingIfNeeded: mixed &>> 32)
    #else
      let mixed = UInt32(bitPattern: Int32(truncatingIfNeeded: hash)) &* 0x9E37_79B1
      return mixed ^ mixed &>> 15
    #endif
  }

  @inline(never) private func hash32Slow(_ key: Value) throws(PyError) -> UInt32 {
    if key.isObject(.str) { return textHash(key) }
    if let owner = pythonClass(of: key), special(owner, .__hash__).isNull, special(owner, .__eq__).isNull {
      let native = nativeValue(key)
      if !native.isNull && isString(native) { return textHash(native) }
    }
    return mixHash(try hashValue(key))
  }

  /// `hash(value)`. TypeError for unhashable values. May run Python code.
  public func hashValue(_ value: Value) throws(PyError) -> Int {
    if value.isSmallInt { return value.uncheckedSmallInt }
    if value.isName || value.isObject(.str) || value.isObject(.bytes) { return Int(truncatingIfNeeded: textHash(value)) }
    if let owner = operatorClass(of: value) { return try hashInstance(value, owner) }
    if let slot = row(typeID(of: value)).unary {
      try checkNativeStack()
      let answer = try slot(self, .hash, value)
      if answer.isSmallInt { return answer.uncheckedSmallInt }
      if answer == .none { try raise(.typeError, "unsupported type for __hash__: '%t'", value) }
    }
    return Int(bitPattern: value.bits &>> 4)
  }

  private func hashInstance(_ value: Value, _ owner: Ref<ClassObject>) throws(PyError) -> Int {
    let method = special(owner, .__hash__)
    if method == .none { try raise(.typeError, "unsupported type for __hash__: '%t'", value) }
    if !method.isNull {
      let answer = try call(method, value)
      if answer.isSmallInt { return answer.uncheckedSmallInt }
      let integer = withoutBool(unwrapped(answer))
      if !isPlainInt(integer) { try raise(.typeError, "__hash__ method should return an integer") }
      return hashOfNumber(integer)
    }
    if !special(owner, .__eq__).isNull { try raise(.typeError, "unsupported type for __hash__: '%t'", value) }
    let native = nativeValue(value)
    return native.isNull || exceptionObject(value) != nil ? Int(bitPattern: value.bits &>> 4) : try hashValue(native)
  }
}
