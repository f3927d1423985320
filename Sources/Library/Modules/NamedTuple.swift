// namedtuple — makes a Python class derived from tuple. Its attributes are properties whose getters are small native objects: each says what it
// does and to which field.

extension TypeID {
  static var namedTupleFunction: TypeID { TypeID(171) }
}

/// What a native function of a namedtuple class does.
private enum FunctionKind: UInt8 {
  /// Getter of field `field`.
  case field
  /// `__new__`
  case new
  /// `_make`
  case make
  /// Getters that answer `_replace` and `_asdict` bound to the receiver: `data` is the function.
  case bind
  case replace, asDict
  case repr
}

private struct NamedTupleFunctionObject {
  var header: ObjectHeader
  var kind: FunctionKind
  var field: Int
  /// Tuple of the field names, or the function to bind.
  var data: Value
  /// `__new__`: tuple of defaults of the last fields.
  var defaults: Value
}

extension TypeRow {
  static let namedTupleFunction = TypeRow(.function, isSubclassable: false, call: namedTupleCall)
}

// MARK: Making the class

/// `namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)`.
func makeNamedTuple(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isString(arguments[0]) else { try vm.raise(.typeError, "Type names and field names must be strings") }
  let name = try vm.intern(vm.unwrapped(arguments[0]))
  let names = try fieldNames(vm, arguments[1])
  let rename = try vm.isTrue(arguments[2])
  for index in 0..<names.pointee.count { names.pointee.items[index] = try checkedName(vm, names, index, rename: rename) }
  let fields = try vm.newTuple(names.pointee.items, names.pointee.count)
  let defaults = arguments[3] == .none ? try vm.newTuple(names.pointee.items, 0) : try vm.newTuple(from: arguments[3])
  let defaultCount = defaults.unchecked(TupleObject.self).pointee.count
  if defaultCount > names.pointee.count { try vm.raise(.typeError, "Got more default values than field names") }
  let namespace = try vm.newDict(capacity: names.pointee.count &+ 10)
  if arguments[4] != .none { try vm.dictSet(namespace, Qstr.__module__, arguments[4]) }
  try vm.dictSet(namespace, Qstr.__slots__, vm.newTuple(names.pointee.items, 0))
  try vm.dictSet(namespace, Qstr._fields, fields)
  try vm.dictSet(namespace, Qstr.__match_args__, fields)
  let fieldDefaults = try vm.newDict()
  for index in 0..<defaultCount {
    let field = names.pointee.items[names.pointee.count &- defaultCount &+ index]
    try vm.dictSet(fieldDefaults, field, TupleObject.items(defaults.unchecked(TupleObject.self))[index])
  }
  try vm.dictSet(namespace, Qstr._field_defaults, Value(fieldDefaults))
  try addFunctions(vm, namespace, fields, defaults)
  for index in 0..<names.pointee.count {
    try vm.dictSet(namespace, names.pointee.items[index], property(vm, newFunction(vm, .field, field: index, fields)))
  }
  return try vm.newClass(
    name, vm.newTuple(Value(type: .tuple)), namespace, metaclass: .null, Arguments(base: vm.state.pointee.stackTop, count: 0))
}

private func addFunctions(_ vm: VM, _ namespace: Ref<DictObject>, _ fields: Value, _ defaults: Value) throws(PyError) {
  let new = try newFunction(vm, .new, fields)
  new.unchecked(NamedTupleFunctionObject.self).pointee.defaults = defaults
  try vm.dictSet(namespace, Qstr.__new__, vm.call(Value(type: .staticmethod), new))
  try vm.dictSet(namespace, Qstr._make, vm.call(Value(type: .classmethod), newFunction(vm, .make, fields)))
  try vm.dictSet(namespace, Qstr._replace, property(vm, newFunction(vm, .bind, newFunction(vm, .replace, fields))))
  try vm.dictSet(namespace, Qstr._asdict, property(vm, newFunction(vm, .bind, newFunction(vm, .asDict, fields))))
  try vm.dictSet(namespace, Qstr.__repr__, newFunction(vm, .repr, fields))
}

private func newFunction(_ vm: VM, _ kind: FunctionKind, field: Int = 0, _ data: Value) throws(PyError) -> Value {
  let function = try vm.allocate(NamedTupleFunctionObject.self)
  function.initialize(
    to: NamedTupleFunctionObject(header: ObjectHeader(.namedTupleFunction), kind: kind, field: field, data: data, defaults: .none))
  return Value(function)
}

private func property(_ vm: VM, _ getter: Value) throws(PyError) -> Value { try vm.call(Value(type: .property), getter) }

/// The names as a list of interned strings: from a string with spaces or commas between, or from any iterable of strings.
private func fieldNames(_ vm: VM, _ source: Value) throws(PyError) -> Ref<ListObject> {
  let list = try vm.newList()
  if vm.isString(source) {
    let text = vm.uncheckedText(vm.unwrapped(source))
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count && text[end] != 44 && text[end] > 32 { end &+= 1 }
      if end > start {
        try vm.listAppend(list, Value(vm.intern(Text(start: text.start + start, count: end &- start, isASCII: text.isASCII))))
      }
      start = end &+ 1
    }
    return list
  }
  var iteration = try Iteration(vm, source)
  while true {
    let item = try iteration.next()
    if item.isNull { return list }
    guard vm.isString(item) else { try vm.raise(.typeError, "Type names and field names must be strings") }
    try vm.listAppend(list, Value(vm.intern(vm.unwrapped(item))))
  }
}

/// The name of field `index`; a bad one is replaced by its number if `rename` says so.
private func checkedName(_ vm: VM, _ names: Ref<ListObject>, _ index: Int, rename: Bool) throws(PyError) -> Value {
  let name = names.pointee.items[index]
  let text = vm.uncheckedText(name)
  var isDuplicate = false
  for other in 0..<index where names.pointee.items[other] == name { isDuplicate = true }
  let isPrivate = text.count > 0 && text[0] == 95
  if isIdentifier(text) && !isDuplicate && !isPrivate { return name }
  if rename {
    var builder = StringBuilder(vm)
    try builder.append(byte: 95)
    try builder.append(decimal: index)
    return Value(try vm.intern(builder.text))
  }
  if isDuplicate { try vm.raise(.valueError, "Encountered duplicate field name: %r", name) }
  if isPrivate { try vm.raise(.valueError, "Field names cannot start with an underscore: %r", name) }
  try vm.raise(.valueError, "Type names and field names must be valid identifiers: %r", name)
}

private func isIdentifier(_ text: Text) -> Bool {
  if text.count == 0 || text[0] >= 48 && text[0] <= 57 { return false }
  for index in 0..<text.count {
    let byte = text[index]
    let isLetter = byte | 32 >= 97 && byte | 32 <= 122 || byte >= 0x80 || byte == 95
    if !isLetter && !(byte >= 48 && byte <= 57) { return false }
  }
  return true
}

// MARK: Calls

private func namedTupleCall(_ vm: VM, _ callee: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let function = callee.unchecked(NamedTupleFunctionObject.self)
  if arguments.count == 0 { try vm.raiseArgumentCount(1, 1, 0) }
  switch function.pointee.kind {
  case .field: return try item(vm, arguments[0], function.pointee.field)
  case .bind: return try vm.newBoundMethod(function.pointee.data, arguments[0])
  case .new:
    let fields = function.pointee.data.unchecked(TupleObject.self)
    return try vm.newInstance(arguments[0], around: newItems(vm, fields, function.pointee.defaults, arguments.dropFirst))
  case .make:
    if arguments.count != 2 { try vm.raiseArgumentCount(2, 2, arguments.count) }
    return try make(vm, function.pointee.data.unchecked(TupleObject.self), arguments)
  case .replace: return try replace(vm, function.pointee.data.unchecked(TupleObject.self), arguments)
  case .asDict: return try asDict(vm, function.pointee.data.unchecked(TupleObject.self), arguments[0])
  case .repr: return try represent(vm, function.pointee.data.unchecked(TupleObject.self), arguments[0])
  }
}

/// The tuple inside an instance.
private func plainTuple(_ vm: VM, _ value: Value) throws(PyError) -> Ref<TupleObject> {
  let plain = vm.unwrapped(value)
  guard plain.isObject(.tuple) else { try vm.raise(.typeError, "namedtuple instance expected, not '%t'", value) }
  return plain.unchecked(TupleObject.self)
}

private func item(_ vm: VM, _ value: Value, _ index: Int) throws(PyError) -> Value {
  let tuple = try plainTuple(vm, value)
  if index >= tuple.pointee.count { try vm.raiseOutOfRange(Qstr.tuple) }
  return TupleObject.items(tuple)[index]
}

/// The items of a new instance: positional arguments, keywords, defaults.
private func newItems(_ vm: VM, _ fields: Ref<TupleObject>, _ defaults: Value, _ arguments: Arguments) throws(PyError) -> Value {
  let count = fields.pointee.count
  let given = arguments.count &+ arguments.keywordCount
  if arguments.count > count { try vm.raiseArgumentCount(count, count, given) }
  let result = try vm.newTupleObject(count)
  let items = TupleObject.items(result)
  items.update(from: arguments.base, count: arguments.count)
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (arguments.count &+ 2 &* index)
    let position = fieldPosition(fields, try vm.intern(pair[0]))
    if position < 0 { try vm.raise(.typeError, "unexpected keyword argument '%s'", pair[0]) }
    if !items[position].isNull { try vm.raise(.typeError, "function got multiple values for argument '%s'", pair[0]) }
    items[position] = pair[1]
  }
  let standard = defaults.unchecked(TupleObject.self)
  for index in 0..<count where items[index].isNull {
    let position = index &- count &+ standard.pointee.count
    if position < 0 { try vm.raiseArgumentCount(count, count, given) }
    items[index] = TupleObject.items(standard)[position]
  }
  return Value(result)
}

private func fieldPosition(_ fields: Ref<TupleObject>, _ name: Qstr) -> Int {
  for index in 0..<fields.pointee.count where TupleObject.items(fields)[index] == Value(name) { return index }
  return -1
}

private func make(_ vm: VM, _ fields: Ref<TupleObject>, _ arguments: Arguments) throws(PyError) -> Value {
  let tuple = try vm.newTuple(from: arguments[1])
  let count = tuple.unchecked(TupleObject.self).pointee.count
  if count != fields.pointee.count {
    try vm.raise(.typeError, "Expected %s arguments, got %s", Value(smallInt: fields.pointee.count), Value(smallInt: count))
  }
  return try vm.newInstance(arguments[0], around: tuple)
}

private func replace(_ vm: VM, _ fields: Ref<TupleObject>, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments.count != 1 { try vm.raiseArgumentCount(1, 1, arguments.count) }
  let source = try plainTuple(vm, arguments[0])
  let result = try vm.newTupleObject(source.pointee.count)
  TupleObject.items(result).update(from: TupleObject.items(source), count: source.pointee.count)
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (1 &+ 2 &* index)
    let position = fieldPosition(fields, try vm.intern(pair[0]))
    if position < 0 || position >= source.pointee.count { try vm.raise(.typeError, "Got unexpected field names: [%r]", pair[0]) }
    TupleObject.items(result)[position] = pair[1]
  }
  return try vm.newInstance(vm.type(of: arguments[0]), around: Value(result))
}

private func asDict(_ vm: VM, _ fields: Ref<TupleObject>, _ value: Value) throws(PyError) -> Value {
  let dict = try vm.newDict(capacity: fields.pointee.count)
  for index in 0..<fields.pointee.count { try vm.dictSet(dict, TupleObject.items(fields)[index], item(vm, value, index)) }
  return Value(dict)
}

private func represent(_ vm: VM, _ fields: Ref<TupleObject>, _ value: Value) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  try builder.append(vm.typeName(of: value))
  try builder.append(byte: 40)
  if try !vm.enterRepr(value) {
    try builder.append("...")
  } else {
    defer { vm.leaveRepr() }
    for index in 0..<fields.pointee.count {
      if index > 0 { try builder.append(", ") }
      try builder.append(vm.uncheckedText(TupleObject.items(fields)[index]))
      try builder.append(byte: 61)
      try vm.print(item(vm, value, index), &builder, .repr)
    }
  }
  try builder.append(byte: 41)
  return try builder.finish()
}
