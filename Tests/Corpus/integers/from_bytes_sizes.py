for size in range(0, 20):
    for fill in 0, 1, 127, 128, 255:
        b = bytes([fill] + [0] * (size - 1)) if size else b""
        for data in b, bytes(reversed(b)):
            for order in "big", "little":
                for signed in False, True:
                    n = int.from_bytes(data, order, signed=signed)
                    if size and n.to_bytes(size, order, signed=signed) != data: print("differs", data, order, signed, n)
print(int.from_bytes(b"\xff\xff", "big", signed=True), int.from_bytes(b"\x80" + bytes(7), "big", signed=True))
print(int.from_bytes(b"2" + bytes(20), "little"), int.from_bytes(b"\xff" * 8, "little"))
