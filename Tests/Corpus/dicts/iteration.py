d = {"a": 1, "b": 2}
for k in d:
    print(k, d[k], end=" ")
for k, v in d.items():
    print(k, v, end=" ")
print(list(d), sorted(d), tuple(d), max(d), [v for v in d.values()], list(zip(d, d.values())))
