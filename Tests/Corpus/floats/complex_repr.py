print(1j, -1j, 1 + 0j, 0j, 1.5 - 2.5j, complex(0, -0.5), complex(1e20, 1), repr(2 + 3j), str(complex(0, 1)))
