l = [1, 2, 3, 4, 2]
print(l.pop(), l.pop(0), l.pop(-2), l)
l.remove(2)
print(l)
for f in (lambda: l.remove(99), lambda: l.pop(9), lambda: [].pop(), lambda: l.pop("a")):
    try:
        f()
    except (ValueError, IndexError, TypeError) as e:
        print(type(e).__name__)
