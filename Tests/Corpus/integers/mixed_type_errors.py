for f in (lambda: 1 + "a", lambda: 1 - None, lambda: 2 // "x", lambda: 1 < "a", lambda: -"a", lambda: ~1.5, lambda: 1 & 1.0, lambda: 1 << 1.0, lambda: [] + 1, lambda: 5 % [], lambda: (1 << 80) + "a", lambda: +None):
    try:
        print(f())
    except TypeError:
        print("TypeError")
