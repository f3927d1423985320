print(list(reversed([1, 2, 3])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed(b"ab")), list(reversed([])))
try:
    reversed(5)
except TypeError:
    print("TypeError")
