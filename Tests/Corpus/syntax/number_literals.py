print(0x1F, 0b101, 0o17, 0XAB, 0B1, 0O7, 1_000_000, 0xFF_FF, 0b1_0)
print(1., .5, 1e3, 1E-2, 1.5e+2, 1_0.5)
print(10j, 1.5J, 0)
