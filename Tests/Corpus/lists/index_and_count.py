l = [1, 2, 3, 2, 1.0, True]
print(l.index(2), l.index(2, 2), l.index(3, 0, 3), l.count(1), l.count(9), l.index(1.0), l.count(2))
for f in (lambda: l.index(9), lambda: l.index(2, 4), lambda: l.index(3, 0, 2)):
    try:
        f()
    except ValueError:
        print("ValueError")
