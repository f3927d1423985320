for f in (lambda: {[]: 1}, lambda: hash([]), lambda: {[1]}, lambda: {}[[]]):
    try:
        f()
    except TypeError:
        print("TypeError")
