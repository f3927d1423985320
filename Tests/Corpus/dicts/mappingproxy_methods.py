class C:
    a = 1
    b = "x"
p = C.__dict__
print(type(p).__name__, p["a"], "a" in p, "z" in p, p.get("b"), p.get("z", 5))
keys = [k for k in p if k[0] != "_"]
print(keys, [k for k in reversed(p) if k[0] != "_"], len(p) >= 2)
print(str(p)[:14], repr(p)[:14], str(p) == repr(p))
print([v for k, v in p.items() if k[0] != "_"], "a" in p.keys(), 1 in p.values(), type(p.copy()).__name__)
for change in lambda: p.__setitem__("a", 2), lambda: p.pop("a"), lambda: p.update(a=3), lambda: p.clear():
    try:
        change()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__)
try:
    p["a"] = 3
except TypeError:
    print("TypeError")
try:
    hash(p)
except TypeError:
    print("TypeError")
print(p == C.__dict__, (p | {"c": 3})["c"], isinstance(p | {}, dict))
