class A:
    def __getattr__(self, name):
        if name.startswith("x"): return name * 2
        raise AttributeError(name)
a = A()
a.real = 1
print(a.real, a.xy, hasattr(a, "q"), getattr(a, "q", "default"))
class B:
    def __setattr__(self, name, value): object.__setattr__(self, name, value * 2)
    def __delattr__(self, name): print("del", name)
b = B()
b.n = 5
print(b.n)
del b.n
