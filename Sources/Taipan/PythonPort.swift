// What an interpreter made by `Python` gets besides its system's port: streams and functions that lead to Swift closures.
import Runtime

/// Sets the fields that every `Python` needs; the others are the system's.
func setPythonPort(_ port: UnsafeMutablePointer<Port>) {
  port.pointee.write = pythonWrite
  port.pointee.read = pythonRead
  port.pointee.callEmbedder = pythonCall
  port.pointee.poll = pollNothing
}

/// The port of an interpreter in memory of the program's own: no files, no clock. `init(memory:…)` lets a program replace what it can do better.
func setBarePort(_ port: UnsafeMutablePointer<Port>) {
  port.pointee.type = libraryTypeRow
  port.pointee.module = libraryModuleRow
  port.pointee.compile = compileSource
  port.pointee.monotonicNanoseconds = noMonotonic
  port.pointee.wallNanoseconds = noWall
  port.pointee.sleepNanoseconds = noSleep
  port.pointee.randomBytes = noRandom
  setNoFiles(port)
  port.pointee.platformName = Qstr.empty
  port.pointee.machineName = "Taipan"
}

private func noMonotonic() -> UInt64 { 0 }
private func noWall() -> Int64? { nil }
private func noSleep(_ vm: VM, _ nanoseconds: UInt64) {}
/// The same numbers each time.
private func noRandom(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  for index in 0..<count { target[index] = UInt8(truncatingIfNeeded: index &* 167 &+ 89) }
}

extension VM {
  /// The Swift object of an interpreter that `Python` made. Invariant: only `Python` installs the functions below, and sets the context with them.
  fileprivate var python: Python {
    Unmanaged<Python>.fromOpaque(interpreter.pointee.userContext.unsafelyUnwrapped).takeUnretainedValue()
  }
}

private func pythonWrite(_ vm: VM, _ stream: Int, _ start: UnsafePointer<UInt8>, _ count: Int) {
  vm.python.writer(UnsafeBufferPointer(start: start, count: count), stream & 3 == StreamNumber.error ? .error : .output)
}

private func pythonRead(_ vm: VM, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  guard let bytes = vm.python.reader?(count) else { return 0 }
  for index in 0..<min(bytes.count, count) { target[index] = bytes[index] }
  return min(bytes.count, count)
}

/// A thunk: see `libraryTypeRow`.
private func pythonCall(_ vm: VM, _ number: Int, _ arguments: Arguments) throws(PyError) -> Value { try callSwift(vm, number, arguments) }

@inline(never) private func callSwift(_ vm: VM, _ number: Int, _ arguments: Arguments) throws(PyError) -> Value {
  let python = vm.python
  var positional: [PythonValue] = []
  positional.reserveCapacity(arguments.count)
  for index in 0..<arguments.count { positional.append(try python.exported(arguments[index])) }
  var keywords: [PythonEntry] = []
  for index in 0..<arguments.keywordCount {
    let pair = arguments.base + (arguments.count &+ 2 &* index)
    keywords.append(PythonEntry(try python.exported(pair[0]), try python.exported(pair[1])))
  }
  let result: PythonValue
  do throws(PythonError) {
    result = try python.functions[number](PythonArguments(python: python, positional: positional, keywords: keywords))
  } catch {
    throw python.pythonError(error)
  }
  return try python.imported(result)
}
