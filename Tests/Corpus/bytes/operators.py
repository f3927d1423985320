print(b"a" + b"b", b"ab" * 2, 2 * b"ab", b"a" < b"b", b"a" == b"a", b"a" != b"b", b"a" == bytearray(b"a"), 97 in b"abc", b"bc" in b"abc", b"x" not in b"abc", b"a" * 0)
for f in (lambda: b"a" + "b", lambda: b"a" + 1, lambda: b"a" < "a", lambda: "a" in b"abc", lambda: 300 in b"abc"):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
