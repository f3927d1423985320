// More programs that MicroPython's cross compiler accepts, and what it makes of them.

extension Program {
  static let upstreamSecond: [Program] = [
    Program(
      "break out of with",
      """
      while a:
        with b:
          break
      for x in y:
        with b:
          break
      """,
      """
      <module>: JUMP 12; LOAD_NAME b; SETUP_WITH 10; POP_TOP; UNWIND_JUMP 16 1; WITH_CLEANUP; END_FINALLY; LOAD_NAME a; \
      POP_JUMP_IF_TRUE 2; LOAD_NAME y; GET_ITER_STACK; FOR_ITER 35; STORE_NAME x; LOAD_NAME b; SETUP_WITH 31; POP_TOP; UNWIND_JUMP \
      35 129; WITH_CLEANUP; END_FINALLY; JUMP 19; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "raise",
      """
      raise
      """,
      """
      <module>: RAISE_LAST
      """),
    Program(
      "raise from",
      """
      raise a from b
      """,
      """
      <module>: LOAD_NAME a; LOAD_NAME b; RAISE_FROM
      """),
    Program(
      "dead code",
      """
      def f():
        return 1
        x = 2
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_SMALL_INT 1; RETURN_VALUE
      """),
    Program(
      "import",
      """
      import a
      import a.b.c
      import a.b.c as d
      from a import b, c as d
      from ..a import b
      from . import c
      from a import *
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 0; LOAD_CONST_NONE; IMPORT_NAME 'a'; STORE_NAME a; LOAD_CONST_SMALL_INT 0; LOAD_CONST_NONE; \
      IMPORT_NAME 'a.b.c'; STORE_NAME a; LOAD_CONST_SMALL_INT 0; LOAD_CONST_NONE; IMPORT_NAME 'a.b.c'; LOAD_ATTR b; LOAD_ATTR c; \
      STORE_NAME d; LOAD_CONST_SMALL_INT 0; LOAD_CONST_STRING 'b'; LOAD_CONST_STRING 'c'; BUILD_TUPLE 2; IMPORT_NAME 'a'; \
      IMPORT_FROM 'b'; STORE_NAME b; IMPORT_FROM 'c'; STORE_NAME d; POP_TOP; LOAD_CONST_SMALL_INT 2; LOAD_CONST_STRING 'b'; \
      BUILD_TUPLE 1; IMPORT_NAME 'a'; IMPORT_FROM 'b'; STORE_NAME b; POP_TOP; LOAD_CONST_SMALL_INT 1; LOAD_CONST_STRING 'c'; \
      BUILD_TUPLE 1; IMPORT_NAME ''; IMPORT_FROM 'c'; STORE_NAME c; POP_TOP; LOAD_CONST_SMALL_INT 0; LOAD_CONST_STRING '*'; \
      BUILD_TUPLE 1; IMPORT_NAME 'a'; IMPORT_STAR; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "calls",
      """
      f()
      f(1, *a, b, **c)
      f(a=1, b=2)
      o.m(x).n(*y)
      (o.m)(x)
      """,
      """
      <module>: LOAD_NAME f; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME f; LOAD_CONST_SMALL_INT 1; LOAD_NAME a; LOAD_NAME b; \
      LOAD_NULL; LOAD_NAME c; LOAD_CONST_SMALL_INT 2; CALL_FUNCTION_VAR_KW n=3 nkw=1; POP_TOP; LOAD_NAME f; LOAD_CONST_STRING 'a'; \
      LOAD_CONST_SMALL_INT 1; LOAD_CONST_STRING 'b'; LOAD_CONST_SMALL_INT 2; CALL_FUNCTION n=0 nkw=2; POP_TOP; LOAD_NAME o; \
      LOAD_METHOD m; LOAD_NAME x; CALL_METHOD n=1 nkw=0; LOAD_METHOD n; LOAD_NAME y; LOAD_CONST_SMALL_INT 1; CALL_METHOD_VAR_KW n=1 \
      nkw=0; POP_TOP; LOAD_NAME o; LOAD_ATTR m; LOAD_NAME x; CALL_FUNCTION n=1 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "generator argument",
      """
      f(x for x in y)
      f((x for x in y), 1)
      """,
      """
      <module>: LOAD_NAME f; MAKE_FUNCTION <genexpr>; LOAD_NAME y; GET_ITER; CALL_FUNCTION n=1 nkw=0; CALL_FUNCTION n=1 nkw=0; \
      POP_TOP; LOAD_NAME f; MAKE_FUNCTION <genexpr>; LOAD_NAME y; GET_ITER; CALL_FUNCTION n=1 nkw=0; LOAD_CONST_SMALL_INT 1; \
      CALL_FUNCTION n=2 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      <genexpr>: LOAD_NULL; LOAD_FAST 0; LOAD_NULL; LOAD_NULL; FOR_ITER 12; STORE_FAST 1; LOAD_FAST 1; YIELD_VALUE; POP_TOP; JUMP \
      4; LOAD_CONST_NONE; RETURN_VALUE
      <genexpr>: LOAD_NULL; LOAD_FAST 0; LOAD_NULL; LOAD_NULL; FOR_ITER 12; STORE_FAST 1; LOAD_FAST 1; YIELD_VALUE; POP_TOP; JUMP \
      4; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "function",
      """
      def f(a, b=1, *c, d, e=2, **g):
        return a
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 1; BUILD_TUPLE 1; BUILD_MAP 0; LOAD_CONST_SMALL_INT 2; LOAD_CONST_STRING 'e'; STORE_MAP; \
      MAKE_FUNCTION_DEFARGS f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_FAST 0; RETURN_VALUE
      """),
    Program(
      "keyword default only",
      """
      def f(*, a=1): pass
      """,
      """
      <module>: LOAD_NULL; BUILD_MAP 0; LOAD_CONST_SMALL_INT 1; LOAD_CONST_STRING 'a'; STORE_MAP; MAKE_FUNCTION_DEFARGS f; \
      STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "closure",
      """
      def f(a):
        b = 1
        def g():
          nonlocal b
          b = a
        return g
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_SMALL_INT 1; STORE_DEREF 2; LOAD_FAST 0; LOAD_FAST 2; MAKE_CLOSURE g 2; STORE_FAST 1; LOAD_FAST 1; RETURN_VALUE
      g: LOAD_DEREF 0; STORE_DEREF 1; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "closure through levels",
      """
      def f(a):
        def g():
          def h():
            return a
          return h
        return g
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_FAST 0; MAKE_CLOSURE g 1; STORE_FAST 1; LOAD_FAST 1; RETURN_VALUE
      g: LOAD_FAST 0; MAKE_CLOSURE h 1; STORE_FAST 1; LOAD_FAST 1; RETURN_VALUE
      h: LOAD_DEREF 0; RETURN_VALUE
      """),
    Program(
      "closed over variadic",
      """
      def f(*a, b):
        return lambda: (a, b)
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_FAST 0; LOAD_FAST 1; MAKE_CLOSURE <lambda> 2; RETURN_VALUE
      <lambda>: LOAD_DEREF 1; LOAD_DEREF 0; BUILD_TUPLE 2; RETURN_VALUE
      """),
    Program(
      "global",
      """
      x = 1
      def f():
        global x
        x = 2
      def g():
        return x
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 1; STORE_GLOBAL x; MAKE_FUNCTION f; STORE_NAME f; MAKE_FUNCTION g; STORE_NAME g; \
      LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_SMALL_INT 2; STORE_GLOBAL x; LOAD_CONST_NONE; RETURN_VALUE
      g: LOAD_GLOBAL x; RETURN_VALUE
      """),
    Program(
      "many locals",
      """
      def f():
        a0 = 0
        a1 = 1
        a2 = 2
        a3 = 3
        a4 = 4
        a5 = 5
        a6 = 6
        a7 = 7
        a8 = 8
        a9 = 9
        a10 = 10
        a11 = 11
        a12 = 12
        a13 = 13
        a14 = 14
        a15 = 15
        a16 = 16
        a17 = 17
        return a17
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_SMALL_INT 0; STORE_FAST 0; LOAD_CONST_SMALL_INT 1; STORE_FAST 1; LOAD_CONST_SMALL_INT 2; STORE_FAST 2; \
      LOAD_CONST_SMALL_INT 3; STORE_FAST 3; LOAD_CONST_SMALL_INT 4; STORE_FAST 4; LOAD_CONST_SMALL_INT 5; STORE_FAST 5; \
      LOAD_CONST_SMALL_INT 6; STORE_FAST 6; LOAD_CONST_SMALL_INT 7; STORE_FAST 7; LOAD_CONST_SMALL_INT 8; STORE_FAST 8; \
      LOAD_CONST_SMALL_INT 9; STORE_FAST 9; LOAD_CONST_SMALL_INT 10; STORE_FAST 10; LOAD_CONST_SMALL_INT 11; STORE_FAST 11; \
      LOAD_CONST_SMALL_INT 12; STORE_FAST 12; LOAD_CONST_SMALL_INT 13; STORE_FAST 13; LOAD_CONST_SMALL_INT 14; STORE_FAST 14; \
      LOAD_CONST_SMALL_INT 15; STORE_FAST 15; LOAD_CONST_SMALL_INT 16; STORE_FAST_N 16; LOAD_CONST_SMALL_INT 17; STORE_FAST_N 17; \
      LOAD_FAST_N 17; RETURN_VALUE
      """),
    Program(
      "lambda",
      """
      f = lambda x, y=1: x + y
      g = lambda: (yield)
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 1; BUILD_TUPLE 1; LOAD_NULL; MAKE_FUNCTION_DEFARGS <lambda>; STORE_NAME f; MAKE_FUNCTION \
      <lambda>; STORE_NAME g; LOAD_CONST_NONE; RETURN_VALUE
      <lambda>: LOAD_FAST 0; LOAD_FAST 1; BINARY_OP 27 __add__; RETURN_VALUE
      <lambda>: LOAD_CONST_NONE; YIELD_VALUE; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "decorators",
      """
      @a
      @b.c(1)
      def f(): pass
      @d
      class C: pass
      """,
      """
      <module>: LOAD_NAME a; LOAD_NAME b; LOAD_ATTR c; LOAD_CONST_SMALL_INT 1; CALL_FUNCTION n=1 nkw=0; MAKE_FUNCTION f; \
      CALL_FUNCTION n=1 nkw=0; CALL_FUNCTION n=1 nkw=0; STORE_NAME f; LOAD_NAME d; LOAD_BUILD_CLASS; MAKE_FUNCTION C; \
      LOAD_CONST_STRING 'C'; CALL_FUNCTION n=2 nkw=0; CALL_FUNCTION n=1 nkw=0; STORE_NAME C; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      C: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING 'C'; STORE_NAME __qualname__; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "class",
      """
      class A(B, c=1):
        x = 1
        def m(self):
          return super().m(self.x)
        def n(self):
          return __class__
      """,
      """
      <module>: LOAD_BUILD_CLASS; MAKE_FUNCTION A; LOAD_CONST_STRING 'A'; LOAD_NAME B; LOAD_CONST_STRING 'c'; LOAD_CONST_SMALL_INT \
      1; CALL_FUNCTION n=3 nkw=1; STORE_NAME A; LOAD_CONST_NONE; RETURN_VALUE
      A: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING 'A'; STORE_NAME __qualname__; LOAD_CONST_SMALL_INT 1; \
      STORE_NAME x; LOAD_FAST 0; MAKE_CLOSURE m 1; STORE_NAME m; LOAD_FAST 0; MAKE_CLOSURE n 1; STORE_NAME n; LOAD_FAST 0; \
      RETURN_VALUE
      m: LOAD_GLOBAL super; LOAD_DEREF 0; LOAD_FAST 1; LOAD_SUPER_METHOD m; LOAD_FAST 1; LOAD_ATTR x; CALL_METHOD n=1 nkw=0; \
      RETURN_VALUE
      n: LOAD_DEREF 0; RETURN_VALUE
      """),
    Program(
      "super call",
      """
      class A(B):
        def m(self):
          super().a.b
          super(A, self).m()
      """,
      """
      <module>: LOAD_BUILD_CLASS; MAKE_FUNCTION A; LOAD_CONST_STRING 'A'; LOAD_NAME B; CALL_FUNCTION n=3 nkw=0; STORE_NAME A; \
      LOAD_CONST_NONE; RETURN_VALUE
      A: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING 'A'; STORE_NAME __qualname__; LOAD_FAST 0; MAKE_CLOSURE m 1; \
      STORE_NAME m; LOAD_FAST 0; RETURN_VALUE
      m: LOAD_GLOBAL super; LOAD_DEREF 0; LOAD_FAST 1; CALL_FUNCTION n=2 nkw=0; LOAD_ATTR a; LOAD_ATTR b; POP_TOP; LOAD_GLOBAL \
      super; LOAD_GLOBAL A; LOAD_FAST 1; CALL_FUNCTION n=2 nkw=0; LOAD_METHOD m; CALL_METHOD n=0 nkw=0; POP_TOP; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "generator function",
      """
      def f():
        x = yield
        yield 1
        y = yield from x
        return y
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; YIELD_VALUE; STORE_FAST 0; LOAD_CONST_SMALL_INT 1; YIELD_VALUE; POP_TOP; LOAD_FAST 0; GET_ITER; \
      LOAD_CONST_NONE; YIELD_FROM; STORE_FAST 1; LOAD_FAST 1; RETURN_VALUE
      """),
    Program(
      "list comprehension",
      """
      [x for x in y if x if z]
      [a for b in c for a in b]
      """,
      """
      <module>: MAKE_FUNCTION <listcomp>; LOAD_NAME y; CALL_FUNCTION n=1 nkw=0; POP_TOP; MAKE_FUNCTION <listcomp>; LOAD_NAME c; \
      CALL_FUNCTION n=1 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      <listcomp>: BUILD_LIST 0; LOAD_FAST 0; GET_ITER_STACK; FOR_ITER 19; STORE_FAST 1; LOAD_FAST 1; POP_JUMP_IF_FALSE 4; \
      LOAD_GLOBAL z; POP_JUMP_IF_FALSE 4; LOAD_FAST 1; STORE_COMP 20; JUMP 4; RETURN_VALUE
      <listcomp>: BUILD_LIST 0; LOAD_FAST 0; GET_ITER_STACK; FOR_ITER 19; STORE_FAST 1; LOAD_FAST 1; GET_ITER_STACK; FOR_ITER 17; \
      STORE_FAST 2; LOAD_FAST 2; STORE_COMP 36; JUMP 9; JUMP 4; RETURN_VALUE
      """),
    Program(
      "dict and set comprehensions",
      """
      {x: y for x in z}
      {x for x in z}
      """,
      """
      <module>: MAKE_FUNCTION <dictcomp>; LOAD_NAME z; CALL_FUNCTION n=1 nkw=0; POP_TOP; MAKE_FUNCTION <setcomp>; LOAD_NAME z; \
      CALL_FUNCTION n=1 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      <dictcomp>: BUILD_MAP 0; LOAD_FAST 0; GET_ITER_STACK; FOR_ITER 14; STORE_FAST 1; LOAD_GLOBAL y; LOAD_FAST 1; STORE_COMP 25; \
      JUMP 4; RETURN_VALUE
      <setcomp>: BUILD_SET 0; LOAD_FAST 0; GET_ITER_STACK; FOR_ITER 12; STORE_FAST 1; LOAD_FAST 1; STORE_COMP 22; JUMP 4; \
      RETURN_VALUE
      """),
    Program(
      "generator expression",
      """
      g = (x * a for x in y)
      """,
      """
      <module>: MAKE_FUNCTION <genexpr>; LOAD_NAME y; GET_ITER; CALL_FUNCTION n=1 nkw=0; STORE_NAME g; LOAD_CONST_NONE; \
      RETURN_VALUE
      <genexpr>: LOAD_NULL; LOAD_FAST 0; LOAD_NULL; LOAD_NULL; FOR_ITER 15; STORE_FAST 1; LOAD_FAST 1; LOAD_GLOBAL a; BINARY_OP 29 \
      __mul__; YIELD_VALUE; POP_TOP; JUMP 4; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "comprehension in function",
      """
      def f(a):
        return [a + x for x in a]
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_FAST 0; MAKE_CLOSURE <listcomp> 1; LOAD_DEREF 0; CALL_FUNCTION n=1 nkw=0; RETURN_VALUE
      <listcomp>: BUILD_LIST 0; LOAD_FAST 1; GET_ITER_STACK; FOR_ITER 15; STORE_FAST 2; LOAD_DEREF 0; LOAD_FAST 2; BINARY_OP 27 \
      __add__; STORE_COMP 20; JUMP 4; RETURN_VALUE
      """),
    Program(
      "assignment expression",
      """
      if (x := f()) > 1: x
      def g():
        [y := z for z in w]
        return y
      """,
      """
      <module>: LOAD_NAME f; CALL_FUNCTION n=0 nkw=0; DUP_TOP; STORE_NAME x; LOAD_CONST_SMALL_INT 1; BINARY_OP 1 __gt__; \
      POP_JUMP_IF_FALSE 14; LOAD_NAME x; POP_TOP; MAKE_FUNCTION g; STORE_NAME g; LOAD_CONST_NONE; RETURN_VALUE
      g: LOAD_FAST 0; MAKE_CLOSURE <listcomp> 1; LOAD_GLOBAL w; CALL_FUNCTION n=1 nkw=0; POP_TOP; LOAD_DEREF 0; RETURN_VALUE
      <listcomp>: BUILD_LIST 0; LOAD_FAST 1; GET_ITER_STACK; FOR_ITER 15; STORE_FAST 2; LOAD_FAST 2; DUP_TOP; STORE_DEREF 0; \
      STORE_COMP 20; JUMP 4; RETURN_VALUE
      """),
    Program(
      "async function",
      """
      async def f():
        await a
        async with b as c:
          d
        async for e in g:
          h
        else:
          i
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_GLOBAL a; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; POP_TOP; LOAD_GLOBAL b; DUP_TOP; LOAD_METHOD __aenter__; CALL_METHOD \
      n=0 nkw=0; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; STORE_FAST 0; SETUP_FINALLY 26; LOAD_GLOBAL d; POP_TOP; LOAD_CONST_NONE; \
      ROT_TWO; JUMP 57; DUP_TOP; LOAD_GLOBAL BaseException; BINARY_OP 8; POP_JUMP_IF_FALSE 55; DUP_TOP; ROT_THREE; ROT_TWO; \
      LOAD_METHOD __aexit__; ROT_THREE; ROT_THREE; DUP_TOP; LOAD_ATTR __class__; ROT_TWO; LOAD_CONST_NONE; CALL_METHOD n=3 nkw=0; \
      GET_ITER; LOAD_CONST_NONE; YIELD_FROM; POP_JUMP_IF_FALSE 68; POP_TOP; LOAD_CONST_NONE; JUMP 68; ROT_THREE; ROT_THREE; \
      LOAD_METHOD __aexit__; LOAD_CONST_NONE; DUP_TOP; DUP_TOP; CALL_METHOD n=3 nkw=0; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; \
      POP_TOP; END_FINALLY; LOAD_GLOBAL g; LOAD_METHOD __aiter__; CALL_METHOD n=0 nkw=0; SETUP_EXCEPT 88; DUP_TOP; LOAD_METHOD \
      __anext__; CALL_METHOD n=0 nkw=0; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; STORE_FAST 1; POP_EXCEPT_JUMP 98; DUP_TOP; \
      LOAD_GLOBAL StopAsyncIteration; BINARY_OP 8; POP_JUMP_IF_FALSE 97; POP_TOP; POP_EXCEPT_JUMP 103; END_FINALLY; LOAD_GLOBAL h; \
      POP_TOP; JUMP 75; LOAD_GLOBAL i; POP_TOP; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "annotations ignored",
      """
      x: int = 1
      y: int
      def f(a: int, *b: int) -> int:
        z: int
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 1; STORE_NAME x; MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "documentation ignored",
      """
      "module"
      def f():
        "function"
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "expression statements",
      """
      1
      x
      "a"
      ...
      """,
      """
      <module>: LOAD_NAME x; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "return of conditional",
      """
      def f(a):
        return b if a else c
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_FAST 0; POP_JUMP_IF_FALSE 6; LOAD_GLOBAL b; RETURN_VALUE; LOAD_GLOBAL c; RETURN_VALUE
      """),
  ]
}
