// The raw mode, for programs at the other end of the line: text comes without echo and is run at Ctrl-D. In raw paste the receiver says how much it
// can take, so that no byte is lost at any speed.

import Runtime

extension Console {
  /// Until the mode changes (nil) or the console ends.
  mutating func runRaw() -> ConsoleEnd? {
    terminal.write("\r\nraw REPL; CTRL-B to exit\r\n>")
    editor.clear()
    while let byte = terminal.read() {
      do throws(PyError) {
        if let result = try rawKey(byte) { return result.end }
      } catch {
        // No memory for so much text: what has come is dropped, and the rest will not make sense either.
        editor.clear()
        report(error)
      }
      if !isRaw { return nil }
    }
    return .endOfInput
  }

  /// `end` is nil if only the mode changes.
  private struct RawResult { var end: ConsoleEnd? }

  private mutating func rawKey(_ byte: UInt8) throws(PyError) -> RawResult? {
    switch byte {
    case Key.controlA:
      if editor.line.count == 2 && editor.line[0] == Key.controlE { return try rawCommand() }
      editor.clear()
      terminal.write("raw REPL; CTRL-B to exit\r\n>")
    case Key.controlB:
      terminal.write("\r\n")
      isRaw = false
      return RawResult(end: nil)
    case Key.controlC: editor.clear()
    case Key.controlD:
      terminal.write("OK")
      if editor.line.count == 0 {
        terminal.write("\r\n")
        return RawResult(end: .endRequested)
      }
      return runRawText()
    default: try editor.line.append(vm, byte)
    }
    return nil
  }

  private mutating func runRawText() -> RawResult? {
    unlockHeap()
    let exit = execute(editor.line.text, .file, marksEnds: true)
    editor.clear()
    if let exit { return RawResult(end: .exit(exit)) }
    terminal.write(">")
    return nil
  }

  // MARK: Raw paste

  /// Ctrl-E, a letter, Ctrl-A: asks for a command of which there is one, `A`.
  private mutating func rawCommand() throws(PyError) -> RawResult? {
    let letter = editor.line[1]
    editor.clear()
    guard letter == 0x41 else {
      terminal.write("R\0")
      return nil
    }
    terminal.write("R\u{1}")
    terminal.write(byte: UInt8(truncatingIfNeeded: options.pasteWindow))
    terminal.write(byte: UInt8(truncatingIfNeeded: options.pasteWindow &>> 8))
    terminal.write(byte: Key.controlA)
    switch receivePaste() {
    case .ended: return .init(end: .endOfInput)
    case .cancelled:
      failPaste(vm.error(.keyboardInterrupt, ""))
      return nil
    case .failed(let error):
      failPaste(error)
      return nil
    case .complete:
      terminal.write(byte: Key.controlD)
      return runRawText()
    }
  }

  private enum PasteEnd {
    case complete, cancelled, ended
    case failed(PyError)
  }

  /// Receives text up to Ctrl-D, granting another window whenever one was used up.
  private mutating func receivePaste() -> PasteEnd {
    var left = options.pasteWindow
    while let byte = terminal.read() {
      switch byte {
      case Key.controlD: return .complete
      case Key.controlC: return .cancelled
      default: break
      }
      do throws(PyError) { try editor.line.append(vm, byte) } catch { return .failed(error) }
      left &-= 1
      if left == 0 {
        left = options.pasteWindow
        terminal.write(byte: Key.controlA)
      }
    }
    return .ended
  }

  /// Asks the other side to stop, waits until it has, and shows the error as one of the program.
  private mutating func failPaste(_ error: PyError) {
    editor.clear()
    terminal.write(byte: Key.controlD)
    while let byte = terminal.read(), byte != Key.controlD {}
    terminal.write(byte: Key.controlD)
    report(error)
    terminal.write(byte: Key.controlD)
    terminal.write(">")
  }
}
