for f in (lambda: len(obj=[]), lambda: len(), lambda: len([], []), lambda: int(x=1), lambda: sorted(), lambda: [].append(), lambda: [].append(1, 2), lambda: print(foo=1), lambda: sum(), lambda: abs("a")):
    try:
        f()
        print("no error")
    except TypeError:
        print("TypeError")
