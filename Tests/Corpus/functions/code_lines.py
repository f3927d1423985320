def f(x):
    a = x + 1
    if a:
        return 300
    return "a constant string of some length"
code = f.__code__
lines = list(code.co_lines())
print(lines[0][0], lines[-1][1] == len(code.co_code), [l[2] for l in lines] == sorted(l[2] for l in lines))
print(all(a[1] == b[0] for a, b in zip(lines, lines[1:])))
print(code.co_consts, type(code.co_lnotab))
