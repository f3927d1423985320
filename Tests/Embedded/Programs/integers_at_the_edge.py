# Small integers have 31 bits where words have 32: results must not show where the large ones begin.
edge = 1 << 30
print(edge - 1, edge, -edge, -edge - 1, edge - 1 + 1, -edge - 1 + 1, edge * 2, edge * edge, -edge * edge)
print(-(-edge), abs(-edge), ~edge, edge // -1, -edge // -1, -edge % 7, divmod(-edge, 3), -edge >> 29, 1 << 31, 1 << 32)
print(edge == edge + 0, edge - 1 < edge, edge in {edge: 1}, hash(edge - 1) == edge - 1, int("1073741824") == edge, {edge - 1, edge - 1 + 0})
print(len(range(0, 1 << 31, 1 << 28)), sum([edge - 1, 1, edge]), max(edge, edge - 1), (edge - 1) * 3 - (edge - 1) * 2 == edge - 1)
total = edge - 3
for step in range(6):
    total += 1
    print(total, end=" ")
print(2 ** 31 - 1, 0x7fffffff, 0x80000000, 0xffffffff, 2 ** 64 - 1, (2 ** 31 - 1) & 0xff, 0xffffffff ^ 0x0f, -1 & 0xffffffff)
import struct
print(struct.unpack("<iIqQ", struct.pack("<iIqQ", -(1 << 31), 0xffffffff, -(1 << 63), (1 << 64) - 1)))
