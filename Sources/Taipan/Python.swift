// An interpreter as Swift programs use it.
import Platform
import Runtime

/// A Python interpreter.
///
///     let python = try Python()
///     try python.run("def double(x): return 2 * x")
///     let six = try python.call("double", 3)          // PythonValue.int(6)
///
/// A process may have any number of interpreters; they share nothing. One is used by one thread at a time: the simplest way is to make it on the
/// thread that uses it. `interrupter` is the exception and may be used from anywhere.
///
/// In Embedded Swift `init(memory:...)` makes an interpreter in memory of the program's own.
public final class Python {
  /// Where a program writes.
  public enum Stream: Sendable { case output, error }
  /// Receives what a program writes, in UTF-8 and in pieces as it comes.
  public typealias Writer = (_ bytes: UnsafeBufferPointer<UInt8>, _ stream: Stream) -> Void

  /// Receives what `print` and its kin write.
  public var writer: Writer
  /// Gives up to so many bytes of standard input; an empty array is its end. Without one the input is empty.
  public var reader: ((_ maximum: Int) -> [UInt8])?
  /// Stops a running program from another thread, a signal handler or an interrupt.
  public let interrupter: PythonInterrupter

  let vm: VM
  /// Swift functions that Python can call, by number. They live as long as the interpreter.
  private(set) var functions: [PythonFunction] = []
  /// Unused slots of the list of roots.
  private var freeRoots: [Int] = []
  /// How many calls from Swift into Python are under way.
  private var depth = 0
  /// Native stack that a call from Swift may use where the system can't be asked.
  private let nativeStackBytes: Int
  #if canImport(Glibc)
    private var stack = ThreadStack()
  #endif
  private let release: (VM) -> Void

  /// Memory for an interpreter's two structs and its Python stack, and what makes and frees it.
  struct Layout {
    var interpreter: UnsafeMutablePointer<Interpreter>
    var state: UnsafeMutablePointer<ThreadState>
    var stack: UnsafeMutablePointer<Value>
    var stackSlots: Int
    var heap: HeapConfiguration
    var hashSeed: UInt32
    var nativeStackBytes: Int
  }

  /// Makes the interpreter; `release` is called at its end, and at once if it can't be made.
  init(
    _ layout: Layout, configure: (UnsafeMutablePointer<Port>) -> Void, writer: @escaping Writer, release: @escaping (VM) -> Void
  ) throws(PythonError) {
    self.writer = writer
    self.release = release
    nativeStackBytes = layout.nativeStackBytes
    interrupter = PythonInterrupter()
    var configuration = InterpreterConfiguration(
      heap: layout.heap, stack: layout.stack, stackCount: layout.stackSlots, nativeStackBase: UInt(platform_stack_pointer()),
      nativeStackBytes: layout.nativeStackBytes, hashSeed: layout.hashSeed, pending: interrupter.word)
    guard let vm = Python.create(&configuration, layout, configure) else {
      release(VM(layout.state))
      throw PythonError(.memoryError, "no memory for an interpreter")
    }
    self.vm = vm
    vm.interpreter.pointee.userContext = Unmanaged.passUnretained(self).toOpaque()
  }

  /// In a frame of its own, below the base of the native stack.
  @inline(never) private static func create(
    _ configuration: UnsafePointer<InterpreterConfiguration>, _ layout: Layout, _ configure: (UnsafeMutablePointer<Port>) -> Void
  ) -> VM? {
    VM.create(
      configuration,
      configure: { port in
        configure(port)
        setPythonPort(port)
      }, interpreter: layout.interpreter, state: layout.state)
  }

  deinit { release(vm) }

  // MARK: Running programs

  /// Runs statements in `__main__`. Uncaught exceptions are thrown.
  public func run(_ source: String, fileName: String = "<string>") throws(PythonError) {
    try entering { (vm) throws(PyError) in _ = try self.execute(source, fileName, .file) }
  }

  /// Runs statements given as UTF-8 bytes, such as a file's content.
  public func run(bytes source: UnsafeBufferPointer<UInt8>, fileName: String = "<string>") throws(PythonError) {
    let text = source.baseAddress.map { Text(start: $0, count: source.count, isASCII: false) } ?? Text("")
    try entering { (vm) throws(PyError) in
      try vm.withText(fileName) { (name) throws(PyError) in
        let code = try vm.compileSource(text, fileName: name, .file)
        _ = try vm.run(code, vm.interpreter.pointee.main.pointee.globals)
      }
    }
  }

  /// The value of an expression.
  public func evaluate(_ expression: String) throws(PythonError) -> PythonValue {
    try entering { (vm) throws(PyError) in try self.exported(self.execute(expression, "<string>", .expression)) }
  }

  /// The value of an expression as a Swift type. TypeError if it is of another.
  public func evaluate<Result: PythonConvertible>(_ expression: String, as type: Result.Type) throws(PythonError) -> Result {
    try converted(evaluate(expression))
  }

  /// The value of an expression as a handle, be it a copyable value or not.
  public func evaluateObject(_ expression: String) throws(PythonError) -> PythonObject {
    try entering { (vm) throws(PyError) in try self.handle(self.execute(expression, "<string>", .expression)) }
  }

  /// Runs one interactive statement; the value of an expression is printed as at the prompt.
  public func interact(_ statement: String) throws(PythonError) {
    try entering { (vm) throws(PyError) in _ = try self.execute(statement, "<stdin>", .single) }
  }

  /// Runs a file by the interpreter's own access to files, with `__file__` set.
  public func run(file path: String) throws(PythonError) {
    try entering { (vm) throws(PyError) in
      let name = try vm.newString(of: path)
      let globals = vm.interpreter.pointee.main.pointee.globals
      try vm.dictSet(globals, vm.intern("__file__"), name)
      try vm.runFile(name, globals)
    }
  }

  private func execute(_ source: String, _ fileName: String, _ mode: CompileMode) throws(PyError) -> Value {
    try vm.withText(source) { (text) throws(PyError) in
      try vm.withText(fileName) { (name) throws(PyError) in
        let code = try vm.compileSource(text, fileName: name, mode)
        return try vm.run(code, vm.interpreter.pointee.main.pointee.globals)
      }
    }
  }

  // MARK: Names

  /// The names of `__main__`.
  public var globals: PythonNamespace { PythonNamespace(self, vm.interpreter.pointee.main.pointee.globals) }

  /// A new module of Swift functions and values that programs import by this name.
  public func makeModule(_ name: String) throws(PythonError) -> PythonNamespace {
    try entering { (vm) throws(PyError) in
      let qstr = try vm.intern(name)
      let module = try vm.newModule(qstr)
      try vm.dictSet(vm.interpreter.pointee.loadedModules, qstr, Value(module))
      return PythonNamespace(self, module.pointee.globals)
    }
  }

  /// Imports a module.
  public func importModule(_ name: String) throws(PythonError) -> PythonObject {
    try entering { (vm) throws(PyError) in
      try vm.withText(name) { (text) throws(PyError) in try self.handle(vm.importModule(text)) }
    }
  }

  /// Calls a function of `__main__`.
  @discardableResult public func call(_ name: String, _ arguments: PythonValue...) throws(PythonError) -> PythonValue {
    try globals.call(name, arguments)
  }

  /// The folders in which `import` looks (`sys.path`).
  public func setSearchPath(_ folders: [String]) throws(PythonError) {
    try entering { (vm) throws(PyError) in vm.interpreter.pointee.path = try self.imported(folders.pythonValue) }
  }

  // MARK: Memory

  /// Bytes of the heap that objects occupy (those included that nobody needs and no collection has freed yet), and that are free.
  public var memory: (used: Int, free: Int) { (vm.heap.allocatedBytes, vm.heap.freeBytes) }

  /// Frees objects that nothing refers to.
  public func collectGarbage() throws(PythonError) {
    try entering { (vm) throws(PyError) in
      vm.heap.collect()
      try vm.pollPending()
    }
  }

  // MARK: Calls into Python

  /// Calls with the engine ready to run: every use of it goes through here. `body` must not let a `Value` out: the collector finds the values
  /// in frames below this one only.
  @inline(never) func entering<Result>(_ body: (VM) throws(PyError) -> Result) throws(PythonError) -> Result {
    if depth == 0 { adoptStack(UInt(platform_stack_pointer())) }
    return try entered(body)
  }

  @inline(never) private func entered<Result>(_ body: (VM) throws(PyError) -> Result) throws(PythonError) -> Result {
    depth += 1
    defer { depth -= 1 }
    do throws(PyError) { return try body(vm) } catch {
      if depth == 1 { while vm.heap.lockDepth > 0 { vm.heap.unlock() } }
      throw swiftError(error)
    }
  }

  private func adoptStack(_ base: UInt) {
    #if canImport(Glibc)
      vm.adoptNativeStack(base: base, bytes: stack.bytes(below: base))
    #else
      vm.adoptNativeStack(base: base, bytes: nativeStackBytes)
    #endif
  }

  /// Calls a value with arguments from Swift.
  func call(_ callee: Value, _ arguments: [PythonValue], _ keywords: [PythonEntry]) throws(PyError) -> Value {
    // A list holds the arguments while the others are made, and during the call.
    let list = try vm.newList(capacity: arguments.count + 2 * keywords.count)
    for argument in arguments { try vm.listAppend(list, imported(argument)) }
    for keyword in keywords {
      guard case .string(let name) = keyword.key else { try vm.raise(.typeError, "keywords must be strings") }
      try vm.listAppend(list, Value(vm.intern(name)))
      try vm.listAppend(list, imported(keyword.value))
    }
    return try vm.call(callee, Arguments(base: list.pointee.items, count: arguments.count, keywordCount: keywords.count))
  }

  func converted<Result: PythonConvertible>(_ value: PythonValue) throws(PythonError) -> Result {
    guard let result = Result(pythonValue: value) else {
      throw PythonError(.typeError, "expected " + Result.pythonTypeName + ", not " + value.typeName)
    }
    return result
  }

  /// A number for a Swift function that Python can call.
  func register(_ function: @escaping PythonFunction) -> Int {
    functions.append(function)
    return functions.count - 1
  }

  // MARK: Roots

  /// A handle: the object is kept in a list that the collector scans.
  func handle(_ value: Value) throws(PyError) -> PythonObject {
    if vm.interpreter.pointee.embedderRoots.isNull { vm.interpreter.pointee.embedderRoots = Value(try vm.newList(capacity: 8)) }
    let list = vm.interpreter.pointee.embedderRoots.unchecked(ListObject.self)
    if let slot = freeRoots.popLast() {
      list.pointee.items[slot] = value
      return PythonObject(self, slot: slot)
    }
    try vm.listAppend(list, value)
    return PythonObject(self, slot: list.pointee.count - 1)
  }

  func root(_ slot: Int) -> Value { vm.interpreter.pointee.embedderRoots.unchecked(ListObject.self).pointee.items[slot] }

  func releaseRoot(_ slot: Int) {
    vm.interpreter.pointee.embedderRoots.unchecked(ListObject.self).pointee.items[slot] = Value.none
    freeRoots.append(slot)
  }
}

/// Stops a running program: KeyboardInterrupt is raised in it at its next jump or call. Works from any thread.
public final class PythonInterrupter: @unchecked Sendable {
  let word: UnsafeMutablePointer<UInt32>
  init() {
    word = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    word.initialize(to: 0)
  }
  deinit { word.deallocate() }
  public func interrupt() { platform_set_bits(word, PendingReason.keyboardInterrupt) }
}
