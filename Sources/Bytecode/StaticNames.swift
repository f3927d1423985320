// The names that every MicroPython knows by number, so that .mpy files need not spell them. Order and numbers are part of the format.

/// The fixed list. (Its functions are not for clients to copy: from there the table would be reached through an initialiser that runs once.)
public enum StaticNames {
  /// One more than the highest number; number 0 is no name.
  @export(interface) @inline(never) public static var count: Int { texts.count + 1 }

  /// Name number `index`, from 1.
  @export(interface) @inline(never) public static func text(_ index: Int) -> StaticString { texts.span[index - 1] }

  /// The number of a name, or nil. Linear in the list.
  @export(interface) @inline(never) public static func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    for index in 0..<texts.count {
      let text = texts.span[index]
      if text.utf8CodeUnitCount == name.count && UnsafeBufferPointer(start: text.utf8Start, count: name.count).elementsEqual(name) {
        return index + 1
      }
    }
    return nil
  }

  static let texts: InlineArray<165, StaticString> = [
    "", "__dir__", "\n", " ", "*", "/", "<module>", "_", "__call__", "__class__", "__delitem__", "__enter__", "__exit__", "__getattr__",
    "__getitem__", "__hash__", "__init__", "__int__", "__iter__", "__len__", "__main__", "__module__", "__name__", "__new__", "__next__",
    "__qualname__", "__repr__", "__setitem__", "__str__", "ArithmeticError", "AssertionError", "AttributeError", "BaseException",
    "EOFError", "Ellipsis", "Exception", "GeneratorExit", "ImportError", "IndentationError", "IndexError", "KeyError",
    "KeyboardInterrupt", "LookupError", "MemoryError", "NameError", "NoneType", "NotImplementedError", "OSError", "OverflowError",
    "RuntimeError", "StopIteration", "SyntaxError", "SystemExit", "TypeError", "ValueError", "ZeroDivisionError", "abs", "all", "any",
    "append", "args", "bool", "builtins", "bytearray", "bytecode", "bytes", "callable", "chr", "classmethod", "clear", "close", "const",
    "copy", "count", "dict", "dir", "divmod", "end", "endswith", "eval", "exec", "extend", "find", "format", "from_bytes", "get",
    "getattr", "globals", "hasattr", "hash", "id", "index", "insert", "int", "isalpha", "isdigit", "isinstance", "islower", "isspace",
    "issubclass", "isupper", "items", "iter", "join", "key", "keys", "len", "list", "little", "locals", "lower", "lstrip", "main", "map",
    "micropython", "next", "object", "open", "ord", "pop", "popitem", "pow", "print", "range", "read", "readinto", "readline", "remove",
    "replace", "repr", "reverse", "rfind", "rindex", "round", "rsplit", "rstrip", "self", "send", "sep", "set", "setattr", "setdefault",
    "sort", "sorted", "split", "start", "startswith", "staticmethod", "step", "stop", "str", "strip", "sum", "super", "throw",
    "to_bytes", "tuple", "type", "update", "upper", "utf-8", "value", "values", "write", "zip",
  ]
}
