for f in (lambda: [x for x in 5], lambda: list(None), lambda: tuple(1.5), lambda: sum(5), lambda: 1 in 5, lambda: dict(zip(1, 2)), lambda: max(5), lambda: sorted(None), lambda: ",".join(5)):
    try:
        f()
    except TypeError:
        print("TypeError")
