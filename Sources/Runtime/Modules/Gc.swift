// gc — the collector's controls.

enum GcModule {
  static let rows: InlineArray<_, Method> = [
    Method(.collect, 0...1, gcCollect),
    Method(.disable, 0...0, gcDisable),
    Method(.enable, 0...0, gcEnable),
    Method(.isenabled, 0...0, gcIsEnabled),
    Method(.mem_alloc, 0...0, gcMemAlloc),
    Method(.mem_free, 0...0, gcMemFree),
    Method(.threshold, 0...1, gcThreshold),
  ]
}
private func gcRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: GcModule.rows.span[index]) }
let gcModuleRow = ModuleRow(.gc, rowCount: UInt8(GcModule.rows.count), row: gcRow)

private func gcCollect(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.heap.collect()
  try vm.runFinalisers()
  return Value(smallInt: 0)
}

private func gcDisable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.heap.isEnabled = false
  return .none
}

private func gcEnable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  vm.heap.isEnabled = true
  return .none
}

private func gcIsEnabled(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(vm.heap.isEnabled) }
private func gcMemAlloc(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: vm.heap.allocatedBytes) }
private func gcMemFree(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { Value(smallInt: vm.heap.freeBytes) }

private func gcThreshold(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 0 { return Value(smallInt: vm.heap.threshold) }
  vm.heap.threshold = try vm.intValue(arguments[0])
  return .none
}
