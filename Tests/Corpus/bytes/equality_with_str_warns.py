print(b"a" == "a")
