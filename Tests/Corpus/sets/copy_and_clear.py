s = {1}
c = s.copy()
c.add(2)
print(s, sorted(c), c is s)
c.clear()
print(c)
