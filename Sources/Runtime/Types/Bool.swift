// bool — True and False: immediates, and integers. The table is that of `int`.

extension TypeRow {
  static let bool = TypeRow(
    .bool, base: .int, isSubclassable: false, make: boolMake, print: boolPrint, unary: boolUnary, binary: boolBinarySlot)
}

/// `bool(x=False)`. May run Python code.
private func boolMake(_ vm: VM, _ cls: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 0, 1)
  return arguments.count == 0 ? .false : Value(try vm.isTrue(arguments[0]))
}

private func boolPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append(value == .true ? "True" : "False")
}

private func boolUnary(_ vm: VM, _ operation: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  operation == .bool ? value : try vm.intUnaryResult(operation, vm.withoutBool(value))
}

private func boolBinarySlot(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  try vm.numericBinary(operation, left, right)
}
