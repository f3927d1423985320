// The exception types. Their rows are short: all built-in exceptions share one layout and one set of slots.

public struct ExceptionObject {
  public var header: ObjectHeader
  /// `args`.
  public var arguments: Value
  /// List of file name, line, function name; or null.
  public var traceback: Value
  public var cause: Value
  public var context: Value
  /// Dict of attributes that a program stored, or null.
  public var attributes: Value
  public var suppressesContext: Bool
  /// There was no memory for more of the traceback.
  public var isTracebackFull = false
}

/// One built-in exception type.
struct ExceptionRow {
  var name: Qstr
  var base: TypeID
  @_transparent init(_ name: Qstr, _ base: TypeID) {
    self.name = name
    self.base = base
  }
}

extension TypeID {
  @_transparent public static var baseException: TypeID { TypeID(64) }
  @_transparent public static var exception: TypeID { TypeID(65) }
  @_transparent public static var generatorExit: TypeID { TypeID(66) }
  @_transparent public static var keyboardInterrupt: TypeID { TypeID(67) }
  @_transparent public static var systemExit: TypeID { TypeID(68) }
  @_transparent public static var arithmeticError: TypeID { TypeID(69) }
  @_transparent public static var overflowError: TypeID { TypeID(70) }
  @_transparent public static var zeroDivisionError: TypeID { TypeID(71) }
  @_transparent public static var floatingPointError: TypeID { TypeID(72) }
  @_transparent public static var assertionError: TypeID { TypeID(73) }
  @_transparent public static var attributeError: TypeID { TypeID(74) }
  @_transparent public static var bufferError: TypeID { TypeID(75) }
  @_transparent public static var eofError: TypeID { TypeID(76) }
  @_transparent public static var importError: TypeID { TypeID(77) }
  @_transparent public static var moduleNotFoundError: TypeID { TypeID(78) }
  @_transparent public static var lookupError: TypeID { TypeID(79) }
  @_transparent public static var indexError: TypeID { TypeID(80) }
  @_transparent public static var keyError: TypeID { TypeID(81) }
  @_transparent public static var memoryError: TypeID { TypeID(82) }
  @_transparent public static var nameError: TypeID { TypeID(83) }
  @_transparent public static var unboundLocalError: TypeID { TypeID(84) }
  @_transparent public static var osError: TypeID { TypeID(85) }
  @_transparent public static var blockingIOError: TypeID { TypeID(86) }
  @_transparent public static var childProcessError: TypeID { TypeID(87) }
  @_transparent public static var connectionError: TypeID { TypeID(88) }
  @_transparent public static var brokenPipeError: TypeID { TypeID(89) }
  @_transparent public static var connectionAbortedError: TypeID { TypeID(90) }
  @_transparent public static var connectionRefusedError: TypeID { TypeID(91) }
  @_transparent public static var connectionResetError: TypeID { TypeID(92) }
  @_transparent public static var fileExistsError: TypeID { TypeID(93) }
  @_transparent public static var fileNotFoundError: TypeID { TypeID(94) }
  @_transparent public static var interruptedError: TypeID { TypeID(95) }
  @_transparent public static var isADirectoryError: TypeID { TypeID(96) }
  @_transparent public static var notADirectoryError: TypeID { TypeID(97) }
  @_transparent public static var permissionError: TypeID { TypeID(98) }
  @_transparent public static var processLookupError: TypeID { TypeID(99) }
  @_transparent public static var timeoutError: TypeID { TypeID(100) }
  @_transparent public static var referenceError: TypeID { TypeID(101) }
  @_transparent public static var runtimeError: TypeID { TypeID(102) }
  @_transparent public static var notImplementedError: TypeID { TypeID(103) }
  @_transparent public static var recursionError: TypeID { TypeID(104) }
  @_transparent public static var stopIteration: TypeID { TypeID(105) }
  @_transparent public static var stopAsyncIteration: TypeID { TypeID(106) }
  @_transparent public static var syntaxError: TypeID { TypeID(107) }
  @_transparent public static var indentationError: TypeID { TypeID(108) }
  @_transparent public static var tabError: TypeID { TypeID(109) }
  @_transparent public static var systemError: TypeID { TypeID(110) }
  @_transparent public static var typeError: TypeID { TypeID(111) }
  @_transparent public static var valueError: TypeID { TypeID(112) }
  @_transparent public static var unicodeError: TypeID { TypeID(113) }
  @_transparent public static var unicodeDecodeError: TypeID { TypeID(114) }
  @_transparent public static var unicodeEncodeError: TypeID { TypeID(115) }
  @_transparent public static var unicodeTranslateError: TypeID { TypeID(116) }
  @_transparent public static var viperTypeError: TypeID { TypeID(117) }
  @_transparent public static var warning: TypeID { TypeID(118) }
  @_transparent public static var bytesWarning: TypeID { TypeID(119) }
  @_transparent public static var deprecationWarning: TypeID { TypeID(120) }
  @_transparent public static var encodingWarning: TypeID { TypeID(121) }
  @_transparent public static var futureWarning: TypeID { TypeID(122) }
  @_transparent public static var importWarning: TypeID { TypeID(123) }
  @_transparent public static var pendingDeprecationWarning: TypeID { TypeID(124) }
  @_transparent public static var resourceWarning: TypeID { TypeID(125) }
  @_transparent public static var runtimeWarning: TypeID { TypeID(126) }
  @_transparent public static var syntaxWarning: TypeID { TypeID(127) }
  @_transparent public static var unicodeWarning: TypeID { TypeID(128) }
  @_transparent public static var userWarning: TypeID { TypeID(129) }
  @_transparent public static var baseExceptionGroup: TypeID { TypeID(130) }
  @_transparent public static var exceptionGroup: TypeID { TypeID(131) }
}

/// In the order of the numbers above.
let exceptionRows: InlineArray<_, ExceptionRow> = [
  ExceptionRow(.BaseException, .object), ExceptionRow(.Exception, .baseException), ExceptionRow(.GeneratorExit, .baseException),
  ExceptionRow(.KeyboardInterrupt, .baseException), ExceptionRow(.SystemExit, .baseException), ExceptionRow(.ArithmeticError, .exception),
  ExceptionRow(.OverflowError, .arithmeticError), ExceptionRow(.ZeroDivisionError, .arithmeticError),
  ExceptionRow(.FloatingPointError, .arithmeticError), ExceptionRow(.AssertionError, .exception), ExceptionRow(.AttributeError, .exception),
  ExceptionRow(.BufferError, .exception), ExceptionRow(.EOFError, .exception), ExceptionRow(.ImportError, .exception),
  ExceptionRow(.ModuleNotFoundError, .importError), ExceptionRow(.LookupError, .exception), ExceptionRow(.IndexError, .lookupError),
  ExceptionRow(.KeyError, .lookupError), ExceptionRow(.MemoryError, .exception), ExceptionRow(.NameError, .exception),
  ExceptionRow(.UnboundLocalError, .nameError), ExceptionRow(.OSError, .exception), ExceptionRow(.BlockingIOError, .osError),
  ExceptionRow(.ChildProcessError, .osError), ExceptionRow(.ConnectionError, .osError), ExceptionRow(.BrokenPipeError, .connectionError),
  ExceptionRow(.ConnectionAbortedError, .connectionError), ExceptionRow(.ConnectionRefusedError, .connectionError),
  ExceptionRow(.ConnectionResetError, .connectionError), ExceptionRow(.FileExistsError, .osError),
  ExceptionRow(.FileNotFoundError, .osError),
  ExceptionRow(.InterruptedError, .osError), ExceptionRow(.IsADirectoryError, .osError), ExceptionRow(.NotADirectoryError, .osError),
  ExceptionRow(.PermissionError, .osError), ExceptionRow(.ProcessLookupError, .osError), ExceptionRow(.TimeoutError, .osError),
  ExceptionRow(.ReferenceError, .exception), ExceptionRow(.RuntimeError, .exception), ExceptionRow(.NotImplementedError, .runtimeError),
  ExceptionRow(.RecursionError, .runtimeError), ExceptionRow(.StopIteration, .exception), ExceptionRow(.StopAsyncIteration, .exception),
  ExceptionRow(.SyntaxError, .exception), ExceptionRow(.IndentationError, .syntaxError), ExceptionRow(.TabError, .indentationError),
  ExceptionRow(.SystemError, .exception), ExceptionRow(.TypeError, .exception), ExceptionRow(.ValueError, .exception),
  ExceptionRow(.UnicodeError, .valueError), ExceptionRow(.UnicodeDecodeError, .unicodeError),
  ExceptionRow(.UnicodeEncodeError, .unicodeError),
  ExceptionRow(.UnicodeTranslateError, .unicodeError), ExceptionRow(.ViperTypeError, .typeError), ExceptionRow(.Warning, .exception),
  ExceptionRow(.BytesWarning, .warning), ExceptionRow(.DeprecationWarning, .warning), ExceptionRow(.EncodingWarning, .warning),
  ExceptionRow(.FutureWarning, .warning), ExceptionRow(.ImportWarning, .warning), ExceptionRow(.PendingDeprecationWarning, .warning),
  ExceptionRow(.ResourceWarning, .warning), ExceptionRow(.RuntimeWarning, .warning), ExceptionRow(.SyntaxWarning, .warning),
  ExceptionRow(.UnicodeWarning, .warning), ExceptionRow(.UserWarning, .warning), ExceptionRow(.BaseExceptionGroup, .baseException),
  ExceptionRow(.ExceptionGroup, .exception),
]
