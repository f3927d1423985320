l = [1, "a", b"b", None, (1,), {"k": [2]}, 1.5, ...]
print(l, str(l) == repr(l))
