def g():
    yield from [1, 2]
    yield from "ab"
    yield from (x * x for x in range(3))
    r = yield from h()
    yield r
def h():
    x = yield "h"
    return x
it = g()
print([next(it) for _ in range(8)], it.send("sent"))
def empty(): yield from ()
print(list(empty()))
