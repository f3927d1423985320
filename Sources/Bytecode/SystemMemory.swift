// The system's memory, for compilations outside of an interpreter: tools and tests.
#if !hasFeature(Embedded)
  extension WorkMemory {
    /// The system's memory: it does not run out.
    public static var system: WorkMemory {
      WorkMemory(
        context: nil, allocate: { _, count in UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 16) },
        release: { _, memory in memory?.deallocate() })
    }
  }
#endif
