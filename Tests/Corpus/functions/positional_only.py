def f(a, b=2, /, c=3): return a, b, c
print(f(1), f(1, 5, 6), f(1, c=0))
for g in (lambda: f(a=1), lambda: f(1, b=2)):
    try:
        g()
    except TypeError:
        print("TypeError")
def h(a, /, **k): return a, k
print(h(1, a=2))
