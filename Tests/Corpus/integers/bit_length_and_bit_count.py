for n in (0, 1, 2, 255, 256, -1, -256, 1 << 70, (1 << 70) - 1):
    print(n.bit_length(), n.bit_count())
