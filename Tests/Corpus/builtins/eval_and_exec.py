print(eval("1 + 2"), eval("[x for x in range(3)]"), eval(" 5 "), eval("a + b", {"a": 1, "b": 2}))
g = {}
exec("x = 5\ndef f(): return x * 2\ny = f()", g)
print(g["x"], g["y"], g["f"]())
exec("z = 1")
print(z)
for source in ("1 +", "x = 1"):
    try:
        eval(source)
    except SyntaxError:
        print("SyntaxError")
code = compile("1 + 1", "name", "eval")
print(eval(code))
