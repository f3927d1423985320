// Reading, storing and deleting attributes, as the Python reference describes (data descriptors before the instance, the instance before the
// rest of the class), and filling the attribute cache that the dispatch loop reads.

/// An attribute as a call wants it: the function, and the receiver to pass first (or null).
struct BoundPair {
  var function: Value
  var receiver: Value
}

extension VM {
  // MARK: Reading

  /// The attribute, or AttributeError. May run Python code.
  public func getAttribute(_ object: Value, _ name: Qstr) throws(PyError) -> Value {
    let found = try findAttribute(object, name)
    if found.isNull { try raiseNoAttribute(object, name) }
    return found
  }

  /// The attribute, or `null` if there is none. May run Python code.
  public func findAttribute(_ object: Value, _ name: Qstr) throws(PyError) -> Value {
    let pair = try findPair(object, name)
    return pair.receiver.isNull ? pair.function : try newBoundMethod(pair.function, pair.receiver)
  }

  /// The method and its receiver for a call; AttributeError if there is none.
  func getPair(_ object: Value, _ name: Qstr) throws(PyError) -> BoundPair {
    let pair = try findPair(object, name)
    if pair.function.isNull { try raiseNoAttribute(object, name) }
    return pair
  }

  /// As `findAttribute`, but a method is not bound.
  func findPair(_ object: Value, _ name: Qstr) throws(PyError) -> BoundPair {
    if object.isObject {
      let header = object.uncheckedHeader.pointee
      if header.isInstance { return try findInstancePair(object.unchecked(InstanceObject.self), name) }
      switch header.uncheckedType {
      case .type: return try findClassPair(object, name)
      case .module: return BoundPair(function: try findModuleAttribute(object, name), receiver: .null)
      case .super: return try findSuperPair(object.unchecked(SuperObject.self).pointee, name)
      default: break
      }
    } else if object.isImmediate(.type) {
      return try findClassPair(object, name)
    } else if object.isImmediate(.module) {
      return BoundPair(function: try findModuleAttribute(object, name), receiver: .null)
    }
    return try findBuiltinPair(object, name)
  }

  /// An attribute of an object of a built-in type.
  private func findBuiltinPair(_ object: Value, _ name: Qstr) throws(PyError) -> BoundPair {
    let type = typeID(of: object)
    if let slot = row(type).getAttribute {
      let found = try slot(self, object, name)
      if !found.isNull { return BoundPair(function: found, receiver: .null) }
    }
    if name == .__class__ { return BoundPair(function: Value(type: type), receiver: .null) }
    let found = builtinLookUp(type, name)
    if found.isNull { return BoundPair(function: .null, receiver: .null) }
    return try bindBuiltin(found, object, type: Value(type: type), cacheName: name)
  }

  /// Binds what a type's table has to a receiver.
  private func bindBuiltin(_ found: Value, _ receiver: Value, type: Value, cacheName: Qstr?) throws(PyError) -> BoundPair {
    guard found.isImmediate(.method) else { return BoundPair(function: found, receiver: .null) }
    let method = methodRow(found)
    switch method.kind {
    case .getter:
      var argument = receiver
      return try BoundPair(function: withArguments(&argument, 1, method), receiver: .null)
    case .classMethod: return BoundPair(function: found, receiver: type)
    case .staticMethod: return BoundPair(function: found, receiver: .null)
    default:
      if let cacheName { cache(attributeKey(receiver), cacheName.number, CacheKind.method, 0, found) }
      return BoundPair(function: found, receiver: receiver)
    }
  }

  private func withArguments(_ argument: inout Value, _ count: Int, _ method: Method) throws(PyError) -> Value {
    let top = state.pointee.stackTop
    try checkStack(top + 1)
    top[0] = argument
    state.pointee.stackTop = top + 1
    defer { state.pointee.stackTop = top }
    return try method.native.unsafelyUnwrapped(self, Arguments(base: top, count: count))
  }

  /// An attribute of an instance of a Python class.
  private func findInstancePair(_ instance: Ref<InstanceObject>, _ name: Qstr) throws(PyError) -> BoundPair {
    let owner = instance.pointee.header.uncheckedShape.pointee.owner
    if owner.pointee.flags.contains(ClassFlags.getattribute) {
      let hook = special(owner, .__getattribute__)
      if !hook.isNull { return try BoundPair(function: getThroughHook(hook, instance, name), receiver: .null) }
    }
    let found = try findInstancePairWithoutHooks(instance, name)
    if found.function.isNull && owner.pointee.flags.contains(ClassFlags.getattr) {
      let hook = cachedClassLookUp(owner, .__getattr__)
      return try BoundPair(function: call(hook, Value(instance), Value(name)), receiver: .null)
    }
    return found
  }

  private func getThroughHook(_ hook: Value, _ instance: Ref<InstanceObject>, _ name: Qstr) throws(PyError) -> Value {
    do throws(PyError) {
      return try call(hook, Value(instance), Value(name))
    } catch {
      let owner = instance.pointee.header.uncheckedShape.pointee.owner
      guard matches(error, .attributeError) else { throw error }
      if owner.pointee.flags.contains(ClassFlags.getattr) {
        return try call(cachedClassLookUp(owner, .__getattr__), Value(instance), Value(name))
      }
      throw error
    }
  }

  /// `object.__getattribute__`: without `__getattribute__` and `__getattr__` of the class.
  func findInstancePairWithoutHooks(_ instance: Ref<InstanceObject>, _ name: Qstr) throws(PyError) -> BoundPair {
    let shape = instance.pointee.header.uncheckedShape
    let owner = shape.pointee.owner
    let inClass = classAttribute(owner, name)
    if !inClass.isNull && isDataDescriptor(inClass) {
      if inClass.isObject(.property) {
        let getter = inClass.unchecked(PropertyObject.self).pointee.getter
        if getter.isObject(.function) { cache(shapeKey(shape), name.number, CacheKind.property, 0, getter) }
      }
      return try BoundPair(function: getDescriptor(inClass, Value(instance), Value(owner)), receiver: .null)
    }
    if shape.pointee.usesDict {
      let own = dictGet(instanceDict(instance), name)
      if !own.isNull { return BoundPair(function: own, receiver: .null) }
    } else {
      let slot = shapeFind(shape, name)
      if slot >= 0 {
        let inlineCount = Int(shape.pointee.inlineCount)
        let isInline = slot < inlineCount
        cache(shapeKey(shape), name.number, isInline ? CacheKind.inline : CacheKind.overflow, isInline ? slot : slot &- inlineCount, .null)
        return BoundPair(function: slotPointer(instance, shape, slot).pointee, receiver: .null)
      }
    }
    if name == .__class__ { return BoundPair(function: Value(owner), receiver: .null) }
    if name == .__dict__ {
      try instanceUseDict(instance)
      return BoundPair(function: Value(instanceDict(instance)), receiver: .null)
    }
    if !inClass.isNull { return try bindFromClass(inClass, instance, shape, name) }
    return try findNativeBasePair(instance, owner, name)
  }

  /// True for a built-in method that gets an instance of a subclass as it is, not the built-in value in it.
  @inline(__always) func takesInstances(_ method: Value) -> Bool {
    let owner = method.index &>> 8
    return owner == UInt(TypeID.object.number) || owner == UInt(TypeID.operatorMethods.number)
  }

  /// Binds a non-data attribute found in the class of an instance.
  private func bindFromClass(_ found: Value, _ instance: Ref<InstanceObject>, _ shape: Ref<ShapeObject>, _ name: Qstr) throws(PyError)
    -> BoundPair
  {
    let cacheable = !shape.pointee.usesDict
    if found.isObject(.function) {
      if cacheable { cache(shapeKey(shape), name.number, CacheKind.method, 0, found) }
      return BoundPair(function: found, receiver: Value(instance))
    }
    if found.isImmediate(.method) {
      let row = methodRow(found)
      let isObjectMethod = takesInstances(found)
      if row.kind == .classMethod || row.kind == .staticMethod || row.kind == .getter || isObjectMethod {
        return try bindBuiltin(found, Value(instance), type: Value(shape.pointee.owner), cacheName: nil)
      }
      if cacheable { cache(shapeKey(shape), name.number, CacheKind.nativeMethod, 0, found) }
      let native = nativeValue(Value(instance))
      return BoundPair(function: found, receiver: native.isNull ? Value(instance) : native)
    }
    return try bindOther(found, Value(instance), Value(shape.pointee.owner), cacheable ? shape : nil, name)
  }

  private func bindOther(_ found: Value, _ receiver: Value, _ owner: Value, _ shape: Ref<ShapeObject>?, _ name: Qstr) throws(PyError)
    -> BoundPair
  {
    let key = shape.map { shapeKey($0) } ?? (receiver.isNull ? classKey(owner) : 0)
    if found.isObject(.staticmethod) {
      let function = found.unchecked(WrapperObject.self).pointee.function
      cache(key, name.number, CacheKind.constant, 0, function)
      return BoundPair(function: function, receiver: .null)
    }
    if found.isObject(.classmethod) {
      let function = found.unchecked(WrapperObject.self).pointee.function
      if function.isObject(.function) { cache(key, name.number, CacheKind.classMethod, 0, function) }
      return BoundPair(function: function, receiver: owner)
    }
    if let descriptorClass = pythonClass(of: found), !special(descriptorClass, .__get__).isNull {
      return BoundPair(function: try getDescriptor(found, receiver, owner), receiver: .null)
    }
    if key != 0, let entry = classEntry(owner.unchecked(ClassObject.self), name) {
      cache(key, name.number, CacheKind.classEntry, 0, Value(bits: UInt(bitPattern: entry)))
    } else if shape != nil {
      cache(key, name.number, CacheKind.constant, 0, found)
    }
    return BoundPair(function: found, receiver: .null)
  }

  /// The version of a class made by Python code, for the cache; 0 for built-in types, whose attributes are found otherwise.
  private func classKey(_ type: Value) -> UInt {
    guard type.isObject(.type) else { return 0 }
    let owner = type.unchecked(ClassObject.self)
    if owner.pointee.stamp == 0 { owner.pointee.stamp = freshStamp() }
    return owner.pointee.stamp
  }

  /// Where a class attribute lies, found along the resolution order among the classes made by Python code.
  private func classEntry(_ owner: Ref<ClassObject>, _ name: Qstr) -> UnsafeMutablePointer<Value>? {
    let order = owner.pointee.resolutionOrder.unchecked(TupleObject.self)
    for index in 0..<order.pointee.count {
      let entry = TupleObject.items(order)[index]
      if entry.isImmediate { return nil }
      let space = entry.unchecked(ClassObject.self).pointee.namespace
      let position = dictFind(space, name)
      // The value stands behind the key.
      if position >= 0 {
        return UnsafeMutableRawPointer(space.pointee.entries.unsafelyUnwrapped + position).assumingMemoryBound(to: Value.self) + 1
      }
    }
    return nil
  }

  /// A class attribute that no look-up treats as anything but a value: a change from one such to another needs no new version.
  func isPlainClassValue(_ value: Value) -> Bool {
    if value.isImmediate { return !value.isImmediate(.method) && !value.isImmediate(.function) && !value.isImmediate(.type) }
    guard value.isObject else { return true }
    if value.uncheckedHeader.pointee.isInstance { return false }
    switch value.uncheckedHeader.pointee.uncheckedType {
    case .int, .float, .str, .bytes, .list, .tuple, .dict, .set, .frozenset: return true
    default: return false
    }
  }

  /// Attributes that the built-in base computes (an exception's `args`, say).
  private func findNativeBasePair(_ instance: Ref<InstanceObject>, _ owner: Ref<ClassObject>, _ name: Qstr) throws(PyError) -> BoundPair {
    let native = nativeValue(Value(instance))
    if !native.isNull, let slot = row(typeID(of: native)).getAttribute {
      let found = try slot(self, native, name)
      if !found.isNull { return BoundPair(function: found, receiver: .null) }
    }
    return BoundPair(function: .null, receiver: .null)
  }

  /// True for properties and objects whose class has `__set__` or `__delete__`.
  func isDataDescriptor(_ value: Value) -> Bool {
    if value.isObject(.property) { return true }
    guard let owner = pythonClass(of: value) else { return false }
    return !special(owner, .__set__).isNull || !special(owner, .__delete__).isNull
  }

  /// What a descriptor answers for a receiver (`null` when asked of the class itself).
  func getDescriptor(_ descriptor: Value, _ receiver: Value, _ owner: Value) throws(PyError) -> Value {
    if descriptor.isObject(.property) {
      if receiver.isNull { return descriptor }
      let getter = descriptor.unchecked(PropertyObject.self).pointee.getter
      if getter == .none { try raise(.attributeError, "unreadable attribute") }
      return try call(getter, receiver)
    }
    guard let descriptorClass = pythonClass(of: descriptor) else { return descriptor }
    let get = special(descriptorClass, .__get__)
    return get.isNull ? descriptor : try call(get, descriptor, receiver.isNull ? .none : receiver, owner)
  }

  /// An attribute of a class: its own and its ancestors', then its metaclass's.
  private func findClassPair(_ type: Value, _ name: Qstr) throws(PyError) -> BoundPair {
    let special = try classOwnAttribute(type, name)
    if !special.isNull { return BoundPair(function: special, receiver: .null) }
    let found = classLookUp(type, name)
    if !found.isNull {
      if found.isImmediate(.method) {
        let method = methodRow(found)
        if method.kind == .classMethod { return BoundPair(function: found, receiver: type) }
        return BoundPair(function: found, receiver: .null)
      }
      if found.isObject(.function) {
        cache(classKey(type), name.number, CacheKind.constant, 0, found)
        return BoundPair(function: found, receiver: .null)
      }
      if found.isObject(.property) { return BoundPair(function: found, receiver: .null) }
      return try bindOther(found, .null, type, nil, name)
    }
    let metaclass = self.type(of: type)
    if metaclass != Value(type: .type) {
      let inMeta = classLookUp(metaclass, name)
      if inMeta.isObject(.function) { return BoundPair(function: inMeta, receiver: type) }
      if inMeta.isObject(.property) { return BoundPair(function: try getDescriptor(inMeta, type, metaclass), receiver: .null) }
      if !inMeta.isNull { return try bindOther(inMeta, type, metaclass, nil, name) }
      if let metaOwner = metaclass.isObject ? metaclass.unchecked(ClassObject.self) : nil,
        metaOwner.pointee.flags.contains(ClassFlags.getattr)
      {
        return BoundPair(function: try call(cachedClassLookUp(metaOwner, .__getattr__), type, Value(name)), receiver: .null)
      }
    }
    return try findBuiltinPairOfType(type, name)
  }

  /// Methods of `type` itself, such as `mro`.
  private func findBuiltinPairOfType(_ type: Value, _ name: Qstr) throws(PyError) -> BoundPair {
    let found = builtinLookUp(.type, name)
    return found.isNull
      ? BoundPair(function: .null, receiver: .null) : try bindBuiltin(found, type, type: Value(type: .type), cacheName: nil)
  }

  // MARK: The cache

  /// What the attribute cache knows a value by: the version of its shape, class or module, or its type; 0 if nothing was given out yet.
  @inline(__always) func attributeKey(_ value: Value) -> UInt {
    if value.isObject {
      let word = value.uncheckedHeader.pointee.word
      if word & 1 == 0 { return value.uncheckedHeader.pointee.uncheckedShape.pointee.stamp }
      if word == TypeID.type.headerWord { return value.unchecked(ClassObject.self).pointee.stamp }
      if word == TypeID.module.headerWord { return value.unchecked(ModuleObject.self).pointee.globals.pointee.stamp }
      return word
    }
    if value.isName { return TypeID.str.headerWord }
    if value.isSmallInt { return TypeID.int.headerWord }
    if value.isImmediate(.type) || value.isImmediate(.module) { return value.bits }
    return immediateTypeID(of: value).headerWord
  }

  func shapeKey(_ shape: Ref<ShapeObject>) -> UInt {
    if shape.pointee.stamp == 0 { shape.pointee.stamp = freshStamp() }
    return shape.pointee.stamp
  }

  func cache(_ stamp: UInt, _ name: UInt32, _ kind: UInt16, _ slot: Int, _ value: Value) {
    if stamp == 0 || slot > Int(UInt16.max) { return }
    let entry = cacheEntry(stamp, name)
    entry.pointee.stamp = stamp
    entry.pointee.name = name
    entry.pointee.kind = kind
    entry.pointee.slot = UInt16(truncatingIfNeeded: slot)
    entry.pointee.value = value
  }

  // MARK: Storing

  /// Stores an attribute; deletes it if `value` is `null`. May run Python code.
  public func setAttribute(_ object: Value, _ name: Qstr, _ value: Value) throws(PyError) {
    if object.isObject {
      let header = object.uncheckedHeader.pointee
      if header.isInstance { return try setInstanceAttribute(object.unchecked(InstanceObject.self), name, value) }
      if header.uncheckedType == .type { return try setClassAttribute(object.unchecked(ClassObject.self), name, value) }
      if header.uncheckedType == .module { return try setGlobal(object.unchecked(ModuleObject.self).pointee.globals, name, value, object) }
    } else if object.isImmediate(.module) {
      return try setModuleOverride(object, name, value)
    } else if object.isImmediate(.type) {
      try raise(.attributeError, "type object '%s' has no attribute '%s'", Value(className(object)), Value(name))
    }
    if let slot = row(typeID(of: object)).setAttribute, try slot(self, object, name, value) { return }
    try raiseNoAttribute(object, name)
  }

  private func setGlobal(_ globals: Ref<DictObject>, _ name: Qstr, _ value: Value, _ module: Value) throws(PyError) {
    if !value.isNull { return try dictSet(globals, name, value) }
    if try dictRemove(globals, Value(name)).isNull { try raiseNoAttribute(module, name) }
  }

  private func setInstanceAttribute(_ instance: Ref<InstanceObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    let owner = instance.pointee.header.uncheckedShape.pointee.owner
    let flags = owner.pointee.flags
    if value.isNull ? flags.contains(ClassFlags.delattr) : flags.contains(ClassFlags.setattr) {
      if value.isNull {
        _ = try call(cachedClassLookUp(owner, .__delattr__), Value(instance), Value(name))
      } else {
        _ = try call(cachedClassLookUp(owner, .__setattr__), Value(instance), Value(name), value)
      }
      return
    }
    try setInstanceAttributeWithoutHooks(instance, name, value)
  }

  /// `object.__setattr__` and `object.__delattr__`.
  func setInstanceAttributeWithoutHooks(_ instance: Ref<InstanceObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    let shape = instance.pointee.header.uncheckedShape
    let owner = shape.pointee.owner
    if owner.pointee.flags.contains(ClassFlags.dataDescriptors) {
      let inClass = classAttribute(owner, name)
      if !inClass.isNull && isDataDescriptor(inClass) { return try setDescriptor(inClass, Value(instance), name, value) }
    }
    if name == .__class__ && !value.isNull { return try setClass(instance, value) }
    if name == .__dict__ { try raise(.attributeError, "attribute '__dict__' is not writable") }
    let native = nativeValue(Value(instance))
    if !native.isNull, let slot = row(typeID(of: native)).setAttribute, shapeFind(shape, name) < 0, try slot(self, native, name, value) {
      return
    }
    if value.isNull {
      if try !instanceDelete(instance, name) { try raiseNoAttribute(Value(instance), name) }
      return
    }
    if owner.pointee.flags.contains(ClassFlags.slots) { try checkSlots(instance, owner, name) }
    try instanceSet(instance, name, value)
    cacheStore(instance, shape, name)
  }

  /// Remembers what a store did, for the dispatch loop.
  private func cacheStore(_ instance: Ref<InstanceObject>, _ shape: Ref<ShapeObject>, _ name: Qstr) {
    if shape.pointee.usesDict || nativeValue(Value(instance)) != .null || shape.pointee.owner.pointee.flags.contains(ClassFlags.slots) {
      return
    }
    let after = instance.pointee.header.uncheckedShape
    if after.pointee.usesDict { return }
    let slot = shapeFind(after, name)
    let inlineCount = Int(shape.pointee.inlineCount)
    if after == shape {
      let isInline = slot < inlineCount
      cache(
        shapeKey(shape), name.number | CacheKind.storeBit, isInline ? CacheKind.inline : CacheKind.overflow,
        isInline ? slot : slot &- inlineCount, .null)
    } else if slot < inlineCount {
      cache(shapeKey(shape), name.number | CacheKind.storeBit, CacheKind.transition, slot, Value(after))
    }
  }

  private func checkSlots(_ instance: Ref<InstanceObject>, _ owner: Ref<ClassObject>, _ name: Qstr) throws(PyError) {
    let order = owner.pointee.resolutionOrder.unchecked(TupleObject.self)
    for index in 0..<order.pointee.count {
      let entry = TupleObject.items(order)[index]
      guard entry.isObject else { continue }
      let slots = dictGet(entry.unchecked(ClassObject.self).pointee.namespace, .__slots__)
      if slots.isNull || slots == Value(name) { return }
      if !slots.isName, try contains(slots, Value(name)) { return }
    }
    try raiseNoAttribute(Value(instance), name)
  }

  private func setDescriptor(_ descriptor: Value, _ receiver: Value, _ name: Qstr, _ value: Value) throws(PyError) {
    if descriptor.isObject(.property) {
      let property = descriptor.unchecked(PropertyObject.self).pointee
      let function = value.isNull ? property.deleter : property.setter
      if function == .none { try raise(.attributeError, value.isNull ? "can't delete attribute" : "can't set attribute '%s'", Value(name)) }
      _ = value.isNull ? try call(function, receiver) : try call(function, receiver, value)
      return
    }
    let owner = pythonClass(of: descriptor).unsafelyUnwrapped
    let hook = special(owner, value.isNull ? .__delete__ : .__set__)
    if hook.isNull { try raise(.attributeError, value.isNull ? "__delete__" : "__set__") }
    _ = value.isNull ? try call(hook, descriptor, receiver) : try call(hook, descriptor, receiver, value)
  }

  private func setClass(_ instance: Ref<InstanceObject>, _ type: Value) throws(PyError) {
    guard type.isObject(.type),
      type.unchecked(ClassObject.self).pointee.nativeBase == instance.pointee.header.uncheckedShape.pointee.owner.pointee.nativeBase
    else { try raise(.typeError, "__class__ assignment: object layout differs") }
    let owner = type.unchecked(ClassObject.self)
    try instanceUseDict(instance)
    let native: UInt16 = owner.pointee.nativeBase == .object ? 0 : 1
    if owner.pointee.dictShape == nil {
      let shape = try allocate(ShapeObject.self)
      shape.initialize(
        to: ShapeObject(
          header: ObjectHeader(.shape), stamp: 0, owner: owner, parent: nil, firstChild: nil, nextSibling: nil,
          nextOfClass: owner.pointee.shapes,
          name: .empty, count: native, inlineCount: native, usesDict: true))
      owner.pointee.shapes = shape
      owner.pointee.dictShape = shape
    }
    instance.pointee.header = ObjectHeader(shape: owner.pointee.dictShape.unsafelyUnwrapped)
  }

  /// Stores an attribute of a class and tells the caches.
  func setClassAttribute(_ owner: Ref<ClassObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    let meta = owner.pointee.metaclass
    if meta.isObject(.type) {
      let hook = special(meta.unchecked(ClassObject.self), value.isNull ? .__delattr__ : .__setattr__)
      if !hook.isNull {
        _ = value.isNull ? try call(hook, Value(owner), Value(name)) : try call(hook, Value(owner), Value(name), value)
        return
      }
    }
    try setClassAttributeWithoutHooks(owner, name, value)
  }

  func setClassAttributeWithoutHooks(_ owner: Ref<ClassObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    if value.isNull {
      if try dictRemove(owner.pointee.namespace, Value(name)).isNull { try raiseNoAttribute(Value(owner), name) }
    } else {
      if name == .__name__ {
        guard isString(value) else { try raise(.typeError, "can only assign string to __name__") }
        owner.pointee.name = Value(try intern(value))
        return
      }
      let position = dictFind(owner.pointee.namespace, name)
      if position >= 0 && !isSpecial(name) {
        let entry = owner.pointee.namespace.pointee.entries.unsafelyUnwrapped + position
        if isPlainClassValue(entry.pointee.value) && isPlainClassValue(value) {
          entry.pointee.value = value
          return
        }
      }
      try dictSet(owner.pointee.namespace, name, value)
      noteClassAttribute(owner, name, value)
    }
    classChanged(owner)
  }

  /// Keeps a class's flags in step with an attribute that it gets.
  func noteClassAttribute(_ owner: Ref<ClassObject>, _ name: Qstr, _ value: Value) {
    var added: UInt16 = isDataDescriptor(value) ? ClassFlags.dataDescriptors : 0
    switch name {
    case .__getattr__: added |= ClassFlags.getattr
    case .__setattr__: added |= ClassFlags.setattr
    case .__delattr__: added |= ClassFlags.delattr
    case .__getattribute__: added |= ClassFlags.getattribute
    case .__del__: added |= ClassFlags.finaliser
    case .__new__: added |= ClassFlags.new
    default: break
    }
    if added != 0 { addFlags(owner, added) }
  }

  private func addFlags(_ owner: Ref<ClassObject>, _ added: UInt16) {
    owner.pointee.flags.rawValue |= added
    guard owner.pointee.subclasses.isObject(.list) else { return }
    let list = owner.pointee.subclasses.unchecked(ListObject.self)
    for index in 0..<list.pointee.count { addFlags(list.pointee.items[index].unchecked(ClassObject.self), added) }
  }
}
