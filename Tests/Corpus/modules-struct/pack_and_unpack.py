import struct
for fmt, values in (("<bBhHiI", (-1, 255, -2, 65535, -3, 4000000000)), (">hIq", (1, 2, 3)), ("<Q", ((1 << 64) - 1,)), ("<f", (1.5,)), (">d", (2.25,)), ("4s", (b"ab",)), ("<3B", (1, 2, 3)), ("<?", (True,)), ("<2xH", (7,)), (">bh", (1, 2))):
    data = struct.pack(fmt, *values)
    print(fmt, data, struct.unpack(fmt, data), struct.calcsize(fmt))
b = bytearray(6)
struct.pack_into("<H", b, 2, 0x1234)
print(b, struct.unpack_from("<H", b, 2))
