def f(a, *, b, c=3): return a, b, c
print(f(1, b=2), f(1, c=0, b=9))
for g in (lambda: f(1), lambda: f(1, 2), lambda: f(b=1), lambda: f(1, b=2, d=3)):
    try:
        g()
    except TypeError:
        print("TypeError")
