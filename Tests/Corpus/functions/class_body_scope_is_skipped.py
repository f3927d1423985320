x = 1
class C:
    x = 2
    y = x + 1
    def get(self): return x
print(C.x, C.y, C().get())
