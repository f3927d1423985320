d = {}
for k in ("z", "a", 5, None, (1,), 2.5):
    d[k] = str(k)
print(d)
d["a"] = "again"
del d["z"]
d["z"] = "back"
print(list(d), list(d.values()))
print({k: 0 for k in "hello"}, dict(b=1, a=2))
