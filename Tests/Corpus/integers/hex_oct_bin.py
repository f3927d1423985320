for n in (0, 1, 10, 255, -255, 1 << 70, -(1 << 70)):
    print(hex(n), oct(n), bin(n))
