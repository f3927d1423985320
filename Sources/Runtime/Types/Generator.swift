// generator — the methods; the machinery is in Machine/Generators.swift.

enum GeneratorType {
  static let methods: InlineArray<_, Method> = [
    Method(.send, 2...2, generatorSend),
    Method(.throw, 2...4, generatorThrow),
    Method(.close, 1...1, generatorClose),
    Method(.pend_throw, 2...2, generatorPendThrow),
    Method(.__next__, 1...1, generatorNextMethod),
    Method(.__await__, 1...1, generatorSelf),
  ]
}
private func generatorMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: GeneratorType.methods.span[index]) }

extension TypeRow {
  static let generator = TypeRow(
    .generator, isSubclassable: false, methodCount: UInt8(GeneratorType.methods.count), method: generatorMethod, print: generatorPrint,
    getAttribute: generatorGetAttribute, iterate: generatorIterate, next: generatorNext)
}

private func generatorPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<generator object '")
  let frame = value.unchecked(GeneratorObject.self).pointee.frame
  try builder.append(frame.map { $0.pointee.code.pointee.name } ?? Qstr.generatorExpressionName)
  try builder.append("' at ")
  try builder.append(hexadecimal: value.bits)
  try builder.append(byte: 62)
}

private func generatorGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let generator = value.unchecked(GeneratorObject.self)
  switch name {
  case Qstr.gi_running, Qstr.cr_running: return Value(generator.pointee.state == GeneratorState.running)
  case Qstr.gi_code, Qstr.cr_code: return generator.pointee.frame.map { Value($0.pointee.code) } ?? .none
  case Qstr.__name__, Qstr.__qualname__: return generator.pointee.frame.map { Value($0.pointee.code.pointee.name) } ?? .none
  default: return .null
  }
}

private func generatorIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }
private func generatorNext(_ vm: VM, _ value: Value) throws(PyError) -> Value { try vm.resumeGenerator(value, .none) }
private func generatorSelf(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }

/// Raises StopIteration with the generator's result if it has ended.
private func orStop(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  if !value.isNull { return value }
  let result = vm.state.pointee.generatorResult
  if result == .none { try vm.raise(.stopIteration) }
  try vm.raise(.stopIteration, argument: result)
}

private func generatorNextMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try orStop(vm, vm.resumeGenerator(arguments[0], .none))
}

private func generatorSend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try orStop(vm, vm.resumeGenerator(arguments[0], arguments[1]))
}

private func generatorThrow(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  // throw(type, value, traceback): the value counts if it is an instance or an argument.
  var exception = arguments[1]
  let value = arguments.optional(2)
  if !value.isNull && value != .none {
    exception = vm.exceptionObject(value) != nil ? value : try vm.call(exception, value)
  }
  return try orStop(vm, vm.resumeGenerator(arguments[0], .none, thrown: exception))
}

private func generatorClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.closeGenerator(arguments[0])
  return .none
}

/// MicroPython: the exception is raised at the next resumption. Answers the one that waited before.
private func generatorPendThrow(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let generator = arguments[0].unchecked(GeneratorObject.self)
  if generator.pointee.state == GeneratorState.running { try vm.raise(.valueError, "generator already executing") }
  let before = generator.pointee.injected
  generator.pointee.injected = arguments[1] == .none ? .null : arguments[1]
  return before.isNull ? .none : before
}
