def value(n):
    print("value", n)
    return n
print(value(1) < value(2) < value(3))
print(value(1) > value(2) > value(3))
print(1 < 2 > 1 == 1 != 2)
print(1 < 3 < 2, 1 == 1.0 == True)
