// The two ends of the byte stream, as the port gives them, and the few sequences of a VT100 that the editor sends.

import Runtime

/// What the console reads and writes. Bytes go out as they are (`StreamNumber.raw`): the console sends line ends itself.
struct Terminal {
  let vm: VM
  /// Without echo only prompts and results are written: for input that is no terminal's.
  let echoes: Bool

  /// The next byte; nil at the end of the input. A Ctrl-C that came as a signal is answered as the character. May run callbacks that a program
  /// scheduled.
  func read() -> UInt8? {
    while true {
      var byte: UInt8 = 0
      let count = vm.interpreter.pointee.port.read(vm, &byte, 1)
      if count > 0 { return byte }
      if count == 0 { return nil }
      do throws(PyError) { try vm.pollPending() } catch {
        if vm.matches(error, .keyboardInterrupt) { return Key.controlC }
        vm.reportIgnored(error)
      }
      if count != StreamError.interrupted { return nil }
    }
  }

  func write(_ text: Text) { vm.write(text, to: StreamNumber.output | StreamNumber.raw) }
  func write(_ text: StaticString) { write(Text(text)) }

  func write(byte: UInt8) {
    var copy = byte
    withUnsafePointer(to: &copy) { write(Text(start: $0, count: 1, isASCII: byte < 0x80)) }
  }

  // MARK: Echo

  func echo(_ text: Text) {
    if echoes && text.count > 0 { write(text) }
  }
  func echo(_ text: StaticString) { echo(Text(text)) }

  /// A line end that the user sees when input ends a line.
  func echoLineEnd() { echo("\r\n") }

  func eraseToEnd() { echo("\u{1b}[K") }

  func moveBack(_ columns: Int) {
    if columns <= 0 || !echoes { return }
    if columns <= 4 {
      let backspaces = Text("\u{8}\u{8}\u{8}\u{8}")
      return write(Text(start: backspaces.start, count: columns, isASCII: true))
    }
    var number = StringBuilder(vm)
    // Without memory the cursor is where it is.
    do throws(PyError) {
      try number.append("\u{1b}[")
      try number.append(decimal: columns)
      try number.append(byte: 0x44)
      write(number.text)
    } catch {}
  }
}

/// Bytes that keys send.
enum Key {
  static var controlA: UInt8 { 1 }
  static var controlB: UInt8 { 2 }
  static var controlC: UInt8 { 3 }
  static var controlD: UInt8 { 4 }
  static var controlE: UInt8 { 5 }
  static var controlF: UInt8 { 6 }
  static var backspace: UInt8 { 8 }
  static var tab: UInt8 { 9 }
  static var lineFeed: UInt8 { 10 }
  static var controlK: UInt8 { 11 }
  static var carriageReturn: UInt8 { 13 }
  static var controlN: UInt8 { 14 }
  static var controlP: UInt8 { 16 }
  static var controlU: UInt8 { 21 }
  static var controlW: UInt8 { 23 }
  static var escape: UInt8 { 27 }
  static var delete: UInt8 { 127 }
}
