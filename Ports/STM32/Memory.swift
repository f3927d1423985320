// What the Swift runtime and the C library ask of a system. Swift's own allocations come from the interpreter's heap: the collector finds them as
// it finds Python objects, through the native stack, and they are freed at once when Swift drops them. There are few of them, because Swift
// can't be refused memory without the end of the program: the verifier of .mpy files makes some, the compiler none (Scripts/embedded checks it).
import Runtime

/// The heap that serves Swift; nil until the interpreter is made, which needs none.
nonisolated(unsafe) private var swiftHeap: UnsafeMutablePointer<Heap>?

/// Lets Swift's allocations come from an interpreter's heap.
func serveSwift(from heap: UnsafeMutablePointer<Heap>) { swiftHeap = heap }

/// Blocks of the heap are aligned to 16 bytes, and Swift asks for no more.
@_cdecl("posix_memalign")
public func allocateForSwift(_ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ count: UInt) -> Int32 {
  guard let heap = swiftHeap, alignment <= 16, let block = heap.allocate(byteCount: max(Int(count), 1), atomic: false) else { return 12 }
  result.pointee = block
  return 0
}

@_cdecl("free") public func freeForSwift(_ block: UnsafeMutableRawPointer?) {
  if let block { swiftHeap?.free(block) }
}

/// Seeds of Swift's own hash tables and, until there is a driver for the generator of the chip, of Python's module `random`.
@_cdecl("arc4random_buf") public func fillRandom(_ target: UnsafeMutableRawPointer, _ count: Int) {
  let bytes = target.assumingMemoryBound(to: UInt8.self)
  for index in 0..<count {
    randomWord = (randomWord ^ UInt32(truncatingIfNeeded: Board.microseconds())) &* 747_796_405 &+ 2_891_336_453
    bytes[index] = UInt8(truncatingIfNeeded: randomWord &>> 22)
  }
}
nonisolated(unsafe) private var randomWord: UInt32 = 1

@_cdecl("_exit") public func endProcess(_ status: Int32) -> Never { while true {} }
@_cdecl("raise") public func raiseSignal(_ signal: Int32) -> Int32 { 0 }
