for make in lambda: enumerate("ab"), lambda: zip("ab"), lambda: map(abs, [1]), lambda: filter(None, [1]), lambda: reversed([1]), lambda: iter({1: 2}), lambda: iter({3}), lambda: iter([4]):
    i = make()
    print(hasattr(i, "__next__"), i.__iter__() is i, i.__next__())
try:
    iter(0, 0)
except TypeError:
    print("TypeError")
class M(map):
    def __next__(self): return super().__next__() + 1
print(list(M(abs, [-1, -2])))
