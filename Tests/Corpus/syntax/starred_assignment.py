a, *b = range(4)
print(a, b)
*a, b = range(4)
print(a, b)
a, *b, c = "xy"
print(a, b, c)
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
for first, *rest in [(1, 2, 3), (4,)]:
    print(first, rest)
