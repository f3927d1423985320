t = (1, "a", None)
print(t, (), (1,), 1, len(t), t[0], t[-1], t[1:], t[:0], tuple("ab"), tuple([1]), tuple(), bool(()), t == (1, "a", None))
a = 1, 2
print(a, type(a) is tuple)
