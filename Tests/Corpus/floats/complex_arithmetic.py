a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, abs(a), -a, a == 3 + 4j, a != b, a ** 2)
print(a.real, a.imag, complex(1, 2), complex("1+2j"), complex(2), 1j * 1j, 2 + a, a * 2.0, bool(0j))
