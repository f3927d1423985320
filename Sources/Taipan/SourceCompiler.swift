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
  let module: CompiledModule
  do throws(SyntaxFailure) {
    let text = UnsafeBufferPointer(start: source.start, count: source.count)
    #if _pointerBitWidth(_32)
      // Little memory: no tree of the whole file.
      module =
        mode == .file
        ? try compileIncrementally(source: text, fileName: name, options: options)
        : try compile(source: text, fileName: name, mode: parserMode, options: options)
    #else
      module = try compile(source: text, fileName: name, mode: parserMode, options: options)
    #endif
  } catch {
    try raiseSyntaxError(vm, error, fileName)
  }
  return Value(try vm.loadCode(module))
}

private func raiseSyntaxError(_ vm: VM, _ failure: SyntaxFailure, _ fileName: Text) throws(PyError) -> Never {
  let type: TypeID
  switch failure.kind {
  case .syntaxError: type = .syntaxError
  case .indentationError: type = .indentationError
  case .tabError: type = .tabError
  case .notImplemented: type = .notImplementedError
  case .memory: type = .memoryError
  case .recursion: type = .recursionError
  case .limit: type = .runtimeError
  }
  let exception = try vm.newException(type, text: failure.message.text)
  try vm.addTraceback(exception, file: fileName, line: Int(failure.line))
  throw PyError(exception)
}
