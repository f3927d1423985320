x = "outer"
print([x for x in range(3)], x)
def f():
    y = 2
    return [x * y for x in range(3)], [(lambda: x)() for x in range(2)]
print(f(), x)
print([[x for x in range(y)] for y in [x for x in range(3)]])
