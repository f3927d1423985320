print(b"", b"a\x00\n\r\t\\'", b'"', b"'\"", bytes(range(28, 40)), bytes([126, 127, 128, 255]), repr(bytearray(b"a\x01")))
