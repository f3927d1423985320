print(sum([0.5, 0.25, 1]), sum([1, 2], 0.5), min(1.5, 1), max(2, 2.5), sorted([2.5, -1, 0.0, 1]))
x = 0.0
for i in range(10):
    x += 0.125
print(x, x == 1.25)
