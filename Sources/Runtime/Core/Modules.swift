// Built-in modules, `sys.modules` and import.

extension VM {
  /// The row of a built-in module: Runtime's own come first.
  func moduleRow(_ index: Int) -> ModuleRow {
    interpreter.pointee.modules[index]
  }

  var builtinsModule: Value { Value(.module, 0) }

  /// The built-in module of that name, or `null`.
  public func builtinModule(_ name: Qstr) -> Value {
    for index in 0..<interpreter.pointee.moduleCount where moduleRow(index).name == name { return Value(.module, UInt(index)) }
    return .null
  }

  /// An attribute of a module, or `null`. A module's `__getattr__` is asked last.
  func findModuleAttribute(_ module: Value, _ name: Qstr) throws(PyError) -> Value {
    if module.isObject {
      let globals = module.unchecked(ModuleObject.self).pointee.globals
      let position = dictFind(globals, name)
      if position >= 0 {
        if globals.pointee.stamp == 0 { globals.pointee.stamp = freshStamp() }
        cache(globals.pointee.stamp, name.number, CacheKind.global, position, .null)
        return globals.pointee.entries.unsafelyUnwrapped[position].value
      }
      if name == .__dict__ { return Value(globals) }
      if name == .__class__ { return Value(type: .module) }
      if name == .__annotations__ { return try annotations(in: globals, .null) }
      let hook = dictGet(globals, .__getattr__)
      return hook.isNull ? .null : try call(hook, Value(name))
    }
    let overrides = moduleOverrides(module)
    if let overrides {
      let own = dictGet(overrides, name)
      if own == .marker { return .null }
      if !own.isNull { return own }
    }
    let row = moduleRow(Int(module.index))
    for index in 0..<Int(row.rowCount) {
      let entry = row.row(index)
      guard entry.name == name else { continue }
      switch entry.kind {
      case .constant:
        if overrides == nil { cache(module.bits, name.number, CacheKind.constant, 0, entry.constant) }
        return entry.constant
      case .getter: return try entry.native.unsafelyUnwrapped(self, Arguments(base: state.pointee.stackTop, count: 0))
      default:
        let function = Value(.function, module.index &<< 8 | UInt(index))
        if overrides == nil { cache(module.bits, name.number, CacheKind.constant, 0, function) }
        return function
      }
    }
    if name == .__name__ { return Value(row.name) }
    if name == .__dict__ { return try builtinModuleDict(module) }
    if name == .__class__ { return Value(type: .module) }
    return .null
  }

  /// What a program stored into a built-in module.
  private func moduleOverrides(_ module: Value) -> Ref<DictObject>? {
    guard interpreter.pointee.moduleOverrides.isObject(.dict) else { return nil }
    let all = interpreter.pointee.moduleOverrides.unchecked(DictObject.self)
    var position = dictNext(all, 0)
    while position >= 0 {
      let entry = all.pointee.entries.unsafelyUnwrapped[position]
      if entry.key == module { return entry.value.unchecked(DictObject.self) }
      position = dictNext(all, position &+ 1)
    }
    return nil
  }

  /// Stores into a built-in module (deletes if the value is `null`).
  func setModuleOverride(_ module: Value, _ name: Qstr, _ value: Value) throws(PyError) {
    if value.isNull, try findModuleAttribute(module, name).isNull { try raiseNoAttribute(module, name) }
    if !interpreter.pointee.moduleOverrides.isObject(.dict) { interpreter.pointee.moduleOverrides = Value(try newDict()) }
    var own = moduleOverrides(module)
    if own == nil {
      let dict = try newDict()
      let all = interpreter.pointee.moduleOverrides.unchecked(DictObject.self)
      try dictAppend(all, module, Value(dict), hash: mixHash(Int(bitPattern: module.bits)))
      own = dict
    }
    try dictSet(own.unsafelyUnwrapped, name, value.isNull ? .marker : value)
    if module == builtinsModule { interpreter.pointee.hasBuiltinOverrides = true }
    if name == .stdout && module == builtinModule(.sys) { interpreter.pointee.hasStreamOverrides = true }
    clearCaches()
  }

  func clearCaches() {
    interpreter.pointee.globalCache.update(
      repeating: GlobalCacheEntry(stamp: 0, name: 0, position: 0, value: .null), count: Int(CacheSize.globalMask) &+ 1)
    interpreter.pointee.attributeCache.update(
      repeating: AttributeCacheEntry(stamp: 0, name: 0, kind: 0, slot: 0, value: .null), count: Int(CacheSize.attributeMask) &+ 1)
  }

  private func builtinModuleDict(_ module: Value) throws(PyError) -> Value {
    let dict = try newDict()
    let row = moduleRow(Int(module.index))
    try dictSet(dict, .__name__, Value(row.name))
    for index in 0..<Int(row.rowCount) {
      let name = row.row(index).name
      let value = try findModuleAttribute(module, name)
      if !value.isNull { try dictSet(dict, name, value) }
    }
    if let overrides = moduleOverrides(module) {
      var position = dictNext(overrides, 0)
      while position >= 0 {
        let entry = overrides.pointee.entries.unsafelyUnwrapped[position]
        if entry.value == .marker { _ = try dictRemove(dict, entry.key) } else { try dictSet(dict, entry.key, entry.value) }
        position = dictNext(overrides, position &+ 1)
      }
    }
    return Value(dict)
  }

  // MARK: import

  /// IMPORT_NAME. May run Python code.
  @inline(never) func importName(_ name: Qstr, from list: Value, level: Value) throws(PyError) -> Value {
    let hook = try builtin(.__import__)
    if !hook.isImmediate(.function) {
      let globals = state.pointee.frame.map { Value($0.pointee.function.pointee.globals) } ?? .none
      let top = state.pointee.stackTop
      try checkStack(top + 5)
      top[0] = Value(name)
      top[1] = globals
      top[2] = .none
      top[3] = list
      top[4] = level
      return try callPushed(hook, top, 5)
    }
    let globals = state.pointee.frame.map { $0.pointee.function.pointee.globals }
    return try importModule(text(name), from: list, level: level.isSmallInt ? level.uncheckedSmallInt : 0, globals: globals)
  }

  /// `__import__`: the module named, or with an empty `from` list its first package.
  public func importModule(_ name: Text, from list: Value, level: Int, globals: Ref<DictObject>?) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    if level > 0 {
      try appendPackage(level, globals, &builder)
      if builder.count > 0 && name.count > 0 { try builder.append(byte: 46) }
    }
    try builder.append(name)
    let full = try builder.finish()
    let fullText = uncheckedText(full)
    if fullText.count == 0 { try raise(.valueError, "Empty module name") }
    var first = Value.null
    var module = Value.null
    var start = 0
    var parent = Value.null
    while start <= fullText.count {
      var end = start
      while end < fullText.count && fullText[end] != 46 { end &+= 1 }
      let partial = try intern(Text(start: fullText.start, count: end, isASCII: fullText.isASCII))
      let last = try intern(Text(start: fullText.start + start, count: end &- start, isASCII: fullText.isASCII))
      let isFresh = try dictGet(interpreter.pointee.loadedModules, Value(partial)).isNull
      module = try loadModule(partial, last, parent: parent)
      if first.isNull { first = module }
      if !parent.isNull && parent.isObject(.module) {
        let globals = parent.unchecked(ModuleObject.self).pointee.globals
        if isFresh || dictFind(globals, last) < 0 { try dictSet(globals, last, module) }
      }
      parent = module
      start = end &+ 1
    }
    let wantsLast = list != .none && !(list.isObject(.tuple) && list.unchecked(TupleObject.self).pointee.count == 0)
    if wantsLast {
      try importSubmodules(module, full, list)
      return module
    }
    return level > 0 ? module : first
  }

  /// `from package import name` may mean the submodule of that name.
  private func importSubmodules(_ module: Value, _ full: Value, _ list: Value) throws(PyError) {
    guard module.isObject(.module), list.isObject(.tuple),
      dictFind(module.unchecked(ModuleObject.self).pointee.globals, .__path__) >= 0
    else { return }
    let names = list.unchecked(TupleObject.self)
    let globals = module.unchecked(ModuleObject.self).pointee.globals
    for index in 0..<names.pointee.count {
      let name = TupleObject.items(names)[index]
      guard name.isName, name != Value(Qstr.star), dictFind(globals, name.uncheckedName) < 0 else { continue }
      var builder = StringBuilder(self)
      try builder.append(uncheckedText(full))
      try builder.append(byte: 46)
      try builder.append(uncheckedText(name))
      let submodule = try intern(builder.finish())
      do throws(PyError) {
        let loaded = try loadModule(submodule, name.uncheckedName, parent: module)
        try dictSet(globals, name.uncheckedName, loaded)
      } catch {
        guard matches(error, .importError), dictFind(interpreter.pointee.loadedModules, submodule) < 0 else { throw error }
      }
    }
  }

  /// Writes the package that a relative import starts from.
  private func appendPackage(_ level: Int, _ globals: Ref<DictObject>?, _ builder: inout StringBuilder) throws(PyError) {
    guard let globals else { try raise(.importError, "can't perform relative import") }
    let name = dictGet(globals, .__name__)
    guard isString(name) else { try raise(.importError, "can't perform relative import") }
    let full = uncheckedText(name)
    var end = full.count
    let package = dictGet(globals, .__package__)
    var steps = dictFind(globals, .__path__) >= 0 ? level &- 1 : level
    if name == Value(Qstr.__main__) && isString(package) && uncheckedText(package).count > 0 {
      let base = uncheckedText(package)
      return try appendPrefix(base, base.count, level &- 1, &builder)
    }
    if name == Value(Qstr.__main__) { try raise(.importError, "can't perform relative import") }
    while steps > 0 && end > 0 {
      while end > 0 && full[end &- 1] != 46 { end &-= 1 }
      if end > 0 { end &-= 1 }
      steps &-= 1
    }
    if end == 0 { try raise(.importError, "can't perform relative import") }
    try builder.append(Text(start: full.start, count: end, isASCII: full.isASCII))
  }

  private func appendPrefix(_ base: Text, _ count: Int, _ level: Int, _ builder: inout StringBuilder) throws(PyError) {
    var end = count
    for _ in 0..<max(level, 0) {
      while end > 0 && base[end &- 1] != 46 { end &-= 1 }
      if end > 0 { end &-= 1 }
    }
    if end == 0 { try raise(.importError, "can't perform relative import") }
    try builder.append(Text(start: base.start, count: end, isASCII: base.isASCII))
  }

  /// A module by its full name: loaded before, built in, or found on the path.
  private func loadModule(_ full: Qstr, _ last: Qstr, parent: Value) throws(PyError) -> Value {
    let native = parent.isNull ? builtinModule(full) : .null
    var searchPath = interpreter.pointee.path
    if interpreter.pointee.moduleOverrides.isObject(.dict) {
      let assigned = try findModuleAttribute(builtinModule(.sys), Qstr.path)
      if !assigned.isNull { searchPath = assigned }
    }
    // With an empty path a module that extends a built-in one of its own name gets the built-in one.
    if !native.isNull, let folders = ItemsView(searchPath), folders.count == 0 { return native }
    let loaded = dictGet(interpreter.pointee.loadedModules, full)
    if !loaded.isNull { return loaded }
    if !native.isNull && !moduleRow(Int(native.index)).isExtensible { return native }
    let aliased = native.isNull && parent.isNull ? aliasedModule(full) : .null
    if !aliased.isNull && !moduleRow(Int(aliased.index)).isExtensible { return aliased }
    if parent.isImmediate(.module) {
      // A built-in module may hold another, which is no file.
      let inner = builtinModule(full)
      if !inner.isNull { return inner }
    }
    if !parent.isNull {
      guard parent.isObject(.module) else { try raise(.importError, "no module named '%s'", Value(full)) }
      searchPath = dictGet(parent.unchecked(ModuleObject.self).pointee.globals, .__path__)
      if searchPath.isNull { try raise(.importError, "no module named '%s'", Value(full)) }
    }
    let found = try findOnPath(full, last, searchPath)
    if !found.isNull { return found }
    if !native.isNull { return native }
    if !aliased.isNull { return aliased }
    try raise(.importError, "no module named '%s'", Value(full))
  }

  /// `ujson` is the built-in `json` whatever the path holds; else `null`.
  private func aliasedModule(_ full: Qstr) -> Value {
    let name = text(full)
    guard name.count > 1, name[0] == 117, let plain = findName(Text(start: name.start + 1, count: name.count &- 1, isASCII: true))
    else { return .null }
    return builtinModule(plain)
  }

  /// Looks in each folder of the path for a package or a file.
  private func findOnPath(_ full: Qstr, _ last: Qstr, _ path: Value) throws(PyError) -> Value {
    let folders = try newList()
    if isString(path) { try listAppend(folders, path) } else { try listExtend(folders, path) }
    for index in 0..<folders.pointee.count {
      let folder = folders.pointee.items[index]
      guard isString(folder) else { continue }
      var builder = StringBuilder(self)
      if uncheckedText(folder).count > 0 {
        try builder.append(uncheckedText(folder))
        if uncheckedText(folder)[uncheckedText(folder).count &- 1] != 47 { try builder.append(byte: 47) }
      }
      try builder.append(last)
      if isFrozenFolder(uncheckedText(folder)) {
        let frozen = try importFrozen(full, builder)
        if !frozen.isNull { return frozen }
        continue
      }
      let kind = try fileKind(builder.text)
      if kind == 2 {
        return try loadPackage(full, builder)
      }
      let base = builder.count
      for isBytecode in 0...1 {
        builder.truncate(to: base)
        try builder.append(isBytecode == 0 ? ".py" : ".mpy")
        if try fileKind(builder.text) == 1 { return try loadFile(full, builder.finish(), package: .null) }
      }
    }
    return .null
  }

  private func loadPackage(_ full: Qstr, _ folder: StringBuilder) throws(PyError) -> Value {
    let path = try newString(folder.text)
    var builder = StringBuilder(self)
    try builder.append(folder.text)
    let base = builder.count
    for isBytecode in 0...1 {
      builder.truncate(to: base)
      try builder.append(isBytecode == 0 ? "/__init__.py" : "/__init__.mpy")
      if try fileKind(builder.text) == 1 { return try loadFile(full, builder.finish(), package: path) }
    }
    // A folder without __init__ is a namespace package.
    let module = try newModule(full)
    try dictSet(module.pointee.globals, .__path__, newPathList(path))
    try dictSet(interpreter.pointee.loadedModules, full, Value(module))
    return Value(module)
  }

  private func newPathList(_ path: Value) throws(PyError) -> Value { path }

  /// Loads and runs a file as a module.
  private func loadFile(_ full: Qstr, _ file: Value, package: Value) throws(PyError) -> Value {
    let module = try newModule(full)
    let globals = module.pointee.globals
    try dictSet(globals, .__file__, file)
    if !package.isNull { try dictSet(globals, .__path__, newPathList(package)) }
    try dictSet(interpreter.pointee.loadedModules, full, Value(module))
    do throws(PyError) {
      try runFile(file, globals)
    } catch {
      _ = try dictRemove(interpreter.pointee.loadedModules, Value(full))
      throw error
    }
    let replaced = dictGet(interpreter.pointee.loadedModules, full)
    return replaced.isNull ? Value(module) : replaced
  }

  /// Runs a file, source or bytecode, in the given globals.
  public func runFile(_ file: Value, _ globals: Ref<DictObject>) throws(PyError) {
    var code = try romCode(uncheckedText(file))
    if code.isNull {
      let bytes = try readFile(uncheckedText(file))
      code = try loadFile(uncheckedText(bytes), fileName: uncheckedText(file))
    }
    _ = try run(code, globals)
  }

  /// Compiles through the port's compiler: a code object. RuntimeError in an engine without one.
  public func compileSource(_ source: Text, fileName: Text, _ mode: CompileMode) throws(PyError) -> Value {
    guard let compile = interpreter.pointee.port.compile else { try raise(.runtimeError, "this firmware has no compiler") }
    return try compile(self, source, fileName, mode)
  }

  /// Runs a code object as a module or expression body.
  public func run(_ code: Value, _ globals: Ref<DictObject>, namespace: Value = .null) throws(PyError) -> Value {
    let function = try newFunction(code.unchecked(CodeObject.self), globals)
    return try callFunction(
      function, Arguments(base: state.pointee.stackTop, count: 0), namespace: namespace.isNull ? Value(globals) : namespace)
  }

  @inline(never) func importFrom(_ module: Value, _ name: Qstr) throws(PyError) -> Value {
    let found = try findAttribute(module, name)
    if !found.isNull { return found }
    try raise(.importError, "can't import name %s", Value(name))
  }

  @inline(never) func importStar(_ module: Value, _ frame: UnsafeMutablePointer<Frame>) throws(PyError) {
    let target =
      frame.pointee.kind.rawValue & FrameKind.namespaceBit != 0 && frame.pointee.extra.isObject(.dict)
      ? frame.pointee.extra.unchecked(DictObject.self) : frame.pointee.function.pointee.globals
    var all = Value.null
    do throws(PyError) { all = try findAttribute(module, .__all__) } catch {
      guard matches(error, .attributeError) else { throw error }
    }
    if !all.isNull && all != .none {
      let iterator = try getIterator(all)
      while true {
        let name = try next(iterator)
        if name.isNull { return }
        guard isString(name) else { try raise(.typeError, "item in __all__ must be str, not %t", name) }
        let key = try intern(unwrapped(name))
        try dictSet(target, key, getAttribute(module, key))
      }
    }
    var names = try unwrapped(findAttribute(module, .__dict__))
    if names.isObject(.mappingProxy) { names = try call(Value(type: .dict), names) }
    guard names.isObject(.dict) else { try raise(.importError, "from-import-* object has no __dict__ and no __all__") }
    let dict = names.unchecked(DictObject.self)
    var position = dictNext(dict, 0)
    while position >= 0 {
      let entry = dict.pointee.entries.unsafelyUnwrapped[position]
      if isString(entry.key), uncheckedText(entry.key).count > 0, uncheckedText(entry.key)[0] != 95 {
        try dictSet(target, entry.key, entry.value)
      }
      position = dictNext(dict, position &+ 1)
    }
  }
}

extension VM {
  /// `-m name`: runs `name/__main__.py` of a package, or the module's file under the name `__main__`.
  public func runModuleAsMain(_ name: Value) throws(PyError) {
    let text = uncheckedText(name)
    let folders = interpreter.pointee.path.unchecked(ListObject.self)
    for index in 0..<folders.pointee.count {
      guard isString(folders.pointee.items[index]) else { continue }
      let folder = uncheckedText(folders.pointee.items[index])
      var builder = StringBuilder(self)
      if folder.count > 0 {
        try builder.append(folder)
        try builder.append(byte: 47)
      }
      for position in 0..<text.count { try builder.append(byte: text[position] == 46 ? 47 : text[position]) }
      if isFrozenFolder(folder) {
        if try runFrozenAsMain(builder) { return }
        continue
      }
      let globals = interpreter.pointee.main.pointee.globals
      if try fileKind(builder.text) == 2 {
        // The package itself is imported first.
        _ = try importModule(text, from: .none, level: 0, globals: nil)
        try dictSet(globals, .__package__, name)
        try builder.append("/__main__")
      } else {
        var dot = text.count
        while dot > 0 && text[dot &- 1] != 46 { dot &-= 1 }
        if dot > 0 { try dictSet(globals, .__package__, newString(Text(start: text.start, count: dot &- 1, isASCII: text.isASCII))) }
      }
      let base = builder.count
      for isBytecode in 0...1 {
        builder.truncate(to: base)
        try builder.append(isBytecode == 0 ? ".py" : ".mpy")
        guard try fileKind(builder.text) == 1 else { continue }
        let file = try builder.finish()
        try dictSet(globals, .__file__, file)
        return try runFile(file, globals)
      }
    }
    try raise(.importError, "no module named '%s'", name)
  }
}

extension Interpreter {
  /// The function to run at the end (`sys.atexit`), once; or `null`.
  public mutating func takeExitFunction() -> Value {
    let function = exitFunctions
    exitFunctions = .null
    return function
  }
}
