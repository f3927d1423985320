from micropython import const
_A = const(1 << 4)
B = const(_A + 1)
print(B, _A)
