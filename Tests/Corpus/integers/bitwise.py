for a, b in ((12, 10), (-12, 10), (12, -10), (-12, -10)):
    print(a & b, a | b, a ^ b, ~a)
print(~0, ~-1, ~(1 << 70), True & 1, True | False, True ^ True, ~True)
