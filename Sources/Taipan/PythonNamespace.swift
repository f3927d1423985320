// Globals and modules: names that Swift reads, sets and fills with functions.
import Runtime

/// A Swift function that Python can call. It gets its arguments and may throw an exception for its caller to catch.
public typealias PythonFunction = (PythonArguments) throws(PythonError) -> PythonValue

/// The arguments of a call from Python.
public struct PythonArguments {
  /// The interpreter that calls. (A function that captured it would keep it alive for ever.)
  public let python: Python
  public let positional: [PythonValue]
  /// Keyword arguments, in the order of the call.
  public let keywords: [PythonEntry]

  public var count: Int { positional.count }

  /// A positional argument as a Swift type; TypeError if it is absent or of another type.
  public func get<Argument: PythonConvertible>(_ index: Int, as type: Argument.Type = Argument.self) throws(PythonError) -> Argument {
    guard index < positional.count else { throw PythonError(.typeError, "function missing required positional argument") }
    return try python.converted(positional[index])
  }

  /// A keyword argument as a Swift type, or the value given; TypeError if it is of another type.
  public func get<Argument: PythonConvertible>(_ keyword: String, default standard: Argument) throws(PythonError) -> Argument {
    for entry in keywords where entry.key == .string(keyword) { return try python.converted(entry.value) }
    return standard
  }

  /// TypeError unless there are exactly so many positional arguments and no others.
  public func require(count: Int) throws(PythonError) {
    if !keywords.isEmpty { throw PythonError(.typeError, "function doesn't take keyword arguments") }
    if positional.count != count {
      throw PythonError(
        .typeError, "function takes " + String(count) + " positional arguments but " + String(positional.count) + " were given")
    }
  }
}

/// The names of a module, `__main__` among them.
public struct PythonNamespace {
  let python: Python
  // A module in `sys.modules` keeps its dict alive; should a program remove the module there, the handle still does.
  let owner: PythonObject?
  private let fixed: Ref<DictObject>

  init(_ python: Python, _ globals: Ref<DictObject>) {
    self.python = python
    fixed = globals
    owner = try? python.handle(Value(globals))
  }

  /// The value of a name; nil if there is none.
  public func get(_ name: String) throws(PythonError) -> PythonValue? {
    try python.entering { (vm) throws(PyError) in
      let value = vm.dictGet(fixed, try vm.intern(name))
      return value.isNull ? nil : try python.exported(value)
    }
  }

  /// The value of a name as a Swift type. NameError if there is none, TypeError if it is of another type.
  public func get<Result: PythonConvertible>(_ name: String, as type: Result.Type) throws(PythonError) -> Result {
    guard let value = try get(name) else { throw PythonError(.nameError, "name '" + name + "' isn't defined") }
    return try python.converted(value)
  }

  /// A handle to what a name stands for. NameError if there is none.
  public func object(_ name: String) throws(PythonError) -> PythonObject {
    try python.entering { (vm) throws(PyError) in try python.handle(found(name)) }
  }

  public func set(_ name: String, to value: PythonValue) throws(PythonError) {
    try python.entering { (vm) throws(PyError) in try vm.dictSet(fixed, vm.intern(name), python.imported(value)) }
  }

  public func set<Content: PythonConvertible>(_ name: String, to value: Content) throws(PythonError) {
    try set(name, to: value.pythonValue)
  }

  /// Calls the function of that name.
  @discardableResult public func call(_ name: String, _ arguments: [PythonValue], keywords: [PythonEntry] = []) throws(PythonError)
    -> PythonValue
  {
    try python.entering { (vm) throws(PyError) in try python.exported(python.call(found(name), arguments, keywords)) }
  }

  private func found(_ name: String) throws(PyError) -> Value {
    let vm = python.vm
    let value = vm.dictGet(fixed, try vm.intern(name))
    if value.isNull { try vm.raise(.nameError, "name '%s' isn't defined", vm.newString(of: name)) }
    return value
  }

  /// Gives a Swift function a name in Python. It lives as long as the interpreter.
  public func define(_ name: String, _ function: @escaping PythonFunction) throws(PythonError) {
    let number = python.register(function)
    try python.entering { (vm) throws(PyError) in
      let qstr = try vm.intern(name)
      try vm.dictSet(fixed, qstr, vm.newEmbedderFunction(number, name: qstr))
    }
  }
}

// MARK: Functions of Swift types

extension PythonNamespace {
  public func define<Result: PythonConvertible>(_ name: String, _ function: @escaping () throws(PythonError) -> Result) throws(PythonError)
  {
    try define(name) { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      try arguments.require(count: 0)
      return try function().pythonValue
    }
  }

  public func define<A: PythonConvertible, Result: PythonConvertible>(
    _ name: String, _ function: @escaping (A) throws(PythonError) -> Result
  ) throws(PythonError) {
    try define(name) { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      try arguments.require(count: 1)
      return try function(arguments.get(0)).pythonValue
    }
  }

  public func define<A: PythonConvertible, B: PythonConvertible, Result: PythonConvertible>(
    _ name: String, _ function: @escaping (A, B) throws(PythonError) -> Result
  ) throws(PythonError) {
    try define(name) { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      try arguments.require(count: 2)
      return try function(arguments.get(0), arguments.get(1)).pythonValue
    }
  }

  public func define<A: PythonConvertible, B: PythonConvertible, C: PythonConvertible, Result: PythonConvertible>(
    _ name: String, _ function: @escaping (A, B, C) throws(PythonError) -> Result
  ) throws(PythonError) {
    try define(name) { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      try arguments.require(count: 3)
      return try function(arguments.get(0), arguments.get(1), arguments.get(2)).pythonValue
    }
  }
}
