// function, built-in functions, bound methods, code objects and modules as Python sees them.

enum FunctionType {
  static let methods: InlineArray<_, Method> = [Method(.__get__, 2...3, functionGet)]
}
private func functionMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: FunctionType.methods.span[index]) }

extension TypeRow {
  static let function = TypeRow(
    .function, isSubclassable: false, methodCount: UInt8(FunctionType.methods.count), method: functionMethod, print: functionPrint,
    getAttribute: functionGetAttribute, setAttribute: functionSetAttribute)
  static let builtinFunction = TypeRow(.function, isSubclassable: false, print: builtinFunctionPrint, getAttribute: builtinFunctionGetAttribute)
  static let boundMethod = TypeRow(
    .bound_method, isSubclassable: false, print: boundMethodPrint, unary: boundMethodUnary, binary: boundMethodBinary,
    getAttribute: boundMethodGetAttribute, setAttribute: boundMethodSetAttribute)
  static let code = TypeRow(.code, isSubclassable: false, print: codePrint, getAttribute: codeGetAttribute)
  static let module = TypeRow(.module, isSubclassable: false, make: moduleMake, print: modulePrint)
  static let cell = TypeRow(.cell, isSubclassable: false)
}

private func functionGet(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments[1] == .none ? arguments[0] : try vm.newBoundMethod(arguments[0], arguments[1])
}

private func functionPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let code = value.unchecked(FunctionObject.self).pointee.code
  if code.pointee.flags.isGenerator { return try builder.append("<generator>") }
  try builder.append("<function ")
  try builder.append(code.pointee.name)
  try builder.append(" at 0x")
  try builder.append(hexadecimal: value.bits)
  try builder.append(byte: 62)
}

private func functionGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let function = value.unchecked(FunctionObject.self)
  if function.pointee.attributes.isObject(.dict) {
    let own = vm.dictGet(function.pointee.attributes.unchecked(DictObject.self), name)
    if !own.isNull { return own }
  }
  switch name {
  case Qstr.__name__, Qstr.__qualname__: return Value(function.pointee.code.pointee.name)
  case Qstr.__globals__: return Value(function.pointee.globals)
  case Qstr.__code__: return Value(function.pointee.code)
  case Qstr.__defaults__: return function.pointee.defaults.isNull ? .none : function.pointee.defaults
  case Qstr.__kwdefaults__: return function.pointee.keywordDefaults.isNull ? .none : function.pointee.keywordDefaults
  case Qstr.__closure__: return function.pointee.closure.isNull ? .none : function.pointee.closure
  case Qstr.__doc__: return .none
  case Qstr.__module__:
    let module = vm.dictGet(function.pointee.globals, .__name__)
    return module.isNull ? .none : module
  case Qstr.__dict__: return Value(try functionAttributes(vm, function))
  case Qstr.__annotations__:
    return try vm.annotations(in: functionAttributes(vm, function), .null)
  default: return .null
  }
}

private func functionAttributes(_ vm: VM, _ function: Ref<FunctionObject>) throws(PyError) -> Ref<DictObject> {
  if !function.pointee.attributes.isObject(.dict) { function.pointee.attributes = Value(try vm.newDict()) }
  return function.pointee.attributes.unchecked(DictObject.self)
}

private func functionSetAttribute(_ vm: VM, _ value: Value, _ name: Qstr, _ new: Value) throws(PyError) -> Bool {
  let function = value.unchecked(FunctionObject.self)
  if name == .__defaults__ || name == .__kwdefaults__ {
    let plain = new == .none ? Value.null : new
    if !plain.isNull && !plain.isObject(name == .__defaults__ ? .tuple : .dict) { try vm.raise(.typeError, "%s must be set to a tuple or dict", Value(name)) }
    if name == .__defaults__ { function.pointee.defaults = plain } else { function.pointee.keywordDefaults = plain }
    return true
  }
  if name == .__code__ || name == .__globals__ || name == .__closure__ { return false }
  let attributes = try functionAttributes(vm, function)
  if new.isNull { return try !vm.dictRemove(attributes, Value(name)).isNull }
  try vm.dictSet(attributes, name, new)
  return true
}

private func builtinFunctionPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<function>")
}

private func builtinFunctionGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  if name == .__name__ || name == .__qualname__ { return Value(vm.methodName(value)) }
  return name == .__doc__ ? .none : .null
}

private func boundMethodPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let method = value.unchecked(BoundMethodObject.self).pointee
  try builder.append("<bound_method ")
  try builder.append(hexadecimal: value.bits)
  try builder.append(byte: 32)
  try vm.print(method.receiver, &builder, .repr)
  try builder.append(byte: 46)
  try vm.print(method.function, &builder, .repr)
  try builder.append(byte: 62)
}

private func boundMethodUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  guard operation == .hash else { return .null }
  let method = value.unchecked(BoundMethodObject.self).pointee
  return Value(smallInt: Int(bitPattern: (method.function.bits ^ method.receiver.bits &* 31) &>> 4))
}

private func boundMethodBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard operation == .equal || operation == .notEqual, left.isObject(.boundMethod), right.isObject(.boundMethod) else { return .null }
  let a = left.unchecked(BoundMethodObject.self).pointee, b = right.unchecked(BoundMethodObject.self).pointee
  return Value((a.function == b.function && a.receiver == b.receiver) == (operation == .equal))
}

private func boundMethodGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let method = value.unchecked(BoundMethodObject.self).pointee
  if name == .__func__ { return method.function }
  if name == .__self__ { return method.receiver }
  return try vm.findAttribute(method.function, name)
}

private func boundMethodSetAttribute(_ vm: VM, _ value: Value, _ name: Qstr, _ new: Value) throws(PyError) -> Bool { false }

private func codePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let code = value.unchecked(CodeObject.self)
  try builder.append("<code object ")
  try builder.append(code.pointee.name)
  try builder.append(" at 0x")
  try builder.append(hexadecimal: value.bits)
  try builder.append(", file \"")
  try builder.append(code.pointee.context.pointee.names[0])
  try builder.append("\", line ")
  try builder.append(decimal: vm.line(of: code, at: code.pointee.instructions))
  try builder.append(byte: 62)
}

private func codeGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let code = value.unchecked(CodeObject.self)
  switch name {
  case Qstr.co_name, Qstr.co_qualname: return Value(code.pointee.name)
  case Qstr.co_filename: return Value(code.pointee.context.pointee.names[0])
  case Qstr.co_firstlineno: return Value(smallInt: vm.line(of: code, at: code.pointee.instructions))
  case Qstr.co_argcount: return Value(smallInt: Int(code.pointee.positionalCount))
  case Qstr.co_kwonlyargcount: return Value(smallInt: Int(code.pointee.keywordOnlyCount))
  case Qstr.co_nlocals: return Value(smallInt: Int(code.pointee.localCount))
  case Qstr.co_code: return try vm.newBytes(code.pointee.instructions, Int(code.pointee.byteCount &- code.pointee.instructionOffset))
  case Qstr.co_names, Qstr.co_consts:
    let context = code.pointee.context
    let isNames = name == Qstr.co_names
    let count = Int(isNames ? context.pointee.nameCount : context.pointee.constantCount)
    let tuple = try vm.newTupleObject(count)
    for index in 0..<count { TupleObject.items(tuple)[index] = isNames ? Value(context.pointee.names[index]) : context.pointee.constants[index] }
    return Value(tuple)
  case Qstr.co_varnames:
    let count = Int(code.pointee.positionalCount &+ code.pointee.keywordOnlyCount)
    let tuple = try vm.newTupleObject(count)
    var names = CodeNames(code)
    for index in 0..<count { TupleObject.items(tuple)[index] = Value(names.next()) }
    return Value(tuple)
  case Qstr.co_flags:
    let flags = code.pointee.flags
    return Value(smallInt: (flags.isGenerator ? 0x20 : 0) | (flags.hasVariableArguments ? 4 : 0) | (flags.hasVariableKeywords ? 8 : 0))
  default: return .null
  }
}

private func moduleMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 2)
  guard vm.isString(arguments[0]) else { try vm.raise(.typeError, "module name must be a string") }
  return Value(try vm.newModule(vm.intern(vm.unwrapped(arguments[0]))))
}

private func modulePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<module '")
  if value.isObject {
    let globals = value.unchecked(ModuleObject.self).pointee.globals
    let name = vm.dictGet(globals, .__name__)
    if !name.isNull { try vm.print(name, &builder, .str) }
    let file = vm.dictGet(globals, .__file__)
    if !file.isNull {
      try builder.append("' from '")
      try vm.print(file, &builder, .str)
    }
  } else {
    try builder.append(vm.moduleRow(Int(value.index)).name)
  }
  try builder.append("'>")
}

extension VM {
  /// `__annotations__` of the function, class or module whose attributes a dict holds: what its `__annotate__` answers, asked for once. A class is an
  /// argument of its `__annotate__`; otherwise `owner` is null. May run Python code.
  func annotations(in attributes: Ref<DictObject>, _ owner: Value) throws(PyError) -> Value {
    let known = dictGet(attributes, Qstr.__annotations__)
    if !known.isNull { return known }
    let annotate = dictGet(attributes, Qstr.__annotate__)
    var answer = Value.null
    if annotate.isNull || annotate == .none {
      answer = Value(try newDict())
    } else {
      answer = owner.isNull ? try call(annotate) : try call(annotate, owner)
    }
    try dictSet(attributes, Qstr.__annotations__, answer)
    return answer
  }
}
