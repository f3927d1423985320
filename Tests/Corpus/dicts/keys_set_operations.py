a, b = {1: 0, 2: 0}, {2: 0, 3: 0}
print(a.keys() & b.keys(), sorted(a.keys() | b.keys()), a.keys() - b.keys(), a.keys() == {1, 2})
