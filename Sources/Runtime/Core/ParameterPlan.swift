// A parameter list in Python's syntax, read once: what the binder needs of it.
//
// A list is names separated by commas: `/` ends the positional-only ones, `*` begins the keyword-only ones, `*name` collects further
// positional arguments in a tuple, `**name` further keywords in a dict. `=default` may be None, True, False, an integer or '' ; a parameter
// with `=?` is optional and `null` if not given.
//
// Plans lie in the heap, reached from a small table keyed by the address of the text, which is a constant of the program. A plan that
// another one displaced is garbage; whoever reads it keeps it alive from the native stack. While the heap is locked a plan serves one call and
// lies on the Python stack. Invariant: all values in a plan are immediates.

/// A parameter list that has been read; `slotCount` pairs of name and default follow it.
struct ParameterPlan {
  /// Parameters, `*args` and `**kwargs` included.
  var slotCount: UInt8
  /// How many of them positional arguments can fill.
  var positional: UInt8
  /// How many of those have no name for keywords.
  var positionalOnly: UInt8
  /// The slots of `*args` and `**kwargs`; `slotCount` if there is none.
  var rest: UInt8
  var keywords: UInt8

  /// A slot's name, and its default: `marker` if it has none and must be given.
  struct Slot {
    var name: Value
    var initial: Value
  }

  @inline(__always) static func slots(_ plan: UnsafeMutablePointer<ParameterPlan>) -> UnsafeMutablePointer<Slot> {
    (UnsafeMutableRawPointer(plan) + 2 * MemoryLayout<UInt>.size).assumingMemoryBound(to: Slot.self)
  }
}

/// A line of the table of plans.
struct ParameterPlanEntry {
  var text: UInt
  var plan: UnsafeMutablePointer<ParameterPlan>?
}

extension VM {
  /// The plan for a parameter list whose text is a constant of the program. Allocates; may move the top of the Python stack, which the caller puts back.
  @inline(__always) func parameterPlan(_ parameters: Text) throws(PyError) -> UnsafeMutablePointer<ParameterPlan> {
    let key = UInt(bitPattern: parameters.start)
    let line = interpreter.pointee.parameterPlans + Int(CacheSize.spread(key) & CacheSize.planMask)
    if line.pointee.text == key, let plan = line.pointee.plan { return plan }
    return try readParameters(parameters, line)
  }

  @inline(never) private func readParameters(
    _ parameters: Text, _ line: UnsafeMutablePointer<ParameterPlanEntry>
  ) throws(PyError) -> UnsafeMutablePointer<ParameterPlan> {
    var reader = ParameterReader(parameters)
    var count = 0
    while reader.next() {
      if !reader.isMarker { count &+= 1 }
    }
    let size = 2 &* MemoryLayout<UInt>.size &+ count &* MemoryLayout<ParameterPlan.Slot>.stride
    let isKept = !heap.pointee.isLocked
    let plan = try planMemory(size, isKept: isKept).assumingMemoryBound(to: ParameterPlan.self)
    let none = UInt8(truncatingIfNeeded: count)
    plan.initialize(to: ParameterPlan(slotCount: none, positional: none, positionalOnly: 0, rest: none, keywords: none))
    let slots = ParameterPlan.slots(plan)
    reader = ParameterReader(parameters)
    var slot = 0
    while reader.next() {
      let position = UInt8(truncatingIfNeeded: slot)
      if reader.stars > 0 && position < plan.pointee.positional { plan.pointee.positional = position }
      if reader.isMarker {
        if reader.stars == 0 { plan.pointee.positionalOnly = position }
        continue
      }
      if reader.stars == 1 { plan.pointee.rest = position }
      if reader.stars == 2 { plan.pointee.keywords = position }
      // A name that nobody has used yet can't be a keyword in this call.
      let name = isKept ? try intern(reader.name, immortal: true) : findName(reader.name) ?? .empty
      slots[slot] = ParameterPlan.Slot(name: Value(name), initial: reader.initial)
      slot &+= 1
    }
    if isKept { line.pointee = ParameterPlanEntry(text: UInt(bitPattern: parameters.start), plan: plan) }
    return plan
  }

  /// Memory for a plan: in the heap, or while that is locked at the top of the Python stack, which moves past it.
  private func planMemory(_ size: Int, isKept: Bool) throws(PyError) -> UnsafeMutableRawPointer {
    if isKept {
      guard let memory = heap.allocate(byteCount: size, atomic: true) else { throw outOfMemory(size) }
      return memory
    }
    let top = state.pointee.stackTop
    let end = top + (size / MemoryLayout<Value>.size &+ 1)
    try checkStack(end)
    state.pointee.stackTop = end
    return UnsafeMutableRawPointer(top)
  }
}

/// Walks over a parameter list.
private struct ParameterReader {
  let text: Text
  var position = 0
  /// The parameter read last.
  var name = Text("")
  var defaultText: Text?
  var stars = 0

  init(_ text: Text) { self.text = text }

  /// `/` or a `*` alone.
  var isMarker: Bool { name.count == 0 || stars == 0 && name.count == 1 && name[0] == 47 }

  /// Reads the next parameter or marker; false at the end.
  mutating func next() -> Bool {
    while position < text.count && (text[position] == 32 || text[position] == 44) { position &+= 1 }
    if position >= text.count { return false }
    stars = 0
    while position < text.count && text[position] == 42 {
      stars &+= 1
      position &+= 1
    }
    let start = position
    while position < text.count && text[position] != 44 && text[position] != 61 { position &+= 1 }
    name = Text(start: text.start + start, count: position &- start, isASCII: true)
    defaultText = nil
    if position < text.count && text[position] == 61 {
      let begin = position &+ 1
      while position < text.count && text[position] != 44 { position &+= 1 }
      defaultText = Text(start: text.start + begin, count: position &- begin, isASCII: true)
    }
    return true
  }

  /// The default of the parameter read last; `marker` if it has none.
  var initial: Value {
    guard let text = defaultText else { return .marker }
    if text.equals("?") { return .null }
    if text.equals("None") { return .none }
    if text.equals("True") { return .true }
    if text.equals("False") { return .false }
    if text.equals("''") { return Value(Qstr.empty) }
    let isNegative = text.count > 0 && text[0] == 45
    var integer = 0
    var index = isNegative ? 1 : 0
    while index < text.count {
      integer = integer &* 10 &+ Int(text[index] &- 48)
      index &+= 1
    }
    return Value(smallInt: isNegative ? -integer : integer)
  }
}
