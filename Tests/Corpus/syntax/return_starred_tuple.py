def f(*r):
    return 0, *r
def g():
    yield 1, *[2, 3]
print(f(1, 2), list(g()))
