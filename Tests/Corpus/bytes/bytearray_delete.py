a = bytearray(b"abcdef")
del a[0]
print(a)
del a[1:3]
print(a)
del a[:]
print(a, bool(a))
