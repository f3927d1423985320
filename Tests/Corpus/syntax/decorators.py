def twice(f):
    def g(*a):
        return f(*a) * 2
    return g
def add(n):
    def deco(f):
        return lambda *a: f(*a) + n
    return deco
@twice
@add(3)
def h(x): return x
print(h(1))
@add(1)
@twice
def i(x): return x
print(i(1))
decorators = [twice]
@decorators[0]
def j(): return 5
print(j())
@lambda c: c.__name__
class K: pass
print(K)
