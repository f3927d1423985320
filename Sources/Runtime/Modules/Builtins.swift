// builtins — the functions every program sees without import. The types and exceptions follow the functions in the table.

enum BuiltinsModule {
  static let rows: InlineArray<_, Method> = [
    Method(.__build_class__, 0...255, builtinsBuildClass),
    Method(.__import__, "name, globals=None, locals=None, fromlist=None, level=0", builtinsImport),
    Method(.__repl_print__, 1...1, builtinsReplPrint),
    Method(.__template__, 1...255, makeTemplate),
    Method(.abs, 1...1, builtinsAbs),
    Method(.aiter, 1...1, builtinsAiter),
    Method(.all, 1...1, builtinsAll),
    Method(.anext, 1...1, builtinsAnext),
    Method(.any, 1...1, builtinsAny),
    Method(.ascii, 1...1, builtinsAscii),
    Method(.bin, 1...1, builtinsRadix, data: 2),
    Method(.callable, 1...1, builtinsCallable),
    Method(.chr, 1...1, builtinsChr),
    Method(.compile, "source, filename, mode, flags=0, dont_inherit=False, optimize=-1", builtinsCompile),
    Method(.delattr, 2...2, builtinsDelattr),
    Method(.dir, 0...1, builtinsDir),
    Method(.divmod, 2...2, builtinsDivmod),
    Method(.eval, "source, globals=None, locals=None", builtinsEval),
    Method(.exec, "source, globals=None, locals=None", builtinsExec),
    Method(.execfile, 1...3, builtinsExecfile),
    Method(.format, 1...2, builtinsFormat),
    Method(.getattr, 2...3, builtinsGetattr),
    Method(.globals, 0...0, builtinsGlobals),
    Method(.hasattr, 2...2, builtinsHasattr),
    Method(.hash, 1...1, builtinsHash),
    Method(.help, 0...1, builtinsHelp),
    Method(.hex, 1...1, builtinsRadix, data: 16),
    Method(.id, 1...1, builtinsId),
    Method(.input, 0...1, builtinsInput),
    Method(.isinstance, 2...2, builtinsIsinstance),
    Method(.issubclass, 2...2, builtinsIssubclass),
    Method(.iter, 1...2, builtinsIter),
    Method(.len, 1...1, builtinsLen),
    Method(.locals, 0...0, builtinsLocals),
    Method(.max, 0...255, builtinsExtreme, data: 1),
    Method(.min, 0...255, builtinsExtreme, data: 0),
    Method(.next, 1...2, builtinsNext),
    Method(.oct, 1...1, builtinsRadix, data: 8),
    Method(.open, getter: builtinsOpen),
    Method(.ord, 1...1, builtinsOrd),
    Method(.pow, "base, exp, mod=None", builtinsPow),
    Method(.print, 0...255, builtinsPrint),
    Method(.repr, 1...1, builtinsRepr),
    Method(.round, "number, ndigits=?", builtinsRound),
    Method(.setattr, 3...3, builtinsSetattr),
    Method(.sorted, "iterable, /, *, key=None, reverse=False", builtinsSorted),
    Method(.sum, "iterable, /, start=0", builtinsSum),
    Method(.vars, 0...1, builtinsVars),
    Method(.Ellipsis, constant: .ellipsis),
    Method(.NotImplemented, constant: .notImplemented),
    Method(.__debug__, getter: builtinsDebug),
    Method(.bool, constant: Value(type: .bool)),
    Method(.bytearray, constant: Value(type: .bytearray)),
    Method(.bytes, constant: Value(type: .bytes)),
    Method(.classmethod, constant: Value(type: .classmethod)),
    Method(.complex, constant: Value(type: .complex)),
    Method(.dict, constant: Value(type: .dict)),
    Method(.enumerate, constant: Value(type: .enumerate)),
    Method(.filter, constant: Value(type: .filter)),
    Method(.float, constant: Value(type: .float)),
    Method(.frozenset, constant: Value(type: .frozenset)),
    Method(.int, constant: Value(type: .int)),
    Method(.list, constant: Value(type: .list)),
    Method(.map, constant: Value(type: .map)),
    Method(.memoryview, constant: Value(type: .memoryview)),
    Method(.object, constant: Value(type: .object)),
    Method(.property, constant: Value(type: .property)),
    Method(.range, constant: Value(type: .range)),
    Method(.reversed, constant: Value(type: .reversed)),
    Method(.set, constant: Value(type: .set)),
    Method(.slice, constant: Value(type: .slice)),
    Method(.staticmethod, constant: Value(type: .staticmethod)),
    Method(.str, constant: Value(type: .str)),
    Method(.`super`, constant: Value(type: .`super`)),
    Method(.tuple, constant: Value(type: .tuple)),
    Method(.type, constant: Value(type: .type)),
    Method(.zip, constant: Value(type: .zip)),
    Method(.EnvironmentError, constant: Value(type: .osError)),
    Method(.IOError, constant: Value(type: .osError)),
  ]
}

/// The table's rows, then one constant for each exception type.
private func builtinsRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  let own = BuiltinsModule.rows.count
  if index < own { return row.initialize(to: BuiltinsModule.rows.span[index]) }
  let type = TypeID(TypeID.firstException.number &+ UInt16(index &- own))
  row.initialize(to: Method(exceptionRows.span[index &- own].name, constant: Value(type: type)))
}

let builtinsModuleRow = ModuleRow(.builtins, rowCount: UInt8(BuiltinsModule.rows.count + exceptionRows.count), row: builtinsRow)

private func builtinsBuildClass(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.buildClass(arguments) }

extension VM {
  /// LOAD_BUILD_CLASS.
  func loadBuildClass() throws(PyError) -> Value {
    if !interpreter.pointee.hasBuiltinOverrides { return Value(.function, 0) }
    return try builtin(.__build_class__)
  }
}

private func builtinsImport(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isString(arguments[0]) else { try vm.raise(.typeError, "__import__: name must be a string") }
  let globals =
    arguments[1].isObject(.dict)
    ? arguments[1].unchecked(DictObject.self) : vm.state.pointee.frame.map { $0.pointee.function.pointee.globals }
  let level = try vm.intValue(arguments[4])
  if level < 0 { try vm.raise(.valueError, "level must be >= 0") }
  if level > 0 && arguments[1] != .none && !arguments[1].isObject(.dict) { try vm.raise(.typeError, "globals must be a dict") }
  return try vm.importModule(vm.uncheckedText(arguments[0]), from: arguments[3], level: level, globals: globals)
}

/// `open` is the module io's.
private func builtinsOpen(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let io = vm.builtinModule(.io)
  return io.isNull ? .null : try vm.findModuleAttribute(io, .open)
}

/// What the interactive prompt does with a value.
private func builtinsReplPrint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0] == .none { return .none }
  var builder = StringBuilder(vm)
  try vm.print(arguments[0], &builder, .repr)
  try builder.append(byte: 10)
  try vm.writeOutput(builder.text, file: .none)
  vm.interpreter.pointee.lastRepresentation = arguments[0]
  return .none
}

private func builtinsAbs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.unary(.absolute, arguments[0]) }

private func builtinsAiter(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.callMethod(arguments[0], .__aiter__) }
private func builtinsAnext(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.callMethod(arguments[0], .__anext__) }

private func builtinsAll(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var iteration = try Iteration(vm, arguments[0])
  while true {
    let item = try iteration.next()
    if item.isNull { return .true }
    if try !vm.isTrue(item) { return .false }
    try vm.pollPending()
  }
}

private func builtinsAny(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var iteration = try Iteration(vm, arguments[0])
  while true {
    let item = try iteration.next()
    if item.isNull { return .false }
    if try vm.isTrue(item) { return .true }
    try vm.pollPending()
  }
}

private func builtinsAscii(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.ascii(arguments[0]) }

private func builtinsRadix(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let radix = vm.state.pointee.rowData
  var value = vm.unwrapped(arguments[0])
  if !vm.isInt(value) { value = try vm.unary(.index, arguments[0]) }
  var builder = StringBuilder(vm)
  try vm.appendInteger(value, base: radix, prefix: true, to: &builder)
  return try builder.finish()
}

private func builtinsCallable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = arguments[0]
  if let owner = vm.pythonClass(of: value) { return Value(!vm.special(owner, .__call__).isNull) }
  let type = vm.typeID(of: value)
  return Value(
    type == .function || type == .builtinFunction || type == .boundMethod || type == .type || vm.row(type).call != nil)
}

private func builtinsChr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let code = try vm.intValue(arguments[0])
  guard code >= 0 && code < 0x110000 else { try vm.raise(.valueError, "chr() arg not in range(0x110000)") }
  if code < 128 { return Value(Qstr.character(UInt8(code))) }
  var builder = StringBuilder(vm)
  try builder.append(codePoint: UInt32(code))
  return try builder.finish()
}

private func sourceText(_ vm: VM, _ value: Value) throws(PyError) -> Text {
  if vm.isString(value) { return vm.uncheckedText(value) }
  let buffer = try vm.getBuffer(value, writable: false)
  return Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: false)
}

private func builtinsCompile(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = try vm.text(ofString: arguments[2])
  let fileName = try vm.text(ofString: arguments[1])
  let kind: CompileMode
  if mode.equals("exec") {
    kind = .file
  } else if mode.equals("eval") {
    kind = .expression
  } else if mode.equals("single") {
    kind = .single
  } else {
    try vm.raise(.valueError, "bad compile mode")
  }
  return try vm.compileSource(sourceText(vm, arguments[0]), fileName: fileName, kind)
}

/// `eval` and `exec`: globals and locals default to the caller's.
private func evaluate(_ vm: VM, _ arguments: Arguments, _ mode: CompileMode) throws(PyError) -> Value {
  let frame = vm.state.pointee.frame
  var globals = vm.unwrapped(arguments[1])
  var locals = arguments[2]
  if globals == .none {
    globals = frame.map { Value($0.pointee.function.pointee.globals) } ?? Value(vm.interpreter.pointee.main.pointee.globals)
    if locals == .none { locals = try vm.localVariables() }
  }
  guard globals.isObject(.dict) else { try vm.raise(.typeError, "globals must be a dict") }
  if locals == .none { locals = globals }
  let plainLocals = vm.unwrapped(locals)
  var code = arguments[0]
  if !code.isObject(.code) {
    var text = try sourceText(vm, code)
    if mode == .expression {
      while text.count > 0 && (text[0] == 32 || text[0] == 9) {
        text = Text(start: text.start + 1, count: text.count &- 1, isASCII: text.isASCII)
      }
    }
    code = try vm.compileSource(text, fileName: Text("<string>"), mode)
  }
  return try vm.run(code, globals.unchecked(DictObject.self), namespace: plainLocals.isObject(.dict) ? plainLocals : locals)
}

private func builtinsEval(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try evaluate(vm, arguments, .expression) }

private func builtinsExec(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  _ = try evaluate(vm, arguments, .file)
  return .none
}

private func builtinsExecfile(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let frame = vm.state.pointee.frame
  let globals = arguments.optional(1)
  let target =
    globals.isObject(.dict)
    ? globals.unchecked(DictObject.self) : frame.map { $0.pointee.function.pointee.globals } ?? vm.interpreter.pointee.main.pointee.globals
  guard vm.isString(arguments[0]) else { try vm.raise(.typeError, "file name must be a string") }
  try vm.runFile(arguments[0], target)
  return .none
}

private func attributeName(_ vm: VM, _ value: Value) throws(PyError) -> Qstr {
  guard vm.isString(value) else { try vm.raise(.typeError, "attribute name must be string, not '%t'", value) }
  return try vm.intern(vm.unwrapped(value))
}

private func builtinsGetattr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let name = try attributeName(vm, arguments[1])
  if arguments.count == 2 { return try vm.getAttribute(arguments[0], name) }
  do throws(PyError) {
    let found = try vm.findAttribute(arguments[0], name)
    return found.isNull ? arguments[2] : found
  } catch {
    guard vm.matches(error, .attributeError) else { throw error }
    return arguments[2]
  }
}

private func builtinsHasattr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let name = try attributeName(vm, arguments[1])
  do throws(PyError) { return Value(try !vm.findAttribute(arguments[0], name).isNull) } catch {
    guard vm.matches(error, .attributeError) else { throw error }
    return .false
  }
}

private func builtinsSetattr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.setAttribute(arguments[0], attributeName(vm, arguments[1]), arguments[2])
  return .none
}

private func builtinsDelattr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.setAttribute(arguments[0], attributeName(vm, arguments[1]), .null)
  return .none
}

private func builtinsDir(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 0 {
    let names = try vm.newList()
    try vm.listExtend(names, vm.localVariables())
    return try vm.sortedList(Value(names), key: .none, reverse: false)
  }
  if let owner = vm.pythonClass(of: arguments[0]) {
    let hook = vm.special(owner, .__dir__)
    if !hook.isNull { return try vm.sortedList(vm.call(hook, arguments[0]), key: .none, reverse: false) }
  }
  if arguments[0].isObject(.module) {
    let hook = vm.dictGet(arguments[0].unchecked(ModuleObject.self).pointee.globals, .__dir__)
    if !hook.isNull { return try vm.sortedList(vm.call(hook), key: .none, reverse: false) }
  }
  return try vm.directory(of: arguments[0])
}

private func builtinsDivmod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.binary(.divmod, arguments[0], arguments[1])
}

private func builtinsFormat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  try vm.formatValue(arguments[0], spec: arguments.count > 1 ? vm.text(ofString: arguments[1]) : Text(""), into: &builder)
  return try builder.finish()
}

private func builtinsGlobals(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(vm.state.pointee.frame.map { $0.pointee.function.pointee.globals } ?? vm.interpreter.pointee.main.pointee.globals)
}

private func builtinsLocals(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.localVariables() }

extension VM {
  /// `locals()`: the namespace of a class or module body; for a function its globals, because bytecode keeps no names of locals but arguments.
  func localVariables() throws(PyError) -> Value {
    guard let frame = state.pointee.frame else { return Value(interpreter.pointee.main.pointee.globals) }
    if frame.pointee.kind.rawValue & FrameKind.namespaceBit != 0 { return frame.pointee.extra }
    return Value(frame.pointee.function.pointee.globals)
  }

  /// `dir(value)`: the names of its attributes, sorted.
  func directory(of value: Value) throws(PyError) -> Value {
    let names = try newDict()
    if value.isImmediate(.module) || value.isObject(.module) {
      let dict = try findModuleAttribute(value, .__dict__).unchecked(DictObject.self)
      try addKeys(names, dict)
    } else if isClass(value) {
      try addClassNames(names, value)
    } else {
      if pythonClass(of: value) != nil {
        let instance = value.unchecked(InstanceObject.self)
        try addKeys(names, instance.pointee.header.uncheckedShape.pointee.usesDict ? instanceDict(instance) : instanceAttributes(instance))
      }
      if value.isObject(.function), value.unchecked(FunctionObject.self).pointee.attributes.isObject(.dict) {
        try addKeys(names, value.unchecked(FunctionObject.self).pointee.attributes.unchecked(DictObject.self))
      }
      try addClassNames(names, type(of: value))
    }
    return try sortedList(Value(names), key: .none, reverse: false)
  }

  private func addKeys(_ names: Ref<DictObject>, _ dict: Ref<DictObject>) throws(PyError) {
    var position = dictNext(dict, 0)
    while position >= 0 {
      let key = dict.pointee.entries.unsafelyUnwrapped[position].key
      if isString(key) { try dictSet(names, key, .none) }
      position = dictNext(dict, position &+ 1)
    }
  }

  private func addClassNames(_ names: Ref<DictObject>, _ type: Value) throws(PyError) {
    let order = try resolutionOrder(type).unchecked(TupleObject.self)
    for index in 0..<order.pointee.count {
      let entry = TupleObject.items(order)[index]
      if entry.isObject {
        try addKeys(names, entry.unchecked(ClassObject.self).pointee.namespace)
        continue
      }
      let row = self.row(uncheckedTypeID(entry))
      for position in 0..<Int(row.methodCount) { try dictSet(names, row.methodRow(position).name, .none) }
    }
    try dictSet(names, .__class__, .none)
  }
}

private func builtinsHash(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newInt(vm.hashValue(arguments[0])) }

private func builtinsId(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newInt(unsigned: arguments[0].bits)
}

private func builtinsInput(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if let input = vm.interpreter.pointee.port.input { return try input(vm, arguments.count > 0 ? vm.str(arguments[0]) : Value(Qstr.empty)) }
  if arguments.count > 0 { try vm.writeOutput(vm.uncheckedText(vm.str(arguments[0])), file: .none) }
  var builder = StringBuilder(vm)
  while true {
    var byte: UInt8 = 0
    if try vm.readInput(&byte, 1) == 0 {
      if builder.count == 0 { try vm.raise(.eofError) }
      break
    }
    if byte == 10 { break }
    if byte != 13 {
      if byte >= 0x80 { builder.markNonASCII() }
      try builder.append(byte: byte)
    }
  }
  return try vm.newString(validating: builder.text)
}

/// `isinstance` and `issubclass` against a class, a tuple of them, or a class with a hook.
private func checkAgainst(_ vm: VM, _ value: Value, _ types: Value, isInstance: Bool) throws(PyError) -> Bool {
  if types.isObject(.tuple) {
    try vm.checkNativeStack()
    let tuple = types.unchecked(TupleObject.self)
    for index in 0..<tuple.pointee.count where try checkAgainst(vm, value, TupleObject.items(tuple)[index], isInstance: isInstance) {
      return true
    }
    return false
  }
  if types.isObject(.type), types.unchecked(ClassObject.self).pointee.metaclass.isObject {
    let meta = types.unchecked(ClassObject.self).pointee.metaclass.unchecked(ClassObject.self)
    let hook = vm.special(meta, isInstance ? .__instancecheck__ : .__subclasscheck__)
    if !hook.isNull { return try vm.isTrue(vm.call(hook, types, value)) }
  }
  guard vm.isClass(types) else {
    if isInstance { try vm.raise(.typeError, "isinstance() arg 2 must be a type, a tuple of types, or a union") }
    try vm.raise(.typeError, "issubclass() arg 2 must be a class or a tuple of classes")
  }
  if !isInstance { return vm.isSubclass(value, types) }
  return vm.isInstance(value, types) || vm.errnoMatches(value, types)
}

private func builtinsIsinstance(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try checkAgainst(vm, arguments[0], arguments[1], isInstance: true))
}

private func builtinsIssubclass(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isClass(arguments[0]) else { try vm.raise(.typeError, "issubclass() arg 1 must be a class") }
  return Value(try checkAgainst(vm, arguments[0], arguments[1], isInstance: false))
}

private func builtinsIter(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 1 { return try vm.getIterator(arguments[0]) }
  if try builtinsCallable(vm, arguments) == .false { try vm.raise(.typeError, "iter(v, w): v must be callable") }
  return try vm.newCallableIterator(arguments[0], arguments[1])
}

private func builtinsLen(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newInt(vm.length(arguments[0])) }

/// `min` and `max`. They take their keywords apart themselves, so that they need no memory.
private func builtinsExtreme(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let wantsGreatest = vm.state.pointee.rowData == 1
  if arguments.count == 0 { try vm.raise(.typeError, "function missing %s required positional arguments", Value(smallInt: 1)) }
  var key = Value.none
  var fallback = Value.null
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (arguments.count &+ 2 &* index)
    switch pair[0] {
    case Value(Qstr.key): key = pair[1]
    case Value(Qstr.`default`): fallback = pair[1]
    default: try vm.raise(.typeError, "unexpected keyword argument '%s'", pair[0])
    }
  }
  if arguments.count > 1 && !fallback.isNull { try vm.raise(.typeError, "Cannot specify a default with multiple positional arguments") }
  var best = Best(key: key, wantsGreatest: wantsGreatest)
  if arguments.count > 1 {
    for index in 0..<arguments.count { try best.offer(vm, arguments[index]) }
    return best.value
  }
  var iteration = try Iteration(vm, arguments[0])
  while true {
    let item = try iteration.next()
    if item.isNull { break }
    try best.offer(vm, item)
    try vm.pollPending()
  }
  if !best.value.isNull { return best.value }
  if !fallback.isNull { return fallback }
  try vm.raise(.valueError, "arg is an empty sequence")
}

/// The least or greatest value so far.
private struct Best {
  let key: Value
  let wantsGreatest: Bool
  var value = Value.null
  private var valueKey = Value.null

  init(key: Value, wantsGreatest: Bool) {
    self.key = key
    self.wantsGreatest = wantsGreatest
  }

  /// May run Python code.
  mutating func offer(_ vm: VM, _ item: Value) throws(PyError) {
    let itemKey = key == .none ? item : try vm.call(key, item)
    if !value.isNull,
      try
        !(wantsGreatest ? vm.isTrue(vm.smallIntegerBinary(BinaryOperator.more.rawValue, itemKey, valueKey)) : vm.isLess(itemKey, valueKey))
    {
      return
    }
    value = item
    valueKey = itemKey
  }
}

private func builtinsNext(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let iterator = arguments[0]
  if vm.pythonClass(of: iterator) == nil && vm.row(vm.typeID(of: iterator)).next == nil {
    try vm.raise(.typeError, "'%t' object isn't an iterator", iterator)
  }
  if arguments.count == 1, let owner = vm.pythonClass(of: iterator) {
    let method = vm.special(owner, .__next__)
    if !method.isNull { return try vm.call(method, iterator) }
  }
  vm.state.pointee.generatorResult = .none
  let item = try vm.next(iterator)
  if !item.isNull { return item }
  if arguments.count == 2 { return arguments[1] }
  let result = vm.state.pointee.generatorResult
  if result == .none || result.isNull { try vm.raise(.stopIteration) }
  try vm.raise(.stopIteration, argument: result)
}

private func builtinsOrd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = vm.unwrapped(arguments[0])
  if vm.isString(value) {
    let text = vm.uncheckedText(value)
    if text.count > 0 {
      let first = text[0]
      let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      if length == text.count {
        var code = length == 1 ? Int(first) : Int(first) & (length == 4 ? 7 : length == 3 ? 15 : 31)
        var index = 1
        while index < length {
          code = code &<< 6 | Int(text[index] & 0x3F)
          index &+= 1
        }
        return Value(smallInt: code)
      }
    }
    try vm.raise(.typeError, "ord() expected a character, but string of length %s found", Value(smallInt: vm.length(value)))
  }
  let buffer = try vm.getBuffer(value, writable: false)
  if buffer.count != 1 {
    try vm.raise(.typeError, "ord() expected a character, but string of length %s found", Value(smallInt: buffer.count))
  }
  return Value(smallInt: Int(buffer.start[0]))
}

private func builtinsPow(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[2] == .none { return try vm.binary(.power, arguments[0], arguments[1]) }
  return try vm.powValue(arguments[0], arguments[1], arguments[2])
}

/// Takes its keywords apart itself, so that it needs no memory: programs print while the heap is locked.
private func builtinsPrint(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var separator = Text(" ")
  var end = Text("\n")
  var file = Value.none
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (arguments.count &+ 2 &* index)
    switch pair[0] {
    case Value(Qstr.sep): if pair[1] != .none { separator = try vm.text(ofString: pair[1]) }
    case Value(Qstr.end): if pair[1] != .none { end = try vm.text(ofString: pair[1]) }
    case Value(Qstr.file): file = pair[1]
    case Value(Qstr.flush): break
    default: try vm.raise(.typeError, "unexpected keyword argument '%s'", pair[0])
    }
  }
  // A stream written in Python gets each part by itself, as in CPython.
  let isOwnStream = vm.pythonClass(of: file) != nil
  var builder = StringBuilder(vm)
  for index in 0..<arguments.count {
    if index > 0 { try builder.append(separator) }
    if isOwnStream && builder.count > 0 {
      try vm.writeOutput(builder.text, file: file)
      builder = StringBuilder(vm)
    }
    try vm.print(arguments[index], &builder, .str)
    if isOwnStream {
      try vm.writeOutput(builder.text, file: file)
      builder = StringBuilder(vm)
    }
  }
  try builder.append(end)
  try vm.writeOutput(builder.text, file: file)
  return .none
}

extension VM {
  /// Writes to a file object, by default to `sys.stdout`.
  public func writeOutput(_ text: Text, file: Value) throws(PyError) {
    var file = file
    if file == .none && interpreter.pointee.hasStreamOverrides { file = try findModuleAttribute(builtinModule(.sys), .stdout) }
    if file == .none || file.isNull || isStandardStream(file, 1) {
      write(text, to: 1)
    } else if isStandardStream(file, 2) {
      write(text, to: 2)
    } else {
      try writeText(text, toObject: file)
    }
  }
}

private func builtinsRepr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.repr(arguments[0]) }
private func builtinsRound(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.roundValue(arguments[0], arguments[1]) }
private func builtinsSum(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.sumValues(arguments[0], arguments[1]) }

private func builtinsSorted(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.sortedList(arguments[0], key: arguments[1], reverse: vm.isTrue(arguments[2]))
}

private func builtinsVars(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  arguments.count == 0 ? try vm.localVariables() : try vm.getAttribute(arguments[0], .__dict__)
}

private func builtinsDebug(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(vm.interpreter.pointee.optimisationLevel == 0)
}
