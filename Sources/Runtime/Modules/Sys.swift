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
  let file = arguments.optional(1)
  if !file.isNull && file != .none, try vm.findAttribute(file, .write).isNull { try vm.raiseOSError(22) }
  try vm.printTraceback(arguments[0], &builder)
  try vm.writeOutput(builder.text, file: arguments.count > 1 ? arguments[1] : .none)
  return .none
}

extension VM {
  /// `sys.implementation`: a tuple with names.
  func implementationTuple() throws(PyError) -> Value {
    if !interpreter.pointee.implementation.isNull { return interpreter.pointee.implementation }
    let version = try newTupleObject(4)
    TupleObject.items(version)[0] = Value(smallInt: 1)
    TupleObject.items(version)[1] = Value(smallInt: 29)
    TupleObject.items(version)[2] = Value(smallInt: 0)
    TupleObject.items(version)[3] = Value(Qstr.empty)
    let fields = try newTupleObject(5)
    let values = try newTupleObject(5)
    TupleObject.items(fields)[0] = Value(Qstr.name)
    TupleObject.items(fields)[1] = Value(Qstr.version)
    TupleObject.items(fields)[2] = Value(Qstr._machine)
    TupleObject.items(fields)[3] = Value(Qstr._mpy)
    TupleObject.items(fields)[4] = Value(Qstr._build)
    TupleObject.items(values)[0] = Value(Qstr.micropython)
    TupleObject.items(values)[1] = Value(version)
    TupleObject.items(values)[2] = try newString(interpreter.pointee.port.machineName)
    TupleObject.items(values)[3] = Value(smallInt: 0x0306 | mpyArchitecture)
    TupleObject.items(values)[4] = Value(Qstr.standard)
    let object = try newAttributeTuple(fields: Value(fields), values: Value(values))
    interpreter.pointee.implementation = object
    return object
  }

  /// A tuple whose items have names: a tuple of names and one of as many values. Allocates.
  public func newAttributeTuple(fields: Value, values: Value) throws(PyError) -> Value {
    let object = try allocate(AttributeTupleObject.self)
    object.initialize(to: AttributeTupleObject(header: ObjectHeader(.attributeTuple), fields: fields, values: values))
    return Value(object)
  }

  /// The architecture part of `_mpy`: 0 while there is no native code.
  private var mpyArchitecture: Int { 0 }
}

/// A tuple whose items have names (`sys.implementation`, `os.uname()`).
struct AttributeTupleObject {
  var header: ObjectHeader
  /// Tuple of names.
  var fields: Value
  /// Tuple of as many values.
  var values: Value
}

extension TypeRow {
  static let attributeTuple = TypeRow(
    .tuple, isSubclassable: false, print: attributeTuplePrint, unary: attributeTupleUnary, binary: attributeTupleBinary,
    getAttribute: attributeTupleGetAttribute,
    getItem: attributeTupleGetItem, iterate: attributeTupleIterate)
}

private func attributeTuplePrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let tuple = value.unchecked(AttributeTupleObject.self)
  let fields = ItemsView(unchecked: tuple.pointee.fields)
  let values = ItemsView(unchecked: tuple.pointee.values)
  try builder.append(byte: 40)
  for index in 0..<fields.count {
    if index > 0 { try builder.append(", ") }
    try vm.print(fields.items[index], &builder, .str)
    try builder.append(byte: 61)
    try vm.print(values.items[index], &builder, .repr)
  }
  try builder.append(byte: 41)
}

private func attributeTupleUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  guard operation == .length else { return .null }
  return Value(smallInt: ItemsView(unchecked: value.unchecked(AttributeTupleObject.self).pointee.values).count)
}

private func attributeTupleBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  let a = left.isObject(.attributeTuple) ? left.unchecked(AttributeTupleObject.self).pointee.values : left
  let b = right.isObject(.attributeTuple) ? right.unchecked(AttributeTupleObject.self).pointee.values : right
  guard operation != .contains, a.isObject(.tuple), b.isObject(.tuple) else { return .null }
  return try vm.binary(operation, a, b)
}

private func attributeTupleGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let tuple = value.unchecked(AttributeTupleObject.self)
  let fields = ItemsView(unchecked: tuple.pointee.fields)
  for index in 0..<fields.count where fields.items[index] == Value(name) { return ItemsView(unchecked: tuple.pointee.values).items[index] }
  return .null
}

private func attributeTupleGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value {
  try vm.getItem(value.unchecked(AttributeTupleObject.self).pointee.values, index)
}

private func attributeTupleIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  try vm.getIterator(value.unchecked(AttributeTupleObject.self).pointee.values)
}
