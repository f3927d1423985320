small = (1 << 62) - 1
for n in (small, -small - 1, (1 << 63) - 1, -(1 << 63)):
    print(n, n + 1, n - 1, -n, n * 2, n // -1, abs(n), n & 0xFF, n >> 60, ~n)
