class A:
    def __init__(self, x): self.x = x
    def f(self): return ["A"]
    @classmethod
    def c(cls): return "A.c " + cls.__name__
class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def f(self): return super().f() + ["B"]
    @classmethod
    def c(cls): return super().c() + "!"
class C(B):
    def f(self): return super(C, self).f() + ["C"]
c = C(1, 2)
print(c.x, c.y, c.f(), C.c())
