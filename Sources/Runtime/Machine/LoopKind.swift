// The four stack slots that a `for` loop has in either form of code; `startLoop` fills them, FOR_ITER and `forIterate` read them.

/// What the first of the four stack slots of a `for` loop says; other values mean that the second holds an iterator.
enum LoopKind {
  /// current, remaining turns as small integer, step
  static var range: UInt { Value(smallInt: 1).bits }
  /// list, position
  static var list: UInt { Value(smallInt: 2).bits }
  /// tuple, position
  static var tuple: UInt { Value(smallInt: 3).bits }
  /// dict or set, position, number of entries when the loop began
  static var dict: UInt { Value(smallInt: 4).bits }
  /// str, offset in bytes
  static var text: UInt { Value(smallInt: 5).bits }
  /// bytes, bytearray or array, position
  static var sequence: UInt { Value(smallInt: 6).bits }
}
