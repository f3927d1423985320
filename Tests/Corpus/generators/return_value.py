def g():
    yield 1
    return "result"
it = g()
next(it)
try:
    next(it)
except StopIteration as e:
    print(e.value)
def d():
    r = yield from g()
    print("got", r)
print(list(d()))
