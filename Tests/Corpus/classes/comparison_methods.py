class N:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
    def __le__(self, o): return self.n <= o.n
a, b = N(1), N(2)
print(a == N(1), a != b, a < b, a > b, a <= b, a >= b, sorted([b, a])[0].n, max(a, b).n)
class P: pass
p = P()
print(p == p, p == P(), p != P())
try:
    P() < P()
except TypeError:
    print("TypeError")
