from collections import namedtuple
P = namedtuple("P", ("x", "y"))
p = P(1, y=2)
print(p, p.x, p[1], p == (1, 2), len(p), list(p), isinstance(p, tuple), P.__name__)
x, y = p
print(x + y, namedtuple("Q", "a b")(3, 4))
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2)):
    try:
        f()
    except TypeError:
        print("TypeError")
try:
    p.x = 5
except AttributeError:
    print("AttributeError")
