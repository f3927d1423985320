print(int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"", "big"))
print(int.from_bytes(b"\xff" * 9, "big"), int.from_bytes(bytes(range(12)), "little"))
print(int.from_bytes(bytearray(b"\x80"), "big"), int.from_bytes([1, 0], "big"))
