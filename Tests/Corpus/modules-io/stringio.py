import io
s = io.StringIO()
print(s.write("hello\n"), s.write("world"), s.getvalue(), s.tell(), s.seek(0), s.read(3), s.readline(), s.read(), s.read())
s = io.StringIO("a\nb\n")
print(list(s), io.StringIO("abc").read(2))
print("to", "buffer", file=s)
print(repr(s.getvalue()))
with io.StringIO("x") as t:
    print(t.read())
