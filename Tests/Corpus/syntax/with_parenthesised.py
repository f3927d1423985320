class S:
    def __init__(self, n): self.n = n
    def __enter__(self): return self.n
    def __exit__(self, *a): print("exit", self.n)
with (S(1) as a, S(2) as b):
    print(a, b)
with (S(3), S(4) as c,):
    print(c)
with (S(5)) as d:
    print(d)
