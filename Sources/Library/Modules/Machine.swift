// machine — what every board has: resets, interrupts, its identity, and memory by address. A port without a board has only the soft reset.

import Platform

extension TypeID {
  static var memory: TypeID { TypeID(181) }
}

private enum MachineModule {
  static let rows: InlineArray<_, Method> = [
    Method(.soft_reset, 0...0, machineSoftReset),
    Method(.reset, 0...0, machineReset),
    Method(.reset_cause, 0...0, machineAsk, data: 7),
    Method(.idle, 0...0, machineIdle),
    Method(.freq, 0...0, machineAsk, data: 4),
    Method(.unique_id, 0...0, machineUniqueID),
    Method(.disable_irq, 0...0, machineDisable),
    Method(.enable_irq, 0...1, machineEnable),
    Method(.mem8, getter: machineMemory8),
    Method(.mem16, getter: machineMemory16),
    Method(.mem32, getter: machineMemory32),
  ]
}

private func machineRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: MachineModule.rows.span[index]) }

extension ModuleRow {
  static let machine = ModuleRow(.machine, isExtensible: true, rowCount: UInt8(MachineModule.rows.count), row: machineRow)
}

/// Asks the board; OSError (ENODEV) where there is none.
private func ask(_ vm: VM, _ operation: Int, _ argument: Int = 0) throws(PyError) -> Int {
  guard let machine = vm.interpreter.pointee.port.machine else { try vm.raiseOSError(19) }
  let result = machine(vm, operation, argument)
  if result < 0 { try vm.raiseOSError(0 &- result) }
  return result
}

private func machineAsk(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newInt(ask(vm, vm.state.pointee.rowData)) }

/// The console ends with SystemExit, and its port starts afresh.
private func machineSoftReset(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.raise(.systemExit) }

private func machineReset(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if vm.interpreter.pointee.port.machine == nil { try vm.raise(.systemExit) }
  _ = try ask(vm, MachineOperation.reset)
  return .none
}

private func machineIdle(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if vm.interpreter.pointee.port.machine == nil {
    vm.interpreter.pointee.port.sleepNanoseconds(vm, 1_000_000)
  } else {
    _ = try ask(vm, MachineOperation.idle)
  }
  return .none
}

private func machineDisable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(try ask(vm, MachineOperation.disableInterrupts) != 0)
}

private func machineEnable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let isWanted = arguments.count == 0 ? true : try vm.isTrue(arguments[0])
  _ = try ask(vm, MachineOperation.enableInterrupts, isWanted ? 1 : 0)
  return .none
}

private func machineUniqueID(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let address = try ask(vm, MachineOperation.identity)
  guard let bytes = UnsafePointer<UInt8>(bitPattern: address) else { return vm.interpreter.pointee.emptyBytes }
  return try vm.newBytes(bytes, ask(vm, MachineOperation.identityLength))
}

// MARK: Memory

/// `mem8`, `mem16`, `mem32`: memory of the board, an item a byte, half word or word.
struct MemoryObject {
  var header: ObjectHeader
  /// Bytes of an item.
  var width: Int
}

extension TypeRow {
  static let memory = TypeRow(.mem, isSubclassable: false, print: memoryPrint, getItem: memoryGetItem, setItem: memorySetItem)
}

private func newMemory(_ vm: VM, _ width: Int) throws(PyError) -> Value {
  let object = try vm.allocate(MemoryObject.self, atomic: true)
  object.initialize(to: MemoryObject(header: ObjectHeader(.memory), width: width))
  return Value(object)
}

private func machineMemory8(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try newMemory(vm, 1) }
private func machineMemory16(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try newMemory(vm, 2) }
private func machineMemory32(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try newMemory(vm, 4) }

private func memoryPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<")
  try builder.append(decimal: value.unchecked(MemoryObject.self).pointee.width &* 8)
  try builder.append("-bit memory>")
}

/// The address of an item. A host has no memory to offer.
private func address(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> UnsafeMutableRawPointer {
  if vm.interpreter.pointee.port.machine == nil { try vm.raiseOSError(19) }
  let bits = try vm.wordValue(index)
  let width = UInt(value.unchecked(MemoryObject.self).pointee.width)
  guard bits & (width &- 1) == 0, let pointer = UnsafeMutableRawPointer(bitPattern: bits) else {
    try vm.raise(.valueError, "address %s is not aligned to %s bytes", index, Value(smallInt: Int(width)))
  }
  return pointer
}

private func memoryGetItem(_ vm: VM, _ value: Value, _ index: Value) throws(PyError) -> Value {
  let pointer = try address(vm, value, index)
  switch value.unchecked(MemoryObject.self).pointee.width {
  case 1: return Value(smallInt: Int(pointer.load(as: UInt8.self)))
  case 2: return Value(smallInt: Int(pointer.load(as: UInt16.self)))
  default: return try vm.newInt(unsigned: UInt(pointer.load(as: UInt32.self)))
  }
}

private func memorySetItem(_ vm: VM, _ value: Value, _ index: Value, _ item: Value) throws(PyError) {
  if item.isNull { try vm.raise(.typeError, "'%t' object doesn't support item deletion", value) }
  let pointer = try address(vm, value, index)
  let bits = try vm.wordValue(item)
  switch value.unchecked(MemoryObject.self).pointee.width {
  case 1: pointer.storeBytes(of: UInt8(truncatingIfNeeded: bits), as: UInt8.self)
  case 2: pointer.storeBytes(of: UInt16(truncatingIfNeeded: bits), as: UInt16.self)
  default: pointer.storeBytes(of: UInt32(truncatingIfNeeded: bits), as: UInt32.self)
  }
  platform_memory_barrier()
}

extension VM {
  /// The low bits of an integer of any size, as a machine word.
  fileprivate func wordValue(_ value: Value) throws(PyError) -> UInt {
    if value.isSmallInt { return UInt(bitPattern: value.uncheckedSmallInt) }
    let plain = unwrapped(value)
    guard plain.isObject(.int) else { return UInt(bitPattern: try intValue(value)) }
    let integer = plain.unchecked(IntObject.self)
    if integer.pointee.signedCount == 0 { return 0 }
    let low = IntObject.limbs(integer)[0]
    return integer.pointee.signedCount < 0 ? 0 &- low : low
  }
}
