for source in ("b'\xe9'", "b'\\xe9'", "b'a' 'b'", "'a' b'b'"):
    try:
        print(len(eval(source)))
    except SyntaxError:
        print("SyntaxError")
