// object — the base of all types — and the types that have hardly anything of their own: NoneType, ellipsis, NotImplementedType.

enum ObjectType {
  static let methods: InlineArray<_, Method> = [
    Method(.__init__, 0...255, objectInit),
    Method(.__new__, staticMethod: 1...255, objectNew),
    Method(.__repr__, 1...1, objectRepr),
    Method(.__str__, 1...1, objectStr),
    Method(.__eq__, 2...2, objectEqual),
    Method(.__ne__, 2...2, objectNotEqual),
    Method(.__hash__, 1...1, objectHash),
    Method(.__getattribute__, 2...2, objectGetAttribute),
    Method(.__setattr__, 3...3, objectSetAttribute),
    Method(.__delattr__, 2...2, objectDeleteAttribute),
    Method(.__format__, 2...2, objectFormat),
    Method(.__dir__, 1...1, objectDir),
    Method(.__init_subclass__, classMethod: 1...255, objectInitSubclass),
    Method(.__subclasshook__, classMethod: 2...2, objectSubclassHook),
    // The `__new__` and `__init__` of built-in types that have none of their own; found by `nativeNewFunction` and `nativeInitFunction` only.
    Method(.__new__, staticMethod: 1...255, objectNativeNew),
    Method(.__init__, 0...255, objectNativeInit),
  ]
}

extension VM {
  /// The function behind `super().__init__(…)` where the base is a built-in type.
  var nativeInitFunction: Value { Value(.method, UInt(TypeID.object.number) &<< 8 | UInt(ObjectType.methods.count &- 1)) }
}

extension VM {
  /// `int.__new__` and its kin.
  var nativeNewFunction: Value { Value(.method, UInt(TypeID.object.number) &<< 8 | UInt(ObjectType.methods.count &- 2)) }
}

/// Makes the built-in value of an instance anew from the arguments.
private func objectNativeInit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard arguments.count > 0, let owner = vm.pythonClass(of: arguments[0]), owner.pointee.nativeBase != .object else { return .none }
  let native = owner.pointee.nativeBase
  if let exception = vm.exceptionObject(arguments[0]) {
    exception.pointee.arguments = try vm.newTuple(arguments.base + 1, arguments.count &- 1)
    return .none
  }
  // Immutable values were made by `__new__` and stay.
  let isMutable = native == .list || native == .dict || native == .set || native == .bytearray || native.number >= TypeID.firstOfLibrary
  if !isMutable { return .none }
  let value = try vm.makeBuiltin(native, Value(type: native), arguments.dropFirst)
  InstanceObject.slots(arguments[0].unchecked(InstanceObject.self))[0] = value
  return .none
}
private func objectMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ObjectType.methods.span[index]) }

extension TypeRow {
  static let object = TypeRow(.object, methodCount: UInt8(ObjectType.methods.count), method: objectMethod, make: objectMake)
  static let noneType = TypeRow(.NoneType, isSubclassable: false, make: noneMake, print: nonePrint, unary: noneUnary)
  static let ellipsis = TypeRow(.ellipsis, isSubclassable: false, print: ellipsisPrint)
  static let notImplementedType = TypeRow(.NotImplementedType, isSubclassable: false, print: notImplementedPrint)
}

private func objectMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 0)
  let plain = try vm.allocate(ObjectHeader.self)
  plain.initialize(to: ObjectHeader(.object))
  return Value(plain)
}

/// `object.__init__`, and that of any built-in base (`dict.__init__(self, …)`): with arguments it makes the built-in value anew.
private func objectInit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments.count &+ arguments.keywordCount > 1 ? try objectNativeInit(vm, arguments) : .none
}

/// `object.__new__(cls)`: a built-in type makes its objects itself.
private func objectNew(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let type = arguments[0]
  let hasNativeBase = type.isObject(.type) && type.unchecked(ClassObject.self).pointee.nativeBase != .object
  if hasNativeBase || type.isImmediate(.type) && type != Value(type: .object) {
    try vm.raise(.typeError, "object.__new__(%s) is not safe, use %s.__new__()", Value(vm.className(type)), Value(vm.className(type)))
  }
  return try objectNativeNew(vm, arguments)
}

/// Arguments beyond the class are for `__init__`.
private func objectNativeNew(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let type = arguments[0]
  guard vm.isClass(type) else { try vm.raise(.typeError, "__new__ arg must be a type") }
  if type.isImmediate(.type) { return try vm.makeBuiltin(vm.uncheckedTypeID(type), type, arguments.dropFirst) }
  let owner = type.unchecked(ClassObject.self)
  return try vm.newNativeInstance(owner, arguments.dropFirst)
}

private func objectRepr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  let native = vm.nativeValue(arguments[0])
  if native.isNull {
    try vm.printDefault(arguments[0], &builder)
  } else {
    try vm.print(native, &builder, .repr)
  }
  return try builder.finish()
}

private func objectStr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let native = vm.nativeValue(arguments[0])
  if !native.isNull {
    var builder = StringBuilder(vm)
    try vm.print(native, &builder, .str)
    return try builder.finish()
  }
  return try vm.repr(arguments[0])
}

private func objectEqual(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let left = vm.unwrapped(arguments[0]), right = vm.unwrapped(arguments[1])
  if left == arguments[0] && vm.pythonClass(of: left) != nil { return left == right ? .true : .notImplemented }
  if vm.pythonClass(of: left) != nil || vm.isClass(left) { return Value(try vm.equals(left, right)) }
  let answer = try vm.binaryOrNull(.equal, left, right)
  return !answer.isNull ? answer : left == right ? .true : .notImplemented
}

private func objectNotEqual(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let left = vm.unwrapped(arguments[0]), right = vm.unwrapped(arguments[1])
  if vm.pythonClass(of: left) == nil && !vm.isClass(left) {
    let answer = try vm.binaryOrNull(.notEqual, left, right)
    return !answer.isNull ? answer : left == right ? .false : .notImplemented
  }
  let answer = try vm.binary(.equal, arguments[0], arguments[1])
  return Value(try !vm.isTrue(answer))
}

private func objectHash(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let native = vm.nativeValue(arguments[0])
  if !native.isNull { return Value(smallInt: try vm.hashValue(native)) }
  if vm.pythonClass(of: arguments[0]) != nil { return Value(smallInt: Int(bitPattern: arguments[0].bits &>> 4)) }
  return Value(smallInt: try vm.hashValue(arguments[0]))
}

private func nameArgument(_ vm: VM, _ value: Value) throws(PyError) -> Qstr {
  guard vm.isString(value) else { try vm.raise(.typeError, "attribute name must be string, not '%t'", value) }
  return try vm.intern(vm.unwrapped(value))
}

private func objectGetAttribute(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let name = try nameArgument(vm, arguments[1])
  guard vm.pythonClass(of: arguments[0]) != nil else { return try vm.getAttribute(arguments[0], name) }
  let pair = try vm.findInstancePairWithoutHooks(arguments[0].unchecked(InstanceObject.self), name)
  if pair.function.isNull { try vm.raiseNoAttribute(arguments[0], name) }
  return pair.receiver.isNull ? pair.function : try vm.newBoundMethod(pair.function, pair.receiver)
}

private func objectSetAttribute(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let name = try nameArgument(vm, arguments[1])
  if vm.pythonClass(of: arguments[0]) != nil {
    try vm.setInstanceAttributeWithoutHooks(arguments[0].unchecked(InstanceObject.self), name, arguments[2])
  } else if arguments[0].isObject(.type) {
    try vm.setClassAttributeWithoutHooks(arguments[0].unchecked(ClassObject.self), name, arguments[2])
  } else {
    try vm.setAttribute(arguments[0], name, arguments[2])
  }
  return .none
}

private func objectDeleteAttribute(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let name = try nameArgument(vm, arguments[1])
  if vm.pythonClass(of: arguments[0]) != nil {
    try vm.setInstanceAttributeWithoutHooks(arguments[0].unchecked(InstanceObject.self), name, .null)
  } else if arguments[0].isObject(.type) {
    try vm.setClassAttributeWithoutHooks(arguments[0].unchecked(ClassObject.self), name, .null)
  } else {
    try vm.setAttribute(arguments[0], name, .null)
  }
  return .none
}

private func objectFormat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  let native = vm.nativeValue(arguments[0])
  if native.isNull && vm.pythonClass(of: arguments[0]) != nil {
    if try vm.text(ofString: arguments[1]).count > 0 {
      try vm.raise(.typeError, "unsupported format string passed to %t.__format__", arguments[0])
    }
    return try vm.str(arguments[0])
  }
  try vm.formatValue(native.isNull ? arguments[0] : native, spec: vm.text(ofString: arguments[1]), into: &builder)
  return try builder.finish()
}

private func objectDir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.directory(of: arguments[0]) }

private func objectInitSubclass(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.keywordCount > 0 { try vm.raise(.typeError, "__init_subclass__() takes no keyword arguments") }
  return .none
}

private func objectSubclassHook(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { .notImplemented }

private func noneMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 0)
  return .none
}
private func nonePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("None")
}
private func noneUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  operation == .bool ? .false : .null
}
private func ellipsisPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("Ellipsis")
}
private func notImplementedPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("NotImplemented")
}
