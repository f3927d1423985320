class A:
    def __add__(self, o): return NotImplemented
    def __eq__(self, o): return NotImplemented
class B:
    def __radd__(self, o): return "B radd"
print(A() + B(), A() == A(), NotImplemented is NotImplemented)
try:
    A() + 1
except TypeError:
    print("TypeError")
