for word in "and as assert break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield None True False".split():
    try:
        exec(word + " = 1")
        print(word)
    except SyntaxError:
        pass
match = case = type = 1
print(match, case, type)
