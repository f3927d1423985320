// property, staticmethod and classmethod.

struct PropertyObject {
  var header: ObjectHeader
  var getter: Value
  var setter: Value
  var deleter: Value
  var documentation: Value
}

/// `staticmethod` or `classmethod`.
struct WrapperObject {
  var header: ObjectHeader
  var function: Value
  /// What an operator calls, with the receiver in front, if this is a special method.
  var special: Value
}

/// Calls a static method without the receiver that comes first, a class method with its class in place of it.
struct SpecialWrapperObject {
  var header: ObjectHeader
  var function: Value
  var isClassMethod: Bool
}

enum PropertyType {
  static let methods: InlineArray<_, Method> = [
    Method(.getter, 2...2, propertyReplacing, data: 0),
    Method(.setter, 2...2, propertyReplacing, data: 1),
    Method(.deleter, 2...2, propertyReplacing, data: 2),
  ]
}
private func propertyMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: PropertyType.methods.span[index]) }

extension TypeRow {
  static let property = TypeRow(
    .property, methodCount: UInt8(PropertyType.methods.count), method: propertyMethod, make: propertyMake,
    getAttribute: propertyGetAttribute)
  static let staticmethod = TypeRow(.staticmethod, make: wrapperMake, getAttribute: wrapperGetAttribute, call: wrapperCall)
  static let classmethod = TypeRow(.classmethod, make: wrapperMake, getAttribute: wrapperGetAttribute)
  static let specialWrapper = TypeRow(.function, isSubclassable: false, call: specialWrapperCall)
}

private func propertyMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let bound = try vm.bind(Text("fget=None, fset=None, fdel=None, doc=None"), arguments)
  let object = try vm.allocate(PropertyObject.self)
  object.initialize(
    to: PropertyObject(header: ObjectHeader(.property), getter: bound[0], setter: bound[1], deleter: bound[2], documentation: bound[3]))
  return Value(object)
}

private func propertyReplacing(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let which = vm.state.pointee.rowData
  let copy = try vm.allocate(PropertyObject.self)
  copy.initialize(to: arguments[0].unchecked(PropertyObject.self).pointee)
  if which == 0 { copy.pointee.getter = arguments[1] }
  if which == 1 { copy.pointee.setter = arguments[1] }
  if which == 2 { copy.pointee.deleter = arguments[1] }
  return Value(copy)
}

private func propertyGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let property = value.unchecked(PropertyObject.self).pointee
  switch name {
  case Qstr.fget: return property.getter
  case Qstr.fset: return property.setter
  case Qstr.fdel: return property.deleter
  case Qstr.__doc__: return property.documentation
  default: return .null
  }
}

extension VM {
  func newWrapper(_ type: TypeID, _ function: Value) throws(PyError) -> Value {
    let special = try allocate(SpecialWrapperObject.self)
    special.initialize(
      to: SpecialWrapperObject(header: ObjectHeader(.specialWrapper), function: function, isClassMethod: type == .classmethod))
    let object = try allocate(WrapperObject.self)
    object.initialize(to: WrapperObject(header: ObjectHeader(type), function: function, special: Value(special)))
    return Value(object)
  }
}

private func wrapperMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 1, 1)
  return try vm.newWrapper(vm.uncheckedTypeID(type), arguments[0])
}

private func wrapperGetAttribute(_ vm: VM, _ value: Value, _ name: Qstr) throws(PyError) -> Value {
  let function = value.unchecked(WrapperObject.self).pointee.function
  if name == .__func__ || name == .__wrapped__ { return function }
  if name == .__name__ || name == .__doc__ || name == .__qualname__ { return try vm.getAttribute(function, name) }
  return .null
}

private func specialWrapperCall(_ vm: VM, _ value: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let wrapper = value.unchecked(SpecialWrapperObject.self)
  if arguments.count == 0 { try vm.raise(.typeError, "unbound method needs an argument") }
  if !wrapper.pointee.isClassMethod { return try vm.call(wrapper.pointee.function, arguments.dropFirst) }
  return try vm.call(wrapper.pointee.function, prepending: vm.type(of: arguments[0]), arguments.dropFirst)
}

private func wrapperCall(_ vm: VM, _ value: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.call(value.unchecked(WrapperObject.self).pointee.function, arguments)
}
