print(True + True, True * 5, False - 1, True == 1, isinstance(True, int), bool(2), bool(0))
print(str(True), repr(False), int(True), [10, 20][True], {1: "a"}[True], True < 2, -True, hex(True))
print(sum([True, True, False]), type(True) is bool, type(True + 0) is int, issubclass(bool, int))
