// Layouts of instances: see ShapeObject. A shape tree hangs below the class's root shape; an instance walks down as attributes are added.
// Instances that lose an attribute, or get very many, change to the class's dict shape and keep their attributes in a dict.

import Bytecode

extension VM {
  static var shapeLimit: Int { 64 }

  /// The shape of a new instance of the class. Allocates on first use.
  @inline(__always) func rootShape(_ owner: Ref<ClassObject>) throws(PyError) -> Ref<ShapeObject> {
    if let shape = owner.pointee.rootShape { return shape }
    return try newRootShape(owner)
  }

  @inline(never) private func newRootShape(_ owner: Ref<ClassObject>) throws(PyError) -> Ref<ShapeObject> {
    let native: UInt16 = owner.pointee.nativeBase == .object ? 0 : 1
    let shape = try newShape(owner, parent: nil, name: .empty, count: native, inlineCount: max(owner.pointee.learnedSlots, native))
    owner.pointee.rootShape = shape
    return shape
  }

  private func newShape(
    _ owner: Ref<ClassObject>, parent: Ref<ShapeObject>?, name: Qstr, count: UInt16, inlineCount: UInt16, usesDict: Bool = false
  ) throws(PyError) -> Ref<ShapeObject> {
    let shape = try allocate(ShapeObject.self)
    shape.initialize(
      to: ShapeObject(
        header: ObjectHeader(.shape), stamp: 0, owner: owner, parent: parent, firstChild: nil, nextSibling: nil,
        nextOfClass: owner.pointee.shapes, name: name, count: count, inlineCount: inlineCount, usesDict: usesDict))
    owner.pointee.shapes = shape
    return shape
  }

  /// The slot of an attribute, or -1.
  func shapeFind(_ shape: Ref<ShapeObject>, _ name: Qstr) -> Int {
    var current = shape
    while let parent = current.pointee.parent {
      if current.pointee.name == name { return Int(current.pointee.count) &- 1 }
      current = parent
    }
    return -1
  }

  /// The shape with one attribute more. Allocates the first time.
  private func shapeAdding(_ shape: Ref<ShapeObject>, _ name: Qstr) throws(PyError) -> Ref<ShapeObject> {
    var child = shape.pointee.firstChild
    while let current = child {
      if current.pointee.name == name { return current }
      child = current.pointee.nextSibling
    }
    let added = try newShape(
      shape.pointee.owner, parent: shape, name: name, count: shape.pointee.count &+ 1, inlineCount: shape.pointee.inlineCount)
    added.pointee.nextSibling = shape.pointee.firstChild
    shape.pointee.firstChild = added
    return added
  }

  /// A new instance without attributes. Allocates.
  @inline(__always) public func newInstance(_ owner: Ref<ClassObject>) throws(PyError) -> Ref<InstanceObject> {
    let shape = try rootShape(owner)
    let instance = try allocate(InstanceObject.self, extra: Int(shape.pointee.inlineCount) &* MemoryLayout<Value>.size)
    instance.initialize(to: InstanceObject(header: ObjectHeader(shape: shape), overflow: 0))
    if owner.pointee.flags.contains(ClassFlags.finaliser) { heap.registerFinaliser(UnsafeMutableRawPointer(instance)) }
    return instance
  }

  @inline(__always) func slotPointer(_ instance: Ref<InstanceObject>, _ shape: Ref<ShapeObject>, _ slot: Int) -> UnsafeMutablePointer<Value>
  {
    let inlineCount = Int(shape.pointee.inlineCount)
    if slot < inlineCount { return InstanceObject.slots(instance) + slot }
    return UnsafeMutablePointer<Value>(bitPattern: instance.pointee.overflow).unsafelyUnwrapped + (slot &- inlineCount)
  }

  /// The attribute that an instance itself has, or `null`.
  func instanceGet(_ instance: Ref<InstanceObject>, _ name: Qstr) -> Value {
    let shape = instance.pointee.header.uncheckedShape
    if shape.pointee.usesDict { return dictGet(instanceDict(instance), name) }
    let slot = shapeFind(shape, name)
    return slot < 0 ? .null : slotPointer(instance, shape, slot).pointee
  }

  @inline(__always) func instanceDict(_ instance: Ref<InstanceObject>) -> Ref<DictObject> {
    UnsafeMutablePointer(bitPattern: instance.pointee.overflow).unsafelyUnwrapped
  }

  /// Stores an attribute of the instance itself. Allocates.
  func instanceSet(_ instance: Ref<InstanceObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    let shape = instance.pointee.header.uncheckedShape
    if shape.pointee.usesDict { return try dictSet(instanceDict(instance), name, value) }
    let slot = shapeFind(shape, name)
    if slot >= 0 {
      slotPointer(instance, shape, slot).pointee = value
    } else if Int(shape.pointee.count) >= VM.shapeLimit {
      try instanceUseDict(instance)
      try dictSet(instanceDict(instance), name, value)
    } else {
      try instanceAdd(instance, shape, name, value)
    }
  }

  private func instanceAdd(_ instance: Ref<InstanceObject>, _ shape: Ref<ShapeObject>, _ name: Qstr, _ value: Value) throws(PyError) {
    let next = try shapeAdding(shape, name)
    let slot = Int(shape.pointee.count)
    let inlineCount = Int(shape.pointee.inlineCount)
    if slot >= inlineCount {
      let used = slot &- inlineCount
      // Grows by four slots; the block is full whenever the used part is a multiple of four.
      if used & 3 == 0 {
        let block = try allocateValues(used &+ 4)
        if let old = UnsafeMutablePointer<Value>(bitPattern: instance.pointee.overflow) { block.update(from: old, count: used) }
        instance.pointee.overflow = UInt(bitPattern: block)
      }
      learn(shape.pointee.owner, slots: slot &+ 1)
    }
    slotPointer(instance, next, slot).pointee = value
    instance.pointee.header = ObjectHeader(shape: next)
  }

  /// Gives later instances of the class room for so many attributes.
  private func learn(_ owner: Ref<ClassObject>, slots: Int) {
    if slots <= Int(owner.pointee.learnedSlots) { return }
    owner.pointee.learnedSlots = UInt16(truncatingIfNeeded: (slots &+ 1) & ~1)
    owner.pointee.rootShape = nil
  }

  /// Gives instances room for what the class's `__init__` stores, before the first one is made.
  func learnFromInit(_ owner: Ref<ClassObject>, _ initialiser: Value) {
    guard initialiser.isObject(.function) else { return }
    let code = initialiser.unchecked(FunctionObject.self).pointee.code
    if code.pointee.positionalCount == 0 { return }
    var reader = InstructionReader(
      base: code.pointee.instructions, count: Int(code.pointee.byteCount) - Int(code.pointee.instructionOffset))
    var seen: (UInt64, UInt64) = (0, 0)
    var count = 0
    var inherits = false
    var previous = Opcode.popTop
    while true {
      guard let instruction = try? reader.next() else { break }
      if instruction.opcode == .storeAttr && previous.rawValue == Opcode.loadFast0.rawValue {
        // Positions in the table of names beyond 127 are not told apart.
        let bit: UInt64 = 1 &<< UInt64(instruction.operand & 63)
        let isNew = instruction.operand & 64 == 0 ? seen.0 & bit == 0 : seen.1 & bit == 0
        if instruction.operand & 64 == 0 { seen.0 |= bit } else { seen.1 |= bit }
        if isNew { count &+= 1 }
      }
      if instruction.opcode == .loadSuperMethod { inherits = true }
      previous = instruction.opcode
    }
    let total = inherits ? Int(owner.pointee.learnedSlots) &+ count : count
    if total == 0 { return }
    owner.pointee.learnedSlots = UInt16(truncatingIfNeeded: min((total &+ 1) & ~1, VM.shapeLimit))
  }

  /// Moves an instance's attributes to a dict. Allocates.
  func instanceUseDict(_ instance: Ref<InstanceObject>) throws(PyError) {
    let shape = instance.pointee.header.uncheckedShape
    if shape.pointee.usesDict { return }
    let owner = shape.pointee.owner
    let dict = try instanceAttributes(instance)
    if owner.pointee.dictShape == nil {
      let native: UInt16 = owner.pointee.nativeBase == .object ? 0 : 1
      owner.pointee.dictShape = try newShape(owner, parent: nil, name: .empty, count: native, inlineCount: native, usesDict: true)
    }
    instance.pointee.overflow = UInt(bitPattern: dict)
    instance.pointee.header = ObjectHeader(shape: owner.pointee.dictShape.unsafelyUnwrapped)
  }

  /// A new dict of the instance's attributes, in order of first assignment. Allocates.
  func instanceAttributes(_ instance: Ref<InstanceObject>) throws(PyError) -> Ref<DictObject> {
    let shape = instance.pointee.header.uncheckedShape
    let count = Int(shape.pointee.count)
    let dict = try newDict(capacity: max(count, 1))
    for slot in 0..<count {
      var current = shape
      while Int(current.pointee.count) > slot &+ 1, let parent = current.pointee.parent { current = parent }
      if current.pointee.parent == nil { continue }
      try dictSet(dict, current.pointee.name, slotPointer(instance, shape, slot).pointee)
    }
    return dict
  }

  /// Deletes an attribute of the instance itself. Answers false if it is absent. Allocates.
  func instanceDelete(_ instance: Ref<InstanceObject>, _ name: Qstr) throws(PyError) -> Bool {
    if instanceGet(instance, name).isNull { return false }
    try instanceUseDict(instance)
    dictRemove(instanceDict(instance), at: dictFind(instanceDict(instance), name))
    return true
  }
}
