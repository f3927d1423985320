l = [1, 2, 3]
l[1:2] = "ab"
print(l)
l[:1] = range(2)
print(l)
l[3:] = (c for c in "xy")
print(l)
