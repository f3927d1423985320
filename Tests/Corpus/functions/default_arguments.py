def f(a, b=2, c=3):
    return a, b, c
print(f(1), f(1, 5), f(1, c=9), f(b=0, a=4), f(1, 2, 3))
def g(x, seen=[]):
    seen.append(x)
    return seen
g(1)
print(g(2), g(3, []))
