def f(*a, **k): return a, k
print(f(k=1, *[2, 3]), f(1, *(), *[2], **{"x": 1}, **{"y": 2}))
