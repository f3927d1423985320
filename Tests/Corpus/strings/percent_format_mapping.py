print("%(a)s %(b)d %(a)r" % {"a": "x", "b": 5}, "%(n)05.1f" % {"n": 2.25}, "100%%" % {})
try:
    "%(x)s" % {"a": 1}
except KeyError:
    print("KeyError")
