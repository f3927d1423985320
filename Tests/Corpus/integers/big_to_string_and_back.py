for n in (0, 7, 10 ** 9, 10 ** 18, 10 ** 19 - 1, 10 ** 40, 2 ** 128, -(3 ** 90)):
    s = str(n)
    print(s, int(s) == n, len(s))
    assert int(hex(n), 16) == n and int(oct(n), 8) == n and int(bin(n), 2) == n
