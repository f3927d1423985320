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

/// What compiles a file.
struct Request {
  var input = "-"
  var output: String?
  var sourceName: String?
  var optimization = 0
  var smallIntBits = 31
  var storesLines = true

  init(_ arguments: Arguments) {
    input = arguments.input ?? "-"
    output = arguments.output
    sourceName = arguments.sourceName
    optimization = arguments.optimization
    smallIntBits = arguments.smallIntBits
    for case .sourceLines(let stores) in arguments.implementationOptions { storesLines = stores }
  }

  /// The plainest command lines, each option once and in words of its own: `-o FILE -s NAME -O2 INPUT`. Nil for all others, which are
  /// the argument parser's: it finds the options by reflection, nine million instructions, more than a small file takes to compile.
  init?(plain words: [String]) {
    var input: String?
    var levels = 0
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word == "-o" || word == "-s" {
        guard index < words.count, !words[index].isEmpty, !words[index].hasPrefix("-") else { return nil }
        guard word == "-o" ? output == nil : sourceName == nil else { return nil }
        if word == "-o" { output = words[index] } else { sourceName = words[index] }
        index += 1
      } else if word.utf8.count == 3, word.hasPrefix("-O"), let level = word.last?.wholeNumberValue {
        levels += 1
        optimization = level
      } else {
        guard input == nil, !word.isEmpty, !word.hasPrefix("-") else { return nil }
        input = word
      }
    }
    guard let input, levels <= 1 else { return nil }
    self.input = input
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
