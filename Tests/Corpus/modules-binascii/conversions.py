import binascii
print(binascii.hexlify(b"\x01\xff"), binascii.unhexlify(b"01ff"), binascii.b2a_base64(b"hello"), binascii.a2b_base64(b"aGVsbG8="), binascii.crc32(b"hello"), binascii.hexlify(b"abc", ":"))
for f in (lambda: binascii.unhexlify(b"0"), lambda: binascii.unhexlify(b"zz"), lambda: binascii.a2b_base64(b"abc")):
    try:
        f()
    except ValueError:
        print("ValueError")
