class B: pass
print(B, [B], int, type(B()), type(1))
