import hashlib
from binascii import hexlify

for make in (hashlib.sha256, hashlib.sha1, hashlib.md5):
    for data in (b"", b"abc", b"a" * 55, b"a" * 56, b"b" * 64, bytes(range(200))):
        h = make()
        h.update(data)
        whole = hexlify(h.digest())
        pieces = make(data[:7])
        for i in range(7, len(data), 9):
            pieces.update(memoryview(data)[i : i + 9])
        print(whole.decode(), hexlify(pieces.digest()) == whole)
h = hashlib.sha256(b"a")
print(h.digest() == h.digest())
h.update(b"bc")
print(h.hexdigest())
try:
    hashlib.sha256().update("text")
except TypeError:
    print("TypeError")
