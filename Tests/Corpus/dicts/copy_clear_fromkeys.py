d = {"a": [1]}
c = d.copy()
c["a"].append(2)
c["b"] = 1
print(d, c)
d.clear()
print(d, len(d), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict.fromkeys(()))
