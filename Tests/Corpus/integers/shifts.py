print(1 << 0, 1 << 10, 1 << 64, 5 << 3, -1 << 4, -5 >> 1, 5 >> 1, 5 >> 10, -1 >> 100)
print((1 << 70) >> 68, (-1 << 70) >> 69, 0 << 100, (1 << 64) - 1 >> 60)
for f in (lambda: 1 << -1, lambda: 1 >> -1):
    try:
        f()
    except ValueError:
        print("ValueError")
