// Asynchronous generators: generators whose steps must be awaited. `__anext__`, `asend`, `athrow` and `aclose` answer a step; driving the step
// runs the generator. What the generator yields to its consumer comes in a cell (`newAsyncYield`) and ends the step as its result; everything
// else is on its way from an inner `await` to the event loop.

/// One step of an asynchronous generator.
struct AsyncStepObject {
  var header: ObjectHeader
  var generator: Value
  /// The value to send, or the exception to throw, when the step begins; null once it has begun.
  var argument: Value
  var kind: UInt8
  var isFinished: Bool
}

/// What a step does.
private enum StepKind {
  static var send: UInt8 { 0 }
  static var `throw`: UInt8 { 1 }
  static var close: UInt8 { 2 }
}

private enum AsyncGeneratorType {
  static let methods: InlineArray<_, Method> = [
    Method(.__aiter__, 1...1, asyncSelf),
    Method(.__anext__, 1...1, asyncNext),
    Method(.asend, 2...2, asyncSend),
    Method(.athrow, 2...4, asyncThrow),
    Method(.aclose, 1...1, asyncClose),
  ]
}
private func asyncMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: AsyncGeneratorType.methods.span[index]) }

private enum AsyncStepType {
  static let methods: InlineArray<_, Method> = [
    Method(.send, 2...2, stepSend),
    Method(.throw, 2...4, stepThrow),
    Method(.close, 1...1, stepClose),
    Method(.__next__, 1...1, stepNextMethod),
    Method(.__await__, 1...1, asyncSelf),
  ]
}
private func stepMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: AsyncStepType.methods.span[index]) }

extension TypeRow {
  static let asyncGenerator = TypeRow(
    .async_generator, isSubclassable: false, methodCount: UInt8(AsyncGeneratorType.methods.count), method: asyncMethod, print: asyncPrint,
    getAttribute: asyncGetAttribute)
  static let asyncGeneratorStep = TypeRow(
    .async_generator_step, isSubclassable: false, methodCount: UInt8(AsyncStepType.methods.count), method: stepMethod,
    iterate: stepIterate, next: stepNext)
}

private func asyncPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<async_generator object")
  if let frame = value.unchecked(GeneratorObject.self).pointee.frame {
    try builder.append(" '")
    try builder.append(frame.pointee.code.pointee.name)
    try builder.append(byte: 39)
  }
  try builder.append(" at 0x")
  try builder.append(hexadecimal: value.bits)
  try builder.append(byte: 62)
}

private func asyncGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let generator = value.unchecked(GeneratorObject.self)
  switch name {
  case Qstr.ag_running: return Value(generator.pointee.state == GeneratorState.running)
  case Qstr.ag_code: return generator.pointee.frame.map { Value($0.pointee.code) } ?? .none
  case Qstr.__name__, Qstr.__qualname__: return generator.pointee.frame.map { Value($0.pointee.code.pointee.name) } ?? .none
  default: return .null
  }
}

private func asyncSelf(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }

private func newStep(_ vm: VM, _ generator: Value, _ kind: UInt8, _ argument: Value) throws(PyError) -> Value {
  let step = try vm.allocate(AsyncStepObject.self)
  step.initialize(
    to: AsyncStepObject(header: ObjectHeader(.asyncGeneratorStep), generator: generator, argument: argument, kind: kind, isFinished: false))
  return Value(step)
}

private func asyncNext(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try newStep(vm, arguments[0], StepKind.send, .none) }
private func asyncSend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try newStep(vm, arguments[0], StepKind.send, arguments[1])
}
private func asyncThrow(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = arguments.optional(2)
  let exception =
    value.isNull || value == .none ? arguments[1] : vm.exceptionObject(value) != nil ? value : try vm.call(arguments[1], value)
  return try newStep(vm, arguments[0], StepKind.throw, exception)
}
private func asyncClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try newStep(vm, arguments[0], StepKind.close, Value(type: .generatorExit))
}

/// Drives a step on. Answers what goes to the event loop; or `null` when the step is over, its result in `generatorResult`.
private func resumeStep(_ vm: VM, _ value: Value, _ sent: Value, thrown: Value = .null) throws(PyError) -> Value {
  let step = value.unchecked(AsyncStepObject.self)
  if step.pointee.isFinished { try vm.raise(.runtimeError, "cannot reuse already awaited async generator step") }
  let generator = step.pointee.generator
  let argument = step.pointee.argument
  step.pointee.argument = .null
  let isClosing = step.pointee.kind == StepKind.close
  var result = Value.null
  do throws(PyError) {
    if !thrown.isNull || argument.isNull {
      result = try vm.resumeGenerator(generator, sent, thrown: thrown)
    } else if step.pointee.kind == StepKind.send {
      result = try vm.resumeGenerator(generator, argument)
    } else {
      if generator.unchecked(GeneratorObject.self).pointee.state == GeneratorState.finished {
        step.pointee.isFinished = true
        vm.state.pointee.generatorResult = .none
        return .null
      }
      result = try vm.resumeGenerator(generator, .none, thrown: argument)
    }
  } catch {
    step.pointee.isFinished = true
    if isClosing && (vm.matches(error, .generatorExit) || vm.matches(error, .stopAsyncIteration)) {
      vm.state.pointee.generatorResult = .none
      return .null
    }
    throw error
  }
  if result.isNull {
    step.pointee.isFinished = true
    if !isClosing { try vm.raise(.stopAsyncIteration) }
    return .null
  }
  guard result.isObject(.cell) else { return result }
  step.pointee.isFinished = true
  if isClosing { try vm.raise(.runtimeError, "async generator ignored GeneratorExit") }
  vm.state.pointee.generatorResult = result.unchecked(CellObject.self).pointee.value
  return .null
}

private func stepIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { value }
private func stepNext(_ vm: VM, _ value: Value) throws(PyError) -> Value { try resumeStep(vm, value, .none) }

private func orStop(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  if !value.isNull { return value }
  let result = vm.state.pointee.generatorResult
  if result == .none { try vm.raise(.stopIteration) }
  try vm.raise(.stopIteration, argument: result)
}

private func stepNextMethod(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try orStop(vm, resumeStep(vm, arguments[0], .none))
}
private func stepSend(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try orStop(vm, resumeStep(vm, arguments[0], arguments[1]))
}

private func stepThrow(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let value = arguments.optional(2)
  let exception =
    value.isNull || value == .none ? arguments[1] : vm.exceptionObject(value) != nil ? value : try vm.call(arguments[1], value)
  return try orStop(vm, resumeStep(vm, arguments[0], .none, thrown: exception))
}

private func stepClose(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let step = arguments[0].unchecked(AsyncStepObject.self)
  if !step.pointee.isFinished && step.pointee.argument.isNull { try vm.closeGenerator(step.pointee.generator) }
  step.pointee.isFinished = true
  return .none
}
