def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x, y = y, (y + n // y) // 2
    return x
print(isqrt(2 * 10 ** 60), isqrt(10 ** 40), isqrt((1 << 120) - 1))
