for s in ("abc", "a'b", 'a"b', "a'b\"c", "\n\t\r\\", "\x00\x1f\x7f", "é", ""):
    print(repr(s))
