// What exceptions can do: construction, attributes, text, and the traceback as it is printed.

enum ExceptionType {
  static let methods: InlineArray<_, Method> = [
    Method(.add_note, 2...2, exceptionAddNote),
    Method(.with_traceback, 2...2, exceptionWithTraceback),
    Method(.__init__, 1...255, exceptionInit),
  ]
}
private func exceptionMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: ExceptionType.methods.span[index]) }

/// The row of any built-in exception type.
func exceptionTypeRow(_ type: TypeID) -> TypeRow {
  let entry = exceptionRows.span[Int(type.number &- TypeID.firstException.number)]
  let isRoot = type == .baseException
  let isGroup = type == .baseExceptionGroup || type == .exceptionGroup
  return TypeRow(
    entry.name, base: entry.base,
    methodCount: isRoot ? UInt8(ExceptionType.methods.count) : isGroup ? UInt8(ExceptionGroupType.methods.count) : 0,
    method: isRoot ? exceptionMethod : isGroup ? exceptionGroupMethod : noMethod,
    make: exceptionMake, getAttribute: exceptionGetAttribute, setAttribute: exceptionSetAttribute)
}

func exceptionMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let id = vm.uncheckedTypeID(type)
  if arguments.keywordCount > 0 && !vm.isSubclass(type, Value(type: .importError)) && !vm.isSubclass(type, Value(type: .attributeError))
    && !vm.isSubclass(type, Value(type: .nameError))
  {
    try vm.raise(.typeError, "%s() takes no keyword arguments", Value(vm.className(type)))
  }
  if vm.heap.lockDepth > 0 { return vm.reservedException(id, arguments) }
  let exception = try vm.newException(id, arguments: vm.newTuple(arguments.base, arguments.count))
  if id == .baseExceptionGroup || id == .exceptionGroup { try vm.fillExceptionGroup(exception.unchecked(ExceptionObject.self)) }
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (arguments.count &+ 2 &* index)
    _ = try exceptionSetAttribute(vm, exception, vm.intern(pair[0]), pair[1])
  }
  return exception
}

/// `super().__init__(…)` of a subclass ends here: sets `args`.
private func exceptionInit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if let exception = vm.exceptionObject(arguments[0]) {
    exception.pointee.arguments = try vm.newTuple(arguments.base + 1, arguments.count &- 1)
  }
  return .none
}

private func exceptionAddNote(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isString(arguments[1]) else { try vm.raise(.typeError, "note must be a str, not '%t'", arguments[1]) }
  var notes = try exceptionGetAttribute(vm, arguments[0], .__notes__)
  if notes.isNull {
    notes = Value(try vm.newList())
    _ = try exceptionSetAttribute(vm, arguments[0], .__notes__, notes)
  }
  guard notes.isObject(.list) else { try vm.raise(.typeError, "Cannot add note: __notes__ is not a list") }
  try vm.listAppend(notes.unchecked(ListObject.self), arguments[1])
  return .none
}

private func exceptionWithTraceback(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try setTraceback(vm, arguments[0].unchecked(ExceptionObject.self), arguments[1])
  return arguments[0]
}

/// A traceback as programs see it: file, line and function name of each place, innermost first.
private func tracebackTuple(_ vm: VM, _ exception: Ref<ExceptionObject>) throws(PyError) -> Value {
  guard exception.pointee.traceback.isObject(.list) else { return .none }
  let tuple = try vm.newTuple(from: exception.pointee.traceback)
  let list = exception.pointee.traceback.unchecked(ListObject.self)
  let items = TupleObject.items(tuple.unchecked(TupleObject.self))
  for index in stride(from: 0, to: list.pointee.count &- 2, by: 3) {
    let place = vm.tracebackPlace(list, index)
    items[index] = place.file
    items[index &+ 1] = place.line
  }
  return tuple
}

/// Programs see a traceback as a tuple: a copy, for the engine trusts its own list.
private func setTraceback(_ vm: VM, _ exception: Ref<ExceptionObject>, _ new: Value) throws(PyError) {
  if new == .none {
    exception.pointee.traceback = .null
  } else if new.isObject(.tuple) {
    exception.pointee.traceback = Value(try vm.newList(from: new))
  } else {
    try vm.raise(.typeError, "__traceback__ must be a traceback or None")
  }
}

private func exceptionGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let exception = value.unchecked(ExceptionObject.self)
  if exception.pointee.attributes.isObject(.dict) {
    let own = vm.dictGet(exception.pointee.attributes.unchecked(DictObject.self), name)
    if !own.isNull { return own }
  }
  let arguments = exception.pointee.arguments.unchecked(TupleObject.self)
  let items = TupleObject.items(arguments)
  let count = arguments.pointee.count
  switch name {
  case Qstr.args: return exception.pointee.arguments
  case Qstr.value: return count > 0 ? items[0] : .none
  case Qstr.errno: return count > 0 ? items[0] : .none
  case Qstr.strerror: return vm.isSubclass(vm.type(of: value), Value(type: .osError)) ? (count > 1 ? items[1] : .none) : .null
  case Qstr.filename: return vm.isSubclass(vm.type(of: value), Value(type: .osError)) ? (count > 2 ? items[2] : .none) : .null
  case Qstr.code: return vm.isSubclass(vm.type(of: value), Value(type: .systemExit)) ? (count > 0 ? items[0] : .none) : .null
  case Qstr.__cause__: return exception.pointee.cause.isNull ? .none : exception.pointee.cause
  case Qstr.__context__: return exception.pointee.context.isNull ? .none : exception.pointee.context
  case Qstr.__suppress_context__: return Value(exception.pointee.suppressesContext)
  case Qstr.__traceback__: return try tracebackTuple(vm, exception)
  case Qstr.__dict__:
    if !exception.pointee.attributes.isObject(.dict) { exception.pointee.attributes = Value(try vm.newDict()) }
    return exception.pointee.attributes
  default: return .null
  }
}

private func exceptionSetAttribute(_ vm: VM, _ value: Value, _ name: Qstr, _ new: Value) throws(PyError) -> Bool {
  let exception = value.unchecked(ExceptionObject.self)
  switch name {
  case Qstr.args where !new.isNull:
    let list = try vm.newList()
    try vm.listExtend(list, new)
    exception.pointee.arguments = try vm.newTuple(list.pointee.items, list.pointee.count)
    return true
  case Qstr.__cause__ where !new.isNull:
    exception.pointee.cause = new == .none ? .null : new
    exception.pointee.suppressesContext = true
    return true
  case Qstr.__context__ where !new.isNull:
    exception.pointee.context = new == .none ? .null : new
    return true
  case Qstr.__suppress_context__ where !new.isNull:
    exception.pointee.suppressesContext = try vm.isTrue(new)
    return true
  case Qstr.__traceback__ where !new.isNull:
    if new == .none && vm.heap.lockDepth > 0 && exception.pointee.traceback.isObject(.list) {
      // The list serves for the next traceback: a new one can't be made.
      exception.pointee.traceback.unchecked(ListObject.self).pointee.count = 0
      return true
    }
    try setTraceback(vm, exception, new)
    return true
  default: break
  }
  if !exception.pointee.attributes.isObject(.dict) { exception.pointee.attributes = Value(try vm.newDict()) }
  let attributes = exception.pointee.attributes.unchecked(DictObject.self)
  if new.isNull { return try !vm.dictRemove(attributes, Value(name)).isNull }
  try vm.dictSet(attributes, name, new)
  return true
}

extension VM {
  /// `str(exception)` or `repr(exception)`: `name` is the name of its class.
  func printException(_ exception: Ref<ExceptionObject>, _ name: Qstr, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
    let arguments = exception.pointee.arguments.unchecked(TupleObject.self)
    let items = TupleObject.items(arguments)
    let count = arguments.pointee.count
    let type = exception.pointee.header.uncheckedType
    if kind == .str {
      if count == 0 { return }
      if isSubclass(Value(type: type), Value(type: .osError)) && (count == 2 || count == 3 || count == 1) {
        if count == 1, items[0].isSmallInt, let text = errnoName(items[0].uncheckedSmallInt) {
          try builder.append("[Errno ")
          try builder.append(decimal: items[0].uncheckedSmallInt)
          try builder.append("] ")
          return try builder.append(text)
        }
        if count >= 2 {
          try builder.append("[Errno ")
          try print(items[0], &builder, .str)
          try builder.append("] ")
          // Without a message the number's name stands for it.
          if count == 2, items[1] == Value(Qstr.empty), items[0].isSmallInt, let text = errnoName(items[0].uncheckedSmallInt) {
            return try builder.append(text)
          }
          try print(items[1], &builder, .str)
          if count == 3 {
            try builder.append(": ")
            try print(items[2], &builder, .repr)
          }
          return
        }
      }
      if count == 1 { return try print(items[0], &builder, type == .keyError ? .repr : .str) }
      if count == 2 && (type == .exceptionGroup || type == .baseExceptionGroup) {
        let members = try length(items[1])
        try print(items[0], &builder, .str)
        try builder.append(" (")
        try builder.append(decimal: members)
        return try builder.append(members == 1 ? " sub-exception)" : " sub-exceptions)")
      }
      return try print(exception.pointee.arguments, &builder, .repr)
    }
    try builder.append(name)
    try print(exception.pointee.arguments, &builder, .repr)
  }

  /// Writes an uncaught exception as MicroPython does: causes first, then the traceback, then `Type: text`.
  public func printTraceback(_ value: Value, _ builder: inout StringBuilder, depth: Int = 0) throws(PyError) {
    guard let exception = exceptionObject(value) else { return try print(value, &builder, .str) }
    if depth < 16 {
      if !exception.pointee.cause.isNull {
        try printTraceback(exception.pointee.cause, &builder, depth: depth &+ 1)
        try builder.append("\nThe above exception was the direct cause of the following exception:\n\n")
      } else if !exception.pointee.context.isNull && !exception.pointee.suppressesContext && interpreter.pointee.showsContext {
        try printTraceback(exception.pointee.context, &builder, depth: depth &+ 1)
        try builder.append("\nDuring handling of the above exception, another exception occurred:\n\n")
      }
    }
    var remaining = try tracebackLimit()
    if exception.pointee.traceback.isObject(.list), remaining > 0, exception.pointee.traceback.unchecked(ListObject.self).pointee.count > 0
    {
      let list = exception.pointee.traceback.unchecked(ListObject.self)
      try builder.append("Traceback (most recent call last):\n")
      var index = list.pointee.count &- 3
      while index >= 0 && remaining > 0 {
        remaining &-= 1
        let place = tracebackPlace(list, index)
        try builder.append("  File \"")
        try print(place.file, &builder, .str)
        try builder.append("\", line ")
        try print(place.line, &builder, .str)
        if list.pointee.items[index &+ 2] != Value(Qstr.empty) {
          try builder.append(", in ")
          try print(list.pointee.items[index &+ 2], &builder, .str)
        }
        try builder.append(byte: 10)
        index &-= 3
      }
    }
    try builder.append(typeName(of: value))
    let text = try str(value)
    try builder.append(": ")
    try builder.append(uncheckedText(text))
    try builder.append(byte: 10)
    let notes = try findAttribute(value, .__notes__)
    if notes.isObject(.list) {
      let list = notes.unchecked(ListObject.self)
      for index in 0..<list.pointee.count {
        try print(list.pointee.items[index], &builder, .str)
        try builder.append(byte: 10)
      }
    }
  }

  /// `sys.tracebacklimit`, if a program set it: how many places of a traceback are printed.
  private func tracebackLimit() throws(PyError) -> Int {
    if !interpreter.pointee.moduleOverrides.isObject(.dict) { return Int.max }
    let limit = try findModuleAttribute(builtinModule(.sys), Qstr.tracebacklimit)
    return limit.isSmallInt ? limit.uncheckedSmallInt : Int.max
  }

  /// True if an `OSError`'s number is one that the OSError subclass `type` stands for.
  func errnoMatches(_ value: Value, _ type: Value) -> Bool {
    guard type.isImmediate(.type), let exception = exceptionObject(value), exception.pointee.header.uncheckedType == .osError else {
      return false
    }
    let arguments = exception.pointee.arguments.unchecked(TupleObject.self)
    guard arguments.pointee.count > 0, TupleObject.items(arguments)[0].isSmallInt else { return false }
    let number = TupleObject.items(arguments)[0].uncheckedSmallInt
    switch uncheckedTypeID(type) {
    case .fileNotFoundError: return number == 2
    case .fileExistsError: return number == 17
    case .permissionError: return number == 1 || number == 13
    case .isADirectoryError: return number == 21
    case .notADirectoryError: return number == 20
    case .blockingIOError: return number == 11 || number == 114 || number == 115
    case .brokenPipeError: return number == 32
    case .childProcessError: return number == 10
    case .connectionAbortedError: return number == 103
    case .connectionRefusedError: return number == 111
    case .connectionResetError: return number == 104
    case .connectionError: return number == 32 || number == 103 || number == 104 || number == 111
    case .interruptedError: return number == 4
    case .processLookupError: return number == 3
    case .timeoutError: return number == 110
    default: return false
    }
  }

  /// The name of an error number, as the module `errno` has it.
  public func errnoName(_ number: Int) -> StaticString? {
    switch number {
    case 1: "EPERM"
    case 2: "ENOENT"
    case 5: "EIO"
    case 9: "EBADF"
    case 11: "EAGAIN"
    case 12: "ENOMEM"
    case 13: "EACCES"
    case 17: "EEXIST"
    case 19: "ENODEV"
    case 21: "EISDIR"
    case 22: "EINVAL"
    case 95: "EOPNOTSUPP"
    case 98: "EADDRINUSE"
    case 103: "ECONNABORTED"
    case 104: "ECONNRESET"
    case 105: "ENOBUFS"
    case 107: "ENOTCONN"
    case 110: "ETIMEDOUT"
    case 111: "ECONNREFUSED"
    case 113: "EHOSTUNREACH"
    case 114: "EALREADY"
    case 115: "EINPROGRESS"
    default: nil
    }
  }
}
