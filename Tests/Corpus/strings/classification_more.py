for s in ("abc", "123", "a1", " ", "", "a_b", "1a", "A Title", "\x00", "é"):
    print(repr(s), s.isalnum(), s.isidentifier(), s.isascii(), s.istitle(), s.isdecimal(), s.isnumeric())
