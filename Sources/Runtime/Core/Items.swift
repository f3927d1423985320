// Subscripts, and writing values as text.

extension VM {
  /// `object[index]`. May run Python code.
  @inline(never) public func getItem(_ object: Value, _ index: Value) throws(PyError) -> Value {
    guard let owner = pythonClass(of: object) else {
      if isClass(object) { return try getClassItem(object, index) }
      guard let slot = row(typeID(of: object)).getItem else { try raise(.typeError, "'%t' object isn't subscriptable", object) }
      return try slot(self, object, index)
    }
    try checkNativeStack()
    let method = special(owner, .__getitem__)
    if !method.isNull { return try call(method, object, index) }
    let native = nativeValue(object)
    guard !native.isNull, let slot = row(typeID(of: native)).getItem else {
      try raise(.typeError, "'%t' object isn't subscriptable", object)
    }
    if native.isObject(.dict) {
      let found = try dictGet(native.unchecked(DictObject.self), index)
      let missing = found.isNull ? special(owner, .__missing__) : .null
      if !missing.isNull { return try call(missing, object, index) }
    }
    return try slot(self, native, index)
  }

  private func getClassItem(_ type: Value, _ index: Value) throws(PyError) -> Value {
    if type.isObject {
      let pair = try findPair(type, .__class_getitem__)
      if !pair.function.isNull {
        // An implicit class method.
        return pair.receiver.isNull ? try call(pair.function, type, index) : try call(pair.function, pair.receiver, index)
      }
      let metaclass = self.type(of: type)
      if metaclass.isObject {
        let method = special(metaclass.unchecked(ClassObject.self), .__getitem__)
        if !method.isNull { return try call(method, type, index) }
      }
      let hasParameters = !classLookUp(type, .__type_params__).isNull
      if type.unchecked(ClassObject.self).pointee.nativeBase == .object && !hasParameters {
        try raise(.typeError, "'type' object isn't subscriptable")
      }
    }
    return try newGenericAlias(type, index)
  }

  /// `object[index] = value`; deletes if the value is `null`. May run Python code.
  @inline(never) public func setItem(_ object: Value, _ index: Value, _ value: Value) throws(PyError) {
    if let owner = pythonClass(of: object) {
      try checkNativeStack()
      let method = special(owner, value.isNull ? .__delitem__ : .__setitem__)
      if !method.isNull {
        _ = value.isNull ? try call(method, object, index) : try call(method, object, index, value)
        return
      }
    }
    let plain = unwrapped(object)
    guard let slot = row(typeID(of: plain)).setItem else {
      try raise(
        .typeError, value.isNull ? "'%t' object doesn't support item deletion" : "'%t' object doesn't support item assignment", object)
    }
    try slot(self, plain, index, value)
  }

  // MARK: Text

  /// Appends `str(value)` or `repr(value)`. May run Python code.
  public func print(_ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
    if value.isSmallInt { return try builder.append(decimal: value.uncheckedSmallInt) }
    if kind == .str && (value.isName || value.isObject(.str)) { return try builder.append(uncheckedText(value)) }
    try checkNativeStack()
    if pythonClass(of: value) != nil { return try printInstance(value, &builder, kind) }
    if isClass(value) { return try printClass(value, &builder, kind) }
    let type = typeID(of: value)
    if let slot = row(type).print { return try slot(self, value, &builder, kind) }
    if isException(type) { return try printException(value.unchecked(ExceptionObject.self), className(Value(type: type)), &builder, kind) }
    try printDefault(value, &builder)
  }

  private func printInstance(_ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
    let owner = value.uncheckedHeader.pointee.uncheckedShape.pointee.owner
    var method = kind == .str ? special(owner, .__str__) : .null
    var name = Qstr.__str__
    if method.isNull {
      // str() of a subclass of a built-in type is the built-in value's, unless there is a `__repr__` and the base's str is its repr.
      let native = nativeValue(value)
      if kind == .str && !native.isNull && (isString(native) || exceptionObject(value) != nil) {
        return try printNative(native, owner, &builder, kind)
      }
      method = special(owner, .__repr__)
      name = Qstr.__repr__
      if method.isNull && !native.isNull { return try printNative(native, owner, &builder, kind) }
    }
    if method.isNull { return try printDefault(value, &builder) }
    let text = try call(method, value)
    guard isString(text) else { try raise(.typeError, "%s returned non-string (type %t)", Value(name), text) }
    try builder.append(uncheckedText(text))
  }

  private func printNative(_ native: Value, _ owner: Ref<ClassObject>, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
    if native.isObject && isException(native.uncheckedHeader.pointee.uncheckedType) {
      return try printException(native.unchecked(ExceptionObject.self), owner.pointee.name.uncheckedName, &builder, kind)
    }
    if native.isObject(.set) || native.isObject(.frozenset) {
      // A set shows the name of its class.
      try builder.append(owner.pointee.name.uncheckedName)
      try builder.append(byte: 40)
      if native.unchecked(DictObject.self).pointee.count > 0 {
        let plain = try repr(native)
        let text = uncheckedText(plain)
        let isFrozen = native.isObject(.frozenset)
        try builder.append(isFrozen ? Text(start: text.start + 10, count: text.count &- 11, isASCII: text.isASCII) : text)
      }
      return try builder.append(byte: 41)
    }
    try print(native, &builder, kind)
  }

  private func printClass(_ type: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
    let metaclass = self.type(of: type)
    if metaclass.isObject {
      let owner = metaclass.unchecked(ClassObject.self)
      var method = kind == .str ? special(owner, .__str__) : .null
      if method.isNull { method = special(owner, .__repr__) }
      if !method.isNull {
        let text = try call(method, type)
        guard isString(text) else { try raise(.typeError, "__repr__ returned non-string (type %t)", text) }
        return try builder.append(uncheckedText(text))
      }
    }
    try builder.append("<class '")
    try builder.append(className(type))
    try builder.append("'>")
  }

  /// `<T object at 0x…>`.
  func printDefault(_ value: Value, _ builder: inout StringBuilder) throws(PyError) {
    try builder.append(byte: 60)
    try builder.append(typeName(of: value))
    try builder.append(" object at 0x")
    try builder.append(hexadecimal: value.bits)
    try builder.append(byte: 62)
  }

  /// `str(value)`.
  public func str(_ value: Value) throws(PyError) -> Value {
    if value.isName || value.isObject(.str) { return value }
    var builder = StringBuilder(self)
    try print(value, &builder, .str)
    return try builder.finish()
  }

  /// `repr(value)`.
  public func repr(_ value: Value) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    try print(value, &builder, .repr)
    return try builder.finish()
  }

  // MARK: Output

  /// Writes to the standard output (1) or error (2), through `sys.stdout` if a program replaced it.
  public func write(_ text: Text, to stream: Int = 1) { interpreter.pointee.port.write(self, stream, text.start, text.count) }

  /// Raises what a signal or a scheduled callback asked for. Long native loops call this now and then.
  @inline(__always) public func pollPending() throws(PyError) {
    if interpreter.pointee.pending.pointee != 0 { try handlePending() }
  }

  /// Raises KeyboardInterrupt after Ctrl-C; scheduled callbacks wait. For places where no Python code may run, and cheap enough for every turn
  /// of a loop.
  @inline(__always) public func pollInterrupt() throws(PyError) {
    if interpreter.pointee.pending.pointee & PendingReason.keyboardInterrupt != 0 { try raiseInterrupt() }
  }
}
