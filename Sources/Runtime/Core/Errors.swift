// Raising Python exceptions from Swift. Every factory is out of line: a `throw` at the site of the error would cost the fast paths.

extension VM {
  /// Raises with a fixed message.
  @inline(never) public func raise(_ type: TypeID, _ message: StaticString) throws(PyError) -> Never {
    throw error(type, message)
  }

  /// Raises with a message made from a format: `%s` a value as text, `%r` its repr, `%t` the name of its type, `%%` a percent sign; each
  /// directive takes the next value.
  @inline(never) public func raise(_ type: TypeID, _ format: StaticString, _ a: Value, _ b: Value = .null, _ c: Value = .null)
    throws(PyError) -> Never
  {
    if heap.lockDepth == 0 {
      do throws(PyError) { throw PyError(try newException(type, message: formatted(format, a, b, c))) } catch {
        guard error.value == interpreter.pointee.memoryError else { throw error }
      }
    }
    var builder = StringBuilder(self)
    try? append(format, a, b, c, to: &builder)
    throw PyError(reservedException(type, text: builder.text))
  }

  /// Raises without arguments.
  @inline(never) public func raise(_ type: TypeID) throws(PyError) -> Never {
    throw PyError(try newException(type, arguments: interpreter.pointee.emptyTuple))
  }

  /// Raises with one argument, which need not be text.
  @inline(never) public func raise(_ type: TypeID, argument: Value) throws(PyError) -> Never {
    throw PyError(try newException(type, arguments: newTuple(argument)))
  }

  @inline(never) public func raiseOSError(_ errno: Int) throws(PyError) -> Never { try raise(.osError, argument: Value(smallInt: errno)) }

  /// `'T' object has no attribute 'name'`.
  @inline(never) public func raiseNoAttribute(_ object: Value, _ name: Qstr) throws(PyError) -> Never {
    if isClass(object) { try raise(.attributeError, "type object '%s' has no attribute '%s'", Value(className(object)), Value(name)) }
    if typeID(of: object) == .module { try raise(.attributeError, "'module' object has no attribute '%s'", Value(name)) }
    try raise(.attributeError, "'%t' object has no attribute '%s'", object, Value(name))
  }

  public func error(_ type: TypeID, _ message: StaticString) -> PyError {
    if heap.lockDepth == 0 {
      do throws(PyError) { return PyError(try newException(type, message: newString(message))) } catch {
        guard error.value == interpreter.pointee.memoryError else { return error }
      }
    }
    return PyError(reservedException(type, text: Text(message)))
  }

  /// MemoryError for a request of so many bytes; the exception was made in advance.
  @inline(never) public func outOfMemory(_ size: Int) -> PyError {
    let value = interpreter.pointee.memoryError
    // While the interpreter is being made there is none: whoever makes it only learns that it failed.
    if value.isNull { return PyError(value) }
    let exception = value.unchecked(ExceptionObject.self)
    exception.pointee.traceback = .null
    exception.pointee.isTracebackFull = false
    exception.pointee.cause = .null
    exception.pointee.context = .null
    return PyError(value)
  }

  @inline(never) func formatted(_ format: StaticString, _ a: Value, _ b: Value, _ c: Value) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    try append(format, a, b, c, to: &builder)
    return try builder.finish()
  }

  private func append(_ format: StaticString, _ a: Value, _ b: Value, _ c: Value, to builder: inout StringBuilder) throws(PyError) {
    let text = Text(format)
    var next = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      index &+= 1
      if byte != 37 || index >= text.count {
        try builder.append(byte: byte)
        continue
      }
      let directive = text[index]
      index &+= 1
      if directive == 37 {
        try builder.append(byte: 37)
        continue
      }
      let value = next == 0 ? a : next == 1 ? b : c
      next &+= 1
      switch directive {
      case 116: try builder.append(typeName(of: value))
      case 114: try print(value, &builder, .repr)
      default: try print(value, &builder, .str)
      }
    }
  }

  /// The name of a value's type.
  public func typeName(of value: Value) -> Qstr { className(type(of: value)) }

  // MARK: Exceptions as values

  /// A new exception of a built-in type with one text argument.
  func newException(_ type: TypeID, message: Value) throws(PyError) -> Value { try newException(type, arguments: newTuple(message)) }

  func newException(_ type: TypeID, arguments: Value) throws(PyError) -> Value {
    if heap.lockDepth > 0 { return reservedException(type, arguments: arguments) }
    let object = try allocate(ExceptionObject.self)
    object.initialize(
      to: ExceptionObject(
        header: ObjectHeader(type), arguments: arguments, traceback: .null, cause: .null, context: .null, attributes: .null,
        suppressesContext: false))
    return Value(object)
  }

  /// An exception made by a program while the heap is locked: it keeps one argument, or none if there are more.
  func reservedException(_ type: TypeID, _ given: Arguments) -> Value {
    given.count == 1 ? reservedException(type, argument: given[0]) : reservedException(type, arguments: interpreter.pointee.emptyTuple)
  }

  private func reservedException(_ type: TypeID, argument: Value) -> Value {
    let arguments = reserve(ExceptionReserve.arguments)
    TupleObject.items(arguments.unchecked(TupleObject.self))[0] = argument
    return reservedException(type, arguments: arguments)
  }

  /// With as much of the message as the reserve has room for: none before `micropython.alloc_emergency_exception_buf`.
  private func reservedException(_ type: TypeID, text: Text) -> Value {
    let message = reserve(ExceptionReserve.messages)
    guard message.isObject(.str), text.count > 0 else { return reservedException(type, arguments: interpreter.pointee.emptyTuple) }
    let object = message.unchecked(TextObject.self)
    var count = min(text.count, heap.size(of: UnsafeMutableRawPointer(object)) &- TextObject.headerSize)
    // Never half a character.
    while count < text.count && count > 0 && text[count] & 0xc0 == 0x80 { count &-= 1 }
    TextObject.bytes(object).update(from: text.start, count: count)
    object.pointee.hash = 0
    object.pointee.countAndFlag = UInt32(truncatingIfNeeded: count) | (text.isASCII ? 0x8000_0000 : 0)
    return reservedException(type, argument: message)
  }

  /// The part of the reserve that the next reserved exception uses.
  private func reserve(_ part: Int) -> Value {
    TupleObject.items(interpreter.pointee.reservedExceptions.unchecked(TupleObject.self))[part &+ interpreter.pointee.nextReserved]
  }

  /// Makes room for messages and tracebacks of reserved exceptions. Allocates.
  func growExceptionReserve(_ byteCount: Int) throws(PyError) {
    let items = TupleObject.items(interpreter.pointee.reservedExceptions.unchecked(TupleObject.self))
    for index in 0..<ExceptionReserve.count {
      let count = max(byteCount / ExceptionReserve.count, 32)
      items[ExceptionReserve.messages &+ index] = Value(try newTextObject(.str, count: count, isASCII: true))
      items[ExceptionReserve.tracebacks &+ index] = Value(try newList(capacity: 6))
    }
  }

  /// An exception for use while the heap is locked: one of a few, in turn.
  private func reservedException(_ type: TypeID, arguments: Value) -> Value {
    interpreter.pointee.memoryNotes.insert(.shortened)
    let value = reserve(ExceptionReserve.exceptions)
    var traceback = reserve(ExceptionReserve.tracebacks)
    if traceback.isObject(.list) { traceback.unchecked(ListObject.self).pointee.count = 0 } else { traceback = .null }
    value.unchecked(ExceptionObject.self).initialize(
      to: ExceptionObject(
        header: ObjectHeader(type), arguments: arguments, traceback: traceback, cause: .null, context: .null, attributes: .null,
        suppressesContext: false))
    interpreter.pointee.nextReserved = (interpreter.pointee.nextReserved &+ 1) % ExceptionReserve.count
    return value
  }

  /// The exception object behind an exception instance, be it of a built-in type or of a Python subclass; nil if it is no exception.
  public func exceptionObject(_ value: Value) -> Ref<ExceptionObject>? {
    guard value.isObject else { return nil }
    let header = value.uncheckedHeader.pointee
    if header.isInstance {
      guard header.uncheckedShape.pointee.owner.pointee.flags.contains(ClassFlags.exception) else { return nil }
      let native = nativeValue(value)
      return native.isNull ? nil : native.unchecked(ExceptionObject.self)
    }
    return isException(header.uncheckedType) ? value.unchecked(ExceptionObject.self) : nil
  }

  /// True if the error is an instance of the built-in exception type or of a subclass.
  public func matches(_ error: PyError, _ type: TypeID) -> Bool { isSubclass(self.type(of: error.value), Value(type: type)) }

  @inline(__always) func isException(_ type: TypeID) -> Bool {
    type.number >= TypeID.firstException.number && type.number < TypeID.exceptionLimit
  }
}

/// The parts of `Interpreter.reservedExceptions`, `count` items each.
enum ExceptionReserve {
  static var count: Int { 4 }
  static var exceptions: Int { 0 }
  /// Tuples of one item.
  static var arguments: Int { 4 }
  /// Strings to be overwritten, or null.
  static var messages: Int { 8 }
  /// Lists with room for some entries, or null.
  static var tracebacks: Int { 12 }
}

extension VM {
  /// A new exception with a fixed message.
  public func newException(_ type: TypeID, text: StaticString) throws(PyError) -> Value { try newException(type, message: newString(text)) }

  /// Adds a place without a function name, as a syntax error has, to an exception's traceback.
  public func addTraceback(_ value: Value, file: Text, line: Int) throws(PyError) {
    guard let exception = exceptionObject(value) else { return }
    if exception.pointee.traceback.isNull { exception.pointee.traceback = Value(try newList(capacity: 3)) }
    let list = exception.pointee.traceback.unchecked(ListObject.self)
    try listAppend(list, newString(file))
    try listAppend(list, Value(smallInt: line))
    try listAppend(list, Value(Qstr.empty))
  }
}
