"""Loops over bytes: base64 both ways, CRC-32 by table, Adler, hexadecimal text, run lengths, a bit counter."""

import sys

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
VALUES = bytearray(128)
for position, code in enumerate(ALPHABET):
    VALUES[code] = position
CRC = []
for i in range(256):
    crc = i
    for _ in range(8):
        crc = crc >> 1 ^ 0xEDB88320 if crc & 1 else crc >> 1
    CRC.append(crc)
DIGITS = b"0123456789abcdef"


def encode64(data):
    out = bytearray()
    for i in range(0, len(data) - 2, 3):
        word = data[i] << 16 | data[i + 1] << 8 | data[i + 2]
        out.append(ALPHABET[word >> 18])
        out.append(ALPHABET[word >> 12 & 63])
        out.append(ALPHABET[word >> 6 & 63])
        out.append(ALPHABET[word & 63])
    return bytes(out)


def decode64(text):
    out = bytearray(len(text) // 4 * 3)
    place = 0
    for i in range(0, len(text), 4):
        a, b, c, d = text[i : i + 4]
        word = VALUES[a] << 18 | VALUES[b] << 12 | VALUES[c] << 6 | VALUES[d]
        out[place] = word >> 16
        out[place + 1] = word >> 8 & 255
        out[place + 2] = word & 255
        place += 3
    return bytes(out)


def crc32(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = CRC[(value ^ byte) & 255] ^ value >> 8
    return value ^ 0xFFFFFFFF


def adler32(data):
    a = 1
    b = 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def to_hex(data):
    out = bytearray(2 * len(data))
    for i, byte in enumerate(data):
        out[2 * i] = DIGITS[byte >> 4]
        out[2 * i + 1] = DIGITS[byte & 15]
    return out.decode()


def from_hex(text):
    return bytes([int(text[i : i + 2], 16) for i in range(0, len(text), 2)])


def run_lengths(data):
    out = bytearray()
    i = 0
    while i < len(data):
        j = i + 1
        while j < len(data) and j - i < 255 and data[j] == data[i]:
            j += 1
        out.append(j - i)
        out.append(data[i])
        i = j
    return out


def bits(data):
    count = 0
    for byte in data:
        while byte:
            byte &= byte - 1
            count += 1
    return count


n = int(sys.argv[1]) if len(sys.argv) > 1 else 700
data = bytes([i * i >> 3 & 255 for i in range(300)])
runs = bytes([i >> 5 & 255 for i in range(300)])
good = 0
for turn in range(n):
    text = encode64(data)
    good += decode64(text) == data
    good += from_hex(to_hex(data)) == data
    packed = run_lengths(runs)
    check = (crc32(data), adler32(data), bits(data), len(packed))
    data = data[1:] + data[:1]
print(good, text[:24].decode(), check)
