def g():
    yield 1
    raise ValueError("inside")
for f in (list, sum, max, tuple, set, sorted, any, lambda i: [x for x in i], lambda i: dict.fromkeys(i)):
    try:
        print(f(g()))
    except ValueError as e:
        print(e)
