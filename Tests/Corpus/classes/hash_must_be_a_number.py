class A:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
for h in 5, True, None, "x", 1.5, 1 << 70:
    try:
        print(isinstance(hash(A(h)), int))
    except TypeError as error:
        print("TypeError")
