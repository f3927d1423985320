class A:
    def __init__(self, n): self.n = n
    def get(self, k=0): return self.n + k
f = A(5).get
print(f(), f(2), list(map(A(1).get, [1, 2])), A.get(A(3), 4))
a = A(0)
a.get = lambda: "instance"
print(a.get())
A.get = lambda self: "patched"
print(A(1).get(), a.get())
