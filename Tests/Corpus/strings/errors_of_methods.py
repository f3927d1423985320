for f in (lambda: "a".find(1), lambda: "a".foo, lambda: "a".upper(1), lambda: "a".replace("a"), lambda: "a".count(), lambda: "a".split(1), lambda: "a".strip(1), lambda: len(5)):
    try:
        f()
        print("no error")
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
