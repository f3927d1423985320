print("a" + "b", "ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" + "", "x" * True)
s = t = "a"
s += "b"
print(s, t)
for f in (lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * "b", lambda: "a" * 1.5, lambda: "a" + b"b", lambda: "a" - "b"):
    try:
        f()
    except TypeError:
        print("TypeError")
