"""Building text: %, str.format, f-strings, number to text and back, joining many pieces, StringIO."""
# heap: 64m

import io
import sys


def checksum(text):
    value = 0
    for byte in text.encode():
        value = (value * 31 + byte) & 0xFFFFFF
    return value


def work(n):
    pieces = []
    out = io.StringIO()
    for i in range(n):
        pieces.append("%5d|%-6s|%04x" % (i, "ab", i & 0xFFFF))
        pieces.append("{:>8}/{:<6}/{:^9}".format(i, i % 7, "mid"))
        pieces.append(f"{i:08b} {i * 0.5:.3f} {i!r:>7}")
        pieces.append(str(i) + repr(i / 4) + hex(i))
        out.write(pieces[-1])
        if int(pieces[-4][:5]) != i or float("%.2f" % i) != i:
            raise ValueError
    text = "\n".join(pieces)
    return len(text), len(out.getvalue()), checksum(text[-20000:])


print(*work(int(sys.argv[1]) if len(sys.argv) > 1 else 45000))
