// The parts of the console that need no terminal. What keys do is tested on pseudo-terminals by Scripts/console-test.

import Platform
import Runtime
import Testing

@testable import Console

private func more(_ source: StaticString) -> Bool { needsMoreInput(Text(source)) }

@Suite struct ContinuationTests {
  @Test func simpleStatementsAreWhole() {
    for source in ["", "x = 1", "if1 = 2", "f(1)", "'a'", "# if x:", "match = 3", "defx", "x = ')'", "'''a\nb'''", "1)"] as [StaticString] {
      #expect(!more(source), "\(source)")
    }
  }

  @Test func openEndsGoOn() {
    for source in ["f(", "x = [1,", "{", "'''a", "\"\"\"a\n", "1 +\\", "f('(',", "x = '''it's", "('a\\'"] as [StaticString] {
      #expect(more(source), "\(source)")
    }
  }

  @Test func compoundStatementsEndWithAnEmptyLine() {
    for source in ["if x:", "def f(): return 1", "@a\ndef f(): pass", "for i in x:\n  pass", "async def f():", "match x:"] as [StaticString]
    {
      #expect(more(source), "\(source)")
    }
    for source in ["if x:\n  y\n", "def f(): return 1\n"] as [StaticString] { #expect(!more(source), "\(source)") }
    // An empty line inside a string is none.
    #expect(more("def f():\n  '''a\n\n"))
  }
}

@Suite struct KeySequenceTests {
  /// The edit that the bytes after ESC ask for.
  private func key(_ bytes: StaticString) -> EditKey? {
    var sequence = KeySequence()
    sequence.begin()
    var result: EditKey?
    for index in 0..<bytes.utf8CodeUnitCount { result = sequence.take(bytes.utf8Start[index]) }
    return sequence.isUnderway ? nil : result
  }

  @Test func knowsWhatTerminalsSend() {
    #expect(key("[A") == .historyBack)
    #expect(key("OB") == .historyForward)
    #expect(key("[C") == .right)
    #expect(key("[1;5D") == .wordLeft)
    #expect(key("[1;5C") == .wordRight)
    #expect(key("[H") == .home)
    #expect(key("OF") == .end)
    #expect(key("[1~") == .home)
    #expect(key("[8~") == .end)
    #expect(key("[3~") == .deleteForward)
    #expect(key("b") == .wordLeft)
    #expect(key("d") == .killWordRight)
    #expect(key("\u{7f}") == .killWordLeft)
  }

  @Test func ignoresOthers() {
    #expect(key("[999999999999999999999;1~") == EditKey.none)
    #expect(key("[2~") == EditKey.none)
    #expect(key("x") == EditKey.none)
    #expect(key("[1;") == nil)
  }
}

@Suite struct HistoryTests {
  /// Runs with an interpreter of its own.
  @inline(never) private func withVM(_ body: (VM) -> Void) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { memory.deallocate() }
    let stack = UnsafeMutablePointer<Value>.allocate(capacity: 1024)
    let pending = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    pending.initialize(to: 0)
    var configuration = InterpreterConfiguration(
      heap: HeapConfiguration(region: memory, byteCount: 1 << 20), stack: stack, stackCount: 1024,
      nativeStackBase: UInt(platform_stack_pointer()), nativeStackBytes: 1 << 17, hashSeed: 0, pending: pending)
    let vm = VM.create(
      &configuration,
      configure: { port in
        port.pointee.type = { _, _ in false }
        port.pointee.module = { _, _ in false }
      }, interpreter: .allocate(capacity: 1), state: .allocate(capacity: 1))
    if let vm { body(vm) } else { Issue.record("no interpreter") }
  }

  private func line(_ history: History, _ age: Int) -> String? {
    history.line(age).map { String(decoding: UnsafeBufferPointer(start: $0.start, count: $0.count), as: UTF8.self) }
  }

  @Test func keepsTheNewestThatFit() {
    withVM { vm in
      var history = History(vm, capacity: 16)
      for text in ["one", "two", "two", "", "three"] as [StaticString] { history.add(Text(text)) }
      #expect(line(history, 0) == "three")
      #expect(line(history, 1) == "two")
      #expect(line(history, 2) == "one")
      #expect(line(history, 3) == nil)
      history.add(Text("fourfour"))
      #expect(line(history, 0) == "fourfour")
      #expect(line(history, 1) == "three")
      #expect(line(history, 2) == nil)
      history.add(Text("much too long to be kept"))
      #expect(line(history, 0) == "fourfour")
      var other = History(vm, capacity: 64)
      other.load(Text("a\nb\n\nb\nunfinished"))
      #expect(line(other, 0) == "b")
      #expect(line(other, 1) == "a")
      #expect(line(other, 2) == nil)
    }
  }

  @Test func withoutRoomItIsEmpty() {
    withVM { vm in
      var history = History(vm, capacity: 0)
      history.add(Text("x"))
      #expect(line(history, 0) == nil)
    }
  }
}
