// Types as values: what type a value has, class look-up along the method resolution order, and versions for caches.

extension VM {
  /// The built-in type of a value; `.object` for an instance of a Python class.
  @inline(__always) public func typeID(of value: Value) -> TypeID {
    if value.isSmallInt { return .int }
    if value.isObject {
      let header = value.uncheckedHeader.pointee
      return header.isInstance ? .object : header.uncheckedType
    }
    return immediateTypeID(of: value)
  }

  @inline(never) func immediateTypeID(of value: Value) -> TypeID {
    #if _pointerBitWidth(_64)
      if value.isTaggedFloat || value == .positiveZero || value == .negativeZero { return .float }
    #endif
    if value.isName { return .str }
    if value.isImmediate(.type) { return .type }
    if value.isImmediate(.method) || value.isImmediate(.function) { return .builtinFunction }
    if value.isImmediate(.module) { return .module }
    if value.isBool { return .bool }
    if value == .ellipsis { return .ellipsis }
    if value == .notImplemented { return .notImplementedType }
    if let stream = standardStreamType(value) { return stream }
    return .noneType
  }

  /// The type of a value: a built-in type or a Python class.
  public func type(of value: Value) -> Value {
    if value.isObject {
      let header = value.uncheckedHeader.pointee
      if header.isInstance { return Value(header.uncheckedShape.pointee.owner) }
      if header.uncheckedType == .type {
        let metaclass = value.unchecked(ClassObject.self).pointee.metaclass
        return metaclass.isNull ? Value(type: .type) : metaclass
      }
      return Value(type: header.uncheckedType)
    }
    return Value(type: typeID(of: value))
  }

  /// The class of an instance of a Python class, else nil.
  @inline(__always) public func pythonClass(of value: Value) -> Ref<ClassObject>? {
    guard value.isObject else { return nil }
    let header = value.uncheckedHeader.pointee
    return header.isInstance ? header.uncheckedShape.pointee.owner : nil
  }

  /// The class whose special methods operators on a value call: an instance's class, or a class's metaclass if a program made it; else nil.
  @inline(__always) func operatorClass(of value: Value) -> Ref<ClassObject>? {
    guard value.isObject else { return nil }
    let header = value.uncheckedHeader.pointee
    if header.isInstance { return header.uncheckedShape.pointee.owner }
    if header.word != TypeID.type.headerWord { return nil }
    let metaclass = value.unchecked(ClassObject.self).pointee.metaclass
    return metaclass.isObject(.type) ? metaclass.unchecked(ClassObject.self) : nil
  }

  /// True for a built-in type or a Python class.
  @inline(__always) public func isClass(_ value: Value) -> Bool { value.isImmediate(.type) || value.isObject(.type) }

  /// The built-in type that an immediate type value means.
  @inline(__always) public func uncheckedTypeID(_ type: Value) -> TypeID { TypeID(UInt16(truncatingIfNeeded: type.index)) }

  public func className(_ type: Value) -> Qstr {
    if type.isImmediate(.type) { return row(uncheckedTypeID(type)).name }
    return type.unchecked(ClassObject.self).pointee.name.uncheckedName
  }

  /// The value of the built-in type that an instance of a Python subclass holds, or `null`.
  @inline(__always) public func nativeValue(_ value: Value) -> Value {
    guard let owner = pythonClass(of: value), owner.pointee.nativeBase != .object else { return .null }
    return InstanceObject.slots(value.unchecked(InstanceObject.self))[0]
  }

  /// The value itself, or for an instance of a Python subclass of a built-in type the built-in value it holds. Natives see only those.
  @inline(__always) public func unwrapped(_ value: Value) -> Value {
    if value.isObject && value.uncheckedHeader.pointee.isInstance {
      let native = nativeValue(value)
      return native.isNull ? value : native
    }
    return value
  }

  /// `issubclass(type, ancestor)` for two classes, without `__subclasscheck__`.
  public func isSubclass(_ type: Value, _ ancestor: Value) -> Bool {
    if type == ancestor || ancestor == Value(type: .object) { return true }
    if type.isImmediate(.type) {
      guard ancestor.isImmediate(.type) else { return false }
      var id = uncheckedTypeID(type)
      let wanted = uncheckedTypeID(ancestor)
      while id != .object {
        id = row(id).base
        if id == wanted { return true }
      }
      // The one built-in type with two bases.
      return wanted == .baseExceptionGroup && uncheckedTypeID(type) == .exceptionGroup
    }
    let order = type.unchecked(ClassObject.self).pointee.resolutionOrder.unchecked(TupleObject.self)
    for index in 0..<order.pointee.count {
      let entry = TupleObject.items(order)[index]
      if entry == ancestor || entry.isImmediate(.type) && ancestor.isImmediate(.type) && isSubclass(entry, ancestor) { return true }
    }
    return false
  }

  /// `isinstance(value, type)` for one class, without `__instancecheck__`.
  @inline(__always) public func isInstance(_ value: Value, _ type: Value) -> Bool { isSubclass(self.type(of: value), type) }

  // MARK: Look-up

  /// A row of a built-in type's table, its bases' included, as a value: a method, a constant, or (for computed attributes) the getter; else `null`.
  func builtinLookUp(_ type: TypeID, _ name: Qstr) -> Value {
    var id = type
    while true {
      if id == .object && !isSpecial(name) { return operatorMethod(type, name) }
      let row = self.row(id)
      for index in 0..<Int(row.methodCount) where row.methodRow(index).name == name {
        let found = row.methodRow(index)
        if id == .object && type != .object && name == .__new__ { return nativeNewFunction }
        return found.kind == .constant ? found.constant : Value(.method, UInt(id.number) &<< 8 | UInt(index))
      }
      if id == .object { return operatorMethod(type, name) }
      id = row.base
    }
  }

  /// The attribute `name` of a class, found along its resolution order, unbound; else `null`. Never runs Python code.
  func classLookUp(_ type: Value, _ name: Qstr) -> Value {
    if type.isImmediate(.type) { return builtinLookUp(uncheckedTypeID(type), name) }
    return classLookUp(type.unchecked(ClassObject.self), name)
  }

  func classLookUp(_ type: Ref<ClassObject>, _ name: Qstr) -> Value {
    let order = type.pointee.resolutionOrder.unchecked(TupleObject.self)
    for index in 0..<order.pointee.count {
      let entry = TupleObject.items(order)[index]
      let found =
        entry.isImmediate(.type)
        ? builtinRowOnly(uncheckedTypeID(entry), name) : dictGet(entry.unchecked(ClassObject.self).pointee.namespace, name)
      if !found.isNull { return found }
    }
    return .null
  }

  /// As `builtinLookUp`, for a type that stands in a resolution order: its bases stand there too, `object` last.
  private func builtinRowOnly(_ type: TypeID, _ name: Qstr) -> Value {
    if type == .object && !isSpecial(name) { return .null }
    let row = self.row(type)
    for index in 0..<Int(row.methodCount) where row.methodRow(index).name == name {
      let found = row.methodRow(index)
      return found.kind == .constant ? found.constant : Value(.method, UInt(type.number) &<< 8 | UInt(index))
    }
    return operatorMethod(type, name)
  }

  /// Whether a name begins as those do that mean something to the engine: `object` has no attributes of other names, and is asked for nearly every
  /// attribute once.
  func isSpecial(_ name: Qstr) -> Bool {
    let text = self.text(name)
    return text.count > 2 && text[0] == 95 && text[1] == 95
  }

  /// A special method that a Python class defines (a built-in base's row does not count), or `null`. Cached.
  @inline(__always) func special(_ owner: Ref<ClassObject>, _ name: Qstr) -> Value {
    let found = cachedClassLookUp(owner, name)
    if found.isImmediate(.method) { return .null }
    if found.isObject(.staticmethod) || found.isObject(.classmethod) { return found.unchecked(WrapperObject.self).pointee.special }
    return found
  }

  /// As `classLookUp` of any class, through the attribute cache where it is a Python class.
  func cachedLookUp(_ type: Value, _ name: Qstr) -> Value {
    type.isImmediate(.type) ? builtinLookUp(uncheckedTypeID(type), name) : cachedClassLookUp(type.unchecked(ClassObject.self), name)
  }

  /// `classLookUp` through the attribute cache.
  func cachedClassLookUp(_ owner: Ref<ClassObject>, _ name: Qstr) -> Value {
    if owner.pointee.stamp == 0 { owner.pointee.stamp = freshStamp() }
    let entry = cacheEntry(owner.pointee.stamp, name.number | CacheKind.rawBit)
    if entry.pointee.stamp == owner.pointee.stamp && entry.pointee.name == name.number | CacheKind.rawBit { return entry.pointee.value }
    let found = classLookUp(owner, name)
    entry.pointee = AttributeCacheEntry(stamp: owner.pointee.stamp, name: name.number | CacheKind.rawBit, kind: 0, slot: 0, value: found)
    return found
  }

  /// `classLookUp` through the attribute cache for any name. Changes of plain class attributes make no new version, so those are not kept.
  func classAttribute(_ owner: Ref<ClassObject>, _ name: Qstr) -> Value {
    let key = name.number | CacheKind.rawBit
    let stamp = owner.pointee.stamp
    let entry = cacheEntry(stamp, key)
    if stamp != 0 && entry.pointee.stamp == stamp && entry.pointee.name == key { return entry.pointee.value }
    let found = classLookUp(owner, name)
    return found.isNull || !isPlainClassValue(found) ? cachedClassLookUp(owner, name) : found
  }

  // MARK: Versions

  /// A number that was never a stamp before. A multiple of 8 from 2 to the 18th on, so neither a header word nor an immediate.
  @inline(__always) func freshStamp() -> UInt {
    let stamp = interpreter.pointee.nextStamp
    interpreter.pointee.nextStamp = stamp &+ 8
    return stamp
  }

  /// The line of the attribute cache where (stamp, name) may be.
  @inline(__always) func cacheEntry(_ stamp: UInt, _ name: UInt32) -> UnsafeMutablePointer<AttributeCacheEntry> {
    #if _pointerBitWidth(_32)
      // A small table: names of one program are close together, so those of one shape, for loads and for stores, do not meet.
      let line = stamp &>> 3 &* 29 &+ UInt(name) &+ UInt(name &>> 30) &* 21
      return interpreter.pointee.attributeCache + Int(line & CacheSize.attributeMask)
    #else
      // Stamps of one program are close together, and so are its names: the product spreads both over the upper bits.
      let mixed = CacheSize.spread(stamp &>> 3 ^ UInt(name) &<< 7)
      return interpreter.pointee.attributeCache + Int(mixed & CacheSize.attributeMask)
    #endif
  }

  /// Forgets what caches know of a class and its subclasses. Called after every change of a class attribute.
  func classChanged(_ owner: Ref<ClassObject>) {
    owner.pointee.stamp = 0
    owner.pointee.initStamp = 0
    var shape = owner.pointee.shapes
    while let current = shape {
      current.pointee.stamp = 0
      shape = current.pointee.nextOfClass
    }
    guard owner.pointee.subclasses.isObject(.list) else { return }
    let list = owner.pointee.subclasses.unchecked(ListObject.self)
    for index in 0..<list.pointee.count { classChanged(list.pointee.items[index].unchecked(ClassObject.self)) }
  }
}

enum CacheSize {
  #if _pointerBitWidth(_64)
    static var attributeMask: UInt { 2047 }
    static var globalMask: UInt { 511 }
    static var nativeMask: UInt { 255 }
    static var planMask: UInt { 127 }
    private static var multiplier: UInt { 0x9E37_79B9_7F4A_7C15 }
  #else
    static var attributeMask: UInt { 63 }
    static var globalMask: UInt { 31 }
    static var nativeMask: UInt { 15 }
    static var planMask: UInt { 7 }
    private static var multiplier: UInt { 0x9E37_79B9 }
  #endif

  /// A number whose lower half depends on all bits of `key`.
  @inline(__always) static func spread(_ key: UInt) -> UInt { (key &* multiplier) &>> UInt(UInt.bitWidth / 2) }
}

/// What a line of the attribute cache says. The name of a line for stores, or for raw class look-ups, carries a bit.
enum CacheKind {
  static var storeBit: UInt32 { 0x8000_0000 }
  static var rawBit: UInt32 { 0x4000_0000 }
  /// The attribute is in an inline slot.
  static var inline: UInt16 { 1 }
  static var overflow: UInt16 { 2 }
  /// The attribute is `value` itself.
  static var constant: UInt16 { 3 }
  /// The attribute is the function `value` bound to the receiver.
  static var method: UInt16 { 4 }
  /// The attribute is the built-in method `value` bound to the receiver's native value.
  static var nativeMethod: UInt16 { 5 }
  /// The attribute is computed by calling `value` with the receiver.
  static var property: UInt16 { 6 }
  /// The attribute is in the module's dict at `slot`.
  static var global: UInt16 { 7 }
  /// A store adds an inline slot and changes the shape to `value`.
  static var transition: UInt16 { 8 }
  /// The attribute is what the address in `value` holds: an entry of a class's namespace, which may get other plain values while the class's
  /// version stays the same.
  static var classEntry: UInt16 { 9 }
  /// The attribute is the function `value` bound to the class of the receiver, or to the receiver if that is a class.
  static var classMethod: UInt16 { 10 }
}
