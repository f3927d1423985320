// What a compilation may do beyond MicroPython's cross compiler.

/// How to compile.
public struct CompileOptions: Sendable {
  /// `-O`: from 1 on no assertions and `__debug__` is False, from 2 on no documentation strings, from 3 on no line numbers.
  public var optimization = 0
  /// CPython's behaviour where bytecode can express it: private names are mangled, f-strings are built by instructions of their own, dict
  /// displays evaluate keys first, coroutines are marked, type annotations can be asked for.
  public var cpythonExtensions = true
  /// Functions, classes and modules keep `__doc__`.
  public var storesDocumentation = true
  /// Functions, classes and modules can compute `__annotations__`.
  public var storesAnnotations = true
  /// Nested functions and classes know their `__qualname__`.
  public var storesQualifiedNames = true
  /// Code knows its line numbers (with `-O3` it does not in any case).
  public var storesLines = true
  /// `await` outside of functions (an asynchronous console).
  public var allowsTopLevelAwait = false
  /// Bits of the small integers that `LOAD_CONST_SMALL_INT` may load.
  public var smallIntBits = 63
  public var parser = ParserOptions()

  public init() {}

  /// What upstream's mpy-cross does: files that any MicroPython loads.
  public static var crossCompiler: CompileOptions {
    var options = CompileOptions()
    options.cpythonExtensions = false
    options.storesDocumentation = false
    options.storesAnnotations = false
    options.storesQualifiedNames = false
    options.smallIntBits = 31
    return options
  }

  func isSmall(_ value: Int) -> Bool {
    let bits = min(smallIntBits, Int.bitWidth - 1)
    return value >> (bits - 1) == 0 || value >> (bits - 1) == -1
  }
}
