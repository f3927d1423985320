class A:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __hash__(self): return hash(self.n)
print(len({A(1), A(1), A(2)}), {A(3): "v"}[A(3)], hash(A(5)) == hash(5))
class B:
    def __eq__(self, o): return True
try:
    hash(B())
except TypeError:
    print("TypeError")
