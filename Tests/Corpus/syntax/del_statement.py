a = 1
del a
try:
    a
except NameError as e:
    print(type(e).__name__)
l = [1, 2, 3, 4]
del l[0], l[-1]
print(l)
d = {1: 2, 3: 4}
del d[1]
print(d)
class Box: pass
b = Box()
b.x = 1
del b.x
print(hasattr(b, "x"))
x = y = 1
del (x, y)
print("x" in globals(), "y" in globals())
