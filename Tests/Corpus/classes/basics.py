class A:
    kind = "a"
    def __init__(self, x): self.x = x
    def get(self): return self.x
    def put(self, x): self.x = x
a, b = A(1), A(2)
a.put(10)
a.kind = "own"
print(a.get(), b.get(), a.kind, b.kind, A.kind, A.get(b), isinstance(a, A), type(a) is A, A.__name__, a.__class__ is A)
