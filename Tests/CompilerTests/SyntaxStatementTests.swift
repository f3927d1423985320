// Statements: source to tree.

import Testing

@testable import Compiler

@Suite struct SyntaxStatementTests {
  @Test(arguments: [
    Sample("", "()"), Sample("\n\n# note\n   # note\n", "()"), Sample("\u{feff}a", "((expr a))"),
    Sample("a; b;\nc", "((expr a) (expr b) (expr c))"),
    Sample("a = b = c", "((= c a b))"), Sample("a, *b = c", "((= c (tuple a (* b))))"),
    Sample("[a, (b, c.d), e[0]] = f", "((= f (list a (tuple b (. c d)) ([] e 0))))"),
    Sample("a = *b, c", "((= (tuple (* b) c) a))"), Sample("a = yield b", "((= (yield b) a))"), Sample("a += b, c", "((+= a (tuple b c)))"),
    Sample("a **= b\nc //= d\ne >>= f\ng @= h", "((**= a b) (//= c d) (>>= e f) (@= g h))"), Sample("a: b", "((ann a b _ 1))"),
    Sample("(a): b = c", "((ann a b c 0))"), Sample("a.b: c = yield", "((ann (. a b) c (yield _) 0))"),
    Sample("a: b = 1, *c", "((ann a b (tuple 1 (* c)) 1))"),
    Sample("pass; break; continue", "(pass break continue)"), Sample("return", "((return _))"),
    Sample("return 1, *a", "((return (tuple 1 (* a))))"),
    Sample("raise", "((raise _ _))"), Sample("raise a from b", "((raise a b))"),
    Sample("global a, b; nonlocal c", "((global a b) (nonlocal c))"),
    Sample("del a, b[0], (c.d, [e])", "((del a ([] b 0) (tuple (. c d) (list e))))"), Sample("del (a)", "((del a))"),
    Sample("del a,", "((del a))"),
    Sample("assert a, b", "((assert a b))"), Sample("import a.b.c as d, e", "((import (a.b.c d) (e _)))"),
    Sample("from a.b import c as d, e", "((from 0 a.b (c d) (e _)))"),
    Sample("from .... import (a, b,)", "((from 4 _ (a _) (b _)))"), Sample("from ..a import *", "((from 2 a (* _)))"),
    Sample("[] = a", "((= a (list)))"),
    Sample("type = 1; type(a)", "((= 1 type) (expr (call type a)))"),
    Sample("type X[S, T: int = a, *Ts = *c, **P = d] = b", "((type X ((S _ _) (T int a) (*Ts (* c)) (**P d)) b))"),
    Sample("a = \\\n  b\n", "((= b a))"), Sample("(a\n  +\n# note\n b)", "((expr (+ a b)))"),
    Sample("a\rb\r\nc", "((expr a) (expr b) (expr c))"),
  ]) func simple(sample: Sample) { #expect(parsed(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("if a: b\nelif c: d\nelif e: f\nelse: g", "((if a ((expr b)) c ((expr d)) e ((expr f)) ((expr g))))"),
    Sample("if a := b: pass", "((if (:= a b) (pass) ()))"),
    Sample("while a:\n  b\nelse:\n  c\nd", "((while a ((expr b)) ((expr c))) (expr d))"),
    Sample("for a, *b in c, *d: pass", "((for (tuple a (* b)) (tuple c (* d)) (pass) ()))"),
    Sample("for a.b in c: pass\nelse: pass", "((for (. a b) c (pass) (pass)))"),
    Sample("for x[a in b] in c: pass", "((for ([] x (cmp a in b)) c (pass) ()))"),
    Sample("try: a\nexcept: b", "((try ((expr a)) (except _ _ ((expr b))) () ()))"),
    Sample(
      "try: a\nexcept B as c: d\nexcept (E, F): g\nelse: h\nfinally: i",
      "((try ((expr a)) (except B c ((expr d))) (except (tuple E F) _ ((expr g))) ((expr h)) ((expr i))))"),
    Sample("try: a\nfinally: b", "((try ((expr a)) () ((expr b))))"),
    Sample("try: a\nexcept* B: c", "((try* ((expr a)) (except B _ ((expr c))) () ()))"),
    Sample("try: a\nexcept B, C: d", "((try ((expr a)) (except (tuple B C) _ ((expr d))) () ()))"),
    Sample("with a, b as c: d", "((with (a _) (b c) ((expr d))))"),
    Sample("with (a as b, c,): d", "((with (a b) (c _) ((expr d))))"), Sample("with (a, b): c", "((with (a _) (b _) ((expr c))))"),
    Sample("with (a, b) as c: d", "((with ((tuple a b) c) ((expr d))))"),
    Sample("with (a).b(c) as d, e: f", "((with ((call (. a b) c) d) (e _) ((expr f))))"),
    Sample("with (yield a): b", "((with ((yield a) _) ((expr b))))"),
    Sample("async with a as (b, c): d", "((async-with (a (tuple b c)) ((expr d))))"),
    Sample("async for a in b: c", "((async-for a b ((expr c)) ()))"),
    Sample("if a:\n\tb\n\tif c:\n\t  d", "((if a ((expr b) (if c ((expr d)) ())) ()))"),
    Sample("if a:\n  if b:\n    c\n  # note\n\n  d", "((if a ((if b ((expr c)) ()) (expr d)) ()))"),
    Sample("if a:\n  b\n\u{c}\nc", "((if a ((expr b)) ()) (expr c))"),
  ]) func compound(sample: Sample) { #expect(parsed(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("def f(): pass", "((def f () () _ () (pass)))"),
    Sample("def f(a, /, b: c = 1, *d: e, g, h=2, **i) -> j: pass", "((def f () (/a (b c 1) (*d e _) kg (kh _ 2) **i) j () (pass)))"),
    Sample("def f(*, a): pass", "((def f () (ka) _ () (pass)))"), Sample("def f(*a: *b): pass", "((def f () ((*a (* b) _)) _ () (pass)))"),
    Sample("def f[T, *Ts](a,): pass", "((def f ((T _ _) (*Ts _)) (a) _ () (pass)))"),
    Sample("@a.b\n@c(d)\nasync def f(): await g", "((async-def f () () _ ((. a b) (call c d)) ((expr (await g)))))"),
    Sample("class A: pass", "((class A () () () (pass)))"),
    Sample("@a or b\nclass A[T](B, *C, metaclass=D): pass", "((class A ((T _ _)) (B (* C) (= metaclass D)) ((or a b)) (pass)))"),
    Sample("@micropython.viper\ndef f(*): pass", "((def f () () _ ((. micropython viper)) (pass)))"),
  ]) func definitions(sample: Sample) { #expect(parsed(sample.source) == sample.result) }

  @Test(arguments: [
    Sample("match a:\n case _: b", "((match a (case (p_) _ ((expr b)))))"),
    Sample("match a, *b:\n case x if y: pass", "((match (tuple a (* b)) (case (pname x) y (pass))))"),
    Sample(
      "match a:\n case 1 | -2.5 | 3+4j | 'a' 'b' | b.c: pass",
      #"((match a (case (por (pvalue 1) (pvalue (u- 2.5)) (pvalue (+ 3 4j)) (pvalue "ab") (pvalue (. b c))) _ (pass))))"#),
    Sample("match a:\n case None | True: pass", "((match a (case (por (pis None) (pis True)) _ (pass))))"),
    Sample("match a:\n case x, *_: pass", "((match a (case (pseq (pname x) (pstar _)) _ (pass))))"),
    Sample("match a:\n case *x,: pass", "((match a (case (pseq (pstar x)) _ (pass))))"),
    Sample(
      "match a:\n case [] | () | (1,) | [2]: pass", "((match a (case (por (pseq) (pseq) (pseq (pvalue 1)) (pseq (pvalue 2))) _ (pass))))"),
    Sample("match a:\n case (x) as y: pass", "((match a (case (pas (pname x) y) _ (pass))))"),
    Sample(
      "match a:\n case {'k': v, -1: _, b.c: 2, **r}: pass",
      #"((match a (case (pmap "k" (pname v) (u- 1) (p_) (. b c) (pvalue 2) **r) _ (pass))))"#),
    Sample(
      "match a:\n case b.C(1, x, k=2, l=y,): pass",
      "((match a (case (pclass (. b C) (pvalue 1) (pname x) (= k (pvalue 2)) (= l (pname y))) _ (pass))))"),
    Sample("match a:\n case C(k=(x | [x])): pass", "syntaxError: pattern makes remaining patterns unreachable (2:12)"),
    Sample("match a:\n case [x] | (x, 1): pass", "((match a (case (por (pseq (pname x)) (pseq (pname x) (pvalue 1))) _ (pass))))"),
    Sample("match (a)\n", "((expr (call match a)))"), Sample("match[a:b]", "((expr ([] match (: a b _))))"),
    Sample("match -a:\n case 1: pass", "((match (u- a) (case (pvalue 1) _ (pass))))"),
    Sample("match - a", "((expr (- match a)))"), Sample("match * a, b", "((expr (tuple (* match a) b)))"),
    Sample("match not in a", "((expr (cmp match not-in a)))"), Sample("match = case = _ = 1", "((= 1 match case _))"),
    Sample("match {}:\n case {}: pass", "((match (dict) (case (pmap **_) _ (pass))))"),
    Sample("match (a, b):\n case (1): pass", "((match (tuple a b) (case (pvalue 1) _ (pass))))"),
    Sample("match.a: b", "((ann (. match a) b _ 0))"),
  ]) func patterns(sample: Sample) { #expect(parsed(sample.source) == sample.result) }

  @Test func streamGivesOneStatementAtATime() throws {
    try Array("a; b\nif c:\n  d\n\n'e'\n".utf8).withUnsafeBufferPointer { bytes in
      let names = try newNames()
      defer { names.deallocate() }
      var parser = try Parser(source: bytes, names: names)
      var results: [String] = []
      while true {
        let root = try parser.nextStatement()
        if root.isNone { break }
        results.append(SyntaxDump(tree: parser.tree, names: names).dump(root))
      }
      #expect(results == ["((expr a) (expr b))", "((if c ((expr d)) ()))", #"((expr "e"))"#])
      #expect(try parser.nextStatement().isNone)
    }
  }

  @Test func positionsAreFirstTokens() throws {
    try Array("x = (a)\\\n + bb.c\n".utf8).withUnsafeBufferPointer { bytes in
      let names = try newNames()
      defer { names.deallocate() }
      var parser = try Parser(source: bytes, names: names)
      let root = try parser.parse()
      let dump = SyntaxDump(tree: parser.tree, names: names, positions: true).dump(root)
      #expect(dump == "(1:0(= 1:4(+ 1:5a 2:3(. 2:3bb c)) 1:0x))")
    }
  }
}
