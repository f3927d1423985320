// The interactive prompt: the console on the terminal, with the lines typed before in a file of the user's home folder.
import Console
import Glibc
import Runtime

struct Prompt {
  let vm: VM

  /// Serves the terminal until the end of the input; answers the exit status.
  @inline(never) func run() -> Int32 {
    let isTerminal = isatty(0) != 0
    if isTerminal { TerminalMode.prepare() }
    var console = Console(
      vm,
      ConsoleOptions(
        historyCapacity: 16 << 10, pasteWindow: 4096, echoes: isTerminal, setEditing: isTerminal ? TerminalMode.setEditing : ignoreEditing))
    HistoryFile.load(into: &console, vm)
    let end = console.run()
    HistoryFile.save(console.history)
    if case .exit(let error) = end { return Session(vm: vm, options: Options()).finish(error) }
    return 0
  }
}

/// `~/.taipan_history`: the lines typed, oldest first. Where there is no home folder, or it can't be used, nothing is kept.
private enum HistoryFile {
  private static var name: StaticString { "/.taipan_history" }

  static func load(into console: inout Console, _ vm: VM) {
    guard let file = open(mode: "r") else { return }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    // Of a file that somebody made larger, the end.
    fseek(file, 0, SEEK_END)
    fseek(file, max(ftell(file) - bytes.count, 0), SEEK_SET)
    let count = fread(&bytes, 1, bytes.count, file)
    bytes.withUnsafeBufferPointer { console.loadHistory(Text(start: $0.baseAddress.unsafelyUnwrapped, count: count)) }
  }

  static func save(_ lines: Text) {
    guard lines.count > 0, let file = open(mode: "w") else { return }
    fwrite(lines.start, 1, lines.count, file)
    fclose(file)
  }

  private static func open(mode: String) -> UnsafeMutablePointer<FILE>? {
    guard let home = environment("HOME"), home.count > 0 else { return nil }
    return fopen(home.string + name.description, mode)
  }
}
