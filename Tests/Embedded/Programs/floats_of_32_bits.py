# Floats have single precision where words have 32 bits; texts are the shortest that read back.
print(0.1 + 0.2, 1 / 3, 2 / 3, 7 / 3, 2 ** 0.5, 1e20, 1.5e-8)
print(3.4028235e38, 3.4028236e38, 1e39, -1e39, 1e-45, 1e-46, 1.17549435e-38)
print(16777216.0 + 1, 16777217, float(16777217), int(1e20), int(-1e25), 2.0 ** 70)
print(1234567.891, "%.3f" % 1234567.891, "{:.2e}".format(123456.789), round(2.675, 2), round(0.5), round(1.5))
print(float("0.1") == 0.1, float("nan") != float("nan"), float("1e38") * 10, hash(1.0) == hash(1))
print(all(float(repr(n / 7)) == n / 7 for n in range(1, 2000)), sum(n * 0.25 for n in range(100)))
