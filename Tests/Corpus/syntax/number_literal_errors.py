for source in ("0x", "0b2", "0o8", "1e", "09", "1__0", "1_", "0b", "1.5.2", "12abc"):
    try:
        eval(source)
        print("ok", source)
    except SyntaxError:
        print("SyntaxError")
