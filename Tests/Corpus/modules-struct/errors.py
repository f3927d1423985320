import struct
for f in (lambda: struct.unpack("<I", b"abc"), lambda: struct.pack("<z", 1), lambda: struct.unpack_from("<I", b"abcd", 2), lambda: struct.pack_into("<I", bytearray(2), 0, 1), lambda: struct.calcsize("w")):
    try:
        print(f())
    except Exception:
        print("refused")
