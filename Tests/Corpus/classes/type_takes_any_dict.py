from collections import OrderedDict
A = type("A", (), OrderedDict(a=1, b=2))
print(A.a, A.b, [k for k in A.__dict__ if k[0] != "_"])
class D(dict): pass
print(type("B", (A,), D(c=3)).c)
try:
    type("C", (), [])
except TypeError:
    print("TypeError")
