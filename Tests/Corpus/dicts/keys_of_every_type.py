d = {1: "int", "one": "str", 1.5: "float", None: "none", (1, 2): "tuple", b"q": "bytes", frozenset([1]): "frozenset", True and "k": "s", len: "function", int: "type", 1 << 90: "big"}
for k in (1, "one", 1.5, None, (1, 2), b"q", frozenset([1]), len, int, 1 << 90, True, 1.0):
    print(d[k], end=" ")
print(len(d))
