l = list(range(6))
l[1:3] = ["a", "b", "c"]
print(l)
l[1:4] = []
print(l)
l[:0] = [8, 9]
print(l)
l[len(l):] = [7]
print(l)
l[2:2] = l
print(l)
l[:] = (1, 2)
print(l)
