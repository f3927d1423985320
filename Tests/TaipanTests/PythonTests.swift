// The interface for Swift programs.

import Platform
import Taipan
import Testing

/// Collects what a program prints.
private final class Output {
  var text = ""
  var errors = ""
}

private func makePython(heapSize: Int = 64 << 20) throws -> (Python, Output) {
  let output = Output()
  let python = try Python(heapSize: heapSize) { bytes, stream in
    let text = String(decoding: bytes, as: UTF8.self)
    if stream == .output { output.text += text } else { output.errors += text }
  }
  return (python, output)
}

@Suite struct PythonTests {
  @Test func runsAndPrints() throws {
    let (python, output) = try makePython()
    try python.run("print('a', 1)\nimport sys\nprint('b', file=sys.stderr)")
    #expect(output.text == "a 1\n")
    #expect(output.errors == "b\n")
    try python.interact("1 + 1")
    #expect(output.text == "a 1\n2\n")
  }

  @Test func readsInput() throws {
    let (python, _) = try makePython()
    var rest = Array("first\nsecond\n".utf8)
    python.reader = { maximum in
      let piece = Array(rest.prefix(maximum))
      rest.removeFirst(piece.count)
      return piece
    }
    #expect(try python.evaluate("input() + '|' + input()") == "first|second")
  }

  @Test func convertsBothWays() throws {
    let (python, _) = try makePython()
    let values: [PythonValue] = [
      nil, true, 0, -1, .int(.max), .int(.min), 1.5, .float(1e300), "", "héllo\0", .bytes([]), .bytes([0, 255]), [], [1, "a", [2.5]],
      .tuple([]), .tuple([1, nil]), [:], ["a": 1, "b": [1, 2]],
    ]
    for value in values {
      try python.globals.set("x", to: value)
      #expect(try python.globals.get("x") == value)
    }
    #expect(
      try python.evaluate("[1, 2.0, 'x', b'y', None, (True,), {1: 2}]")
        == [1, 2.0, "x", .bytes([121]), nil, .tuple([true]), .dict([PythonEntry(1, 2)])])
    #expect(try python.evaluate("{'a': 1}", as: [String: Int].self) == ["a": 1])
    #expect(try python.evaluate("b'ab'", as: [UInt8].self) == [97, 98])
    #expect(try python.evaluate("None", as: Int?.self) == nil)
    #expect(try python.evaluate("3", as: Double.self) == 3)
    #expect([UInt8]([1, 2]).pythonValue == .bytes([1, 2]))
  }

  @Test func keepsWhatCannotBeCopied() throws {
    let (python, _) = try makePython()
    guard case .object(let big) = try python.evaluate("1 << 100") else { return #expect(Bool(false)) }
    #expect(try big.representation() == "1267650600228229401496703205376")
    #expect(big.typeName == "int")
    let list = try python.evaluateObject("[1]")
    try list.call(method: "append", 2)
    #expect(try list.copied() == [1, 2])
    try list.setItem(0, to: "x")
    #expect(try list.item(0) == "x")
    let cycle = try python.evaluate("(lambda x: (x.append(x), x)[1])([])")
    guard case .list(let items) = cycle else { return #expect(Bool(false)) }
    #expect(items.count == 1)
  }

  @Test func handlesOutliveCollections() throws {
    let (python, _) = try makePython()
    try python.run("class Thing:\n  def __init__(self): self.items = list(range(100))")
    var handles: [PythonObject] = []
    for _ in 0..<200 { handles.append(try python.evaluateObject("Thing()")) }
    for turn in stride(from: 0, to: 200, by: 2) { handles[turn] = handles[turn + 1] }
    try python.run("for i in range(20000): [i] * 10")
    try python.collectGarbage()
    for handle in handles {
      guard case .list(let items) = try handle.attribute("items") else { return #expect(Bool(false)) }
      #expect(items.count == 100)
    }
    #expect(handles[0] == handles[1])
    #expect(handles[0] != handles[2])
    let before = python.memory.used
    handles = []
    try python.collectGarbage()
    #expect(python.memory.used < before)
  }

  @Test func exceptionsBecomeErrors() throws {
    let (python, _) = try makePython()
    do {
      try python.run("def f():\n  raise ValueError('no good')\nf()", fileName: "it.py")
      #expect(Bool(false))
    } catch {
      #expect(error.kind == .valueError)
      #expect(error.message == "no good")
      #expect(error.description == "ValueError: no good")
      #expect(
        error.traceback
          == "Traceback (most recent call last):\n  File \"it.py\", line 3, in <module>\n  File \"it.py\", line 2, in f\nValueError: no good\n"
      )
      #expect(try error.exception?.attribute("args") == .tuple(["no good"]))
    }
    #expect(throws: PythonError.self) { try python.run("def") }
    #expect(throws: PythonError.self) { try python.globals.get("missing", as: Int.self) }
    #expect(throws: PythonError.self) { try python.evaluate("'a'", as: Int.self) }
    #expect(throws: PythonError.self) { try python.run("def r(): r()\nr()") }
    #expect(try python.evaluate("1 + 1") == 2)
  }

  @Test func ownClassesKeepTheirName() throws {
    let (python, _) = try makePython()
    do {
      try python.run("class Odd(KeyError): pass\nraise Odd(7)")
      #expect(Bool(false))
    } catch { #expect(error.kind.name == "Odd") }
  }
}

@Suite struct FunctionTests {
  @Test func swiftFunctions() throws {
    let (python, _) = try makePython()
    try python.globals.define("add") { (a: Int, b: Int) throws(PythonError) -> Int in a + b }
    try python.globals.define("shout") { (text: String) throws(PythonError) -> String in text.uppercased() }
    try python.globals.define("nothing") { () throws(PythonError) -> PythonValue in .none }
    try python.globals.define("all") { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      .tuple([.list(arguments.positional), .dict(arguments.keywords), .int(try arguments.get("k", default: 9))])
    }
    #expect(try python.evaluate("add(2, 3), shout('a'), nothing()") == .tuple([5, "A", nil]))
    #expect(try python.evaluate("all(1, 'x', k=2)") == .tuple([[1, "x"], ["k": 2], 2]))
    #expect(try python.evaluate("all()") == .tuple([[], [:], 9]))
    #expect(try python.evaluate("list(map(add, [1, 2], [10, 20])), add.__name__") == .tuple([[11, 22], "add"]))
    for wrong in ["add(1)", "add(1, 'x')", "add(1, 2, 3)", "add(a=1, b=2)"] {
      do {
        _ = try python.evaluate(wrong)
        #expect(Bool(false))
      } catch { #expect(error.kind == .typeError) }
    }
  }

  @Test func errorsCrossBothWays() throws {
    let (python, _) = try makePython()
    try python.globals.define("fail") { (name: String) throws(PythonError) -> PythonValue in throw PythonError(.init(name), "from Swift") }
    try python.run(
      """
      def attempt(name):
          try:
              fail(name)
          except Exception as error:
              return type(error).__name__, str(error)
      """)
    #expect(try python.call("attempt", "KeyError") == .tuple(["KeyError", "'from Swift'"]))
    #expect(try python.call("attempt", "NoSuchError") == .tuple(["RuntimeError", "from Swift"]))
    try python.globals.define("through") { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      guard case .object(let function) = arguments.positional[0] else { return .none }
      return try function()
    }
    try python.run("class Own(Exception): pass\ndef inner(): raise Own(1, 2)")
    #expect(try python.evaluate("[None for _ in [0] if False]") == [])
    try python.run("try:\n  through(inner)\nexcept Own as e:\n  seen = e.args")
    #expect(try python.globals.get("seen") == .tuple([1, 2]))
  }

  @Test func modules() throws {
    let (python, output) = try makePython()
    let module = try python.makeModule("board")
    try module.set("pins", to: [1, 2, 3])
    try module.define("read") { (pin: Int) throws(PythonError) -> Bool in pin == 2 }
    try python.run("import board\nfrom board import read\nprint([read(p) for p in board.pins])")
    #expect(output.text == "[False, True, False]\n")
    let math = try python.importModule("math")
    #expect(try math.call(method: "floor", 2.5) == 2)
    #expect(throws: PythonError.self) { try python.importModule("no_such_module") }
  }

  @Test func swiftAndPythonNest() throws {
    let (python, _) = try makePython()
    try python.globals.define("down") { (arguments: PythonArguments) throws(PythonError) -> PythonValue in
      let left = try arguments.get(0, as: Int.self)
      return left == 0 ? [] : try arguments.python.call("wrap", .int(left - 1))
    }
    try python.run("def wrap(n):\n  junk = [[n] for _ in range(200)]\n  return [n, down(n)]")
    guard case .list(let items) = try python.call("down", 20) else { return #expect(Bool(false)) }
    #expect(items.count == 2)
    // Endless recursion across the border ends with an exception, not with the process.
    #expect(throws: PythonError.self) { try python.run("def wrap(n): return down(5)\nwrap(1)") }
    #expect(try python.evaluate("1") == 1)
  }
}

@Suite struct LimitTests {
  @Test func heapLimit() throws {
    let (python, _) = try makePython(heapSize: 2 << 20)
    do {
      try python.run("x = []\nwhile True: x.append('y' * 1000 + str(len(x)))")
      #expect(Bool(false))
    } catch { #expect(error.kind == .memoryError) }
    try python.run("x = None")
    #expect(try python.evaluate("sum(range(10))") == 45)
  }

  @Test func noFilesUnlessAllowed() throws {
    let (python, _) = try makePython()
    #expect(throws: PythonError.self) { try python.run("open('/etc/passwd')") }
    #expect(throws: PythonError.self) { try python.run("import os\nos.listdir('/')") }
    let open = try Python(files: .system)
    try open.run("import os\nn = len(os.listdir('/'))")
    #expect(try open.globals.get("n", as: Int.self) > 0)
  }

  @Test func manyInterpreters() throws {
    let pythons = try (0..<8).map { _ in try Python(heapSize: 8 << 20) }
    for (index, python) in pythons.enumerated() { try python.globals.set("x", to: index) }
    for (index, python) in pythons.enumerated() { #expect(try python.globals.get("x", as: Int.self) == index) }
    let object = try pythons[0].evaluateObject("[]")
    #expect(throws: PythonError.self) { try pythons[1].globals.set("y", to: .object(object)) }
  }

  @Test func endsGiveMemoryBack() throws {
    for _ in 0..<200 {
      let python = try Python(heapSize: 1 << 30)
      try python.run("x = list(range(1000))")
    }
  }

  @Test func memoryOfTheProgram() throws {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 512 << 10, alignment: 16)
    defer { memory.deallocate() }
    var text = ""
    let python = try Python(memory: memory, nativeStackBytes: 256 << 10) { bytes, _ in text += String(decoding: bytes, as: UTF8.self) }
    try python.run("print(sum(range(10)))")
    #expect(text == "45\n")
    #expect(throws: PythonError.self) { try python.run("x = [0] * 1000000") }
    #expect(throws: PythonError.self) { try Python(memory: UnsafeMutableRawBufferPointer(rebasing: memory[..<4096])) { _, _ in } }
  }
}
