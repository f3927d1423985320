// What crosses the border between Swift and Python by copy.

/// A Python value as Swift sees it: None, numbers, text, bytes and containers are copied; every other object is a handle.
///
/// Literals make values, so that arguments read naturally:
///
///     try python.call("report", "speed", 3, [1.5, true])
public enum PythonValue: Equatable {
  case none
  case bool(Bool)
  /// An integer that fits; larger ones arrive as `object`.
  case int(Int)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case list([PythonValue])
  case tuple([PythonValue])
  /// A dict in its order.
  case dict([PythonEntry])
  /// Any other object, kept alive by the handle.
  case object(PythonObject)
}

/// One entry of a dict.
public struct PythonEntry: Equatable {
  public var key: PythonValue
  public var value: PythonValue

  public init(_ key: PythonValue, _ value: PythonValue) {
    self.key = key
    self.value = value
  }
}

extension PythonValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByStringLiteral {
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(stringLiteral value: String) { self = .string(value) }
}

extension PythonValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral {
  public init(arrayLiteral elements: PythonValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (PythonValue, PythonValue)...) { self = .dict(elements.map { PythonEntry($0.0, $0.1) }) }
  public init(nilLiteral: ()) { self = .none }
}

extension PythonValue {
  /// The value as a Swift type; nil if it is of another kind. Integers count as floats, but not the other way round.
  public func converted<Result: PythonConvertible>(to type: Result.Type = Result.self) -> Result? { Result(pythonValue: self) }

  /// The name of the Python type, for messages.
  var typeName: String {
    switch self {
    case .none: return "NoneType"
    case .bool: return "bool"
    case .int: return "int"
    case .float: return "float"
    case .string: return "str"
    case .bytes: return "bytes"
    case .list: return "list"
    case .tuple: return "tuple"
    case .dict: return "dict"
    case .object: return "object"
    }
  }
}

extension PythonValue: CustomStringConvertible {
  /// Text as it is; containers in brackets with their strings in quotes.
  public var description: String {
    switch self {
    case .none: return "None"
    case .bool(let bool): return bool ? "True" : "False"
    case .int(let integer): return String(integer)
    case .float(let float): return float.description
    case .string(let string): return string
    case .bytes(let bytes): return bracketed("bytes(", bytes.map { PythonValue.int(Int($0)) }, ")")
    case .list(let items): return bracketed("[", items, "]")
    case .tuple(let items): return bracketed("(", items, ")")
    case .dict(let entries):
      var text = "{"
      for entry in entries {
        if text != "{" { text += ", " }
        text += entry.key.quoted + ": " + entry.value.quoted
      }
      return text + "}"
    case .object(let object): return "<" + object.typeName + ">"
    }
  }

  private var quoted: String {
    if case .string(let string) = self { return "'" + string + "'" }
    return description
  }

  private func bracketed(_ open: String, _ items: [PythonValue], _ close: String) -> String {
    var text = open
    for index in items.indices { text += (index == 0 ? "" : ", ") + items[index].quoted }
    return text + close
  }
}
