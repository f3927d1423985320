a = bytearray(b"abcdef")
m = memoryview(a)
m[0] = 65
print(a, m[1], m[-1], len(m), bytes(m[1:3]), list(m[:2]))
m[1:3] = b"XY"
print(a)
s = m[2:5]
s[0] = 48
print(a, s == b"0de", bytes(s))
