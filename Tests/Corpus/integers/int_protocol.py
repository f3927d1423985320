class N:
    def __int__(self): return 42
print(int(N()))
class M: pass
try:
    int(M())
except TypeError:
    print("TypeError")
