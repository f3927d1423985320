// `-X fuzz-mpy=COUNT FILE...`: loads and runs so many mutated copies of .mpy files, in child processes, with no files in reach, little memory and
// little time for each. It is a failure if a child ends by a signal, if loading takes long, or if the heap or the thread's state are broken
// afterwards. A mutation depends on the seed and its number alone; those that fail are written to the current folder.
import Glibc
import Platform
import Runtime
import Taipan

/// What the signal handler of a child needs.
nonisolated(unsafe) private var ticks = 0
nonisolated(unsafe) private var isRunning = false

struct BytecodeFuzzer {
  let options: Options
  let stackBase: UInt
  private let report: UnsafeMutablePointer<FuzzReport>
  private var originals: [[UInt8]] = []
  private var failures = 0
  private var stopped = 0

  /// Mutations of one child.
  private static var batch: Int { 2000 }
  /// Exit statuses of children that took too long to run and to load.
  private static var ranLong: Int32 { 77 }
  private static var loadedLong: Int32 { 78 }

  init?(options: Options, stackBase: UInt) {
    self.options = options
    self.stackBase = stackBase
    let page = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
    guard let page, page != UnsafeMutableRawPointer(bitPattern: -1) else { return nil }
    report = page.bindMemory(to: FuzzReport.self, capacity: 1)
    report.pointee = FuzzReport()
    guard case .file(let first) = options.program else { return nil }
    append(first)
    for index in 0..<options.arguments.count { append(options.arguments[index]) }
    if originals.isEmpty { return nil }
  }

  private mutating func append(_ path: Text) {
    let file = withPath(path) { open($0, O_RDONLY) }
    guard file >= 0 else { return }
    defer { close(file) }
    let count = max(0, Int(lseek(file, 0, SEEK_END)))
    lseek(file, 0, SEEK_SET)
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in filled = max(0, read(file, buffer.baseAddress, count)) }
    if bytes.count > 8 { originals.append(bytes) }
  }

  /// Runs all; answers the exit status: 1 if there was a failure.
  mutating func run() -> Int32 {
    report.pointee.next = 0
    while report.pointee.next < options.fuzzCount {
      fflush(stdout)
      let child = platform_fork()
      if child == 0 { runBatch() }
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0 && errno == EINTR {}
      judge(status)
    }
    let counts = report.pointee
    print(
      "\(counts.next) files: \(counts.rejected) rejected, \(counts.ended) ended, \(stopped) stopped, \(counts.raised) raised; \(failures) failures"
    )
    return failures == 0 ? 0 : 1
  }

  private mutating func judge(_ status: Int32) {
    if status == 0 { return }
    let number = report.pointee.next
    report.pointee.next += 1
    if status == Self.ranLong << 8 {
      stopped += 1
      return
    }
    failures += 1
    let what = status & 0x7f != 0 ? "signal \(status & 0x7f)" : status == Self.loadedLong << 8 ? "loads for long" : "status \(status >> 8)"
    let name = "fuzz-\(options.fuzzSeed)-\(number).mpy"
    print("\(name): \(what)")
    let bytes = mutation(number)
    let file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    if file >= 0 {
      _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      close(file)
    }
  }

  // MARK: A child

  private func runBatch() -> Never {
    var limited = options
    if limited.heapSize == 0 { limited.heapSize = 8 << 20 }
    guard let vm = makeInterpreter(limited, stackBase, failingAllocation: 0) else { _exit(1) }
    vm.interpreter.pointee.preparationPolicy = options.preparation
    withUnsafeMutablePointer(to: &vm.interpreter.pointee.port) { setNoFiles($0) }
    let null = open("/dev/null", O_RDWR)
    for stream: Int32 in 0...2 { dup2(null, stream) }
    startTicks()
    let end = min(report.pointee.next + Self.batch, options.fuzzCount)
    while report.pointee.next < end {
      runOne(vm, mutation(report.pointee.next))
      if report.pointee.next & 15 == 0, vm.firstViolation() != nil { _exit(3) }
      report.pointee.next += 1
    }
    _exit(vm.firstViolation() == nil ? 0 : 3)
  }

  /// Sets the pending word every few milliseconds, so that the machine raises KeyboardInterrupt, and ends what does not heed it.
  private func startTicks() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      ticks += 1
      if isRunning { pendingWord.pointee |= PendingReason.keyboardInterrupt }
      if ticks > 100 { _exit(isRunning ? 77 : 78) }
    }
    sigaction(SIGALRM, &action, nil)
    var timer = itimerval(it_interval: timeval(tv_sec: 0, tv_usec: 5000), it_value: timeval(tv_sec: 0, tv_usec: 5000))
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  private func runOne(_ vm: VM, _ bytes: [UInt8]) {
    ticks = 0
    do throws(PyError) {
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 1)
      copy.initialize(from: bytes, count: bytes.count)
      defer { copy.deallocate() }
      let code = try vm.loadMpy(Text(start: UnsafePointer(copy), count: bytes.count, isASCII: false))
      isRunning = true
      defer {
        isRunning = false
        pendingWord.pointee = 0
      }
      let globals = try vm.newDict(capacity: 8)
      try vm.dictSet(globals, Qstr.__name__, Value(Qstr.__main__))
      do throws(PyError) {
        _ = try vm.run(code, globals)
        report.pointee.ended += 1
      } catch { report.pointee.raised += 1 }
    } catch { report.pointee.rejected += 1 }
    while vm.heap.lockDepth > 0 { vm.heap.unlock() }
  }

  // MARK: Mutating

  /// The bytes of mutation number `number`.
  private func mutation(_ number: Int) -> [UInt8] {
    var random = FuzzRandom(
      state: UInt64(truncatingIfNeeded: options.fuzzSeed) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(number) &* 0xd134_2543_de82_ef95)
    var bytes = originals[random.below(originals.count)]
    for _ in 0...random.below(4) { mutate(&bytes, &random) }
    return bytes
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
    if bytes.count < 8 { return }
    let place = random.below(24) == 0 ? random.below(bytes.count) : 4 + random.below(bytes.count - 4)
    switch random.below(10) {
    case 0, 1, 2: bytes[place] ^= 1 << UInt8(random.below(8))
    case 3, 4: bytes[place] = UInt8(random.below(256))
    case 5: bytes[place] = bytes[random.below(bytes.count)]
    case 6: bytes.insert(UInt8(random.below(256)), at: place)
    case 7: bytes.remove(at: place)
    case 8:
      let count = min(1 + random.below(6), bytes.count - place)
      let source = random.below(bytes.count - count + 1)
      for index in 0..<count { bytes[place + index] = bytes[source + index] }
    default: if random.below(4) == 0 { bytes.removeLast(bytes.count - place) } else { bytes.swapAt(place, random.below(bytes.count)) }
    }
  }
}

/// What children tell the parent.
private struct FuzzReport {
  var next = 0
  var rejected = 0
  var ended = 0
  var raised = 0
}

private struct FuzzRandom {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ z >> 31) % UInt64(bound))
  }
}
