// Errors of the lexer and the parser are small flat values; they become text in one place, the catalogue below. Texts that programs test
// are MicroPython's, the others say what CPython says in fewer words.

import Bytecode

/// Why a source does not compile, and where.
public struct SyntaxFailure: Error, Equatable, Sendable {
  /// Which exception Python sees.
  public enum Kind: UInt8, Sendable {
    case syntaxError, indentationError, tabError
    /// `NotImplementedError`, as upstream raises for `\N{...}`.
    case notImplemented
    /// `MemoryError`: there is none, or a limit of `ParserOptions` on the size of the tree was passed.
    case memory
    /// `RecursionError`: the native stack is used up.
    case recursion
    /// `RuntimeError`: the code is larger than the bytecode can express.
    case limit
    /// `KeyboardInterrupt`: the workspace says that somebody interrupts.
    case interruption
  }

  public let message: SyntaxMessage
  /// Line, from 1.
  public let line: UInt32
  /// Column, from 1: in characters for errors at a token, in bytes for errors at an expression.
  public let column: UInt32
  /// The input ended where more was expected: a console should ask for another line.
  public let atEndOfInput: Bool

  public init(_ message: SyntaxMessage, line: UInt32, column: UInt32, atEndOfInput: Bool = false) {
    self.message = message
    self.line = line
    self.column = column
    self.atEndOfInput = atEndOfInput
  }

  /// There is no memory. It has nothing to do with a line.
  @inline(never) static var outOfMemory: SyntaxFailure { SyntaxFailure(.outOfMemory, line: 0, column: 0) }

  /// An allocation failed, and not a limit.
  public var isOutOfMemory: Bool { message == .outOfMemory }

  /// Why a workspace says that the compilation must stop.
  @inline(never) static func stopped(_ space: UnsafeMutablePointer<Workspace>) -> SyntaxFailure {
    space.pointee.isExhausted ? outOfMemory : SyntaxFailure(.interrupted, line: 0, column: 0)
  }

  /// Which exception Python sees.
  public var kind: Kind {
    switch message {
    case .unexpectedIndent, .unindentMismatch, .expectedBlock, .tooDeepIndentation: .indentationError
    case .inconsistentTabs: .tabError
    case .unicodeName: .notImplemented
    case .tooLarge, .outOfMemory: .memory
    case .stackUsedUp: .recursion
    case .codeTooLarge: .limit
    case .interrupted: .interruption
    default: .syntaxError
    }
  }
}

/// The catalogue of syntax errors.
public enum SyntaxMessage: UInt8, Sendable {
  case invalidSyntax
  // Lexer
  case unexpectedIndent, unindentMismatch, expectedBlock, tooDeepIndentation, inconsistentTabs
  case unterminatedString, unterminatedTripleString, malformedFormat, invalidEscape, unicodeName, invalidUTF8, nonASCIIBytes, mixedBytes
  case mixedTemplate, invalidNumber, leadingZeros, afterBackslash, nameTooLong
  // Limits
  case tooDeep, tooLarge, stackUsedUp, outOfMemory, interrupted
  // Parser
  case expectedColon, unexpectedEnd, cannotAssign, cannotDelete, starNotTarget, multipleStars, starredHere
  case defaultExceptNotLast, mixedExcept, exceptAsNeedsParentheses
  case defaultBeforeNonDefault, parameterReused, namesAfterBareStar, typeParameterOrder, patternValue
  case positionalAfterKeyword, positionalAfterDoubleStar, starAfterDoubleStar, keywordNotName, keywordRepeated, bareGenerator
  case expectedPair, expectedSingle, dictionaryUnpackInComprehension, starInComprehension
  case patternNamesDiffer, patternUnreachable, patternNameReused, multipleStarPatterns, patternKeywordRepeated
  case multipleStatements
  // Emitter
  case breakOutsideLoop, returnOutsideFunction, yieldOutsideFunction, awaitOutsideFunction, asyncOutsideFunction, importStarNotModule
  case redefinedAsGlobal, redefinedAsNonlocal, noBindingForNonlocal, nonlocalInOuterCode
  case notAConstant, superWithoutSelf, invalidDecorator, codeTooLarge, walrusRebindsIteration

  /// The text, in ASCII.
  public var text: StaticString {
    switch self {
    case .invalidSyntax, .invalidEscape: "invalid syntax"
    case .unexpectedIndent: "unexpected indent"
    case .unindentMismatch: "unindent doesn't match any outer indent level"
    case .expectedBlock: "expected an indented block"
    case .tooDeepIndentation: "too many levels of indentation"
    case .inconsistentTabs: "inconsistent use of tabs and spaces in indentation"
    case .unterminatedString: "unterminated string literal"
    case .unterminatedTripleString: "unterminated triple-quoted string literal"
    case .malformedFormat: "malformed f-string"
    case .unicodeName: "unicode name escapes"
    case .invalidUTF8: "invalid UTF-8"
    case .nonASCIIBytes: "bytes can only contain ASCII literal characters"
    case .mixedBytes: "cannot mix bytes and nonbytes literals"
    case .mixedTemplate: "cannot mix t-string literals with string or bytes literals"
    case .invalidNumber: "invalid syntax for number"
    case .leadingZeros: "leading zeros in decimal integer literals are not permitted"
    case .afterBackslash: "unexpected character after line continuation character"
    case .nameTooLong: "name too long"
    case .tooDeep: "too many nested parentheses"
    case .stackUsedUp: "maximum recursion depth exceeded"
    case .tooLarge: "source too large"
    case .outOfMemory: "memory allocation failed"
    case .interrupted: ""
    default: parserText
    }
  }

  private var parserText: StaticString {
    switch self {
    case .expectedColon: "expected ':'"
    case .unexpectedEnd: "unexpected end of input"
    case .cannotAssign: "can't assign to expression"
    case .cannotDelete: "can't delete expression"
    case .starNotTarget: "*x must be assignment target"
    case .multipleStars: "multiple *x in assignment"
    case .starredHere: "can't use starred expression here"
    case .defaultExceptNotLast: "default 'except' must be last"
    case .mixedExcept: "cannot have both 'except' and 'except*' on the same 'try'"
    case .exceptAsNeedsParentheses: "multiple exception types must be parenthesized when using 'as'"
    case .defaultBeforeNonDefault: "non-default argument follows default argument"
    case .parameterReused: "argument name reused"
    case .namesAfterBareStar: "named arguments must follow bare *"
    case .typeParameterOrder: "non-default type parameter follows default type parameter"
    case .patternValue: "patterns may only match literals and attribute lookups"
    case .positionalAfterKeyword: "positional arg after keyword arg"
    case .positionalAfterDoubleStar: "positional arg after **"
    case .starAfterDoubleStar: "* arg after **"
    case .keywordNotName: "LHS of keyword arg must be an id"
    case .keywordRepeated: "keyword argument repeated"
    case .bareGenerator: "generator expression must be parenthesized"
    case .expectedPair: "expecting key:value for dict"
    case .expectedSingle: "expecting just a value for set"
    case .dictionaryUnpackInComprehension: "dict unpacking cannot be used in dict comprehension"
    case .starInComprehension: "iterable unpacking cannot be used in comprehension"
    case .patternNamesDiffer: "alternative patterns bind different names"
    case .patternUnreachable: "pattern makes remaining patterns unreachable"
    case .patternNameReused: "multiple assignments to name in pattern"
    case .multipleStarPatterns: "multiple starred expressions in sequence pattern"
    case .patternKeywordRepeated: "attribute name repeated in class pattern"
    case .multipleStatements: "multiple statements found while compiling a single statement"
    default: emitterText
    }
  }

  private var emitterText: StaticString {
    switch self {
    case .breakOutsideLoop: "'break'/'continue' outside loop"
    case .returnOutsideFunction: "'return' outside function"
    case .yieldOutsideFunction: "'yield' outside function"
    case .awaitOutsideFunction: "'await' outside function"
    case .asyncOutsideFunction: "async for/with outside async function"
    case .importStarNotModule: "import * not at module level"
    case .redefinedAsGlobal: "identifier redefined as global"
    case .redefinedAsNonlocal: "identifier redefined as nonlocal"
    case .noBindingForNonlocal: "no binding for nonlocal found"
    case .nonlocalInOuterCode: "can't declare nonlocal in outer code"
    case .notAConstant: "not a constant"
    case .superWithoutSelf: "super() can't find self"
    case .invalidDecorator: "invalid micropython decorator"
    case .codeTooLarge: "bytecode overflow"
    case .walrusRebindsIteration: "assignment expression cannot rebind comprehension iteration variable"
    default: "invalid syntax"
    }
  }
}
