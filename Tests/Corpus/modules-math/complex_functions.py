import cmath
print("%.4f" % cmath.sqrt(-4).imag, "%.4f" % cmath.phase(1j), ["%.4f" % x for x in cmath.polar(3 + 4j)], cmath.rect(2, 0))
z = cmath.exp(1j * cmath.pi)
print("%.4f %.4f" % (z.real, abs(z.imag)))
