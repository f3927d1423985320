class M(type):
    def __new__(m, name, bases, ns):
        ns["added"] = name.lower()
        return type.__new__(m, name, bases, ns)
class A(metaclass=M): pass
class B(A): pass
print(A.added, B.added, type(A) is M, isinstance(A, M))
