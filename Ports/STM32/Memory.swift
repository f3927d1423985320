// What the Swift runtime and the C library ask of a system.

/// Memory for what Swift allocates by itself (arrays, classes): there is none. Swift can't be refused memory without the end of the program, so
/// the engine allocates nothing that way; Scripts/embedded checks it. Only the tables of classes that nobody makes refer to this.
@_cdecl("posix_memalign")
public func allocateForSwift(_ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ count: UInt) -> Int32 { 12 }

@_cdecl("free") public func freeForSwift(_ block: UnsafeMutableRawPointer?) {}

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
