// Expressions: source to tree.

import Testing

@testable import Compiler

@Suite struct SyntaxExpressionTests {
  @Test(arguments: [
    Sample("a", "a"), Sample("None", "None"), Sample("...", "..."), Sample("0x_ff", "0x_ff"), Sample("1_000.5e-3", "1_000.5e-3"),
    Sample(".5j", ".5j"), Sample("0777.5", "0777.5"), Sample("00", "00"), Sample("1if x else y", "(? x 1 y)"), Sample("1or 0", "(or 1 0)"),
    Sample("0x1for x", "(or 0x1f x)"), Sample("()", "(tuple)"), Sample("(a)", "a"), Sample("(a,)", "(tuple a)"),
    Sample("a,", "(tuple a)"), Sample("*a, b", "(tuple (* a) b)"), Sample("[]", "(list)"), Sample("[a, *b,]", "(list a (* b))"),
    Sample("{}", "(dict)"), Sample("{a}", "(set a)"), Sample("{*a, b}", "(set (* a) b)"), Sample("{a: b, **c}", "(dict a b _ c)"),
    Sample("{**a}", "(dict _ a)"), Sample("été", "été"), Sample("  a", "a"), Sample("a\n\n", "a"),
  ]) func atoms(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("a + b", "(+ a b)"), Sample("a + b - c", "(chain a + b - c)"), Sample("a + b * c", "(+ a (* b c))"),
    Sample("a * b % c // d / e @ f", "(chain a * b % c // d / e @ f)"), Sample("-a ** -b", "(u- (** a (u- b)))"),
    Sample("a ** b ** c", "(** a (** b c))"), Sample("not a == b", "(not (cmp a == b))"), Sample("~+a", "(u~ (u+ a))"),
    Sample("a < b", "(cmp a < b)"), Sample("a < b <= c is not d not in e", "(cmp a < b <= c is-not d not-in e)"),
    Sample("(a < b) < c", "(cmp (cmp a < b) < c)"), Sample("a and b and c or d", "(or (and a b c) d)"),
    Sample("a or (b or c)", "(or a (or b c))"), Sample("a | b ^ c & d << e", "(| a (^ b (& c (<< d e))))"),
    Sample("a if b else c if d else e", "(? b a (? d c e))"), Sample("lambda: 0", "(lambda () 0)"),
    Sample("lambda a, /, b=1, *c, d, e=2, **f: g", "(lambda (/a (b _ 1) *c kd (ke _ 2) **f) g)"),
    Sample("lambda *, a: a", "(lambda (ka) a)"), Sample("(a := b)", "(:= a b)"), Sample("await_", "await_"),
    Sample("await a ** b", "(** (await a) b)"), Sample("(yield)", "(yield _)"), Sample("(yield a, *b)", "(yield (tuple a (* b)))"),
    Sample("(yield from a)", "(yield-from a)"), Sample("a + not b", "syntaxError: invalid syntax (1:5)"),
  ]) func operators(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("a.b.c", "(. (. a b) c)"), Sample("a[b]", "([] a b)"), Sample("a[b, c]", "([] a (tuple b c))"),
    Sample("a[:]", "([] a (: _ _ _))"), Sample("a[b:c:d]", "([] a (: b c d))"), Sample("a[::b, c]", "([] a (tuple (: _ _ b) c))"),
    Sample("a[*b]", "([] a (tuple (* b)))"), Sample("a[b := c]", "([] a (:= b c))"), Sample("f()", "(call f)"),
    Sample("f(a, *b, c, k=1, *d, **e, l=2)", "(call f a (* b) c (= k 1) (* d) (** e) (= l 2))"), Sample("f(a := b)", "(call f (:= a b))"),
    Sample("f(x for x in y)", "(call f (gen x (for x y)))"), Sample("f((x for x in y), z)", "(call f (gen x (for x y)) z)"),
    Sample("f(*a or b)", "(call f (* (or a b)))"), Sample("a.b(c)[d].e", "(. ([] (call (. a b) c) d) e)"),
    Sample("1 .real", "(. 1 real)"), Sample("1..real", "(. 1. real)"),
  ]) func postfix(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("[x for x in y]", "(listcomp x (for x y))"), Sample("{x for x in y if a if b}", "(setcomp x (for x y a b))"),
    Sample("{x: y for x, y in z}", "(dictcomp x y (for (tuple x y) z))"),
    Sample("(x async for x in y for z in x)", "(gen x (async-for x y) (for z x))"),
    Sample("[x for *x, y in z]", "(listcomp x (for (tuple (* x) y) z))"), Sample("[a := x for x in y]", "(listcomp (:= a x) (for x y))"),
    Sample("[x for x in a or b if c or d]", "(listcomp x (for x (or a b) (or c d)))"),
    Sample("[x for x, in y]", "(listcomp x (for (tuple x) y))"),
  ]) func comprehensions(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("'a' \"b\" '''c'''", #""abc""#),
    Sample(#"'\n\t\x41\101\u00e9\U0001F600\q\'\\'"#, #""\x0a\x09AA\xc3\xa9\xf0\x9f\x98\x80\x5cq'\x5c""#),
    Sample(#"b'\xff\u0041'"#, #"b"\xff\x5cu0041""#), Sample(#"r'\n'"#, #""\x5cn""#), Sample(#"Rb'\'' b'x'"#, #"b"\x5c'x""#),
    Sample("'''a\r\nb\rc\nd'''", #""a\x0ab\x0ac\x0ad""#), Sample("'a\\\nb'", #""ab""#), Sample(#"'\ud800'"#, #""\xed\xa0\x80""#),
    Sample(#"'\400'"#, #""\xc4\x80""#), Sample("u'a'", #""a""#), Sample("'é'", #""\xc3\xa9""#),
    Sample("'a' b'b'", "syntaxError: cannot mix bytes and nonbytes literals (1:5)"),
    Sample(#"'\x4'"#, "syntaxError: invalid syntax (1:1)"), Sample(#"'\U00110000'"#, "syntaxError: invalid syntax (1:1)"),
    Sample(#"'\N{DASH}'"#, "notImplemented: unicode name escapes (1:1)"),
    Sample("b'é'", "syntaxError: bytes can only contain ASCII literal characters (1:1)"),
  ]) func strings(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("f''", "(f)"), Sample("f'a'", #"(f "a")"#), Sample("f'{a}'", "(f (interp a))"),
    Sample("f'x{a!r:>{w}}y'", #"(f "x" (interp a !r (f ">" (interp w))) "y")"#),
    Sample("f'{{{a}}}'", #"(f "{" (interp a) "}")"#), Sample("f'{a=}'", #"(f "a=" (interp a !r))"#),
    Sample("f'b{ a = !s:5}'", #"(f "b a = " (interp a !s (f "5")))"#),
    Sample("f'{a=:5}'", #"(f "a=" (interp a (f "5")))"#), Sample("f'{a:=5}'", #"(f (interp a (f "=5")))"#),
    Sample("f'{(a:=5)}'", "(f (interp (:= a 5)))"),
    Sample("f'{a!=b}'", "(f (interp (cmp a != b)))"), Sample("f'{a[\"b\"]}'", #"(f (interp ([] a "b")))"#),
    Sample("f'{a['b']}'", #"(f (interp ([] a "b")))"#),
    Sample("f'{f'{f'{a}'}'}'", "(f (interp (f (interp (f (interp a))))))"), Sample("f'{\na # note }\n}'", "(f (interp a))"),
    Sample("'a' f'b{c}d' 'e'", #"(f "ab" (interp c) "de")"#), Sample(#"rf'\{a}\''"#, #"(f "\x5c" (interp a) "\x5c'")"#),
    Sample(#"f'\x41\{a}'"#, #"(f "A\x5c" (interp a))"#),
    Sample("f'{a, *b}'", "(f (interp (tuple a (* b))))"), Sample("f'''{\n'''x'''}'''", #"(f (interp "x"))"#),
    Sample("f'{a:%H:%M}'", #"(f (interp a (f "%H:%M")))"#),
    Sample("f'{ {1: 2}[1] }'", "(f (interp ([] (dict 1 2) 1)))"), Sample("f'{lambda: 1}'", "syntaxError: invalid syntax (1:4)"),
    Sample("f'{a' 'b'", "syntaxError: malformed f-string (1:5)"), Sample("f'{}'", "syntaxError: malformed f-string (1:4)"),
    Sample("f'}'", "syntaxError: malformed f-string (1:3)"),
    Sample("f'{a!x}'", "syntaxError: invalid syntax (1:6)"), Sample("f'{a b}'", "syntaxError: invalid syntax (1:6)"),
    Sample("f'{a'", "syntaxError: malformed f-string (1:5)"),
    Sample("f'{yield a}'", "(f (interp (yield a)))"), Sample("f'a' b'b'", "syntaxError: cannot mix bytes and nonbytes literals (1:6)"),
  ]) func formattedStrings(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("t''", "(t)"), Sample("t'a{b!s:c}'", #"(t "a" (interp b !s (f "c")))"#), Sample("tR'\\{a}' t'b'", #"(t "\x5c" (interp a) "b")"#),
    Sample("t'a' 'b'", "syntaxError: cannot mix t-string literals with string or bytes literals (1:6)"),
    Sample("t'{a!r :5}'", "syntaxError: invalid syntax (1:7)"), Sample("t'{a:{b}{{c}}}'", #"(t (interp a (f (interp b) "{c}")))"#),
    Sample("t'{more text'", "syntaxError: malformed f-string (1:9)"), Sample("t'{nested{x}}'", "syntaxError: invalid syntax (1:10)"),
    Sample("tf'{a}'", "syntaxError: invalid syntax (1:3)"),
  ]) func templateStrings(sample: Sample) { #expect(expression(sample.source) == sample.result) }

  @Test func interpolationKeepsItsText() throws {
    try Array("t'{  a + b  !r}'".utf8).withUnsafeBufferPointer { bytes in
      let names = try newNames()
      defer { names.deallocate() }
      var parser = try Parser(source: bytes, names: names, mode: .expression)
      let root = try parser.parse()
      let tree = parser.tree
      let parts = tree.list(tree[tree[root].leftNode].left)
      #expect(String(decoding: tree.interpolation(parts[0]).text, as: UTF8.self) == "  a + b")
    }
  }
}
