a = [1, 2]
print(a + [3], a * 2, 2 * a, a * 0, a * -1, 1 in a, 3 not in a, len(a), bool([]), bool([0]))
for f in (lambda: a + (3,), lambda: a + 1, lambda: a * "x", lambda: a - a, lambda: -a):
    try:
        f()
    except TypeError:
        print("TypeError")
a += (3,)
a += "xy"
a *= 2
print(a)
