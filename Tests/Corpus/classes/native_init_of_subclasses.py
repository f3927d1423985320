class D(dict):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.extra = len(self)
class E(dict):
    def __init__(self, pairs, **kw):
        dict.__init__(self, pairs, **kw)
class L(list):
    def __init__(self, n):
        list.__init__(self, range(n))
d = D(a=1, b=2)
print(sorted(d.items()), d.extra)
print(sorted(E([("x", 1)], y=2).items()))
print(L(3), D())
class K(dict):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
print(sorted(K({"q": 1}, r=2).items()))
