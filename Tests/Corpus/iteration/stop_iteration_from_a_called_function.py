# StopIteration out of a function that an iterator calls ends the iteration.
def f(x):
    if x == 3: raise StopIteration(x)
    return x
for x in map(f, range(10)): print(x)
print(list(map(f, range(10))))
def g():
    result = yield from map(f, range(10))
    print("result", result)
print(list(g()))
def bad(x): raise ValueError(x)
try:
    list(map(bad, [1]))
except ValueError as error:
    print("ValueError", error)
