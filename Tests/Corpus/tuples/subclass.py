class P(tuple):
    def first(self): return self[0]
p = P((1, 2))
print(p.first(), len(p), p == (1, 2), isinstance(p, tuple), p + (3,))
