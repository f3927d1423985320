d = {"a": 1}
d["b"] = 2
d["a"] += 10
print(d["a"], d.get("a"), d.get("x"), d.get("x", 0), len(d), "a" in d, 1 in d)
del d["a"]
for f in ("d['a']", "del d['a']", "d[[]]", "d[{}] = 1"):
    try:
        exec(f)
    except (KeyError, TypeError) as e:
        print(type(e).__name__)
print(d)
