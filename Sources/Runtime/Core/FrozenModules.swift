// Modules that are part of the program: those below `.frozen` in `sys.path`. They lie in an image that the port has (Port.frozenImage), made
// from a manifest by Scripts/freeze.

extension VM {
  /// The path in the image of a path that begins with `.frozen`, or nil if it does not.
  private func frozenPath(_ path: Text) -> Text? {
    let prefix = Text(".frozen")
    guard path.count >= prefix.count else { return nil }
    for index in 0..<prefix.count where path[index] != prefix[index] { return nil }
    if path.count > prefix.count && path[prefix.count] != 47 { return nil }
    return Text(start: path.start + prefix.count, count: path.count &- prefix.count, isASCII: path.isASCII)
  }

  private var frozenImage: RomImage? { interpreter.pointee.port.frozenImage.flatMap { RomImage(at: $0) } }

  /// Whether a folder of `sys.path` is one of frozen modules.
  func isFrozenFolder(_ folder: Text) -> Bool { frozenPath(folder) != nil }

  /// The module of a path without suffix below `.frozen`, loaded and run; `null` if there is none.
  func importFrozen(_ full: Qstr, _ path: StringBuilder) throws(PyError) -> Value {
    guard let image = frozenImage, let inside = frozenPath(path.text) else { return .null }
    var builder = path
    var package = Value.null
    if let folder = image.find(inside), folder.isFolder {
      package = try newString(path.text)
      try builder.append("/__init__")
    }
    if let file = try findFrozen(image, &builder) { return try loadFrozen(full, image, file, builder.text, package) }
    return .null
  }

  /// Runs a frozen module under the name `__main__`; false if there is none.
  func runFrozenAsMain(_ path: StringBuilder) throws(PyError) -> Bool {
    guard let image = frozenImage, let inside = frozenPath(path.text) else { return false }
    var builder = path
    if let folder = image.find(inside), folder.isFolder { try builder.append("/__main__") }
    guard let file = try findFrozen(image, &builder) else { return false }
    let code = try frozenCode(image, file, builder.text)
    _ = try run(code, interpreter.pointee.main.pointee.globals)
    return true
  }

  /// The file with that name and a suffix, which is appended.
  private func findFrozen(_ image: RomImage, _ builder: inout StringBuilder) throws(PyError) -> RomImage.Entry? {
    let base = builder.count
    for isSource in 0...1 {
      builder.truncate(to: base)
      try builder.append(isSource == 0 ? ".mpy" : ".py")
      if let inside = frozenPath(builder.text), let file = image.find(inside), !file.isFolder { return file }
    }
    return nil
  }

  private func frozenCode(_ image: RomImage, _ file: RomImage.Entry, _ name: Text) throws(PyError) -> Value {
    let bytes = image.bytes(file)
    if !isBytecodeName(name) { return try compileSource(bytes, fileName: name, .file) }
    var loader = InPlaceLoader(self, bytes)
    return Value(try loader.load())
  }

  private func loadFrozen(
    _ full: Qstr, _ image: RomImage, _ file: RomImage.Entry, _ name: Text, _ package: Value
  ) throws(PyError) -> Value {
    let code = try frozenCode(image, file, name)
    let module = try newModule(full)
    let globals = module.pointee.globals
    // The name of the source, as the compiler was told it.
    try dictSet(globals, .__file__, Value(code.unchecked(CodeObject.self).pointee.context.pointee.names[0]))
    if !package.isNull { try dictSet(globals, .__path__, package) }
    try dictSet(interpreter.pointee.loadedModules, full, Value(module))
    do throws(PyError) {
      _ = try run(code, globals)
    } catch {
      _ = try dictRemove(interpreter.pointee.loadedModules, Value(full))
      throw error
    }
    let replaced = dictGet(interpreter.pointee.loadedModules, full)
    return replaced.isNull ? Value(module) : replaced
  }
}
