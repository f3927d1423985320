def f():
    import math
    return math.floor(2.5)
class C:
    from math import ceil
    c = ceil(1.2)
print(f(), C.c)
try:
    math
except NameError:
    print("not global")
