// Handles: Python objects that Swift keeps alive.
import Runtime

/// A handle to a Python object, which lives at least as long as the handle. It keeps its interpreter alive too, and must be used and
/// released on the thread that uses the interpreter.
public final class PythonObject {
  /// The interpreter whose object this is.
  public let python: Python
  let slot: Int

  init(_ python: Python, slot: Int) {
    self.python = python
    self.slot = slot
  }

  deinit { python.releaseRoot(slot) }

  /// The object's own word.
  var value: Value { python.root(slot) }

  /// Calls the object.
  @discardableResult public func callAsFunction(_ arguments: PythonValue...) throws(PythonError) -> PythonValue { try call(arguments) }

  /// Calls the object with positional and keyword arguments.
  @discardableResult public func call(_ arguments: [PythonValue], keywords: [PythonEntry] = []) throws(PythonError) -> PythonValue {
    try python.entering { (vm) throws(PyError) in try self.python.exported(self.python.call(self.value, arguments, keywords)) }
  }

  /// Calls a method by name.
  @discardableResult public func call(method name: String, _ arguments: PythonValue...) throws(PythonError) -> PythonValue {
    try python.entering { (vm) throws(PyError) in
      try self.python.exported(self.python.call(vm.getAttribute(self.value, vm.intern(name)), arguments, []))
    }
  }

  /// The value of an attribute.
  public func attribute(_ name: String) throws(PythonError) -> PythonValue {
    try python.entering { (vm) throws(PyError) in try self.python.exported(vm.getAttribute(self.value, vm.intern(name))) }
  }

  public func setAttribute(_ name: String, to value: PythonValue) throws(PythonError) {
    try python.entering { (vm) throws(PyError) in try vm.setAttribute(self.value, vm.intern(name), self.python.imported(value)) }
  }

  /// `object[key]`.
  public func item(_ key: PythonValue) throws(PythonError) -> PythonValue {
    try python.entering { (vm) throws(PyError) in try self.python.exported(vm.getItem(self.value, self.python.imported(key))) }
  }

  /// `object[key] = value`.
  public func setItem(_ key: PythonValue, to value: PythonValue) throws(PythonError) {
    try python.entering { (vm) throws(PyError) in try vm.setItem(self.value, self.python.imported(key), self.python.imported(value)) }
  }

  /// `repr(object)`.
  public func representation() throws(PythonError) -> String {
    try python.entering { (vm) throws(PyError) in try vm.string(vm.repr(self.value)) }
  }

  /// A copy in Swift of what can be copied; the handle itself otherwise.
  public func copied() throws(PythonError) -> PythonValue {
    try python.entering { (vm) throws(PyError) in try self.python.exported(self.value) }
  }

  /// The name of the object's type.
  public var typeName: String { python.vm.string(python.vm.typeName(of: value)) }
}

/// Handles are equal if they are for the same object.
extension PythonObject: Equatable {
  public static func == (left: PythonObject, right: PythonObject) -> Bool { left.python === right.python && left.value == right.value }
}
