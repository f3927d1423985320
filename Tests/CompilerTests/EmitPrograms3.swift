// Programs that go beyond MicroPython, compiled with Taipan's extensions.

extension Program {
  static let extensions: [Program] = [
    Program(
      "format instructions",
      """
      f'{x}'
      f'a{x!r:>{w}}b'
      f'{x=}'
      f'plain'
      f''
      """,
      """
      <module>: LOAD_NAME x; FORMAT_VALUE 0; POP_TOP; LOAD_CONST_STRING 'a'; LOAD_NAME x; LOAD_CONST_STRING '>'; LOAD_NAME w; \
      FORMAT_VALUE 0; BUILD_STRING 2; FORMAT_VALUE 6; LOAD_CONST_STRING 'b'; BUILD_STRING 3; POP_TOP; LOAD_CONST_STRING 'x='; \
      LOAD_NAME x; FORMAT_VALUE 2; BUILD_STRING 2; POP_TOP; LOAD_CONST_STRING 'plain'; POP_TOP; LOAD_CONST_STRING ''; POP_TOP; \
      LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "documentation",
      """
      "module"
      def f():
        "function"
      class C:
        "class"
      """,
      """
      <module>: LOAD_CONST_STRING 'module'; STORE_NAME __doc__; MAKE_FUNCTION f; LOAD_CONST_STRING 'function'; \
      SET_FUNCTION_ATTRIBUTE 0; STORE_NAME f; LOAD_BUILD_CLASS; MAKE_FUNCTION C; LOAD_CONST_STRING 'C'; CALL_FUNCTION n=2 nkw=0; \
      STORE_NAME C; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      C: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING 'C'; STORE_NAME __qualname__; LOAD_CONST_STRING 'class'; \
      STORE_NAME __doc__; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "private names",
      """
      class _C:
        def m(self, __a):
          self.__b = __a
          __c__ = d.__e__
          def __g(): pass
      """,
      """
      <module>: LOAD_BUILD_CLASS; MAKE_FUNCTION _C; LOAD_CONST_STRING '_C'; CALL_FUNCTION n=2 nkw=0; STORE_NAME _C; \
      LOAD_CONST_NONE; RETURN_VALUE
      _C: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING '_C'; STORE_NAME __qualname__; MAKE_FUNCTION m; \
      LOAD_CONST_OBJ 0='_C.m'; SET_FUNCTION_ATTRIBUTE 1; STORE_NAME m; LOAD_CONST_NONE; RETURN_VALUE
      m: LOAD_FAST 1; LOAD_FAST 0; STORE_ATTR _C__b; LOAD_GLOBAL d; LOAD_ATTR __e__; STORE_FAST 2; MAKE_FUNCTION _C__g; \
      LOAD_CONST_OBJ 1='_C.m.<locals>.__g'; SET_FUNCTION_ATTRIBUTE 1; STORE_FAST 3; LOAD_CONST_NONE; RETURN_VALUE
      _C__g: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "positional-only parameters",
      """
      def f(a, /, b): pass
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "starred displays",
      """
      (*a, 1)
      [1, *a]
      {*a, 1}
      {**a, 1: 2}
      """,
      """
      <module>: BUILD_TUPLE 0; LOAD_ATTR __class__; BUILD_LIST 0; DUP_TOP; LOAD_METHOD extend; LOAD_NAME a; CALL_METHOD n=1 nkw=0; \
      POP_TOP; DUP_TOP; LOAD_METHOD append; LOAD_CONST_SMALL_INT 1; CALL_METHOD n=1 nkw=0; POP_TOP; CALL_FUNCTION n=1 nkw=0; \
      POP_TOP; LOAD_CONST_SMALL_INT 1; BUILD_LIST 1; DUP_TOP; LOAD_METHOD extend; LOAD_NAME a; CALL_METHOD n=1 nkw=0; POP_TOP; \
      POP_TOP; BUILD_SET 0; DUP_TOP; LOAD_METHOD update; LOAD_NAME a; CALL_METHOD n=1 nkw=0; POP_TOP; DUP_TOP; LOAD_METHOD add; \
      LOAD_CONST_SMALL_INT 1; CALL_METHOD n=1 nkw=0; POP_TOP; POP_TOP; BUILD_MAP 2; DUP_TOP; LOAD_METHOD update; LOAD_NAME a; \
      CALL_METHOD n=1 nkw=0; POP_TOP; LOAD_CONST_SMALL_INT 2; LOAD_CONST_SMALL_INT 1; STORE_MAP; POP_TOP; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "star after keyword",
      """
      f(a=1, *b)
      f(*a, *b, **c, **d)
      """,
      """
      <module>: LOAD_NAME f; LOAD_NAME b; LOAD_CONST_STRING 'a'; LOAD_CONST_SMALL_INT 1; LOAD_CONST_SMALL_INT 1; \
      CALL_FUNCTION_VAR_KW n=1 nkw=1; POP_TOP; LOAD_NAME f; LOAD_NAME a; LOAD_NAME b; LOAD_NULL; LOAD_NAME c; LOAD_NULL; LOAD_NAME \
      d; LOAD_CONST_SMALL_INT 3; CALL_FUNCTION_VAR_KW n=2 nkw=2; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "key before value",
      """
      {f(): g()}
      {1: g(), f(): 2}
      """,
      """
      <module>: BUILD_MAP 1; LOAD_NAME f; CALL_FUNCTION n=0 nkw=0; LOAD_NAME g; CALL_FUNCTION n=0 nkw=0; ROT_TWO; STORE_MAP; \
      POP_TOP; BUILD_MAP 2; LOAD_NAME g; CALL_FUNCTION n=0 nkw=0; LOAD_CONST_SMALL_INT 1; STORE_MAP; LOAD_CONST_SMALL_INT 2; \
      LOAD_NAME f; CALL_FUNCTION n=0 nkw=0; STORE_MAP; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "qualified names",
      """
      class A:
        class B: pass
        def m(self):
          def g(): pass
      """,
      """
      <module>: LOAD_BUILD_CLASS; MAKE_FUNCTION A; LOAD_CONST_STRING 'A'; CALL_FUNCTION n=2 nkw=0; STORE_NAME A; LOAD_CONST_NONE; \
      RETURN_VALUE
      A: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING 'A'; STORE_NAME __qualname__; LOAD_BUILD_CLASS; MAKE_FUNCTION \
      B; LOAD_CONST_STRING 'B'; CALL_FUNCTION n=2 nkw=0; STORE_NAME B; MAKE_FUNCTION m; LOAD_CONST_OBJ 0='A.m'; \
      SET_FUNCTION_ATTRIBUTE 1; STORE_NAME m; LOAD_CONST_NONE; RETURN_VALUE
      B: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_OBJ 1='A.B'; STORE_NAME __qualname__; LOAD_CONST_NONE; RETURN_VALUE
      m: MAKE_FUNCTION g; LOAD_CONST_OBJ 2='A.m.<locals>.g'; SET_FUNCTION_ATTRIBUTE 1; STORE_FAST 1; LOAD_CONST_NONE; RETURN_VALUE
      g: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "annotations",
      """
      def f(a: T, *b: U) -> V: pass
      class C:
        T = 1
        x: T = 2
      z: int
      """,
      """
      <module>: MAKE_FUNCTION f; MAKE_FUNCTION <annotate>; SET_FUNCTION_ATTRIBUTE 2; STORE_NAME f; LOAD_BUILD_CLASS; MAKE_FUNCTION \
      C; LOAD_CONST_STRING 'C'; CALL_FUNCTION n=2 nkw=0; STORE_NAME C; MAKE_FUNCTION <annotate>; STORE_NAME __annotate__; \
      LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      <annotate>: BUILD_MAP 0; LOAD_GLOBAL T; LOAD_CONST_STRING 'a'; STORE_MAP; LOAD_GLOBAL U; LOAD_CONST_STRING 'b'; STORE_MAP; \
      LOAD_GLOBAL V; LOAD_CONST_STRING 'return'; STORE_MAP; RETURN_VALUE
      C: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_STRING 'C'; STORE_NAME __qualname__; LOAD_CONST_SMALL_INT 1; \
      STORE_NAME T; LOAD_CONST_SMALL_INT 2; STORE_NAME x; MAKE_FUNCTION <annotate>; STORE_NAME __annotate__; LOAD_CONST_NONE; \
      RETURN_VALUE
      <annotate>: BUILD_MAP 0; LOAD_GLOBAL int; LOAD_CONST_STRING 'z'; STORE_MAP; RETURN_VALUE
      <annotate>: BUILD_MAP 0; LOAD_FAST 0; LOAD_CLASS_NAME T; LOAD_CONST_STRING 'x'; STORE_MAP; RETURN_VALUE
      """),
    Program(
      "match values",
      """
      match a:
        case 1 | -2: b
        case None: c
        case d.e: f
        case _: g
      """,
      """
      <module>: LOAD_NAME a; DUP_TOP; DUP_TOP; LOAD_CONST_SMALL_INT 1; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 11; POP_TOP; JUMP 15; \
      LOAD_CONST_SMALL_INT -2; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 21; POP_TOP; LOAD_NAME b; POP_TOP; JUMP 55; DUP_TOP; \
      LOAD_CONST_NONE; BINARY_OP 7; POP_JUMP_IF_FALSE 32; POP_TOP; LOAD_NAME c; POP_TOP; JUMP 55; DUP_TOP; LOAD_NAME d; LOAD_ATTR \
      e; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 46; POP_TOP; LOAD_NAME f; POP_TOP; JUMP 55; DUP_TOP; POP_TOP; POP_TOP; LOAD_NAME g; \
      POP_TOP; JUMP 55; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "match sequences",
      """
      match a:
        case []: b
        case [c, 1]: d
        case [e, *f]: g
        case (*_,): h
      """,
      """
      <module>: LOAD_NAME a; DUP_TOP; MATCH 0; POP_JUMP_IF_FALSE 17; MATCH 3; LOAD_CONST_SMALL_INT 0; BINARY_OP 2 __eq__; \
      POP_JUMP_IF_FALSE 17; UNPACK_SEQUENCE 0; JUMP 20; POP_TOP; JUMP 27; POP_TOP; LOAD_NAME b; POP_TOP; JUMP 105; DUP_TOP; MATCH \
      0; POP_JUMP_IF_FALSE 48; MATCH 3; LOAD_CONST_SMALL_INT 2; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 48; UNPACK_SEQUENCE 2; \
      STORE_NAME c; LOAD_CONST_SMALL_INT 1; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 57; JUMP 51; POP_TOP; JUMP 57; POP_TOP; LOAD_NAME \
      d; POP_TOP; JUMP 105; DUP_TOP; MATCH 0; POP_JUMP_IF_FALSE 76; MATCH 3; LOAD_CONST_SMALL_INT 1; BINARY_OP 4 __ge__; \
      POP_JUMP_IF_FALSE 76; UNPACK_EX 1; STORE_NAME e; STORE_NAME f; JUMP 79; POP_TOP; JUMP 85; POP_TOP; LOAD_NAME g; POP_TOP; JUMP \
      105; DUP_TOP; MATCH 0; POP_JUMP_IF_FALSE 95; UNPACK_EX 0; POP_TOP; JUMP 98; POP_TOP; JUMP 104; POP_TOP; LOAD_NAME h; POP_TOP; \
      JUMP 105; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "match mappings",
      """
      match a:
        case {}: b
        case {"k": c, 1: 2, **d}: e
      """,
      """
      <module>: LOAD_NAME a; DUP_TOP; MATCH 1; POP_JUMP_IF_FALSE 11; POP_TOP; JUMP 14; POP_TOP; POP_TOP; JUMP 20; POP_TOP; \
      LOAD_NAME b; POP_TOP; JUMP 68; DUP_TOP; MATCH 1; POP_JUMP_IF_FALSE 58; LOAD_CONST_STRING 'k'; LOAD_CONST_SMALL_INT 1; \
      BUILD_TUPLE 2; MATCH 2; DUP_TOP; LOAD_CONST_NONE; BINARY_OP 7; POP_JUMP_IF_TRUE 57; UNPACK_SEQUENCE 2; STORE_NAME c; \
      LOAD_CONST_SMALL_INT 2; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 58; LOAD_CONST_STRING 'k'; LOAD_CONST_SMALL_INT 1; BUILD_TUPLE \
      2; MATCH 4; STORE_NAME d; POP_TOP; JUMP 61; POP_TOP; POP_TOP; JUMP 67; POP_TOP; LOAD_NAME e; POP_TOP; JUMP 68; POP_TOP; \
      LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "match classes",
      """
      match a:
        case B(): c
        case B(1, d, e=f) if g: h
        case x as y: z
      """,
      """
      <module>: LOAD_NAME a; DUP_TOP; LOAD_NAME B; LOAD_CONST_OBJ 0=(); MATCH 5; DUP_TOP; LOAD_CONST_NONE; BINARY_OP 7; \
      POP_JUMP_IF_TRUE 18; UNPACK_SEQUENCE 0; JUMP 21; POP_TOP; JUMP 27; POP_TOP; LOAD_NAME c; POP_TOP; JUMP 83; DUP_TOP; LOAD_NAME \
      B; LOAD_CONST_OBJ 1=('e',); MATCH 7; DUP_TOP; LOAD_CONST_NONE; BINARY_OP 7; POP_JUMP_IF_TRUE 52; UNPACK_SEQUENCE 3; \
      LOAD_CONST_SMALL_INT 1; BINARY_OP 2 __eq__; POP_JUMP_IF_FALSE 51; STORE_NAME d; STORE_NAME f; JUMP 55; POP_TOP; POP_TOP; JUMP \
      65; LOAD_NAME g; POP_JUMP_IF_FALSE 65; POP_TOP; LOAD_NAME h; POP_TOP; JUMP 83; DUP_TOP; DUP_TOP; STORE_NAME x; STORE_NAME y; \
      JUMP 76; POP_TOP; JUMP 82; POP_TOP; LOAD_NAME z; POP_TOP; JUMP 83; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "except group",
      """
      try:
        a
      except* B as c:
        d
      except* E:
        f
      else:
        g
      """,
      """
      <module>: SETUP_EXCEPT 7; LOAD_NAME a; POP_TOP; POP_EXCEPT_JUMP 94; LOAD_INTRINSIC 6; ROT_TWO; CALL_FUNCTION n=1 nkw=0; \
      DUP_TOP; LOAD_INTRINSIC 7; ROT_TWO; LOAD_NAME B; CALL_FUNCTION n=2 nkw=0; DUP_TOP; LOAD_CONST_NONE; BINARY_OP 7; \
      POP_JUMP_IF_TRUE 53; STORE_NAME c; SETUP_EXCEPT 43; SETUP_FINALLY 35; LOAD_NAME d; POP_TOP; LOAD_CONST_NONE; LOAD_CONST_NONE; \
      STORE_NAME c; DELETE_NAME c; END_FINALLY; POP_EXCEPT_JUMP 54; DUP_TOP_TWO; LOAD_INTRINSIC 8; ROT_THREE; CALL_FUNCTION n=2 \
      nkw=0; POP_TOP; POP_TOP; POP_EXCEPT_JUMP 54; POP_TOP; DUP_TOP; LOAD_INTRINSIC 7; ROT_TWO; LOAD_NAME E; CALL_FUNCTION n=2 \
      nkw=0; DUP_TOP; LOAD_CONST_NONE; BINARY_OP 7; POP_JUMP_IF_TRUE 85; POP_TOP; SETUP_EXCEPT 75; LOAD_NAME f; POP_TOP; \
      POP_EXCEPT_JUMP 86; DUP_TOP_TWO; LOAD_INTRINSIC 8; ROT_THREE; CALL_FUNCTION n=2 nkw=0; POP_TOP; POP_TOP; POP_EXCEPT_JUMP 86; \
      POP_TOP; LOAD_INTRINSIC 9; ROT_TWO; CALL_FUNCTION n=1 nkw=0; END_FINALLY; JUMP 97; LOAD_NAME g; POP_TOP; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "type parameters",
      """
      type A[T] = list[T]
      def f[T: int, *U, **P](x: T): pass
      class C[T = int](B): pass
      """,
      """
      <module>: MAKE_FUNCTION <generic parameters>; CALL_FUNCTION n=0 nkw=0; STORE_NAME A; MAKE_FUNCTION <generic parameters>; \
      CALL_FUNCTION n=0 nkw=0; STORE_NAME f; MAKE_FUNCTION <generic parameters>; CALL_FUNCTION n=0 nkw=0; STORE_NAME C; \
      LOAD_CONST_NONE; RETURN_VALUE
      <generic parameters>: LOAD_INTRINSIC 0; LOAD_CONST_STRING 'T'; CALL_FUNCTION n=1 nkw=0; STORE_DEREF 0; LOAD_INTRINSIC 4; \
      LOAD_CONST_STRING 'A'; LOAD_DEREF 0; BUILD_TUPLE 1; LOAD_FAST 0; MAKE_CLOSURE <lazy> 1; CALL_FUNCTION n=3 nkw=0; RETURN_VALUE
      <generic parameters>: LOAD_INTRINSIC 0; LOAD_CONST_STRING 'T'; MAKE_FUNCTION <lazy>; CALL_FUNCTION n=2 nkw=0; STORE_DEREF 2; \
      LOAD_INTRINSIC 1; LOAD_CONST_STRING 'U'; CALL_FUNCTION n=1 nkw=0; STORE_FAST 0; LOAD_INTRINSIC 2; LOAD_CONST_STRING 'P'; \
      CALL_FUNCTION n=1 nkw=0; STORE_FAST 1; MAKE_FUNCTION f; LOAD_CONST_OBJ 0='f'; SET_FUNCTION_ATTRIBUTE 1; LOAD_FAST 2; \
      MAKE_CLOSURE <annotate> 1; SET_FUNCTION_ATTRIBUTE 2; LOAD_DEREF 2; LOAD_FAST 0; LOAD_FAST 1; BUILD_TUPLE 3; \
      SET_FUNCTION_ATTRIBUTE 3; RETURN_VALUE
      <generic parameters>: LOAD_INTRINSIC 3; LOAD_INTRINSIC 0; LOAD_CONST_STRING 'T'; CALL_FUNCTION n=1 nkw=0; MAKE_FUNCTION \
      <lazy>; CALL_FUNCTION n=2 nkw=0; STORE_DEREF 0; LOAD_BUILD_CLASS; LOAD_FAST 0; MAKE_CLOSURE C 1; LOAD_CONST_STRING 'C'; \
      LOAD_INTRINSIC 5; LOAD_DEREF 0; BUILD_TUPLE 1; CALL_FUNCTION n=1 nkw=0; LOAD_GLOBAL B; CALL_FUNCTION n=4 nkw=0; RETURN_VALUE
      <lazy>: LOAD_GLOBAL list; LOAD_DEREF 0; LOAD_SUBSCR; RETURN_VALUE
      <lazy>: LOAD_GLOBAL int; RETURN_VALUE
      f: LOAD_CONST_NONE; RETURN_VALUE
      <annotate>: BUILD_MAP 0; LOAD_DEREF 0; LOAD_CONST_STRING 'x'; STORE_MAP; RETURN_VALUE
      <lazy>: LOAD_GLOBAL int; RETURN_VALUE
      C: LOAD_NAME __name__; STORE_NAME __module__; LOAD_CONST_OBJ 1='C'; STORE_NAME __qualname__; LOAD_DEREF 0; BUILD_TUPLE 1; \
      STORE_NAME __type_params__; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "async comprehension",
      """
      async def f():
        return [x async for x in y if await x], (x async for x in y)
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: MAKE_FUNCTION <listcomp>; LOAD_GLOBAL y; CALL_FUNCTION n=1 nkw=0; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; MAKE_FUNCTION \
      <genexpr>; LOAD_GLOBAL y; CALL_FUNCTION n=1 nkw=0; BUILD_TUPLE 2; RETURN_VALUE
      <listcomp>: BUILD_LIST 0; LOAD_FAST 0; LOAD_METHOD __aiter__; CALL_METHOD n=0 nkw=0; SETUP_EXCEPT 20; DUP_TOP; LOAD_METHOD \
      __anext__; CALL_METHOD n=0 nkw=0; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; STORE_FAST 1; POP_EXCEPT_JUMP 30; DUP_TOP; \
      LOAD_GLOBAL StopAsyncIteration; BINARY_OP 8; POP_JUMP_IF_FALSE 29; POP_TOP; POP_EXCEPT_JUMP 41; END_FINALLY; LOAD_FAST 1; \
      GET_ITER; LOAD_CONST_NONE; YIELD_FROM; POP_JUMP_IF_FALSE 7; LOAD_FAST 1; STORE_COMP 8; JUMP 7; POP_TOP; RETURN_VALUE
      <genexpr>: LOAD_FAST 0; LOAD_METHOD __aiter__; CALL_METHOD n=0 nkw=0; SETUP_EXCEPT 18; DUP_TOP; LOAD_METHOD __anext__; \
      CALL_METHOD n=0 nkw=0; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; STORE_FAST 1; POP_EXCEPT_JUMP 28; DUP_TOP; LOAD_GLOBAL \
      StopAsyncIteration; BINARY_OP 8; POP_JUMP_IF_FALSE 27; POP_TOP; POP_EXCEPT_JUMP 34; END_FINALLY; LOAD_FAST 1; \
      WRAP_ASYNC_YIELD; YIELD_VALUE; POP_TOP; JUMP 5; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "async generator",
      """
      async def f():
        yield 1
        await a
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_CONST_SMALL_INT 1; WRAP_ASYNC_YIELD; YIELD_VALUE; POP_TOP; LOAD_GLOBAL a; GET_ITER; LOAD_CONST_NONE; YIELD_FROM; \
      POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "range of one's own",
      """
      def range(x): pass
      for i in range(3): a
      """,
      """
      <module>: MAKE_FUNCTION range; STORE_NAME range; LOAD_NAME range; LOAD_CONST_SMALL_INT 3; CALL_FUNCTION n=1 nkw=0; \
      GET_ITER_STACK; FOR_ITER 19; STORE_NAME i; LOAD_NAME a; POP_TOP; JUMP 10; LOAD_CONST_NONE; RETURN_VALUE
      range: LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "parenthesised with",
      """
      with (a as b, c,):
        d
      """,
      """
      <module>: LOAD_NAME a; SETUP_WITH 18; STORE_NAME b; LOAD_NAME c; SETUP_WITH 15; POP_TOP; LOAD_NAME d; POP_TOP; \
      LOAD_CONST_NONE; WITH_CLEANUP; END_FINALLY; LOAD_CONST_NONE; WITH_CLEANUP; END_FINALLY; LOAD_CONST_NONE; RETURN_VALUE
      """),
  ]
}
