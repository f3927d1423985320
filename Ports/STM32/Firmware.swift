// Makes an interpreter in the memory that the linker left free, and runs the program given in flash.
import Runtime

/// What runs where there is no program of the user's.
private var defaultProgram: StaticString { "print(sum(range(10)))" }

/// The pending word of the one interpreter: interrupt handlers set it.
nonisolated(unsafe) private var pendingWord: UInt32 = 0

@main enum Firmware {
  /// Runs the program and says that it is done (end of transmission). Start-up calls it.
  static func main() {
    runProgram()
    Board.send(4)
  }
}

private func runProgram() {
  guard let vm = makeInterpreter() else { return Board.send("no memory for the heap\n") }
  do throws(PyError) {
    vm.interpreter.pointee.port.platformName = try vm.intern("pyboard")
    let path = try vm.newList()
    try vm.listAppend(path, vm.newString(".frozen"))
    vm.interpreter.pointee.path = Value(path)
    let code = try vm.compileSource(program, fileName: Text("main.py"), .file)
    _ = try vm.run(code, vm.interpreter.pointee.main.pointee.globals)
  } catch {
    // As everywhere, SystemExit ends a program without a word.
    if !vm.matches(error, .systemExit) { vm.reportIgnored(error) }
  }
}

/// The text of the program.
private var program: Text {
  guard let bytes = Layout.current.program, let start = bytes.baseAddress else { return Text(defaultProgram) }
  return Text(start: start, count: bytes.count, isASCII: false)
}

/// The interpreter's two structs, its Python stack and its heap lie in this order in the free memory.
private func makeInterpreter() -> VM? {
  let layout = Layout.current
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
  let heap = HeapConfiguration(region: UnsafeMutableRawPointer(region), byteCount: Int(UInt(layout.freeEnd) &- UInt(bitPattern: region)))
  // Room for the frames of the functions that are not measured: the machine's own and those of interrupts.
  let nativeStackBytes = Int(layout.stackTop &- layout.freeEnd) &- 2048
  var configuration = InterpreterConfiguration(
    heap: heap, stack: stack, stackCount: Configuration.stackCount, nativeStackBase: UInt(layout.stackTop),
    nativeStackBytes: nativeStackBytes, hashSeed: 0,
    pending: withUnsafeMutablePointer(to: &pendingWord) { $0 })
  guard let vm = VM.create(&configuration, configure: Configuration.configure, interpreter: interpreter, state: state) else { return nil }
  serveSwift(from: vm.heap)
  return vm
}
