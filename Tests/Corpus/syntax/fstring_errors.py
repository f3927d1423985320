for source in ("f'{'", "f'}'", "f'{}'", "f'{a b}'", "f'{1!z}'", "f'{!r}'"):
    try:
        eval(source)
        print("ok")
    except SyntaxError:
        print("SyntaxError")
