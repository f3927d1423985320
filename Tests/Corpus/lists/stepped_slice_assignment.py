l = list(range(6))
l[::2] = "abc"
print(l)
l[::-1] = range(6)
print(l)
try:
    l[::2] = [1]
except ValueError:
    print("ValueError")
del l[::2]
print(l)
del l[::-1]
print(l)
