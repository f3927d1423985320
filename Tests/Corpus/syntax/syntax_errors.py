for source in ("a +", "(1", "1)", "a b", "1 = 2", "f() = 1", "def f(:", "for in x:", "return", "break", "continue",
               "yield", "lambda x y: 1", "class", "x = = 1", "'abc", "'''abc", "import", "from x import", "if x", "else:",
               "def f(a, a): pass", "f(**a, *b)", "a, b += 1", "nonlocal x", "try: pass", "with: pass", "del f()",
               "@", "print(1", "{1: 2, 3}", "[1, 2", "None = 1", "True = 0", "global", "*a = 1 = 2", "f(a=1, 2)"):
    try:
        exec(source)
        print("ran:", source)
    except SyntaxError:
        pass
print("done")
