"""bytes, bytearray, memoryview, struct and array: a checksum, a cipher, packing and slicing."""
# heap: 8m

import array
import struct
import sys


def crc(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(2):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value


def keystream(key, size):
    state = bytearray(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out = bytearray(size)
    i = j = 0
    for position in range(size):
        i = (i + 1) & 255
        a = state[i]
        j = (j + a) & 255
        b = state[j]
        state[i], state[j] = b, a
        out[position] = state[(a + b) & 255]
    return out


def records(n):
    buffer = bytearray(n * 8)
    view = memoryview(buffer)
    for i in range(n):
        struct.pack_into("<HHi", buffer, i * 8, i & 0xFFFF, i * 7 & 0xFFFF, -i)
    total = 0
    for i in range(n):
        a, b, c = struct.unpack("<HHi", view[i * 8 : i * 8 + 8])
        total += a + b + c
    return total


def arrays(n):
    values = array.array("i", range(n))
    for i in range(1, n):
        values[i] = (values[i] + values[i - 1]) & 0xFFFFF
    return sum(values)


n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
stream = keystream(b"taipan", n)
print(crc(bytes(stream[: n // 2])), records(n // 6), arrays(n), bytes(stream[:4]).hex() if hasattr(bytes, "hex") else "")
