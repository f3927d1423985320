class A:
    def __str__(self): return "str"
    def __repr__(self): return "repr"
class B:
    def __repr__(self): return "only repr"
print(A(), repr(A()), [A()], str(B()), "%s %r" % (A(), A()), "{} {!r}".format(A(), A()), f"{A()} {A()!r}", (B(),), {1: A()})
