a, b = 1 << 100 | 5, (1 << 99) - 3
print(a & b, a | b, a ^ b)
print(-a & b, a & -b, -a & -b)
print(-a | b, a | -b, -a | -b)
print(-a ^ b, a ^ -b, -a ^ -b, ~a, ~-a)
