// How a heap gets its memory and when it collects: filled in by the port, read once by `Heap.init`.

/// The operating system's part of a heap whose memory grows: the engine itself knows no system. All functions are given by the port
/// (`platform_memory_reserve` and its kin on Linux and macOS).
public struct MemorySource {
  /// Size of a page in bytes: a power of two; commits and releases are multiples of it.
  public var pageSize: Int
  /// Address space for that many bytes, without memory; nil when refused.
  public var reserve: @convention(c) (Int) -> UnsafeMutableRawPointer?
  /// Makes pages usable. Idempotent, keeps contents; pages never used or released read as zero. False when refused.
  public var commit: @convention(c) (UnsafeMutableRawPointer?, Int) -> Bool
  /// Gives back the memory of pages, which stay usable and read as zero.
  public var release: @convention(c) (UnsafeMutableRawPointer?, Int) -> Void
  /// Ends a reservation.
  public var unreserve: @convention(c) (UnsafeMutableRawPointer?, Int) -> Void

  /// A source made of the port's four functions.
  public init(
    pageSize: Int, reserve: @escaping @convention(c) (Int) -> UnsafeMutableRawPointer?,
    commit: @escaping @convention(c) (UnsafeMutableRawPointer?, Int) -> Bool,
    release: @escaping @convention(c) (UnsafeMutableRawPointer?, Int) -> Void,
    unreserve: @escaping @convention(c) (UnsafeMutableRawPointer?, Int) -> Void
  ) {
    self.pageSize = pageSize
    self.reserve = reserve
    self.commit = commit
    self.release = release
    self.unreserve = unreserve
  }
}

/// Called with the configuration's context in the middle of a collection (to mark the roots) or when one has become due.
public typealias HeapHook = @convention(c) (UnsafeMutableRawPointer?) -> Void

/// What a port decides about a heap.
public struct HeapConfiguration {
  /// Bytes of blocks the heap may hold; allocations beyond it answer nil. For a region, its size including bitmaps.
  public var limit: Int
  /// A device's memory of `limit` bytes, or nil when `source` supplies memory.
  public var region: UnsafeMutableRawPointer?
  /// A host's memory, or nil when there is a region.
  public var source: MemorySource?
  /// Marks the roots: calls `markRange` and `markRoot` and nothing else of the heap. Without it nothing is ever collected.
  public var markRoots: HeapHook?
  /// Where a collection cannot run inside an allocation (wasm): called once when a collection becomes due; `collect()` must then be
  /// called at a point where no native frame holds a value.
  public var requestCollection: HeapHook?
  /// Passed to both hooks.
  public var context: UnsafeMutableRawPointer?
  /// Bytes that are allocated at least between two collections.
  public var minimumPace: Int
  /// A collection is due when the bytes allocated since the last one exceed this share (in percent) of the live bytes.
  public var pacePercent = 100
  /// Entries of the mark stack; overflow costs time, never correctness. 0 chooses by the heap's size.
  public var markStackEntries = 0
  /// Stress: this allocation fails, counted from the heap's beginning; 0 is off.
  public var failingAllocation = 0

  /// A host's heap: grows up to `limit` bytes.
  public init(limit: Int, source: MemorySource) {
    self.limit = limit
    self.source = source
    self.minimumPace = 1 << 20
  }

  /// A device's heap in the given memory: collects when the memory is used up (or at `gc.threshold`).
  public init(region: UnsafeMutableRawPointer, byteCount: Int) {
    self.limit = byteCount
    self.region = region
    self.minimumPace = Int.max
  }
}
