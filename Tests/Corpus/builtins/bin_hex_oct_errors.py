for f in (lambda: bin(1.5), lambda: hex("a"), lambda: oct(None), lambda: chr(1.5), lambda: ord(5), lambda: len(5), lambda: next(5), lambda: round("a"), lambda: int([]), lambda: float([])):
    try:
        f()
    except TypeError:
        print("TypeError")
