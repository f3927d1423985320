# A function with more locals than a byte can number: closures still find theirs.
lines = ["def f(a):", " x = 1"]
for i in range(300):
    lines.append(" def g%d(): return x + a + %d" % (i, i))
lines.append(" x = 5")
lines.append(" return g0() + g299() + len([g1, g298])")
names = {}
exec("\n".join(lines), names)
print(names["f"](10))

# More cells than that have no place in a code object.
lines = ["def f():"] + [" v%d = 1" % i for i in range(300)] + [" return lambda: (" + ", ".join("v%d" % i for i in range(300)) + ")"]
try:
    exec("\n".join(lines), names)
except (SyntaxError, RuntimeError) as e:
    print(e)
