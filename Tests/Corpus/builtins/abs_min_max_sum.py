print(abs(-3), abs(2.5), min(3, 1, 2), max([1, 5, 2]), min("b", "a"), max((1, 2), (1, 3)), sum([1, 2, 3]), sum((), 5), sum([[1], [2]], []), min([], default=9), max([1, -5], key=abs), min(["bb", "a"], key=len))
for f in (lambda: min([]), lambda: max(), lambda: max(1), lambda: sum(["a"]), lambda: min(1, "a"), lambda: abs([])):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
