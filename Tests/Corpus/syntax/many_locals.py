def f():
    a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = a8 = a9 = 1
    b0 = b1 = b2 = b3 = b4 = b5 = b6 = b7 = b8 = b9 = 2
    c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = c8 = c9 = 3
    b9 += a0 + c9
    c5 = b9 * 2
    return a9 + b9 + c5 + sum([a1, b1, c1])
print(f())
