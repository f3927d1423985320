// help — what an object is and which attributes its type has; `help('modules')` lists the modules that are built in.

func builtinsHelp(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  if arguments.count == 0 {
    try builder.append("Taipan, a MicroPython in Swift.\n\n")
    try builder.append("help(object) shows what an object is and has, help('modules') which modules there are.\n")
  } else if vm.isString(arguments[0]) && vm.text(ofString: arguments[0], equals: "modules") {
    try vm.appendModules(&builder)
  } else {
    try vm.appendDescription(arguments[0], &builder)
  }
  try vm.writeOutput(builder.text, file: .none)
  return .none
}

extension VM {
  fileprivate func text(ofString value: Value, equals other: StaticString) -> Bool { uncheckedText(unwrapped(value)).equals(other) }

  /// The built-in modules in alphabetical order, in four columns, down each.
  fileprivate func appendModules(_ builder: inout StringBuilder) throws(PyError) {
    let names = try newList()
    for index in 0..<interpreter.pointee.moduleCount { try listAppend(names, Value(moduleRow(index).name)) }
    try listAppend(names, Value(Qstr.__main__))
    let sorted = try sortedList(Value(names), key: .none, reverse: false).unchecked(ListObject.self)
    let columns = 4
    let rows = (sorted.pointee.count &+ columns &- 1) / columns
    for row in 0..<rows {
      var index = row
      while index < sorted.pointee.count {
        let name = uncheckedText(sorted.pointee.items[index])
        try builder.append(name)
        index &+= rows
        if index < sorted.pointee.count { try builder.append(repeating: 32, max(18 &- name.count, 1)) }
      }
      try builder.append(byte: 10)
    }
    try builder.append("Plus any modules on the filesystem\n")
  }

  /// May run Python code.
  fileprivate func appendDescription(_ value: Value, _ builder: inout StringBuilder) throws(PyError) {
    try builder.append("object ")
    try print(value, &builder, .str)
    try builder.append(" is of type ")
    try builder.append(typeName(of: value))
    try builder.append(byte: 10)
    if value.isObject(.module) || value.isImmediate(.module) {
      return try appendAttributes(findModuleAttribute(value, .__dict__).unchecked(DictObject.self), &builder)
    }
    let type = isClass(value) ? value : self.type(of: value)
    if type.isObject { return try appendAttributes(type.unchecked(ClassObject.self).pointee.namespace, &builder) }
    let row = self.row(uncheckedTypeID(type))
    for index in 0..<Int(row.methodCount) {
      let method = row.methodRow(index)
      try appendName(Value(method.name), &builder)
      switch method.kind {
      case .constant: try print(method.constant, &builder, .str)
      case .getter: try builder.append("<property>")
      case .classMethod: try builder.append("<classmethod>")
      case .staticMethod: try builder.append("<staticmethod>")
      default: try builder.append("<function>")
      }
      try builder.append(byte: 10)
    }
  }

  private func appendName(_ name: Value, _ builder: inout StringBuilder) throws(PyError) {
    try builder.append("  ")
    try print(name, &builder, .str)
    try builder.append(" -- ")
  }

  private func appendAttributes(_ dict: Ref<DictObject>, _ builder: inout StringBuilder) throws(PyError) {
    var position = dictNext(dict, 0)
    while position >= 0 {
      let entry = dict.pointee.entries.unsafelyUnwrapped[position]
      try appendName(entry.key, &builder)
      try print(entry.value, &builder, .str)
      try builder.append(byte: 10)
      position = dictNext(dict, position &+ 1)
    }
  }
}
