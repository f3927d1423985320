// The tests that patterns of a `match` statement make (PEP 634).
import Bytecode

extension VM {
  @inline(never) func matchInstruction(_ operand: Int, _ sp: inout UnsafeMutablePointer<Value>) throws(PyError) {
    if operand >= Int(MatchOperation.classPattern.rawValue) {
      let result = try matchClass(sp[-3], sp[-2], names: sp[-1], positional: operand &- Int(MatchOperation.classPattern.rawValue))
      sp -= 2
      sp[-1] = result
      return
    }
    switch MatchOperation(rawValue: UInt8(truncatingIfNeeded: operand)) {
    case .sequence:
      sp.pointee = Value(isMatchSequence(sp[-1]))
      sp += 1
    case .mapping:
      sp.pointee = Value(try isMatchMapping(sp[-1]))
      sp += 1
    case .keys: sp[-1] = try matchKeys(sp[-2], sp[-1])
    case .length:
      sp.pointee = try newInt(length(sp[-1]))
      sp += 1
    case .rest: sp[-1] = try matchRest(sp[-2], sp[-1])
    default: try raise(.systemError, "unknown match operation")
    }
  }

  /// Sequences for patterns: neither text nor bytes.
  private func isMatchSequence(_ value: Value) -> Bool {
    let plain = unwrapped(value)
    switch typeID(of: plain) {
    case .list, .tuple, .range, .memoryview: return true
    case .str, .bytes, .bytearray, .dict, .set, .frozenset: return false
    default:
      // Library's array and deque, and whatever else has subscripts and a length but no keys.
      if pythonClass(of: plain) != nil { return false }
      return row(typeID(of: plain)).getItem != nil && typeID(of: plain).number >= TypeID.firstOfLibrary
    }
  }

  private func isMatchMapping(_ value: Value) throws(PyError) -> Bool {
    let plain = unwrapped(value)
    if plain.isObject(.dict) || plain.isObject(.mappingProxy) { return true }
    guard let owner = pythonClass(of: plain) else { return isSubclass(type(of: plain), Value(type: .dict)) }
    return !special(owner, .__getitem__).isNull && !classLookUp(owner, .keys).isNull
  }

  /// The values under keys; None if one is absent.
  private func matchKeys(_ subject: Value, _ keys: Value) throws(PyError) -> Value {
    let list = try patternTuple(keys)
    let values = try newTupleObject(list.pointee.count)
    let plain = unwrapped(subject)
    let getter = plain.isObject(.dict) ? Value.null : try findAttribute(subject, .get)
    for index in 0..<list.pointee.count {
      let key = TupleObject.items(list)[index]
      var value = Value.null
      if plain.isObject(.dict) {
        value = try dictGet(plain.unchecked(DictObject.self), key)
      } else if !getter.isNull {
        value = try call(getter, key, .marker)
        if value == .marker { value = .null }
      }
      if value.isNull { return .none }
      TupleObject.items(values)[index] = value
    }
    return Value(values)
  }

  private func matchRest(_ subject: Value, _ keys: Value) throws(PyError) -> Value {
    let rest = try newDict()
    let plain = unwrapped(subject)
    if plain.isObject(.dict) {
      try dictMerge(rest, from: plain.unchecked(DictObject.self))
    } else {
      let iterator = try getIterator(callMethod(subject, .keys))
      while true {
        let key = try next(iterator)
        if key.isNull { break }
        try dictSet(rest, key, getItem(subject, key))
      }
    }
    let list = try patternTuple(keys)
    for index in 0..<list.pointee.count { _ = try dictRemove(rest, TupleObject.items(list)[index]) }
    return Value(rest)
  }

  /// The attributes for a class pattern, positional ones first; None if the subject does not match.
  private func matchClass(_ subject: Value, _ type: Value, names: Value, positional: Int) throws(PyError) -> Value {
    guard isClass(type) else { try raise(.typeError, "called match pattern must be a class") }
    guard isInstance(subject, type) else { return .none }
    let keywords = try patternTuple(names)
    let values = try newList(capacity: positional &+ keywords.pointee.count)
    if positional > 0 {
      let arguments = try findAttribute(type, .__match_args__)
      if arguments.isNull {
        guard positional == 1, isSelfMatching(type) else {
          try raise(.typeError, "%s() accepts fewer positional sub-patterns", Value(className(type)))
        }
        try listAppend(values, subject)
      } else {
        guard arguments.isObject(.tuple), arguments.unchecked(TupleObject.self).pointee.count >= positional else {
          try raise(.typeError, "%s() accepts fewer positional sub-patterns", Value(className(type)))
        }
        for index in 0..<positional {
          let name = TupleObject.items(arguments.unchecked(TupleObject.self))[index]
          guard isString(name) else { try raise(.typeError, "__match_args__ elements must be strings") }
          if try !appendAttribute(subject, intern(name), to: values) { return .none }
        }
      }
    }
    for index in 0..<keywords.pointee.count {
      if try !appendAttribute(subject, intern(TupleObject.items(keywords)[index]), to: values) { return .none }
    }
    return try newTuple(values.pointee.items, values.pointee.count)
  }

  /// The compiler makes these tuples, but code from a file may come with anything.
  private func patternTuple(_ value: Value) throws(PyError) -> Ref<TupleObject> {
    guard value.isObject(.tuple) else { try raise(.systemError, "bad pattern") }
    return value.unchecked(TupleObject.self)
  }

  private func appendAttribute(_ subject: Value, _ name: Qstr, to values: Ref<ListObject>) throws(PyError) -> Bool {
    do throws(PyError) {
      let value = try findAttribute(subject, name)
      if value.isNull { return false }
      try listAppend(values, value)
      return true
    } catch {
      guard matches(error, .attributeError) else { throw error }
      return false
    }
  }

  /// Types for which `case T(x)` binds the subject itself.
  private func isSelfMatching(_ type: Value) -> Bool {
    var id = TypeID.object
    if type.isImmediate(.type) { id = uncheckedTypeID(type) } else { id = type.unchecked(ClassObject.self).pointee.nativeBase }
    switch id {
    case .bool, .int, .float, .str, .bytes, .bytearray, .list, .tuple, .dict, .set, .frozenset: return true
    default: return false
    }
  }

  /// A value that an asynchronous generator yields to its consumer: in a cell, so that it differs from what passes through on its way to the event
  /// loop. (No program ever sees a cell.)
  func newAsyncYield(_ value: Value) throws(PyError) -> Value { try newCell(value) }
}
