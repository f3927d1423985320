// The command line, parsed by hand: its spellings are MicroPython's and CPython's (`-O2`, `-X heapsize=4M`, everything after the program
// belongs to the program), which argument parsers do not know.

import Runtime

/// What to run.
enum Program {
  case interactive
  case command(Text)
  case module(Text)
  case file(Text)
  case standardInput
}

/// The parsed command line.
struct Options {
  var program = Program.interactive
  /// `sys.argv`: its first item and the others.
  var programName = Text("")
  var arguments = ProcessArguments()
  var staysInteractive = false
  var optimization = 0
  var verbosity = 0
  var heapSize = 0
  var disassembles = false
  var compilesOnly = false
  /// The serial line to serve (`--serial`); empty without one.
  var serialLine = Text("")
  /// Collect at every n-th allocation; fail the n-th allocation.
  var stressCollect = 0
  var stressFail = 0
  /// Let every allocation fail in turn, this many at most; 0 is off.
  var sweepAllocations = 0
  var sweepRow = 1
  /// Load and run so many mutations of .mpy files; 0 is off.
  var fuzzCount = 0
  var fuzzSeed = 1
  /// A file with an image of frozen modules, instead of the command's own.
  var frozenImage: Text?
  /// When functions are prepared: a `PreparationPolicy`.
  var preparation: UInt8 = 0

  mutating func setProgram(_ program: Program, _ name: Text, _ arguments: ProcessArguments) {
    self.program = program
    programName = name
    self.arguments = arguments
  }
}

enum CommandLineError: Error {
  case usage(String)
  case help
  case version
}

/// Parses the arguments; the first of them is the command's own name.
func parseOptions(_ words: ProcessArguments) throws(CommandLineError) -> Options {
  var options = Options()
  var index = 1
  while index < words.count {
    let word = words[index]
    index += 1
    if word.equals("-c") || word.equals("-m") {
      guard index < words.count else { throw .usage("argument expected for the \(word.string) option") }
      let isCommand = word.equals("-c")
      options.setProgram(
        isCommand ? .command(words[index]) : .module(words[index]), isCommand ? word : words[index], words.suffix(from: index + 1))
      return options
    }
    guard word.hasPrefix("-") && word.count > 1 else {
      options.setProgram(word.equals("-") ? .standardInput : .file(word), word, words.suffix(from: index))
      return options
    }
    if word.equals("--serial") {
      guard index < words.count else { throw .usage("argument expected for the --serial option") }
      options.serialLine = words[index]
      index += 1
      continue
    }
    if word.hasPrefix("-c") {
      options.setProgram(.command(word.dropFirst(2)), Text("-c"), words.suffix(from: index))
      return options
    }
    if word.equals("-X") {
      guard index < words.count else { throw .usage("argument expected for the -X option") }
      try setImplementationOption(words[index], &options)
      index += 1
    } else {
      try setFlag(word, &options)
    }
  }
  return options
}

/// An option of one word.
private func setFlag(_ word: Text, _ options: inout Options) throws(CommandLineError) {
  if word.equals("-h") || word.equals("--help") { throw .help }
  if word.equals("--version") { throw .version }
  if word.equals("-i") {
    options.staysInteractive = true
  } else if word.equals("--disassemble") {
    options.disassembles = true
  } else if word.hasPrefix("-X") {
    try setImplementationOption(word.dropFirst(2), &options)
  } else if word.dropFirst(1).consists(of: { $0 == 0x76 }) {
    options.verbosity += word.count - 1
  } else if word.hasPrefix("-O") {
    options.optimization = try optimization(word)
  } else {
    throw .usage("unknown option \(word.string)")
  }
}

private func optimization(_ word: Text) throws(CommandLineError) -> Int {
  let rest = word.dropFirst(2)
  if rest.consists(of: { $0 == 0x4f }) { return 1 + rest.count }
  guard let level = rest.number, level <= 9 else { throw .usage("unknown option \(word.string)") }
  return level
}

private func setImplementationOption(_ text: Text, _ options: inout Options) throws(CommandLineError) {
  if text.hasPrefix("heapsize=") {
    guard let size = byteCount(text.dropFirst(9)), size >= 1 << 10 else { throw .usage("invalid heap size specification") }
    options.heapSize = size
  } else if text.equals("compile-only") {
    options.compilesOnly = true
  } else if text.hasPrefix("emit=") {
    guard text.equals("emit=bytecode") else { throw .usage("this build emits bytecode only") }
  } else if text.hasPrefix("gc-stress="), let count = text.dropFirst(10).number, count > 0 {
    options.stressCollect = count
  } else if text.hasPrefix("fail-allocation="), let count = text.dropFirst(16).number, count > 0 {
    options.stressFail = count
  } else if text.hasPrefix("sweep-allocations="), let count = text.dropFirst(18).number, count > 0 {
    options.sweepAllocations = count
  } else if text.hasPrefix("sweep-row="), let count = text.dropFirst(10).number, count > 0 {
    options.sweepRow = count
  } else if text.hasPrefix("fuzz-mpy="), let count = text.dropFirst(9).number, count > 0 {
    options.fuzzCount = count
  } else if text.hasPrefix("fuzz-seed="), let seed = text.dropFirst(10).number {
    options.fuzzSeed = seed
  } else if text.hasPrefix("frozen=") {
    options.frozenImage = text.dropFirst(7)
  } else if text.hasPrefix("prepare="), let policy = preparationPolicy(text.dropFirst(8)) {
    options.preparation = policy
  } else if !text.equals("realtime") {
    throw .usage("unknown implementation option \(text.string)")
  }
}

private func preparationPolicy(_ name: Text) -> UInt8? {
  if name.equals("warm") { return 0 }
  if name.equals("always") { return 1 }
  if name.equals("never") { return 2 }
  return name.equals("random") ? 3 : nil
}

/// `4096`, `512k`, `16M`; as upstream, a trailing `w` scales with the machine word.
private func byteCount(_ text: Text) -> Int? {
  var digits = text
  var factor = 1
  if digits.last == UInt8(ascii: "w") || digits.last == UInt8(ascii: "W") {
    factor = 2
    digits = digits.dropLast()
  }
  switch digits.last {
  case UInt8(ascii: "k"), UInt8(ascii: "K"):
    factor *= 1 << 10
    digits = digits.dropLast()
  case UInt8(ascii: "m"), UInt8(ascii: "M"):
    factor *= 1 << 20
    digits = digits.dropLast()
  case UInt8(ascii: "g"), UInt8(ascii: "G"):
    factor *= 1 << 30
    digits = digits.dropLast()
  default: break
  }
  guard let number = digits.number, number > 0 else { return nil }
  let (product, overflow) = number.multipliedReportingOverflow(by: factor)
  return overflow ? nil : product
}

let usage = """
  usage: taipan [options] [-c CMD | -m MODULE | FILE | -] [ARGUMENTS]

  -c CMD              run CMD
  -m MODULE           run a module as a program
  -                   run the standard input
  --serial LINE       serve the prompt as a board does, for tools such as mpremote: on the standard streams (-), on a new
                      pseudo-terminal (pty, or a name for it that is not in use), on a device
  -i                  interactive prompt after the program
  -O[N]               optimisation level: 1 drops assertions, 3 also line numbers
  -v                  verbose (several times: more)
  -X heapsize=N[k|M]  limit of the heap
  -X compile-only     compile, but do not run
  -X gc-stress=N      collect at every N-th allocation (for tests)
  -X fail-allocation=N  let the N-th allocation fail (for tests)
  -X sweep-allocations=N  run the program N times, each time with another allocation that fails (for tests)
  -X sweep-row=N      then, N allocations in a row fail
  -X frozen=FILE      take the frozen modules from a ROMFS image
  -X fuzz-mpy=N       load and run N mutations of the .mpy files that are given (for tests); also fuzz-seed=N
  -X prepare=WHEN     prepare functions when warm, always, never or at random (for tests)
  --disassemble FILE  print the bytecode of a source file
  -h, --help          this text
  --version           the version

  environment: TAIPANPATH or MICROPYPATH, folders to import from, separated by ':'
  """
