for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 0 ** -1, lambda: (1 << 80) // 0, lambda: (1 << 80) % 0, lambda: pow(2, 3, 0)):
    try:
        print(f())
    except (ZeroDivisionError, ValueError) as e:
        print(type(e).__name__)
