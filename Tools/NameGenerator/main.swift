// Collects the Python names that Swift code mentions and writes Sources/Runtime/Generated/Names.swift.
//
// Usage: name-generator ROOT [--check]
//
// A name is mentioned as `Qstr.name`, or as the first argument of a table row: `Method(.name, …)`, `Entry(.name, …)`, `TypeRow(.name, …)`,
// `ModuleRow(.name, …)`, `ExceptionRow(.name, …)`. With --check nothing is written and the exit status is 1 if the file is stale.
import Foundation

/// The list every .mpy file may refer to by number; position + 1 is the number (.mpy format, "static qstrs").
let fixed: [String] = [
  "__dir__", "\n", " ", "*", "/", "<module>", "_", "__call__", "__class__", "__delitem__", "__enter__", "__exit__", "__getattr__",
  "__getitem__", "__hash__", "__init__", "__int__", "__iter__", "__len__", "__main__", "__module__", "__name__", "__new__", "__next__",
  "__qualname__", "__repr__", "__setitem__", "__str__", "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "EOFError",
  "Ellipsis", "Exception", "GeneratorExit", "ImportError", "IndentationError", "IndexError", "KeyError", "KeyboardInterrupt", "LookupError",
  "MemoryError", "NameError", "NoneType", "NotImplementedError", "OSError", "OverflowError", "RuntimeError", "StopIteration", "SyntaxError",
  "SystemExit", "TypeError", "ValueError", "ZeroDivisionError", "abs", "all", "any", "append", "args", "bool", "builtins", "bytearray",
  "bytecode", "bytes", "callable", "chr", "classmethod", "clear", "close", "const", "copy", "count", "dict", "dir", "divmod", "end",
  "endswith", "eval", "exec", "extend", "find", "format", "from_bytes", "get", "getattr", "globals", "hasattr", "hash", "id", "index",
  "insert", "int", "isalpha", "isdigit", "isinstance", "islower", "isspace", "issubclass", "isupper", "items", "iter", "join", "key",
  "keys",
  "len", "list", "little", "locals", "lower", "lstrip", "main", "map", "micropython", "next", "object", "open", "ord", "pop", "popitem",
  "pow", "print", "range", "read", "readinto", "readline", "remove", "replace", "repr", "reverse", "rfind", "rindex", "round", "rsplit",
  "rstrip", "self", "send", "sep", "set", "setattr", "setdefault", "sort", "sorted", "split", "start", "startswith", "staticmethod", "step",
  "stop", "str", "strip", "sum", "super", "throw", "to_bytes", "tuple", "type", "update", "upper", "utf-8", "value", "values", "write",
  "zip",
]

/// Swift spelling of names that are not identifiers.
let spelled: [String: String] = [
  "": "empty", "\n": "newline", " ": "space", "*": "star", "/": "slash", "<module>": "moduleBody", "utf-8": "utf8",
  "<lambda>": "lambdaName",
  "<genexpr>": "generatorExpressionName", "<listcomp>": "listComprehensionName", "<dictcomp>": "dictComprehensionName",
  "<setcomp>": "setComprehensionName", "<string>": "stringSource", ">>> ": "prompt1", "... ": "prompt2", "_": "underscore",
  "<stdin>": "standardInputSource", "builtin_function_or_method": "builtinFunction",
  "method-wrapper": "methodWrapper", "string.templatelib": "stringTemplatelib",
]
let unspelled = Dictionary(uniqueKeysWithValues: spelled.map { ($1, $0) })
/// Swift words that need another Swift name, or back quotes.
let renamed: [String: String] = ["init": "initName", "self": "selfName", "Type": "TypeName", "Protocol": "ProtocolName"]
let keywords: Set<String> = [
  "as", "in", "is", "import", "default", "repeat", "return", "throw", "throws", "try", "class", "struct", "enum", "func", "let", "var",
  "if", "else",
  "for", "while", "do", "break", "continue", "switch", "case", "where", "guard", "defer", "extension", "protocol", "operator", "super",
  "true",
  "false", "nil", "static", "public", "internal", "private", "inout", "associatedtype", "typealias", "deinit", "subscript", "rethrows",
  "catch", "Any",
  "fileprivate",
]

func swiftName(_ text: String) -> String {
  if let name = spelled[text] ?? renamed[text] { return name }
  if text.utf8.count == 1, let byte = text.utf8.first, !(byte == 95 || byte >= 65 && byte <= 90 || byte >= 97 && byte <= 122) {
    return "character\(byte)"
  }
  return keywords.contains(text) ? "`\(text)`" : text
}

func mentionedNames(in root: URL) throws -> [String] {
  let renamedBack = Dictionary(uniqueKeysWithValues: renamed.map { ($1, $0) })
  let members: Set<String> = ["init", "character", "firstCharacter", "fixedCount"]
  var names: Set<String> = []
  let pattern = /\b(?:Qstr|(?:Method|Entry|TypeRow|ModuleRow|ExceptionRow)\(\s*(?:name: )?)\.(?:`(\w+)`|(\w+))|\.(__\w+__)\b/
  for folder in [
    "Sources/Runtime", "Sources/Library", "Sources/Taipan", "Sources/Hardware", "Sources/Filesystem", "Sources/Console", "Ports/Unix",
  ] {
    guard let files = FileManager.default.enumerator(at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil) else {
      continue
    }
    for case let file as URL in files where file.pathExtension == "swift" && !file.path.contains("/Generated/") {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: pattern) {
        let name = String(match.output.1 ?? match.output.2 ?? match.output.3!)
        if members.contains(name) || name.hasPrefix("character") && Int(name.dropFirst(9)) != nil { continue }
        names.insert(unspelled[name] ?? renamedBack[name] ?? name)
      }
    }
  }
  return names.sorted()
}

func escaped(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case _ where scalar.value < 32 || scalar.value == 127: "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }.joined()
}

/// All names in numeric order: the empty one, the fixed list, the ASCII characters, then the others sorted.
func orderedNames(_ mentioned: [String]) -> [String] {
  var names = [""] + fixed
  let characters = (0..<128).map { String(UnicodeScalar(UInt8($0))) }
  names += characters
  let known = Set(names)
  names += mentioned.filter { !known.contains($0) }
  return names
}

func generated(_ names: [String]) -> String {
  var text = """
    // Generated by name-generator from the names that Swift code mentions. Do not edit.
    // swift-format-ignore-file

    extension Qstr {
      /// How many names are part of the program.
      @inlinable public static var fixedCount: Int { \(names.count) }
      /// The number of the one-character name of ASCII character 0; those of the others follow.
      @inlinable public static var firstCharacter: UInt32 { \(fixed.count + 1) }

    """
  var seen: Set<String> = []
  for (number, name) in names.enumerated() {
    // One-character names of the fixed list stand again among the characters, where all look-ups find them.
    if number > 0 && number <= fixed.count && name.utf8.count == 1 { continue }
    guard seen.insert(name).inserted else { continue }
    text += "  @_transparent public static var \(swiftName(name)): Qstr { Qstr(\(number)) }\n"
  }
  text +=
    "}\n\n/// The text of all names, one after the other, and where each begins.\nenum NameTable {\n  static let text: StaticString =\n    \""
  var offsets: [Int] = [0]
  for name in names { offsets.append(offsets.last! + name.utf8.count) }
  // Three characters of six bits each: a string literal has an address, while an array would be copied at every access.
  let digits = offsets.map { offset in
    String([12, 6, 0].map { shift in Character(UnicodeScalar(UInt8(48 + (offset >> shift & 63)))) })
  }
  text +=
    names.map(escaped).joined()
    + "\"\n  /// Three characters an offset, see `Names.fixedText`.\n  static let offsets: StaticString =\n    \""
  return text + digits.map(escaped).joined() + "\"\n}\n"
}

let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  FileHandle.standardError.write(Data("usage: name-generator ROOT [--check]\n".utf8))
  exit(2)
}
let root = URL(fileURLWithPath: arguments[1])
let output = root.appendingPathComponent("Sources/Runtime/Generated/Names.swift")
let text = generated(orderedNames(try mentionedNames(in: root)))
let current = try? String(contentsOf: output, encoding: .utf8)
if arguments.contains("--check") {
  if current != text { print("\(output.lastPathComponent) is stale: run Scripts/generate-names") }
  exit(current == text ? 0 : 1)
}
if current != text {
  try FileManager.default.createDirectory(at: output.deletingLastPathComponent(), withIntermediateDirectories: true)
  try text.write(to: output, atomically: true, encoding: .utf8)
}
