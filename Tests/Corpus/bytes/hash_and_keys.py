d = {b"a": 1, b"b": 2}
print(d[b"a"], d[bytes([98])], hash(b"ab") == hash(bytes([97, 98])), len({b"x", bytes(b"x")}))
try:
    {bytearray(b"a"): 1}
except TypeError:
    print("TypeError")
