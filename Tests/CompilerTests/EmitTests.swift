import Bytecode
import Testing

@testable import Compiler

/// A source and the instructions it becomes, one line for each code object.
struct Program: Sendable, CustomTestStringConvertible {
  let name: String
  let source: String
  let listing: String

  init(_ name: String, _ source: String, _ listing: String) {
    self.name = name
    self.source = source
    self.listing = listing
  }

  var testDescription: String { name }
}

func compile(
  _ source: String, mode: ParserMode = .file, options: CompileOptions = CompileOptions(), incrementally: Bool = false,
  memory: WorkMemory = .system
) throws(SyntaxFailure) -> CompiledModule {
  let bytes = Array(source.utf8)
  let name: StaticString = "t.py"
  let fileName = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  return try bytes.withUnsafeBufferPointer { (buffer) throws(SyntaxFailure) in
    incrementally
      ? try compileIncrementally(source: buffer, fileName: fileName, memory: memory, options: options)
      : try compile(source: buffer, fileName: fileName, mode: mode, memory: memory, options: options)
  }
}

/// The instructions of each code object, one line each; no prelude, no offsets.
func instructions(of module: CompiledModule) throws -> String {
  let text = String(decoding: try Disassembler.listing(of: module) { Array("\($0)".utf8) }, as: UTF8.self)
  var result: [String] = []
  var parts: [Substring] = []
  var name: Substring?
  for line in text.split(separator: "\n") {
    if line.hasPrefix("File") {
      if let name { result.append("\(name): " + parts.joined(separator: "; ")) }
      name = line.split(separator: "'")[1]
      parts = []
    } else if let first = line.first, first.isNumber, let space = line.firstIndex(of: " ") {
      var instruction = line[line.index(after: space)...]
      while instruction.last == " " { instruction.removeLast() }
      parts.append(instruction)
    }
  }
  if let name { result.append("\(name): " + parts.joined(separator: "; ")) }
  return result.joined(separator: "\n")
}

@Suite struct EmitTests {
  static let all = Program.upstreamFirst + Program.upstreamSecond + Program.extensions

  @Test(arguments: Program.upstreamFirst + Program.upstreamSecond)
  func emitsWhatUpstreamDoes(_ program: Program) throws {
    let module = try compile(program.source, options: .crossCompiler)
    #expect(try instructions(of: module) == program.listing)
    try Verifier.check(module)
  }

  @Test(arguments: Program.extensions)
  func emitsExtensions(_ program: Program) throws {
    let module = try compile(program.source)
    #expect(try instructions(of: module) == program.listing)
    try Verifier.check(module)
  }

  /// Jumps hit instructions and the stack keeps its depth in every mode, and files survive a round trip.
  @Test(arguments: all)
  func isSound(_ program: Program) throws {
    for level in 0...3 {
      for incrementally in [false, true] {
        for base in [CompileOptions(), CompileOptions.crossCompiler] {
          var options = base
          options.optimization = level
          let module = try compile(program.source, options: options, incrementally: incrementally)
          try Verifier.check(module)
          let file = MpyWriter.file(of: module) { Array("\($0)".utf8) }
          let again = try file.withUnsafeBufferPointer { buffer throws(BytecodeError) in
            try MpyReader.module(from: buffer, memory: .system) { Double(String(decoding: $0, as: UTF8.self)) }
          }
          #expect(Array(again.root.bytes) == Array(module.root.bytes))
          #expect(again.names.map { Array($0) } == module.names.map { Array($0) })
          withExtendedLifetime((again, module)) {}
        }
      }
    }
  }

  /// The same instructions, but for the numbers of names and constants, which listings do not show.
  @Test(arguments: Program.upstreamFirst + Program.upstreamSecond)
  func incrementalEmitsTheSame(_ program: Program) throws {
    func shape(_ text: String) -> [String] {
      text.split(separator: "\n").map { line in
        line.split(separator: ";").map { part in part.contains("LOAD_CONST_OBJ") ? " LOAD_CONST_OBJ" : String(part) }.joined(separator: ";")
      }.sorted()
    }
    let whole = try instructions(of: compile(program.source, options: .crossCompiler))
    let parts = try instructions(of: compile(program.source, options: .crossCompiler, incrementally: true))
    // An explicit `global` further down is known to a whole file only.
    if program.name != "global" && program.name != "assignment expression" { #expect(shape(whole) == shape(parts)) }
  }

  @Test func interactive() throws {
    let module = try compile("x\n", mode: .interactive)
    #expect(
      try instructions(of: module)
        == "<module>: LOAD_NAME __repl_print__; LOAD_NAME x; CALL_FUNCTION n=1 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE")
  }

  @Test func expression() throws {
    let module = try compile("x + 1", mode: .expression)
    #expect(try instructions(of: module) == "<module>: LOAD_NAME x; LOAD_CONST_SMALL_INT 1; BINARY_OP 27 __add__; RETURN_VALUE")
  }

  @Test func lines() throws {
    let module = try compile("a\n\nb\ndef f():\n\n  c\n", options: .crossCompiler)
    let text = String(decoding: try Disassembler.listing(of: module) { _ in [] }, as: UTF8.self)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("  bc=") }
    #expect(lines == ["  bc=0 line=1", "  bc=3 line=3", "  bc=6 line=4", "  bc=0 line=1", "  bc=0 line=4", "  bc=0 line=6"])
    var options = CompileOptions()
    options.optimization = 3
    let bare = try compile("a\n\nb\n", options: options)
    let bareText = String(decoding: try Disassembler.listing(of: bare) { _ in [] }, as: UTF8.self)
    #expect(bareText.split(separator: "\n").filter { $0.hasPrefix("  bc=") } == ["  bc=0 line=1"])
  }

  @Test func optimizationDropsAssertions() throws {
    var options = CompileOptions.crossCompiler
    options.optimization = 1
    let module = try compile("assert x\nif __debug__:\n  y\n", options: options)
    #expect(try instructions(of: module) == "<module>: LOAD_CONST_NONE; RETURN_VALUE")
  }

  @Test func smallIntegersDependOnTheTarget() throws {
    let source = "x = 1 << 40\n"
    #expect(try instructions(of: compile(source, options: .crossCompiler)).contains("LOAD_CONST_OBJ 0=1099511627776"))
    #expect(try instructions(of: compile(source)).contains("LOAD_CONST_SMALL_INT 1099511627776"))
  }

  @Test func equalConstantsShareAnEntry() throws {
    let module = try compile("a = 1.5, 1.5\nb = 0.0\nc = -0.0\nd = 1.5\ne = 0.0\nf = b'x'\ng = b'x'\n", options: .crossCompiler)
    #expect(module.constants.count == 5)
  }

  /// A loop whose jumps are just within and just beyond the short form.
  @Test func jumpSizes() throws {
    for count in 25...45 {
      let body = String(repeating: "  f()\n", count: count)
      for source in ["while a:\n" + body, "if a:\n" + body, "for x in y:\n" + body, "try:\n" + body + "finally:\n  b\n"] {
        try Verifier.check(try compile(source, options: .crossCompiler))
      }
    }
  }

  @Test func deepNestingIsAnError() {
    var options = CompileOptions()
    options.parser.maximumNesting = 100_000
    let deep = String(repeating: "not ", count: 20_000) + "x\n"
    options.parser.maximumNesting = 200
    #expect(throws: SyntaxFailure.self) { try compile(deep, options: options) }
    let chain = String(repeating: "f(", count: 150) + String(repeating: ")", count: 150) + "\n"
    #expect(throws: Never.self) { try Verifier.check(try compile(chain)) }
  }

  @Test func tooLongJumpIsAnError() {
    let source = "while a:\n" + String(repeating: "  f(1000000, 2000000)\n", count: 2000)
    #expect(throws: SyntaxFailure.self) { try compile(source) }
  }
}

@Suite struct EmitErrorTests {
  static let cases: [(String, SyntaxMessage, UInt32)] = [
    ("break\n", .breakOutsideLoop, 1), ("def f():\n  continue\n", .breakOutsideLoop, 2),
    ("while x:\n  def f():\n    break\n", .breakOutsideLoop, 3),
    ("return 1\n", .returnOutsideFunction, 1), ("class A:\n  return\n", .returnOutsideFunction, 2), ("yield x\n", .yieldOutsideFunction, 1),
    ("await x\n", .awaitOutsideFunction, 1), ("async with a: b\n", .asyncOutsideFunction, 1),
    ("def f():\n  async for x in y: z\n", .asyncOutsideFunction, 2), ("def f():\n  from a import *\n", .importStarNotModule, 2),
    ("def f():\n  x = 1\n  global x\n", .redefinedAsGlobal, 3), ("def f(x):\n  nonlocal x\n", .redefinedAsNonlocal, 2),
    ("def f():\n  nonlocal x\n", .noBindingForNonlocal, 2), ("nonlocal x\n", .nonlocalInOuterCode, 1),
    ("X = const(x)\n", .notAConstant, 1), ("X = const(1)\nX = 2\n", .cannotAssign, 2), ("X = const(1)\ndel X\n", .cannotDelete, 2),
    ("def f():\n  super().x\n", .superWithoutSelf, 2), ("@micropython.unknown\ndef f(): pass\n", .invalidDecorator, 1),
    ("[x := 1 for x in y]\n", .walrusRebindsIteration, 1), ("[x async for x in y]\n", .asyncOutsideFunction, 1),
  ]

  @Test(arguments: cases.indices)
  func failsWithLine(_ index: Int) throws {
    let (source, message, line) = EmitErrorTests.cases[index]
    for incrementally in [false, true] {
      do throws(SyntaxFailure) {
        _ = try compile(source, incrementally: incrementally)
        Issue.record("no error for \(source)")
      } catch {
        #expect(error.message == message)
        #expect(error.line == line)
      }
    }
  }
}
