for f in (lambda: 1j < 2, lambda: int(1j), lambda: float(1j), lambda: 1j // 2, lambda: 1j % 2, lambda: 1j / 0, lambda: complex("x")):
    try:
        print(f())
    except (TypeError, ZeroDivisionError, ValueError) as e:
        print(type(e).__name__)
