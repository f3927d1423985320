d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(list(k), list(v), list(i), len(k), "a" in k, 1 in v, ("a", 1) in i)
d["c"] = 3
print(list(k), list(v), list(i), len(i), sorted(v), sum(v))
print(d.keys(), d.values(), d.items())
