class E(Exception): pass
class L(list):
    def __getitem__(self, i): return "item %s" % i
    def __len__(self): return 99
class I(int):
    def __add__(self, o): return "added"
print(L([1])[0], len(L()), I(3) + 4, I(3) * 4, isinstance(E(), Exception), str(E("x")))
