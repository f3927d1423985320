class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return "add"
    def __radd__(self, o): return "radd"
    def __sub__(self, o): return "sub"
    def __mul__(self, o): return "mul"
    def __rmul__(self, o): return "rmul"
    def __truediv__(self, o): return "truediv"
    def __floordiv__(self, o): return "floordiv"
    def __mod__(self, o): return "mod"
    def __pow__(self, o): return "pow"
    def __lshift__(self, o): return "lshift"
    def __rshift__(self, o): return "rshift"
    def __and__(self, o): return "and"
    def __or__(self, o): return "or"
    def __xor__(self, o): return "xor"
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
v = V(1)
print(v + 1, 1 + v, v - 1, v * 2, 2 * v, v / 1, v // 1, v % 1, v ** 1, v << 1, v >> 1, v & 1, v | 1, v ^ 1, -v, +v, ~v, abs(v))
