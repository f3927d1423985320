d = {(1, 2): "a", (): "b", (1, (2, 3)): "c"}
print(d[1, 2], d[()], d[(1, (2, 3))], (2, 1) in d, hash((1, 2)) == hash((1.0, 2)))
try:
    hash(([],))
except TypeError:
    print("TypeError")
