print(",".join(["a", "b"]), "".join("abc"), "-".join([]), ", ".join(("x",)), "ab".join({"k": 1}), "-".join(str(i) for i in range(3)))
for bad in ([1, 2], ["a", b"b"], 5):
    try:
        ",".join(bad)
    except TypeError:
        print("TypeError")
