class A: x = 1
a = A()
setattr(a, "y", 2)
print(getattr(a, "x"), getattr(a, "y"), getattr(a, "z", None), hasattr(a, "y"), hasattr(a, "z"))
delattr(a, "y")
print(hasattr(a, "y"))
try:
    getattr(a, "y")
except AttributeError:
    print("AttributeError")
