for source in ("if 1:\nprint(1)", "if 1:\n    a=1\n  b=2", "  a = 1", "def f():\n", "x = 1\n    y = 2"):
    try:
        exec(source)
        print("compiled")
    except SyntaxError as e:
        print("SyntaxError")
