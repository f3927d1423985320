class A:
    def f(self): return "A.f"
    def g(self): return "A.g " + self.f()
class B(A):
    def f(self): return "B.f"
class C(B): pass
print(A().g(), B().g(), C().g(), issubclass(C, A), issubclass(A, C), isinstance(C(), A), issubclass(C, (int, A)), C.__bases__ == (B,), B.__bases__ == (A,))
