print("abc".encode(), "é€😀".encode(), "é".encode("utf-8"), b"\xc3\xa9".decode(), b"abc".decode("utf-8"), str(b"abc", "utf-8"), bytes("é", "utf-8"))
try:
    b"\xff\xfe".decode()
except ValueError:
    print("UnicodeError")
