f = frozenset("ab")
print(sorted(f), "a" in f, len(f), f == {"a", "b"}, {f: 1}[frozenset("ba")], hash(f) == hash(frozenset("ba")), sorted(f | {"c"}), f & {"a"}, type(f | {1}) is frozenset, type({1} | f) is set)
for name in ("add", "remove", "discard", "pop", "clear", "update"):
    print(hasattr(f, name), end=" ")
print({frozenset([1]), frozenset([1])} == {frozenset([1])})
