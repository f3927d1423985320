// One run of the command: sets `sys` up, runs the program, and turns what is uncaught into an exit status.
import Glibc
import Runtime

struct Session {
  let vm: VM
  let options: Options

  /// Runs the program; answers the exit status.
  func run() -> Int32 {
    var status: Int32 = 0
    do throws(PyError) {
      try setUpSys()
      status = try runProgram()
    } catch {
      status = finish(error)
    }
    if options.staysInteractive, case .interactive = options.program {} else if options.staysInteractive { status = Prompt(vm: vm).run() }
    return runExitFunctions(status)
  }

  private func runProgram() throws(PyError) -> Int32 {
    let globals = vm.interpreter.pointee.main.pointee.globals
    switch options.program {
    case .interactive:
      if isatty(0) != 0 || options.staysInteractive { return Prompt(vm: vm).run() }
      try runStandardInput(globals)
    case .standardInput: try runStandardInput(globals)
    case .command(let text): try runSource(try vm.newString(repairing: text), "<string>", globals)
    case .file(let path): try runFile(path, globals)
    case .module(let name): return try runModule(name)
    }
    return 0
  }

  private func runSource(_ source: Value, _ name: StaticString, _ globals: Ref<DictObject>) throws(PyError) {
    let code = try vm.compileSource(vm.uncheckedText(source), fileName: Text(name), .file)
    if !options.compilesOnly { _ = try vm.run(code, globals) }
  }

  private func runStandardInput(_ globals: Ref<DictObject>) throws(PyError) {
    var builder = StringBuilder(vm)
    while true {
      let target = try builder.reserve(4096)
      let count = vm.interpreter.pointee.port.read(vm, target, 4096)
      if count < 0 && -count == Int(EINTR) {
        try vm.pollPending()
        continue
      }
      if count < 0 { try vm.raiseOSError(-count) }
      if count == 0 { break }
      builder.advance(count)
    }
    let source = try builder.finishBytes()
    try runSource(source, "<stdin>", globals)
  }

  private func runFile(_ path: Text, _ globals: Ref<DictObject>) throws(PyError) {
    let name = try vm.newString(repairing: path)
    var source = Value.null
    do throws(PyError) { source = try vm.readFile(vm.uncheckedText(name)) } catch {
      guard vm.matches(error, .osError) else { throw error }
      var builder = StringBuilder(vm)
      try builder.append("taipan: can't open file '")
      try builder.append(vm.uncheckedText(name))
      try builder.append("': ")
      try vm.print(error.value, &builder, .str)
      try builder.append("\n")
      vm.write(builder.text, to: 2)
      try vm.raise(.systemExit, argument: Value(smallInt: 2))
    }
    try vm.dictSet(globals, Qstr.__file__, name)
    let code = try vm.loadFile(vm.uncheckedText(source), fileName: vm.uncheckedText(name))
    if !options.compilesOnly { _ = try vm.run(code, globals) }
  }

  /// `-m`: a package's `__main__`, or the module itself under the name `__main__`.
  private func runModule(_ name: Text) throws(PyError) -> Int32 {
    try vm.runModuleAsMain(vm.newString(repairing: name))
    return 0
  }

  // MARK: sys

  func setUpSys() throws(PyError) {
    let argv = try vm.newList()
    try vm.listAppend(argv, vm.newString(repairing: options.programName))
    for index in 0..<options.arguments.count { try vm.listAppend(argv, vm.newString(repairing: options.arguments[index])) }
    vm.interpreter.pointee.argv = Value(argv)
    vm.interpreter.pointee.executable = try executablePath()
    let path = try vm.newList()
    try vm.listAppend(path, vm.newString(repairing: scriptFolder()))
    if let folders = environment("TAIPANPATH") ?? environment("MICROPYPATH") {
      try append(folders, to: path)
    } else {
      try vm.listAppend(path, vm.newString(".frozen"))
      try append(Text("~/.micropython/lib:/usr/lib/micropython"), to: path)
    }
    vm.interpreter.pointee.path = Value(path)
  }

  private func scriptFolder() -> Text {
    guard case .file(let path) = options.program, let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return Text("") }
    return path.prefix(max(slash, 1))
  }

  /// Appends folders separated by `:`. Those in the home folder (`~/`) are left out if there is none.
  private func append(_ folders: Text, to path: Ref<ListObject>) throws(PyError) {
    var start = 0
    while start < folders.count {
      let end = folders.index(of: UInt8(ascii: ":"), from: start)
      let folder = folders.prefix(end).dropFirst(start)
      start = end + 1
      if folder.count == 0 { continue }
      guard folder.hasPrefix("~/") else {
        try vm.listAppend(path, vm.newString(repairing: folder))
        continue
      }
      guard let home = environment("HOME") else { continue }
      var builder = StringBuilder(vm)
      try builder.append(home)
      try builder.append(folder.dropFirst(1))
      try vm.listAppend(path, vm.newString(repairing: builder.text))
    }
  }

  private func executablePath() throws(PyError) -> Value {
    var builder = StringBuilder(vm)
    let buffer = try builder.reserve(4096)
    let count = buffer.withMemoryRebound(to: CChar.self, capacity: 4096) { readlink("/proc/self/exe", $0, 4096) }
    return count > 0 ? try vm.newString(repairing: Text(start: UnsafePointer(buffer), count: count)) : Value(Qstr.empty)
  }

  // MARK: The end

  /// The exit status for an uncaught exception, which is printed unless it is SystemExit.
  func finish(_ error: PyError) -> Int32 {
    if vm.matches(error, .systemExit) { return exitStatus(error.value) }
    while vm.heap.lockDepth > 0 { vm.heap.unlock() }
    vm.reportIgnored(error)
    return vm.matches(error, .keyboardInterrupt) ? 130 : 1
  }

  private func exitStatus(_ exit: Value) -> Int32 {
    guard let exception = vm.exceptionObject(exit) else { return 1 }
    let arguments = exception.pointee.arguments.unchecked(TupleObject.self)
    if arguments.pointee.count == 0 { return 0 }
    let value = arguments.pointee.count == 1 ? TupleObject.items(arguments)[0] : exception.pointee.arguments
    if value == .none { return 0 }
    if value.isBool { return value == .true ? 1 : 0 }
    if value.isSmallInt { return Int32(truncatingIfNeeded: value.uncheckedSmallInt & 0xff) }
    do throws(PyError) {
      var builder = StringBuilder(vm)
      try vm.print(value, &builder, .str)
      try builder.append("\n")
      vm.write(builder.text, to: 2)
    } catch {
      // The message can't be shown; the status tells.
    }
    return 1
  }

  private func runExitFunctions(_ status: Int32) -> Int32 {
    var result = status
    let function = vm.interpreter.pointee.takeExitFunction()
    if !function.isNull {
      do throws(PyError) { _ = try vm.call(function) } catch { result = finish(error) }
    }
    return result
  }
}

extension VM {
  /// A `str` of a Swift string.
  func newString(_ text: String) throws(PyError) -> Value {
    var copy = text
    var result = Value.null
    var failure: PyError?
    copy.withUTF8 { bytes in
      guard let start = bytes.baseAddress, bytes.count > 0 else {
        result = Value(Qstr.empty)
        return
      }
      do throws(PyError) {
        result = try newString(Text(start: start, count: bytes.count, isASCII: bytes.allSatisfy { $0 < 0x80 }))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return result
  }
}
