print(list(x * 2 for x in range(3)), sum(x for x in range(5) if x % 2), dict((k, 1) for k in "ab"), max(len(w) for w in ("a", "bbb")), any(x > 1 for x in (1, 2)), tuple((a, b) for a in (1, 2) for b in "xy"))
g = (print("lazy", x) for x in range(2))
print("nothing yet")
next(g)
