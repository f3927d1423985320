for s in ("abc", "123", "a1", " ", "\t\n", "", "a b", "1.5", "-1"):
    print(repr(s), s.isalpha(), s.isdigit(), s.isspace())
