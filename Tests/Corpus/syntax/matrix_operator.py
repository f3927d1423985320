class M:
    def __init__(self, n): self.n = n
    def __matmul__(self, other): return M(self.n * other.n)
    def __imatmul__(self, other): return M(self.n + other.n)
a = M(3) @ M(4)
print(a.n)
a @= M(1)
print(a.n)
