// Source to bytecode: the compiler's front door.

import Bytecode

/// Compiles one source.
/// - Parameters:
///   - source: UTF-8 text; must stay in place until this returns.
///   - fileName: what tracebacks show; becomes the first of the module's names.
///   - mode: a file, one interactive statement, or an expression.
public func compile(
  source: UnsafeBufferPointer<UInt8>, fileName: UnsafeBufferPointer<UInt8>, mode: ParserMode = .file, options: CompileOptions = CompileOptions()
) throws(SyntaxFailure) -> CompiledModule {
  let names = NameTable()
  defer { names.deallocate() }
  EmitterName.intern(into: names)
  var parser = Parser(source: source, names: names, mode: mode, options: options.parser)
  let root = try parser.parse()
  var emitter = Emitter(tree: parser.tree, root: root, names: names, options: options, mode: mode)
  return try emitter.compile(fileName: names.intern(fileName))
}

/// Compiles a file statement by statement, each tree given up before the next is parsed: for machines with little memory.
public func compileIncrementally(
  source: UnsafeBufferPointer<UInt8>, fileName: UnsafeBufferPointer<UInt8>, options: CompileOptions = CompileOptions()
) throws(SyntaxFailure) -> CompiledModule {
  let names = NameTable()
  defer { names.deallocate() }
  EmitterName.intern(into: names)
  var parser = Parser(source: source, names: names, mode: .file, options: options.parser)
  var emitter = Emitter(tree: parser.tree, root: .none, names: names, options: options, mode: .file)
  return try emitter.compile(statementsOf: &parser, fileName: names.intern(fileName))
}
