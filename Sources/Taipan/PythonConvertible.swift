// Swift types that cross the border.

/// A Swift type with a Python counterpart.
public protocol PythonConvertible {
  /// Nil if the value is not of the counterpart's type.
  init?(pythonValue: PythonValue)
  var pythonValue: PythonValue { get }
  /// What a Python programmer calls the type, for messages.
  static var pythonTypeName: String { get }
}

extension PythonValue: PythonConvertible {
  public init?(pythonValue: PythonValue) { self = pythonValue }
  public var pythonValue: PythonValue { self }
  public static var pythonTypeName: String { "object" }
}

extension Bool: PythonConvertible {
  public init?(pythonValue: PythonValue) {
    guard case .bool(let bool) = pythonValue else { return nil }
    self = bool
  }
  public var pythonValue: PythonValue { .bool(self) }
  public static var pythonTypeName: String { "bool" }
}

extension Int: PythonConvertible {
  /// As in Python, True and False are integers.
  public init?(pythonValue: PythonValue) {
    switch pythonValue {
    case .int(let integer): self = integer
    case .bool(let bool): self = bool ? 1 : 0
    default: return nil
    }
  }
  public var pythonValue: PythonValue { .int(self) }
  public static var pythonTypeName: String { "int" }
}

extension Double: PythonConvertible {
  public init?(pythonValue: PythonValue) {
    switch pythonValue {
    case .float(let float): self = float
    case .int(let integer): self = Double(integer)
    default: return nil
    }
  }
  public var pythonValue: PythonValue { .float(self) }
  public static var pythonTypeName: String { "float" }
}

extension String: PythonConvertible {
  public init?(pythonValue: PythonValue) {
    guard case .string(let string) = pythonValue else { return nil }
    self = string
  }
  public var pythonValue: PythonValue { .string(self) }
  public static var pythonTypeName: String { "str" }
}

extension Optional: PythonConvertible where Wrapped: PythonConvertible {
  /// None is nil.
  public init?(pythonValue: PythonValue) {
    if case .none = pythonValue {
      self = .none
      return
    }
    guard let value = Wrapped(pythonValue: pythonValue) else { return nil }
    self = .some(value)
  }
  public var pythonValue: PythonValue { self?.pythonValue ?? PythonValue.none }
  public static var pythonTypeName: String { Wrapped.pythonTypeName }
}

/// Lists and tuples. Bytes are `PythonValue.bytes`; an array of `UInt8` is one too.
extension Array: PythonConvertible where Element: PythonConvertible {
  public init?(pythonValue: PythonValue) {
    let items: [PythonValue]
    switch pythonValue {
    case .list(let list): items = list
    case .tuple(let tuple): items = tuple
    case .bytes(let bytes): items = bytes.map { .int(Int($0)) }
    default: return nil
    }
    self = []
    reserveCapacity(items.count)
    for item in items {
      guard let element = Element(pythonValue: item) else { return nil }
      append(element)
    }
  }
  public var pythonValue: PythonValue {
    let items = map { $0.pythonValue }
    guard Element.self == UInt8.self else { return .list(items) }
    return .bytes(items.map { UInt8(truncatingIfNeeded: Int(pythonValue: $0) ?? 0) })
  }
  public static var pythonTypeName: String { "list" }
}

/// A byte of a `bytes`, or an integer from 0 to 255.
extension UInt8: PythonConvertible {
  public init?(pythonValue: PythonValue) {
    guard let integer = Int(pythonValue: pythonValue), let byte = UInt8(exactly: integer) else { return nil }
    self = byte
  }
  public var pythonValue: PythonValue { .int(Int(self)) }
  public static var pythonTypeName: String { "int" }
}

extension Dictionary: PythonConvertible where Key: PythonConvertible, Value: PythonConvertible {
  public init?(pythonValue: PythonValue) {
    guard case .dict(let entries) = pythonValue else { return nil }
    self = [:]
    for entry in entries {
      guard let key = Key(pythonValue: entry.key), let value = Value(pythonValue: entry.value) else { return nil }
      self[key] = value
    }
  }
  public var pythonValue: PythonValue { .dict(map { PythonEntry($0.key.pythonValue, $0.value.pythonValue) }) }
  public static var pythonTypeName: String { "dict" }
}
