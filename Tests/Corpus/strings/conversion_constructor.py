print(str(), str(1), str(1.5), str(None), str([1, "a"]), str("x"), repr(str(b"a")), str((1,)), str({}), str(True))
