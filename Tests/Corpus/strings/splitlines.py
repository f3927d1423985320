print("a\nb\r\nc\rd".splitlines(), "a\n\nb\n".splitlines(), "".splitlines(), "\n".splitlines(), "a\nb\r\n".splitlines(True))
