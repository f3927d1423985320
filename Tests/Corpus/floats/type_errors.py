for f in (lambda: 1.5 + "a", lambda: 1.5 << 1, lambda: 1.5 & 1, lambda: 1.5 < "a", lambda: [1][1.0], lambda: "a" * 1.5, lambda: range(1.5), lambda: ~1.5):
    try:
        f()
        print("no error")
    except TypeError:
        print("TypeError")
