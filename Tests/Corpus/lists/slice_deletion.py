l = list(range(8))
del l[1:3]
print(l)
del l[-2:]
print(l)
del l[2:1]
print(l)
del l[:]
print(l)
