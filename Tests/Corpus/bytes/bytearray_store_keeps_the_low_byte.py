a = bytearray(2)
a[0] = 0x1FF
a[1] = -2
print(a)
