d = {"a": 1, "b": 2, "c": 3}
print(d.pop("a"), d.pop("x", "default"), d.popitem(), d)
try:
    d.pop("x")
except KeyError:
    print("KeyError")
print(d.popitem(), d)
try:
    d.popitem()
except KeyError:
    print("KeyError")
