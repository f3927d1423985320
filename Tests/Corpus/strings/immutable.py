s = "abc"
for f in ("s[0] = 'x'", "del s[0]", "s[0:1] = 'x'", "s.x = 1"):
    try:
        exec(f)
        print("no error")
    except (TypeError, AttributeError) as e:
        print("refused")
