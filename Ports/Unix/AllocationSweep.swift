// `-X sweep-allocations=MOST`: runs a program again and again in child processes, each of which lets another allocation fail (with `-X sweep-row=N`
// and the N - 1 after it: what asks for less when it is refused, as the compiler's buffers do, then fails too), and checks that every
// one of them ends well. The children are forked from one interpreter that is set up, which takes a fraction of a millisecond each.
//
// A child ends well when the program's output is the same as without a failure, or the program was told: the interpreter noted that Python code met
// a MemoryError (whatever the program made of it), or that an exception had to do without its text or traceback. Besides, the heap and the
// thread's state must be whole afterwards, and the interpreter must then still run a check program.
import Glibc
import Platform
import Runtime
import Taipan

/// Which allocations of a program are to fail, and how it went.
struct AllocationSweep {
  let vm: VM
  let options: Options
  let stackBase: UInt
  /// What the children tell the parent: a page that they share.
  private let report: UnsafeMutablePointer<ChildReport>
  /// The file that a child's output goes to.
  private let outputFile: Int32
  private var failures = 0

  /// Seconds after which a child is stopped.
  private static var timeLimit: UInt32 { 20 }

  init?(vm: VM, options: Options, stackBase: UInt) {
    self.vm = vm
    self.options = options
    self.stackBase = stackBase
    let page = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
    guard let page, page != UnsafeMutableRawPointer(bitPattern: -1) else { return nil }
    report = page.bindMemory(to: ChildReport.self, capacity: 1)
    outputFile = platform_temporary_file()
    if outputFile < 0 { return nil }
  }

  /// Runs the sweep; answers the exit status: 1 if any child ended badly.
  mutating func run() -> Int32 {
    let end = runChild(failing: Int.max)
    guard end == 0 else {
      print("cannot run the program without a failure: \(description(end))")
      return 1
    }
    let allocations = report.pointee.allocations
    let expected = readOutput()
    let checks = report.pointee.result == .whole
    let most = options.sweepAllocations
    let step = most < allocations ? (allocations + most - 1) / most : 1
    sweepSetUp()
    var children = 0
    var next = 1
    while next <= allocations {
      judge(next, runChild(failing: next), expected, checks)
      children += 1
      // An odd stride, so that a program that allocates in a loop of even length is hit in different places.
      next += step | 1
    }
    print("\(allocations) allocations, \(children) failed in turn, \(failures) ended badly")
    return failures == 0 ? 0 : 1
  }

  /// Lets each allocation fail of those that a new interpreter makes for itself: there must be none then.
  private mutating func sweepSetUp() {
    var allocation = 0
    var end: Int32 = 0
    repeat {
      allocation += 1
      end = inChild { _exit(makeInterpreter(options, stackBase, failingAllocation: allocation) == nil ? 0 : 1) }
    } while end == 0
    if end & 0x7f != 0 {
      failures += 1
      print("set-up, allocation \(allocation): \(description(end))")
    }
  }

  private mutating func judge(_ allocation: Int, _ end: Int32, _ expected: [UInt8], _ checks: Bool) {
    var problem: String?
    if end != 0 {
      problem = description(end)
    } else if checks, report.pointee.result != .whole {
      problem = report.pointee.result.text
    } else {
      if report.pointee.notes.isEmpty && readOutput() != expected { problem = "the failure went unnoticed" }
    }
    guard let problem else { return }
    failures += 1
    if failures <= 20 { print("allocation \(allocation): \(problem)") }
  }

  // MARK: A child

  /// Runs the program in a child; answers the status that `waitpid` gives.
  private func runChild(failing allocation: Int) -> Int32 {
    fflush(stdout)
    report.pointee = ChildReport()
    ftruncate(outputFile, 0)
    lseek(outputFile, 0, SEEK_SET)
    return inChild { runProgram(failing: allocation) }
  }

  /// Answers the status that `waitpid` gives.
  private func inChild(_ body: () -> Never) -> Int32 {
    let child = platform_fork()
    if child == 0 { body() }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return status
  }

  private func runProgram(failing allocation: Int) -> Never {
    alarm(Self.timeLimit)
    let null = Glibc.open("/dev/null", O_RDONLY)
    dup2(null, 0)
    dup2(outputFile, 1)
    dup2(outputFile, 2)
    vm.interpreter.pointee.memoryNotes = []
    vm.heap.stressFail(after: allocation, row: options.sweepRow)
    _ = Session(vm: vm, options: options).run()
    report.pointee.allocations = allocation - vm.heap.stressFailRemaining
    vm.heap.stressFail(after: 0)
    report.pointee.notes = vm.interpreter.pointee.memoryNotes
    report.pointee.result = checkInterpreter()
    _exit(0)
  }

  /// Whether the interpreter is whole and usable.
  private func checkInterpreter() -> ChildResult {
    while vm.heap.lockDepth > 0 { vm.heap.unlock() }
    // What the program scheduled and did not live to see is no business of the next one.
    pendingWord.pointee = 0
    if vm.firstViolation() != nil { return .broken }
    do throws(PyError) {
      let globals = try vm.newDict(capacity: 8)
      let code = try vm.compileSource(Text(checkProgram), fileName: Text("<check>"), .file)
      _ = try vm.run(code, globals)
    } catch {
      vm.reportIgnored(error)
      return .unusable
    }
    vm.heap.collect()
    return vm.firstViolation() == nil ? .whole : .broken
  }

  // MARK: Judging

  private func readOutput() -> [UInt8] {
    let count = Int(lseek(outputFile, 0, SEEK_END))
    lseek(outputFile, 0, SEEK_SET)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, read(outputFile, buffer.baseAddress, count))
    }
  }

  private func description(_ status: Int32) -> String {
    let signal = status & 0x7f
    if signal == SIGALRM { return "no end" }
    return signal != 0 ? "ended by signal \(signal)" : "ended with status \(status >> 8)"
  }
}

/// What a child found out.
private struct ChildReport {
  var allocations = 0
  /// What the interpreter noted of the failure.
  var notes = MemoryNotes()
  var result = ChildResult.unknown
}

private enum ChildResult: UInt8 {
  case unknown, whole, broken, unusable

  var text: String {
    switch self {
    case .unknown: "the child ended before its report"
    case .whole: "all is well"
    case .broken: "heap or thread state are broken"
    case .unusable: "the interpreter does not run the check program"
    }
  }
}

/// Something of everything that allocates; raises an exception if any of it goes wrong.
private let checkProgram: StaticString = """
  class Point:
      def __init__(self, x, y=2, *rest, **names):
          self.x, self.y, self.rest, self.names = x, y, rest, names
      def __repr__(self):
          return f'<{self.x},{self.y}>'
      def __eq__(self, other):
          return self.x == other.x
      def __hash__(self):
          return hash(self.x)
  class Sub(Point):
      def __init__(self, *a):
          super().__init__(*a)
  def count(n):
      def inner():
          return n
      for i in range(n):
          yield i, inner()
  numbers = [a * b for a, b in count(50)]
  table = {str(n): n for n in numbers}
  points = {Sub(n) for n in range(30)}
  text = ','.join(sorted(table, reverse=True))
  big = 3 ** 200 // 7 ** 50
  try:
      try:
          {}['x']
      except KeyError as e:
          raise ValueError('text', e) from e
      finally:
          numbers.append(big)
  except ValueError as e:
      assert isinstance(e.__cause__, KeyError)
  else:
      raise RuntimeError('no error')
  assert len(text.split(',')) == 50 and len(points) == 30 and repr(Sub(4)) == '<4,2>'
  assert numbers[-1] == big and sum(table.values()) == 61250
  assert bytes(bytearray(b'ab') * 100)[199:] == b'b' and '%d %s' % (5, 'x') == '5 x'
  """
