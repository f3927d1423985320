// function, built-in functions, bound methods, code objects and modules as Python sees them.

import Bytecode

enum FunctionType {
  static let methods: InlineArray<_, Method> = [Method(.__get__, 2...3, functionGet)]
}
private func functionMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: FunctionType.methods.span[index]) }

extension TypeRow {
  static let function = TypeRow(
    .function, isSubclassable: false, methodCount: UInt8(FunctionType.methods.count), method: functionMethod, make: functionMake,
    print: functionPrint,
    getAttribute: functionGetAttribute, setAttribute: functionSetAttribute)
  static let builtinFunction = TypeRow(
    .function, isSubclassable: false, print: builtinFunctionPrint, getAttribute: builtinFunctionGetAttribute)
  static let boundMethod = TypeRow(
    .bound_method, isSubclassable: false, print: boundMethodPrint, unary: boundMethodUnary, binary: boundMethodBinary,
    getAttribute: boundMethodGetAttribute, setAttribute: boundMethodSetAttribute)
  static let code = TypeRow(
    .code, isSubclassable: false, methodCount: UInt8(CodeType.methods.count), method: codeMethod, print: codePrint,
    getAttribute: codeGetAttribute)
  static let module = TypeRow(.module, isSubclassable: false, make: moduleMake, print: modulePrint)
  static let cell = TypeRow(.cell, isSubclassable: false)
}

/// `function(code, globals, name=None, defaults=None, closure=None)`.
private func functionMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind(Text("code, globals, name=None, argdefs=None, closure=None"), arguments)
  guard bound[0].isObject(.code) else { try vm.raise(.typeError, "function() argument 'code' must be code, not %t", bound[0]) }
  guard let globals = vm.plainDict(bound[1]) else {
    try vm.raise(.typeError, "function() argument 'globals' must be dict, not %t", bound[1])
  }
  let code = bound[0].unchecked(CodeObject.self)
  let function = try vm.newFunction(code, globals)
  if bound[3] != .none {
    guard bound[3].isObject(.tuple) else { try vm.raise(.typeError, "defaults must be None or tuple") }
    function.pointee.defaults = bound[3]
  }
  // Variables of outer functions are parameters without a name: they must be cells.
  var free = 0
  var names = CodeNames(code)
  while free < Int(code.pointee.positionalCount) && names.next() == .star { free &+= 1 }
  if free == 0 { return Value(function) }
  guard bound[4].isObject(.tuple) else { try vm.raise(.typeError, "closure must be tuple") }
  let given = bound[4].unchecked(TupleObject.self).pointee.count
  if given != free {
    try vm.raise(
      .valueError, "%s requires closure of length %s, not %s", Value(code.pointee.name), Value(smallInt: free), Value(smallInt: given))
  }
  let cells = TupleObject.items(bound[4].unchecked(TupleObject.self))
  for index in 0..<free where !cells[index].isObject(.cell) { try vm.raise(.typeError, "closure must hold cells, not %t", cells[index]) }
  function.pointee.closure = bound[4]
  return Value(function)
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
    if !plain.isNull && !plain.isObject(name == .__defaults__ ? .tuple : .dict) {
      try vm.raise(.typeError, "%s must be set to a tuple or dict", Value(name))
    }
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
  case Qstr.co_names:
    let context = code.pointee.context
    let tuple = try vm.newTupleObject(Int(context.pointee.nameCount))
    for index in 0..<Int(context.pointee.nameCount) { TupleObject.items(tuple)[index] = Value(context.pointee.names[index]) }
    return Value(tuple)
  case Qstr.co_consts: return try codeConstants(vm, code)
  case Qstr.co_lnotab: return try codeLineTable(vm, code)
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

/// The constants that a function's own instructions load, after None, and the code of functions in it.
private func codeConstants(_ vm: VM, _ code: Ref<CodeObject>) throws(PyError) -> Value {
  let list = try vm.newList(capacity: 4)
  try vm.listAppend(list, .none)
  let context = code.pointee.context
  var reader = InstructionReader(base: code.pointee.instructions, count: Int(code.pointee.byteCount &- code.pointee.instructionOffset))
  // The code was verified when it was loaded.
  while let instruction = try? reader.next() {
    var constant = Value.null
    switch instruction.opcode.rawValue {
    case Opcode.loadConstObj.rawValue: constant = context.pointee.constants[instruction.operand]
    case Opcode.loadConstString.rawValue: constant = Value(context.pointee.names[instruction.operand])
    case Opcode.loadConstSmallInt.rawValue, Opcode.loadSmallIntMinus16.rawValue...Opcode.loadSmallInt47.rawValue:
      constant = Value(smallInt: instruction.operand)
    default: continue
    }
    var isKnown = false
    for index in 0..<list.pointee.count where list.pointee.items[index] == constant { isKnown = true }
    if !isKnown { try vm.listAppend(list, constant) }
  }
  for index in 0..<Int(code.pointee.childCount) { try vm.listAppend(list, Value(code.pointee.children[index])) }
  return try vm.newTuple(list.pointee.items, list.pointee.count)
}

/// One entry of a line table: so many bytes of code, then so many lines on.
private struct LineSteps {
  private var entry: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  init(_ code: Ref<CodeObject>) {
    entry = code.pointee.bytes + Int(code.pointee.lineTableOffset)
    end = code.pointee.instructions - Int(code.pointee.cellCount)
  }

  mutating func next() -> (bytes: Int, lines: Int)? {
    guard entry < end else { return nil }
    let byte = entry[0]
    if byte & 0x80 == 0 {
      entry += 1
      return (Int(byte & 0x1f), Int(byte &>> 5))
    }
    let lines = Int(byte &<< 4) & 0x700 | Int(entry[1])
    entry += 2
    return (Int(byte & 0x0f), lines)
  }
}

/// `co_lnotab`: pairs of steps in bytes and in lines.
private func codeLineTable(_ vm: VM, _ code: Ref<CodeObject>) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  var steps = LineSteps(code)
  while let step = steps.next() {
    var bytes = step.bytes
    var lines = step.lines
    while lines > 127 {
      try builder.append(byte: UInt8(bytes))
      try builder.append(byte: 127)
      bytes = 0
      lines &-= 127
    }
    try builder.append(byte: UInt8(bytes))
    try builder.append(byte: UInt8(lines))
  }
  return try builder.finishBytes()
}

enum CodeType {
  static let methods: InlineArray<_, Method> = [Method(.co_lines, 1...1, codeLines)]
}
private func codeMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: CodeType.methods.span[index]) }

/// `co_lines()`: an iterator of (start, end, line).
private func codeLines(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let code = arguments[0].unchecked(CodeObject.self)
  let length = Int(code.pointee.byteCount &- code.pointee.instructionOffset)
  let list = try vm.newList()
  var steps = LineSteps(code)
  var start = 0, end = 0, line = 1
  while let step = steps.next() {
    end &+= step.bytes
    if step.lines == 0 { continue }
    if end > start { try vm.listAppend(list, vm.newTuple(Value(smallInt: start), Value(smallInt: end), Value(smallInt: line))) }
    start = end
    line &+= step.lines
  }
  if length > start { try vm.listAppend(list, vm.newTuple(Value(smallInt: start), Value(smallInt: length), Value(smallInt: line))) }
  return try vm.newIterator(Value(list))
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
