// The command line, parsed by hand: its spellings are MicroPython's and CPython's (`-O2`, `-X heapsize=4M`, everything after the program
// belongs to the program), which argument parsers do not know.

/// What to run.
enum Program {
  case interactive
  case command(String)
  case module(String)
  case file(String)
  case standardInput
}

/// The parsed command line.
struct Options {
  var program = Program.interactive
  var arguments: [String] = []
  var staysInteractive = false
  var optimization = 0
  var verbosity = 0
  var heapSize = 0
  var disassembles = false
  var compilesOnly = false
  /// Collect at every n-th allocation; fail the n-th allocation.
  var stressCollect = 0
  var stressFail = 0
  /// Let every allocation fail in turn, this many at most; 0 is off.
  var sweepAllocations = 0
  /// When functions are prepared: a `PreparationPolicy`.
  var preparation: UInt8 = 0
}

enum CommandLineError: Error {
  case usage(String)
  case help
  case version
}

/// Parses the arguments after the program's own name.
func parseOptions(_ words: [String]) throws(CommandLineError) -> Options {
  var options = Options()
  var index = 0
  while index < words.count {
    let word = words[index]
    index += 1
    guard word.hasPrefix("-") && word.utf8.count > 1 else {
      options.program = word == "-" ? .standardInput : .file(word)
      options.arguments = Array(words[(index - 1)...])
      return options
    }
    switch word {
    case "-h", "--help": throw .help
    case "--version": throw .version
    case "-i": options.staysInteractive = true
    case "--disassemble": options.disassembles = true
    case "-c", "-m":
      guard index < words.count else { throw .usage("argument expected for the \(word) option") }
      options.program = word == "-c" ? .command(words[index]) : .module(words[index])
      options.arguments = [word == "-c" ? "-c" : "-m"] + words[(index + 1)...]
      return options
    case "-X":
      guard index < words.count else { throw .usage("argument expected for the -X option") }
      try setImplementationOption(words[index], &options)
      index += 1
    case _ where word.hasPrefix("-X"): try setImplementationOption(String(word.dropFirst(2)), &options)
    case _ where word.allSatisfy({ $0 == "-" || $0 == "v" }): options.verbosity += word.count - 1
    case _ where word.hasPrefix("-O"): options.optimization = try optimization(word)
    case _ where word.hasPrefix("-c"):
      options.program = .command(String(word.dropFirst(2)))
      options.arguments = ["-c"] + words[index...]
      return options
    default: throw .usage("unknown option \(word)")
    }
  }
  return options
}

private func optimization(_ word: String) throws(CommandLineError) -> Int {
  let rest = word.dropFirst(2)
  if rest.isEmpty { return 1 }
  if rest.allSatisfy({ $0 == "O" }) { return 1 + rest.count }
  guard let level = Int(rest), (0...9).contains(level) else { throw .usage("unknown option \(word)") }
  return level
}

private func setImplementationOption(_ text: String, _ options: inout Options) throws(CommandLineError) {
  if text.hasPrefix("heapsize=") {
    guard let size = byteCount(text.dropFirst(9)), size >= 1 << 10 else { throw .usage("invalid heap size specification") }
    options.heapSize = size
  } else if text == "compile-only" {
    options.compilesOnly = true
  } else if text.hasPrefix("emit=") {
    guard text == "emit=bytecode" else { throw .usage("this build emits bytecode only") }
  } else if text.hasPrefix("gc-stress="), let count = Int(text.dropFirst(10)), count > 0 {
    options.stressCollect = count
  } else if text.hasPrefix("fail-allocation="), let count = Int(text.dropFirst(16)), count > 0 {
    options.stressFail = count
  } else if text.hasPrefix("sweep-allocations="), let count = Int(text.dropFirst(18)), count > 0 {
    options.sweepAllocations = count
  } else if let policy = ["prepare=warm", "prepare=always", "prepare=never", "prepare=random"].firstIndex(of: text) {
    options.preparation = UInt8(policy)
  } else if text != "realtime" {
    throw .usage("unknown implementation option \(text)")
  }
}

/// `4096`, `512k`, `16M`; as upstream, a trailing `w` scales with the machine word.
private func byteCount(_ text: Substring) -> Int? {
  var digits = text
  var factor = 1
  if digits.last == "w" || digits.last == "W" {
    factor = 2
    digits = digits.dropLast()
  }
  switch digits.last {
  case "k", "K":
    factor *= 1 << 10
    digits = digits.dropLast()
  case "m", "M":
    factor *= 1 << 20
    digits = digits.dropLast()
  case "g", "G":
    factor *= 1 << 30
    digits = digits.dropLast()
  default: break
  }
  guard let number = Int(digits), number > 0 else { return nil }
  let (product, overflow) = number.multipliedReportingOverflow(by: factor)
  return overflow ? nil : product
}

let usage = """
  usage: taipan [options] [-c CMD | -m MODULE | FILE | -] [ARGUMENTS]

  -c CMD              run CMD
  -m MODULE           run a module as a program
  -                   run the standard input
  -i                  interactive prompt after the program
  -O[N]               optimisation level: 1 drops assertions, 3 also line numbers
  -v                  verbose (several times: more)
  -X heapsize=N[k|M]  limit of the heap
  -X compile-only     compile, but do not run
  -X gc-stress=N      collect at every N-th allocation (for tests)
  -X fail-allocation=N  let the N-th allocation fail (for tests)
  -X sweep-allocations=N  run the program N times, each time with another allocation that fails (for tests)
  -X prepare=WHEN     prepare functions when warm, always, never or at random (for tests)
  --disassemble FILE  print the bytecode of a source file
  -h, --help          this text
  --version           the version

  environment: TAIPANPATH or MICROPYPATH, folders to import from, separated by ':'
  """
