def g():
    try:
        next(it)
    except ValueError:
        print("ValueError")
    yield 1
it = g()
print(next(it))
