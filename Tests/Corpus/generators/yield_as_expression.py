def g():
    x = yield
    y = (yield x) or "none"
    print("y", y)
    return (yield y, x)
it = g()
next(it)
print(it.send(1), it.send(None))
def h(): print((yield 1), (yield 2))
print(list(h()))
