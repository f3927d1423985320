// Calls of built-in functions and methods. Their rows lie in constant tables that only accessors reach, so what a call needs of a row is kept in
// a small table. Rows never change: a line is right as long as its callee is the one asked for.

/// A line of the table.
struct NativeCacheEntry {
  /// The built-in function or method; `null` in an empty line.
  var callee: Value
  var native: Native?
  /// `Method.data`.
  var data: Int16
  /// The type that the receiver must have; `anyReceiver` if it is not looked at.
  var owner: UInt16
  /// Arguments, receiver included. Rows with a parameter list allow no number here.
  var minimum: UInt8
  var maximum: UInt8
  /// The text of the parameter list, and how many arguments come before those that it names.
  var parameterCount: UInt16
  var skipping: UInt8
  var parameters: UnsafePointer<UInt8>?

  static var anyReceiver: UInt16 { 0xFFFF }
}

extension VM {
  /// Calls a built-in function or method after checking its arguments against its row. May run Python code.
  @inline(never) func callBuiltin(_ callee: Value, _ arguments: Arguments) throws(PyError) -> Value {
    let line = interpreter.pointee.nativeCache + Int(CacheSize.spread(callee.bits) & CacheSize.nativeMask)
    if line.pointee.callee != callee { readNative(callee, line) }
    let owner = line.pointee.owner
    if owner != NativeCacheEntry.anyReceiver && (arguments.count == 0 || typeID(of: arguments.base[0]).number != owner) {
      try checkReceiver(TypeID(owner), arguments)
    }
    if arguments.keywordCount == 0 && arguments.count >= Int(line.pointee.minimum)
      && (arguments.count <= Int(line.pointee.maximum) || line.pointee.maximum == 255)
    {
      state.pointee.rowData = Int(line.pointee.data)
      return try line.pointee.native.unsafelyUnwrapped(self, arguments)
    }
    if line.pointee.parameters != nil { return try callBinding(line, arguments) }
    return try callUnusually(callee, arguments)
  }

  @inline(never) private func readNative(_ callee: Value, _ line: UnsafeMutablePointer<NativeCacheEntry>) {
    let method = methodRow(callee)
    let hasReceiver = callee.isImmediate(.method) && (method.kind == .function || method.kind == .getter)
    let parameters = method.parameters.map { Text($0) }
    line.pointee = NativeCacheEntry(
      callee: callee, native: method.native, data: method.data,
      owner: hasReceiver ? UInt16(truncatingIfNeeded: callee.index &>> 8) : NativeCacheEntry.anyReceiver,
      minimum: parameters == nil ? method.minimum : 255, maximum: parameters == nil ? method.maximum : 0,
      parameterCount: UInt16(truncatingIfNeeded: parameters?.count ?? 0),
      skipping: callee.isImmediate(.method) && method.kind != .staticMethod ? 1 : 0, parameters: parameters?.start)
  }

  /// A method's body trusts its receiver: makes sure that it is of the table's type, and unwraps an instance of a subclass.
  @inline(never) private func checkReceiver(_ owner: TypeID, _ arguments: Arguments) throws(PyError) {
    if arguments.count == 0 { try raise(.typeError, "unbound method needs an argument") }
    if owner == .object || owner == .operatorMethods { return }
    if owner == .type {
      if !isClass(arguments.base[0]) { try raise(.typeError, "argument should be a 'type' not a '%t'", arguments.base[0]) }
      return
    }
    let plain = unwrapped(arguments.base[0])
    let own = typeID(of: plain)
    if own != owner && !isSubclass(Value(type: own), Value(type: owner)) {
      try raise(.typeError, "argument should be a '%s' not a '%t'", Value(row(owner).name), arguments.base[0])
    }
    arguments.base[0] = plain
  }

  /// A call of a row with a parameter list.
  @inline(never) private func callBinding(_ line: UnsafeMutablePointer<NativeCacheEntry>, _ arguments: Arguments) throws(PyError) -> Value {
    let top = state.pointee.stackTop
    defer { state.pointee.stackTop = top }
    let native = line.pointee.native.unsafelyUnwrapped
    let data = Int(line.pointee.data)
    let skipping = Int(line.pointee.skipping)
    if arguments.count < skipping { try raise(.typeError, "missing receiver") }
    let parameters = Text(start: line.pointee.parameters.unsafelyUnwrapped, count: Int(line.pointee.parameterCount), isASCII: true)
    let bound = try bind(parameters, arguments, skipping: skipping)
    state.pointee.rowData = data
    return try native(self, bound)
  }

  /// A call by keyword, or with a wrong number of arguments, of a row without parameter list.
  @inline(never) private func callUnusually(_ callee: Value, _ arguments: Arguments) throws(PyError) -> Value {
    let method = methodRow(callee)
    if arguments.keywordCount > 0 {
      if method.maximum == 255 && method.minimum == 0 {
        state.pointee.rowData = Int(method.data)
        return try method.native.unsafelyUnwrapped(self, arguments)
      }
      try raise(.typeError, "function doesn't take keyword arguments")
    }
    try raiseArgumentCount(Int(method.minimum), Int(method.maximum), arguments.count)
  }
}
