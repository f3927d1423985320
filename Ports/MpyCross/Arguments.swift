// The command line: MicroPython's spellings (`-O2`, `-march=x`, `-X emit=bytecode`), read by swift-argument-parser.
import ArgumentParser

/// What was asked for. The words must have gone through `normalised` before.
struct Arguments: ParsableArguments {
  @Flag(name: .customLong("version"), help: "Show the version.")
  var showsVersion = false

  @Option(
    name: .customShort("o"), help: "Output file; `-` is the standard output. (default: the input's name with .mpy, or the standard output)")
  var output: String?

  @Option(name: .customShort("s"), help: "Name of the source file in the bytecode. (default: the input's name)")
  var sourceName: String?

  @Flag(name: .customShort("v"), help: "Accepted, and does nothing.")
  var verbosity: Int

  @Option(
    name: .customShort("O", allowingJoined: true),
    help: "Optimisation: from 1 on no assertions, from 3 on no line numbers. `-O`, `-OO`, … count too.")
  var optimization = 0

  @Option(name: .customLong("msmall-int-bits", withSingleDash: true), help: "Bits of the smallest target's small integers.")
  var smallIntBits = 31

  @Option(
    name: .customLong("march", withSingleDash: true),
    help: ArgumentHelp("Architecture for machine code: \(Architecture.names).", valueName: "arch"))
  var architecture: Architecture?

  @Option(
    name: .customLong("march-flags", withSingleDash: true), help: "Flags of the architecture: a number, or names with commas between them.")
  var architectureFlags: String?

  @Option(name: .customShort("X"), help: ArgumentHelp("emit=bytecode, heapsize=N, source-lines or no-source-lines.", valueName: "option"))
  var implementationOptions: [ImplementationOption] = []

  @Flag(name: .customLong("disassemble"), help: "Print what is in a .mpy file.")
  var disassembles = false

  @Argument(help: "A Python source, or `-` for the standard input.")
  var input: String?

  func validate() throws {
    guard (0...9).contains(optimization) else { throw ValidationError("the optimisation level must be 0 to 9") }
    guard (2...63).contains(smallIntBits) else { throw ValidationError("small integers must have 2 to 63 bits") }
    if architectureFlags != nil && architecture != .rv32imc { throw ValidationError("flags are for -march=rv32imc only") }
    guard input != nil || showsVersion else { throw ValidationError("no input file") }
  }

  /// `-O` and `-OO` as `-O1` and `-O2`; after `--` words stay as they are.
  static func normalised(_ words: some Sequence<String>) -> [String] {
    var isOver = false
    return words.map { word in
      if word == "--" { isOver = true }
      let letters = word.dropFirst()
      guard !isOver, word.hasPrefix("-O"), letters.allSatisfy({ $0 == "O" }) else { return word }
      return "-O\(letters.count)"
    }
  }
}

/// Targets that have a number in the format.
enum Architecture: String, ExpressibleByArgument, CaseIterable {
  case x86, x64, armv6, armv6m, armv7m, armv7em, armv7emsp, armv7emdp, xtensa, xtensawin, rv32imc, rv64imc, host, debug

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// What stands behind `-X`.
enum ImplementationOption: ExpressibleByArgument, Equatable {
  case emitBytecode
  case heapSize
  case sourceLines(Bool)

  init?(argument: String) {
    switch argument {
    case "emit=bytecode": self = .emitBytecode
    case "source-lines": self = .sourceLines(true)
    case "no-source-lines": self = .sourceLines(false)
    default:
      // The compiler takes the memory that it needs.
      guard argument.hasPrefix("heapsize="), argument.dropFirst(9).first?.isNumber == true else { return nil }
      self = .heapSize
    }
  }
}
