s = {1, 2}
print(s.add(3), s.add(1), sorted(s), s.discard(9), s.remove(1), sorted(s), len(s))
try:
    s.remove(9)
except KeyError:
    print("KeyError")
while s:
    s.pop()
print(s)
try:
    s.pop()
except KeyError:
    print("KeyError")
