// Makes an interpreter in the memory that the linker left free, and serves the console on the serial port: boot.py, main.py, prompt. A program that a test
// put into the emulator's memory runs instead, once.
import Console
import Platform
import Runtime

/// The pending word of the one interpreter: interrupt handlers set it.
nonisolated(unsafe) private var pendingWord: UInt32 = 0

@main enum Firmware {
  /// Never ends, but for such a program: then it says that it is done (end of transmission). Start-up calls it.
  static func main() {
    if let program = MemoryMap.current.program {
      runProgram(program)
      return Board.send(4)
    }
    var isRaw = false
    while true { serveConsole(&isRaw) }
  }
}

private func runProgram(_ program: UnsafeBufferPointer<UInt8>) {
  guard let vm = makeInterpreter(), let start = program.baseAddress else { return Board.send("no memory for the heap\r\n") }
  do throws(PyError) {
    let code = try vm.compileSource(Text(start: start, count: program.count, isASCII: false), fileName: Text("main.py"), .file)
    _ = try vm.run(code, vm.interpreter.pointee.main.pointee.globals)
  } catch {
    // As everywhere, SystemExit ends a program without a word.
    if !vm.matches(error, .systemExit) { vm.reportIgnored(error) }
  }
}

/// From the boot files to the soft reset.
@inline(never) private func serveConsole(_ isRaw: inout Bool) {
  guard let vm = makeInterpreter() else { return Board.send("no memory for the heap\r\n") }
  var console = Console(
    vm, ConsoleOptions(historyCapacity: Configuration.historyCapacity, pasteWindow: Serial.pasteWindow, setEditing: ignoreEditing))
  mountDrive(vm)
  // A tool that reset the board in raw mode wants boot.py alone.
  var end = console.runFile("boot.py")
  if end == nil && !isRaw { end = console.runFile("main.py") }
  if end == nil { _ = console.run(raw: isRaw) }
  isRaw = console.isRaw
  Board.send("MPY: soft reboot\r\n")
  Serial.interpreter = nil
  platform_clear_bits(&pendingWord, UInt32.max)
}

/// Mounts the drive at /flash and makes it the current folder; a new one gets the two files of a start.
private func mountDrive(_ vm: VM) {
  guard let drive = Drive.find() else { return }
  do throws(PyError) {
    if try vm.mountDrive(drive, at: "/flash") {
      try vm.writeFile("boot.py", "# boot.py: runs at every start, before main.py.\n")
      try vm.writeFile("main.py", "# main.py: your program.\n")
    }
    try setPath(vm, hasDrive: true)
  } catch {
    vm.reportIgnored(error)
  }
}

/// `sys.path`: the current folder, frozen modules, and on a drive the places where programs keep theirs.
private func setPath(_ vm: VM, hasDrive: Bool) throws(PyError) {
  let path = try vm.newList()
  try vm.listAppend(path, vm.newString(""))
  try vm.listAppend(path, vm.newString(".frozen"))
  if hasDrive {
    try vm.listAppend(path, vm.newString("/flash"))
    try vm.listAppend(path, vm.newString("/flash/lib"))
  }
  vm.interpreter.pointee.path = Value(path)
}

/// The interpreter's two structs, its Python stack and its heap lie in this order in the free memory.
private func makeInterpreter() -> VM? {
  let layout = Layout.current
  let map = MemoryMap.current
  var next = UInt(layout.freeStart)
  func take<Element>(_ count: Int, _ type: Element.Type) -> UnsafeMutablePointer<Element> {
    let start = (next &+ 15) & ~15
    next = start &+ UInt(count &* MemoryLayout<Element>.stride)
    return UnsafeMutablePointer<Element>(bitPattern: start).unsafelyUnwrapped
  }
  let interpreter = take(1, Interpreter.self)
  let state = take(1, ThreadState.self)
  let stack = take(Configuration.stackCount, Value.self)
  let region = take(0, UInt8.self)
  let heap = HeapConfiguration(region: UnsafeMutableRawPointer(region), byteCount: Int(UInt(map.freeEnd) &- UInt(bitPattern: region)))
  // Room for the frames of the functions that are not measured: the machine's own and those of interrupts.
  let nativeStackBytes = Int(map.stackSize) &- 2048
  var configuration = InterpreterConfiguration(
    heap: heap, stack: stack, stackCount: Configuration.stackCount, nativeStackBase: UInt(map.stackTop),
    nativeStackBytes: nativeStackBytes, hashSeed: 0,
    pending: withUnsafeMutablePointer(to: &pendingWord) { $0 })
  guard let vm = VM.create(&configuration, configure: Configuration.configure, interpreter: interpreter, state: state) else { return nil }
  serveSwift(from: vm.heap)
  Serial.interpreter = interpreter
  do throws(PyError) {
    interpreter.pointee.port.platformName = try vm.intern("pyboard")
    try setPath(vm, hasDrive: false)
  } catch {
    return nil
  }
  return vm
}
