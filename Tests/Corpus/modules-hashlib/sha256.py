import binascii, hashlib
h = hashlib.sha256(b"abc")
print(binascii.hexlify(h.digest()))
h = hashlib.sha256()
h.update(b"a" * 100)
h.update(b"b")
print(binascii.hexlify(h.digest()))
