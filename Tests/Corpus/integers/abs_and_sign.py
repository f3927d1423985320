print(abs(5), abs(-5), abs(0), abs(-(1 << 62)), abs(-(1 << 63)), abs(-(1 << 90)), abs(True))
print(-0, +5, -(-5), - - 5, +True)
