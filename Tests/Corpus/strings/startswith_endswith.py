s = "hello"
print(s.startswith("he"), s.startswith("lo"), s.endswith("lo"), s.endswith("he"), s.startswith(""), s.endswith(""), s.startswith("el", 1), s.startswith("hello world"))
print(s.startswith(("x", "he")), s.endswith(("x", "y")), "".startswith("a"))
try:
    s.startswith(1)
except TypeError:
    print("TypeError")
