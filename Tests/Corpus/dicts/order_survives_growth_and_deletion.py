d = {i: None for i in range(200)}
for i in range(0, 200, 3):
    del d[i]
for i in range(300, 310):
    d[i] = None
keys = list(d)
print(keys == sorted(keys), len(d), keys[:3], keys[-2:])
