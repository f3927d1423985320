d = {}
for i in range(3000):
    d[i * 7919 % 10007] = i
for i in range(0, 3000, 2):
    del d[i * 7919 % 10007]
print(len(d), sum(d.values()), all(d[i * 7919 % 10007] == i for i in range(1, 3000, 2)))
