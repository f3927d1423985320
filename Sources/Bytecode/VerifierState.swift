// What the verifier knows at a place of the code: what lies on the operand stack, and which exception blocks are set up.
//
// The stack is a linked list of slots that states share: to push makes one slot, and two ways that meet need only compare what lies above the
// slot that they have in common. So a deep stack costs no more than a shallow one.

/// What is known of a slot of the operand stack.
enum SlotKind: UInt8 {
  // Python values. All may stand where a value is wanted.
  case value, none, exception
  /// None or an exception.
  case outcome
  /// A copy of the top of a `finally` block's cause; the global of the name `BaseException`; whether the former is one of the latter.
  case causeCopy, baseException, isException
  /// The intrinsic that answers None or an exception.
  case groupEnd
  case name, smallInteger, tuple, dict, list, set, function
  // What only certain instructions may touch.
  case null
  /// The receiver of a method, or null.
  case receiver
  case cell
  /// The four slots of a `for` loop.
  case iterator0, iterator1, iterator2, iterator3
  /// What a `finally` block is entered with: None or an exception, or two slots: a value and -1, or an address and a count.
  case cause
  /// The two slots of the latter case.
  case causeData, causeCount

  /// A Python value.
  var isValue: Bool { rawValue <= SlotKind.function.rawValue }
  /// May be pushed as a method's receiver.
  var isReceiver: Bool { isValue || self == .receiver || self == .null }
  /// May be exchanged with others.
  var isMovable: Bool { isReceiver || self == .cell || self == .causeData || self == .causeCount }
  /// May be dropped.
  var isDroppable: Bool { rawValue < SlotKind.cause.rawValue }
  /// Slots that it may take.
  var width: Int32 { self == .cause ? 2 : 1 }

  /// What is known where two ways meet, or nil if they don't fit.
  func joined(_ other: SlotKind) -> SlotKind? {
    if self == other { return self }
    if isOutcome && other.isOutcome { return .outcome }
    if isValue && other.isValue { return .value }
    if isReceiver && other.isReceiver { return .receiver }
    if self == .cause && other.isOutcome || isOutcome && other == .cause { return .cause }
    return nil
  }

  private var isOutcome: Bool { self == .none || self == .exception || self == .outcome }
}

/// A slot and those below it.
struct StackSlot {
  let kind: SlotKind
  /// Index of the slot below; slot 0 is the bottom, which is no slot.
  let below: Int32
  /// Slots up to and with this one, a cause counted as one.
  let depth: Int32
  /// As many as there may be in memory.
  let size: Int32
}

/// What kind of statement set an exception block up.
enum BlockKind: UInt8 {
  case except, finally, with
}

/// An exception block: one for each instruction that sets one up. Block 0 is none.
struct VerifiedBlock {
  let kind: BlockKind
  /// Offsets of the instruction and of the handler.
  let setup: Int32
  let handler: Int32
  /// The block outside.
  let outer: BlockState
  /// Number of blocks up to and with this one.
  let level: Int32
  /// Depth of the stack that the handler counts on.
  let depth: Int32
  /// The stack after the `END_FINALLY` of the handler; -1: none has been met.
  var endStack: Int32 = -1
}

/// The innermost block and how far it has come.
struct BlockState: Equatable {
  let bits: Int32

  init(_ index: Int, isRunning: Bool = false, isCleaned: Bool = false) {
    bits = Int32(truncatingIfNeeded: index << 2 | (isRunning ? 1 : 0) | (isCleaned ? 2 : 0))
  }

  var index: Int { Int(bits >> 2) }
  /// Control is in the handler.
  var isRunning: Bool { bits & 1 != 0 }
  /// `WITH_CLEANUP` has been executed.
  var isCleaned: Bool { bits & 2 != 0 }

  static var none: BlockState { BlockState(0) }
}

/// What is known at an instruction.
struct FlowState {
  var stack: Int32
  var block: BlockState
}

/// A jump out of a `finally` block, to be gone on with where the block ends.
struct PendingUnwind {
  let block: Int
  /// The operands of the `UNWIND_JUMP`; the count is of what is left to do.
  let count: Int
  let target: Int
  let offset: Int
}
