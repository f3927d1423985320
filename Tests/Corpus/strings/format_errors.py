for f in (lambda: "{:d}".format("a"), lambda: "{:x}".format(1.5), lambda: "{:z}".format(1), lambda: "{:.2d}".format(1), lambda: "{:+}".format("a"), lambda: "{!z}".format(1), lambda: "{:s}".format(1), lambda: "{:=5}".format("a")):
    try:
        print(f())
    except (ValueError, TypeError, SyntaxError) as e:
        print("refused")
