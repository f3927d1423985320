// The hook through which the runtime reaches the compiler.
import Bytecode
import Compiler
import Runtime

/// Compiles source text into a code object. Raises SyntaxError and its kin. (Out of line: see `libraryTypeRow`.)
public func compileSource(_ vm: VM, _ source: Text, _ fileName: Text, _ mode: CompileMode) throws(PyError) -> Value {
  try compileText(vm, source, fileName, mode)
}

@inline(never) private func compileText(_ vm: VM, _ source: Text, _ fileName: Text, _ mode: CompileMode) throws(PyError) -> Value {
  var options = CompileOptions()
  options.parser.nativeStackLimit = vm.state.pointee.nativeStackLimit
  options.optimization = Int(vm.interpreter.pointee.optimisationLevel)
  let name = UnsafeBufferPointer(start: fileName.start, count: fileName.count)
  let parserMode: ParserMode = mode == .file ? .file : mode == .single ? .interactive : .expression
  let text = UnsafeBufferPointer(start: source.start, count: source.count)
  let memory = vm.workMemory
  let module: CompiledModule
  do throws(SyntaxFailure) {
    if isSmallMachine && mode == .file && text.count > 1024 {
      // Not tried as a whole first: that would leave the heap in pieces.
      module = try compileIncrementally(source: text, fileName: name, memory: memory, options: options)
    } else {
      do throws(SyntaxFailure) {
        module = try compile(source: text, fileName: name, mode: parserMode, memory: memory, options: options)
      } catch {
        // A statement at a time takes less memory.
        guard error.isOutOfMemory && mode == .file else { throw error }
        module = try compileIncrementally(source: text, fileName: name, memory: memory, options: options)
      }
    }
  } catch {
    try raiseSyntaxError(vm, error, fileName)
  }
  defer { module.deallocate() }
  return Value(try vm.loadCode(module))
}

/// Whether memory is scarce.
private var isSmallMachine: Bool { MemoryLayout<UInt>.size == 4 }

private func raiseSyntaxError(_ vm: VM, _ failure: SyntaxFailure, _ fileName: Text) throws(PyError) -> Never {
  // No memory for an exception with a text, either.
  if failure.isOutOfMemory { throw vm.outOfMemory(0) }
  let type: TypeID
  switch failure.kind {
  case .syntaxError: type = .syntaxError
  case .indentationError: type = .indentationError
  case .tabError: type = .tabError
  case .notImplemented: type = .notImplementedError
  case .memory: type = .memoryError
  case .recursion: type = .recursionError
  case .limit: type = .runtimeError
  case .interruption:
    try vm.pollPending()
    type = .keyboardInterrupt
  }
  let exception = try vm.newException(type, text: failure.message.text)
  if failure.line > 0 { try vm.addTraceback(exception, file: fileName, line: Int(failure.line)) }
  throw PyError(exception)
}
