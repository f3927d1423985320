class A: pass
a = A()
for i in range(300):
    setattr(a, "n%d" % i, i)
print(a.n0, a.n299, sum(getattr(a, "n%d" % i) for i in range(300)))
for i in range(0, 300, 2):
    delattr(a, "n%d" % i)
print(hasattr(a, "n0"), a.n1, len(a.__dict__))
