class A:
    def __init__(self): return 1
try:
    A()
except TypeError:
    print("TypeError")
class B: pass
try:
    B(1)
except TypeError:
    print("TypeError")
