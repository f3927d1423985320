b = b"abcdefgh"
print(b[::2], b[::-1], b[6:1:-2], bytearray(b)[1::3])
