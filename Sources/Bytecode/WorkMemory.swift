// Where the compiler's memory comes from, and how it is told to stop.
//
// On a chip memory runs out, and what Swift allocates by itself (arrays, classes, boxes) ends the program then. So the compiler uses none of
// that: every byte comes through `Workspace`, whoever asks is told when there is none, and from then on the compilation is exhausted: it makes
// no further attempt, and the next statement or expression that it looks at ends it with a failure. `Scripts/embedded` checks that the
// firmware holds no other allocation.

/// The functions that give and take memory. They belong to whoever runs the compiler: the engine's heap, or the system's on a host.
public struct WorkMemory {
  /// Memory aligned to 16 bytes, or nil.
  public typealias Allocate = @convention(c) (_ context: UnsafeMutableRawPointer?, _ byteCount: Int) -> UnsafeMutableRawPointer?
  /// Takes back what `Allocate` gave.
  public typealias Release = @convention(c) (_ context: UnsafeMutableRawPointer?, _ memory: UnsafeMutableRawPointer?) -> Void

  /// Passed to both functions.
  public let context: UnsafeMutableRawPointer?
  public let allocate: Allocate
  public let release: Release
  /// A word, and those of its bits that ask the compiler to give up.
  public var interrupt: UnsafePointer<UInt32>?
  public var interruptMask: UInt32 = 0

  public init(context: UnsafeMutableRawPointer?, allocate: @escaping Allocate, release: @escaping Release) {
    self.context = context
    self.allocate = allocate
    self.release = release
  }
}

/// What stands before the elements of a growing buffer.
public struct BufferHeader {
  public var count: Int
  public var capacity: Int
  public var space: UnsafeMutablePointer<Workspace>?

  @inlinable public init(count: Int, capacity: Int, space: UnsafeMutablePointer<Workspace>?) {
    self.count = count
    self.capacity = capacity
    self.space = space
  }
}

/// The memory of one compilation. Stays in place: use it through a pointer.
public struct Workspace {
  /// The header of every buffer that has no memory of its own yet. The first field, so that the workspace's address is the header's.
  public internal(set) var empty: BufferHeader
  public let memory: WorkMemory
  /// An allocation has failed. What has been made since may be incomplete.
  public var isExhausted = false

  /// Whether the compilation should end: there is no memory, or somebody interrupts.
  @inlinable public var mustStop: Bool { @inline(__always) get { isExhausted || isInterrupted } }
  @inlinable public var isInterrupted: Bool {
    @inline(__always) get {
      guard let word = memory.interrupt else { return false }
      return word.pointee & memory.interruptMask != 0
    }
  }
}

extension UnsafeMutablePointer where Pointee == Workspace {
  /// A new workspace; nil if there is no memory even for that.
  public static func make(_ memory: WorkMemory) -> Self? {
    guard let block = memory.allocate(memory.context, MemoryLayout<Workspace>.size) else { return nil }
    let space = block.bindMemory(to: Workspace.self, capacity: 1)
    space.initialize(to: Workspace(empty: BufferHeader(count: 0, capacity: 0, space: space), memory: memory))
    return space
  }

  /// Frees the workspace itself. All that was allocated in it must have been released, or is left to a collector.
  public func discard() {
    let memory = pointee.memory
    memory.release(memory.context, self)
  }

  /// Memory, or nil. A failure does not exhaust the workspace yet: less may be enough.
  public func attempt(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    if pointee.isExhausted || byteCount < 0 { return nil }
    return pointee.memory.allocate(pointee.memory.context, byteCount)
  }

  /// Memory; a failure exhausts the workspace.
  public func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let memory = attempt(byteCount)
    if memory == nil { pointee.isExhausted = true }
    return memory
  }

  /// Takes memory back.
  public func release(_ memory: UnsafeMutableRawPointer) { pointee.memory.release(pointee.memory.context, memory) }
}
