print({}, dict(), {"a": 1}, dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict({"k": "v"}), dict({"a": 1}, b=2), dict(zip("ab", (1, 2))))
for f in (lambda: dict([1]), lambda: dict([(1,)]), lambda: dict(5), lambda: dict([(1, 2, 3)])):
    try:
        f()
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
