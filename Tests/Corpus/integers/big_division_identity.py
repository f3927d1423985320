values = [1, 3, (1 << 64) - 1, 1 << 64, 10 ** 30 + 7, -(10 ** 25), (1 << 200) - 1]
for x in values:
    for y in values:
        q, r = divmod(x, y)
        assert q * y + r == x and (0 <= r < y or y < r <= 0), (x, y)
print("ok")
