// What upstream's cross compiler knows without being told: long strings that its own code interns, constants of modules it has built in.
// Output that is to match byte for byte needs both.

import Bytecode

enum StaticNamePool {
  /// Is a long string stored as a name though no program has used it as one?
  static func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in 0..<upstreamOnly.count where equal(upstreamOnly.span[index], text) { return true }
    return StaticNames.index(of: text) != nil
  }

  /// `math.pi` and its kin.
  static func mathConstant(_ name: UnsafeBufferPointer<UInt8>) -> Double? {
    if equal("pi", name) { return 3.14159265358979323846 }
    if equal("e", name) { return 2.71828182845904523536 }
    if equal("tau", name) { return 6.28318530717958647692 }
    if equal("inf", name) { return .infinity }
    if equal("nan", name) { return .nan }
    return nil
  }

  private static func equal(_ a: StaticString, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    a.utf8CodeUnitCount == b.count && UnsafeBufferPointer(start: a.utf8Start, count: b.count).elementsEqual(b)
  }

  /// Strings of more than ten bytes in upstream's mpy-cross that are not in the fixed list of the .mpy format.
  private static let upstreamOnly: InlineArray<26, StaticString> = [
    "Interpolation", "StopAsyncIteration", "UnicodeError", "ViperTypeError", "__build_class__", "__complex__", "__contains__",
    "__repl_print__", "__reversed__", "__template__", "__traceback__", "bound_method", "difference_update", "format_spec", "heap_unlock",
    "interpolations", "intersection", "intersection_update", "maximum recursion depth exceeded", "string.templatelib",
    "symmetric_difference", "symmetric_difference_update", "templatelib", "unpack_from", "vcvt_f32_s32", "vcvt_s32_f32",
  ]
}

extension NameTable {
  /// The number of a name that is an identifier, or none. Linear; for the cross compiler's long strings only.
  func find(_ text: UnsafeBufferPointer<UInt8>) -> NameIndex {
    if text.contains(0x2e) { return .none }
    for number in 1..<UInt32(truncatingIfNeeded: count) {
      let name = self[NameIndex(number)]
      if name.count == text.count && name.elementsEqual(text) { return NameIndex(number) }
    }
    return .none
  }
}
