d = {}
print(d.setdefault("a", []), d.setdefault("b"))
d.setdefault("a", [9]).append(1)
print(d)
