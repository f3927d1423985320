// mappingproxy — a dict that can only be read: a class's `__dict__`, the `mapping` of a view.

struct MappingProxyObject {
  var header: ObjectHeader
  var mapping: Value
}

private enum MappingProxyType {
  static let methods: InlineArray<_, Method> = [
    Method(.get, 2...3, proxyGet), Method(.keys, 1...1, proxyView, data: 0), Method(.values, 1...1, proxyView, data: 1),
    Method(.items, 1...1, proxyView, data: 2), Method(.copy, 1...1, proxyCopy), Method(.__getitem__, 2...2, nativeGetItem),
    Method(.__len__, 1...1, nativeLength), Method(.__contains__, 2...2, nativeContains), Method(.__iter__, 1...1, nativeIterator),
    Method(.__reversed__, 1...1, proxyReversed),
  ]
}

private func proxyMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: MappingProxyType.methods.span[index]) }

extension TypeRow {
  static let mappingProxy = TypeRow(
    .mappingproxy, isSubclassable: false, methodCount: UInt8(MappingProxyType.methods.count), method: proxyMethod, make: proxyMake,
    print: proxyPrint, unary: proxyUnary, binary: proxyBinary, getItem: proxyGetItem, iterate: proxyIterate)
}

extension VM {
  /// A read-only view of a mapping. Allocates.
  public func newMappingProxy(_ mapping: Value) throws(PyError) -> Value {
    let object = try allocate(MappingProxyObject.self)
    object.initialize(to: MappingProxyObject(header: ObjectHeader(.mappingProxy), mapping: mapping))
    return Value(object)
  }
}

@inline(__always) private func mapping(_ value: Value) -> Value {
  value.isObject(.mappingProxy) ? value.unchecked(MappingProxyObject.self).pointee.mapping : value
}

private func proxyMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 1)
  if vm.plainDict(arguments[0]) == nil, try vm.findAttribute(arguments[0], .__getitem__).isNull {
    try vm.raise(.typeError, "mappingproxy() argument must be a mapping, not %t", arguments[0])
  }
  return try vm.newMappingProxy(arguments[0])
}

private func proxyPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  try vm.checkNativeStack()
  if kind == .str { return try vm.print(mapping(value), &builder, .str) }
  try builder.append("mappingproxy(")
  try vm.print(mapping(value), &builder, .repr)
  try builder.append(byte: 41)
}

private func proxyUnary(_ vm: VM, _ op: UnaryOperator, _ value: Value) throws(PyError) -> Value {
  try vm.checkNativeStack()
  switch op {
  case .length, .bool, .hash: return try vm.unary(op, mapping(value))
  default: return .null
  }
}

private func proxyBinary(_ vm: VM, _ op: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  try vm.checkNativeStack()
  switch op {
  case .contains: return Value(try vm.contains(mapping(left), right))
  case .equal, .notEqual, .or: return try vm.binary(op, mapping(left), mapping(right))
  default: return .null
  }
}

private func proxyGetItem(_ vm: VM, _ object: Value, _ key: Value) throws(PyError) -> Value {
  try vm.checkNativeStack()
  return try vm.getItem(mapping(object), key)
}

private func proxyIterate(_ vm: VM, _ value: Value) throws(PyError) -> Value {
  try vm.checkNativeStack()
  return try vm.getIterator(mapping(value))
}

private func proxyGet(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.callMethod(mapping(arguments[0]), Qstr.get, arguments[1], arguments.count > 2 ? arguments[2] : .none)
}

private func proxyView(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let kind = vm.state.pointee.rowData
  return try vm.callMethod(mapping(arguments[0]), kind == 0 ? Qstr.keys : kind == 1 ? Qstr.values : Qstr.items)
}

private func proxyCopy(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.callMethod(mapping(arguments[0]), Qstr.copy) }

private func proxyReversed(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newReversed(mapping(arguments[0])) }
