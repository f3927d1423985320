// Interpreters in memory of the program's own: on chips, and wherever a fixed budget is wanted.
import Runtime

extension Python {
  /// Makes an interpreter that uses the memory given and nothing else for Python's objects. It must stay valid, and used by nobody else, as long
  /// as the interpreter lives. (Swift's own objects, such as the handles and the strings of this interface, come from Swift's allocator.)
  ///
  /// - Parameters:
  ///   - memory: At least 64 KB; the start is aligned as needed.
  ///   - stackSlots: Words of the Python stack, which is part of the memory.
  ///   - nativeStackBytes: How much native stack a call into Python may use before RecursionError is raised.
  ///   - configure: Replaces operations of the port: clocks, random bytes, files. (`import Runtime` for its type.)
  ///   - writer: Receives what the program prints.
  public convenience init(
    memory: UnsafeMutableRawBufferPointer, stackSlots: Int = 2048, nativeStackBytes: Int = 16 << 10,
    configure: (UnsafeMutablePointer<Port>) -> Void = { _ in }, writer: @escaping Writer
  ) throws(PythonError) {
    var next = UInt(bitPattern: memory.baseAddress)
    let end = next + UInt(memory.count)
    func take<Element>(_ count: Int, _ type: Element.Type) -> UInt {
      let start = (next + 15) & ~15
      next = start + UInt(count * MemoryLayout<Element>.stride)
      return start
    }
    let interpreter = take(1, Interpreter.self)
    let state = take(1, ThreadState.self)
    let stack = take(stackSlots, Value.self)
    let region = take(0, UInt8.self)
    guard region < end, let start = UnsafeMutableRawPointer(bitPattern: region),
      let first = UnsafeMutablePointer<Interpreter>(bitPattern: interpreter),
      let second = UnsafeMutablePointer<ThreadState>(bitPattern: state), let slots = UnsafeMutablePointer<Value>(bitPattern: stack)
    else { throw PythonError(.memoryError, "no memory for an interpreter") }
    slots.initialize(repeating: .null, count: stackSlots)
    try self.init(
      Layout(
        interpreter: first, state: second, stack: slots, stackSlots: stackSlots,
        heap: HeapConfiguration(region: start, byteCount: Int(end - region)),
        hashSeed: 0, nativeStackBytes: nativeStackBytes),
      configure: { port in
        setBarePort(port)
        configure(port)
      }, writer: writer, release: { _ in })
  }
}
