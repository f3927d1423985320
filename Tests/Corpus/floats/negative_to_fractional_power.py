r = (-8) ** (1 / 3)
print(type(r).__name__, "%.6f %.6f" % (r.real, r.imag))
