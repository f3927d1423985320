t = tuple(range(8))
print(t[::2], t[::-1], t[6:1:-2], t[1::3], ()[::-1])
