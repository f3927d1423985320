// mpy-cross: compiles a Python source to a .mpy file, or shows what is in one.
import ArgumentParser
import Bytecode
import Compiler
import Numerics

@main struct MpyCross {
  static func main() {
    let words = Arguments.normalised(CommandLine.arguments.dropFirst())
    if let request = Request(plain: words) {
      compile(read(request.input), request)
      return
    }
    let arguments: Arguments
    do { arguments = try Arguments.parse(words) } catch {
      let text = Arguments.fullMessage(for: error)
      guard Arguments.exitCode(for: error) == .success else { stop(text) }
      Files.write(Array((text + "\n").utf8), to: nil)
      return
    }
    if arguments.showsVersion {
      Files.write(Array((version + "\n").utf8), to: nil)
      return
    }
    let input = arguments.input ?? "-"
    if arguments.disassembles {
      Files.write(listing(of: read(input), input), to: nil)
    } else {
      compile(read(input), Request(arguments))
    }
  }

  private static func read(_ input: String) -> [UInt8] {
    guard let source = Files.read(input == "-" ? nil : input) else { stop("OSError: can't open '\(input)'") }
    return source
  }

  static var version: String { "MicroPython v1.29.0; Taipan mpy-cross emitting mpy v6.3" }

  /// Ends with a message on the standard error.
  static func stop(_ message: String) -> Never {
    Files.complain(message)
    Files.exit(1)
  }

  // MARK: To bytecode

  private static func compile(_ source: [UInt8], _ request: Request) {
    let input = request.input
    var options = CompileOptions.crossCompiler
    options.optimization = request.optimization
    options.smallIntBits = request.smallIntBits
    if !request.storesLines { options.storesLines = false }
    let name = (request.sourceName ?? (input == "-" ? "<stdin>" : input)).replacing("\\", with: "/", when: request.sourceName != nil)
    let file: [UInt8]
    do throws(SyntaxFailure) {
      let module = try module(source, Array(name.utf8), options)
      file = MpyWriter.file(of: module, smallIntBits: UInt8(request.smallIntBits), formatFloat: floatText)
    } catch {
      stop(message(error, name))
    }
    let output = request.output ?? (input == "-" ? "-" : String(input.dropLast(2)) + "mpy")
    if !Files.write(file, to: output == "-" ? nil : output) { stop("OSError: can't write '\(output)'") }
  }

  private static func module(_ source: [UInt8], _ name: [UInt8], _ options: CompileOptions) throws(SyntaxFailure) -> CompiledModule {
    // Never empty, so that there is an address.
    let text = source + [0]
    return try text.withUnsafeBufferPointer { text throws(SyntaxFailure) in
      try name.withUnsafeBufferPointer { name throws(SyntaxFailure) in
        try Compiler.compile(source: UnsafeBufferPointer(rebasing: text.dropLast()), fileName: name, memory: .system, options: options)
      }
    }
  }

  private static func message(_ failure: SyntaxFailure, _ name: String) -> String {
    let type =
      switch failure.kind {
      case .syntaxError: "SyntaxError"
      case .indentationError: "IndentationError"
      case .tabError: "TabError"
      case .notImplemented: "NotImplementedError"
      case .memory: "MemoryError"
      case .recursion: "RecursionError"
      case .limit: "RuntimeError"
      case .interruption: "KeyboardInterrupt"
      }
    return "Traceback (most recent call last):\n  File \"\(name)\", line \(failure.line)\n\(type): \(failure.message.text)"
  }

  static func floatText(_ value: Double) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: FloatText.reprCapacity) { buffer, count in
      count = FloatText.repr(value, into: buffer.baseAddress.unsafelyUnwrapped)
    }
  }

  // MARK: From bytecode

  private static func listing(of file: [UInt8], _ path: String) -> [UInt8] {
    do throws(BytecodeError) {
      let module = try file.withUnsafeBufferPointer { file throws(BytecodeError) in
        try MpyReader.module(from: file, memory: .system) { text in text.baseAddress.flatMap { FloatText.parseDouble($0, text.count) } }
      }
      var text = FileListing.text(of: module, file)
      text += try Disassembler.listing(of: module, formatFloat: floatText)
      do throws(BytecodeError) { try Verifier.check(module) } catch {
        Files.write(text, to: nil)
        stop("\(path): does not verify: \(error.kind.text) at \(error.offset) of code object \(error.code)")
      }
      return text
    } catch {
      stop("\(path): invalid .mpy file: \(error.kind.text) at \(error.offset)")
    }
  }
}

extension String {
  fileprivate func replacing(_ old: Character, with new: Character, when condition: Bool) -> String {
    condition ? String(map { $0 == old ? new : $0 }) : self
  }
}
