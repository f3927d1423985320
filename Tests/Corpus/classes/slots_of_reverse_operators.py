class A:
    def __radd__(self, o): return ("radd", o)
    def __rsub__(self, o): return ("rsub", o)
    def __rmul__(self, o): return ("rmul", o)
    def __rfloordiv__(self, o): return ("rfloordiv", o)
    def __rpow__(self, o): return ("rpow", o)
    def __rmod__(self, o): return ("rmod", o)
    def __rand__(self, o): return ("rand", o)
print(1 + A(), 2.5 - A(), "s" * A() if 0 else 3 * A(), 4 // A(), 5 ** A(), 6 % A(), 7 & A(), sum([A()], 8))
