print([], list(), list("abc"), list((1, 2)), list(range(3)), list({1: 2}), list(x for x in (1, 2)), [1, [2, [3]]], [None] * 3, list([1]))
try:
    list(5)
except TypeError:
    print("TypeError")
