// taipan — runs Python programs on Linux and macOS.
import Bytecode
import Compiler
import Glibc
import Platform
import Runtime
import Taipan

/// The pending word: one for the process, because a signal handler must find it.
nonisolated(unsafe) let pendingWord: UnsafeMutablePointer<UInt32> = {
  let word = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  word.initialize(to: 0)
  return word
}()

/// Writes a line to the standard error.
func complain(_ text: String) { fputs(text + "\n", stderr) }

/// The process begins here. (The package manager names an executable's `main` so. A file `main.swift` would read the arguments from
/// `CommandLine`, of which see below.)
@_cdecl("taipan_main") public func startProcess(_ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  processArguments = ProcessArguments(words: words, count: Int(count))
  return startProgram(stackBase: UInt(platform_stack_pointer()))
}

nonisolated(unsafe) private var processArguments = ProcessArguments()

#if os(Linux)
  /// Where `CommandLine` gets the arguments from. The Swift runtime's own function comes with an initialiser that parses files of `/proc` in
  /// every process: 56 000 instructions.
  @_cdecl("_swift_stdlib_getUnsafeArgvArgc") public func unsafeArguments(
    _ count: UnsafeMutablePointer<Int32>
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    count.pointee = Int32(truncatingIfNeeded: processArguments.count)
    return processArguments.words
  }

  /// The counterpart of the above that the runtime's library also has.
  @_cdecl("_swift_stdlib_overrideUnsafeArgvArgc") public func overrideArguments(
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, _ count: Int32
  ) { processArguments = ProcessArguments(words: words, count: Int(count)) }
#endif

/// Runs the command; answers the exit status. `stackBase` is an address in the caller's frame, or below it.
@inline(never) func startProgram(stackBase: UInt) -> Int32 {
  var options = Options()
  do throws(CommandLineError) {
    options = try parseOptions(processArguments)
  } catch {
    switch error {
    case .help:
      print(usage)
      return 0
    case .version:
      print("Taipan \(TaipanVersion.text) (MicroPython v1.29.0)")
      return 0
    case .usage(let message):
      complain("taipan: \(message)\n\(usage)")
      return 2
    }
  }
  if options.disassembles {
    guard case .file(let path) = options.program else {
      complain("taipan: --disassemble needs a file")
      return 2
    }
    return disassemble(path, options)
  }
  if options.serialLine.count > 0 { return SerialSession.run(options, stackBase) }
  return runProgram(options, stackBase)
}

@inline(never) func runProgram(_ options: Options, _ stackBase: UInt) -> Int32 {
  if options.fuzzCount > 0 {
    guard var fuzzer = BytecodeFuzzer(options: options, stackBase: stackBase) else {
      complain("taipan: -X fuzz-mpy needs .mpy files")
      return 2
    }
    return fuzzer.run()
  }
  guard let vm = makeInterpreter(options, stackBase, failingAllocation: 0) else {
    complain("taipan: no memory for the interpreter")
    return 1
  }
  catchInterrupts()
  if let path = options.frozenImage {
    guard let image = readImage(path) else {
      complain("taipan: can't read image '\(path.string)'")
      return 2
    }
    vm.interpreter.pointee.port.frozenImage = image
  }
  vm.interpreter.pointee.optimisationLevel = UInt8(min(options.optimization, 3))
  vm.interpreter.pointee.preparationPolicy = options.preparation
  let session = Session(vm: vm, options: options)
  if options.sweepAllocations > 0, var sweep = AllocationSweep(vm: vm, options: options, stackBase: stackBase) { return sweep.run() }
  if options.stressCollect > 0 {
    vm.heap.stressPoison(true)
    vm.heap.stressCollect(every: options.stressCollect)
  }
  if options.stressFail > 0 { vm.heap.stressFail(after: options.stressFail) }
  let status = session.run()
  writeProfile(vm)
  // No clean-up of memory: the process ends.
  return status
}

/// The memory of an interpreter but for its heap.
struct InterpreterMemory {
  let interpreter = UnsafeMutablePointer<Interpreter>.allocate(capacity: 1)
  let state = UnsafeMutablePointer<ThreadState>.allocate(capacity: 1)
  let stack: UnsafeMutablePointer<Value>
  static var stackCount: Int { 1 << 20 }

  /// Nil if the system refuses.
  init?() {
    let size = InterpreterMemory.stackCount * 8
    guard let memory = platform_memory_reserve(size), platform_memory_commit(memory, size) else { return nil }
    stack = memory.assumingMemoryBound(to: Value.self)
  }
}

/// An interpreter with the memory that the options grant; nil if that is too little. `failingAllocation` is for tests.
func makeInterpreter(
  _ options: Options, _ stackBase: UInt, failingAllocation: Int, _ given: InterpreterMemory? = nil,
  configure: (UnsafeMutablePointer<Port>) -> Void = HostPort.configure
) -> VM? {
  guard let memory = given ?? InterpreterMemory() else { return nil }
  var seed: UInt32 = 0
  withUnsafeMutableBytes(of: &seed) { _ = platform_random($0.baseAddress, 4) }
  var heap = HeapConfiguration(limit: options.heapSize > 0 ? options.heapSize : defaultHeapLimit(), source: HostPort.memory)
  heap.failingAllocation = failingAllocation
  var configuration = InterpreterConfiguration(
    heap: heap, stack: memory.stack, stackCount: InterpreterMemory.stackCount, nativeStackBase: stackBase,
    nativeStackBytes: nativeStackBytes(), hashSeed: seed, pending: pendingWord)
  return VM.create(&configuration, configure: configure, interpreter: memory.interpreter, state: memory.state)
}

/// The bytes of a file that may be an image of frozen modules, which stay for good; nil if it can't be read or is too short.
private func readImage(_ path: Text) -> UnsafePointer<UInt8>? {
  guard let file = withPath(path, { fopen($0, "rb") }) else { return nil }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file)
  rewind(file)
  guard count >= 16 else { return nil }
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
  return fread(bytes, 1, count, file) == count ? UnsafePointer(bytes) : nil
}

/// 16 GiB, or three quarters of the machine's memory: a MemoryError is better than an end by the system.
func defaultHeapLimit() -> Int {
  let memory = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
  return memory > 0 ? min(16 << 30, memory / 4 * 3) : 16 << 30
}

/// A quarter of the native stack that the system grants, 2 MiB at most: programs that nest without end fail soon.
func nativeStackBytes() -> Int {
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0, limit.rlim_cur < 1 << 40 else { return 2 << 20 }
  return min(Int(limit.rlim_cur), 8 << 20) / 4
}

/// Ctrl-C sets the pending word; the machine raises KeyboardInterrupt at the next jump or call.
func catchInterrupts() {
  var action = sigaction()
  action.__sigaction_handler.sa_handler = { _ in pendingWord.pointee |= PendingReason.keyboardInterrupt }
  sigaction(SIGINT, &action, nil)
  signal(SIGPIPE, SIG_IGN)
}
