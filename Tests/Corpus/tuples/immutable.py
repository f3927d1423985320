t = ([1],)
for f in ("t[0] = 1", "del t[0]", "t.append(1)", "t[0:1] = ()"):
    try:
        exec(f)
        print("no error")
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
t[0].append(2)
print(t)
