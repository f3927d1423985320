# Nesting without end must raise RecursionError, whatever does the nesting.
def nest(make, start, depth=100000):
    for _ in range(depth): start = make(start)
    return start
def attempt(name, action):
    try:
        action()
        print(name, "no error")
    except RecursionError:
        print(name, "RecursionError")
attempt("enumerate", lambda: list(nest(enumerate, (1, 2))))
attempt("zip", lambda: next(nest(zip, (1, 2))))
attempt("map", lambda: list(nest(lambda x: map(abs, x), (1, 2))))
attempt("filter", lambda: list(nest(lambda x: filter(None, x), (1, 2))))
attempt("chain of iter", lambda: list(nest(lambda x: iter(reversed([x])), [1])) and None)
a, b = nest(lambda x: [x], 1), nest(lambda x: [x], 1)
attempt("list ==", lambda: a == b)
attempt("list <", lambda: a < b)
attempt("list repr", lambda: repr(a))
attempt("list in", lambda: a in [b])
a, b = nest(lambda x: (x,), 1), nest(lambda x: (x,), 1)
attempt("tuple ==", lambda: a == b)
attempt("tuple hash", lambda: hash(a))
attempt("tuple str", lambda: str(a))
attempt("isinstance", lambda: isinstance(1, nest(lambda x: (x,), str)))
a, b = nest(lambda x: {1: x}, 1), nest(lambda x: {1: x}, 1)
attempt("dict ==", lambda: a == b)
attempt("dict repr", lambda: repr(a))
attempt("slice", lambda: repr(nest(slice, 1)))
attempt("slice hash", lambda: hash(nest(slice, 1)))
attempt("exception", lambda: repr(nest(Exception, 1)))
class N:
    def __init__(self, x): self.x = x
    def __eq__(self, other): return self.x == other.x
    def __len__(self): return len(self.x)
    def __iter__(self): return iter(self.x)
    def __neg__(self): return -self.x
    def __getitem__(self, i): return self.x[i]
    def __contains__(self, i): return i in self.x
    def __bool__(self): return bool(self.x)
    def __hash__(self): return hash(self.x)
    def __repr__(self): return repr(self.x)
    def __call__(self): return self.x()
    def __getattr__(self, name): return getattr(self.x, name)
n, m = nest(N, [1]), nest(N, [1])
attempt("__eq__", lambda: n == m)
attempt("__len__", lambda: len(n))
attempt("__iter__", lambda: iter(n))
attempt("__neg__", lambda: -n)
attempt("__getitem__", lambda: n[0])
attempt("__contains__", lambda: 1 in n)
attempt("__bool__", lambda: bool(n))
attempt("__hash__", lambda: hash(n))
attempt("__repr__", lambda: repr(n))
attempt("__call__", lambda: n())
attempt("__getattr__", lambda: n.nothing)
f = lambda x: sorted([x], key=f)
attempt("sorted", lambda: f(1))
g = lambda x: max([x, x], key=g)
attempt("max", lambda: g(1))
h = lambda x: list(map(h, [x]))
attempt("map call", lambda: h(1))
