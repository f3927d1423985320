print(bytes(), bytes(3), bytes([1, 2, 255]), bytes(b"ab"), bytes("é", "utf-8"), bytes(range(3)), bytes(bytearray(b"x")), bytes((65, 66)), bytes(c for c in (1, 2)))
for f in (lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes("a"), lambda: bytes(-1), lambda: bytes(["a"]), lambda: bytes(None), lambda: bytes(1.5)):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
