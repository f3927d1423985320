class T:
    def __init__(self): self._c = 0
    @property
    def c(self): return self._c
    @c.setter
    def c(self, v):
        if v < -273: raise ValueError
        self._c = v
    @c.deleter
    def c(self): print("deleted")
    @property
    def f(self): return self._c * 9 / 5 + 32
t = T()
t.c = 100
print(t.c, t.f)
del t.c
for s in ("t.f = 1", "t.c = -300", "del t.f"):
    try:
        exec(s)
    except (AttributeError, ValueError) as e:
        print(type(e).__name__)
