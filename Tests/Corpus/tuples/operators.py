t = (1, 2)
print(t + (3,), t * 2, 2 * t, t * -1, 1 in t, 5 in t, t < (1, 3), t < (1, 2, 0), (2,) > t, t != (1,), t == [1, 2])
for f in (lambda: t + [1], lambda: t + 1, lambda: t * "a", lambda: t < [1]):
    try:
        f()
    except TypeError:
        print("TypeError")
