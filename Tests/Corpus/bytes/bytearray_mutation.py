a = bytearray(b"hello")
a[0] = 72
a[-1] = ord("O")
a.append(33)
a.extend(b"?!")
a += b"."
print(a, len(a))
a[1:3] = b"EEE"
print(a)
a[:0] = b">>"
print(a)
for f in ("a[100] = 1", "a[0] = 'x'", "a.append('x')"):
    try:
        exec(f)
        print("no error", f)
    except (ValueError, IndexError, TypeError, OverflowError) as e:
        print(type(e).__name__)
