try:
    [1 // x for x in (1, 0)]
except ZeroDivisionError:
    print("ZeroDivisionError")
print([x for x in range(3) if not (lambda: x == 1)()])
