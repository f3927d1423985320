a = bytearray(3)
print(a, bytearray([1, 2]), bytearray("é", "utf-8"), bytearray(b"x") == b"x", bytearray(b"a") + b"b", b"a" + bytearray(b"b"), bytearray(b"ab") * 2, 97 in bytearray(b"a"), list(bytearray(b"ab")))
b = a
b[0] = 9
print(a is b, a, bytes(a), len(a), bool(bytearray()))
