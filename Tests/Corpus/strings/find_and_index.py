s = "hello world hello"
print(s.find("hello"), s.rfind("hello"), s.find("x"), s.find("o", 5), s.find("o", 5, 7), s.rfind("o", 0, 7), s.find(""), s.rfind(""), s.find("", 100), s.find("hello", -5))
print(s.index("world"), s.rindex("o"))
for f in (lambda: s.index("x"), lambda: s.rindex("x"), lambda: s.index("hello", 13)):
    try:
        f()
    except ValueError:
        print("ValueError")
