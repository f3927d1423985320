print(b"abc", b'\x00\xff', br"\n", Rb"\t", b"a" b"b")
print(b"'", b'"', b"\"'", b"\t\n\r\\")
print(len(b"\101\x41"))
