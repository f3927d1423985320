l = {}
exec("a = 1; b = a + c", {"c": 5}, l)
print(l)
print(eval("q * 2", {}, {"q": 4}))
