import deflate, io
packed = io.BytesIO(b"x\x9cK\x04\x00\x00b\x00b")
print(deflate.DeflateIO(packed, deflate.ZLIB).read())
