// Compilations that run out of memory at every place where they can.

import Bytecode
import Testing

@testable import Compiler

/// Memory that is refused from a certain allocation on, or for that one only, and that knows what was not released.
private final class Allocations {
  var count = 0
  var outstanding = 0
  /// Number of the allocation that is refused, from 1; 0 for none.
  let refused: Int
  let onlyOne: Bool

  init(refused: Int, onlyOne: Bool = false) {
    self.refused = refused
    self.onlyOne = onlyOne
  }

  var memory: WorkMemory {
    WorkMemory(
      context: Unmanaged.passUnretained(self).toOpaque(),
      allocate: { context, byteCount in
        let all = Unmanaged<Allocations>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
        all.count += 1
        if all.refused > 0 && (all.onlyOne ? all.count == all.refused : all.count >= all.refused) { return nil }
        all.outstanding += 1
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
        // Whoever reads what was never written shall not find zeros.
        memory.initializeMemory(as: UInt8.self, repeating: 0xdd, count: byteCount)
        return memory
      },
      release: { context, memory in
        Unmanaged<Allocations>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue().outstanding -= 1
        memory?.deallocate()
      })
  }
}

@Suite struct MemoryTests {
  /// Something of everything, and enough of it that every buffer grows.
  static let sources: [String] = [
    "x = 1\n", "", "x = (", "def f(:\n", "'abc", "x = f'{a!r:>{b}}' t'{c=}' 'd'\n",
    EmitTests.all.map { $0.source }.joined(separator: "\n"),
    (0..<200).map { "name\($0) = \($0) + other\($0) * 'a text that is rather long \($0)'\n" }.joined(),
    (0..<40).map {
      "class C\($0):\n  def m(self, a\($0), b=1, *c, d=2, **e):\n    return lambda: (a\($0), self.__x, super().m, [i for i in c])\n"
    }.joined(),
    "x = " + (0..<200).map { "\($0)0000000000000000000000" }.joined(separator: " + ") + "\n",
    "x = (" + (0..<200).map { "(\($0), 'text \($0)', b'bytes \($0)', 1.\($0), \($0)j, None)" }.joined(separator: ", ") + ")\n",
    "def f():\n" + (0..<100).map { "  if a\($0):\n    b\($0) = 1\n  elif c: d\($0)()\n" }.joined(),
    "match x:\n" + (0..<60).map { "  case [C\($0)(a=1, b=y), {'k': z, **r}, *s] | [1, y, z, r, s]: pass\n" }.joined(),
    "A = const('text of a constant')\nB = const((1, 'two', 3 << 100))\n"
      + (0..<100).map { "_P\($0) = const(\($0) << 90)\nprint(_P\($0), A, B)\n" }.joined(),
  ]

  /// How it ended: nil for a module.
  private func attempt(_ source: String, _ allocations: Allocations, incrementally: Bool, _ options: CompileOptions = CompileOptions())
    -> SyntaxFailure?
  {
    do throws(SyntaxFailure) {
      let module = try compile(source, options: options, incrementally: incrementally, memory: allocations.memory)
      module.deallocate()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: sources.indices, [false, true]) func everyAllocationFails(_ number: Int, incrementally: Bool) {
    let source = MemoryTests.sources[number]
    let all = Allocations(refused: 0)
    let usual = attempt(source, all, incrementally: incrementally)
    #expect(all.outstanding == 0)
    // All of the first, then some.
    for refused in 1...all.count where refused <= 100 || refused % (all.count / 100 | 1) == 0 {
      let allocations = Allocations(refused: refused)
      let failure = attempt(source, allocations, incrementally: incrementally)
      #expect(failure?.isOutOfMemory == true, "\(refused)")
      #expect(allocations.outstanding == 0, "\(refused)")
      // A buffer that cannot be doubled is made a little longer: then there is no failure at all.
      let one = Allocations(refused: refused, onlyOne: true)
      let other = attempt(source, one, incrementally: incrementally)
      #expect(other?.isOutOfMemory == true || other == usual, "\(refused)")
      #expect(one.outstanding == 0, "\(refused)")
    }
  }

  @Test func crossCompilerToo() {
    let source = MemoryTests.sources[5]
    let all = Allocations(refused: 0)
    _ = attempt(source, all, incrementally: false, .crossCompiler)
    for refused in 1...all.count {
      let allocations = Allocations(refused: refused)
      #expect(attempt(source, allocations, incrementally: false, .crossCompiler)?.isOutOfMemory == true)
      #expect(allocations.outstanding == 0)
    }
  }

  @Test func consoleAsksForNoMoreLines() {
    let source = Array("if a:\n  b".utf8)
    let all = Allocations(refused: 0)
    #expect(source.withUnsafeBufferPointer { Parser.completeness(of: $0, memory: all.memory) } == .needsMore)
    for refused in 1...all.count {
      let allocations = Allocations(refused: refused)
      #expect(source.withUnsafeBufferPointer { Parser.completeness(of: $0, memory: allocations.memory) } == .complete)
      #expect(allocations.outstanding == 0)
    }
  }

  @Test(arguments: [false, true]) func interruption(incrementally: Bool) {
    var word: UInt32 = 4
    withUnsafePointer(to: &word) { pointer in
      var memory = WorkMemory.system
      memory.interrupt = pointer
      memory.interruptMask = 4
      #expect(throws: SyntaxFailure.self) { _ = try compile("a = 1\n", incrementally: incrementally, memory: memory) }
      memory.interruptMask = 2
      #expect(throws: Never.self) { _ = try compile("a = 1\n", incrementally: incrementally, memory: memory) }
    }
  }
}
