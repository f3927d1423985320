// Making and ending an interpreter, and the collector's roots.

import Platform

/// What a new interpreter needs besides its port.
public struct InterpreterConfiguration {
  public var heap: HeapConfiguration
  /// Slots of the Python stack.
  public var stack: UnsafeMutablePointer<Value>
  public var stackCount: Int
  /// Where the native stack begins for the collector: an address above every frame that may hold a value. Take `platform_stack_pointer()` in a
  /// caller of the function that makes and uses the interpreter, not in that function itself.
  public var nativeStackBase: UInt
  /// Bytes of native stack that may be used below that.
  public var nativeStackBytes: Int
  /// Seed of string hashes: random on a host, 0 on a chip.
  public var hashSeed: UInt32
  /// The pending word, which a signal handler may set.
  public var pending: UnsafeMutablePointer<UInt32>

  public init(
    heap: HeapConfiguration, stack: UnsafeMutablePointer<Value>, stackCount: Int, nativeStackBase: UInt, nativeStackBytes: Int,
    hashSeed: UInt32,
    pending: UnsafeMutablePointer<UInt32>
  ) {
    self.heap = heap
    self.stack = stack
    self.stackCount = stackCount
    self.nativeStackBase = nativeStackBase
    self.nativeStackBytes = nativeStackBytes
    self.hashSeed = hashSeed
    self.pending = pending
  }
}

extension VM {
  /// A new interpreter in the memory given for its two state structs; nil if the heap is too small. `configure` sets every field of the port.
  /// (The configuration is behind a pointer because the compiler crashes on callers in other modules that pass it by value.)
  public static func create(
    _ configuration: UnsafePointer<InterpreterConfiguration>, configure: (UnsafeMutablePointer<Port>) -> Void,
    interpreter: UnsafeMutablePointer<Interpreter>, state: UnsafeMutablePointer<ThreadState>
  ) -> VM? {
    let vm = VM(state)
    var heapConfiguration = configuration.pointee.heap
    heapConfiguration.markRoots = markInterpreterRoots
    heapConfiguration.context = UnsafeMutableRawPointer(state)
    guard let heap = Heap(heapConfiguration) else { return nil }
    // Every word of the struct is a root: none may be garbage before it is set.
    UnsafeMutableRawPointer(interpreter).initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<Interpreter>.size)
    UnsafeMutableRawPointer(interpreter).assumingMemoryBound(to: Heap.self).initialize(to: heap)
    withUnsafeMutablePointer(to: &interpreter.pointee.port) { configure($0) }
    interpreter.pointee.pending = configuration.pointee.pending
    interpreter.pointee.mainThread = state
    interpreter.pointee.nextStamp = 1 &<< 18
    let base = configuration.pointee.nativeStackBase
    state.initialize(
      to: ThreadState(
        interpreter: interpreter, stackBase: configuration.pointee.stack,
        stackLimit: configuration.pointee.stack + (configuration.pointee.stackCount &- 64),
        stackTop: configuration.pointee.stack, frame: nil, nativeStackLimit: base &- UInt(configuration.pointee.nativeStackBytes),
        nativeStackBase: base,
        handled: .null, generatorResult: .none, rowData: 0))
    do throws(PyError) {
      try vm.setUp(seed: configuration.pointee.hashSeed)
      return vm
    } catch {
      return nil
    }
  }

  /// Moves the base of the native stack: for an interpreter that is used from another place than it was made.
  public func adoptNativeStack(base: UInt, bytes: Int) {
    state.pointee.nativeStackBase = base
    state.pointee.nativeStackLimit = base &- UInt(bytes)
  }

  /// What is not as it must be while no program runs: in the heap or in the thread's state. For tests.
  public func firstViolation() -> StaticString? {
    if state.pointee.frame != nil { return "a frame is left" }
    if state.pointee.stackTop != state.pointee.stackBase { return "values are left on the stack" }
    if !state.pointee.handled.isNull { return "an exception is being handled" }
    return heap.firstViolation()
  }

  private func setUp(seed: UInt32) throws(PyError) {
    try setUpTables()
    try setUpNames(seed: seed)
    let root = interpreter
    let empty = try allocate(TupleObject.self)
    empty.initialize(to: TupleObject(header: ObjectHeader(.tuple), count: 0))
    root.pointee.emptyTuple = Value(empty)
    root.pointee.emptyBytes = Value(try newTextObject(.bytes, count: 0, isASCII: false))
    root.pointee.memoryError = try newException(.memoryError, arguments: newTuple(newString("memory allocation failed")))
    let reserve = try newTupleObject(4 &* ExceptionReserve.count)
    for index in 0..<ExceptionReserve.count {
      TupleObject.items(reserve)[ExceptionReserve.exceptions &+ index] = try newException(.memoryError, arguments: root.pointee.emptyTuple)
      TupleObject.items(reserve)[ExceptionReserve.arguments &+ index] = try newTuple(.none)
    }
    root.pointee.reservedExceptions = Value(reserve)
    root.pointee.reservedText = Value(try newTextObject(.str, count: StringBuilder.reservedCapacity, isASCII: true))
    root.pointee.reservedSlice = try newSlice(.none, .none, .none)
    root.pointee.loadedModules = try newDict(capacity: 8)
    root.pointee.main = try newModule(.__main__)
    try dictSet(root.pointee.loadedModules, .__main__, Value(root.pointee.main))
    root.pointee.path = Value(try newList())
    root.pointee.argv = Value(try newList())
    root.pointee.reprStack = Value(try newList(capacity: 8))
    root.pointee.executable = Value(Qstr.empty)
    root.pointee.moduleOverrides = .null
    root.pointee.mounts = .null
    root.pointee.currentMount = .null
    root.pointee.scheduled = .null
    root.pointee.exitFunctions = .null
    root.pointee.implementation = .null
    root.pointee.lastRepresentation = .null
    root.pointee.interruptCharacter = 3
    root.pointee.randomState = (0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03)
  }

  /// How many modules there are, the port's included.
  private func moduleTotal() -> Int {
    var count = runtimeModuleCount
    withUnsafeTemporaryAllocation(of: ModuleRow.self, capacity: 1) { buffer in
      while interpreter.pointee.port.module(count &- runtimeModuleCount, buffer.baseAddress.unsafelyUnwrapped) { count &+= 1 }
    }
    return count
  }

  /// One more than the greatest number of a type.
  private func typeLimit() -> Int {
    var limit = TypeID.firstRegistered
    withUnsafeTemporaryAllocation(of: TypeRow.self, capacity: 1) { buffer in
      while limit > TypeID.firstOfLibrary, !interpreter.pointee.port.type(TypeID(limit &- 1), buffer.baseAddress.unsafelyUnwrapped) {
        limit &-= 1
      }
    }
    return Int(limit)
  }

  /// Type and module tables, and the caches.
  private func setUpTables() throws(PyError) {
    let root = interpreter
    let limit = typeLimit()
    root.pointee.types = try allocateTable(of: TypeRow.self, limit)
    root.pointee.typeCount = limit
    for number in 0..<limit {
      let type = TypeID(UInt16(number))
      if number >= Int(TypeID.firstOfLibrary), root.pointee.port.type(type, root.pointee.types + number) { continue }
      (root.pointee.types + number).initialize(to: (number < Int(TypeID.firstOfLibrary) ? runtimeTypeRow(type) : nil) ?? .object)
    }
    let count = moduleTotal()
    root.pointee.modules = try allocateTable(of: ModuleRow.self, count)
    for index in 0..<count {
      if index >= runtimeModuleCount {
        _ = root.pointee.port.module(index &- runtimeModuleCount, root.pointee.modules + index)
      } else {
        (root.pointee.modules + index).initialize(to: runtimeModule(index) ?? builtinsModuleRow)
      }
    }
    root.pointee.moduleCount = count
    // Empty cache lines are all zero. (A start does not touch the caches' pages.)
    root.pointee.attributeCache = try allocateTable(of: AttributeCacheEntry.self, Int(CacheSize.attributeMask) &+ 1)
    root.pointee.globalCache = try allocateTable(of: GlobalCacheEntry.self, Int(CacheSize.globalMask) &+ 1)
    root.pointee.nativeCache = try allocateTable(of: NativeCacheEntry.self, Int(CacheSize.nativeMask) &+ 1)
    root.pointee.parameterPlans = try allocateTable(of: ParameterPlanEntry.self, Int(CacheSize.planMask) &+ 1, isScanned: true)
  }

  /// Zeroed memory, by default memory that the collector does not scan.
  private func allocateTable<Element>(of: Element.Type, _ count: Int, isScanned: Bool = false) throws(PyError) -> UnsafeMutablePointer<
    Element
  > {
    guard let memory = heap.allocate(byteCount: count &* MemoryLayout<Element>.stride, atomic: false) else { throw outOfMemory(count) }
    if !isScanned { heap.makeAtomic(memory) }
    return memory.assumingMemoryBound(to: Element.self)
  }
}

/// The collector asks for the roots: the interpreter's and the thread's state, the Python stack, the native stack and the registers.
private func markInterpreterRoots(_ context: UnsafeMutableRawPointer?) {
  platform_spill_registers(context) { context, frame in
    let state = context.unsafelyUnwrapped.assumingMemoryBound(to: ThreadState.self)
    let vm = VM(state)
    let heap = vm.heap
    let root = UnsafeRawPointer(state.pointee.interpreter)
    // The heap's own fields hold addresses of blocks that they do not own.
    heap.markRange(from: root + MemoryLayout<Heap>.stride, to: root + MemoryLayout<Interpreter>.size)
    heap.markRange(from: UnsafeRawPointer(state), to: UnsafeRawPointer(state + 1))
    var top = state.pointee.stackTop
    if let current = state.pointee.frame { top = max(top, current.pointee.limit) }
    heap.markRange(from: UnsafeRawPointer(state.pointee.stackBase), to: UnsafeRawPointer(min(top + 8, state.pointee.stackLimit + 64)))
    if let start = UnsafeRawPointer(bitPattern: frame & ~7), let end = UnsafeRawPointer(bitPattern: state.pointee.nativeStackBase),
      start < end
    {
      heap.markRange(from: start, to: end)
    }
  }
}
