// The console: prompts, statements and their results, over the port's byte stream. It knows no operating system.
//
// A console lives as long as its interpreter. It ends at the end of the input, at Ctrl-D on an empty line and at SystemExit; what that means (the
// end of the process, a soft reset) is the port's business.

import Platform
import Runtime

/// What a port decides about its console.
public struct ConsoleOptions {
  /// Bytes for the lines typed before.
  public var historyCapacity: Int
  /// How many bytes raw paste lets the other side send at a time. The port must be able to keep twice as many that nobody has read.
  public var pasteWindow: Int
  /// Whether what is typed is sent back.
  public var echoes: Bool
  /// Told when the console begins (true) and stops (false) to read lines, so that a terminal can be switched.
  public var setEditing: @convention(thin) (Bool) -> Void

  public init(historyCapacity: Int, pasteWindow: Int, echoes: Bool = true, setEditing: @escaping @convention(thin) (Bool) -> Void) {
    self.historyCapacity = historyCapacity
    self.pasteWindow = pasteWindow
    self.echoes = echoes
    self.setEditing = setEditing
  }
}

/// For ports that have nothing to switch.
public func ignoreEditing(_ isEditing: Bool) {}

/// Why a console ended.
public enum ConsoleEnd {
  case endOfInput
  /// Ctrl-D.
  case endRequested
  /// SystemExit.
  case exit(PyError)
}

/// Make it in a frame below the base of the native stack: the collector finds its memory there.
public struct Console {
  let vm: VM
  let options: ConsoleOptions
  let terminal: Terminal
  var editor: LineEditor
  /// Whether it is in raw mode, for programs; a port keeps this over a soft reset.
  public internal(set) var isRaw = false

  public init(_ vm: VM, _ options: ConsoleOptions) {
    self.vm = vm
    self.options = options
    terminal = Terminal(vm: vm, echoes: options.echoes)
    editor = LineEditor(terminal, historyCapacity: options.historyCapacity)
  }

  /// The lines typed before, each with its end: what a port keeps in a file.
  public var history: Text { editor.history.text }

  /// Adds lines to the history.
  public mutating func loadHistory(_ lines: Text) { editor.history.load(lines) }

  /// Serves the stream until it ends, starting in the given mode.
  public mutating func run(raw: Bool = false) -> ConsoleEnd {
    isRaw = raw
    beginEditing()
    defer { options.setEditing(false) }
    while true {
      if let end = isRaw ? runRaw() : runFriendly() { return end }
    }
  }

  /// While lines are read Ctrl-C is a key.
  private func beginEditing() {
    vm.interpreter.pointee.interruptCharacter = -1
    options.setEditing(true)
  }

  // MARK: The friendly mode

  private func writeBanner() {
    terminal.write("MicroPython v1.29.0; Taipan ")
    terminal.write(TaipanVersion.text)
    terminal.write(" on ")
    terminal.write(TaipanVersion.date)
    terminal.write("; ")
    terminal.write(vm.interpreter.pointee.port.machineName)
    terminal.write("\r\nType \"help()\" for more information.\r\n")
  }

  /// Until the mode changes (nil) or the console ends.
  private mutating func runFriendly() -> ConsoleEnd? {
    writeBanner()
    while true {
      unlockHeap()
      do throws(PyError) {
        editor.clear()
        switch try editor.readLine(vm.prompt(first: true)) {
        case .endOfInput:
          terminal.write("\r\n")
          return .endOfInput
        case .control(let key):
          if let result = try control(key) { return result.end }
        case .entered:
          if let exit = try finishStatement() { return .exit(exit) }
        }
      } catch {
        // Not even memory for the line, or a prompt that can't be shown.
        terminal.write("\r\n")
        report(error)
      }
      if isRaw { return nil }
    }
  }

  /// The answer of a control key: `end` is nil if only the mode changes.
  private struct ControlResult { var end: ConsoleEnd? }

  /// A control key on an empty line; nil if the console goes on as before.
  private mutating func control(_ key: UInt8) throws(PyError) -> ControlResult? {
    switch key {
    case Key.controlA:
      isRaw = true
      return ControlResult(end: nil)
    case Key.controlB:
      terminal.write("\r\n")
      writeBanner()
    case Key.controlD:
      terminal.write("\r\n")
      return ControlResult(end: .endRequested)
    case Key.controlE:
      if let exit = try paste() { return ControlResult(end: .exit(exit)) }
    default: terminal.write("\r\n")
    }
    return nil
  }

  /// Reads the lines that the first one needs, and runs them.
  private mutating func finishStatement() throws(PyError) -> PyError? {
    if isBlank(editor.line.text) { return nil }
    while needsMoreInput(editor.line.text) {
      try editor.line.append(vm, Key.lineFeed)
      switch try editor.readLine(vm.prompt(first: false)) {
      case .entered: continue
      case .control(let key) where key == Key.controlC:
        terminal.write("\r\n")
        return nil
      case .control(let key) where key != Key.controlD:
        // The others mean nothing here.
        editor.line.truncate(editor.lineStart &- 1)
        terminal.write("\r\n")
      default:
        terminal.write("\r\n")
        return execute(editor.line.text, .single, marksEnds: false)
      }
    }
    return execute(editor.line.text, .single, marksEnds: false)
  }

  private func isBlank(_ text: Text) -> Bool {
    for index in 0..<text.count where text[index] != 0x20 { return false }
    return true
  }

  // MARK: Paste mode

  /// Reads text up to Ctrl-D as it comes and runs it as a file.
  private mutating func paste() throws(PyError) -> PyError? {
    terminal.write("\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ")
    editor.clear()
    var followsCarriageReturn = false
    while let byte = terminal.read() {
      let isSecondHalf = followsCarriageReturn && byte == Key.lineFeed
      followsCarriageReturn = byte == Key.carriageReturn
      if isSecondHalf { continue }
      switch byte {
      case Key.controlC:
        terminal.write("\r\n")
        return nil
      case Key.controlD:
        terminal.write("\r\n")
        return execute(editor.line.text, .file, marksEnds: false)
      case Key.carriageReturn, Key.lineFeed:
        try editor.line.append(vm, Key.lineFeed)
        terminal.echo("\r\n=== ")
      default:
        try editor.line.append(vm, byte)
        if terminal.echoes { terminal.write(byte: byte) }
      }
    }
    return nil
  }

  // MARK: Running

  /// Runs a file of the drive in `__main__` if there is one, as a board does at start. Answers how the console ended if it is not to begin.
  public mutating func runFile(_ name: StaticString) -> ConsoleEnd? {
    do throws(PyError) {
      guard try vm.fileKind(Text(name)) == 1 else { return nil }
      let source = try vm.readFile(Text(name))
      if let exit = execute(vm.uncheckedText(source), .file, marksEnds: false, name: name) { return .exit(exit) }
    } catch {
      report(error)
    }
    return nil
  }

  /// Compiles and runs text in `__main__`; an exception is printed. Answers SystemExit, which ends the console. With `marksEnds` the character
  /// "end of transmission" follows the output and the exception, as programs at the other end expect.
  mutating func execute(_ source: Text, _ mode: CompileMode, marksEnds: Bool, name: StaticString = "<stdin>") -> PyError? {
    var exit: PyError?
    vm.interpreter.pointee.interruptCharacter = Int(Key.controlC)
    options.setEditing(false)
    do throws(PyError) {
      let code = try vm.compileSource(source, fileName: Text(name), mode)
      _ = try vm.run(code, vm.interpreter.pointee.main.pointee.globals)
      if marksEnds { terminal.write(byte: Key.controlD) }
    } catch {
      unlockHeap()
      if marksEnds { terminal.write(byte: Key.controlD) }
      if vm.matches(error, .systemExit) { exit = error } else { report(error) }
    }
    beginEditing()
    // A Ctrl-C that came too late is not meant for the next statement.
    platform_clear_bits(vm.interpreter.pointee.pending, PendingReason.keyboardInterrupt)
    if marksEnds { terminal.write(byte: Key.controlD) }
    return exit
  }

  /// Prints an exception to the standard output.
  func report(_ error: PyError) {
    var builder = StringBuilder(vm)
    do throws(PyError) {
      try vm.printTraceback(error.value, &builder)
      vm.write(builder.text)
    } catch {
      vm.write(Text("MemoryError\n"))
    }
  }

  /// With a locked heap there would be no way out but a reset.
  func unlockHeap() {
    while vm.heap.lockDepth > 0 { vm.heap.unlock() }
  }
}

/// `input()` with an editor: the `Port.input` of ports with a console. (A thunk: see `libraryTypeRow`.)
public func consoleInput(_ vm: VM, _ prompt: Value) throws(PyError) -> Value { try readInputLine(vm, prompt) }

@inline(never) private func readInputLine(_ vm: VM, _ prompt: Value) throws(PyError) -> Value {
  var editor = LineEditor(Terminal(vm: vm, echoes: true), historyCapacity: 0)
  // While the line is read Ctrl-C is a key, whatever the program made of it.
  let interruptCharacter = vm.interpreter.pointee.interruptCharacter
  vm.interpreter.pointee.interruptCharacter = -1
  defer { vm.interpreter.pointee.interruptCharacter = interruptCharacter }
  while true {
    switch try editor.readLine(prompt) {
    case .entered: return try vm.newString(editor.line.text)
    case .endOfInput: try vm.raise(.eofError)
    case .control(let key):
      if key == Key.controlC { try vm.raise(.keyboardInterrupt) }
      if key == Key.controlD { try vm.raise(.eofError) }
      editor.clear()
      vm.write(Text("\n"))
    }
  }
}
