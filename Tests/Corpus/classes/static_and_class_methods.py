class A:
    n = 0
    @staticmethod
    def s(x): return x * 2
    @classmethod
    def make(cls, n):
        a = cls()
        a.n = n
        return a
class B(A): pass
print(A.s(2), A().s(3), A.make(5).n, type(B.make(1)).__name__, B().make(2).n)
