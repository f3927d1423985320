class I:
    def __index__(self): return 98
b = b"abcb"
print(b.find(I()), b.rfind(I()), b.count(I()), b.index(I()), bytearray(b).find(I()))
for bad in 256, -1, 1 << 70:
    try:
        b.find(bad)
    except ValueError:
        print("ValueError")
for bad in "b", None, 1.5:
    try:
        b.count(bad)
    except TypeError:
        print("TypeError")
try:
    int.from_bytes(3)
except TypeError:
    print("TypeError")
