print(chr(65), chr(0x20AC), chr(0x1F600), ord("A"), ord("€"), ord(b"a"), ord("\0"), len(chr(0)))
for f in (lambda: chr(-1), lambda: chr(0x110000), lambda: ord(""), lambda: ord("ab"), lambda: ord(1), lambda: chr("a")):
    try:
        f()
        print("no error")
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
