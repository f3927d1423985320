// A function that the embedder registered: the port calls it by its number.

public struct EmbedderFunctionObject {
  public var header: ObjectHeader
  var number: Int
  var name: Value
}

extension TypeRow {
  static let embedderFunction = TypeRow(
    .function, isSubclassable: false, print: embedderFunctionPrint, getAttribute: embedderFunctionGetAttribute, call: embedderFunctionCall)
}

extension VM {
  /// A function that calls the port's `callEmbedder` with `number`.
  public func newEmbedderFunction(_ number: Int, name: Qstr) throws(PyError) -> Value {
    let object = try allocate(EmbedderFunctionObject.self)
    object.initialize(to: EmbedderFunctionObject(header: ObjectHeader(.embedderFunction), number: number, name: Value(name)))
    return Value(object)
  }
}

private func embedderFunctionPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try builder.append("<function ")
  try vm.print(value.unchecked(EmbedderFunctionObject.self).pointee.name, &builder, .str)
  try builder.append(byte: 62)
}

private func embedderFunctionGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  if name == .__name__ || name == .__qualname__ { return value.unchecked(EmbedderFunctionObject.self).pointee.name }
  return name == .__doc__ ? .none : .null
}

private func embedderFunctionCall(_ vm: VM, _ value: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let number = value.unchecked(EmbedderFunctionObject.self).pointee.number
  return try vm.interpreter.pointee.port.callEmbedder(vm, number, arguments)
}
