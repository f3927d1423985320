// What the parser refuses, with which text and where; limits; what a console asks.

import Testing

@testable import Compiler

@Suite struct SyntaxErrorTests {
  @Test(arguments: [
    Sample("a b", "syntaxError: invalid syntax (1:3)"), Sample(" a", "indentationError: unexpected indent (1:2)"),
    Sample("a\n  b", "indentationError: unexpected indent (2:3)"),
    Sample("if a:\nb", "indentationError: expected an indented block (2:1)"),
    Sample("if a:\n    b\n  c", "indentationError: unindent doesn't match any outer indent level (3:3)"),
    Sample("if a:\n        b\n\tc", "tabError: inconsistent use of tabs and spaces in indentation (3:2)"),
    Sample("a \\x", "syntaxError: unexpected character after line continuation character (1:3)"),
    Sample("'abc", "syntaxError: unterminated string literal (1:1)"), Sample("'abc\n'", "syntaxError: unterminated string literal (1:1)"),
    Sample("'''abc", "syntaxError: unterminated triple-quoted string literal (1:1)..."),
    Sample("é = 'é' $", "syntaxError: invalid syntax (1:9)"), Sample("a = !", "syntaxError: invalid syntax (1:5)"),
    Sample("(a", "syntaxError: invalid syntax (1:3)..."), Sample("a)", "syntaxError: invalid syntax (1:2)"),
    Sample("[a)", "syntaxError: invalid syntax (1:3)"), Sample("1 or 2 or", "syntaxError: invalid syntax (1:10)"),
    Sample("{1:", "syntaxError: invalid syntax (1:4)..."), Sample("if a pass", "syntaxError: expected ':' (1:6)"),
    Sample("def f(", "syntaxError: invalid syntax (1:7)..."), Sample("class", "syntaxError: invalid syntax (1:6)"),
    Sample("a.1", "syntaxError: invalid syntax (1:2)"), Sample("\u{0}", "syntaxError: invalid syntax (1:1)"),
  ]) func places(sample: Sample) { #expect(parsed(sample.source) == sample.result) }

  @Test(arguments: [
    "01", "0_1", "1__0", "1_", "0x", "0xg", "0b2", "0o8", "123z", "1.e_", "1e5x", "1_000_", "0b1_", "1.real", "1jx", "1_.5",
  ]) func numbers(source: String) { #expect(parsed(source).hasPrefix("syntaxError")) }

  @Test(arguments: [
    "1 = 2", "'' = 1", "{} = 1", "(i for i in a) = 1", "f() = 1", "f**2 = 1", "f[0]**2 = 1", "a + b = c", "None = 1", "(a, 1) = b",
    "() = a", "a if b else c = d", "a, b += c", "(a, b) += c", "[a] += b", "f() += 1",
    "for 1 in a: pass", "for f() in a: pass", "with a as f(): pass", "[x for 1 in y]", "(1 := 2)", "(a.b := 1)", "((a) := 1)",
    "a = yield = b", "(a and b) = c", "... = 1", "f'' = 1",
  ]) func targets(source: String) { #expect(message(source) == "can't assign to expression") }

  @Test(arguments: [
    Sample("*a, *b = c", "multiple *x in assignment"), Sample("*a = b", "*x must be assignment target"),
    Sample("a = *b", "*x must be assignment target"), Sample("*a", "*x must be assignment target"),
    Sample("return *a", "*x must be assignment target"), Sample("(*a)", "can't use starred expression here"),
    Sample("del f()", "can't delete expression"), Sample("del (a for a in a)", "can't delete expression"),
    Sample("del ()", "can't delete expression"), Sample("del *a, b", "invalid syntax"), Sample("a, b: c", "invalid syntax"),
    Sample("f(): a", "invalid syntax"), Sample("x := 1", "invalid syntax"),
    Sample("[*a for a in b]", "iterable unpacking cannot be used in comprehension"),
    Sample("{**a for a in b}", "dict unpacking cannot be used in dict comprehension"), Sample("{1: 2, 3}", "expecting key:value for dict"),
    Sample("{1, 2: 3}", "expecting just a value for set"), Sample("{*a: 1}", "invalid syntax"),
  ]) func stars(sample: Sample) { #expect(message(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("def f(a=1, b): pass", "non-default argument follows default argument"), Sample("def f(a, a): pass", "argument name reused"),
    Sample("lambda a, *a: 1", "argument name reused"), Sample("def f(*): pass", "named arguments must follow bare *"),
    Sample("def f(*, **k): pass", "named arguments must follow bare *"), Sample("def f(a, *b, *): pass", "invalid syntax"),
    Sample("def f(*a, *b): pass", "invalid syntax"), Sample("lambda x, *a, **kw, r: 1", "invalid syntax"),
    Sample("def f(/): pass", "invalid syntax"),
    Sample("def f(a, /, b, /): pass", "invalid syntax"), Sample("def f(*a, /): pass", "invalid syntax"),
    Sample("def f(*a=1): pass", "invalid syntax"), Sample("def f((a, b)): pass", "invalid syntax"),
    Sample("def f[T=a, U](): pass", "non-default type parameter follows default type parameter"),
    Sample("f(a=1, b)", "positional arg after keyword arg"), Sample("f(**a, b)", "positional arg after **"),
    Sample("f(**a, *b)", "* arg after **"), Sample("f(1=2)", "LHS of keyword arg must be an id"),
    Sample("f(a.b=2)", "LHS of keyword arg must be an id"),
    Sample("f((a)=2)", "LHS of keyword arg must be an id"), Sample("f(a=1, a=2)", "keyword argument repeated"),
    Sample("f(1, i for i in i)", "generator expression must be parenthesized"),
    Sample("f(i for i in i, 1)", "generator expression must be parenthesized"), Sample("f(None=1)", "LHS of keyword arg must be an id"),
  ]) func parametersAndArguments(sample: Sample) { #expect(message(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("try: a", "invalid syntax"), Sample("try: a\nexcept: b\nexcept: c", "default 'except' must be last"),
    Sample("try: a\nexcept* A: b\nexcept B: c", "cannot have both 'except' and 'except*' on the same 'try'"),
    Sample("try: a\nexcept*: b", "invalid syntax"),
    Sample("try: a\nexcept A, B as c: d", "multiple exception types must be parenthesized when using 'as'"),
    Sample("try: a\nelse: b\nfinally: c", "invalid syntax"), Sample("@a\nb", "invalid syntax"), Sample("async a", "invalid syntax"),
    Sample("if a: if b: c", "invalid syntax"),
    Sample("from a import b,", "invalid syntax"), Sample("from a import (*)", "invalid syntax"),
    Sample("import a.b as c.d", "invalid syntax"), Sample("from . import ()", "invalid syntax"), Sample("a = b: c", "invalid syntax"),
    Sample("for a in b c: d", "expected ':'"), Sample("else: a", "invalid syntax"),
    Sample("return yield a", "invalid syntax"), Sample("assert a := b", "invalid syntax"), Sample("print 1", "invalid syntax"),
    Sample("exec 'a'", "invalid syntax"), Sample("a <> b", "invalid syntax"), Sample("a++", "invalid syntax"),
    Sample("class A(x", "invalid syntax"),
  ]) func statements(sample: Sample) { #expect(message(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("x | 1", "pattern makes remaining patterns unreachable"), Sample("_ | 1", "pattern makes remaining patterns unreachable"),
    Sample("[x] | 1", "alternative patterns bind different names"), Sample("[x, x]", "multiple assignments to name in pattern"),
    Sample("[x] as x", "multiple assignments to name in pattern"), Sample("[*a, *b]", "multiple starred expressions in sequence pattern"),
    Sample("f'a'", "patterns may only match literals and attribute lookups"),
    Sample("{x: 1}", "patterns may only match literals and attribute lookups"),
    Sample("C(a=1, a=2)", "attribute name repeated in class pattern"), Sample("C(a=1, b)", "positional arg after keyword arg"),
    Sample("x as _", "can't assign to expression"), Sample("1 + 2", "patterns may only match literals and attribute lookups"),
    Sample("a + b", "expected ':'"),
    Sample("{**r, 1: 2}", "invalid syntax"), Sample("{**_}", "invalid syntax"),
    Sample("(*a)", "((match a (case (pseq (pstar a)) _ (pass))))"), Sample("f()()", "expected ':'"), Sample("+1", "invalid syntax"),
  ]) func patterns(sample: Sample) { #expect(message("match a:\n case \(sample.source): pass") == sample.result) }

  @Test func catchAllMustBeLast() {
    #expect(message("match a:\n case x: pass\n case 1: pass") == "pattern makes remaining patterns unreachable")
    #expect(message("match a:\n case x if b: pass\n case 1: pass").hasPrefix("((match"))
  }

  @Test func nestingIsBounded() {
    func nested(_ open: String, _ close: String, _ count: Int, _ core: String = "a") -> String {
      String(repeating: open, count: count) + core + String(repeating: close, count: count)
    }
    for (open, close) in [
      ("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("-", ""), ("not ", ""), ("lambda: ", ""), ("a ** ", ""),
      ("1 if b else ", ""), ("f'{", "}'"), ("{1:", "}"), ("*", ""), ("f'{a:{", "}}'"), ("[a for a in ", "]"), ("[*", "]"), ("{**", "}"),
      ("a[*", "]"), ("lambda a=", ": 1"), ("(yield ", ")"), ("(await a)(", ")"), ("{a: ", " for a in b}"), ("[a for a in b if ", "]"),
    ] {
      #expect(!parsed(nested(open, close, 60)).contains("too many"), "\(open)")
      #expect(parsed(nested(open, close, 100_000)).hasPrefix("syntaxError"), "\(open)")
    }
    for (open, close) in [("(", ")"), ("[", "]"), ("{1: ", "}"), ("C(", ")"), ("C(k=", ")")] {
      #expect(message("match a:\n case \(nested(open, close, 100_000, "1")): pass") == "too many nested parentheses")
    }
    #expect(message("a" + String(repeating: ".b", count: 100_000)) == "too many nested parentheses")
    #expect(message("a" + String(repeating: "()", count: 1001)) == "too many nested parentheses")
    #expect(!parsed("a" + String(repeating: " + b", count: 100_000)).hasPrefix("syntaxError"))
    var blocks = ""
    for level in 0..<150 { blocks += String(repeating: " ", count: level) + "if a:\n" }
    #expect(parsed(blocks) == "indentationError: too many levels of indentation (102:102)")
    var options = ParserOptions()
    options.maximumNesting = 10
    #expect(parsed(nested("(", ")", 10), options: options) == "((expr a))")
    #expect(parsed(nested("(", ")", 11), options: options).contains("too many nested"))
  }

  @Test func sizeIsBounded() {
    var options = ParserOptions()
    options.maximumNodes = 50
    #expect(parsed(String(repeating: "a = 1\n", count: 100), options: options).hasPrefix("memory"))
  }

  @Test func hugeNamesAreRefused() { #expect(message(String(repeating: "x", count: 70000)) == "name too long") }

  @Test func invalidUTF8IsRefused() {
    for bytes: [UInt8] in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]] {
      #expect(parsed([39] + bytes + [39]) == "syntaxError: invalid UTF-8 (1:1)")
      #expect(parsed([102, 39] + bytes + [39]).hasPrefix("syntaxError: invalid UTF-8"))
    }
  }

  @Test(arguments: [
    Sample("a = 1", "complete"), Sample("", "complete"), Sample("if a:", "needsMore"), Sample("if a:\n  b", "needsMore"),
    Sample("if a:\n  b\n", "complete"), Sample("if a: b", "needsMore"), Sample("(a,", "needsMore"), Sample("'''a", "needsMore"),
    Sample("'a", "complete"), Sample("a \\", "needsMore"), Sample("@a", "needsMore"), Sample("@a\ndef f(): pass", "needsMore"),
    Sample("try:\n  a\n", "needsMore"), Sample("a b", "complete"), Sample("match a:", "needsMore"), Sample("match a", "complete"),
    Sample("f'''{a", "needsMore"), Sample("# note", "complete"), Sample("def f():\n  if a:", "needsMore"), Sample("x = [\n1,", "needsMore"),
    Sample("a)", "complete"),
  ]) func consoleInput(sample: Sample) {
    let answer = Array(sample.source.utf8).withUnsafeBufferPointer { Parser.completeness(of: $0, memory: .system) }
    #expect("\(answer)" == sample.result)
  }

  @Test func interactiveTakesOneStatement() {
    #expect(parsed("a; b\n", mode: .interactive) == "((expr a) (expr b))")
    #expect(parsed("a\nb", mode: .interactive) == "syntaxError: multiple statements found while compiling a single statement (2:1)")
    #expect(parsed("", mode: .interactive) == "syntaxError: invalid syntax (1:1)...")
    #expect(parsed("\\\n", mode: .interactive) == "syntaxError: invalid syntax (2:1)...")
    #expect(parsed("# note", mode: .interactive) == "()")
    #expect(parsed("", mode: .expression).hasPrefix("syntaxError"))
    #expect(parsed("\\\n") == "()")
    #expect(parsed("a; b", mode: .expression).hasPrefix("syntaxError"))
  }
}
