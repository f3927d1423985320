x = "global"
def f():
    x = "f"
    def g():
        def h(): return x
        return h()
    class C:
        y = x
        def m(self): return x
    return g(), C.y, C().m(), [x for _ in range(1)]
print(f(), x)
