for v in (1, 1.5, "a", b"a", None, True, [], (), {}, set(), lambda: 0, int, range(1), bytearray(), frozenset(), 1j):
    print(type(v).__name__, end=" ")
print(type(1) is int, type(type(1)) is type)
