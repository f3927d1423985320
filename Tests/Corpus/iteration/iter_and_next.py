it = iter([1, 2])
print(next(it), next(it), next(it, "end"), next(it, None))
try:
    next(it)
except StopIteration:
    print("StopIteration")
n = 0
def step():
    global n
    n += 1
    return n
print(list(iter(step, 4)), iter(it) is it)
for bad in (5, None, object()):
    try:
        iter(bad)
    except TypeError:
        print("TypeError")
