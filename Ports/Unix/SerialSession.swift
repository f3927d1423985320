// `--serial`: the console on a serial line, as a board has it. A soft reset ends the interpreter and makes another on the same line.
import Console
import Glibc
import Platform
import Runtime
import Taipan

struct SerialSession {
  let options: Options
  let stackBase: UInt
  /// Where the drive is: the current folder of the start, to which a soft reset returns.
  let folder: Int32

  /// Serves the line until it ends; answers the exit status.
  static func run(_ options: Options, _ stackBase: UInt) -> Int32 {
    if let failure = SerialLine.open(options.serialLine) {
      complain("taipan: \(failure)")
      return 1
    }
    signal(SIGPIPE, SIG_IGN)
    var memory: InterpreterMemory?
    let session = SerialSession(options: options, stackBase: stackBase, folder: open(".", O_RDONLY | O_CLOEXEC))
    var isRaw = false
    while true {
      _ = fchdir(session.folder)
      if memory == nil { memory = InterpreterMemory() }
      guard let memory, let vm = makeInterpreter(options, stackBase, failingAllocation: 0, memory, configure: SerialPort.configure) else {
        complain("taipan: no memory for the interpreter")
        return 1
      }
      SerialLine.attach(vm)
      let again = session.serve(vm, &isRaw)
      SerialLine.attach(nil)
      SerialPort.closeFiles()
      platform_clear_bits(pendingWord, UInt32.max)
      vm.heap.dispose()
      if !again { return 0 }
    }
  }

  /// From the boot files to the end of the console; false if the line has ended.
  @inline(never) private func serve(_ vm: VM, _ isRaw: inout Bool) -> Bool {
    vm.interpreter.pointee.optimisationLevel = UInt8(min(options.optimization, 3))
    vm.interpreter.pointee.preparationPolicy = options.preparation
    do throws(PyError) { try Session(vm: vm, options: options).setUpSys() } catch { vm.reportIgnored(error) }
    var console = Console(
      vm, ConsoleOptions(historyCapacity: 2048, pasteWindow: SerialLine.pasteWindow, setEditing: ignoreEditing))
    // A board runs these two files at start; a tool that reset it in raw mode wants boot.py alone.
    var end = console.runFile("boot.py")
    if end == nil && !isRaw { end = console.runFile("main.py") }
    switch end ?? console.run(raw: isRaw) {
    case .endOfInput: return false
    case .endRequested, .exit: break
    }
    isRaw = console.isRaw
    vm.write(Text("MPY: soft reboot\r\n"), to: StreamNumber.output | StreamNumber.raw)
    return true
  }
}

/// The port of an interpreter on a serial line: streams and sleep are the line's, all else is the host's.
enum SerialPort {
  static func configure(_ port: UnsafeMutablePointer<Port>) {
    HostPort.configure(port)
    port.pointee.write = serialWrite
    port.pointee.read = serialRead
    port.pointee.poll = serialPoll
    port.pointee.input = consoleInput
    port.pointee.sleepNanoseconds = serialSleep
    port.pointee.files.open = serialOpen
    port.pointee.files.close = serialClose
  }

  /// The descriptors that programs opened: a soft reset closes what they forgot.
  nonisolated(unsafe) fileprivate static var openFiles: Set<Int> = []

  static func closeFiles() {
    for descriptor in openFiles { close(Int32(descriptor)) }
    openFiles = []
  }
}

private func serialWrite(_ vm: VM, _ stream: Int, _ start: UnsafePointer<UInt8>, _ count: Int) { SerialLine.write(stream, start, count) }
private func serialRead(_ vm: VM, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int { SerialLine.read(target, count) }
private func serialSleep(_ vm: VM, _ nanoseconds: UInt64) { SerialLine.sleep(nanoseconds) }
private func serialPoll(_ vm: VM, _ entries: UnsafeMutablePointer<PollEntry>, _ count: Int, _ milliseconds: Int) -> Int {
  SerialLine.poll(entries, count, milliseconds)
}

private func serialOpen(_ path: Text, _ flags: Int) -> Int {
  let descriptor = HostPort.openFile(path, flags)
  if descriptor >= 0 { SerialPort.openFiles.insert(descriptor) }
  return descriptor
}

private func serialClose(_ descriptor: Int) -> Int {
  SerialPort.openFiles.remove(descriptor)
  return HostPort.closeFile(descriptor)
}
