// super — looks attributes up after a class in the receiver's order of resolution.

struct SuperObject {
  var header: ObjectHeader
  /// The class after which the search begins.
  var type: Value
  var receiver: Value
}

extension TypeRow {
  static let `super` = TypeRow(.`super`, isSubclassable: false, make: superMake, print: superPrint)
}

private func superMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.checkArguments(arguments, 2, 2)
  guard vm.isClass(arguments[0]) else { try vm.raise(.typeError, "first argument to super() must be type") }
  let receiver = arguments[1]
  guard vm.isInstance(receiver, arguments[0]) || vm.isClass(receiver) && vm.isSubclass(receiver, arguments[0]) else {
    try vm.raise(.typeError, "super(type, obj): obj must be an instance or subtype of type")
  }
  let object = try vm.allocate(SuperObject.self)
  object.initialize(to: SuperObject(header: ObjectHeader(.super), type: arguments[0], receiver: arguments[1]))
  return Value(object)
}

private func superPrint(_ vm: VM, _ value: Value, _ builder: inout StringBuilder, _ kind: PrintKind) throws(PyError) {
  let proxy = value.unchecked(SuperObject.self).pointee
  try builder.append("<super: ")
  try vm.print(proxy.type, &builder, .repr)
  try builder.append(", ")
  try vm.print(proxy.receiver, &builder, .repr)
  try builder.append(byte: 62)
}

extension VM {
  /// The attribute that `super()` finds, with its receiver; a null function if there is none.
  func findSuperPair(_ proxy: SuperObject, _ name: Qstr) throws(PyError) -> BoundPair {
    let receiver = proxy.receiver
    let receiverIsClass = isClass(receiver) && !isInstanceOfMeta(receiver, proxy.type)
    let start = receiverIsClass ? receiver : type(of: receiver)
    let order = try resolutionOrder(start).unchecked(TupleObject.self)
    var index = 0
    while index < order.pointee.count && TupleObject.items(order)[index] != proxy.type { index &+= 1 }
    index &+= 1
    while index < order.pointee.count {
      let entry = TupleObject.items(order)[index]
      let found =
        entry.isImmediate(.type)
        ? builtinLookUp(uncheckedTypeID(entry), name) : dictGet(entry.unchecked(ClassObject.self).pointee.namespace, name)
      if !found.isNull { return try bindSuper(found, receiver, start, receiverIsClass) }
      if entry.isImmediate(.type), !receiverIsClass, let pair = try nativeSuperAttribute(uncheckedTypeID(entry), receiver, name) {
        return pair
      }
      index &+= 1
    }
    return BoundPair(function: .null, receiver: .null)
  }

  private func isInstanceOfMeta(_ receiver: Value, _ type: Value) -> Bool {
    let meta = self.type(of: receiver)
    return meta.isObject && isSubclass(meta, type)
  }

  private func bindSuper(_ found: Value, _ receiver: Value, _ start: Value, _ receiverIsClass: Bool) throws(PyError) -> BoundPair {
    if found.isImmediate(.method) {
      let method = methodRow(found)
      switch method.kind {
      case .classMethod: return BoundPair(function: found, receiver: start)
      case .staticMethod: return BoundPair(function: found, receiver: .null)
      case .getter:
        return BoundPair(
          function: try method.native.unsafelyUnwrapped(self, Arguments(base: pushTemporary(unwrapped(receiver)), count: 1)),
          receiver: .null)
      default:
        let isObjectMethod = takesInstances(found)
        if method.name == .__init__ && isObjectMethod { return try superInit(found, receiver) }
        if method.name == .__new__ { return BoundPair(function: found, receiver: .null) }
        return BoundPair(function: found, receiver: isObjectMethod || receiverIsClass ? receiver : unwrapped(receiver))
      }
    }
    if found.isObject(.function) { return BoundPair(function: found, receiver: receiverIsClass ? .null : receiver) }
    if found.isObject(.staticmethod) { return BoundPair(function: found.unchecked(WrapperObject.self).pointee.function, receiver: .null) }
    if found.isObject(.classmethod) { return BoundPair(function: found.unchecked(WrapperObject.self).pointee.function, receiver: start) }
    if found.isObject(.property) || pythonClass(of: found) != nil {
      return BoundPair(function: try getDescriptor(found, receiverIsClass ? .null : receiver, start), receiver: .null)
    }
    return BoundPair(function: found, receiver: .null)
  }

  /// A word on the Python stack above everything in use, for one argument.
  private func pushTemporary(_ value: Value) throws(PyError) -> UnsafeMutablePointer<Value> {
    try checkStack(state.pointee.stackTop + 1)
    state.pointee.stackTop[0] = value
    return state.pointee.stackTop
  }

  /// `super().__init__(…)` with a built-in base: makes the base's value anew.
  private func superInit(_ found: Value, _ receiver: Value) throws(PyError) -> BoundPair {
    guard let owner = pythonClass(of: receiver), owner.pointee.nativeBase != .object else {
      return BoundPair(function: found, receiver: receiver)
    }
    return BoundPair(function: nativeInitFunction, receiver: receiver)
  }

  /// What a built-in base computes: an exception's `args`, say.
  private func nativeSuperAttribute(_ type: TypeID, _ receiver: Value, _ name: Qstr) throws(PyError) -> BoundPair? {
    let native = nativeValue(receiver)
    guard !native.isNull, let slot = row(typeID(of: native)).getAttribute, type != .object else { return nil }
    let found = try slot(self, native, name)
    return found.isNull ? nil : BoundPair(function: found, receiver: .null)
  }
}
