// Drives a rover with a script, catches the script's errors in Swift, and stops one that never ends.
import Rover
import Taipan

let script = """
  import rover

  path = []
  rover.listen(lambda x, y: path.append((x, y)))

  def square(side):
      for dx, dy in ((side, 0), (0, side), (-side, 0), (0, -side)):
          left = rover.move(dx, dy)
      return left

  def square_or_stay(side):
      try:
          return square(side)
      except RuntimeError as error:
          return f"stayed: {error}"
  """

func drive() throws(PythonError) {
  let python = try Python(heapSize: 4 << 20)
  let rover = Rover(charge: 20)
  try rover.install(in: python)
  try python.run(script, fileName: "square.py")

  print("left:", try python.call("square", 2))
  print("then:", try python.call("square_or_stay", 100))
  print("path:", try python.globals.get("path", as: [[Int]].self))
  print("at:", rover.x, rover.y, "charge:", rover.charge)

  // Uncaught exceptions are Swift errors.
  do {
    try python.call("square", 100)
  } catch {
    print("error:", error)
    print(error.traceback, terminator: "")
  }
  rover.stopListening()
}

func stop() throws(PythonError) {
  let python = try Python()
  try python.globals.define("stop") { [interrupter = python.interrupter] (_: PythonArguments) throws(PythonError) -> PythonValue in
    interrupter.interrupt()
    return .none
  }
  do {
    try python.run("stop()\nwhile True: pass")
  } catch {
    print("stopped by", error.kind.name)
  }
}

do {
  try drive()
  try stop()
} catch {
  print("failed:", error)
}
