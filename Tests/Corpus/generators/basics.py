def g():
    print("start")
    yield 1
    print("middle")
    yield 2
    print("end")
it = g()
print(iter(it) is it, next(it), next(it))
try:
    next(it)
except StopIteration:
    print("StopIteration")
try:
    next(it)
except StopIteration:
    print("again")
print(list(g()))
