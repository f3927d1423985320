for f in (lambda: "%d" % "a", lambda: "%s %s" % 1, lambda: "%s" % (1, 2), lambda: "%z" % 1, lambda: "%d" % None, lambda: "%" % 1, lambda: "%(a)s" % 1, lambda: "%c" % "ab", lambda: "%x" % 1.5):
    try:
        f()
        print("no error")
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
