a = 1 << 90
print(a < a + 1, a == a, a != a - 1, a >= a, -a < a, a > 5, 5 < a, -a < 5, a == 5, a == 1 << 90)
print(sorted([a, -a, 0, 1, a - 1, -1]) == [-a, -1, 0, 1, a - 1, a])
print(max(a, 1), min(-a, 1) == -a)
