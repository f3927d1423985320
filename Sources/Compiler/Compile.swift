// Source to bytecode: the compiler's front door.

import Bytecode

/// Compiles one source.
/// - Parameters:
///   - source: UTF-8 text; must stay in place until this returns.
///   - fileName: what tracebacks show; becomes the first of the module's names.
///   - mode: a file, one interactive statement, or an expression.
///   - memory: what the compiler works in and the module lies in.
public func compile(
  source: UnsafeBufferPointer<UInt8>, fileName: UnsafeBufferPointer<UInt8>, mode: ParserMode = .file, memory: WorkMemory,
  options: CompileOptions = CompileOptions()
) throws(SyntaxFailure) -> CompiledModule {
  guard let space = UnsafeMutablePointer<Workspace>.make(memory) else { throw .outOfMemory }
  defer { space.discard() }
  do throws(SyntaxFailure) {
    return try compile(source, fileName, mode, space, options)
  } catch {
    // Without memory anything may seem wrong with the source.
    throw space.pointee.isExhausted ? .outOfMemory : error
  }
}

private func compile(
  _ source: UnsafeBufferPointer<UInt8>, _ fileName: UnsafeBufferPointer<UInt8>, _ mode: ParserMode,
  _ space: UnsafeMutablePointer<Workspace>,
  _ options: CompileOptions
) throws(SyntaxFailure) -> CompiledModule {
  let names = try NameTable(space)
  defer { names.deallocate() }
  try EmitterName.intern(into: names)
  var parser = try Parser(source: source, names: names, mode: mode, options: options.parser)
  let root = try parser.parse()
  var emitter = try Emitter(tree: parser.tree, root: root, names: names, options: options, mode: mode)
  return try emitter.compile(fileName: names.intern(fileName))
}

/// Compiles a file statement by statement, each tree given up before the next is parsed: for machines with little memory.
public func compileIncrementally(
  source: UnsafeBufferPointer<UInt8>, fileName: UnsafeBufferPointer<UInt8>, memory: WorkMemory, options: CompileOptions = CompileOptions()
) throws(SyntaxFailure) -> CompiledModule {
  guard let space = UnsafeMutablePointer<Workspace>.make(memory) else { throw .outOfMemory }
  defer { space.discard() }
  do throws(SyntaxFailure) {
    return try compileIncrementally(source, fileName, space, options)
  } catch {
    throw space.pointee.isExhausted ? .outOfMemory : error
  }
}

private func compileIncrementally(
  _ source: UnsafeBufferPointer<UInt8>, _ fileName: UnsafeBufferPointer<UInt8>, _ space: UnsafeMutablePointer<Workspace>,
  _ options: CompileOptions
) throws(SyntaxFailure) -> CompiledModule {
  let names = try NameTable(space)
  defer { names.deallocate() }
  try EmitterName.intern(into: names)
  var parser = try Parser(source: source, names: names, mode: .file, options: options.parser)
  var emitter = try Emitter(tree: parser.tree, root: .none, names: names, options: options, mode: .file)
  return try emitter.compile(statementsOf: &parser, fileName: names.intern(fileName))
}
