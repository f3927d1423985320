class A:
    def __call__(self, *a, **k): return a, k
    def __bool__(self): return False
class B:
    def __len__(self): return 0
class C: pass
print(A()(1, x=2), bool(A()), bool(B()), bool(C()), callable(A()), callable(C()), callable(C), 1 if A() else 2)
