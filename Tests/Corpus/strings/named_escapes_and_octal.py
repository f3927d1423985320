print("\0", len("\0\1\12"), "\x7e", "\176", "\u00e9" == "é", "\U0001F600" == "😀", "\t" == chr(9))
for source in ("'\\x4'", "'\\u12'", "'\\U00110000'"):
    try:
        eval(source)
        print("ok")
    except (SyntaxError, ValueError):
        print("SyntaxError")
