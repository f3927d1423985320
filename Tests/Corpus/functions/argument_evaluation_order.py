def t(n):
    print(n if isinstance(n, int) else "-", end=" ")
    return n
def f(*a, **k): pass
t(f)(t(1), t(2), *[t(3)], k=t(4), **{"z": t(5)})
print()
t([0, 1])[t(1)] = t(7)
print()
