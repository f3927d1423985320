class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(It(3)), sum(It(4)), max(It(3)), 2 in It(5), tuple(It(0)), [x for x in It(2)], sorted(It(3)), dict(zip("ab", It(2))))
a, b, c = It(3)
print(a, b, c, *It(2))
