s = {"a", "b"}
print("a" in s, "c" in s, "c" not in s, sorted(x for x in s), len(s), bool(set()), bool({0}), sum({1, 2, 3}), max({1, 5, 3}))
try:
    [] in s
except TypeError:
    print("TypeError")
