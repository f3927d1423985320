// Python exceptions as Swift errors, both ways.

/// A Python exception: one that a program raised and nobody caught, or one that a Swift function raises.
///
/// It is one reference, so that throwing it costs little.
public struct PythonError: Error, CustomStringConvertible {
  /// An exception type, by the name it has in Python.
  public struct Kind: Equatable, Sendable {
    public let name: String
    public init(_ name: String) { self.name = name }

    public static var exception: Kind { Kind("Exception") }
    public static var typeError: Kind { Kind("TypeError") }
    public static var valueError: Kind { Kind("ValueError") }
    public static var keyError: Kind { Kind("KeyError") }
    public static var indexError: Kind { Kind("IndexError") }
    public static var nameError: Kind { Kind("NameError") }
    public static var attributeError: Kind { Kind("AttributeError") }
    public static var runtimeError: Kind { Kind("RuntimeError") }
    public static var osError: Kind { Kind("OSError") }
    public static var memoryError: Kind { Kind("MemoryError") }
    public static var syntaxError: Kind { Kind("SyntaxError") }
    public static var zeroDivisionError: Kind { Kind("ZeroDivisionError") }
    public static var keyboardInterrupt: Kind { Kind("KeyboardInterrupt") }
    public static var systemExit: Kind { Kind("SystemExit") }
  }

  final class Storage {
    let kind: Kind
    let message: String
    let traceback: String
    let exception: PythonObject?
    init(_ kind: Kind, _ message: String, _ traceback: String, _ exception: PythonObject?) {
      self.kind = kind
      self.message = message
      self.traceback = traceback
      self.exception = exception
    }
  }
  // Immutable once made; the handle in it belongs to the thread of its interpreter, as all handles do.
  nonisolated(unsafe) let storage: Storage

  /// An exception for a Swift function to throw: Python code that called it can catch it.
  public init(_ kind: Kind, _ message: String) { storage = Storage(kind, message, "", nil) }

  init(_ kind: Kind, _ message: String, traceback: String, exception: PythonObject?) {
    storage = Storage(kind, message, traceback, exception)
  }

  /// The type's name; for a class of the program that class's own.
  public var kind: Kind { storage.kind }
  /// `str(exception)`.
  public var message: String { storage.message }
  /// What Python would print, with the places in the program; empty for errors made in Swift.
  public var traceback: String { storage.traceback }
  /// The exception itself, for those that come from Python.
  public var exception: PythonObject? { storage.exception }

  public var description: String { message.isEmpty ? kind.name : kind.name + ": " + message }
}
