a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), sorted(b - a))
print(sorted(a.union(b)), sorted(a.intersection(b)), sorted(a.difference(b)), sorted(a.symmetric_difference(b)), sorted(a.union([9], (8,))), sorted(a.difference([1], [2])))
for f in (lambda: a | [1], lambda: a & (1,), lambda: a - {1: 2}, lambda: a + b):
    try:
        f()
    except TypeError:
        print("TypeError")
