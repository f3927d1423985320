print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{0} {0}".format("x"), "{a} {b}".format(a=1, b=2), "{} {k}".format(1, k=2), "{{}} {}".format(3), "{!r} {!s}".format("a", "b"))
for f in (lambda: "{}".format(), lambda: "{1}".format(0), lambda: "{a}".format(b=1), lambda: "{".format(1), lambda: "}".format(1), lambda: "{} {0}".format(1), lambda: "{0} {}".format(1)):
    try:
        f()
        print("no error")
    except (IndexError, KeyError, ValueError) as e:
        print(type(e).__name__)
