// Memory for what folding computes: blocks that stay where they are until all of them are freed together. A block may be given back earlier,
// quickly if it is one of the youngest.

import Bytecode
import Numerics

struct FoldMemory: ~Copyable {
  /// What stands before a block.
  private struct Header {
    var older: UnsafeMutablePointer<Header>?
  }

  private let space: UnsafeMutablePointer<Workspace>
  private var youngest: UnsafeMutablePointer<Header>?

  /// Bytes before a block.
  private static var offset: Int { 16 }

  init(_ space: UnsafeMutablePointer<Workspace>) { self.space = space }

  deinit { FoldMemory.free(youngest, space) }

  /// Frees all blocks.
  mutating func reset() {
    FoldMemory.free(youngest, space)
    youngest = nil
  }

  private static func free(_ youngest: UnsafeMutablePointer<Header>?, _ space: UnsafeMutablePointer<Workspace>) {
    var next = youngest
    while let block = next {
      next = block.pointee.older
      space.release(block)
    }
  }

  /// What asks whether the computation of a large integer should stop.
  var interruption: Interruption {
    Interruption(
      context: space, poll: { context in context.unsafelyUnwrapped.assumingMemoryBound(to: Workspace.self).pointee.isInterrupted })
  }

  /// Room for `count` elements; nil in an exhausted workspace.
  mutating func allocate<Element: BitwiseCopyable>(_ type: Element.Type, count: Int) -> UnsafeMutablePointer<Element>? {
    guard let memory = space.allocate(FoldMemory.offset &+ max(count, 1) &* MemoryLayout<Element>.stride) else { return nil }
    let header = memory.bindMemory(to: Header.self, capacity: 1)
    header.initialize(to: Header(older: youngest))
    youngest = header
    return (memory + FoldMemory.offset).bindMemory(to: Element.self, capacity: count)
  }

  /// Frees a block.
  mutating func free<Element>(_ block: UnsafeMutablePointer<Element>) {
    let wanted = UnsafeMutableRawPointer(block) - FoldMemory.offset
    var younger: UnsafeMutablePointer<Header>?
    var next = youngest
    while let header = next {
      if UnsafeMutableRawPointer(header) == wanted {
        if let younger { younger.pointee.older = header.pointee.older } else { youngest = header.pointee.older }
        return space.release(header)
      }
      younger = header
      next = header.pointee.older
    }
  }
}
