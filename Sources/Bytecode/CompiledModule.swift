// What the compiler hands to the runtime and what a .mpy file holds: a tree of code objects over one table of names and one of constants.
// The layout follows the .mpy v6 format (https://docs.micropython.org/en/latest/reference/mpyfiles.html): instructions name strings and
// constants by their index in these tables.

/// One source file after compilation.
public struct CompiledModule {
  /// UTF-8 text of every name and interned string that instructions refer to; operand *n* means `names[n]`. `names[0]` is the source file's name.
  public var names: [[UInt8]]
  /// Operands of `LOAD_CONST_OBJ`.
  public var constants: [Constant]
  /// The code of the module's body.
  public var root: CompiledCode

  public init(names: [[UInt8]], constants: [Constant], root: CompiledCode) {
    self.names = names
    self.constants = constants
    self.root = root
  }
}

/// One function, class body, comprehension or module body.
public struct CompiledCode {
  /// Prelude, code info (name, argument names, line table) and instructions, exactly as a .mpy file stores them.
  public var bytes: [UInt8]
  /// Operands of `MAKE_FUNCTION` and its kin, in order.
  public var children: [CompiledCode]

  public init(bytes: [UInt8], children: [CompiledCode]) {
    self.bytes = bytes
    self.children = children
  }
}

/// A constant that does not fit an instruction.
public indirect enum Constant {
  case none
  case `true`
  case `false`
  case ellipsis
  /// Text that is not worth interning; UTF-8.
  case string([UInt8])
  case bytes([UInt8])
  /// An integer of any size, little-endian magnitude in 32-bit limbs without leading zeros.
  case integer(negative: Bool, magnitude: [UInt32])
  case float(Double)
  case complex(real: Double, imaginary: Double)
  case tuple([Constant])
}
