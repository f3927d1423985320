class A:
    x = 1
    def f(self): pass
a = A()
a.y = 2
names = dir(a)
print("x" in names, "f" in names, "y" in names, "z" in names, a.__dict__, sorted(k for k in A.__dict__ if not k.startswith("__")))
