r = memoryview(b"abc")
for f in ("r[0] = 1", "r[10]", "memoryview(5)", "memoryview(bytearray(3))[0:2] = b'abc'"):
    try:
        exec(f)
        print("no error")
    except (TypeError, IndexError, ValueError) as e:
        print(type(e).__name__)
