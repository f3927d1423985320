// Interruption.swift — how a long computation asks whether it should stop.
// Numerics knows nothing of signals or schedulers: the interpreter hands in a function and a word of context.

/// A question that long operations ask every few milliseconds of work: "should I stop?".
///
/// Passed `inout`, since it also carries the budget of work left until the next question and whether the answer was yes.
/// Once tripped it stays tripped, so that nested operations unwind without asking again.
public struct Interruption {
  /// Answers true when the operation is to be abandoned.
  public typealias Poll = @convention(thin) (UnsafeMutableRawPointer?) -> Bool

  @usableFromInline let poll: Poll
  @usableFromInline let context: UnsafeMutableRawPointer?
  @usableFromInline var budget: Int
  /// True once the poll function answered true.
  public private(set) var isTripped = false

  /// Inner-loop steps between two questions: about a millisecond on a host, a few on a chip.
  @usableFromInline static var period: Int {
    @inline(__always) get { UInt.bitWidth == 64 ? 1 << 20 : 1 << 15 }
  }

  /// A question answered by `poll(context)`.
  @inlinable
  public init(context: UnsafeMutableRawPointer?, poll: @escaping Poll) {
    self.poll = poll
    self.context = context
    self.budget = Interruption.period
  }

  /// A computation that nothing interrupts.
  public static var never: Interruption {
    Interruption(context: nil, poll: { _ in false })
  }

  /// Accounts for `work` inner-loop steps; true when the operation must return.
  @inline(__always)
  mutating func spend(_ work: Int) -> Bool {
    budget &-= work
    return budget < 0 ? ask() : false
  }

  @inline(never)
  private mutating func ask() -> Bool {
    if isTripped { return true }
    if poll(context) {
      isTripped = true
      return true
    }
    budget = Interruption.period
    return false
  }
}
