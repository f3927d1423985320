print(b"\x00\xff\x10".hex(), b"".hex(), bytes.fromhex("00ff10"), bytes.fromhex("00 FF 10"), bytearray.fromhex("0a"), b"\x01\x02\x03".hex(":"), bytearray(b"\xab").hex())
for s in ("0", "0g", "zz"):
    try:
        bytes.fromhex(s)
    except ValueError:
        print("ValueError")
