print(hash(1) == hash(1.0) == hash(True), hash(0) == hash(0.0) == hash(False))
print({1: "a", 1.0: "b", True: "c"}, len({0, 0.0, False}))
print(hash(1 << 80) == hash(1 << 80), {1 << 80: 1}[1 << 80])
