// Counting what the engine does: instructions of both forms, pairs of them, how often one leaves its quick path, what allocates, collections.
//
// Only in builds with the condition PROFILE (`TAIPAN_PROFILE=1 swift build`, see Benchmarks/profile). In every other build the hooks below are
// empty and leave nothing behind. Each hook is one line at the place that it counts: the two dispatch loops, `save` and `saveFrame` (an
// instruction calls these where it leaves its quick path), and the allocation of objects.

import Bytecode

#if PROFILE
  /// What was counted. Instructions of prepared code have the numbers of `PreparedOpcode`, those of bytecode 256 more.
  struct ProfileCounts {
    static var instructions: Int { 512 }
    var executed = UnsafeMutablePointer<Int>.zeros(ProfileCounts.instructions)
    /// Executions that left the quick path at least once.
    var slow = UnsafeMutablePointer<Int>.zeros(ProfileCounts.instructions)
    var allocations = UnsafeMutablePointer<Int>.zeros(ProfileCounts.instructions)
    var allocatedBytes = UnsafeMutablePointer<Int>.zeros(ProfileCounts.instructions)
    /// How often an instruction followed another: [first * instructions + second].
    var pairs = UnsafeMutablePointer<Int>.zeros(ProfileCounts.instructions * ProfileCounts.instructions)
    /// The instruction that runs; the last one is nothing's number.
    var current = ProfileCounts.instructions - 1
    var isSlow = false

    mutating func begin(_ instruction: Int) {
      executed[instruction] += 1
      pairs[current * ProfileCounts.instructions + instruction] += 1
      current = instruction
      isSlow = false
    }
  }

  extension UnsafeMutablePointer where Pointee == Int {
    fileprivate static func zeros(_ count: Int) -> UnsafeMutablePointer<Int> {
      let memory = UnsafeMutablePointer.allocate(capacity: count)
      memory.initialize(repeating: 0, count: count)
      return memory
    }
  }

  nonisolated(unsafe) private var counts = ProfileCounts()

  @inline(never) func profile(_ opcode: PreparedOpcode) { counts.begin(Int(opcode.rawValue)) }
  @inline(never) func profile(bytecode: UInt8) { counts.begin(256 + Int(bytecode)) }
  @inline(never) func profileSlowPath() {
    if !counts.isSlow { counts.slow[counts.current] += 1 }
    counts.isSlow = true
  }
  @inline(never) func profileAllocation(_ byteCount: Int) {
    counts.allocations[counts.current] += 1
    counts.allocatedBytes[counts.current] += (byteCount + 15) & ~15
  }

  private func profileName(_ instruction: Int) -> String? {
    if instruction == ProfileCounts.instructions - 1 { return "start" }
    if instruction < 256 { return PreparedOpcode(rawValue: UInt8(instruction)).map { "\($0)" } }
    return "bytecode:\(Opcode(byte: UInt8(instruction - 256)))"
  }

  /// All that was counted, a line each: `instruction NAME count slow allocations bytes`, `pair NAME NAME count`, `collections count`.
  public func profileReport(_ vm: VM) -> String {
    var text = "collections \(vm.heap.collectionCount)\n"
    for first in 0..<ProfileCounts.instructions {
      if counts.executed[first] == 0 && counts.allocations[first] == 0 { continue }
      let name = profileName(first) ?? "nothing"
      let numbers = [counts.executed, counts.slow, counts.allocations, counts.allocatedBytes].map { "\($0[first])" }
      text += "instruction \(name) \(numbers.joined(separator: " "))\n"
      for second in 0..<ProfileCounts.instructions {
        let count = counts.pairs[first * ProfileCounts.instructions + second]
        if count > 0 { text += "pair \(name) \(profileName(second) ?? "nothing") \(count)\n" }
      }
    }
    return text
  }
#else
  /// An instruction of prepared code begins.
  @inline(__always) func profile(_ opcode: PreparedOpcode) {}
  /// An instruction of bytecode begins.
  @inline(__always) func profile(bytecode: UInt8) {}
  /// The instruction that runs has left its quick path.
  @inline(__always) func profileSlowPath() {}
  /// An object is allocated.
  @inline(__always) func profileAllocation(_ byteCount: Int) {}
#endif
