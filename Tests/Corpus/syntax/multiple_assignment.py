a = b = c = 4
print(a, b, c)
a, b = b, a + 1
print(a, b)
x, y, z = "xyz"
print(x, y, z)
(p, q), [r, s] = (1, 2), (3, 4)
print(p, q, r, s)
i = 0
i, l = 1, [0, 0]
l[i], i = 9, 0
print(l, i)
