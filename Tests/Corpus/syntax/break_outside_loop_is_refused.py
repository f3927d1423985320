for source in ("break", "continue", "def f():\n break", "class A:\n  continue", "if 1: break"):
    try:
        exec(source)
        print(source)
    except SyntaxError:
        print("SyntaxError")
