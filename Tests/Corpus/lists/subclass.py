class L(list):
    def last(self): return self[-1]
l = L([1, 2])
l.append(3)
print(l.last(), len(l), list(l), isinstance(l, list), l == [1, 2, 3], l + [4], sum(l))
