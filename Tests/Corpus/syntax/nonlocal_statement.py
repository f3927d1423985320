def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        def innermost():
            nonlocal n
            n += 10
        innermost()
        return n
    inner()
    return inner(), n
print(outer())
