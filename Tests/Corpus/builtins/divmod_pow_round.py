print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), pow(2, 5), pow(2, 5, 7), round(3.7), round(3.14159, 3), round(-0.5))
