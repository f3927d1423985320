class Outer:
    class Inner:
        x = 1
        def f(self): return Outer.Inner.x
    y = Inner.x + 1
print(Outer.Inner().f(), Outer.y, Outer.Inner.__name__, Outer.Inner.__qualname__)
