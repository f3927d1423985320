class P:
    x = 5
    y = [1, {"k": "v"}]
print("{0[1]} {0[0]}".format([1, 2]), "{p.x} {p.y[0]}".format(p=P), "{0.y[1][k]}".format(P), "{d[a]}".format(d={"a": 9}))
