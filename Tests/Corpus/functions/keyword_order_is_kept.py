def f(**k): return list(k.items())
print(f(z=1, a=2, m=3), f(**{"q": 1}, b=2), list(dict(y=1, x=2)))
