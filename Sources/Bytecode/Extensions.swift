// Operands of Taipan's own instructions. A file that uses none of them loads into upstream MicroPython too.

/// Operand of `SET_FUNCTION_ATTRIBUTE`.
public enum FunctionAttribute: UInt8, Sendable {
  /// `__doc__`: a string.
  case documentation
  /// `__qualname__`: a string; emitted only where it differs from the name.
  case qualifiedName
  /// `__annotate__`: a function without parameters that returns the dict of annotations; run when `__annotations__` is first asked for.
  case annotate
  /// `__type_params__`: a tuple.
  case typeParameters
}

/// Operand of `LOAD_INTRINSIC`: runtime functions that emitted code calls like any other.
public enum Intrinsic: UInt8, Sendable {
  /// `(name) -> TypeVar`, `(name, bound) -> TypeVar`; `bound` is a function without parameters.
  case typeVariable
  /// `(name) -> TypeVarTuple`
  case typeVariableTuple
  /// `(name) -> ParamSpec`
  case parameterSpecification
  /// `(variable, function) -> variable`: sets the default of a type parameter, computed by a function without parameters.
  case typeParameterDefault
  /// `(name, typeParameters, function) -> TypeAliasType`, whose value is computed by a function without parameters.
  case typeAlias
  /// `(typeParameters) -> base`: what `class C[T]` adds to its bases (`Generic[T]`).
  case genericBase
  /// `(exception) -> state` for `except*`: wraps a plain exception into a group.
  case groupBegin
  /// `(state, type) -> group | None`: takes from what is left of the group the part that matches.
  case groupMatch
  /// `(state, exception) -> None`: notes an exception raised by a handler. If it is the exception that the statement caught (a bare `raise`),
  /// what is meant is the part that the handler matched.
  case groupRaised
  /// `(state) -> exception | None`: what is to be raised after the last handler.
  case groupEnd
  /// `(iterable) -> tuple`
  case tupleFromIterable
  /// The class `BaseException`; no function.
  case baseException
}

/// Operand of `MATCH`.
public enum MatchOperation: UInt8, Sendable {
  /// `subject -> subject bool`: is it a sequence (neither str nor bytes nor bytearray)?
  case sequence
  /// `subject -> subject bool`: is it a mapping?
  case mapping
  /// `subject keys -> subject values`: the tuple of values of the tuple of keys, or None if one is absent.
  case keys
  /// `subject -> subject length`
  case length
  /// `subject keys -> subject dict`: a copy without the keys.
  case rest
  /// `subject class names -> values`: the tuple of attributes for a class pattern, or None if it does not match. The operand is this value
  /// plus the count of positional patterns; `names` is the tuple of keyword names.
  case classPattern
}

/// Flags of a prelude's signature.
public enum ScopeFlag {
  public static var generator: Int { 0x01 }
  public static var variadicKeywords: Int { 0x02 }
  public static var variadicArguments: Int { 0x04 }
  public static var keywordDefaults: Int { 0x08 }
  /// Taipan: an `async def` or asynchronous comprehension. Upstream ignores it.
  public static var coroutine: Int { 0x10 }
  /// Taipan: a coroutine that yields. Upstream ignores it.
  public static var asynchronousGenerator: Int { 0x20 }
}
