import io
b = io.BytesIO(b"abcdef")
print(b.read(2), b.tell(), b.seek(-1, 2), b.read(), b.seek(1), b.write(b"XY"), b.getvalue())
buf = bytearray(3)
b.seek(0)
print(b.readinto(buf), buf, io.BytesIO().getvalue())
