class A:
    def __reversed__(self): return iter("cba")
    def __round__(self, n=0): return "round %s" % n
    def __iter__(self): return iter("abc")
print(list(reversed(A())), round(A()), round(A(), 2), list(A()))
