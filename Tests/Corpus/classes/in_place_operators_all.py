class V:
    def __imul__(self, o): return "imul"
    def __ifloordiv__(self, o): return "ifloordiv"
    def __ior__(self, o): return "ior"
    def __ilshift__(self, o): return "ilshift"
a = b = c = d = V()
a *= 1
b //= 1
c |= 1
d <<= 1
print(a, b, c, d)
