for bits in (29, 30, 31, 32, 61, 62, 63, 64, 65):
    n = 1 << bits
    print(bits, n - 1, n, n + 1, -n, -n - 1, n + n, (n - 1) * 2, -n * -n)
