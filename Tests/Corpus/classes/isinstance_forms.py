print(isinstance(1, int), isinstance(1, (str, int)), isinstance("a", (list, (int, str))), isinstance(None, type(None)), isinstance([], object), isinstance(int, type), issubclass(bool, int), issubclass(KeyError, LookupError))
for f in (lambda: isinstance(1, 2), lambda: issubclass(1, int), lambda: issubclass(int, 1)):
    try:
        f()
    except TypeError:
        print("TypeError")
