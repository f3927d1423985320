class F:
    def __float__(self): return 2.5
print(float(F()))
try:
    float(object())
except TypeError:
    print("TypeError")
