print([x if x % 2 else "even" for x in range(4)], [y for x in range(3) if x for y in range(x) if y or True], [[1 if r == c else 0 for c in range(3)] for r in range(3)])
print([c for w in ("ab", "cd") for c in w if c not in "bc"])
