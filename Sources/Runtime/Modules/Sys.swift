// sys — the interpreter's own module, with the standard streams.

enum SysModule {
  static let rows: InlineArray<_, Method> = [
    Method(.argv, getter: sysArgv),
    Method(.byteorder, constant: Value(Qstr.little)),
    Method(.exit, 0...1, sysExit),
    Method(.atexit, 1...1, sysAtexit),
    Method(.exc_info, 0...0, sysExcInfo),
    Method(.executable, getter: sysExecutable),
    Method(.getsizeof, 1...2, sysGetsizeof),
    Method(.getrecursionlimit, 0...0, sysRecursionLimit),
    Method(.implementation, getter: sysImplementation),
    Method(.intern, 1...1, sysIntern),
    Method(.maxsize, getter: sysMaxsize),
    Method(.modules, getter: sysModules),
    Method(.path, getter: sysPath),
    Method(.platform, getter: sysPlatform),
    Method(.print_exception, 1...2, sysPrintException),
    Method(.ps1, constant: Value(Qstr.prompt1)),
    Method(.ps2, constant: Value(Qstr.prompt2)),
    Method(.stdin, constant: Value(.constant, 16)),
    Method(.stdout, constant: Value(.constant, 17)),
    Method(.stderr, constant: Value(.constant, 18)),
    Method(.version, getter: sysVersion),
    Method(.version_info, getter: sysVersionInfo),
  ]
}
private func sysRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: SysModule.rows.span[index]) }
let sysModuleRow = ModuleRow(.sys, rowCount: UInt8(SysModule.rows.count), row: sysRow)

/// Taipan's own version.
public enum TaipanVersion {
  public static var text: StaticString { "v0.1.0" }
  public static var date: StaticString { "2026-11-23" }
}

private func sysArgv(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { vm.interpreter.pointee.argv }
private func sysPath(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { vm.interpreter.pointee.path }
private func sysModules(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(vm.interpreter.pointee.loadedModules) }
private func sysPlatform(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(vm.interpreter.pointee.port.platformName) }
private func sysMaxsize(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newInt(Int.max) }
private func sysRecursionLimit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: (vm.state.pointee.stackLimit - vm.state.pointee.stackBase) / 16)
}

private func sysExecutable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { vm.interpreter.pointee.executable }

private func sysExit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 0 { try vm.raise(.systemExit) }
  try vm.raise(.systemExit, argument: arguments[0])
}

private func sysAtexit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let before = vm.interpreter.pointee.exitFunctions
  vm.interpreter.pointee.exitFunctions = arguments[0] == .none ? .null : arguments[0]
  return before.isNull ? .none : before
}

private func sysExcInfo(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let handled = vm.state.pointee.handled
  if handled.isNull { return try vm.newTuple(.none, .none, .none) }
  return try vm.newTuple(vm.type(of: handled), handled, .none)
}

private func sysGetsizeof(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard arguments[0].isObject else { return Value(smallInt: MemoryLayout<Value>.size) }
  var size = vm.heap.size(of: UnsafeMutableRawPointer(arguments[0].uncheckedHeader))
  let value = vm.unwrapped(arguments[0])
  if value.isObject(.list) { size &+= value.unchecked(ListObject.self).pointee.capacity &* MemoryLayout<Value>.size }
  if value.isObject(.dict) || value.isObject(.set), let entries = value.unchecked(DictObject.self).pointee.entries {
    size &+= vm.heap.size(of: UnsafeMutableRawPointer(entries))
  }
  return Value(smallInt: size)
}

private func sysIntern(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isString(arguments[0]) else { try vm.raise(.typeError, "intern() argument must be str") }
  return Value(try vm.intern(vm.unwrapped(arguments[0])))
}

private func sysVersion(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  try builder.append("3.4.0; MicroPython v1.29.0; Taipan ")
  try builder.append(TaipanVersion.text)
  try builder.append(" on ")
  try builder.append(TaipanVersion.date)
  return try builder.finish()
}

private func sysVersionInfo(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTuple(Value(smallInt: 3), Value(smallInt: 4), Value(smallInt: 0))
}

private func sysImplementation(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.implementationTuple()
}

private func sysPrintException(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  try vm.printTraceback(arguments[0], &builder)
  try vm.writeOutput(builder.text, file: arguments.count > 1 ? arguments[1] : .none)
  return .none
}

extension VM {
  /// True for `sys.stdin` (0), `sys.stdout` (1) and `sys.stderr` (2) themselves.
  @inline(__always) public func isStandardStream(_ value: Value, _ number: Int) -> Bool { value == Value(.constant, 16 &+ UInt(number)) }

  /// `sys.implementation`: a tuple with names.
  func implementationTuple() throws(PyError) -> Value {
    if !interpreter.pointee.implementation.isNull { return interpreter.pointee.implementation }
    let version = try newTupleObject(4)
    TupleObject.items(version)[0] = Value(smallInt: 1)
    TupleObject.items(version)[1] = Value(smallInt: 29)
    TupleObject.items(version)[2] = Value(smallInt: 0)
    TupleObject.items(version)[3] = Value(Qstr.empty)
    let object = try allocate(AttributeTupleObject.self)
    object.initialize(
      to: AttributeTupleObject(
        header: ObjectHeader(.attributeTuple), name: Value(Qstr.micropython), version: Value(version),
        machine: try newString(interpreter.pointee.port.machineName), mpy: Value(smallInt: 0x0306 | mpyArchitecture), build: Value(Qstr.standard),
        thread: Value(Qstr.GIL)))
    interpreter.pointee.implementation = Value(object)
    return Value(object)
  }

  /// The architecture part of `_mpy`: 0 while there is no native code.
  private var mpyArchitecture: Int { 0 }
}

/// `sys.implementation`.
struct AttributeTupleObject {
  var header: ObjectHeader
  var name: Value
  var version: Value
  var machine: Value
  var mpy: Value
  var build: Value
  var thread: Value
}

extension TypeRow {
  static let attributeTuple = TypeRow(
    .tuple, isSubclassable: false, print: attributeTuplePrint, unary: attributeTupleUnary, getAttribute: attributeTupleGetAttribute,
    getItem: attributeTupleGetItem, iterate: attributeTupleIterate)
}

private func attributeTuplePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let tuple = value.unchecked(AttributeTupleObject.self).pointee
  try builder.append("(name=")
  try vm.print(tuple.name, &builder, .repr)
  try builder.append(", version=")
  try vm.print(tuple.version, &builder, .repr)
  try builder.append(", _machine=")
  try vm.print(tuple.machine, &builder, .repr)
  try builder.append(", _mpy=")
  try vm.print(tuple.mpy, &builder, .repr)
  try builder.append(", _build=")
  try vm.print(tuple.build, &builder, .repr)
  try builder.append(byte: 41)
}

private func attributeTupleUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  operation == .length ? Value(smallInt: 5) : .null
}

private func attributeTupleGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let tuple = value.unchecked(AttributeTupleObject.self).pointee
  switch name {
  case Qstr.name: return tuple.name
  case Qstr.version: return tuple.version
  case Qstr._machine: return tuple.machine
  case Qstr._mpy: return tuple.mpy
  case Qstr._build: return tuple.build
  case Qstr._thread: return .null
  default: return .null
  }
}

private func attributeTupleItems(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  let tuple = value.unchecked(AttributeTupleObject.self).pointee
  let items = try vm.newTupleObject(5)
  TupleObject.items(items)[0] = tuple.name
  TupleObject.items(items)[1] = tuple.version
  TupleObject.items(items)[2] = tuple.machine
  TupleObject.items(items)[3] = tuple.mpy
  TupleObject.items(items)[4] = tuple.build
  return Value(items)
}

private func attributeTupleGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value {
  try vm.getItem(attributeTupleItems(vm, value), index)
}

private func attributeTupleIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value { try vm.getIterator(attributeTupleItems(vm, value)) }
