// micropython — the engine's own controls.
import Platform

enum MicropythonModule {
  static let rows: InlineArray<_, Method> = [
    Method(.const, 1...1, micropythonConst),
    Method(.opt_level, 0...1, micropythonOptLevel),
    Method(.heap_lock, 0...0, micropythonHeapLock),
    Method(.heap_unlock, 0...0, micropythonHeapUnlock),
    Method(.heap_locked, 0...0, micropythonHeapLocked),
    Method(.mem_info, 0...1, micropythonMemInfo),
    Method(.mem_total, 0...0, micropythonMemTotal),
    Method(.mem_current, 0...0, micropythonMemCurrent),
    Method(.mem_peak, 0...0, micropythonMemPeak),
    Method(.qstr_info, 0...1, micropythonQstrInfo),
    Method(.stack_use, 0...0, micropythonStackUse),
    Method(.pystack_use, 0...0, micropythonPystackUse),
    Method(.kbd_intr, 1...1, micropythonKbdIntr),
    Method(.schedule, 2...2, micropythonSchedule),
    Method(.alloc_emergency_exception_buf, 1...1, micropythonEmergencyBuffer),
    Method(.RingIO, constant: Value(type: .ringIO)),
  ]
}
private func micropythonRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: MicropythonModule.rows.span[index]) }
let micropythonModuleRow = ModuleRow(.micropython, rowCount: UInt8(MicropythonModule.rows.count), row: micropythonRow)

private func micropythonConst(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { arguments[0] }

private func micropythonOptLevel(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 0 { return Value(smallInt: Int(vm.interpreter.pointee.optimisationLevel)) }
  vm.interpreter.pointee.optimisationLevel = UInt8(max(0, min(3, try vm.intValue(arguments[0]))))
  return .none
}

private func micropythonHeapLock(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.heap.lock()
  return .none
}

private func micropythonHeapUnlock(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if vm.heap.lockDepth > 0 { vm.heap.unlock() }
  return Value(smallInt: vm.heap.lockDepth)
}

private func micropythonHeapLocked(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: vm.heap.lockDepth) }

/// Text as upstream prints it, which its tests match: stack, heap, and block counts.
private func micropythonMemInfo(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let summary = vm.heap.summary()
  var builder = StringBuilder(vm)
  try builder.append("mem: total=")
  try builder.append(decimal: vm.heap.totalBytes)
  try builder.append(", current=")
  try builder.append(decimal: vm.heap.allocatedBytes)
  try builder.append(", peak=")
  try builder.append(decimal: vm.heap.peakBytes)
  try builder.append("\nstack: ")
  try builder.append(decimal: stackDepth(vm))
  try builder.append(" out of ")
  try builder.append(decimal: Int(bitPattern: vm.state.pointee.nativeStackBase &- vm.state.pointee.nativeStackLimit))
  try builder.append("\nGC: total: ")
  try builder.append(decimal: vm.heap.totalBytes)
  try builder.append(", used: ")
  try builder.append(decimal: vm.heap.allocatedBytes)
  try builder.append(", free: ")
  try builder.append(decimal: vm.heap.freeBytes)
  try builder.append("\n No. of 1-blocks: ")
  try builder.append(decimal: summary.oneBlockObjects)
  try builder.append(", 2-blocks: ")
  try builder.append(decimal: summary.twoBlockObjects)
  try builder.append(", max blk sz: ")
  try builder.append(decimal: summary.largestObject)
  try builder.append(", max free sz: ")
  try builder.append(decimal: summary.largestFreeRun)
  try builder.append(byte: 10)
  if arguments.count > 0 {
    try builder.append("GC memory layout; from ")
    try builder.append(hexadecimal: UInt(bitPattern: vm.state))
    try builder.append(":\n")
  }
  vm.write(builder.text)
  return .none
}

/// All bytes ever allocated.
private func micropythonMemTotal(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newInt(vm.heap.everAllocatedBytes) }
private func micropythonMemCurrent(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: vm.heap.allocatedBytes) }
private func micropythonMemPeak(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: vm.heap.peakBytes) }

private func micropythonQstrInfo(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  let total = vm.interpreter.pointee.names.total
  var bytes = 0
  for number in Int(Qstr.fixedCount)..<max(total, Int(Qstr.fixedCount)) { bytes &+= vm.text(Qstr(UInt32(number))).count }
  try builder.append("qstr pool: n_pool=1, n_qstr=")
  try builder.append(decimal: total &- Int(Qstr.fixedCount))
  try builder.append(", n_str_data_bytes=")
  try builder.append(decimal: bytes)
  try builder.append(", n_total_bytes=")
  try builder.append(decimal: bytes &+ (total &- Int(Qstr.fixedCount)) &* MemoryLayout<Names.Entry>.stride)
  try builder.append(byte: 10)
  if arguments.count > 0 {
    for number in Int(Qstr.fixedCount)..<max(total, Int(Qstr.fixedCount)) {
      try builder.append("Q(")
      try builder.append(vm.text(Qstr(UInt32(number))))
      try builder.append(")\n")
    }
  }
  vm.write(builder.text)
  return .none
}

private func stackDepth(_ vm: VM) -> Int { Int(bitPattern: vm.state.pointee.nativeStackBase &- vm.nativeStackPointer) }

private func micropythonStackUse(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: stackDepth(vm)) }
private func micropythonPystackUse(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(smallInt: (vm.state.pointee.stackTop - vm.state.pointee.stackBase) &* MemoryLayout<Value>.size)
}

private func micropythonKbdIntr(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.interpreter.pointee.interruptCharacter = try vm.intValue(arguments[0])
  return .none
}

/// Queues a function for the next safe point.
private func micropythonSchedule(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0].isImmediate(.function), arguments[0] == (try vm.findModuleAttribute(vm.builtinModule(.micropython), .kbd_intr)) {
    // However often it is asked for, one interrupt comes.
    vm.interpreter.pointee.pending.pointee |= PendingReason.scheduledInterrupt
    return .none
  }
  if vm.interpreter.pointee.scheduled.isNull { vm.interpreter.pointee.scheduled = Value(try vm.newList(capacity: 8)) }
  let queue = vm.interpreter.pointee.scheduled.unchecked(ListObject.self)
  if queue.pointee.count >= 16 { try vm.raise(.runtimeError, "schedule queue full") }
  try vm.listAppend(queue, arguments[0])
  try vm.listAppend(queue, arguments[1])
  platform_set_bits(vm.interpreter.pointee.pending, PendingReason.scheduled)
  return .none
}

/// Room for the messages and tracebacks of exceptions raised while the heap is locked.
private func micropythonEmergencyBuffer(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let count = try vm.intValue(arguments[0])
  if count > 0 { try vm.growExceptionReserve(min(count, 1 &<< 16)) }
  return .none
}
