# A stream made from bytes or text shows writes, the object it was made from does not change.
import io

data = b"0123456789" * 20
stream = io.BytesIO(data)
print(stream.read(5), stream.write(b"ABC"), stream.getvalue()[:10], data[:10])
stream = io.BytesIO(data)
stream.seek(0, 2)
stream.write(b"end")
print(len(stream.getvalue()), stream.getvalue()[-6:], len(data))
view = io.BytesIO(data).getbuffer()
try:
    view[0] = 65
except TypeError:
    pass
print(data[:3])
text = "abcdefghij" * 20
stream = io.StringIO(text)
print(stream.read(3), stream.write("XY"), stream.getvalue()[:8], text[:8])
stream = io.BytesIO(data)
stream.seek(250)
stream.write(b"far")
print(len(stream.getvalue()), stream.getvalue()[198:], data[-2:])
