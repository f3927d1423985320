"""struct: fixed records to bytes and back, pack_into and unpack_from over a buffer, a tag-length-value format."""
# heap: 32m

import struct
import sys

RECORD = "<IhBBf8s"


def records(n):
    size = struct.calcsize(RECORD)
    pieces = []
    for i in range(n):
        pieces.append(struct.pack(RECORD, i * 2654435761 & 0xFFFFFFFF, i % 60000 - 30000, i & 255, i >> 3 & 255, i * 0.25, b"name%04d" % (i % 10000)))
    data = b"".join(pieces)
    total = 0
    for offset in range(0, len(data), size):
        a, b, c, d, e, f = struct.unpack_from(RECORD, data, offset)
        total += (a ^ b) + c + d + int(e) + f[7]
    return len(data), total & 0xFFFFFFFF


def in_place(n):
    buffer = bytearray(16 * 64)
    total = 0
    for i in range(n):
        offset = 16 * (i & 63)
        struct.pack_into(">HHIQ", buffer, offset, i & 0xFFFF, i * 7 & 0xFFFF, i * i & 0xFFFFFFFF, i * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
        a, b, c, d = struct.unpack_from(">HHIQ", buffer, 16 * (i * 5 & 63))
        total = (total + a + b + c + (d >> 40)) & 0xFFFFFFFF
    return total, sum(buffer)


def write_value(out, value):
    if isinstance(value, int):
        out += struct.pack(">BBq", 1, 8, value)
    elif isinstance(value, bytes):
        out += struct.pack(">BB", 2, len(value)) + value
    else:
        inner = bytearray()
        for item in value:
            write_value(inner, item)
        out += struct.pack(">BB", 3, len(inner)) + inner


def read_value(data, position):
    tag, length = struct.unpack(">BB", data[position : position + 2])
    position += 2
    end = position + length
    if tag == 1:
        return struct.unpack(">q", data[position:end])[0], end
    if tag == 2:
        return data[position:end], end
    items = []
    while position < end:
        item, position = read_value(data, position)
        items.append(item)
    return items, end


def tagged(n):
    good = size = 0
    for i in range(n):
        value = [i, b"abc", [-i, b"", [i * i]], b"some bytes to carry"]
        out = bytearray()
        write_value(out, value)
        again, end = read_value(bytes(out), 0)
        good += again == value and end == len(out)
        size += end
    return good, size


n = int(sys.argv[1]) if len(sys.argv) > 1 else 120000
print(records(n), in_place(n * 2), tagged(n // 3))
