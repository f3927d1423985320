l = [10, 20, 30]
print(l[0], l[-1], l[True])
l[1] = "b"
l[-1] += 5
print(l)
for f in ("l[3]", "l[-4]", "l[3] = 1", "l['a']", "l[1.0]", "l[None] = 1", "del l[5]"):
    try:
        exec(f)
        print("no error")
    except (IndexError, TypeError) as e:
        print(type(e).__name__)
