print(list(range(5)), list(range(2, 5)), list(range(0, 10, 3)), list(range(5, 0, -2)), list(range(0)), list(range(5, 2)), range(1, 5), range(0, 5, 2), len(range(0, 10, 3)), len(range(10, 0, -3)), bool(range(0)))
r = range(10, 20, 2)
print(r[0], r[-1], r[1:3], r[::-1], 12 in r, 13 in r, r.start, r.stop, r.step, range(3) == range(0, 3), range(0) == range(5, 5), range(3) != range(4))
for f in (lambda: range(), lambda: range(1, 2, 0), lambda: range("a"), lambda: range(5)[5], lambda: range(1, 2, 3, 4)):
    try:
        f()
    except (TypeError, ValueError, IndexError) as e:
        print(type(e).__name__)
