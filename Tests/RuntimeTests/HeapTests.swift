// The heap against a model, and each of its mechanisms alone.

import Platform
import Testing

@testable import Runtime

/// The heap under test with a table of roots of its own, so that a test decides what is alive.
private struct TestHeap {
  static let rootCount = 4096
  let heap: UnsafeMutablePointer<Heap>
  let roots: UnsafeMutablePointer<UInt>
  /// Memory of a region heap.
  var region: UnsafeMutableRawPointer?

  /// A heap over the host's memory.
  init(limit: Int = 64 << 20, minimumPace: Int = 1 << 20, markStackEntries: Int = 0) {
    let source = MemorySource(
      pageSize: 4096, reserve: { platform_memory_reserve($0) }, commit: { platform_memory_commit($0, $1) },
      release: { platform_memory_release($0, $1) }, unreserve: { platform_memory_unreserve($0, $1) })
    var configuration = HeapConfiguration(limit: limit, source: source)
    configuration.minimumPace = minimumPace
    configuration.markStackEntries = markStackEntries
    self.init(configuration)
  }

  /// A heap in a region full of rubbish, as a device has it.
  init(regionBytes: Int, markStackEntries: Int = 0) {
    let region = UnsafeMutableRawPointer.allocate(byteCount: regionBytes, alignment: 16)
    platform_fill(region, 0xA5, regionBytes)
    var configuration = HeapConfiguration(region: region, byteCount: regionBytes)
    configuration.markStackEntries = markStackEntries
    self.init(configuration)
    self.region = region
  }

  private init(_ given: HeapConfiguration) {
    roots = .allocate(capacity: Self.rootCount + 1)
    roots.initialize(repeating: 0, count: Self.rootCount + 1)
    heap = .allocate(capacity: 1)
    // The context is the root table; its last word leads to the heap.
    roots[Self.rootCount] = UInt(bitPattern: heap)
    var configuration = given
    configuration.context = UnsafeMutableRawPointer(roots)
    configuration.markRoots = { context in
      guard let roots = context?.assumingMemoryBound(to: UInt.self) else { return }
      guard let heap = UnsafeMutablePointer<Heap>(bitPattern: roots[TestHeap.rootCount]) else { return }
      heap.markRange(from: roots, to: roots + TestHeap.rootCount)
    }
    guard let made = Heap(configuration) else { preconditionFailure("no heap") }
    heap.initialize(to: made)
  }

  func destroy() {
    heap.dispose()
    region?.deallocate()
    heap.deallocate()
    roots.deallocate()
  }

  /// Allocates or fails the test.
  func make(_ byteCount: Int, atomic: Bool = false) -> UnsafeMutableRawPointer {
    guard let pointer = heap.allocate(byteCount: byteCount, atomic: atomic) else { preconditionFailure("out of memory") }
    return pointer
  }

  func address(_ pointer: UnsafeMutableRawPointer) -> UInt { UInt(bitPattern: pointer) }

  var objectCount: Int { heap.summary().objects }
}

/// A repeatable source of numbers.
private struct Numbers {
  var state: UInt64
  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}

extension UnsafeMutableRawPointer {
  /// The object's words.
  fileprivate var words: UnsafeMutablePointer<UInt> { assumingMemoryBound(to: UInt.self) }
}

/// An object the model knows: its size, and the byte that fills it behind its first word.
private struct ModelObject {
  var size: Int
  var fill: UInt8
  var isAtomic: Bool
}

/// Random operations beside a model of what must be there.
private struct Model {
  let test: TestHeap
  var numbers: Numbers
  var objects: [ModelObject?]

  init(_ test: TestHeap, seed: UInt64, slots: Int) {
    self.test = test
    numbers = Numbers(state: seed)
    objects = Array(repeating: nil, count: slots)
  }

  private mutating func randomSize() -> Int {
    switch numbers.next(20) {
    case 0: return 1 + numbers.next(20000)
    case 1, 2: return 1 + numbers.next(2000)
    default: return 1 + numbers.next(100)
    }
  }

  private func pointer(_ slot: Int) -> UnsafeMutableRawPointer? { UnsafeMutableRawPointer(bitPattern: test.roots[slot]) }

  /// Whether an object's bytes are what was written.
  func isIntact(_ slot: Int) -> Bool {
    guard let object = objects[slot], let pointer = pointer(slot) else { return objects[slot] == nil }
    for offset in 0..<object.size where pointer.load(fromByteOffset: offset, as: UInt8.self) != object.fill { return false }
    return test.heap.size(of: pointer) >= object.size && test.heap.isStart(test.address(pointer))
  }

  private func fill(_ slot: Int, from: Int = 0) {
    guard let object = objects[slot], let pointer = pointer(slot), from < object.size else { return }
    platform_fill(pointer + from, object.fill, object.size - from)
  }

  /// One operation; false when something is not as it must be.
  mutating func step() -> Bool {
    let slot = numbers.next(objects.count)
    guard isIntact(slot) else { return false }
    switch numbers.next(12) {
    case 0..<6: return allocate(slot)
    case 6: drop(slot)
    case 7: free(slot)
    case 8, 9: return resize(slot)
    case 10: if numbers.next(50) == 0 { test.heap.collect() }
    default: return isInside(slot)
    }
    return true
  }

  private mutating func allocate(_ slot: Int) -> Bool {
    let size = randomSize()
    let isAtomic = numbers.next(2) == 0
    drop(slot)
    guard let pointer = test.heap.allocate(byteCount: size, atomic: isAtomic) else { return true }
    guard test.address(pointer) & 15 == 0 else { return false }
    if !isAtomic {
      for offset in 0..<test.heap.size(of: pointer) where pointer.load(fromByteOffset: offset, as: UInt8.self) != 0 { return false }
    }
    test.roots[slot] = test.address(pointer)
    // Fill bytes are odd, so that a word of them is no address.
    objects[slot] = ModelObject(size: size, fill: UInt8(numbers.next(128)) | 0x81, isAtomic: isAtomic)
    fill(slot)
    return true
  }

  private mutating func drop(_ slot: Int) {
    objects[slot] = nil
    test.roots[slot] = 0
  }

  private mutating func free(_ slot: Int) {
    if let pointer = pointer(slot) { test.heap.free(pointer) }
    drop(slot)
  }

  private mutating func resize(_ slot: Int) -> Bool {
    guard let object = objects[slot], let pointer = pointer(slot) else { return true }
    let size = randomSize()
    guard let moved = test.heap.reallocate(pointer, from: object.size, to: size, atomic: object.isAtomic) else { return isIntact(slot) }
    let kept = Swift.min(size, object.size)
    for offset in 0..<kept where moved.load(fromByteOffset: offset, as: UInt8.self) != object.fill { return false }
    if !object.isAtomic {
      for offset in ((kept + 15) & ~15)..<max((kept + 15) & ~15, size) where moved.load(fromByteOffset: offset, as: UInt8.self) != 0 {
        return false
      }
    }
    test.roots[slot] = test.address(moved)
    objects[slot]?.size = size
    fill(slot)
    return true
  }

  private mutating func isInside(_ slot: Int) -> Bool {
    guard let object = objects[slot], let pointer = pointer(slot) else { return true }
    return test.heap.startOf(test.address(pointer) + UInt(numbers.next(object.size))) == pointer
  }

  /// After a collection exactly the model's objects are left.
  func isExact() -> Bool {
    test.heap.collect()
    for slot in objects.indices where !isIntact(slot) { return false }
    return test.objectCount == objects.filter { $0 != nil }.count && test.heap.firstViolation() == nil
  }
}

@Suite struct HeapTests {
  @Test(arguments: [UInt64(1), 2, 3]) func randomOperationsMatchTheModel(seed: UInt64) {
    let test = TestHeap(minimumPace: 1 << 18)
    defer { test.destroy() }
    var model = Model(test, seed: seed &* 0x9E37_79B9_7F4A_7C15, slots: 2000)
    for round in 0..<20 {
      for _ in 0..<2000 {
        let isGood = model.step()
        if !isGood { Issue.record("object damaged in round \(round)") }
      }
      #expect(test.heap.firstViolation() == nil)
      #expect(model.isExact())
    }
  }

  @Test(arguments: [16384, 65536, 262_144]) func randomOperationsInARegionThatIsOftenFull(byteCount: Int) {
    let test = TestHeap(regionBytes: byteCount)
    defer { test.destroy() }
    var model = Model(test, seed: 0x1234_5678_9ABC_DEF1, slots: byteCount / 400)
    for _ in 0..<20 {
      for _ in 0..<2000 where !model.step() { Issue.record("object damaged") }
      #expect(test.heap.firstViolation() == nil)
      #expect(model.isExact())
    }
    #expect(test.heap.collectionCount > 20)
  }

  @Test func everyAllocationCollectsUnderStress() {
    let test = TestHeap(limit: 4 << 20)
    defer { test.destroy() }
    test.heap.stressCollect(every: 1)
    test.heap.stressPoison(true)
    var model = Model(test, seed: 77, slots: 200)
    for _ in 0..<3000 where !model.step() { Issue.record("object damaged") }
    #expect(model.isExact())
    #expect(test.heap.collectionCount > 1000)
  }

  @Test func sizesAtTheEdges() {
    let test = TestHeap(limit: 4 << 20)
    defer { test.destroy() }
    let heap = test.heap
    #expect(heap.size(of: test.make(0)) == 16)
    #expect(heap.size(of: test.make(1)) == 16)
    #expect(heap.size(of: test.make(16)) == 16)
    #expect(heap.size(of: test.make(17)) == 32)
    for size in [-1, Int.min, Int.max, Int.max - 15, heap.totalBytes + 1] { #expect(heap.allocate(byteCount: size, atomic: false) == nil) }
    let all = heap.allocate(byteCount: 3 << 20, atomic: false)
    #expect(all != nil)
    #expect(heap.firstViolation() == nil)
  }

  @Test func interiorPointersKeepAlive() {
    let test = TestHeap()
    defer { test.destroy() }
    test.heap.isEnabled = false
    for (index, size) in [16, 32, 48, 1024, 5000, 3_000_000].enumerated() {
      let object = test.make(size)
      let child = test.make(16)
      object.words[0] = test.address(child)
      test.roots[index] = test.address(object) + UInt(size - 1)
    }
    test.heap.collect()
    #expect(test.objectCount == 12)
    for index in 0..<6 { test.roots[index] = 0 }
    test.heap.collect()
    #expect(test.objectCount == 0)
  }

  @Test func atomicObjectsAreNotScanned() {
    let test = TestHeap()
    defer { test.destroy() }
    for (index, size) in [16, 160, 4096].enumerated() {
      let holder = test.make(size, atomic: true)
      holder.words[0] = test.address(test.make(32))
      test.roots[index] = test.address(holder)
    }
    test.heap.collect()
    #expect(test.objectCount == 3)
  }

  @Test(arguments: [1, 2, 5, 64]) func aTinyMarkStackLosesNothing(entries: Int) {
    let test = TestHeap(markStackEntries: entries)
    defer { test.destroy() }
    // A tree both deep and wide, each inner node with eight children, and a list through scattered nodes.
    func tree(_ depth: Int) -> UInt {
      let node = test.make(64)
      if depth > 0 { for child in 0..<8 { node.words[child] = tree(depth - 1) } }
      return test.address(node)
    }
    test.heap.isEnabled = false
    test.roots[0] = tree(5)
    var head: UInt = 0
    for _ in 0..<20000 {
      let node = test.make(32)
      node.words[3] = head
      head = test.address(node)
      _ = test.make(16)
    }
    test.roots[1] = head
    // Objects at both ends of the heap overflow together.
    let far = test.make(40000)
    for word in 0..<1000 { far.words[word] = test.address(test.make(3000)) }
    test.roots[2] = test.address(far)
    test.heap.isEnabled = true
    test.heap.collect()
    #expect(test.objectCount == 37449 + 20000 + 1001)
    test.roots[0] = 0
    test.heap.collect()
    #expect(test.objectCount == 20000 + 1001)
  }

  @Test func holesAreUsedBeforeTheHeapGrows() {
    let test = TestHeap(limit: 1 << 20)
    defer { test.destroy() }
    // Every second object dies: single blocks between live ones.
    var kept: UInt = 0
    while true {
      guard let object = test.heap.allocate(byteCount: 16, atomic: false) else { break }
      object.words[0] = kept
      kept = test.address(object)
      test.roots[0] = kept
    }
    var node = kept
    var live = 0
    while let pointer = UnsafeMutableRawPointer(bitPattern: node) {
      let next = UnsafeMutableRawPointer(bitPattern: pointer.words[0])?.words[0] ?? 0
      pointer.words[0] = next
      node = next
      live += 1
    }
    test.heap.collect()
    #expect(test.objectCount == live)
    #expect(test.heap.allocate(byteCount: 32, atomic: false) == nil)
    for _ in 0..<live - 1 {
      guard let object = test.heap.allocate(byteCount: 16, atomic: false) else {
        Issue.record("a hole was not found")
        return
      }
      object.words[0] = test.roots[1]
      test.roots[1] = test.address(object)
    }
    #expect(test.heap.firstViolation() == nil)
  }

  @Test func largeObjectsKeepAwayFromSmallOnes() {
    let test = TestHeap(regionBytes: 1 << 20)
    defer { test.destroy() }
    for index in 0..<100 {
      test.roots[index * 2] = test.address(test.make(32))
      test.roots[index * 2 + 1] = test.address(test.make(4000, atomic: true))
    }
    for index in 0..<100 { test.roots[index * 2 + 1] = 0 }
    test.heap.collect()
    #expect(test.heap.allocate(byteCount: 900_000, atomic: true) != nil)
  }

  @Test func growInPlace() {
    let test = TestHeap()
    defer { test.destroy() }
    let heap = test.heap
    let first = test.make(32)
    #expect(heap.grow(first, from: 32, to: 400))
    #expect(heap.size(of: first) == 400)
    for word in 4..<50 { #expect(first.words[word] == 0) }
    let second = test.make(32)
    #expect(!heap.grow(first, from: 400, to: 416))
    #expect(heap.grow(first, from: 390, to: 400))
    heap.free(second)
    #expect(heap.grow(first, from: 400, to: 416))
    heap.shrink(first, from: 416, to: 20)
    #expect(heap.size(of: first) == 32)
    // Behind an older object: into a hole, and no further than it reaches.
    let hole = test.make(64)
    let wall = test.make(16)
    #expect(heap.size(of: wall) == 16)
    heap.free(hole)
    #expect(!heap.grow(first, from: 32, to: 112))
    #expect(heap.grow(first, from: 32, to: 96))
    for word in 4..<12 { #expect(first.words[word] == 0) }
    let far = test.make(1_000_000)
    #expect(!heap.grow(far, from: 1_000_000, to: 1_100_000))
    heap.lock()
    #expect(!heap.grow(first, from: 96, to: 400))
    heap.unlock()
    #expect(heap.firstViolation() == nil)
  }

  @Test func lockedHeapFailsAndSaysWhy() {
    let test = TestHeap()
    defer { test.destroy() }
    _ = test.make(16)
    test.heap.lock()
    test.heap.lock()
    #expect(test.heap.allocate(byteCount: 16, atomic: false) == nil)
    #expect(test.heap.takeLockedFailure())
    #expect(!test.heap.takeLockedFailure())
    test.heap.unlock()
    #expect(test.heap.lockDepth == 1)
    #expect(test.heap.allocate(byteCount: 5000, atomic: false) == nil)
    test.heap.unlock()
    #expect(test.heap.allocate(byteCount: 16, atomic: false) != nil)
  }

  @Test func theKthAllocationFails() {
    let test = TestHeap()
    defer { test.destroy() }
    for failing in 1...20 {
      test.heap.stressFail(after: failing)
      for index in 1...25 {
        let pointer = test.heap.allocate(byteCount: index % 3 == 0 ? 4000 : 32, atomic: false)
        #expect((pointer == nil) == (index == failing))
      }
    }
  }

  @Test func fullHeapRecovers() {
    let test = TestHeap(regionBytes: 32768)
    defer { test.destroy() }
    for _ in 0..<5 {
      var count = 0
      while let pointer = test.heap.allocate(byteCount: 24, atomic: false) {
        pointer.words[0] = test.roots[0]
        test.roots[0] = test.address(pointer)
        count += 1
      }
      #expect(count > 900)
      #expect(test.heap.allocate(byteCount: 24, atomic: false) == nil)
      test.roots[0] = 0
      #expect(test.heap.allocate(byteCount: 20000, atomic: false) != nil)
      test.heap.collect()
      #expect(test.objectCount == 0)
    }
  }

  @Test func disabledCollectionWaits() {
    let test = TestHeap(regionBytes: 32768)
    defer { test.destroy() }
    test.heap.isEnabled = false
    while test.heap.allocate(byteCount: 32, atomic: false) != nil {}
    #expect(test.heap.collectionCount == 0)
    test.heap.isEnabled = true
    #expect(test.heap.allocate(byteCount: 32, atomic: false) != nil)
    #expect(test.heap.collectionCount == 1)
  }

  @Test func thresholdSetsThePace() {
    let test = TestHeap()
    defer { test.destroy() }
    #expect(test.heap.threshold == -1)
    test.heap.threshold = 64 << 10
    for _ in 0..<20000 { _ = test.make(32) }
    #expect((8...12).contains(test.heap.collectionCount))
    test.heap.threshold = -1
    #expect(test.heap.threshold == -1)
  }

  @Test func memoryGoesBackToTheSystem() {
    let test = TestHeap()
    defer { test.destroy() }
    for index in 0..<4000 { test.roots[index] = test.address(test.make(index % 2 == 0 ? 1000 : 10000)) }
    let most = test.heap.committedBytes
    #expect(most > 20_000_000)
    for index in 0..<4000 { test.roots[index] = 0 }
    test.heap.collect()
    test.heap.collect()
    #expect(test.heap.committedBytes < 8_000_000)
    #expect(test.heap.allocatedBytes == 0)
    #expect(test.heap.peakBytes > 20_000_000)
    // Memory that comes again is zeroed.
    for size in [16, 1000, 10000] {
      for _ in 0..<500 {
        let object = test.make(size)
        for word in 0..<size / MemoryLayout<UInt>.size where object.words[word] != 0 { Issue.record("not zeroed") }
      }
    }
  }

  @Test func theSummaryCountsBlocks() {
    let test = TestHeap(regionBytes: 65536)
    defer { test.destroy() }
    for index in 0..<3 { test.roots[index] = test.address(test.make(16)) }
    for index in 3..<8 { test.roots[index] = test.address(test.make(20)) }
    test.roots[8] = test.address(test.make(1600, atomic: true))
    test.heap.collect()
    let summary = test.heap.summary()
    #expect(summary.objects == 9)
    #expect(summary.oneBlockObjects == 3)
    #expect(summary.twoBlockObjects == 5)
    #expect(summary.largestObject == 100)
    #expect(test.heap.allocatedBytes == (3 + 10 + 100) * 16)
    #expect(test.heap.allocatedBytes + test.heap.freeBytes == test.heap.totalBytes)
    #expect(summary.largestFreeRun == test.heap.totalBytes / 16 - 113)
    #expect(test.heap.allocate(byteCount: summary.largestFreeRun * 16 - BlockGroup.byteCount, atomic: true) != nil)
  }
}

@Suite struct HeapRegistrationTests {
  @Test func finalisersRunOnceAndInOrder() {
    let test = TestHeap()
    defer { test.destroy() }
    let heap = test.heap
    // A cycle of two, each with a child that only it keeps alive.
    let first = test.make(32)
    test.roots[0] = test.address(first)
    let second = test.make(32)
    first.words[0] = test.address(second)
    second.words[0] = test.address(first)
    first.words[1] = test.address(test.make(16))
    #expect(heap.registerFinaliser(first))
    #expect(heap.registerFinaliser(second))
    heap.collect()
    #expect(!heap.hasPendingFinalisers)
    test.roots[0] = 0
    heap.collect()
    #expect(heap.hasPendingFinalisers)
    heap.collect()
    #expect(test.objectCount == 4)
    #expect(heap.takePendingFinaliser() == first)
    #expect(heap.takePendingFinaliser() == second)
    #expect(heap.takePendingFinaliser() == nil)
    heap.collect()
    #expect(!heap.hasPendingFinalisers)
    #expect(test.objectCount == 1)
  }

  @Test func manyFinalisersUnderStress() {
    let test = TestHeap()
    defer { test.destroy() }
    test.heap.stressCollect(every: 3)
    test.heap.stressPoison(true)
    var taken = 0
    for index in 0..<1000 {
      let object = test.make(32, atomic: true)
      object.words[0] = 0xF1_A11
      test.roots[index % 10] = test.address(object)
      #expect(test.heap.registerFinaliser(object))
      while let dead = test.heap.takePendingFinaliser() {
        #expect(dead.words[0] == 0xF1_A11)
        taken += 1
      }
    }
    test.heap.queueAllFinalisers()
    while test.heap.takePendingFinaliser() != nil { taken += 1 }
    #expect(taken == 1000)
  }

  @Test func aFailedRegistrationSaysSo() {
    let test = TestHeap()
    defer { test.destroy() }
    let object = test.make(16)
    test.heap.lock()
    #expect(!test.heap.registerFinaliser(object))
    #expect(!test.heap.registerWeak(slot: object.words, target: object, notify: false))
    test.heap.unlock()
    #expect(test.heap.registerFinaliser(object))
  }

  @Test func weakSlotsAreZeroed() {
    let test = TestHeap()
    defer { test.destroy() }
    let heap = test.heap
    let target = test.make(48)
    test.roots[0] = test.address(target)
    let told = test.make(32)
    let silent = test.make(32)
    let dying = test.make(32)
    test.roots[1] = test.address(told)
    test.roots[2] = test.address(silent)
    #expect(heap.registerWeak(slot: told.words + 1, target: target, notify: true))
    #expect(heap.registerWeak(slot: silent.words, target: target, notify: false))
    #expect(heap.registerWeak(slot: dying.words, target: target, notify: true))
    heap.collect()
    #expect(UnsafeMutablePointer<Heap>.reveal(told.words[1]) == target)
    test.roots[0] = 0
    heap.collect()
    #expect(UnsafeMutablePointer<Heap>.reveal(told.words[1]) == nil)
    #expect(silent.words[0] == 0)
    // What waits to be told is kept alive.
    test.roots[1] = 0
    heap.collect()
    #expect(heap.hasClearedWeaks)
    #expect(heap.takeClearedWeak() == told.words + 1)
    #expect(heap.takeClearedWeak() == nil)
    heap.collect()
    #expect(test.objectCount == 2)
  }

  @Test func aFinaliserSeesItsWeakReferences() {
    let test = TestHeap()
    defer { test.destroy() }
    let target = test.make(16)
    test.roots[0] = test.address(target)
    let holder = test.make(16)
    test.roots[1] = test.address(holder)
    #expect(test.heap.registerFinaliser(target))
    #expect(test.heap.registerWeak(slot: holder.words, target: target, notify: false))
    test.roots[0] = 0
    test.heap.collect()
    #expect(test.heap.takePendingFinaliser() == target)
    #expect(UnsafeMutablePointer<Heap>.reveal(holder.words[0]) == target)
    test.heap.collect()
    #expect(holder.words[0] == 0)
  }
}
