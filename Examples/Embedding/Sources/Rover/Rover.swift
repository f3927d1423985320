// A rover on a grid, and the Python module through which scripts drive it.
import Taipan

/// A rover.
public final class Rover {
  public private(set) var x = 0
  public private(set) var y = 0
  /// How far it may still go.
  public private(set) var charge: Int
  /// A Python function that is called after each move.
  private var listener: PythonObject?

  public init(charge: Int) { self.charge = charge }

  func move(_ distanceX: Int, _ distanceY: Int) throws(PythonError) -> Int {
    let distance = abs(distanceX) + abs(distanceY)
    if distance > charge { throw PythonError(.runtimeError, "battery is flat") }
    charge -= distance
    x += distanceX
    y += distanceY
    if let listener { try listener(.int(x), .int(y)) }
    return charge
  }

  /// Makes the module `rover`: `move(dx, dy)`, `position()`, `listen(function)` and the constant `limit`.
  public func install(in python: Python) throws(PythonError) {
    let module = try python.makeModule("rover")
    try module.set("limit", to: charge)
    try module.define("move") { (x: Int, y: Int) throws(PythonError) -> Int in try self.move(x, y) }
    try module.define("position") { (_: PythonArguments) throws(PythonError) -> PythonValue in .tuple([.int(self.x), .int(self.y)]) }
    try module.define("listen") { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      guard case .object(let function) = try arguments.get(0, as: PythonValue.self) else {
        throw PythonError(.typeError, "a function is needed")
      }
      self.listener = function
      return .none
    }
  }

  /// Lets go of the script's function, which would otherwise keep the interpreter alive.
  public func stopListening() { listener = nil }
}
