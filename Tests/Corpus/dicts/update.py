d = {"a": 1}
d.update({"b": 2, "a": 3})
d.update([("c", 4)])
d.update(e=5, a=6)
d.update({}, f=7)
d.update()
print(d)
for bad in (5, [1]):
    try:
        d.update(bad)
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
