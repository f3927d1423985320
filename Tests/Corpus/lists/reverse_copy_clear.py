l = [1, 2, 3]
m = l.copy()
print(l.reverse(), l, m, m is l)
m.clear()
print(m, l, list(reversed(l)))
