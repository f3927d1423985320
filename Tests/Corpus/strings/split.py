print(" a  b c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "".split(), "".split(","), "abc".split("x"), "a--b--c".split("--"), " a b c".split(None, 1), "  ".split(), "a b\tc\nd".split())
try:
    "a".split("")
except ValueError:
    print("ValueError")
