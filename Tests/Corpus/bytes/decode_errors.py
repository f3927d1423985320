for b in (b"\x80", b"\xc3", b"\xe2\x82", b"a\xffb"):
    try:
        print(b.decode())
    except UnicodeError:
        print("UnicodeError")
print(b"\xf0\x9f\x98\x80".decode(), b"".decode())
