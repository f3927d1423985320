print(str.upper("a"), list(map(str.strip, [" a ", "b "])), str.join("-", "ab"), "abc".upper.__call__() if hasattr("".upper, "__call__") else "ABC")
f = "a,b".split
print(f(","))
