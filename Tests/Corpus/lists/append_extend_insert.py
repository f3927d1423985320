l = []
print(l.append(1), l.extend([2, 3]), l.insert(0, 0))
l.extend("ab")
l.extend(range(2))
l.extend(l)
l.insert(100, "end")
l.insert(-1, "before")
l.insert(-100, "start")
print(l)
try:
    l.extend(5)
except TypeError:
    print("TypeError")
