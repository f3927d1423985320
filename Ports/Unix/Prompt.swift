// A plain interactive prompt with continuation lines.
import Bytecode
import Compiler
import Glibc
import Runtime

struct Prompt {
  let vm: VM

  /// Reads, runs and prints until the end of the input; answers the exit status.
  func run() -> Int32 {
    write("MicroPython v1.29.0; Taipan \(TaipanVersion.text) on \(TaipanVersion.date); linux [Taipan] version\n")
    write("Use Ctrl-D to exit\n")
    while true {
      guard let source = readStatement() else {
        write("\n")
        return 0
      }
      if source.allSatisfy({ $0 == "\n" || $0 == " " }) { continue }
      do throws(PyError) {
        let text = try vm.newString(source)
        let code = try vm.compileSource(vm.uncheckedText(text), fileName: Text("<stdin>"), .single)
        _ = try vm.run(code, vm.interpreter.pointee.main.pointee.globals)
      } catch {
        if vm.matches(error, .systemExit) { return Session(vm: vm, options: Options()).finish(error) }
        vm.reportIgnored(error)
      }
    }
  }

  /// One whole statement; nil at the end of the input.
  private func readStatement() -> String? {
    var source = ""
    var prompt = ">>> "
    while true {
      write(prompt)
      pendingWord.pointee = 0
      guard let line = readLine(strippingNewline: false) else { return source.isEmpty ? nil : source }
      source += line
      if line == "\n" && !source.isEmpty && prompt == "... " { return source }
      var copy = source
      let isComplete = copy.withUTF8 { Parser.completeness(of: $0, memory: .system) == .complete }
      if isComplete { return source }
      prompt = "... "
    }
  }

  private func write(_ text: String) {
    fputs(text, stdout)
    fflush(stdout)
  }
}
