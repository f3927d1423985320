// Interpreters on an operating system.
#if canImport(Glibc)
  import Glibc
  import Platform
  import Runtime

  extension Python {
    /// What a program may reach of the system's files.
    public enum FileAccess: Sendable {
      /// No file, no folder, no environment: only built-in modules and those that Swift makes can be imported.
      case none
      /// All that the process may reach.
      case system
    }

    /// Makes an interpreter.
    ///
    /// - Parameters:
    ///   - heapSize: Bytes that Python's objects may take; beyond it MemoryError is raised. Memory is taken from the system as it is needed.
    ///   - stackSlots: Words of the Python stack; deep recursion raises RecursionError at its end.
    ///   - files: What programs may reach of the system's files.
    ///   - writer: Receives what programs print; without one it goes to the process's own streams.
    public convenience init(
      heapSize: Int = 256 << 20, stackSlots: Int = 1 << 18, files: FileAccess = .none, writer: Writer? = nil
    ) throws(PythonError) {
      let bytes = stackSlots * MemoryLayout<Value>.stride
      guard stackSlots >= 1024, let memory = platform_memory_reserve(bytes) else {
        throw PythonError(.memoryError, "no memory for an interpreter")
      }
      let interpreter = UnsafeMutablePointer<Interpreter>.allocate(capacity: 1)
      let state = UnsafeMutablePointer<ThreadState>.allocate(capacity: 1)
      let hasMemory = platform_memory_commit(memory, bytes)
      var seed: UInt32 = 0
      withUnsafeMutableBytes(of: &seed) { _ = platform_random($0.baseAddress, 4) }
      guard hasMemory else {
        platform_memory_unreserve(memory, bytes)
        throw PythonError(.memoryError, "no memory for an interpreter")
      }
      // Zeroed, so that the end of an interpreter that could not be made finds an empty heap.
      UnsafeMutableRawPointer(interpreter).initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<Interpreter>.size)
      UnsafeMutableRawPointer(state).initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<ThreadState>.size)
      try self.init(
        Layout(
          interpreter: interpreter, state: state, stack: memory.assumingMemoryBound(to: Value.self), stackSlots: stackSlots,
          heap: HeapConfiguration(limit: heapSize, source: HostPort.memory), hashSeed: seed, nativeStackBytes: 256 << 10),
        configure: { port in
          HostPort.configure(port)
          if files == .none { setNoFiles(port) }
        }, writer: writer ?? Python.writeToProcess,
        release: { vm in
          if state.pointee.interpreter == interpreter as UnsafeMutablePointer<Interpreter>? { vm.heap.dispose() }
          interpreter.deallocate()
          state.deallocate()
          platform_memory_unreserve(memory, bytes)
        })
    }

    private static func writeToProcess(_ bytes: UnsafeBufferPointer<UInt8>, _ stream: Stream) {
      var done = 0
      while done < bytes.count {
        let written = Glibc.write(stream == .error ? 2 : 1, bytes.baseAddress.unsafelyUnwrapped + done, bytes.count - done)
        if written < 0 && errno != EINTR { return }
        done += max(written, 0)
      }
    }
  }

  /// The native stack of the thread that called last.
  struct ThreadStack {
    private var thread: pthread_t?
    private var lowest: UInt = 0

    /// Bytes that may be used below an address, a reserve for the system left out.
    mutating func bytes(below base: UInt) -> Int {
      let current = pthread_self()
      if thread != current {
        thread = current
        lowest = platform_stack_lowest()
      }
      let room = lowest == 0 || base < lowest ? 256 << 10 : Int(min(base - lowest, 8 << 20))
      return room / 4 * 3
    }
  }
#endif
