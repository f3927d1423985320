class A:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return isinstance(other, A) and self.n == other.n
l = [A(1), A(2)]
print(A(1) in l, l.index(A(2)), l.count(A(1)), l == [A(1), A(2)], A(3) in l)
l.remove(A(1))
print(len(l))
