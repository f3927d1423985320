def f(x):
    print(x, end=" ")
    return x
d = {f(1): f(2), f(3): f(4)}
print(d)
