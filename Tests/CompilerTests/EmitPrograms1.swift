// Programs that MicroPython's cross compiler accepts, and what it makes of them: the instructions of each code object.

extension Program {
  static let upstreamFirst: [Program] = [
    Program(
      "assignment",
      """
      x = 1
      x, y = y, x
      a, b, c = c, a, b
      a = b = 70000
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 1; STORE_NAME x; LOAD_NAME y; LOAD_NAME x; ROT_TWO; STORE_NAME x; STORE_NAME y; LOAD_NAME c; \
      LOAD_NAME a; LOAD_NAME b; ROT_THREE; ROT_TWO; STORE_NAME a; STORE_NAME b; STORE_NAME c; LOAD_CONST_SMALL_INT 70000; DUP_TOP; \
      STORE_NAME a; STORE_NAME b; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "unpacking",
      """
      a, *b = c
      [d, (e, f)] = g
      """,
      """
      <module>: LOAD_NAME c; UNPACK_EX 1; STORE_NAME a; STORE_NAME b; LOAD_NAME g; UNPACK_SEQUENCE 2; STORE_NAME d; UNPACK_SEQUENCE \
      2; STORE_NAME e; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "augmented",
      """
      x += 1
      o.a -= 2
      o[k] **= 3
      """,
      """
      <module>: LOAD_NAME x; LOAD_CONST_SMALL_INT 1; BINARY_OP 14 __iadd__; STORE_NAME x; LOAD_NAME o; DUP_TOP; LOAD_ATTR a; \
      LOAD_CONST_SMALL_INT 2; BINARY_OP 15 __isub__; ROT_TWO; STORE_ATTR a; LOAD_NAME o; LOAD_NAME k; DUP_TOP_TWO; LOAD_SUBSCR; \
      LOAD_CONST_SMALL_INT 3; BINARY_OP 21 __ipow__; ROT_THREE; STORE_SUBSCR; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "deletion",
      """
      del x, o.a, o[k], (y, z)
      """,
      """
      <module>: DELETE_NAME x; LOAD_NAME o; LOAD_NULL; ROT_TWO; STORE_ATTR a; LOAD_NAME o; LOAD_NAME k; LOAD_NULL; ROT_THREE; \
      STORE_SUBSCR; DELETE_NAME y; DELETE_NAME z; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "arithmetic folding",
      """
      print(1 + 2 * 3 - 4, 2 ** 10, -7 // 2, -7 % 3, 1 << 40, ~5, +6, 6 / 4)
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_SMALL_INT 3; LOAD_CONST_SMALL_INT 1024; LOAD_CONST_SMALL_INT -4; LOAD_CONST_SMALL_INT \
      2; LOAD_CONST_OBJ 0=1099511627776; LOAD_CONST_SMALL_INT -6; LOAD_CONST_SMALL_INT 6; LOAD_CONST_OBJ 1=1.5; CALL_FUNCTION n=8 \
      nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "large folding",
      """
      print(2 ** 70 - 1, -(1 << 64) // 3, 0x_ff_ff_ff_ff_ff & ~0xf)
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_OBJ 0=1180591620717411303423; LOAD_CONST_OBJ 1=-6148914691236517206; LOAD_CONST_OBJ \
      2=1099511627760; CALL_FUNCTION n=3 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "no folding across types",
      """
      print(1 + x + 2, 1 / 0, 'a' + 'b', -x)
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_SMALL_INT 1; LOAD_NAME x; BINARY_OP 27 __add__; LOAD_CONST_SMALL_INT 2; BINARY_OP 27 \
      __add__; LOAD_CONST_SMALL_INT 1; LOAD_CONST_SMALL_INT 0; BINARY_OP 32 __truediv__; LOAD_CONST_STRING 'a'; LOAD_CONST_STRING \
      'b'; BINARY_OP 27 __add__; LOAD_NAME x; UNARY_OP 1 __neg__; CALL_FUNCTION n=4 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "logical folding",
      """
      print(not 1, 0 or x, 1 and x, x or 0 or y, x and 1 and y, 0 and x)
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_FALSE; LOAD_NAME x; LOAD_NAME x; LOAD_NAME x; JUMP_IF_TRUE_OR_POP 13; LOAD_NAME y; \
      LOAD_NAME x; JUMP_IF_FALSE_OR_POP 19; LOAD_NAME y; LOAD_CONST_SMALL_INT 0; CALL_FUNCTION n=6 nkw=0; POP_TOP; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "constant tuples",
      """
      print((1, 'a', (2.5, None)), ())
      x = 1, 2
      y[1, 2]
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_OBJ 0=(1, 'a', (2.5, None)); BUILD_TUPLE 0; CALL_FUNCTION n=2 nkw=0; POP_TOP; \
      LOAD_CONST_OBJ 1=(1, 2); STORE_NAME x; LOAD_NAME y; LOAD_CONST_OBJ 1=(1, 2); LOAD_SUBSCR; POP_TOP; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "named constants",
      """
      A = const(3)
      _B = const(A + 4)
      print(A, _B)
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 3; STORE_NAME A; LOAD_NAME print; LOAD_CONST_SMALL_INT 3; LOAD_CONST_SMALL_INT 7; \
      CALL_FUNCTION n=2 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "debug conditions",
      """
      if __debug__:
        a
      else:
        b
      if 0:
        c
      elif x:
        d
      else:
        e
      while 0:
        f
      """,
      """
      <module>: LOAD_NAME a; POP_TOP; LOAD_NAME x; POP_JUMP_IF_FALSE 12; LOAD_NAME d; POP_TOP; JUMP 15; LOAD_NAME e; POP_TOP; \
      LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "strings",
      """
      print('short', 'longer than ten', b'x', 'a' 'b')
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_STRING 'short'; LOAD_CONST_OBJ 0='longer than ten'; LOAD_CONST_OBJ 1=b'x'; \
      LOAD_CONST_STRING 'ab'; CALL_FUNCTION n=4 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "format string",
      """
      print(f'{x}', f'a{x!r:>{w}}b', f'{x=}', f'plain')
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_STRING '{}'; LOAD_METHOD format; LOAD_NAME x; CALL_METHOD n=1 nkw=0; LOAD_CONST_STRING \
      'a{!r:>{}}b'; LOAD_METHOD format; LOAD_NAME x; LOAD_NAME w; CALL_METHOD n=2 nkw=0; LOAD_CONST_STRING 'x={}'; LOAD_METHOD \
      format; LOAD_NAME x; CALL_METHOD n=1 nkw=0; LOAD_CONST_STRING 'plain'; LOAD_METHOD format; CALL_METHOD n=0 nkw=0; \
      CALL_FUNCTION n=4 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "template string",
      """
      t'a{x}b'
      """,
      """
      <module>: LOAD_NAME __template__; LOAD_CONST_OBJ 0=('a', 'b'); LOAD_NAME x; LOAD_CONST_STRING 'x'; LOAD_CONST_NONE; \
      LOAD_CONST_STRING ''; CALL_FUNCTION n=5 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "displays",
      """
      print([1, x], {1, x}, {1: x, y: 2}, {}, [], (x,), (x, y))
      """,
      """
      <module>: LOAD_NAME print; LOAD_CONST_SMALL_INT 1; LOAD_NAME x; BUILD_LIST 2; LOAD_CONST_SMALL_INT 1; LOAD_NAME x; BUILD_SET \
      2; BUILD_MAP 2; LOAD_NAME x; LOAD_CONST_SMALL_INT 1; STORE_MAP; LOAD_CONST_SMALL_INT 2; LOAD_NAME y; STORE_MAP; BUILD_MAP 0; \
      BUILD_LIST 0; LOAD_NAME x; BUILD_TUPLE 1; LOAD_NAME x; LOAD_NAME y; BUILD_TUPLE 2; CALL_FUNCTION n=7 nkw=0; POP_TOP; \
      LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "slices",
      """
      x[1:2], x[:], x[::2], x[a:b:c], x[1:2, ...]
      """,
      """
      <module>: LOAD_NAME x; LOAD_CONST_SMALL_INT 1; LOAD_CONST_SMALL_INT 2; BUILD_SLICE 2; LOAD_SUBSCR; LOAD_NAME x; \
      LOAD_CONST_NONE; LOAD_CONST_NONE; BUILD_SLICE 2; LOAD_SUBSCR; LOAD_NAME x; LOAD_CONST_NONE; LOAD_CONST_NONE; \
      LOAD_CONST_SMALL_INT 2; BUILD_SLICE 3; LOAD_SUBSCR; LOAD_NAME x; LOAD_NAME a; LOAD_NAME b; LOAD_NAME c; BUILD_SLICE 3; \
      LOAD_SUBSCR; LOAD_NAME x; LOAD_CONST_SMALL_INT 1; LOAD_CONST_SMALL_INT 2; BUILD_SLICE 2; LOAD_CONST_OBJ 0=Ellipsis; \
      BUILD_TUPLE 2; LOAD_SUBSCR; BUILD_TUPLE 5; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "comparison",
      """
      print(a < b, a is not b, a not in b, a < b <= c != d)
      """,
      """
      <module>: LOAD_NAME print; LOAD_NAME a; LOAD_NAME b; BINARY_OP 0 __lt__; LOAD_NAME a; LOAD_NAME b; BINARY_OP 7; UNARY_OP 3; \
      LOAD_NAME a; LOAD_NAME b; BINARY_OP 6; UNARY_OP 3; LOAD_NAME a; LOAD_NAME b; DUP_TOP; ROT_THREE; BINARY_OP 0 __lt__; \
      JUMP_IF_FALSE_OR_POP 40; LOAD_NAME c; DUP_TOP; ROT_THREE; BINARY_OP 3 __le__; JUMP_IF_FALSE_OR_POP 40; LOAD_NAME d; BINARY_OP \
      5 __ne__; JUMP 42; ROT_TWO; POP_TOP; CALL_FUNCTION n=4 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "conditional",
      """
      x = a if b and not c else d
      print(x if 1 else y)
      """,
      """
      <module>: LOAD_NAME b; POP_JUMP_IF_FALSE 12; LOAD_NAME c; POP_JUMP_IF_TRUE 12; LOAD_NAME a; JUMP 14; LOAD_NAME d; STORE_NAME \
      x; LOAD_NAME print; LOAD_NAME x; JUMP 24; LOAD_NAME y; CALL_FUNCTION n=1 nkw=0; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "assertion",
      """
      assert a or b
      assert c, d
      """,
      """
      <module>: LOAD_NAME a; POP_JUMP_IF_TRUE 11; LOAD_NAME b; POP_JUMP_IF_TRUE 11; LOAD_GLOBAL AssertionError; RAISE_OBJ; \
      LOAD_NAME c; POP_JUMP_IF_TRUE 22; LOAD_GLOBAL AssertionError; LOAD_NAME d; CALL_FUNCTION n=1 nkw=0; RAISE_OBJ; \
      LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "if chain",
      """
      if a:
        b
      elif c or d:
        e
      else:
        f
      """,
      """
      <module>: LOAD_NAME a; POP_JUMP_IF_FALSE 9; LOAD_NAME b; POP_TOP; JUMP 25; LOAD_NAME c; POP_JUMP_IF_TRUE 17; LOAD_NAME d; \
      POP_JUMP_IF_FALSE 22; LOAD_NAME e; POP_TOP; JUMP 25; LOAD_NAME f; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "while loop",
      """
      while a:
        if b: break
        if c: continue
        d
      else:
        e
      """,
      """
      <module>: JUMP 17; LOAD_NAME b; POP_JUMP_IF_FALSE 8; JUMP 24; LOAD_NAME c; POP_JUMP_IF_FALSE 14; JUMP 17; LOAD_NAME d; \
      POP_TOP; LOAD_NAME a; POP_JUMP_IF_TRUE 2; LOAD_NAME e; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "endless loop",
      """
      while True:
        if a: break
      """,
      """
      <module>: LOAD_NAME a; POP_JUMP_IF_FALSE 6; JUMP 8; JUMP 0; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "for loop",
      """
      for a in b:
        if c: break
        continue
      else:
        d
      """,
      """
      <module>: LOAD_NAME b; GET_ITER_STACK; FOR_ITER 19; STORE_NAME a; LOAD_NAME c; POP_JUMP_IF_FALSE 17; POP_TOP; POP_TOP; \
      POP_TOP; POP_TOP; JUMP 22; JUMP 3; LOAD_NAME d; POP_TOP; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "counting loop",
      """
      for i in range(5):
        if i: break
      else:
        a
      for i in range(a, b, -2): c
      for i in range(*x): d
      """,
      """
      <module>: LOAD_CONST_SMALL_INT 0; JUMP 14; DUP_TOP; STORE_NAME i; LOAD_NAME i; POP_JUMP_IF_FALSE 12; JUMP 25; \
      LOAD_CONST_SMALL_INT 1; BINARY_OP 14 __iadd__; DUP_TOP; LOAD_CONST_SMALL_INT 5; BINARY_OP 0 __lt__; POP_JUMP_IF_TRUE 3; \
      POP_TOP; LOAD_NAME a; POP_TOP; JUMP 26; POP_TOP; LOAD_NAME b; LOAD_NAME a; JUMP 40; DUP_TOP; STORE_NAME i; LOAD_NAME c; \
      POP_TOP; LOAD_CONST_SMALL_INT -2; BINARY_OP 14 __iadd__; DUP_TOP_TWO; ROT_TWO; BINARY_OP 1 __gt__; POP_JUMP_IF_TRUE 32; \
      POP_TOP; POP_TOP; LOAD_NAME range; LOAD_NAME x; LOAD_CONST_SMALL_INT 1; CALL_FUNCTION_VAR_KW n=1 nkw=0; GET_ITER_STACK; \
      FOR_ITER 64; STORE_NAME i; LOAD_NAME d; POP_TOP; JUMP 55; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "long jump",
      """
      while a:
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
        b()
      """,
      """
      <module>: JUMP 153; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME \
      b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; \
      POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; \
      CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; \
      POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; \
      CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; \
      POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; \
      CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; \
      POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; \
      CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; \
      POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; \
      CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; POP_TOP; LOAD_NAME b; CALL_FUNCTION n=0 nkw=0; \
      POP_TOP; LOAD_NAME a; POP_JUMP_IF_TRUE 3; LOAD_CONST_NONE; RETURN_VALUE
      """),
    Program(
      "try except",
      """
      try:
        a
      except B:
        c
      except (D, E) as e:
        f
      except:
        raise
      else:
        g
      """,
      """
      <module>: SETUP_EXCEPT 7; LOAD_NAME a; POP_TOP; POP_EXCEPT_JUMP 48; DUP_TOP; LOAD_NAME B; BINARY_OP 8; POP_JUMP_IF_FALSE 19; \
      POP_TOP; LOAD_NAME c; POP_TOP; POP_EXCEPT_JUMP 51; DUP_TOP; LOAD_NAME D; LOAD_NAME E; BUILD_TUPLE 2; BINARY_OP 8; \
      POP_JUMP_IF_FALSE 45; STORE_NAME e; SETUP_FINALLY 37; LOAD_NAME f; POP_TOP; LOAD_CONST_NONE; LOAD_CONST_NONE; STORE_NAME e; \
      DELETE_NAME e; END_FINALLY; POP_EXCEPT_JUMP 51; POP_TOP; RAISE_LAST; END_FINALLY; LOAD_NAME g; POP_TOP; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "try finally",
      """
      def f():
        for x in y:
          try:
            return a
          except:
            continue
          finally:
            b
      """,
      """
      <module>: MAKE_FUNCTION f; STORE_NAME f; LOAD_CONST_NONE; RETURN_VALUE
      f: LOAD_GLOBAL y; GET_ITER_STACK; FOR_ITER 25; STORE_FAST 0; SETUP_FINALLY 19; SETUP_EXCEPT 13; LOAD_GLOBAL a; RETURN_VALUE; \
      POP_TOP; UNWIND_JUMP 3 2; END_FINALLY; LOAD_CONST_NONE; LOAD_GLOBAL b; POP_TOP; END_FINALLY; JUMP 3; LOAD_CONST_NONE; \
      RETURN_VALUE
      """),
    Program(
      "with statement",
      """
      with a as b, c:
        d
      """,
      """
      <module>: LOAD_NAME a; SETUP_WITH 18; STORE_NAME b; LOAD_NAME c; SETUP_WITH 15; POP_TOP; LOAD_NAME d; POP_TOP; \
      LOAD_CONST_NONE; WITH_CLEANUP; END_FINALLY; LOAD_CONST_NONE; WITH_CLEANUP; END_FINALLY; LOAD_CONST_NONE; RETURN_VALUE
      """),
  ]
}
