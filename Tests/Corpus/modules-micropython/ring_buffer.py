import gc
import micropython
r = micropython.RingIO(4)
print(r, r.write(b"abcdef"), r.any(), r.read(2), r.readline(), r.read(), r.read(1))
print(r.write(b"a\nb"), r.readline(), r.readline(), r.readline(), r.read(0), r.read(-1))
b = bytearray(3)
r.write(b"xyz1")
print(r.readinto(b), b, r.readinto(b, 1), b, r.readinto(b))
print(r.write("uv"), r.read(), r.close())
total = 0
for i in range(100):
    r.write(bytes([i, i + 1, i + 2]))
    total += sum(r.read())
print(total)
# The largest takes half of a chip's heap, in one piece: what the loop left must be gone.
gc.collect()
for a in 1, 0, -1, 65534, 65535, "abc", b"abc", None, 1.5, bytearray(1), bytearray(2):
    try:
        print(micropython.RingIO(a))
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
buffer = bytearray(4)
r = micropython.RingIO(buffer)
try:
    buffer.append(1)
except BufferError:
    print("BufferError")
print(r.write(b"123456"), r.read())
