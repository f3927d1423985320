def compose(f, g): return lambda x: f(g(x))
table = {"len": len, "neg": lambda x: -x}
print(compose(table["neg"], table["len"])("abc"), [f(4) for f in (abs, str, float)], list(map(table["neg"], [1, 2])))
f = print
f("called", "by", "value", sep="-")
