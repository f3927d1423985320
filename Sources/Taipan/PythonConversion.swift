// Values of the engine to values of the border and back. All functions here run inside `entering`.
import Runtime

extension Python {
  /// Containers nested deeper than this stay handles, as do cycles.
  private static var depthLimit: Int { 32 }

  /// A copy of a value, or a handle.
  func exported(_ value: Value, depth: Int = 0) throws(PyError) -> PythonValue {
    if value == .none { return .none }
    if value.isBool { return .bool(value == .true) }
    if value.isSmallInt { return .int(value.uncheckedSmallInt) }
    if let float = vm.plainFloat(value) { return .float(Double(float)) }
    if value.isName || value.isObject(.str) { return .string(vm.string(value)) }
    guard value.isObject else { return .object(try handle(value)) }
    if value.isObject(.int), let integer = vm.machineInt(value) { return .int(integer) }
    if value.isObject(.bytes) {
      let text = vm.uncheckedText(value)
      return .bytes([UInt8](UnsafeBufferPointer(start: text.start, count: text.count)))
    }
    if depth < Python.depthLimit {
      if value.isObject(.list) { return .list(try exportedItems(value, depth)) }
      if value.isObject(.tuple) { return .tuple(try exportedItems(value, depth)) }
      if value.isObject(.dict) { return .dict(try exportedEntries(value, depth)) }
    }
    return .object(try handle(value))
  }

  /// The items of a list or tuple. Exporting runs no Python code, but may collect.
  private func exportedItems(_ value: Value, _ depth: Int) throws(PyError) -> [PythonValue] {
    var items: [PythonValue] = []
    var index = 0
    while true {
      let item: Value
      if value.isObject(.list) {
        let list = value.unchecked(ListObject.self)
        if index >= list.pointee.count { return items }
        item = list.pointee.items[index]
      } else {
        let tuple = value.unchecked(TupleObject.self)
        if index >= tuple.pointee.count { return items }
        item = TupleObject.items(tuple)[index]
      }
      items.append(try exported(item, depth: depth + 1))
      index += 1
    }
  }

  private func exportedEntries(_ value: Value, _ depth: Int) throws(PyError) -> [PythonEntry] {
    var entries: [PythonEntry] = []
    let dict = value.unchecked(DictObject.self)
    var position = vm.dictNext(dict, 0)
    while position >= 0, let stored = dict.pointee.entries {
      let entry = stored[position]
      entries.append(PythonEntry(try exported(entry.key, depth: depth + 1), try exported(entry.value, depth: depth + 1)))
      position = vm.dictNext(dict, position + 1)
    }
    return entries
  }

  /// A new Python value with the same content. Allocates.
  func imported(_ value: PythonValue) throws(PyError) -> Value {
    switch value {
    case .none: return Value.none
    case .bool(let bool): return Value(bool)
    case .int(let integer): return try vm.newInt(integer)
    case .float(let float): return try vm.newFloat(PyFloat(float))
    case .string(let string): return try vm.newString(of: string)
    case .bytes(let bytes): return try importedBytes(bytes)
    case .list(let items): return Value(try importedList(items))
    case .tuple(let items):
      let list = try importedList(items)
      return try vm.newTuple(list.pointee.items, list.pointee.count)
    case .dict(let entries):
      let dict = try vm.newDict(capacity: entries.count)
      for entry in entries { try vm.dictSet(dict, imported(entry.key), imported(entry.value)) }
      return Value(dict)
    case .object(let object):
      guard object.python === self else { try vm.raise(.valueError, "object of another interpreter") }
      return object.value
    }
  }

  private func importedList(_ items: [PythonValue]) throws(PyError) -> Ref<ListObject> {
    let list = try vm.newList(capacity: items.count)
    for item in items { try vm.listAppend(list, imported(item)) }
    return list
  }

  private func importedBytes(_ bytes: [UInt8]) throws(PyError) -> Value {
    let object = try vm.newTextObject(.bytes, count: bytes.count, isASCII: false)
    for index in bytes.indices { TextObject.bytes(object)[index] = bytes[index] }
    return Value(object)
  }

  // MARK: Errors

  /// The Swift error for a Python exception.
  func swiftError(_ error: PyError) -> PythonError {
    let kind = PythonError.Kind(vm.string(vm.typeName(of: error.value)))
    do throws(PyError) {
      let message = try vm.string(vm.str(error.value))
      var builder = StringBuilder(vm)
      try vm.printTraceback(error.value, &builder)
      return PythonError(kind, message, traceback: vm.string(builder.text), exception: try handle(error.value))
    } catch {
      // No memory to say more, or a `__str__` that raises.
      return PythonError(kind, "")
    }
  }

  /// The Python exception for a Swift error: the original one if it came from this interpreter.
  func pythonError(_ error: PythonError) -> PyError {
    if let exception = error.exception, exception.python === self { return PyError(exception.value) }
    do throws(PyError) {
      let builtins = try vm.importModule(Text("builtins"))
      let found = try vm.findAttribute(builtins, vm.intern(error.kind.name))
      let isUsable = !found.isNull && vm.isClass(found) && vm.isSubclass(found, Value(type: TypeID.baseException))
      let type = isUsable ? found : Value(type: TypeID.runtimeError)
      return PyError(try error.message.isEmpty ? vm.call(type) : vm.call(type, vm.newString(of: error.message)))
    } catch {
      return error
    }
  }
}

extension VM {
  /// The text of a `str`.
  func string(_ value: Value) -> String { string(uncheckedText(value)) }
  func string(_ name: Qstr) -> String { string(text(name)) }
  func string(_ text: Text) -> String { String(decoding: UnsafeBufferPointer(start: text.start, count: text.count), as: UTF8.self) }

  /// Calls with the text of a Swift string, valid during the call.
  func withText<Result>(_ string: String, _ body: (Text) throws(PyError) -> Result) throws(PyError) -> Result {
    let bytes = [UInt8](string.utf8)
    // The closure below is always called and replaces this.
    var outcome = Swift.Result<Result, PyError>.failure(PyError(.none))
    bytes.withUnsafeBufferPointer { buffer in
      let isASCII = buffer.allSatisfy { $0 < 0x80 }
      let text = buffer.baseAddress.map { Text(start: $0, count: buffer.count, isASCII: isASCII) } ?? Text("")
      do throws(PyError) { outcome = .success(try body(text)) } catch { outcome = .failure(error) }
    }
    return try outcome.get()
  }

  func newString(of string: String) throws(PyError) -> Value { try withText(string) { (text) throws(PyError) in try newString(text) } }
  func intern(_ string: String) throws(PyError) -> Qstr { try withText(string) { (text) throws(PyError) in try intern(text) } }

  /// `import name`.
  func importModule(_ name: Text) throws(PyError) -> Value { try importModule(name, from: .true, level: 0, globals: nil) }
}
