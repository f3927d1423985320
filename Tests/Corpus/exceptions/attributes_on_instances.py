e = ValueError("x")
e.extra = [1]
e.extra.append(2)
print(e.extra, e.args)
