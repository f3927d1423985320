class I(int):
    def __add__(self, other): return I(super().__add__(other))
    def __lt__(self, other): return not super().__lt__(other)
class L(list):
    def __iadd__(self, other):
        print("iadd")
        return super().__iadd__(other)
    def __mul__(self, n): return L(super().__mul__(n))
class F(float):
    def __round__(self, n=None): return "rounded", super().__round__(n)
class S(set):
    def __or__(self, other): return S(set.__or__(self, other))
print(I(3) + 4, type(I(3) + 4) is I, I(1) < 2)
l = L([1])
l += [2]
print(type(l) is L, l, type(l * 2) is L)
print(round(F(2.5)), round(F(2.25), 1))
print(sorted(S({1}) | {2}), type(S({1}) | {2}) is S)
print((1).__add__(2), (5).__rsub__(7), (2).__pow__(5), pow(2, 5, 7) == (2).__pow__(5, 7), (-3).__abs__(), (7).__divmod__(2))
print((1).__add__("a"), (1).__lt__(2), [1].__add__([2]), "ab".__mul__(2), "a".__lt__("b"), (1,).__add__((2,)))
print((2.5).__floor__(), (2.5).__ceil__(), (2.5).__trunc__(), (2.5).__int__(), (3).__float__(), True.__and__(False))
print({1: 2}.__or__({3: 4}), {1, 2}.__and__({2}), "%d".__mod__(5), (3).__eq__("x"), (3).__ne__(3), "a".__eq__(1))
print(hasattr(1, "__matmul__"), hasattr("", "__sub__"), hasattr([], "__iadd__"), hasattr((), "__iadd__"), list(map(int.__neg__, [1, -2])))
