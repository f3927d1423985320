// type — classes: making them, their order of resolution, their own attributes, and making instances.

enum TypeType {
  static let methods: InlineArray<_, Method> = [
    Method(.mro, 1...1, typeMro),
    Method(.__subclasses__, 1...1, typeSubclasses),
    Method(.__instancecheck__, 2...2, typeInstanceCheck),
    Method(.__subclasscheck__, 2...2, typeSubclassCheck),
    Method(.__call__, 1...255, typeCall),
    Method(.__new__, staticMethod: 1...255, typeNew),
  ]
}
private func typeMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: TypeType.methods.span[index]) }

extension TypeRow {
  static let type = TypeRow(
    .type, methodCount: UInt8(TypeType.methods.count), method: typeMethod, make: typeMake, binary: typeBinary)
}

/// `type(value)` or `type(name, bases, namespace)`.
private func typeMake(_ vm: VM, _ type: Value, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count == 1 && arguments.keywordCount == 0 { return vm.type(of: arguments[0]) }
  guard arguments.count == 3 else { try vm.raise(.typeError, "type takes 1 or 3 arguments") }
  guard vm.isString(arguments[0]), vm.unwrapped(arguments[1]).isObject(.tuple), let given = vm.plainDict(arguments[2]) else {
    try vm.raise(.typeError, "type() argument types must be str, tuple, dict")
  }
  let namespace = try vm.newDict()
  try vm.dictMerge(namespace, given)
  let keywords = Arguments(base: arguments.base + 3, count: 0, keywordCount: arguments.keywordCount)
  return try vm.newClass(
    vm.intern(vm.unwrapped(arguments[0])), vm.unwrapped(arguments[1]), namespace, metaclass: type == Value(type: .type) ? .null : type,
    keywords)
}

private func typeNew(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try typeMake(vm, arguments[0], arguments.dropFirst) }

private func typeCall(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isClass(arguments[0]) else { try vm.raise(.typeError, "type.__call__ needs a type") }
  if arguments[0].isImmediate(.type) { return try vm.makeBuiltin(vm.uncheckedTypeID(arguments[0]), arguments[0], arguments.dropFirst) }
  return try vm.makeInstance(arguments[0].unchecked(ClassObject.self), arguments.dropFirst)
}

private func typeMro(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let order = try vm.resolutionOrder(arguments[0]).unchecked(TupleObject.self)
  return try vm.newList(TupleObject.items(order), order.pointee.count)
}

private func typeSubclasses(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard arguments[0].isObject(.type), arguments[0].unchecked(ClassObject.self).pointee.subclasses.isObject(.list) else {
    return Value(try vm.newList())
  }
  let list = arguments[0].unchecked(ClassObject.self).pointee.subclasses.unchecked(ListObject.self)
  return try vm.newList(list.pointee.items, list.pointee.count)
}

private func typeInstanceCheck(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  Value(vm.isInstance(arguments[1], arguments[0]))
}

private func typeSubclassCheck(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isClass(arguments[1]) else { try vm.raise(.typeError, "issubclass() arg 1 must be a class") }
  return Value(vm.isSubclass(arguments[1], arguments[0]))
}

/// `int | str` makes a union for annotations: a tuple, as `isinstance` takes it.
private func typeBinary(_ vm: VM, _ operation: BinaryOperator, _ left: Value, _ right: Value) throws(PyError) -> Value {
  guard operation == .or else { return .null }
  let a = left.isObject(.tuple), b = right.isObject(.tuple)
  guard (vm.isClass(left) || a || left == .none) && (vm.isClass(right) || b || right == .none) else { return .null }
  let list = try vm.newList()
  if a { try vm.listExtend(list, left) } else { try vm.listAppend(list, left == .none ? Value(type: .noneType) : left) }
  if b { try vm.listExtend(list, right) } else { try vm.listAppend(list, right == .none ? Value(type: .noneType) : right) }
  return try vm.newTuple(list.pointee.items, list.pointee.count)
}

extension VM {
  // MARK: Attributes of classes themselves

  /// `__name__`, `__bases__` and so on; `null` for others.
  func classOwnAttribute(_ type: Value, _ name: Qstr) throws(PyError) -> Value {
    switch name {
    case .__name__: return Value(className(type))
    case .__qualname__:
      if type.isObject {
        let own = dictGet(type.unchecked(ClassObject.self).pointee.namespace, .__qualname__)
        if !own.isNull { return own }
      }
      return Value(className(type))
    case .__class__: return self.type(of: type)
    case .__bases__: return try classBases(type)
    case .__base__:
      let bases = try classBases(type).unchecked(TupleObject.self)
      return bases.pointee.count == 0 ? .none : TupleObject.items(bases)[0]
    case .__mro__: return try resolutionOrder(type)
    case .__dict__:
      guard type.isObject else { return try newMappingProxy(builtinTypeDict(uncheckedTypeID(type))) }
      return try newMappingProxy(Value(type.unchecked(ClassObject.self).pointee.namespace))
    case .__doc__:
      guard type.isObject else { return .none }
      let own = dictGet(type.unchecked(ClassObject.self).pointee.namespace, .__doc__)
      return own.isNull ? .none : own
    case .__annotations__:
      guard type.isObject else { return .null }
      return try annotations(in: type.unchecked(ClassObject.self).pointee.namespace, type)
    case .__module__:
      guard type.isObject else { return Value(Qstr.builtins) }
      return .null
    default: return .null
    }
  }

  /// The rows of a built-in type's own table as a dict. Allocates.
  private func builtinTypeDict(_ type: TypeID) throws(PyError) -> Value {
    let dict = try newDict()
    let row = self.row(type)
    for index in 0..<Int(row.methodCount) {
      let found = row.methodRow(index)
      try dictSet(dict, found.name, found.kind == .constant ? found.constant : Value(.method, UInt(type.number) &<< 8 | UInt(index)))
    }
    return Value(dict)
  }

  private func classBases(_ type: Value) throws(PyError) -> Value {
    if type.isObject { return type.unchecked(ClassObject.self).pointee.bases }
    if type == Value(type: .object) { return interpreter.pointee.emptyTuple }
    return try newTuple(Value(type: row(uncheckedTypeID(type)).base))
  }

  /// `__mro__` as a tuple.
  func resolutionOrder(_ type: Value) throws(PyError) -> Value {
    if type.isObject { return type.unchecked(ClassObject.self).pointee.resolutionOrder }
    let list = try newList()
    var id = uncheckedTypeID(type)
    while true {
      try listAppend(list, Value(type: id))
      if id == .object { break }
      id = row(id).base
    }
    return try newTuple(list.pointee.items, list.pointee.count)
  }

  // MARK: Making classes

  /// `__build_class__`: runs the class body and calls the metaclass.
  func buildClass(_ arguments: Arguments) throws(PyError) -> Value {
    guard arguments.count >= 2, arguments[0].isObject(.function) else { try raise(.typeError, "__build_class__: func must be a function") }
    var bases = try newTuple(arguments.base + 2, arguments.count &- 2)
    let given = bases
    bases = try resolvedBases(bases)
    var metaclass = Value.null
    let keywords = try newList()
    for index in 0..<arguments.keywordCount {
      let pair = arguments.base + (arguments.count &+ 2 &* index)
      if pair[0] == Value(Qstr.metaclass) {
        metaclass = pair[1]
      } else {
        try listAppend(keywords, pair[0])
        try listAppend(keywords, pair[1])
      }
    }
    metaclass = try chosenMetaclass(metaclass, bases)
    var namespace = Value(try newDict(capacity: 8))
    if !metaclass.isNull {
      let prepare = try findAttribute(metaclass, .__prepare__)
      if !prepare.isNull { namespace = try call(prepare, arguments[1], bases) }
    }
    let body = arguments[0].unchecked(FunctionObject.self)
    let cell = try callFunction(body, Arguments(base: arguments.base, count: 0), namespace: namespace)
    if given != bases, namespace.isObject(.dict) { try dictSet(namespace.unchecked(DictObject.self), .__orig_bases__, given) }
    let name = try intern(unwrapped(arguments[1]))
    var result = Value.null
    if metaclass.isNull && namespace.isObject(.dict) {
      let pairs = Arguments(base: keywords.pointee.items, count: 0, keywordCount: keywords.pointee.count / 2)
      result = try newClass(name, bases, namespace.unchecked(DictObject.self), metaclass: .null, pairs)
    } else {
      result = try callMetaclass(metaclass, Value(name), bases, namespace, keywords)
    }
    if cell.isObject(.cell) { cell.unchecked(CellObject.self).pointee.value = result }
    return result
  }

  private func callMetaclass(_ metaclass: Value, _ name: Value, _ bases: Value, _ namespace: Value, _ keywords: Ref<ListObject>)
    throws(PyError) -> Value
  {
    let top = state.pointee.stackTop
    try checkStack(top + (keywords.pointee.count &+ 3))
    top[0] = name
    top[1] = bases
    top[2] = namespace
    (top + 3).update(from: keywords.pointee.items, count: keywords.pointee.count)
    return try callPushed(metaclass.isNull ? Value(type: .type) : metaclass, top, 3, keywords: keywords.pointee.count / 2)
  }

  /// Replaces bases that have `__mro_entries__` (generic aliases).
  private func resolvedBases(_ bases: Value) throws(PyError) -> Value {
    let tuple = bases.unchecked(TupleObject.self)
    var changed = false
    let list = try newList(capacity: tuple.pointee.count)
    for index in 0..<tuple.pointee.count {
      let base = TupleObject.items(tuple)[index]
      if base.isObject(.genericAlias) {
        changed = true
        try listAppend(list, getAttribute(base, .__origin__))
      } else if !isClass(base), let entries = Optional(try findAttribute(base, .__mro_entries__)), !entries.isNull {
        changed = true
        try listExtend(list, call(entries, bases))
      } else {
        try listAppend(list, base)
      }
    }
    return changed ? try newTuple(list.pointee.items, list.pointee.count) : bases
  }

  /// The most derived metaclass, or `null` for `type`.
  private func chosenMetaclass(_ wanted: Value, _ bases: Value) throws(PyError) -> Value {
    var best = wanted == Value(type: .type) ? .null : wanted
    if !best.isNull && !isClass(best) { return best }
    let tuple = bases.unchecked(TupleObject.self)
    for index in 0..<tuple.pointee.count {
      let base = TupleObject.items(tuple)[index]
      guard base.isObject(.type) else { continue }
      let meta = base.unchecked(ClassObject.self).pointee.metaclass
      if meta.isNull || meta == best { continue }
      if best.isNull || isSubclass(meta, best) {
        best = meta
      } else if !isSubclass(best, meta) {
        try raise(.typeError, "metaclass conflict")
      }
    }
    return best
  }

  /// A new class over a namespace dict, which it keeps. Calls `__set_name__` and `__init_subclass__`.
  public func newClass(
    _ name: Qstr, _ bases: Value, _ namespace: Ref<DictObject>, metaclass: Value, _ keywords: Arguments
  ) throws(PyError) -> Value {
    let owner = try allocate(ClassObject.self)
    let baseTuple = bases.unchecked(TupleObject.self).pointee.count == 0 ? try newTuple(Value(type: .object)) : bases
    // Field by field (the memory is zero): a struct value of so many fields is more than the compiler takes.
    owner.pointee.header = ObjectHeader(.type)
    owner.pointee.name = Value(name)
    owner.pointee.bases = baseTuple
    owner.pointee.namespace = namespace
    owner.pointee.nativeBase = .object
    owner.pointee.learnedSlots = 2
    owner.pointee.metaclass = metaclass
    try inspectBases(owner, baseTuple)
    owner.pointee.resolutionOrder = try linearise(owner, baseTuple)
    try adoptNamespace(owner)
    let tuple = baseTuple.unchecked(TupleObject.self)
    for index in 0..<tuple.pointee.count where TupleObject.items(tuple)[index].isObject(.type) {
      let base = TupleObject.items(tuple)[index].unchecked(ClassObject.self)
      if base.pointee.subclasses.isNull { base.pointee.subclasses = Value(try newList(capacity: 2)) }
      try listAppend(base.pointee.subclasses.unchecked(ListObject.self), Value(owner))
    }
    try announce(owner, keywords)
    return Value(owner)
  }

  /// Checks the bases and takes over their flags and native base.
  private func inspectBases(_ owner: Ref<ClassObject>, _ bases: Value) throws(PyError) {
    let tuple = bases.unchecked(TupleObject.self)
    for index in 0..<tuple.pointee.count {
      let base = TupleObject.items(tuple)[index]
      guard isClass(base) else { try raise(.typeError, "type '%t' isn't an acceptable base type", base) }
      var native = TypeID.object
      if base.isImmediate(.type) {
        native = uncheckedTypeID(base)
        if native != .type && !row(native).isSubclassable {
          try raise(.typeError, "type '%s' isn't an acceptable base type", Value(className(base)))
        }
        if isException(native) { owner.pointee.flags.rawValue |= ClassFlags.exception }
      } else {
        let parent = base.unchecked(ClassObject.self)
        native = parent.pointee.nativeBase
        owner.pointee.flags.rawValue |= parent.pointee.flags.rawValue & ~ClassFlags.slots
        owner.pointee.learnedSlots = max(owner.pointee.learnedSlots, parent.pointee.learnedSlots)
      }
      if native == .object { continue }
      let current = owner.pointee.nativeBase
      if current == .object || isSubclass(Value(type: native), Value(type: current)) {
        owner.pointee.nativeBase = native
      } else if !isSubclass(Value(type: current), Value(type: native)) {
        try raise(.typeError, "multiple bases have instance lay-out conflict")
      }
    }
  }

  /// C3: merges the bases' orders and the bases themselves. `object` may stand before other bases, as MicroPython allows.
  private func linearise(_ owner: Ref<ClassObject>, _ bases: Value) throws(PyError) -> Value {
    let tuple = bases.unchecked(TupleObject.self)
    let sequences = try newList()
    let direct = try newList()
    for index in 0..<tuple.pointee.count {
      let base = TupleObject.items(tuple)[index]
      if base == Value(type: .object) { continue }
      let order = try resolutionOrder(base).unchecked(TupleObject.self)
      let copy = try newList()
      for position in 0..<order.pointee.count where TupleObject.items(order)[position] != Value(type: .object) {
        try listAppend(copy, TupleObject.items(order)[position])
      }
      try listAppend(sequences, Value(copy))
      try listAppend(direct, base)
    }
    try listAppend(sequences, Value(direct))
    let result = try newList()
    try listAppend(result, Value(owner))
    while let candidate = try nextInOrder(sequences) {
      try listAppend(result, candidate)
      for index in 0..<sequences.pointee.count {
        let list = sequences.pointee.items[index].unchecked(ListObject.self)
        if list.pointee.count > 0 && list.pointee.items[0] == candidate {
          list.pointee.items.update(from: list.pointee.items + 1, count: list.pointee.count &- 1)
          list.pointee.count &-= 1
        }
      }
    }
    try listAppend(result, Value(type: .object))
    return try newTuple(result.pointee.items, result.pointee.count)
  }

  /// The first head of a sequence that is in no sequence's tail; nil when all are empty.
  private func nextInOrder(_ sequences: Ref<ListObject>) throws(PyError) -> Value? {
    var isEmpty = true
    for index in 0..<sequences.pointee.count {
      let list = sequences.pointee.items[index].unchecked(ListObject.self)
      if list.pointee.count == 0 { continue }
      isEmpty = false
      let candidate = list.pointee.items[0]
      var isBlocked = false
      for other in 0..<sequences.pointee.count where !isBlocked {
        let tail = sequences.pointee.items[other].unchecked(ListObject.self)
        var position = 1
        while position < tail.pointee.count && !isBlocked {
          isBlocked = tail.pointee.items[position] == candidate
          position &+= 1
        }
      }
      if !isBlocked { return candidate }
    }
    if isEmpty { return nil }
    try raise(.typeError, "Cannot create a consistent method resolution order (MRO) for bases")
  }

  /// Sets flags from what the namespace defines; makes implicit static and class methods explicit.
  private func adoptNamespace(_ owner: Ref<ClassObject>) throws(PyError) {
    let namespace = owner.pointee.namespace
    var position = dictNext(namespace, 0)
    while position >= 0 {
      let entry = namespace.pointee.entries.unsafelyUnwrapped[position]
      if entry.key.isName {
        let name = entry.key.uncheckedName
        if name == .__new__ && entry.value.isObject(.function) {
          namespace.pointee.entries.unsafelyUnwrapped[position].value = try newWrapper(.staticmethod, entry.value)
        }
        if (name == .__init_subclass__ || name == .__class_getitem__) && entry.value.isObject(.function) {
          namespace.pointee.entries.unsafelyUnwrapped[position].value = try newWrapper(.classmethod, entry.value)
        }
        if name == .__slots__ { owner.pointee.flags.rawValue |= ClassFlags.slots }
        if name == .__init__ { learnFromInit(owner, entry.value) }
        noteClassAttribute(owner, name, entry.value)
      }
      position = dictNext(namespace, position &+ 1)
    }
  }

  /// `__set_name__` of the attributes, then `__init_subclass__` of the parent.
  private func announce(_ owner: Ref<ClassObject>, _ keywords: Arguments) throws(PyError) {
    let namespace = owner.pointee.namespace
    var position = dictNext(namespace, 0)
    // Hooks may change the namespace: those to call are found first.
    var hooked: Ref<ListObject>?
    while position >= 0 {
      let entry = namespace.pointee.entries.unsafelyUnwrapped[position]
      if let valueClass = pythonClass(of: entry.value), !special(valueClass, .__set_name__).isNull {
        if hooked == nil { hooked = try newList(capacity: 4) }
        if let list = hooked {
          try listAppend(list, entry.value)
          try listAppend(list, entry.key)
        }
      }
      position = dictNext(namespace, position &+ 1)
    }
    if let hooked { try callSetName(owner, hooked) }
    let proxy = SuperObject(header: ObjectHeader(.super), type: Value(owner), receiver: Value(owner))
    let hook = try findSuperPair(proxy, .__init_subclass__)
    if hook.function.isNull { return }
    if keywords.keywordCount == 0 && hook.function.isImmediate(.method) { return }
    _ = hook.receiver.isNull ? try call(hook.function, keywords) : try call(hook.function, prepending: hook.receiver, keywords)
  }

  private func callSetName(_ owner: Ref<ClassObject>, _ pairs: Ref<ListObject>) throws(PyError) {
    var index = 0
    while index < pairs.pointee.count {
      let value = pairs.pointee.items[index]
      if let valueClass = pythonClass(of: value) {
        let hook = special(valueClass, .__set_name__)
        if !hook.isNull { _ = try call(hook, value, Value(owner), pairs.pointee.items[index &+ 1]) }
      }
      index &+= 2
    }
  }

  // MARK: Making instances

  /// Calls a Python class: through its metaclass's `__call__` if it has one.
  func callClass(_ owner: Ref<ClassObject>, _ arguments: Arguments) throws(PyError) -> Value {
    if owner.pointee.metaclass.isObject {
      let hook = special(owner.pointee.metaclass.unchecked(ClassObject.self), .__call__)
      if !hook.isNull { return try call(hook, prepending: Value(owner), arguments) }
    }
    return try makeInstance(owner, arguments)
  }

  /// `__new__`, then `__init__`.
  func makeInstance(_ owner: Ref<ClassObject>, _ arguments: Arguments) throws(PyError) -> Value {
    if owner.pointee.nativeBase == .type { return try makeClassOfMetaclass(owner, arguments) }
    var instance = Value.null
    if owner.pointee.flags.contains(ClassFlags.new) {
      let new = cachedClassLookUp(owner, .__new__)
      let function = new.isObject(.staticmethod) ? new.unchecked(WrapperObject.self).pointee.function : new
      instance = try call(function, prepending: Value(owner), arguments)
      if !isInstance(instance, Value(owner)) { return instance }
    } else {
      instance = try newNativeInstance(owner, arguments)
    }
    let initialiser = cachedLookUp(type(of: instance), .__init__)
    if initialiser.isNull || initialiser.isImmediate(.method) {
      if owner.pointee.nativeBase == .object && !owner.pointee.flags.contains(ClassFlags.new)
        && arguments.count &+ arguments.keywordCount > 0
      {
        try raise(
          .typeError, "function takes %s positional arguments but %s were given", Value(smallInt: 0), Value(smallInt: arguments.count))
      }
      return instance
    }
    let pair = try findPair(instance, .__init__)
    let result = pair.receiver.isNull ? try call(pair.function, arguments) : try call(pair.function, prepending: pair.receiver, arguments)
    if result != .none { try raise(.typeError, "__init__() should return None, not '%t'", result) }
    return instance
  }

  /// An instance without `__init__`; with a built-in base its value is made from the arguments. A class with an `__init__` of its own may take
  /// other arguments than the base: then the base's value is made empty, as `super().__init__(…)` will set it.
  func newNativeInstance(_ owner: Ref<ClassObject>, _ arguments: Arguments) throws(PyError) -> Value {
    let instance = try newInstance(owner)
    let native = owner.pointee.nativeBase
    if native == .object { return Value(instance) }
    var value = Value.null
    let initialiser = cachedClassLookUp(owner, .__init__)
    let hasOwnInit = !(initialiser.isNull || initialiser.isImmediate(.method))
    let isMutable = native == .list || native == .dict || native == .set || native == .bytearray || row(native).base == .dict
    if hasOwnInit && isMutable {
      value = try makeBuiltin(native, Value(type: native), Arguments(base: arguments.base, count: 0))
    } else if hasOwnInit && !isException(native) {
      do throws(PyError) {
        value = try makeBuiltin(native, Value(type: native), Arguments(base: arguments.base, count: arguments.count))
      } catch {
        guard matches(error, .typeError) else { throw error }
        value = try makeBuiltin(native, Value(type: native), Arguments(base: arguments.base, count: 0))
      }
    } else {
      let plain = isException(native) ? Arguments(base: arguments.base, count: arguments.count) : arguments
      value = try makeBuiltin(native, Value(type: native), plain)
    }
    InstanceObject.slots(instance)[0] = value
    return Value(instance)
  }

  /// A metaclass's instances are classes.
  private func makeClassOfMetaclass(_ owner: Ref<ClassObject>, _ arguments: Arguments) throws(PyError) -> Value {
    var result = Value.null
    if owner.pointee.flags.contains(ClassFlags.new) {
      let new = cachedClassLookUp(owner, .__new__)
      let function = new.isObject(.staticmethod) ? new.unchecked(WrapperObject.self).pointee.function : new
      result = try call(function, prepending: Value(owner), arguments)
    } else {
      result = try typeMake(self, Value(owner), arguments)
    }
    let initialiser = cachedClassLookUp(owner, .__init__)
    if initialiser.isObject(.function) && isClass(result) { _ = try call(initialiser, prepending: result, arguments) }
    return result
  }
}
